"""Every published figure, reckoned in the order it is shown."""

from collections.abc import Callable
from datetime import date

from sos_tracker.measures import budget, milestones, practice_leads, runway, training
from sos_tracker.measures.definitions import CATALOGUE, Entry, Kind
from sos_tracker.measures.frames import ProgrammeFrames
from sos_tracker.records.figures import Figure

__all__ = ["CATALOGUE", "Entry", "Kind", "figure", "figures"]

_RECKONED_BY: dict[str, Callable[[ProgrammeFrames, date], Figure]] = {
    "T1": training.people_trained,
    "T2": training.attendances,
    "T3": training.staff_trained,
    "T4": training.booked_and_came,
    "L1": practice_leads.teams_with_trained_lead,
    "B1": budget.spend_to_date,
    "B2": budget.commitments,
    "B3": budget.forecast_outturn,
    "B4": runway.training_runway,
    "M1": milestones.milestones_achieved,
    "M2": milestones.milestones_overdue,
    "M3": milestones.milestone_slip,
}


def figure(frames: ProgrammeFrames, code: str, on: date) -> Figure:
    """One figure of the catalogue on one day."""
    return _RECKONED_BY[code](frames, on)


def figures(frames: ProgrammeFrames, on: date) -> tuple[Figure, ...]:
    """Every figure of the catalogue on one day, in the catalogue's order."""
    return tuple(_RECKONED_BY[code](frames, on) for code in CATALOGUE)
