"""Where a running total is likely to stand and when it reaches its target, by the full months up to the as-at date."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from math import ceil, floor
from typing import NamedTuple

import numpy as np
import pandas as pd

from sos_tracker.measures import pace
from sos_tracker.measures.frames import Columns, frame
from sos_tracker.measures.pace import Numbers
from sos_tracker.measures.published import Goal
from sos_tracker.records.periods import month_end, month_of, months, next_month

FEWEST_MONTHS = 4
FURTHEST_MONTHS = 60
"""No date further ahead than five years is named."""
STALLED_MONTHS = 3
"""So many full months without anything, and the rate is nothing."""
_WITHOUT_DUE_DATE = 12  # months looked ahead where no date is due
_HOLIDAYS, _HOLIDAYS_FROM, _QUIET = (8, 12), 18, 0.6
_DAYS_A_MONTH = 365.25 / 12

FAN: Columns = {
    # a row: the as-at date, then the end of each month and the day due; the value lies between low and high in four
    # cases of five
    "as_of": "datetime64[us]", "low": "float64", "likely": "float64", "high": "float64",
}  # fmt: skip


class Ahead(NamedTuple):
    """The value on one day to come: in four cases of five between ``low`` and ``high``."""

    on: date
    low: float
    likely: float
    high: float


@dataclass(frozen=True)
class Range:
    """In four cases of five between ``low`` and ``high``."""

    low: float
    likely: float
    high: float


@dataclass(frozen=True)
class Met:
    """When the target is reached; None is not within five years."""

    earliest: date | None
    likely: date | None
    latest: date | None


@dataclass(frozen=True)
class FullMonths:
    """What each full month added, from the first with anything to the last that was over by the as-at date.

    ``total`` is what there was at the end of the last; ``part_month`` the month left out because it was not over;
    ``quiet`` what August and December add as a share of other months, where they are counted apart.
    """

    first: date
    last: date
    added: tuple[float, ...]
    total: float
    part_month: date | None = None
    quiet: float | None = None

    def usual(self) -> Numbers:
        """What months added, without August and December where they are counted apart."""
        known = zip(months(self.first, self.last), self.added, strict=True)
        return np.array([added for month, added in known if self.quiet is None or month.month not in _HOLIDAYS])

    def used(self) -> int:
        return min(len(self.added), pace.NEWEST_MONTHS)

    @property
    def has_stalled(self) -> bool:
        return not any(self.added[-STALLED_MONTHS:])


@dataclass(frozen=True)
class Forecast:
    """What is likely to become of one running total, ``now`` on the day ``on``.

    ``path`` goes from that day to the day due, or for a year; it is empty where ``why_not`` says that nothing can be
    told.
    ``on_due`` is None where no day is due in time to come, ``met`` where there is no target or it is reached.
    ``rate`` is what a usual month adds, ``needed`` what it would have to add from now for the target to be met in time.
    """

    on: date
    now: float
    goal: Goal
    months: FullMonths | None
    why_not: str = ""
    path: tuple[Ahead, ...] = ()
    met: Met | None = None
    on_due: Ahead | None = None
    rate: Range | None = None
    needed: float | None = None

    @property
    def is_reached(self) -> bool:
        return self.goal.final is not None and 0 < self.goal.final <= self.now

    @property
    def is_late(self) -> bool:
        """The day due has come, and the target is not met."""
        return self.goal.due_on is not None and self.goal.due_on <= self.on and not self.is_reached


def full_months(running: pd.DataFrame, column: str, *, school_holidays: bool = True) -> FullMonths | None:
    """The full months of a running total [month, part_month, ``column``] without gaps; None before anything happened.

    ``school_holidays``: August and December are counted apart where 18 months or more show that they add little.
    """
    totals = running[column].to_numpy(dtype=np.float64)
    added = np.diff(totals, prepend=0.0).tolist()
    known = [moment.date() for moment in running["month"]]
    parts = running["part_month"].tolist()
    full = [at for at, is_part in enumerate(parts) if not is_part]
    part = next((month for month, is_part in zip(known, parts, strict=True) if is_part), None)
    first = next((at for at in full if added[at]), None)
    if first is None:
        return None
    last = full[-1]
    found = FullMonths(known[first], known[last], tuple(added[first : last + 1]), float(totals[last]), part)
    return replace(found, quiet=_quiet(found)) if school_holidays else found


def forecast(history: FullMonths | None, now: float, on: date, goal: Goal) -> Forecast:
    """What is likely to become of what stands at ``now``, against the final value of ``goal`` and the day it is due."""
    bare = Forecast(on, now, goal, history, needed=_needed(now, on, goal))
    if history is None or len(history.added) < FEWEST_MONTHS:
        return replace(bare, why_not=_too_few(history))
    line = _line(history, now, on, goal)
    end = goal.due_on if goal.due_on and goal.due_on > on else _months_on(on, _WITHOUT_DUE_DATE)
    path = tuple(at for at in line if at.on <= end)
    aims = goal.final is not None and goal.final > 0 and not bare.is_reached
    met = _met(line, goal.final) if aims and goal.final else None
    return replace(
        bare,
        path=path,
        met=met,
        on_due=path[-1] if goal.due_on and goal.due_on > on else None,
        rate=_rate(history, met.likely if met and met.likely else end),
    )


def fan(told: Forecast) -> pd.DataFrame:
    """What is ahead, as a chart draws it: FAN, its range in whole things and never narrower than it is."""
    return frame(FAN, [(pd.Timestamp(at.on), floor(at.low), at.likely, ceil(at.high)) for at in told.path])


def _too_few(history: FullMonths | None) -> str:
    if history is None:
        return "No full month of figures is known yet; a forecast needs at least four."
    known = len(history.added)
    have = "month of figures is" if known == 1 else "months of figures are"
    return f"Only {known} full {have} known; a forecast needs at least four."


def _quiet(history: FullMonths) -> float | None:
    """What August and December add, as a share of other months: from 18 months on, if each of them was quiet."""
    known = list(zip(months(history.first, history.last), history.added, strict=True))[-pace.NEWEST_MONTHS :]
    holidays = [added for month, added in known if month.month in _HOLIDAYS]
    others = [added for month, added in known if month.month not in _HOLIDAYS]
    if len(known) < _HOLIDAYS_FROM or len(holidays) < len(_HOLIDAYS):
        return None
    share = float(np.mean(holidays)) / max(float(np.mean(others)), 1e-9)
    return max(share, 0.0) if share < _QUIET and max(holidays) < float(np.median(others)) else None


def _line(history: FullMonths, now: float, on: date, goal: Goal) -> list[Ahead]:
    """Five years from a total known on the as-at date, which never falls: by month, and on the day due."""
    ends = _month_ends(month_of(on))
    days = sorted({end for end in (*ends, goal.due_on) if end and on < end <= ends[-1]})
    found = pace.ahead(history.usual(), np.array(_months_after(history, days)))
    lines = [np.maximum(history.total + line, now).tolist() for line in (found.low, found.likely, found.high)]
    if history.has_stalled:
        lines[:2] = [[now] * len(days)] * 2
    return [Ahead(on, now, now, now), *map(Ahead, days, *lines)]


@lru_cache(maxsize=64)
def _month_ends(first: date) -> tuple[date, ...]:
    """The ends of five years of months: asked for in every forecast of one day."""
    return tuple(month_end(month) for month in months(first, _months_on(first, FURTHEST_MONTHS)))


def _months_after(history: FullMonths, days: Sequence[date]) -> list[float]:
    """Months since the last full one, at each day in order; one that is not over counts for its part."""
    found, before, month = [], 0.0, next_month(history.last)
    for on in days:
        first = on.replace(day=1)
        while month < first:
            before += _weight(history, month)
            month = next_month(month)
        found.append(before + _weight(history, month) * on.day / monthrange(on.year, on.month)[1])
    return found


def _weight(history: FullMonths, month: date) -> float:
    return history.quiet if history.quiet is not None and month.month in _HOLIDAYS else 1.0


def _met(line: list[Ahead], final: float) -> Met:
    """The high end is at the target first, the low end last."""
    return Met(
        _reaches([(at.on, at.high) for at in line], final),
        _reaches([(at.on, at.likely) for at in line], final),
        _reaches([(at.on, at.low) for at in line], final),
    )


def _reaches(values: list[tuple[date, float]], final: float) -> date | None:
    """The day on which a line is at the value, between the ends of two months in proportion."""
    for (before, had), (after, has) in pairwise(values):
        if has >= final:
            part = (final - had) / (has - had)
            return before + timedelta(days=ceil(part * (after - before).days))
    return None


def _rate(history: FullMonths, until: date) -> Range:
    """What a usual month adds on the way to a day to come."""
    span = max(_months_after(history, [until])[0], 1.0)
    found = pace.ahead(history.usual(), np.array([span]))
    low, likely, high = (float(line[0]) / span for line in (found.low, found.likely, found.high))
    return Range(0.0, 0.0, high) if history.has_stalled else Range(low, likely, high)


def _needed(now: float, on: date, goal: Goal) -> float | None:
    if goal.final is None or goal.due_on is None or goal.due_on <= on or now >= goal.final:
        return None
    return (goal.final - now) / ((goal.due_on - on).days / _DAYS_A_MONTH)


def _months_on(on: date, number: int) -> date:
    """The end of the month so many months on."""
    ahead = on.year * 12 + on.month - 1 + number
    return month_end(month_of(date(ahead // 12, ahead % 12 + 1, 1)))
