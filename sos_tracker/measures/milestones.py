"""Milestones: achieved, overdue, and how far they have moved from the first agreed dates."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from math import nan
from statistics import median
from typing import Any, NamedTuple

import pandas as pd

from sos_tracker.measures.frames import MILESTONES, Columns, ProgrammeFrames, frame, rows_of
from sos_tracker.measures.published import NOTHING_YET, Goal, left_out, publish, some, strategy_goal, unknown
from sos_tracker.measures.rating import Wording
from sos_tracker.records.figures import Figure, Note, Unit, Working
from sos_tracker.records.labels import count_of
from sos_tracker.records.money import percent
from sos_tracker.records.periods import day

ACHIEVED, OVERDUE, SOON, NOT_YET = "achieved", "overdue", "due within 30 days", "not due yet"
STATES = (OVERDUE, SOON, NOT_YET, ACHIEVED)
LONG_SLIP_DAYS = 30

DOMAINS: Columns = {"domain": "object", "total": "int64", "due": "int64", "achieved": "int64", "overdue": "int64"}
MILESTONE_STATES: Columns = {
    # a row: one milestone as it stood on the day; slip_days against the baseline, NaN where there is no later date;
    # moves: how many times its forecast was given another date by then
    "reference": "object", "title": "object", "domain": "object", "owner": "object",
    "baseline_on": "datetime64[us]", "forecast_on": "datetime64[us]", "achieved_on": "datetime64[us]",
    "state": "object", "slip_days": "float64", "moves": "int64", "comment": "object",
}  # fmt: skip

FORECAST_PATH: Columns = {
    # a row: one forecast of one milestone, as it came to be. moved_on NaT: the one there was before the first move.
    # days: later than the forecast before; slip_days: later than the baseline; NaN where a date is missing
    "moved_on": "datetime64[us]", "forecast_on": "datetime64[us]", "days": "float64", "slip_days": "float64",
    "reason": "object", "approved_by": "object", "decision_reference": "object", "deferred": "bool",
}  # fmt: skip

_IMPORT_PLAN = f"{NOTHING_YET}: import the milestone plan."


class Standing(NamedTuple):
    """One milestone as it stood on a day; ``slip_days`` None where neither achieved nor forecast."""

    reference: str
    title: str
    domain: str
    owner: str
    baseline_on: date
    forecast_on: date | None
    achieved_on: date | None
    state: str
    slip_days: int | None
    comment: str


def milestones_achieved(frames: ProgrammeFrames, on: date) -> Figure:
    """M1: milestones due by their baseline and achieved, of those due. Without a target of the strategy, all are."""
    standings = list(_standings(frames.milestone_rows, on))
    if not standings:
        return unknown(frames, "M1", on, _IMPORT_PLAN, goal=strategy_goal(frames, "M1", on), row="milestone")
    due = [one for one in standings if one.baseline_on <= on]
    achieved = sum(one.state == ACHIEVED for one in due)
    all_achieved = sum(one.state == ACHIEVED for one in standings)
    goal = strategy_goal(frames, "M1", on)
    last = max(one.baseline_on for one in standings)
    if goal.final is None:
        goal = Goal(len(due), len(standings), last)
    early = all_achieved - achieved
    plan = f"; all {len(standings)} are due by {day(last)}" if len(standings) > 1 else ""
    return publish(
        frames, "M1", on,
        value=achieved,
        denominator=len(due),
        says=f"{achieved} of {count_of(len(due), Unit.MILESTONES)} due by {day(on)} "
        f"{'has' if achieved == 1 or len(due) == 1 else 'have'} been achieved ({percent(achieved, len(due))})"
        if due
        else f"No milestone was due by {day(on)}",
        against=None if goal.starts_on else plan,
        notes=[Note(f"{early} more {'was' if early == 1 else 'were'} achieved before the date due.")] if early else (),
        goal=goal,
        working=Working(len(due), "a milestone", left_out(("milestones not due yet", len(standings) - len(due)))),
        parts={"due": len(due), "total": len(standings), "achieved": all_achieved},
    )  # fmt: skip


def milestones_overdue(frames: ProgrammeFrames, on: date) -> Figure:
    """M2: milestones due by their baseline and not achieved, of those due. The target is none."""
    standings = list(_standings(frames.milestone_rows, on))
    if not standings:
        return unknown(frames, "M2", on, _IMPORT_PLAN, row="milestone")
    due = [one for one in standings if one.baseline_on <= on]
    overdue = [one.title for one in due if one.state == OVERDUE]
    if not due:
        says = f"No milestone was due by {day(on)}, so none is overdue"
    elif not overdue:
        every = "the 1 due by {} has" if len(due) == 1 else f"all {len(due)} due by {{}} have"
        says = f"No milestone is overdue: {every.format(day(on))} been achieved"
    else:
        says = f"{len(overdue)} of {count_of(len(due), Unit.MILESTONES)} due by {day(on)} {_is(overdue)} overdue"
    return publish(
        frames, "M2", on,
        value=len(overdue),
        denominator=len(due),
        says=says,
        against="",
        notes=[Note(f"Overdue: {some(overdue)}.")] if overdue else (),
        goal=Goal(0, 0),
        measured=len(overdue) / len(due) if due else 0,
        words=Wording(says, str, str, _share_overdue),
        working=Working(len(due), "a milestone", left_out(("milestones not due yet", len(standings) - len(due)))),
        parts={"overdue_list": overdue},
    )  # fmt: skip


def milestone_slip(frames: ProgrammeFrames, on: date) -> Figure:
    """M3: the longest slip of any milestone, in days: achieved, or else forecast, against the baseline."""
    standings = list(_standings(frames.milestone_rows, on))
    if not standings:
        return unknown(frames, "M3", on, _IMPORT_PLAN, row="milestone")
    slips = {one.reference: one.slip_days for one in standings if one.slip_days is not None}
    if not slips:
        why = "The slip cannot be reckoned: no milestone has a date achieved or a forecast date."
        return unknown(frames, "M3", on, why, row="milestone")
    longest = max(slips.values())
    furthest = next(one.title for one in standings if one.slip_days == longest)
    slipped = sum(days > LONG_SLIP_DAYS for days in slips.values())
    longest_said = f"The longest slip is {count_of(longest, Unit.DAYS)}"
    says = f"{longest_said}: {furthest}" if longest > 0 else "No milestone is later than its first agreed date"
    passed = _forecast_passed(standings, on)
    are = "is" if slipped == 1 else "are"
    many = f"{slipped} of {count_of(len(slips), Unit.MILESTONES)} {are} more than {LONG_SLIP_DAYS} days late."
    return publish(
        frames, "M3", on,
        value=longest,
        says=says,
        against="",
        notes=[Note(many if slipped else ""), Note(_passed_forecast(len(passed)))],
        goal=Goal(0, None),
        words=Wording(longest_said if longest > 0 else says, str, str, _slip_limit),
        working=Working(
            len(slips),
            "a milestone",
            left_out(("milestones neither achieved nor forecast", len(standings) - len(slips))),
        ),
        parts={
            "slipped_over_30_days": slipped,
            "median_days": float(median(slips.values())),
            "by_milestone": slips,
            "forecast_passed": [one.title for one in passed],
        },
    )  # fmt: skip


def milestone_states(milestones: pd.DataFrame, on: date, moves: pd.DataFrame | None = None) -> pd.DataFrame:
    """Each milestone as it stood on that day, overdue first, then by baseline: MILESTONE_STATES.

    ``moves``: FORECAST_MOVES by that day; without them no milestone is known to have moved.
    """
    moved = {} if moves is None else times_moved(moves)
    standings = sorted(
        standings_on(milestones, on), key=lambda one: (STATES.index(one.state), one.baseline_on, one.reference)
    )
    return frame(MILESTONE_STATES, [(*one[:-1], moved.get(one.reference, 0), one.comment) for one in standings])


def times_moved(moves: pd.DataFrame) -> dict[str, int]:
    """How many times each milestone's forecast was given another date, by reference. A first forecast is no move."""
    again = moves[moves["forecast_from"].notna()]
    return {str(name): int(number) for name, number in again["milestone"].value_counts().items()}


