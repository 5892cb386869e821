"""Delegates on a register: added in lines, found by number or e-mail, corrected one by one or in a table, withdrawn."""

from collections.abc import Sequence

import streamlit as st

from sos_tracker.actions import importing
from sos_tracker.actions.importing import WrongPersonKey
from sos_tracker.actions.recording import ReasonNeeded
from sos_tracker.charts.chart import Column, Table
from sos_tracker.intake import Known
from sos_tracker.intake.cells import Fault, employee_number
from sos_tracker.intake.vocabulary import Vocabulary
from sos_tracker.records import labels
from sos_tracker.records.access import Actor
from sos_tracker.records.people import PersonKeyer
from sos_tracker.records.recorded import Add, Recorded, RecordRefused, Revise, Withdraw
from sos_tracker.records.training import Attendance, Outcome, SessionStatus, TrainingSession
from sos_tracker.settings import PersonKeyUnusable, keyer
from sos_tracker.ui import cached, history_parts
from sos_tracker.ui.chart_parts import html_table
from sos_tracker.ui.forms import grid, last_entry, reason, saving, seen
from sos_tracker.ui.forms.delegate_lines import LineRefused, Lines, Usual
from sos_tracker.ui.forms.fields import Form
from sos_tracker.ui.forms.grid import GridColumn
from sos_tracker.ui.view import View

_OUTCOMES = {outcome.value: words for outcome, words in labels.OUTCOME.items()}
_LEFT = "delegates left"
_FOUND = "delegate found"
_HOW = (
    "One delegate a line: employee number or e-mail, then agency, team, job role and outcome, parted by commas or "
    "semicolons, or copied from a spreadsheet. Only the first is needed where you choose the agency and outcome below. "
    "Numbers and e-mails are turned into codes at once and are not shown again."
)


def add(actor: Actor, session: TrainingSession) -> None:
    """Several delegates at once: the lines that are right are added, the others stay in the box with what is wrong."""
    reference = session.reference
    left, refused = _left(actor, reference)
    with st.expander("Add delegates: booked, came, walk-ins", expanded=True):
        form = Form(f"delegates {reference}")
        known = Known(**cached.store().known(actor.programme))
        st.html(f"<p>{_HOW}</p>")
        with st.form(form.key("form"), enter_to_submit=False, border=False):
            form.text("lines", "Delegates, one a line", left, lines=6, read=str)
            listed = st.empty()
            form.choice("agency", "Agency, where a line has none", {each: each for each in known.agencies},
                        none="Each line says it")  # fmt: skip
            usual = Outcome.BOOKED.value if session.status is SessionStatus.PLANNED else None
            form.choice("outcome", "Outcome, where a line has none", _OUTCOMES, usual, none="Each line says it")
            form.tick("new_names", "New agencies and teams in these lines are right")
            form.foot()
            asked = st.form_submit_button("Add to the register", type="primary", key="add delegates")
        if refused and not asked:
            form.beside("lines", _to_be_mended(len(refused)))
            listed.html(_refusals(refused))
        people = _keyer(form, actor) if asked else None
        if people is None:
            return
        usual_of = Usual(reference, form.value("agency") or "", form.value("outcome"), bool(form.value("new_names")))
        lines = Lines(form.words("lines"), usual_of, people, known)
        if not lines.delegates and not lines.refused:
            form.refuse("lines", "There is no delegate in the box yet.")
            return
        _add_lines(form, actor, reference, lines)
        if lines.refused:
            form.refuse("lines", _to_be_mended(len(lines.refused)))
            listed.html(_refusals(lines.refused))


def _add_lines(form: Form, actor: Actor, reference: str, lines: Lines) -> None:
    """Adds those that are right, and runs the page anew where there are any."""
    _refuse_those_there(actor, reference, lines)
    while lines.delegates:
        number = len(lines.delegates)
        done = f"{number:,} {'delegate is' if number == 1 else 'delegates are'} added to the register of {reference}."
        try:
            last_entry.recorded(actor, [Add(one.attendance) for one in lines.delegates], "", done)
        except RecordRefused as refusal:
            if refusal.field == "session":  # withdrawn meanwhile: true of every line
                form.refuse("", refusal.sentence)
                return
            lines.refuse(lines.delegates[refusal.place], refusal.sentence)
        except ReasonNeeded as needed:
            form.refuse("", str(needed))
            return
        else:
            more = f" {_to_be_mended(len(lines.refused))} They are still in the box." if lines.refused else ""
            saving.say(done + more)
            st.session_state[_LEFT] = (actor.programme, reference, *lines.left())
            form.begin_anew()
            st.rerun()


def _refuse_those_there(actor: Actor, reference: str, lines: Lines) -> None:
    there = {
        key
        for one in last_entry.everything_of(actor.programme, reference)
        if isinstance(one.record, Attendance)
        for key in one.record.person
        if key
    }
    for delegate in list(lines.delegates):
        if there & set(delegate.attendance.person):
            lines.refuse(delegate, "This person is on the register already. Correct their place instead.")


def _left(actor: Actor, reference: str) -> tuple[str, list[LineRefused]]:
    """What was left in the box of this session, and why."""
    kept = st.session_state.get(_LEFT)
    if not isinstance(kept, tuple) or kept[:2] != (actor.programme, reference):
        return "", []
    return kept[2], kept[3]


