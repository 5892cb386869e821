"""Survey answers by hand: every question of one wave at once, staff and families apart."""

import re

import streamlit as st

from sos_tracker.intake.cells import Fault, parse_date
from sos_tracker.records import labels
from sos_tracker.records.access import Actor
from sos_tracker.records.embedding import SurveyAnswer
from sos_tracker.records.periods import day
from sos_tracker.records.recorded import Add
from sos_tracker.ui.forms import saving
from sos_tracker.ui.forms.fields import Form
from sos_tracker.ui.forms.grid import GridColumn
from sos_tracker.ui.forms.opening import Opening
from sos_tracker.ui.forms.spelled import spelled
from sos_tracker.ui.forms.subject import Subject
from sos_tracker.ui.view import View

_AUDIENCES = {audience.value: words for audience, words in labels.AUDIENCE.items()}
Answers = tuple[tuple[str, int, int], ...]


def read_answers(typed: str) -> Answers | Fault | None:
    """Question, how many answered and how many of those agreed, one a line: with semicolons, or cells of a
    spreadsheet."""
    found: list[tuple[str, int, int]] = []
    for line in filter(None, map(str.strip, typed.splitlines())):
        parts = re.fullmatch(r"(.+?)\s*[;\t]\s*([\d,]+)\s*[;\t]\s*([\d,]+)", line)
        if parts is None:
            said = f"“{line[:60]}” is not a question, a number who answered and a number who agreed."
            return Fault(said, "Write it as My own ideas were heard; 40; 31.", "unreadable answers")
        answered, agreed = (int(parts[at].replace(",", "")) for at in (2, 3))
        found.append((parts[1], answered, agreed))
    return tuple(found) or None


def _named(answer: SurveyAnswer) -> str:
    asked = labels.AUDIENCE[answer.audience]
    return f"{asked}, {day(answer.closed_on)}: {answer.question}, {answer.favourable:,} of {answer.answered:,} agree"


def _fields(form: Form, actor: Actor, answer: SurveyAnswer | None) -> None:
    left, right = st.columns(2)
    with left:
        _about(form, actor, answer)
    with right:
        form.text("question", "Question", answer.question if answer else "")
        form.whole("answered", "Number who answered", answer.answered if answer else None)
        form.whole("favourable", "Number who agreed", answer.favourable if answer else None)


def _about(form: Form, actor: Actor, answer: SurveyAnswer | None) -> None:
    """Which wave: when it closed, who was asked, and how many."""
    form.day("closed_on", "Last day of the wave", answer.closed_on if answer else None)
    form.choice("audience", "Who was asked", _AUDIENCES, answer.audience.value if answer else None)
    agency = answer.agency if answer else ""
    form.text("agency", "Agency (empty: the whole programme)", agency, read=spelled(actor, "agencies"))
    form.whole("invited", "Number asked", answer.invited if answer else None)


def _add(view: View, opened: bool) -> None:  # noqa: FBT001 - called by the subject
    with st.expander("Add the answers of a wave", expanded=opened):
        form = Form("add answer")
        with st.form(form.key("form"), enter_to_submit=False, border=False):
            left, right = st.columns(2)
            with left:
                _about(form, view.actor, None)
            with right:
                form.text("answers", "Questions, one a line, as My own ideas were heard; 40; 31 where 40 answered and "
                          "31 of those agreed", lines=8, read=read_answers)  # fmt: skip
            form.foot()
            asked = st.form_submit_button("Add the answers", type="primary", key="add answer")
        if asked:
            _save(view.actor, form)


def _save(actor: Actor, form: Form) -> None:
    answers: Answers | None = form.value("answers")
    if answers is None and not form.refused:
        form.refuse("answers", "Give at least one question.")
    made = []
    for question, answered, favourable in answers or ():
        answer = form.record(
            SurveyAnswer, beside="answers", question=question, answered=answered, favourable=favourable
        )
        if answer is None:
            break  # what is wrong is wrong with every question, or with this one
        made.append(answer)
    if form.refused or not made:
        return
    number = f"{len(made):,} {'question' if len(made) == 1 else 'questions'}"
    done = f"{number} of the wave of {day(made[0].closed_on)} added."
    named = [f"“{answer.question}”" for answer in made]
    if saving.save(form, actor, [Add(answer) for answer in made], done, named=named) is not None:
        st.rerun()


SUBJECT = Subject(
    opening=Opening(SurveyAnswer, "answer"),
    title="Surveys of staff and families",
    one="survey answer",
    many="survey answers",
    shown={
        "closed_on": "Wave closed on", "audience": "Asked", "agency": "Agency", "question": "Question",
        "invited": "Number asked", "answered": "Answered", "favourable": "Agreed",
    },
    order="newest first",
    named=_named,
    fields=_fields,
    add=_add,
    beside="favourable",
    look_for="question or agency",
    numbers=frozenset({"invited", "answered", "favourable"}),
    columns=(
        GridColumn("closed_on", "Wave closed on", lambda on: f"{on:%d/%m/%Y}", parse_date),
        GridColumn("question", "Question", read=str),
        GridColumn("invited", "Number asked", read=str),
        GridColumn("answered", "Answered", read=str),
        GridColumn("favourable", "Agreed", read=str),
    ),
)  # fmt: skip
