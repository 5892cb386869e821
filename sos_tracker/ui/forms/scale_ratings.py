"""Scores on the implementation scale by hand: all that one team gave, at once."""

import re
from collections.abc import Mapping

import streamlit as st

from sos_tracker.intake.cells import Fault, parse_date
from sos_tracker.records import labels
from sos_tracker.records.access import Actor
from sos_tracker.records.embedding import SCALE_ANCHORS, Respondents, ScaleRating
from sos_tracker.records.figures import Unit
from sos_tracker.records.periods import day
from sos_tracker.records.recorded import Add
from sos_tracker.ui.forms import saving
from sos_tracker.ui.forms.fields import Form
from sos_tracker.ui.forms.grid import GridColumn
from sos_tracker.ui.forms.opening import Opening
from sos_tracker.ui.forms.spelled import spelled
from sos_tracker.ui.forms.subject import Subject
from sos_tracker.ui.view import View

_LEVELS = {level.value: words for level, words in labels.STAFF_LEVEL.items()}
_RESPONDENTS = {group.value: words for group, words in labels.RESPONDENTS.items()}
_ASKED = "One a line, as 6.5: 4 where four people gave 6.5; or each person's score, as 6, 6.5, 8"


def read_scores(typed: str) -> dict[float, int] | Fault | None:
    """How many people gave each score: ``6.5: 4`` or two cells of a spreadsheet a line, or a score for each person."""
    found: dict[float, int] = {}
    for line in filter(None, map(str.strip, typed.splitlines())):
        pair = re.fullmatch(r"([\d.]+)\s*(?::|\t|×|x)\s*(\d+)", line)
        scores = [(pair[1], int(pair[2]))] if pair else [(each, 1) for each in re.split(r"[\s,;]+", line) if each]
        for score, people in scores:
            if not re.fullmatch(r"\d{1,2}(\.\d+)?", score):
                said = f"“{line[:60]}” is neither a score with a number of people nor a list of scores."
                return Fault(said, "Write it as 6.5: 4, or as 6, 6.5, 8.", "unreadable scores")
            found[float(score)] = found.get(float(score), 0) + people
    return found or None


def _named(rating: ScaleRating) -> str:
    people = labels.count_of(rating.people, Unit.PEOPLE)
    unit = labels.unit_name(rating.agency, rating.team)
    return f"{unit}, {day(rating.rated_on)}: {labels.score(rating.score)} by {people}"


def _fields(form: Form, actor: Actor, rating: ScaleRating | None) -> None:
    left, right = st.columns(2)
    with left:
        _about(form, actor, rating)
    with right:
        form.number("score", "Score, 0 to 10 by half points", rating.score if rating else None)
        form.whole("people", "People who gave it", rating.people if rating else None)


def _about(form: Form, actor: Actor, rating: ScaleRating | None) -> None:
    """When, whose practice, and who gave the scores."""
    form.day("rated_on", "Date of the rating: the last day of the round", rating.rated_on if rating else None)
    form.text("agency", "Agency", rating.agency if rating else "", read=spelled(actor, "agencies"))
    form.text("team", "Team (empty: the whole agency)", rating.team if rating else "", read=spelled(actor, "teams"))
    level = rating.staff_level if rating else None
    form.choice("staff_level", "Level of staff", _LEVELS, level, none=labels.EVERY_LEVEL)
    given_by = rating.respondents if rating else Respondents.STAFF
    form.choice("respondents", "Who gave the scores", _RESPONDENTS, given_by.value)


def _add(view: View, opened: bool) -> None:  # noqa: FBT001 - called by the subject
    with st.expander("Add the scores of a team", expanded=opened):
        ends = " ".join(f"{score} means: {words}" for score, words in SCALE_ANCHORS.items())
        st.text(f"{ends} Scores of one calendar month are one round.")
        form = Form("add rating")
        with st.form(form.key("form"), enter_to_submit=False, border=False):
            left, right = st.columns(2)
            with left:
                _about(form, view.actor, None)
            with right:
                form.text("scores", f"Scores. {_ASKED}", lines=8, read=read_scores)
            form.foot()
            asked = st.form_submit_button("Add the scores", type="primary", key="add rating")
        if asked:
            _save(view.actor, form)


def _save(actor: Actor, form: Form) -> None:
    scores: Mapping[float, int] | None = form.value("scores")
    if scores is None and not form.refused:
        form.refuse("scores", "Give at least one score.")
    ratings = []
    for score, people in (scores or {}).items():
        rating = form.record(ScaleRating, beside="scores", score=score, people=people)
        if rating is None:
            break  # what is wrong is wrong with every score, or with this one
        ratings.append(rating)
    if form.refused or not ratings:
        return
    gave = sum(rating.people for rating in ratings)
    unit = labels.unit_name(ratings[0].agency, ratings[0].team)
    done = f"{labels.count_of(gave, Unit.PEOPLE)} of {unit} gave a score on {day(ratings[0].rated_on)}: added."
    named = [f"Score {labels.score(rating.score)}" for rating in ratings]
    if saving.save(form, actor, [Add(rating) for rating in ratings], done, named=named) is not None:
        st.rerun()


SUBJECT = Subject(
    opening=Opening(ScaleRating, "rating"),
    title="Scale ratings",
    one="rating",
    many="ratings",
    shown={
        "rated_on": "Rated on", "agency": "Agency", "team": "Team", "staff_level": "Level of staff",
        "respondents": "Given by", "score": "Score", "people": "People",
    },
    order="newest first",
    named=_named,
    fields=_fields,
    add=_add,
    beside="score",
    numbers=frozenset({"score", "people"}),
    columns=(
        GridColumn("rated_on", "Rated on", lambda on: f"{on:%d/%m/%Y}", parse_date),
        GridColumn("agency", "Agency", read=str),
        GridColumn("team", "Team", read=str),
        GridColumn("score", "Score", labels.score, str),
        GridColumn("people", "People", read=str),
    ),
)  # fmt: skip
