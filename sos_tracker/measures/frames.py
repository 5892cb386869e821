"""The frames measures reckon from: their columns, dtypes and what a row means.

``months`` are the first day of the month as datetime64; texts are object or string; counts int64; flags bool.
``frame(COLUMNS, rows)`` makes one with these dtypes even when it is empty (an empty pandas frame has none).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from sos_tracker.measures.places import Places, places
from sos_tracker.measures.totals import Rows, is_one, month_totals, newest
from sos_tracker.measures.versions import versions
from sos_tracker.records.budget import SPENT, EntryKind
from sos_tracker.records.embedding import FOUR_DOMAINS, ProgrammeDomain
from sos_tracker.records.figures import RatingRule
from sos_tracker.records.programme import Programme
from sos_tracker.records.targets import StrategyTarget
from sos_tracker.records.training import CourseLevel

Columns = Mapping[str, str]

TRAINED_LEVELS: tuple[CourseLevel, ...] = Programme.model_fields["trained_levels"].default

ATTENDANCES: Columns = {
    # a row: attendances alike in these. session_status "" where it is not known; held: the session
    # started on or before the as-at date (False: it is still to come, or has no date)
    "month": "datetime64[us]", "agency": "object", "level": "object", "session_status": "object",
    "outcome": "object", "held": "bool", "attendances": "int64", "register_rows": "int64",
}  # fmt: skip
PEOPLE: Columns = {
    # a row: distinct people who first came to a course at ``level`` in that month, by the agency they came from then.
    # level is a CourseLevel, or "trained" for any level that counts as trained. Never add levels up.
    "month": "datetime64[us]", "level": "object", "agency": "object", "people": "int64",
}  # fmt: skip
HEADCOUNTS: Columns = {
    # a row: people of one agency who came, reported without names, at sessions held on or before the as-at date
    # (held True) or not (False)
    "month": "datetime64[us]", "agency": "object", "level": "object", "held": "bool", "attended": "int64",
    "lines": "int64",
}  # fmt: skip
SESSIONS: Columns = {
    # a row: sessions alike in these, future ones included. month NaT where the date is not known.
    "month": "datetime64[us]", "level": "object", "status": "object", "held": "bool", "sessions": "int64",
    "places": "int64", "cost_pence": "int64",
}  # fmt: skip
STAFF: Columns = {
    # a row: staff in post on the as-at date of one team, in scope or not; trained: of them, trained by that date
    "agency": "object", "team": "object", "in_scope": "bool", "staff": "int64", "trained": "int64",
}  # fmt: skip
POSTS: Columns = {
    # a row: one holding (or vacancy) of one team's practice-lead post; trained_by_register: the holder came to an
    # advanced course on or before the as-at date, by the register. Dates NaT where not given. No names.
    "agency": "object", "team": "object", "filled": "bool", "starts_on": "datetime64[us]",
    "ends_on": "datetime64[us]", "trained": "boolean", "trained_by_register": "bool",
}  # fmt: skip
BUDGET_LINES: Columns = {"code": "object", "title": "object", "approved_pence": "int64"}
PROFILE: Columns = {"line": "object", "month": "datetime64[us]", "profile_pence": "int64"}
SPENDING: Columns = {
    # a row: postings alike in these, posted on or before the as-at date (later False) or after it (later True)
    "month": "datetime64[us]", "line": "object", "entry_kind": "object", "later": "bool", "amount_pence": "int64",
    "entries": "int64",
}  # fmt: skip
MILESTONES: Columns = {
    "reference": "object", "title": "object", "domain": "object", "owner": "object",
    "baseline_on": "datetime64[us]", "forecast_on": "datetime64[us]", "achieved_on": "datetime64[us]",
    "comment": "object",
}  # fmt: skip
FORECAST_MOVES: Columns = {
    # a row: one move of a milestone's forecast by the as-at date, in the order they were made; NaT is no forecast
    "milestone": "object", "forecast_from": "datetime64[us]", "forecast_to": "datetime64[us]",
    "moved_on": "datetime64[us]", "reason": "object", "approved_by": "object", "decision_reference": "object",
    "deferred": "bool",
}  # fmt: skip
TARGETS: Columns = {
    # a row: one approved version of one measure's target, oldest first (approved_on NaT sorts first); points: where
    # the way to it bends, a list of (day, value)
    "measure": "object", "name": "object", "is_rate": "bool", "baseline": "float64", "baseline_on": "datetime64[us]",
    "target": "float64", "due_on": "datetime64[us]", "approved_by": "object", "approved_on": "datetime64[us]",
    "reason": "object", "points": "object", "issued": "bool",
}  # fmt: skip
OUTTURN_FORECASTS: Columns = {
    # a row: what somebody expected, on or before the as-at date, to be spent in the end; line "" is everything
    "line": "object", "made_on": "datetime64[us]", "forecast_pence": "int64", "made_by": "object", "reason": "object",
}  # fmt: skip
SCALE_RATINGS: Columns = {
    # a row: people of one group who gave one team one score, on or before the as-at date; staff_level "" is every level
    "rated_on": "datetime64[us]", "agency": "object", "team": "object", "staff_level": "object",
    "respondents": "object", "score": "float64", "people": "int64",
}  # fmt: skip
CASE_AUDITS: Columns = {
    # a row: one audit of one team's files, on or before the as-at date; grade "" where none was given
    "audited_on": "datetime64[us]", "agency": "object", "team": "object", "files_sampled": "int64",
    "files_showing_use": "int64", "grade": "object",
}  # fmt: skip
SURVEY_ANSWERS: Columns = {
    # a row: one question of one wave closed on or before the as-at date; agency "" is the whole programme
    "closed_on": "datetime64[us]", "audience": "object", "agency": "object", "question": "object",
    "invited": "int64", "answered": "int64", "favourable": "int64",
}  # fmt: skip
ALIGNMENT_ITEMS: Columns = {
    # a row: one item, whatever its dates; its stage on a day is reckoned. item_kind "" where it is not known
    "reference": "object", "title": "object", "item_kind": "object", "domain": "object", "owner": "object",
    "due_on": "datetime64[us]", "identified_on": "datetime64[us]", "drafted_on": "datetime64[us]",
    "approved_on": "datetime64[us]", "live_on": "datetime64[us]", "reviewed_on": "datetime64[us]",
}  # fmt: skip
OVERRIDES: Columns = {
    # a row: a status given by a person on or before the as-at date, expired ones too, oldest first
    "measure": "object", "of_forecast": "bool", "rating": "object", "reason": "object", "made_by": "object",
    "made_on": "datetime64[us]", "expires_on": "datetime64[us]",
}  # fmt: skip
ANNOTATIONS: Columns = {
    # a row: a sentence to a measure, dated on or before the as-at date, oldest first
    "measure": "object", "noted_on": "datetime64[us]", "sentence": "object", "written_by": "object",
}  # fmt: skip


def frame(columns: Columns, rows: Iterable[Sequence[Any]] = ()) -> pd.DataFrame:
    """A frame with exactly these columns and dtypes, from rows of values in column order."""
    values: list[Any] = list(zip(*rows, strict=True)) or [()] * len(columns)
    typed = zip(columns.items(), values, strict=True)
    return pd.DataFrame({name: pd.Series(column, dtype=dtype) for (name, dtype), column in typed})


def rows_of(table: pd.DataFrame, columns: Columns) -> list[tuple[Any, ...]]:
    """The rows of a frame as tuples of plain values, in the order of ``columns``."""
    return list(zip(*(table[name].tolist() for name in columns), strict=True))


def _by_measure(table: pd.DataFrame, columns: Columns) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of a frame whose first column is the measure, for each measure."""
    found: dict[str, list[tuple[Any, ...]]] = {}
    for row in rows_of(table, columns):
        found.setdefault(row[0], []).append(row)
    return found


