"""Every published figure, reckoned in the order it is shown."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date

from sos_tracker.measures import budget, embedding, milestones, outlook, practice_leads, runway, training
from sos_tracker.measures.definitions import CATALOGUE, Entry, Kind
from sos_tracker.measures.frames import ProgrammeFrames
from sos_tracker.measures.published import forecast_status
from sos_tracker.measures.revision import against_original
from sos_tracker.measures.standing import with_standing
from sos_tracker.records.figures import Figure, Rating, Status

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
    "E1": embedding.implementation_scale,
    "E2": embedding.files_showing_use,
    "E3": embedding.items_live,
}


def figure(frames: ProgrammeFrames, code: str, on: date) -> Figure:
    """One figure of the catalogue on one day."""
    return figures(frames, on, (code, *_FORECAST_BY.get(code, ())))[0]


def reckoned(frames: ProgrammeFrames, code: str, on: date) -> Figure:
    """One figure without what stands beside it, as it is held against an earlier day."""
    return _RECKONED_BY[code](frames, on)


def original_figure(frames: ProgrammeFrames, code: str, on: date) -> Figure:
    """One figure held against its target as first approved."""
    return against_original(frames, code, on, _RECKONED_BY[code])


def figures(
    frames: ProgrammeFrames, on: date, codes: Iterable[str] = CATALOGUE, *, is_ahead: bool = True
) -> tuple[Figure, ...]:
    """Every figure of the catalogue on one day, in the catalogue's order; or those of some codes, in theirs.

    ``is_ahead``: where running totals of people are likely to end is reckoned too; members are not told of it.
    """
    found = {code: with_standing(frames, _RECKONED_BY[code](frames, on), on, _RECKONED_BY[code]) for code in codes}
    running = _RUNNING if is_ahead else ()
    return tuple(
        _running(frames, figure, on) if figure.code in running else _forecast(figure, found)
        for figure in found.values()
    )


_RUNNING = ("T1", "T2")
_ENDED = (Rating.COMPLETE, Rating.NO_DATA)
_FORECAST_BY = {"B1": ("B3",)}
"""Where a figure is likely to end is another figure of the catalogue."""


def _running(frames: ProgrammeFrames, figure: Figure, on: date) -> Figure:
    """A running total with the status of where it is likely to end as it has gone so far, apart from that of now."""
    if figure.target_final is None or figure.rating in _ENDED:
        return figure
    told = outlook.FORECAST_BY[figure.code](frames, on)
    return replace(figure, forecast=forecast_status(frames, figure, told.on_due.likely if told.on_due else None))


def _forecast(figure: Figure, found: Mapping[str, Figure]) -> Figure:
    """Money with the status of its forecast outturn."""
    for code in _FORECAST_BY.get(figure.code, ()):
        ends = found.get(code)
        if ends is not None and ends.value is not None:
            given = figure.given_forecast or ends.given
            return replace(figure, forecast=Status(ends.rating, ends.rating_reason), given_forecast=given)
    return figure
