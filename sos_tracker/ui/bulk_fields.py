"""What is wrong, asked for field by field: which sessions, which spellings, which course, and what they should be."""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

import streamlit as st

from sos_tracker.records.bulk import (
    BulkChange,
    CorrectLevel,
    MergeAgency,
    MergeTeam,
    MoveSession,
    PlaceNamed,
    WithdrawSession,
)
from sos_tracker.records.labels import LEVEL
from sos_tracker.records.periods import day
from sos_tracker.records.training import CourseLevel, TrainingSession
from sos_tracker.ui import cached
from sos_tracker.ui.forms.fields import Form
from sos_tracker.ui.view import View

CHOICES: Mapping[str, str] = {
    "move": "Move a session to other dates",
    "withdraw": "Withdraw a session with its register",
    "agency": "Merge two spellings of an agency",
    "team": "Merge two spellings of a team",
    "level": "Correct the level of a course",
}
_MOST_OFFERED = 100
_UNTITLED = " "  # an empty word would be no choice


class Asked(NamedTuple):
    """A form, and what reads it: None where something is refused, which is said beside the fields."""

    form: Form
    wanted: Callable[[], BulkChange | None]


def fields(view: View, which: str) -> Asked | None:
    """The fields of one kind of correction; None where there is nothing of the kind, or more to choose first."""
    return _FIELDS[which](view, Form(form_name(which)))


def form_name(which: str) -> str:
    return f"correction {which}"


def _move(view: View, form: Form) -> Asked | None:
    if not _session(view, form):
        return None
    form.day("starts_on", "New first day")
    form.day("ends_on", "New last day; blank to last as long as now")

    def wanted() -> BulkChange | None:
        reference, starts_on, ends_on = (form.value(name) for name in ("reference", "starts_on", "ends_on"))
        _require(form, reference=reference, starts_on=starts_on)
        return None if form.refused else MoveSession(reference, starts_on, ends_on)

    return Asked(form, wanted)


def _withdraw(view: View, form: Form) -> Asked | None:
    if not _session(view, form):
        return None

    def wanted() -> BulkChange | None:
        reference = form.value("reference")
        _require(form, reference=reference)
        return None if form.refused else WithdrawSession(reference)

    return Asked(form, wanted)


def _session(view: View, form: Form) -> bool:
    """Which session; False where there is none to choose."""
    form.text("find", "Find a session by its reference, course, venue or trainer")
    text = form.words("find")
    found, total = cached.records(view.code, TrainingSession.kind, text=text, limit=_MOST_OFFERED)
    if not total:
        st.text("No session has these words." if text else "No training session has been recorded yet.")
        return False
    sessions = [kept.record for kept in found if isinstance(kept.record, TrainingSession)]
    form.choice("reference", "Session", {session.reference: _told(session) for session in sessions})
    if total > len(sessions):
        st.text(
            f"The newest {len(sessions):,} of {total:,} sessions are offered. Type some of its words to find another."
        )
    return True


def _told(session: TrainingSession) -> str:
    on = day(session.starts_on) if session.starts_on else "no date"
    return ", ".join(part for part in (session.reference, session.course, on) if part)


def _agency(view: View, form: Form) -> Asked | None:
    named = _counted((place.agency, place.records) for place in cached.places_named(view.whole))
    if len(named) < 2:
        st.text("There are no two agencies to merge.")
        return None
    _spellings(form, named)

    def wanted() -> BulkChange | None:
        name, into = form.value("name"), form.value("into")
        _require(form, name=name, into=into)
        return None if form.refused else MergeAgency(name, into)

    return Asked(form, wanted)


def _team(view: View, form: Form) -> Asked | None:
    teams = _teams(cached.places_named(view.whole))
    if not teams:
        st.text("No agency has two teams to merge.")
        return None
    form.choice("agency", "Agency", {agency: agency for agency in teams})
    agency = form.value("agency")
    if agency is None:
        st.text("Choose the agency whose teams they are.")
        return None
    of_agency = Form(f"{form.name} {agency}")
    _spellings(of_agency, teams[agency])

    def wanted() -> BulkChange | None:
        name, into = of_agency.value("name"), of_agency.value("into")
        _require(of_agency, name=name, into=into)
        return None if of_agency.refused else MergeTeam(agency, name, into)

    return Asked(of_agency, wanted)


def _spellings(form: Form, named: Mapping[str, str]) -> None:
    form.choice("name", "Spelling that is to go", named)
    form.choice("into", "Spelling that is to stand", named)


def _teams(places: Iterable[PlaceNamed]) -> dict[str, dict[str, str]]:
    """The teams of each agency that has two, with how many records name them."""
    found: dict[str, list[tuple[str, int]]] = {}
    for place in places:
        if place.team:
            found.setdefault(place.agency, []).append((place.team, place.records))
    return {agency: _counted(teams) for agency, teams in found.items() if len(teams) > 1}


def _counted(named: Iterable[tuple[str, int]]) -> dict[str, str]:
    records: dict[str, int] = {}
    for name, number in named:
        records[name] = records.get(name, 0) + number
    return {name: f"{name} ({number:,} {'record' if number == 1 else 'records'})" for name, number in records.items()}


def _level(view: View, form: Form) -> Asked | None:
    courses = cached.store().courses(view.code)
    if not courses:
        st.text("No training session with a date has been recorded yet.")
        return None
    form.choice("course", "Course", {course or _UNTITLED: course or "Sessions without a title" for course in courses})
    form.day("since", "First day a session of it started")
    form.day("until", "Last day a session of it started")
    form.choice("level", "Level it should be", {level.value: words for level, words in LEVEL.items()})

    def wanted() -> BulkChange | None:
        said = {name: form.value(name) for name in ("course", "since", "until", "level")}
        _require(form, **said)
        if form.refused:
            return None
        return CorrectLevel(said["course"].strip(), said["since"], said["until"], CourseLevel(said["level"]))

    return Asked(form, wanted)


_MISSING = {
    "reference": "Choose the session.",
    "starts_on": "Give the day it started or will start.",
    "course": "Choose the course.",
    "since": "Give the first of the days.",
    "until": "Give the last of the days.",
    "level": "Choose the level.",
}


def _require(form: Form, **said: object) -> None:
    """Says beside each field without a value what is missing, unless it could not be read."""
    for name, value in said.items():
        if value is None and not form.words(name):
            form.refuse(name, _MISSING.get(name, "Choose the spelling."))


_FIELDS: Mapping[str, Callable[[View, Form], Asked | None]] = {
    "move": _move, "withdraw": _withdraw, "agency": _agency, "team": _team, "level": _level,
}  # fmt: skip