def _empty(columns: Columns) -> Any:
    empty = frame(columns)
    return field(default_factory=lambda: empty.copy(deep=False))


@dataclass(frozen=True)
class TrainingFrames:
    """What the training figures are reckoned from, cut at one as-at date."""

    attendances: pd.DataFrame = _empty(ATTENDANCES)
    people: pd.DataFrame = _empty(PEOPLE)
    headcounts: pd.DataFrame = _empty(HEADCOUNTS)
    sessions: pd.DataFrame = _empty(SESSIONS)
    staff: pd.DataFrame = _empty(STAFF)
    trained_leavers: int = 0
    """People trained who are not in post on the as-at date: on no staff list, or left."""
    staff_listed: bool = False
    """A staff list has been imported at all; without one nobody can be called a leaver."""
    trained_levels: tuple[CourseLevel, ...] = TRAINED_LEVELS
    """The course levels that make a person trained; inside ProgrammeFrames always the programme's own."""

    @cached_property
    def places(self) -> tuple[Places, ...]:
        """``attendances`` by what several figures ask of them, counted once."""
        return places(self.attendances)

    @cached_property
    def first_trained(self) -> Rows:
        """Which rows of ``people`` are of people trained, at whatever level."""
        return is_one(self.people["level"], "trained")

    @cached_property
    def counts_as_trained(self) -> Rows:
        """Which headcounts are of sessions held, of levels that count as training."""
        rows = self.headcounts
        counts: Rows = rows["held"].to_numpy() & rows["level"].isin(list(self.trained_levels)).to_numpy()
        return counts

    @cached_property
    def named_by_month(self) -> Mapping[date, int]:
        """People trained, known by name, by the month they first were."""
        return month_totals(self.people["month"], self.people["people"], self.first_trained)

    @cached_property
    def counted_by_month(self) -> Mapping[date, int]:
        """People whom partner agencies counted as trained, by month."""
        return month_totals(self.headcounts["month"], self.headcounts["attended"], self.counts_as_trained)

    @cached_property
    def newest_month(self) -> date | None:
        """The newest month in which somebody came to training, by name or counted; None where nobody did."""
        came, counted = (table["month"][table["held"].to_numpy()] for table in (self.attendances, self.headcounts))
        return newest(came, counted, self.people["month"])


