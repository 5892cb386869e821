"""Practice-lead posts by hand: every holding and vacancy, a lead who is new, trained or has left, and a withdrawal.

The lead is typed by employee number or e-mail, keyed at once, and never shown.
"""

from collections.abc import Callable
from datetime import date
from html import escape
from typing import Any

import streamlit as st

from sos_tracker.actions import recording
from sos_tracker.actions.importing import WrongPersonKey
from sos_tracker.charts.chart import Column, Table
from sos_tracker.intake.cells import Fault
from sos_tracker.records.access import Actor
from sos_tracker.records.people import PersonKeys
from sos_tracker.records.periods import day
from sos_tracker.records.practice_leads import PracticeLeadPost
from sos_tracker.records.recorded import Add, Recorded, RecordRefused, Revise, Write
from sos_tracker.settings import PersonKeyUnusable, keyer
from sos_tracker.ui import cached, history_parts
from sos_tracker.ui.chart_parts import html_table
from sos_tracker.ui.forms import reason, saving, seen, top, withdrawing
from sos_tracker.ui.forms.fields import Form
from sos_tracker.ui.forms.opening import Opening
from sos_tracker.ui.forms.spelled import spelled
from sos_tracker.ui.view import View, head

POST = Opening(PracticeLeadPost, "post")
_TRAINED = {"yes": "Trained", "no": "Not yet trained"}
_SILENT = "As the training register says"
_KEYED = "Numbers and e-mails are turned into codes at once and are not shown again."


def show(view: View) -> None:
    """One post where one is chosen, else the list of all and the form for another."""
    chosen, _ = POST.chosen(view.code)
    total = POST.total(view.code)
    head(view, _finding(chosen, total))
    if not top.show(view.actor):
        return
    if chosen is not None:
        _one(view, chosen)
        return
    if total:
        _list(view.code)
    _add(view.actor, opened=not total)


def _finding(chosen: Recorded | None, total: int) -> str:
    if chosen is not None:
        post = POST.of(chosen)
        return f"Practice-lead post of {post.team}, {post.agency}"
    if not total:
        return "No practice-lead post has been recorded yet"
    return f"{total:,} {'line' if total == 1 else 'lines'} of practice-lead posts"


# the list


def _list(code: str) -> None:
    """Posts that are looked for, a page at a time, and a way to open one."""
    st.html("<h2>Find a post</h2>")
    text = st.text_input("Look for (team or agency)", key="posts text", autocomplete="off") or ""
    found = POST.found(code, f"posts page {text}", text=text)
    if found is None:
        st.text("No team or agency is called so. Look for less.")
        return
    heads = ("Team", "Agency", "Post", "Trained", "From", "Left on")
    caption = found.caption("Lines", "by agency and team")
    st.html(html_table(Table(caption, tuple(Column(each) for each in heads), tuple(map(_row, found.records)))))
    POST.turn(found)
    POST.open_one(found.records, _named, found.which)


def _row(kept: Recorded) -> tuple[str, ...]:
    post = POST.of(kept)
    trained = {True: "yes", False: "no", None: "not said"}[post.trained] if post.filled else ""
    return (
        post.team,
        post.agency,
        "Lead in post" if post.filled else "Vacant",
        trained,
        day(post.starts_on) if post.starts_on else "not given",
        day(post.ends_on) if post.ends_on else "",
    )


def _named(post: PracticeLeadPost) -> str:
    since = f" from {day(post.starts_on)}" if post.starts_on else ""
    return f"{post.team}, {post.agency}: {'lead' if post.filled else 'vacant'}{since}"


# a new line


def _add(actor: Actor, *, opened: bool) -> None:
    with st.expander("Add a lead or a vacancy", expanded=opened):
        form = Form("add post")
        st.html(f"<p>{_KEYED}</p>")
        with st.form(form.key("form"), enter_to_submit=False, border=False):
            form.choice("filled", "The post", {"yes": "A lead is in post", "no": "It is vacant"}, "yes")
            form.text("agency", "Agency", read=spelled(actor, "agencies"))
            form.text("team", "Team, or the agency again where it has none", read=spelled(actor, "teams"))
            form.day("starts_on", "Date from which")
            form.choice("trained", "Whether the lead is trained", _TRAINED, none=_SILENT)
            form.text("person", "Employee number or e-mail of the lead (optional)", read=_keys(actor))
            form.foot()
            asked = st.form_submit_button("Add the post", type="primary", key="add post")
        post = _post(form) if asked else None
        if post is not None and saving.save(form, actor, [Add(post)], f"{_named(post)} is added.") is not None:
            st.rerun()


def _post(form: Form) -> PracticeLeadPost | None:
    filled = form.value("filled") != "no"
    if not filled and (form.words("person") or form.value("trained")):
        form.refuse("filled", "A vacant post has no lead: leave the lead and the training empty.")
        return None
    post = form.record(PracticeLeadPost, filled=filled, trained=_trained(form))
    return None if form.refused else post


def _trained(form: Form) -> bool | None:
    said = form.value("trained")
    return None if said is None else said == "yes"


