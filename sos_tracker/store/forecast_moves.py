"""Each move of a milestone's forecast is kept, whether a form or an import moved it."""

from collections.abc import Sequence
from datetime import date

from sos_tracker.store import tables
from sos_tracker.store.planning import Step
from sos_tracker.store.recording_tables import forecast_move


def moves_of(steps: Sequence[Step], *, reason: str, on: date) -> list[Step]:
    """A move for each of these steps that revises the forecast of a milestone."""
    found: list[Step] = []
    for step in steps:
        if step.table is tables.milestone and step.before and step.after:
            before, after = step.before["forecast_on"], step.after["forecast_on"]
            if before != after:
                move = {
                    "milestone_id": step.record_id, "forecast_from": before, "forecast_to": after, "moved_on": on,
                    "reason": reason, "approved_by": "", "decision_reference": "", "deferred": False,
                }  # fmt: skip
                found.append(Step(forecast_move, -1 - len(found), 0, step.key, None, move))
    return found