@dataclass(frozen=True)
class BudgetFrames:
    lines: pd.DataFrame = _empty(BUDGET_LINES)
    profile: pd.DataFrame = _empty(PROFILE)
    spending: pd.DataFrame = _empty(SPENDING)
    outturns: pd.DataFrame = _empty(OUTTURN_FORECASTS)

    @cached_property
    def posted(self) -> Mapping[EntryKind, npt.NDArray[np.bool_]]:
        """Which rows of ``spending`` are of each kind and posted by the as-at date."""
        kinds = self.spending["entry_kind"].to_numpy(dtype=object)
        by_then = ~self.spending["later"].to_numpy()
        return {kind: (kinds == kind.value) & by_then for kind in EntryKind}

    @cached_property
    def pence_posted(self) -> Mapping[EntryKind, int]:
        """The sum of each kind posted by the as-at date, added up once for the figures that ask a dozen times."""
        amounts = self.spending["amount_pence"].to_numpy()
        return {kind: int(amounts[rows].sum()) for kind, rows in self.posted.items()}

    @cached_property
    def entries_posted(self) -> Mapping[EntryKind | None, int]:
        """How many entries of each kind were posted by the as-at date; None: of whatever kind, after it."""
        entries = self.spending["entries"].to_numpy()
        later = {None: int(entries[self.spending["later"].to_numpy()].sum())}
        return later | {kind: int(entries[rows].sum()) for kind, rows in self.posted.items()}

    @cached_property
    def newest_month(self) -> date | None:
        """The newest month with a posting by the as-at date; None without any."""
        return newest(self.spending["month"][~self.spending["later"].to_numpy()])

    @cached_property
    def spent_by_month(self) -> Mapping[date, int]:
        """Pence spent in each month that has any postings of it, by the as-at date."""
        rows = np.logical_or.reduce([self.posted[kind] for kind in SPENT])
        return month_totals(self.spending["month"], self.spending["amount_pence"], rows)


@dataclass(frozen=True)
class EmbeddingFrames:
    """What tells whether the practice has taken hold, cut at one as-at date."""

    scale: pd.DataFrame = _empty(SCALE_RATINGS)
    audits: pd.DataFrame = _empty(CASE_AUDITS)
    surveys: pd.DataFrame = _empty(SURVEY_ANSWERS)
    alignment: pd.DataFrame = _empty(ALIGNMENT_ITEMS)


@dataclass(frozen=True)
class ProgrammeFrames:
    """Everything the catalogue of figures is reckoned from, for one programme on one as-at date."""

    programme: Programme
    training: TrainingFrames = field(default_factory=TrainingFrames)
    posts: pd.DataFrame = _empty(POSTS)
    budget: BudgetFrames = field(default_factory=BudgetFrames)
    milestones: pd.DataFrame = _empty(MILESTONES)
    targets: pd.DataFrame = _empty(TARGETS)
    rules: Mapping[str, RatingRule] = field(default_factory=dict)
    moves: pd.DataFrame = _empty(FORECAST_MOVES)
    embedding: EmbeddingFrames = field(default_factory=EmbeddingFrames)
    domains: tuple[ProgrammeDomain, ...] = FOUR_DOMAINS
    overrides: pd.DataFrame = _empty(OVERRIDES)
    annotations: pd.DataFrame = _empty(ANNOTATIONS)
    narrowed: frozenset[str] = frozenset()
    """The figures a filter makes tell of a part: what is said of the whole, targets and statuses, is not of them."""
    whole: "ProgrammeFrames | None" = None
    """The programme these are a part of; None where they are all of it."""

    @cached_property
    def target_versions(self) -> Mapping[str, tuple[StrategyTarget, ...]]:
        """``targets`` as records for each measure, oldest first, read once for the figures held against them."""
        return {measure: versions(rows) for measure, rows in _by_measure(self.targets, TARGETS).items()}

    @cached_property
    def override_rows(self) -> Mapping[str, list[tuple[Any, ...]]]:
        """``overrides`` row by row for each measure, taken out of the frame once for all figures."""
        return _by_measure(self.overrides, OVERRIDES)

    @cached_property
    def milestone_rows(self) -> list[tuple[Any, ...]]:
        """``milestones`` row by row, taken out of the frame once for the three figures that ask."""
        return rows_of(self.milestones, MILESTONES)

    def __post_init__(self) -> None:
        """Hands the programme's own trained levels to its training, so that the series count as the figures do."""
        if self.training.trained_levels != self.programme.trained_levels:
            training = replace(self.training, trained_levels=self.programme.trained_levels)
            object.__setattr__(self, "training", training)
