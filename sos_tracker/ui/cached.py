"""What is kept between runs: the only place with ``st.cache_*``.

Frames and figures are keyed by the programme's revision in the store, which every write from any process moves on, so
nothing is ever cleared; each cache is bounded. They are shared between sessions and never changed in place.
"""

from dataclasses import dataclass
from datetime import date

import streamlit as st

from sos_tracker.measures import catalogue
from sos_tracker.measures.filters import filtered
from sos_tracker.measures.frames import ProgrammeFrames
from sos_tracker.records.figures import Figure
from sos_tracker.records.programme import Programme
from sos_tracker.settings import settings
from sos_tracker.store import Store


@dataclass(frozen=True)
class Narrowing:
    """The part of a programme looked at; nothing set is the whole."""

    agency: str | None = None
    level: str | None = None
    first_month: date | None = None

    @property
    def is_whole(self) -> bool:
        return self == WHOLE


WHOLE = Narrowing()


def store() -> Store:
    """The store at DATABASE_URL, opened once a process."""
    return _store(settings().database_url)


@st.cache_resource(show_spinner=False, max_entries=4)
def _store(url: str) -> Store:
    return Store.open(url)


def programmes() -> tuple[Programme, ...]:
    return store().programmes()


def frames(code: str, on: date, part: Narrowing = WHOLE) -> ProgrammeFrames:
    return _frames(settings().database_url, code, store().revision(code), on, part)


@st.cache_resource(show_spinner=False, max_entries=64)
def _frames(url: str, code: str, revision: int, on: date, part: Narrowing) -> ProgrammeFrames:
    if part.is_whole:
        return store().frames(code, on)
    whole = _frames(url, code, revision, on, WHOLE)
    return filtered(whole, agency=part.agency, level=part.level, first_month=part.first_month)


def figures(code: str, on: date, part: Narrowing = WHOLE) -> dict[str, Figure]:
    """Every figure of the catalogue, by code."""
    return _figures(settings().database_url, code, store().revision(code), on, part)


@st.cache_resource(show_spinner=False, max_entries=64)
def _figures(url: str, code: str, revision: int, on: date, part: Narrowing) -> dict[str, Figure]:
    return {figure.code: figure for figure in catalogue.figures(_frames(url, code, revision, on, part), on)}
