"""What if: the training figures and the runway with sessions added, moved or cancelled. A reckoning, not a forecast.

The rule. A session to come trains, once its month is over, its places, times the share of places taken up (the fill
rate), times the share of those who come who were not trained before (the share of new people). Fractions of people are
kept and added up; only the total by a month's end is rounded, half up. Of those newly trained, the share who are staff
in scope and in post is as among all trained so far, and staff trained are never more than there are. Sessions cost what
is recorded as their cost, or what is supposed for those without; else each person they train, what one has cost so far.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import ceil
from typing import NamedTuple

import numpy as np
import pandas as pd

from sos_tracker.measures.frames import Columns, ProgrammeFrames, frame
from sos_tracker.measures.observed import Observed, observed_by
from sos_tracker.measures.published import NO_GOAL, Goal, strategy_goal
from sos_tracker.measures.runway import Runway, runway_on
from sos_tracker.measures.totals import Rows, is_one, total
from sos_tracker.records.money import round_half_up
from sos_tracker.records.periods import month_end, month_of, months, months_on
from sos_tracker.records.training import SessionStatus
from sos_tracker.records.what_if import AS_PLANNED, Scenario

TRAINED_TO_COME: Columns = {
    # a row: one month, from that of the as-at date on, and everybody trained by its end
    "month": "datetime64[us]", "as_of": "datetime64[us]", "trained": "int64",
}  # fmt: skip
FURTHEST = 60
"""How many months ahead sessions are reckoned with."""


class ToCome(NamedTuple):
    """Sessions to come alike in level and month, and their places in all. ``cost_pence``: of all of them, None where
    none is recorded."""

    level: str
    month: date
    sessions: int
    places: float
    cost_pence: float | None


class Rates(NamedTuple):
    fill_rate: float
    new_share: float
    session_pence: int | None


@dataclass(frozen=True)
class Outcome:
    """What comes of sessions by one day. ``staff_trained`` is None without a staff list, ``runway`` without a budget or
    a cost of one person. ``met_in``: the first month by whose end the target is met, None where that is not with these
    sessions or there is no target; ``staff_met_in`` the same of staff trained."""

    sessions: tuple[ToCome, ...]
    by_month: pd.DataFrame
    trained: int
    staff_trained: int | None
    runway: Runway | None
    met_in: date | None = None
    staff_met_in: date | None = None


@dataclass(frozen=True)
class WhatIf:
    """How things stand ``on`` a day, and by the day ``until`` with the sessions planned so far and with the scenario.

    ``goal`` is people trained, and ``staff_goal`` staff trained of ``staff`` (both counts, empty where none is set).
    Left out are entries of the scenario that lie before the as-at date (``too_early``), and those that move or cancel
    sessions which are not planned (``gone``). Of the sessions planned already, ``undated`` have no date, and
    ``placeless`` no places: they train nobody here.
    """

    scenario: Scenario
    on: date
    until: date
    observed: Observed
    now: Outcome
    planned: Outcome
    changed: Outcome
    goal: Goal
    staff: int
    staff_goal: Goal
    too_early: int = 0
    gone: int = 0
    undated: int = 0
    placeless: int = 0

    @property
    def more(self) -> int:
        """How many more people are trained than as planned so far."""
        return self.changed.trained - self.planned.trained


def rates_of(observed: Observed, scenario: Scenario = AS_PLANNED) -> Rates | None:
    """As supposed in the scenario, else as observed; None where nothing says."""
    fill = observed.fill_rate if scenario.fill_rate is None else scenario.fill_rate
    new = observed.new_share if scenario.new_share is None else scenario.new_share
    return None if fill is None or new is None else Rates(fill, new, scenario.session_pence)


def what_if(frames: ProgrammeFrames, on: date, scenario: Scenario) -> WhatIf | None:
    """None where neither the programme so far nor the scenario says how full sessions are and how many come anew."""
    frames = frames.whole or frames
    seen = observed_by(frames, on)
    supposed = rates_of(seen, scenario)
    if supposed is None:
        return None
    as_seen = rates_of(seen) or supposed
    there = to_come(frames, on)
    becomes, too_early, gone = with_changes(there, scenario, on)
    levels, rows = set(frames.programme.trained_levels), frames.training.sessions
    standing = _standing(frames, on, seen)
    last = max((each.month for each in (*there, *becomes)), default=month_of(on))
    due_on = standing.goal.due_on
    until = due_on if due_on and due_on > on else max(month_end(last), on)
    shown = max(until, last)
    return WhatIf(
        scenario, on, until, seen,
        now=standing.outcome((), as_seen, on, on),
        planned=standing.outcome(there, as_seen, until, shown),
        changed=standing.outcome(becomes, supposed, until, shown),
        goal=standing.goal,
        staff=standing.staff,
        staff_goal=standing.staff_goal,
        too_early=too_early,
        gone=gone,
        undated=total(rows["sessions"], _open(rows) & rows["month"].isna().to_numpy()),
        placeless=sum(each.sessions for each in there if not each.places and each.level in levels),
    )  # fmt: skip


def to_come(frames: ProgrammeFrames, on: date) -> tuple[ToCome, ...]:
    """The sessions planned already for after the as-at date, five years ahead at most, by month and level."""
    rows = frames.training.sessions
    rows = rows[_open(rows) & ~rows["month"].isna().to_numpy()]
    furthest = months_on(month_of(on), FURTHEST)
    found: dict[tuple[date, str], ToCome] = {}
    names = ("month", "level", "sessions", "places", "cost_pence")
    for moment, level, number, places, cost in zip(*(rows[name].tolist() for name in names), strict=True):
        month = moment.date()
        if month <= furthest:
            before = found.get((month, level), ToCome(level, month, 0, 0, None))
            cost = (before.cost_pence or 0) + cost or None
            found[month, level] = ToCome(level, month, before.sessions + number, before.places + places, cost)
    return tuple(found[key] for key in sorted(found))


def with_changes(there: Sequence[ToCome], scenario: Scenario, on: date) -> tuple[tuple[ToCome, ...], int, int]:
    """The sessions with those of the scenario moved, cancelled and added; how many entries lie too early, and how many
    are of sessions that are not there.

    Of sessions alike in level and month, one that is moved or cancelled takes its even part of their places and cost.
    There cannot be moved or cancelled more than there are.
    """
    found, early, gone = list(there), 0, 0
    for change in scenario.changed:
        if change.moved_to is not None and month_of(change.moved_to) < month_of(on):
            early += 1
            continue
        alike = (change.level.value, month_of(change.month))
        place = next((place for place, each in enumerate(found) if (each.level, each.month) == alike), None)
        if place is None:
            gone += 1
            continue
        here = found.pop(place)
        goes = min(change.sessions, here.sessions)
        if goes < here.sessions:
            found.append(_part(here, here.sessions - goes))
        if change.moved_to is not None:
            found.append(_part(here, goes)._replace(month=month_of(change.moved_to)))
    for added in scenario.added:
        if not added.is_after(on):
            early += 1
            continue
        found += [ToCome(added.level.value, month, 1, added.places, added.cost_pence) for month in added.months]
    return tuple(sorted(found, key=lambda each: (each.month, each.level))), early, gone


def _part(whole: ToCome, number: int) -> ToCome:
    share = number / whole.sessions
    cost = None if whole.cost_pence is None else whole.cost_pence * share
    return whole._replace(sessions=number, places=whole.places * share, cost_pence=cost)


def _open(sessions: pd.DataFrame) -> Rows:
    """Which sessions are still to come, or have no date, and are not cancelled."""
    cancelled = is_one(sessions["status"], SessionStatus.CANCELLED.value)
    return np.asarray(~sessions["held"].to_numpy() & ~cancelled, dtype=np.bool_)


# what comes of sessions


@dataclass(frozen=True)
class _Standing:
    """Where the programme stands on the as-at date. ``runway``: with what cannot be reckoned left to ``is_known``."""

    frames: ProgrammeFrames
    on: date
    observed: Observed
    runway: Runway
    goal: Goal
    staff: int
    staff_trained: int
    staff_goal: Goal

    def outcome(self, sessions: Sequence[ToCome], rates: Rates, until: date, last: date) -> Outcome:
        """What comes of the sessions by the day ``until``, and month by month to the month of ``last``."""
        levels = {level.value for level in self.frames.programme.trained_levels}
        newly = [each.places * rates.fill_rate * rates.new_share if each.level in levels else 0.0 for each in sessions]

        def by(day: date) -> float:
            return sum(new for new, each in zip(newly, sessions, strict=True) if month_end(each.month) <= day)

        ends = [(month, month_end(month)) for month in months(self.on, last)]
        by_month = [(pd.Timestamp(month), pd.Timestamp(end), self._trained(by(end))) for month, end in ends]
        trained, staff_trained = self._trained(by(until)), self._staff_trained(by(until))
        cost = sum(
            self._cost(each, people, rates)
            for people, each in zip(newly, sessions, strict=True) if month_end(each.month) <= until
        )  # fmt: skip
        return Outcome(
            sessions=tuple(sessions),
            by_month=frame(TRAINED_TO_COME, by_month),
            trained=trained,
            staff_trained=staff_trained if self.staff else None,
            runway=self._runway(trained, staff_trained, cost) if self.runway.is_known else None,
            met_in=_met_in(self.goal, [(month, self._trained(by(end))) for month, end in ends]),
            staff_met_in=_met_in(self.staff_goal, [(month, self._staff_trained(by(end))) for month, end in ends]),
        )  # fmt: skip

    def _trained(self, new: float) -> int:
        return self.runway.trained + _people(new)

    def _staff_trained(self, new: float) -> int:
        return min(self.staff_trained + _people(new * self.observed.in_scope_share), self.staff)

    def _cost(self, each: ToCome, people: float, rates: Rates) -> float:
        """Pence. What has a cost recorded costs that, also where it trains nobody."""
        if each.cost_pence is not None:
            return each.cost_pence
        if rates.session_pence is not None:
            return float(rates.session_pence * each.sessions)
        return people * self.runway.person_pence if self.runway.is_known else 0.0

    def _runway(self, trained: int, staff_trained: int, cost: float) -> Runway:
        now = self.runway
        still = None
        if now.target is not None:
            still = max(now.target - trained, 0)
        elif now.still_to_train is not None:
            still = self.staff - staff_trained
        spent = now.spent_pence + int(round_half_up(cost))
        return replace(now, spent_pence=spent, trained=trained, still_to_train=still)


def _standing(frames: ProgrammeFrames, on: date, seen: Observed) -> _Standing:
    rows = frames.training.staff
    in_scope = rows["in_scope"].to_numpy()
    staff, trained = total(rows["staff"], in_scope), total(rows["trained"], in_scope)
    goal = strategy_goal(frames, "T1", on)
    staff_goal = strategy_goal(frames, "T3", on) if staff else NO_GOAL
    return _Standing(
        frames, on, seen, runway_on(frames, on), NO_GOAL if goal.is_rate else goal, staff, trained,
        _counted(staff_goal, staff),
    )  # fmt: skip


def _counted(goal: Goal, staff: int) -> Goal:
    """A target that is a share of the staff, as so many of them: a part of a person is a whole one."""
    if not goal.is_rate or goal.final is None or goal.to_date is None:
        return goal
    to_date, final = (ceil(round(share * staff, 6)) for share in (goal.to_date, goal.final))
    return replace(goal, to_date=to_date, final=final, is_rate=False)


def _met_in(goal: Goal, by_month: Iterable[tuple[date, int]]) -> date | None:
    if goal.final is None:
        return None
    return next((month for month, number in by_month if number >= goal.final), None)


def _people(number: float) -> int:
    return int(round_half_up(round(number, 6)))
