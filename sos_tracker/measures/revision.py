"""What became of a target since it was first approved, a figure against both, and a target lowered after a miss."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pandas as pd

from sos_tracker.measures.definitions import CATALOGUE
from sos_tracker.measures.earlier import NOT_KEPT, as_it_was, last_month_end
from sos_tracker.measures.frames import ProgrammeFrames
from sos_tracker.measures.published import amount_of
from sos_tracker.measures.targets import approved_targets, original_only
from sos_tracker.records.figures import Direction, Figure, Rating, Revision, Status
from sos_tracker.records.periods import day
from sos_tracker.records.targets import StrategyTarget

Reckon = Callable[[ProgrammeFrames, date], Figure]
"""One figure of the catalogue, reckoned from any frames on any day."""
_MISSED = frozenset({Rating.SLIGHTLY_BEHIND, Rating.BEHIND})


def against_original(frames: ProgrammeFrames, code: str, on: date, reckon: Reckon) -> Figure:
    """The figure held against the target first approved instead of the current one."""
    return reckon(replace(frames, targets=original_only(frames.targets, code)), on)


def revision(frames: ProgrammeFrames, code: str, on: date, reckon: Reckon) -> Revision | None:
    """What became of the figure's target by that day; None where it was not revised.

    Of several revisions the newest that made it easier is told, else the newest: a target lowered after a miss says
    so as long as it stands.
    """
    steps = list(pairwise(approved_targets(frames.target_versions.get(code, ()), on)))
    if not steps:
        return None
    before, after = next((step for step in reversed(steps) if _is_easier(*step, code)), steps[-1])
    original = against_original(frames, code, on, reckon)
    missed, then = _then(frames, code, after, reckon) if _is_easier(before, after, code) else (False, "")
    what = f"The target was {_change(before, after, code)} on {day(after.approved_on or on)}"
    why = f" The reason given: {after.reason.rstrip('.')}." if after.reason else ""
    return Revision(
        f"{what}{', after the one before was missed' if missed else ''}.",
        f"{then}{why}".strip(),
        Status(original.rating, original.rating_reason),
    )


def _is_easier(before: StrategyTarget, after: StrategyTarget, code: str) -> bool:
    """Less is asked, or later. Money has a target that is neither more nor less to be done."""
    if CATALOGUE[code].direction is not Direction.HIGHER or before.is_rate != after.is_rate:
        return False
    return after.target < before.target or (after.target == before.target and after.due_on > before.due_on)


def _change(before: StrategyTarget, after: StrategyTarget, code: str) -> str:
    was, becomes = (f"{amount_of(code, one.target, is_rate=one.is_rate)}" for one in (before, after))
    due = f"{day(before.due_on)} to {day(after.due_on)}"
    moved = f"{'put back' if after.due_on > before.due_on else 'brought forward'} from {due}"
    if was == becomes and before.is_rate == after.is_rate:
        return moved if after.due_on != before.due_on else "set anew on the way there"
    lowered = before.is_rate == after.is_rate and after.target < before.target
    change = "lowered" if lowered else "raised" if before.is_rate == after.is_rate else "changed"
    return f"{change} from {was} to {becomes}{f' and {moved}' if after.due_on != before.due_on else ''}"


def _then(frames: ProgrammeFrames, code: str, after: StrategyTarget, reckon: Reckon) -> tuple[bool, str]:
    """Whether the earlier target was missed when it was made easier, and how the figure stood then."""
    if code in NOT_KEPT:
        return False, f"Whether the one before was being met cannot be said: {NOT_KEPT[code]}."
    if after.approved_on is None:
        return False, ""
    then = last_month_end(after.approved_on)
    approved = frames.targets["approved_on"] >= pd.Timestamp(after.approved_on)
    earlier = frames.targets[~((frames.targets["measure"] == code) & approved).to_numpy()]
    stood = reckon(replace(as_it_was(frames, then), targets=earlier), then)
    if stood.rating not in _MISSED:
        return False, ""
    return True, f"On {day(then)}: {stood.rating_reason.partition('. On track means')[0].rstrip('.')}."