def forecast_path(moves: pd.DataFrame, reference: str, baseline_on: date) -> pd.DataFrame:
    """Every forecast one milestone has had, in the order they came: FORECAST_PATH. ``moves``: FORECAST_MOVES."""
    rows: list[tuple[Any, ...]] = []
    for _, before, after, moved_on, reason, approved_by, decision, deferred in moves[
        moves["milestone"] == reference
    ].itertuples(index=False):
        if not rows and not pd.isna(before):
            rows.append((pd.NaT, before, nan, _days_after(before, baseline_on), "", "", "", False))
        days = _days_after(after, before.date()) if not pd.isna(before) else nan
        slip = _days_after(after, baseline_on)
        rows.append((moved_on, after, days, slip, reason, approved_by, decision, deferred))
    return frame(FORECAST_PATH, rows)


def _days_after(later: pd.Timestamp, earlier: date) -> float:
    return nan if pd.isna(later) else float((later.date() - earlier).days)


def achieved_by_domain(milestones: pd.DataFrame, on: date) -> pd.DataFrame:
    """Milestones of each domain on that day: DOMAINS, the domain with most overdue first."""
    counted: dict[str, list[int]] = {}
    for one in standings_on(milestones, on):
        row = counted.setdefault(one.domain, [0, 0, 0, 0])
        for at, holds in enumerate((True, one.baseline_on <= on, one.state == ACHIEVED, one.state == OVERDUE)):
            row[at] += holds
    ordered = sorted(counted.items(), key=lambda item: (-item[1][3], -item[1][1], item[0].casefold()))
    return frame(DOMAINS, [(domain, *numbers) for domain, numbers in ordered])