def _keys(actor: Actor) -> Callable[[str], PersonKeys | Fault | None]:
    """Reads whoever is typed as the codes they are known by; what was typed goes no further."""

    def read(typed: str) -> PersonKeys | Fault | None:
        named = typed.strip()
        if not named:
            return None
        number, email = (None, named) if "@" in named else (named, None)
        try:
            return recording.person_keys(cached.store(), actor, keyer(), number, email)
        except RecordRefused as refusal:
            return Fault(refusal.sentence, "", "unreadable person")
        except (PersonKeyUnusable, WrongPersonKey) as refusal:
            return Fault(str(refusal), "", "unreadable person")

    return read


# one line


def _one(view: View, kept: Recorded) -> None:
    """A post, what it says, and what may be done with it."""
    POST.back("Back to every post")
    post = POST.of(kept)
    _, _, state, trained, since, left = _row(kept)
    facts = {
        "Post": state, "Lead trained": trained, "From": since, "Left on": left,
        "Lead": "known by number or e-mail" if post.person else "not named" if post.filled else "",
    }  # fmt: skip
    listed = "".join(f"<div><dt>{name}</dt><dd>{escape(said)}</dd></div>" for name, said in facts.items() if said)
    st.html(f'<dl class="sos-spread">{listed}</dl>')
    if post.filled and post.ends_on is None:
        _leave(view.actor, kept)
    _correct(view.actor, kept)
    _withdraw(view.actor, kept)
    history_parts.story(view, PracticeLeadPost.kind, kept.number)


def _leave(actor: Actor, kept: Recorded) -> None:
    with st.expander("The lead has left"):
        form, kept = seen.opened("leave post", kept)
        post = POST.of(kept)
        with st.form(form.key("form"), enter_to_submit=False, border=False):
            form.day("ends_on", "Date on which the lead left")
            form.tick("vacant", "The post is vacant from that day", value=True)
            reason.field(form)
            form.foot()
            asked = st.form_submit_button("Save that the lead left", type="primary", key="leave post")
        if not asked:
            return
        left: date | None = form.value("ends_on")
        if left is None and not form.refused:
            form.refuse("ends_on", "Give the date on which the lead left.")
        fixed = {name: value for name, value in vars(post).items() if name != "ends_on"}
        becomes = form.record(PracticeLeadPost, beside="ends_on", **fixed) if not form.refused else None
        if becomes is None or left is None:
            return
        writes: list[Write] = [Revise(kept.number, kept.version, becomes)]
        if form.value("vacant"):
            writes.append(Add(_vacancy(actor, post, left)))
        if saving.save(form, actor, writes, f"The lead of {post.team} left on {day(left)}.") is not None:
            st.rerun()


def _vacancy(actor: Actor, post: PracticeLeadPost, since: date) -> PracticeLeadPost:
    """The vacancy, with a number of its own where another line of the team begins that day."""
    same, _ = cached.records(
        actor.programme, PracticeLeadPost.kind, agency=post.agency, team=post.team, starts_on=since
    )
    holding = max((POST.of(one).holding + 1 for one in same), default=0)
    return PracticeLeadPost(agency=post.agency, team=post.team, filled=False, starts_on=since, holding=holding)


def _correct(actor: Actor, kept: Recorded) -> None:
    with st.expander("Correct it: dates, training, who the lead is"):
        form, kept = seen.opened(POST.word, kept)
        post = POST.of(kept)
        st.html(f"<p>{_KEYED}</p>")
        with st.form(form.key("form"), enter_to_submit=False, border=False):
            form.text("agency", "Agency", post.agency)
            form.text("team", "Team", post.team)
            form.day("starts_on", "Date from which", post.starts_on)
            form.day("ends_on", "Date on which the lead left, or the vacancy ended", post.ends_on)
            if post.filled:
                trained = None if post.trained is None else "yes" if post.trained else "no"
                form.choice("trained", "Whether the lead is trained", _TRAINED, trained, none=_SILENT)
                form.text("person", "Employee number or e-mail of another lead (empty: as it is)", read=_keys(actor))
            reason.field(form)
            form.foot()
            asked = st.form_submit_button("Save the post", key="save post")
        if not asked:
            return
        further: dict[str, Any] = {"trained": _trained(form)} if post.filled else {}
        if post.filled and not form.words("person"):
            further["person"] = post.person
        becomes = form.record(PracticeLeadPost, beside="ends_on", filled=post.filled, holding=post.holding, **further)
        if becomes is None or form.refused:
            return
        if becomes == post:
            form.refuse("", "Nothing was changed in the post.")
        elif saving.save(form, actor, [Revise(kept.number, kept.version, becomes)], f"{_named(becomes)} is saved."):
            st.rerun()


def _withdraw(actor: Actor, kept: Recorded) -> None:
    goes = "It is not counted any more, and a team without another line is no longer in scope."
    done = f"{_named(POST.of(kept))} is withdrawn."
    if withdrawing.show(actor, (kept,), "line", done, key="post", sure="this line", goes=goes):
        POST.leave()
