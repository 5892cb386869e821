"""The frames training charts and tables are drawn from."""

from datetime import date
from itertools import accumulate
from typing import NamedTuple

import numpy as np
import pandas as pd

from sos_tracker.measures.frames import Columns, TrainingFrames, frame
from sos_tracker.measures.months import month_axis, month_ends, monthly
from sos_tracker.measures.totals import is_one, totals
from sos_tracker.records.training import CAME, CourseLevel, Outcome, SessionStatus

CUMULATIVE_TRAINED: Columns = {
    # a row: one month, and everybody trained from the beginning to its end (part_month: only to the as-at date)
    "month": "datetime64[us]", "as_of": "datetime64[us]", "named": "int64", "headcount": "int64",
    "trained": "int64", "part_month": "bool",
}  # fmt: skip
CUMULATIVE_ATTENDANCES: Columns = {
    # a row: one month, and every attendance from the beginning to its end, partners' headcounts included
    "month": "datetime64[us]", "as_of": "datetime64[us]", "attendances": "int64", "part_month": "bool",
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


class AgencyPeople(NamedTuple):
    agency: str
    named: int
    headcount: int
    people: int


class LevelOutcomes(NamedTuple):
    level: str
    booked: int
    came: int
    no_shows: int
    cancelled: int
    walk_ins: int
    rate: float


def cumulative_trained(training: TrainingFrames, on: date) -> pd.DataFrame:
    """People trained by the end of each month, without gaps, from the first month with any: CUMULATIVE_TRAINED."""
    named, counted = training.named_by_month, training.counted_by_month
    first = min([*named, *(month for month, number in counted.items() if number)], default=None)
    if first is None:
        return frame(CUMULATIVE_TRAINED)
    known = month_ends(first, on)
    so_far = [list(accumulate(found.get(month, 0) for month, _, _ in known)) for found in (named, counted)]
    rows = [
        (pd.Timestamp(month), pd.Timestamp(end), by_name, number, by_name + number, is_part)
        for (month, end, is_part), by_name, number in zip(known, *so_far, strict=True)
    ]
    return frame(CUMULATIVE_TRAINED, rows)


def cumulative_attendances(training: TrainingFrames, on: date) -> pd.DataFrame:
    """Attendances by the end of each month, without gaps, from the first month with any: CUMULATIVE_ATTENDANCES."""
    rows, counts = training.attendances, training.headcounts
    came = np.isin(rows["outcome"].to_numpy(dtype=object), [outcome.value for outcome in CAME])
    came &= rows["held"].to_numpy() & ~is_one(rows["session_status"], SessionStatus.CANCELLED.value)
    counted = counts["held"].to_numpy() & (counts["attended"].to_numpy() > 0)
    axis = month_axis([rows["month"][came], counts["month"][counted]], on)
    if axis.empty:
        return frame(CUMULATIVE_ATTENDANCES)
    named = monthly(rows, "attendances", axis, came).cumsum()
    found = axis.assign(attendances=named + monthly(counts, "attended", axis, counted).cumsum())
    return found[list(CUMULATIVE_ATTENDANCES)]


def trained_by_agency(training: TrainingFrames) -> pd.DataFrame:
    """People trained of each agency, most first, agencies that counted nobody included: TRAINED_BY_AGENCY.

    People stand with the agency they came from when first trained, so the rows add up to T1.
    """
    return frame(TRAINED_BY_AGENCY, people_by_agency(training))


def people_by_agency(training: TrainingFrames) -> list[AgencyPeople]:
    """The rows of ``trained_by_agency``."""
    people = training.people
    named = totals(people["agency"], people["people"], training.first_trained)
    headcount = headcount_by_agency(training)
    rows = [(agency, named.get(agency, 0), headcount.get(agency, 0)) for agency in {**named, **headcount}]
    found = [AgencyPeople(agency, known, counted, known + counted) for agency, known, counted in rows]
    return sorted(found, key=lambda row: (-row.people, row.agency))


def outcomes_by_level(training: TrainingFrames) -> pd.DataFrame:
    """What became of the places on delivered sessions, by course level in order: OUTCOMES_BY_LEVEL."""
    return frame(OUTCOMES_BY_LEVEL, level_outcomes(training))


def level_outcomes(training: TrainingFrames) -> list[LevelOutcomes]:
    """The rows of ``outcomes_by_level``."""
    rows = training.attendances
    delivered = rows["held"].to_numpy() & is_one(rows["session_status"], SessionStatus.DELIVERED.value)
    counts = {
        outcome: totals(rows["level"], rows["attendances"], delivered & is_one(rows["outcome"], outcome.value))
        for outcome in (Outcome.ATTENDED, Outcome.NO_SHOW, Outcome.CANCELLED, Outcome.WALK_IN)
    }
    found = []
    for level in sorted({level for by_level in counts.values() for level in by_level}, key=_level_order):
        came, no_shows, cancelled, walk_ins = (by_level.get(level, 0) for by_level in counts.values())
        booked = came + no_shows + cancelled
        share = came / booked if booked else np.nan
        found.append(LevelOutcomes(level, booked, came, no_shows, cancelled, walk_ins, share))
    return found


def coverage_by_team(training: TrainingFrames) -> pd.DataFrame:
    """Staff in scope and in post of each team and how many are trained, worst first: COVERAGE_BY_TEAM."""
    return frame(COVERAGE_BY_TEAM, teams_covered(training))


def comparable_teams(training: TrainingFrames) -> list[TeamCoverage]:
    """The teams large enough to be named best or worst, worst first: one person's choice is no team's result."""
    return [team for team in teams_covered(training) if team.staff >= SMALLEST_COMPARED]


def headcount_by_agency(training: TrainingFrames) -> dict[str, int]:
    """People each agency counted at sessions held of levels that count as training; 0 where all came to others."""
    rows = training.headcounts
    sent = totals(rows["agency"], rows["attended"], rows["held"].to_numpy())
    return dict.fromkeys(sent, 0) | totals(rows["agency"], rows["attended"], training.counts_as_trained)


def trained_by_month(training: TrainingFrames) -> dict[date, int]:
    """People trained in each month that has any, named ones in the month they first were; together they are T1."""
    found = dict(training.named_by_month)
    for month, number in training.counted_by_month.items():
        found[month] = found.get(month, 0) + number
    return dict(sorted(found.items()))


def sessions_by_month(training: TrainingFrames, on: date) -> pd.DataFrame:
    """Sessions of each month by status, without gaps, to the last month with one: SESSIONS_BY_MONTH."""
    sessions = training.sessions
    last = sessions["month"].max()
    axis = month_axis([sessions["month"]], on, last=None if pd.isna(last) else last.date())
    if axis.empty:
        return frame(SESSIONS_BY_MONTH)
    known = {status: is_one(sessions["status"], status.value) for status in SessionStatus}
    counts = {status.value: monthly(sessions, "sessions", axis, rows) for status, rows in known.items()}
    unknown = monthly(sessions, "sessions", axis, ~np.logical_or.reduce(list(known.values())))
    return axis.assign(**counts, not_known=unknown)[list(SESSIONS_BY_MONTH)]


def teams_covered(training: TrainingFrames) -> list[TeamCoverage]:
    """As COVERAGE_BY_TEAM."""
    columns = (training.staff[name].tolist() for name in ("agency", "team", "in_scope", "staff", "trained"))
    counted: dict[tuple[str, str], tuple[int, int]] = {}
    for agency, team, in_scope, staff, trained in zip(*columns, strict=True):
        if in_scope and staff:
            before = counted.get((agency, team), (0, 0))
            counted[agency, team] = (before[0] + staff, before[1] + trained)
    teams = [TeamCoverage(*team, staff, trained, trained / staff) for team, (staff, trained) in counted.items()]
    return sorted(teams, key=lambda team: (team.rate, -team.staff, team.agency, team.team))


def _level_order(level: str) -> tuple[int, str]:
    levels = [known.value for known in CourseLevel]
    return (levels.index(level) if level in levels else len(levels)), level