def standings_on(milestones: pd.DataFrame, on: date) -> Iterator[Standing]:
    """Each milestone as it stood on that day; one achieved later is not achieved yet."""
    return _standings(rows_of(milestones, MILESTONES), on)


def _standings(milestones: Iterable[Sequence[Any]], on: date) -> Iterator[Standing]:
    """``standings_on`` of rows of MILESTONES."""
    for reference, title, domain, owner, baseline, forecast, achieved, comment in milestones:
        baseline_on: date = baseline.date()
        forecast_on, achieved_on = (None if pd.isna(when) else when.date() for when in (forecast, achieved))
        if achieved_on and achieved_on > on:
            achieved_on = None
        ended_on = achieved_on or forecast_on
        yield Standing(
            reference, title, domain, owner, baseline_on, forecast_on, achieved_on,
            _state(baseline_on, achieved_on, on), (ended_on - baseline_on).days if ended_on else None, comment,
        )  # fmt: skip


def _state(baseline_on: date, achieved_on: date | None, on: date) -> str:
    if achieved_on:
        return ACHIEVED
    if baseline_on <= on:
        return OVERDUE
    return SOON if baseline_on <= on + timedelta(days=30) else NOT_YET


def _forecast_passed(standings: list[Standing], on: date) -> list[Standing]:
    """Milestones not achieved whose forecast date has come and gone: their slip is longer than it looks."""
    return [one for one in standings if not one.achieved_on and one.forecast_on and one.forecast_on < on]


def _passed_forecast(number: int) -> str:
    if not number:
        return ""
    has, date_of = ("has", "its forecast date") if number == 1 else ("have", "their forecast dates")
    return f"{count_of(number, Unit.MILESTONES)} not achieved {has} also passed {date_of}."


def _is(named: list[str]) -> str:
    return "is" if len(named) == 1 else "are"


def _share_overdue(share: float) -> str:
    return "none overdue" if share == 0 else f"up to {percent(share, 1)} of those due overdue"


def _slip_limit(days: float) -> str:
    return f"a slip of up to {days:,.0f} days"
