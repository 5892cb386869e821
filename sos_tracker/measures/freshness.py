"""Whether a figure's records are recent: months without any are a state of their own with an owner, and not red."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

import pandas as pd

from sos_tracker.measures.frames import ProgrammeFrames
from sos_tracker.measures.published import rule_of
from sos_tracker.records.figures import Figure, Rating
from sos_tracker.records.periods import day, month_end, month_of, months

PROJECT_MANAGER = "The project manager"


def aged(frames: ProgrammeFrames, figure: Figure, on: date) -> Figure:
    """The figure with the newest month of its records, and without a rating where that is too long ago.

    Not where its target is complete or there is nothing to rate, nor once everything the programme set out to do was
    due: then nothing more is to come. A part of a programme may have months without records.
    """
    newest = newest_month(frames, figure.code, on)
    if newest is None or figure.code in frames.narrowed:
        return figure
    figure = replace(figure, data_to=newest)
    rule, without = rule_of(frames, figure.code), whole_months_without(newest, on)
    if not rule.data_months or without < rule.data_months or figure.rating in _NEVER_STALE:
        return figure
    if on > (_last_due(frames, figure) or date.max):
        return figure
    what, one = _WHAT[figure.code]
    owner = rule.data_owner or PROJECT_MANAGER
    reason = (
        f"No {what} since {newest:%B %Y}: {without} whole months without {one} by {day(on)}. {owner} is to bring the "
        f"records in, or to say that there were none. By what there is: {figure.rating_reason}"
    )
    return replace(figure, rating=Rating.STALE, rating_reason=reason)


_NEVER_STALE = frozenset({Rating.COMPLETE, Rating.NO_DATA, Rating.NOT_DUE})


def newest_month(frames: ProgrammeFrames, code: str, on: date) -> date | None:
    """The first day of the newest month with a record behind the figure; None for figures without such a rhythm."""
    found = _NEWEST[code](frames) if code in _NEWEST else None
    return None if found is None or found > on else month_of(found)


def whole_months_without(newest: date, on: date) -> int:
    """How many whole months had gone by without a record; the month of ``on`` counts where it is its last day."""
    ended = [month for month in months(newest, on) if month_end(month) <= on]
    return len([month for month in ended if month > newest])


_NEWEST: Mapping[str, Callable[[ProgrammeFrames], date | None]] = {
    **dict.fromkeys(("T1", "T2", "T3", "T4"), lambda frames: frames.training.newest_month),
    **dict.fromkeys(("B1", "B2", "B3"), lambda frames: frames.budget.newest_month),
}
_WHAT = {
    **dict.fromkeys(("T1", "T2", "T3", "T4"), ("attendance at training has been recorded", "one")),
    **dict.fromkeys(("B1", "B2", "B3"), ("posting in the ledger has been recorded", "one")),
}
WITH_A_RHYTHM = tuple(_NEWEST)
"""The figures whose records are expected month by month."""


def _last_due(frames: ProgrammeFrames, figure: Figure) -> date | None:
    """When the figure's target is due; without one when the last of the programme's targets or planned spending is."""
    if figure.due_on is not None:
        return figure.due_on
    due = [moment.date() for moment in frames.targets["due_on"].tolist() if not pd.isna(moment)]
    planned = frames.budget.profile["month"].max() if len(frames.budget.profile) else pd.NaT
    return max([*due, *([] if pd.isna(planned) else [month_end(planned.date())])], default=None)
