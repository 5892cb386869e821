"""The frames training charts and tables are drawn from."""

from datetime import date
from typing import NamedTuple

import numpy as np
import pandas as pd

from sos_tracker.measures.frames import Columns, TrainingFrames, frame
from sos_tracker.measures.months import month_axis, monthly
from sos_tracker.measures.totals import is_one, totals
from sos_tracker.records.training import CourseLevel, Outcome, SessionStatus

CUMULATIVE_TRAINED: Columns = {
    # a row: one month, and everybody trained from the beginning to its end (part_month: only to the as-at date)
    "month": "datetime64[us]", "as_of": "datetime64[us]", "named": "int64", "headcount": "int64",
    "trained": "int64", "part_month": "bool",
}  # fmt: skip
TRAINED_BY_AGENCY: Columns = {"agency": "object", "named": "int64", "headcount": "int64", "people": "int64"}
OUTCOMES_BY_LEVEL: Columns = {
    # a row: one course level's delivered sessions; rate is came / booked, NaN where nobody booked
    "level": "object", "booked": "int64", "came": "int64", "no_shows": "int64", "cancelled": "int64",
    "walk_ins": "int64", "rate": "float64",
}  # fmt: skip
COVERAGE_BY_TEAM: Columns = {
    "agency": "object", "team": "object", "staff": "int64", "trained": "int64", "rate": "float64",
}  # fmt: skip
SESSIONS_BY_MONTH: Columns = {
    # a row: one month, with its sessions by status (not_known: the status was not given), those to come included
    "month": "datetime64[us]", "delivered": "int64", "planned": "int64", "cancelled": "int64",
    "not_known": "int64", "part_month": "bool",
}  # fmt: skip


SMALLEST_COMPARED = 5
"""Fewer staff than this and a team's share would tell of single people."""


class TeamCoverage(NamedTuple):
    agency: str
    team: str
    staff: int
    trained: int
    rate: float


def cumulative_trained(training: TrainingFrames, on: date) -> pd.DataFrame:
    """People trained by the end of each month, without gaps, from the first month with any: CUMULATIVE_TRAINED."""
    people = training.people[(training.people["level"] == "trained").to_numpy()]
    counted = _trained_headcounts(training)
    axis = month_axis([people["month"], counted["month"][counted["attended"].to_numpy() > 0]], on)
    if axis.empty:
        return frame(CUMULATIVE_TRAINED)
    named = monthly(people, "people", axis).cumsum()
    headcount = monthly(counted, "attended", axis).cumsum()
    return axis.assign(named=named, headcount=headcount, trained=named + headcount)[list(CUMULATIVE_TRAINED)]


def trained_by_agency(training: TrainingFrames) -> pd.DataFrame:
    """People trained of each agency, most first, agencies that counted nobody included: TRAINED_BY_AGENCY.

    People stand with the agency they came from when first trained, so the rows add up to T1.
    """
    people = training.people
    named = totals(people["agency"], people["people"], is_one(people["level"], "trained"))
    headcount = headcount_by_agency(training)
    rows = [(agency, named.get(agency, 0), headcount.get(agency, 0)) for agency in {**named, **headcount}]
    found = frame(TRAINED_BY_AGENCY, [(agency, of, counted, of + counted) for agency, of, counted in rows])
    return found.sort_values(["people", "agency"], ascending=[False, True], ignore_index=True)


def outcomes_by_level(training: TrainingFrames) -> pd.DataFrame:
    """What became of the places on delivered sessions, by course level in order: OUTCOMES_BY_LEVEL."""
    rows = training.attendances
    delivered = rows[rows["held"].to_numpy() & (rows["session_status"] == SessionStatus.DELIVERED).to_numpy()]
    summed = delivered.groupby(["level", "outcome"], as_index=False)["attendances"].sum()
    counts = {(level, outcome): number for level, outcome, number in summed.itertuples(index=False)}
    found = []
    for level in sorted({level for level, _ in counts}, key=_level_order):
        came, no_shows, cancelled, walk_ins = (
            int(counts.get((level, outcome.value), 0))
            for outcome in (Outcome.ATTENDED, Outcome.NO_SHOW, Outcome.CANCELLED, Outcome.WALK_IN)
        )
        booked = came + no_shows + cancelled
        found.append((level, booked, came, no_shows, cancelled, walk_ins, came / booked if booked else np.nan))
    return frame(OUTCOMES_BY_LEVEL, found)


def coverage_by_team(training: TrainingFrames) -> pd.DataFrame:
    """Staff in scope and in post of each team and how many are trained, worst first: COVERAGE_BY_TEAM."""
    return frame(COVERAGE_BY_TEAM, _teams(training))


def comparable_teams(training: TrainingFrames) -> list[TeamCoverage]:
    """The teams large enough to be named best or worst, worst first: one person's choice is no team's result."""
    return [team for team in _teams(training) if team.staff >= SMALLEST_COMPARED]


def headcount_by_agency(training: TrainingFrames) -> dict[str, int]:
    """People each agency counted at sessions held of levels that count as training; 0 where all came to others."""
    rows = training.headcounts
    held = rows["held"].to_numpy()
    counts = rows["level"].isin(list(training.trained_levels)).to_numpy()
    return dict.fromkeys(totals(rows["agency"], rows["attended"], held), 0) | totals(
        rows["agency"], rows["attended"], held & counts
    )


def sessions_by_month(training: TrainingFrames, on: date) -> pd.DataFrame:
    """Sessions of each month by status, without gaps, to the last month with one: SESSIONS_BY_MONTH."""
    sessions = training.sessions.dropna(subset="month")
    last = sessions["month"].max()
    axis = month_axis([sessions["month"]], on, last=None if pd.isna(last) else last.date())
    if axis.empty:
        return frame(SESSIONS_BY_MONTH)
    known = {status: (sessions["status"] == status).to_numpy() for status in SessionStatus}
    counts = {status.value: monthly(sessions[rows], "sessions", axis) for status, rows in known.items()}
    unknown = monthly(sessions[~np.logical_or.reduce(list(known.values()))], "sessions", axis)
    return axis.assign(**counts, not_known=unknown)[list(SESSIONS_BY_MONTH)]


def _teams(training: TrainingFrames) -> list[TeamCoverage]:
    columns = (training.staff[name].tolist() for name in ("agency", "team", "in_scope", "staff", "trained"))
    counted: dict[tuple[str, str], tuple[int, int]] = {}
    for agency, team, in_scope, staff, trained in zip(*columns, strict=True):
        if in_scope and staff:
            before = counted.get((agency, team), (0, 0))
            counted[agency, team] = (before[0] + staff, before[1] + trained)
    teams = [TeamCoverage(*team, staff, trained, trained / staff) for team, (staff, trained) in counted.items()]
    return sorted(teams, key=lambda team: (team.rate, -team.staff, team.agency, team.team))


def _trained_headcounts(training: TrainingFrames) -> pd.DataFrame:
    """Partners' headcounts at sessions held, of levels that count as training."""
    rows = training.headcounts
    return rows[rows["held"].to_numpy() & rows["level"].isin(list(training.trained_levels)).to_numpy()]


def _level_order(level: str) -> tuple[int, str]:
    levels = [known.value for known in CourseLevel]
    return (levels.index(level) if level in levels else len(levels)), level
