"""The programme as it was at the end of an earlier month, from the frames of a later day: nothing is read again."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pandas as pd

from sos_tracker.measures.frames import STAFF as STAFF_COLUMNS
from sos_tracker.measures.frames import ProgrammeFrames, frame
from sos_tracker.records.periods import month_end, month_of

NOT_KEPT: dict[str, str] = {
    "T3": "who was in post then is not known from today's staff list",
}
"""Figures that cannot be reckoned for an earlier day from these frames, and why."""


def months_before(on: date, number: int) -> date:
    """The last day of the month so many months before that of ``on``."""
    ended = on
    for _ in range(number):
        ended = month_of(ended) - timedelta(days=1)
    return ended


def last_month_end(on: date) -> date:
    """``on`` itself where it is the last day of its month, else the last day of the month before."""
    return on if on == month_end(on) else months_before(on, 1)


def as_it_was(frames: ProgrammeFrames, then: date) -> ProgrammeFrames:
    """The frames as far as records date from the months up to ``then``, the last day of a month before today's.

    Leads count as trained from when they took their post up, as in ``coverage_by_month``; a milestone's forecast is
    that of its last move by then. Staff are left out (``NOT_KEPT``).
    """
    training, budget = frames.training, frames.budget
    moves = frames.moves[(frames.moves["moved_on"] <= pd.Timestamp(then)).to_numpy()]
    return replace(
        frames,
        training=replace(
            training,
            attendances=_by(training.attendances, then),
            people=_by(training.people, then),
            headcounts=_by(training.headcounts, then),
            sessions=_by(training.sessions, then),
            staff=frame(STAFF_COLUMNS),
            staff_listed=False,
            trained_leavers=0,
        ),
        budget=replace(budget, spending=_by(budget.spending, then), outturns=_made_by(budget.outturns, then)),
        milestones=_forecast_then(frames.milestones, frames.moves, then),
        moves=moves,
    )


def _by(table: pd.DataFrame, then: date) -> pd.DataFrame:
    return table[(table["month"] <= pd.Timestamp(month_of(then))).to_numpy()].reset_index(drop=True)


def _made_by(outturns: pd.DataFrame, then: date) -> pd.DataFrame:
    return outturns[(outturns["made_on"] <= pd.Timestamp(then)).to_numpy()].reset_index(drop=True)


def _forecast_then(milestones: pd.DataFrame, moves: pd.DataFrame, then: date) -> pd.DataFrame:
    """The forecast each milestone had: what its first later move moved it from."""
    later = moves[(moves["moved_on"] > pd.Timestamp(then)).to_numpy()].drop_duplicates("milestone")
    if later.empty:
        return milestones
    before = dict(zip(later["milestone"].tolist(), later["forecast_from"].tolist(), strict=True))
    forecasts = [
        before.get(reference, forecast)
        for reference, forecast in zip(
            milestones["reference"].tolist(), milestones["forecast_on"].tolist(), strict=True
        )
    ]
    return milestones.assign(forecast_on=np.array(forecasts, dtype="datetime64[us]"))
