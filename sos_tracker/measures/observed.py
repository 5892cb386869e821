"""What the sessions held so far were like: how full, and with how many people who had not been trained before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from sos_tracker.measures.frames import ProgrammeFrames, TrainingFrames
from sos_tracker.measures.runway import RATE_MONTHS
from sos_tracker.measures.totals import Rows, is_one, total
from sos_tracker.measures.training_series import trained_by_month
from sos_tracker.records.periods import month_end, month_of, months_on
from sos_tracker.records.training import CAME, SessionStatus

Cell = tuple[date, str]
"""A month and a course level."""


@dataclass(frozen=True)
class Observed:
    """Of the course levels that count as training only, partner headcounts included.

    ``came`` of ``places``: at delivered sessions whose places are known. ``first_trained`` of ``attended``: in the
    months from ``first`` to ``last``. ``in_scope`` of ``trained``: staff in scope and in post, among all trained.
    """

    came: int = 0
    places: int = 0
    first_trained: int = 0
    attended: int = 0
    first: date | None = None
    last: date | None = None
    in_scope: int = 0
    trained: int = 0

    @property
    def fill_rate(self) -> float | None:
        """0-1: people who came without booking do not fill a session more than once over. None where no session held
        says how many places it had."""
        return min(self.came / self.places, 1.0) if self.places else None

    @property
    def new_share(self) -> float | None:
        """0-1; None where nobody has come yet."""
        return min(self.first_trained / self.attended, 1.0) if self.attended else None

    @property
    def in_scope_share(self) -> float:
        """0-1; everybody, where nobody is trained yet."""
        return min(self.in_scope / self.trained, 1.0) if self.trained else 1.0


def observed_by(frames: ProgrammeFrames, on: date) -> Observed:
    """What was observed by the as-at date; people who were new, in the last six full months with any attendance, or in
    all months where these have none."""
    training = frames.training
    came, first = _came(training), trained_by_month(training)
    last = month_of(on) if on == month_end(on) else months_on(month_of(on), -1)
    since = months_on(last, 1 - RATE_MONTHS)
    if not any(number for (month, _), number in came.items() if since <= month <= last):
        since, last = min((month for month, _ in came), default=month_of(on)), month_of(on)
    places = _places(training)
    staff = training.staff
    return Observed(
        came=sum(number for cell, number in came.items() if places.get(cell)),
        places=sum(places.values()),
        first_trained=sum(number for month, number in first.items() if since <= month <= last),
        attended=sum(number for (month, _), number in came.items() if since <= month <= last),
        first=since,
        last=last,
        in_scope=total(staff["trained"], staff["in_scope"].to_numpy()),
        trained=sum(first.values()),
    )


def _came(training: TrainingFrames) -> dict[Cell, int]:
    """Everybody who came to sessions held of levels that count as training, by name or counted by their agency."""
    rows, counts = training.attendances, training.headcounts
    there = _held(training, rows) & rows["outcome"].isin([outcome.value for outcome in CAME]).to_numpy()
    there &= ~is_one(rows["session_status"], SessionStatus.CANCELLED.value)
    found = _cells(rows, "attendances", there)
    for cell, number in _cells(counts, "attended", _held(training, counts)).items():
        found[cell] = found.get(cell, 0) + number
    return found


def _places(training: TrainingFrames) -> dict[Cell, int]:
    rows = training.sessions
    return _cells(rows, "places", _held(training, rows) & is_one(rows["status"], SessionStatus.DELIVERED.value))


def _held(training: TrainingFrames, rows: pd.DataFrame) -> Rows:
    levels = [level.value for level in training.trained_levels]
    return np.asarray(rows["held"].to_numpy() & rows["level"].isin(levels).to_numpy(), dtype=np.bool_)


def _cells(rows: pd.DataFrame, amount: str, which: Rows) -> dict[Cell, int]:
    found: dict[Cell, int] = {}
    there: Mapping[str, list[object]] = {name: rows[name][which].tolist() for name in ("month", "level", amount)}
    for month, level, number in zip(*there.values(), strict=True):
        if not pd.isna(month):
            cell = (pd.Timestamp(month).date(), str(level))
            found[cell] = found.get(cell, 0) + int(number)
    return found
