"""What is kept between runs: the only place with ``st.cache_*``.

Everything read from a programme is keyed by its revision in the store, which every write from any process moves on, so
nothing is ever cleared; each cache is bounded. What is kept is shared between sessions and never changed in place.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

import pandas as pd
import streamlit as st

from sos_tracker.actions import figure_moves, publication
from sos_tracker.actions.figure_moves import Moved
from sos_tracker.actions.programme_charts import Reckoned
from sos_tracker.actions.publication import Proposal
from sos_tracker.charts.chart import Chart
from sos_tracker.measures import attention, catalogue, disclosure
from sos_tracker.measures.attention import Attention
from sos_tracker.measures.disclosure import Members
from sos_tracker.measures.filters import filtered
from sos_tracker.measures.frames import ProgrammeFrames
from sos_tracker.records.access import Actor
from sos_tracker.records.bulk import PlaceNamed
from sos_tracker.records.figures import Figure
from sos_tracker.records.programme import Programme
from sos_tracker.records.recorded import Recorded
from sos_tracker.settings import settings
from sos_tracker.store import Store
from sos_tracker.store.rows import Rows


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


@dataclass(frozen=True)
class Cut:
    """One programme as it stood on one day, whole or in part, at one revision of what is stored."""

    code: str
    on: date
    revision: int
    part: Narrowing = WHOLE

    @cached_property
    def key(self) -> str:
        """One text, because Streamlit takes its time over anything else."""
        part = self.part
        parts = (settings().database_url, self.code, self.on, self.revision, part.agency, part.level, part.first_month)
        return repr(parts)


Draw = Callable[[Reckoned], Chart]
Choices = dict[str, dict[str, str]]
"""What each filter can be set to: the value kept in the address -> the words shown."""


def store() -> Store:
    """The store at DATABASE_URL, opened once a process."""
    return _store(settings().database_url)


@st.cache_resource(show_spinner=False, max_entries=4)
def _store(url: str) -> Store:
    return Store.open(url)


class NotReady(Exception):
    """The database has not been set up, or by another version."""


def is_ready() -> bool:
    """Whether the database can be read; once it can, it is not asked again."""
    try:
        return _ready(settings().database_url)
    except NotReady:
        return False


@st.cache_resource(show_spinner=False, max_entries=4)
def _ready(url: str) -> bool:
    if not _store(url).is_current():
        raise NotReady
    return True


def programmes() -> tuple[Programme, ...]:
    return store().programmes()


def cut(code: str, on: date) -> Cut:
    """The whole programme on that day, at the revision of this moment."""
    return Cut(code, on, store().revision(code))


def frames(of: Cut) -> ProgrammeFrames:
    return _frames(of.key, of)


@st.cache_resource(show_spinner=False, max_entries=64)
def _frames(key: str, _of: Cut) -> ProgrammeFrames:  # noqa: ARG001 - the key is what it is kept by
    if _of.part.is_whole:
        return store().frames(_of.code, _of.on)
    whole = frames(Cut(_of.code, _of.on, _of.revision))
    return filtered(whole, agency=_of.part.agency, level=_of.part.level, first_month=_of.part.first_month)


def figures(of: Cut) -> dict[str, Figure]:
    """Every figure of the catalogue, by code."""
    return _figures(of.key, of)


@st.cache_resource(show_spinner=False, max_entries=64)
def _figures(key: str, _of: Cut) -> dict[str, Figure]:  # noqa: ARG001 - as above
    return {figure.code: figure for figure in catalogue.figures(frames(_of), _of.on)}


def needs_attention(of: Cut) -> tuple[Attention, ...]:
    return _needs_attention(of.key, of)


@st.cache_resource(show_spinner=False, max_entries=64)
def _needs_attention(key: str, _of: Cut) -> tuple[Attention, ...]:  # noqa: ARG001 - as above
    return attention.needs_attention(list(figures(_of).values()), frames(_of), _of.on)


def chart(of: Cut, draw: Draw) -> Chart:
    """A chart of this cut, drawn once."""
    return _chart(of.key, draw.__name__, of, draw)


@st.cache_resource(show_spinner=False, max_entries=512)
def _chart(key: str, name: str, _of: Cut, _draw: Draw) -> Chart:  # noqa: ARG001 - as above
    return _draw(Reckoned(frames(_of), figures(_of), _of.on))


def member_dates(code: str) -> tuple[date, ...]:
    """The days members may choose from, newest first; never none."""
    return _members_now(code).dates


def member_date(code: str, asked: date) -> date:
    """The day members are shown where this one is asked for: itself where it is offered, else the nearest before."""
    return _members_now(code).nearest(asked)


def member_figures(of: Cut) -> dict[str, Figure]:
    """Every figure as members get it, by code, on one of ``member_dates``."""
    return _members(of.code, of.revision).figures(of.on)


def member_chart(of: Cut, draw: Draw) -> Chart:
    """A chart as members get it, on one of ``member_dates``."""
    return _member_chart(of.key, draw.__name__, of, draw)


@st.cache_resource(show_spinner=False, max_entries=128)
def _member_chart(key: str, name: str, _of: Cut, _draw: Draw) -> Chart:  # noqa: ARG001 - as above
    trained = _members(_of.code, _of.revision).trained_by(_of.on)
    return _draw(Reckoned(frames(_of), member_figures(_of), _of.on, trained))


def _members_now(code: str) -> Members:
    return _members(code, store().revision(code))


def _members(code: str, revision: int) -> Members:
    today = date.today()  # noqa: DTZ011 - the day where the council is
    return _told(repr((settings().database_url, code, revision, today)), code, today)


@st.cache_resource(show_spinner=False, max_entries=64)
def _told(key: str, _code: str, _today: date) -> Members:  # noqa: ARG001 - as above
    return disclosure.members_of(store().programme(_code), _today, lambda on: store().frames(_code, on))


def proposal(of: Cut, actor: Actor) -> Proposal:
    """What would be frozen if the programme published its summary of this day now."""
    today = date.today()  # noqa: DTZ011 - the day where the council is
    return _proposal(repr((of.key, today)), of, actor, today)


@st.cache_resource(show_spinner=False, max_entries=64)
def _proposal(key: str, _of: Cut, _actor: Actor, _today: date) -> Proposal:  # noqa: ARG001 - as above
    return publication.propose(store(), _actor, _of.on, _today)


def moved(of: Cut, actor: Actor, code: str, since: datetime) -> Moved:
    """What moved one figure of this cut since a moment; played again from the history, which takes its time."""
    return _moved(repr((of.key, actor.role, code, since)), of, actor, code, since)


@st.cache_resource(show_spinner=False, max_entries=64)
def _moved(key: str, _of: Cut, _actor: Actor, _code: str, _since: datetime) -> Moved:  # noqa: ARG001 - as above
    return figure_moves.moved_since(store(), _actor, _code, _since, _of.on)


def measured(of: Cut, reckon: Callable[[ProgrammeFrames, date], pd.DataFrame]) -> pd.DataFrame:
    """A frame a page shows a few rows of, reckoned once."""
    return _measured(of.key, reckon.__qualname__, of, reckon)


@st.cache_resource(show_spinner=False, max_entries=256)
def _measured(
    key: str,  # noqa: ARG001 - as above
    name: str,  # noqa: ARG001
    _of: Cut,
    _reckon: Callable[[ProgrammeFrames, date], pd.DataFrame],
) -> pd.DataFrame:
    return _reckon(frames(_of), _of.on)


def rows(of: Cut, which: str, fetch: Callable[[], Rows]) -> Rows:
    """One page of rows, ``which`` saying all that ``fetch`` asks for beside the cut."""
    return _rows(of.key, which, fetch)


@st.cache_resource(show_spinner=False, max_entries=256)
def _rows(key: str, which: str, _fetch: Callable[[], Rows]) -> Rows:  # noqa: ARG001
    return _fetch()


def places_named(of: Cut) -> tuple[PlaceNamed, ...]:
    """Every agency and team that records name, whatever the day."""
    return _places_named(of.key, of)


@st.cache_resource(show_spinner=False, max_entries=16)
def _places_named(key: str, _of: Cut) -> tuple[PlaceNamed, ...]:  # noqa: ARG001 - as above
    return store().places_named(_of.code)


def records(
    code: str, kind: str, *, limit: int = 100, offset: int = 0, **narrow: Any
) -> tuple[tuple[Recorded, ...], int]:
    """Records as the store lists them (``Store.records``), asked once while nothing is written."""
    asked = {"limit": limit, "offset": offset, **narrow}
    key = repr((settings().database_url, code, store().revision(code), kind, sorted(asked.items())))
    return _records(key, code, kind, asked)


@st.cache_resource(show_spinner=False, max_entries=64)
def _records(
    key: str,  # noqa: ARG001 - as above
    _code: str,
    _kind: str,
    _asked: dict[str, Any],
) -> tuple[tuple[Recorded, ...], int]:
    return store().records(_code, _kind, **_asked)


def offered(of: Cut, choices: Callable[[ProgrammeFrames, date], Choices]) -> Choices:
    return _offered(of.key, of, choices)


@st.cache_resource(show_spinner=False, max_entries=64)
def _offered(
    key: str,  # noqa: ARG001 - as above
    _of: Cut,
    _choices: Callable[[ProgrammeFrames, date], Choices],
) -> Choices:
    return _choices(frames(_of), _of.on)