def _to_be_mended(lines: int) -> str:
    return "1 line is to be mended." if lines == 1 else f"{lines:,} lines are to be mended."


def _refusals(refused: Sequence[LineRefused]) -> str:
    rows = tuple((f"{one.number:,}", one.sentence) for one in refused)
    return html_table(Table("Lines to be mended", (Column("Line"), Column("What is wrong")), rows)) if rows else ""


def _keyer(form: Form, actor: Actor) -> PersonKeyer | None:
    """The key of this installation, which the database must be set up with; None where it is not, which is said."""
    try:
        people = keyer()
        importing.require_person_key(cached.store(), actor, people)
    except (PersonKeyUnusable, WrongPersonKey) as refusal:
        form.refuse("", str(refusal))
        return None
    return people


# one delegate


def correct_one(view: View, session: TrainingSession, people: Sequence[Recorded]) -> None:
    """Finds a delegate, and corrects their place or withdraws it."""
    with st.expander("Correct or withdraw one delegate"):
        _find(view.actor, session)
        key = f"delegate of {session.reference}"
        places = seen.choices("delegate", people, key)
        found = st.session_state.pop(_FOUND, None)
        if found in places:
            st.session_state[key] = found
        number = st.selectbox("Delegate", list(places), format_func=lambda each: place_words(places[each]), key=key)
        if number is not None:
            _correct(view.actor, places[number])
            history_parts.story(view, Attendance.kind, number)


def place_words(kept: Recorded) -> str:
    """``Place 12: Police, Officer, booked``: a delegate as a register shows them."""
    said = vars(kept.record)
    parts = (said["agency"], said["team"], said["job_role"], labels.OUTCOME[said["outcome"]].lower())
    return f"Place {kept.number}: {', '.join(part for part in parts if part)}"


def _find(actor: Actor, session: TrainingSession) -> None:
    form = Form(f"find delegate {session.reference}")
    with st.form(form.key("form"), enter_to_submit=True, border=False):
        form.text("person", "Find by employee number or e-mail")
        asked = st.form_submit_button("Find the delegate", key="find delegate")
    typed = form.words("person")
    if not asked:
        return
    if not typed:
        form.refuse("person", "Type an employee number or an e-mail address.")
        return
    people = _keyer(form, actor)
    if people is None:
        return
    keys = people.keys(None, typed) if "@" in typed else people.keys(employee_number(typed), None)
    found: tuple[Recorded, ...] = ()
    if any(keys):
        found, _ = cached.records(actor.programme, Attendance.kind, session=session.reference, person=keys, limit=1)
    if not found:
        form.refuse("person", "Nobody on this register is known by that.")
        return
    st.session_state[_FOUND] = found[0].number
    form.begin_anew()
    st.rerun()


def _correct(actor: Actor, kept: Recorded) -> None:
    form, kept = seen.opened("delegate", kept)
    attendance = kept.record
    if not isinstance(attendance, Attendance):
        return
    with st.form(form.key("form"), enter_to_submit=False, border=False):
        form.choice("outcome", "Outcome", _OUTCOMES, attendance.outcome.value)
        form.text("agency", "Agency", attendance.agency)
        form.text("team", "Team (optional)", attendance.team)
        form.text("job_role", "Job role (optional)", attendance.job_role)
        reason.field(form)
        form.foot()
        with st.container(horizontal=True):
            asked = st.form_submit_button("Save the correction", type="primary", key="save delegate")
            gone = st.form_submit_button("Withdraw from the register", key="withdraw delegate")
    if gone:
        done = f"Place {kept.number} is withdrawn from the register of {attendance.session}."
        if saving.save(form, actor, [Withdraw(kept.kind, kept.number, kept.version)], done) is not None:
            st.rerun()
        return
    fixed = {name: getattr(attendance, name) for name in ("session", "person", "register_rows")}
    becomes = form.record(Attendance, **fixed) if asked else None
    if becomes is None:
        return
    if becomes == attendance:
        form.refuse("", "Nothing was changed.")
        return
    done = f"Place {kept.number} on the register of {attendance.session} is corrected."
    if saving.save(form, actor, [Revise(kept.number, kept.version, becomes)], done) is not None:
        st.rerun()


# many delegates


def correct_many(actor: Actor, page: Sequence[Recorded]) -> None:
    """The page of the register as a table to type into."""
    with st.expander("Correct many in a table"):
        st.html(
            f"<p>Type or paste over any cell. An outcome is one of: {', '.join(each.value for each in Outcome)}; other "
            "words your files use for them are understood too. Nothing is saved before every cell is right.</p>"
        )
        if not grid.is_wanted():
            return
        words = Vocabulary(cached.store().known(actor.programme)["meanings"])

        def outcome(typed: str) -> Outcome | Fault:
            found = words.outcome(typed)
            if isinstance(found, Outcome):
                return found
            known = ", ".join(each.value for each in Outcome)
            said = f"“{typed}” is not an outcome the tracker knows." if typed else "There is no outcome."
            return Fault(said, f"Write one of: {known}.", "")

        columns = (
            GridColumn("agency", "Agency", read=str),
            GridColumn("team", "Team", read=str),
            GridColumn("job_role", "Job role", read=str),
            GridColumn("outcome", "Outcome", read=outcome),
        )
        grid.show(
            actor,
            f"register from {page[0].number}",
            page,
            columns,
            "The register: agency, team, job role and outcome of each delegate",
        )
