"""Where the strategy said the programme would be by now: the current target and its straight line."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from sos_tracker.measures.definitions import CATALOGUE
from sos_tracker.measures.frames import TARGETS, Columns, frame, rows_of
from sos_tracker.measures.versions import versions
from sos_tracker.records.figures import Unit
from sos_tracker.records.money import round_half_up
from sos_tracker.records.targets import StrategyTarget

TARGET_LINE: Columns = {"as_of": "datetime64[us]", "target": "float64"}


_SCORES = frozenset(code for code, entry in CATALOGUE.items() if entry.unit is Unit.SCORE)


@dataclass(frozen=True)
class TargetPosition:
    """What one target asks for on one day; shares 0-1 where ``is_rate``, else whole units of the figure."""

    to_date: float
    final: float
    due_on: date
    is_rate: bool
    target: StrategyTarget


def current_target(targets: pd.DataFrame, measure: str, on: date) -> StrategyTarget | None:
    """The newest target approved on or before that day (an undated one counts as the oldest); None without one.

    Where the newest version has several points, the last of them.
    """
    version = _version(_of_measure(targets, measure), on)
    return version[-1] if version else None


def approved_targets(known: Iterable[StrategyTarget], on: date) -> list[StrategyTarget]:
    """Of one measure's versions those approved on or before that day, oldest first: of each its last point."""
    approved = [one for one in known if one.approved_on is None or one.approved_on <= on]
    return list({one.approved_on: one for one in approved}.values())


def position(targets: pd.DataFrame, measure: str, on: date) -> TargetPosition | None:
    """Where the current target's straight line stands on that day.

    The line runs by days from the baseline to the target (through the version's points where it has several) and is
    flat before and after. A count is rounded half up to a whole one, a score to one decimal.
    """
    return position_of(_of_measure(targets, measure), on)


def position_of(known: Sequence[StrategyTarget], on: date) -> TargetPosition | None:
    """``position`` of one measure, from its versions."""
    version = _version(known, on)
    return _position(version, on) if version else None


def target_line(targets: pd.DataFrame, measure: str, ends: Sequence[date]) -> pd.DataFrame:
    """The target on each of those days, by the version current then (a new version is a step): TARGET_LINE.

    ``target`` is NaN on days before any version was approved.
    """
    known = _of_measure(targets, measure)
    versions = [(end, _version(known, end)) for end in ends]
    return frame(
        TARGET_LINE,
        [(pd.Timestamp(end), _position(version, end).to_date if version else np.nan) for end, version in versions],
    )


def original_only(targets: pd.DataFrame, measure: str) -> pd.DataFrame:
    """The frame with the version of this measure's target that was approved first, and without its later ones.

    One without a date is the oldest. Without a second version it is the frame as it was.
    """
    of = targets["measure"] == measure
    approved = targets.loc[of, "approved_on"]
    if approved.empty:
        return targets
    first = approved.isna() if approved.isna().any() else approved == approved.min()
    return targets[~of | first.reindex(targets.index, fill_value=False)]


def original_line(targets: pd.DataFrame, measure: str, ends: Sequence[date]) -> pd.DataFrame | None:
    """As ``target_line``, of the version approved first; None where it was not revised by the last of those days."""
    known = [one.approved_on or date.min for one in _of_measure(targets, measure)]
    if not ends or len({on for on in known if on <= max(ends)}) < 2:
        return None
    return target_line(original_only(targets, measure), measure, ends)


def _of_measure(targets: pd.DataFrame, measure: str) -> tuple[StrategyTarget, ...]:
    return versions(row for row in rows_of(targets, TARGETS) if row[0] == measure)


def _version(known: Sequence[StrategyTarget], on: date) -> list[StrategyTarget]:
    """The points of the newest version approved by that day, all in the unit of its last point."""
    approved = [target for target in known if target.approved_on is None or target.approved_on <= on]
    if not approved:
        return []
    newest = approved[-1]
    return [
        target for target in approved if target.approved_on == newest.approved_on and target.is_rate == newest.is_rate
    ]


def _position(version: list[StrategyTarget], on: date) -> TargetPosition:
    first, last = version[0], version[-1]
    bends = dict(pair for target in version for pair in (*target.points, (target.due_on, target.target)))
    days = [first.baseline_on, *sorted(bends)]
    amounts = [first.baseline, *(bends[day] for day in days[1:])]
    to_date = float(np.interp(on.toordinal(), [day.toordinal() for day in days], amounts))
    if not last.is_rate:
        to_date = float(round_half_up(to_date, 1 if last.measure in _SCORES else 0))
    return TargetPosition(to_date, last.target, last.due_on, last.is_rate, last)
