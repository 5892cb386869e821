"""Whether a running total will be at its target, told in a sentence for every case, from full months only."""

import sys
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sos_tracker.measures import outlook
from sos_tracker.measures.forecast import Forecast, fan, forecast, full_months
from sos_tracker.measures.frames import frame
from sos_tracker.measures.published import Goal
from sos_tracker.measures.rating import DEFAULT_RULES
from sos_tracker.measures.training import attendances
from sos_tracker.records.figures import Rating
from sos_tracker.records.periods import month_end, months
from tests.measures.by_hand import ON
from tests.measures.example import example_frames

DUE = date(2018, 12, 31)
STEADY = (40, 36, 44, 38, 41, 35, 42)
RATE = "At the rate of the last six full months"
STALLED = (
    "Nobody has been trained in the last three full months, up to April 2018: at that rate nothing is added, and 400 "
    "will not be reached."
)
TOO_FEW = (
    "There is no forecast yet. Only 3 full months of figures are known; a forecast needs at least four. From now, 36 "
    "people a month are needed to reach 400 by 31 December 2018."
)
_RUNNING = {"month": "datetime64[us]", "total": "float64", "part_month": "bool"}


def _told(added: tuple[float, ...], target: float | None = 400, due_on: date | None = DUE, on: date = ON) -> Forecast:
    """The forecast of what each month added, the last of them the month of the as-at date."""
    first = pd.Timestamp(on.replace(day=1)) - pd.DateOffset(months=len(added) - 1)
    known = months(first.date(), on)
    totals = np.cumsum(added)
    rows = [(month, total, month_end(month) > on) for month, total in zip(known, totals, strict=True)]
    return forecast(full_months(frame(_RUNNING, rows), "total"), float(totals[-1]), on, Goal(None, target, due_on))


@pytest.mark.parametrize(
    ("added", "target", "due_on", "says"),
    [
        (STEADY, 400, date(2018, 3, 31), "400 was due by 31 March 2018, and it is 276 people trained by 10 May"),
        (STEADY, 276, DUE, "The target of 276 is reached: 276 people trained by 10 May 2018. " + RATE),
        (STEADY, None, None, "a month, it will be"),
        (STEADY, 0, DUE, "The target is nothing, so there is nothing to reach. " + RATE),
        ((60, 50, 40, 0, 0, 0, 0), 400, DUE, STALLED),
        (STEADY, 400, date(2018, 3, 31), "400 was due by 31 March 2018, and it is 276 people trained by 10 May 2018. "),
        (STEADY, 40_000, DUE, "40,000 will not be reached within five years."),
        ((40, 36, 44, 7), 400, DUE, TOO_FEW),
        ((0, 0, 0), 400, DUE, "There is no forecast yet. No full month of figures is known yet"),
    ],
)  # fmt: skip
def test_every_case_has_its_sentence(
    added: tuple[float, ...], target: float | None, due_on: date | None, says: str
) -> None:
    assert says in " ".join(outlook.said("T1", _told(added, target, due_on)))


def test_a_part_month_is_left_out_and_that_is_said() -> None:
    few, many = _told((*STEADY[:-1], 0)), _told((*STEADY[:-1], 500))

    assert few.months is not None
    assert few.months.added == many.months.added == STEADY[:-1]
    assert outlook.said("T1", few)[-1] == "May 2018 is not over and is left out."


def test_months_before_anything_happened_are_left_out() -> None:
    assert _told((0, 0, 0, *STEADY)).path == _told(STEADY).path


def test_the_range_widens_and_neither_end_falls() -> None:
    ahead = fan(_told(STEADY))

    assert ahead["as_of"].iloc[0].date() == ON
    assert ahead["as_of"].iloc[-1].date() == DUE
    assert (ahead[["low", "likely", "high"]].diff().dropna() >= 0).all(axis=None)
    assert ((ahead["high"] - ahead["low"]).diff().dropna() > 0).all()


def test_the_same_months_give_the_same_forecast() -> None:
    assert _told(STEADY) == _told(STEADY)


def test_august_and_december_are_counted_apart_where_18_months_show_that_they_are_quiet() -> None:
    months_of_two_years = tuple(4.0 if month in (8, 12) else 40.0 + month for month in [*range(1, 13)] * 2)

    told = _told((*months_of_two_years, 9), target=None, due_on=None, on=date(2018, 1, 10))
    by_month = fan(told)["likely"].diff()

    assert "August and December are counted apart" in outlook.said("T1", told)[-1]
    assert by_month.iloc[8] < 15 < 35 < by_month.iloc[7]


@pytest.mark.parametrize(
    ("added", "target", "rating"),
    [(STEADY, 300, Rating.ON_TRACK), (STEADY, 276, Rating.COMPLETE), (STEADY, 560, Rating.SLIGHTLY_BEHIND),
     (STEADY, 900, Rating.BEHIND), (STEADY, None, Rating.NO_TARGET), ((40, 36, 44, 7), 400, Rating.NO_DATA)],
)  # fmt: skip
def test_a_forecast_is_rated_by_where_its_range_lies(
    added: tuple[float, ...], target: float | None, rating: Rating
) -> None:
    assert outlook.standing(_told(added, target), DEFAULT_RULES["T1"]) is rating


def test_attendances_by_month_come_to_the_figure() -> None:
    frames = example_frames()

    told = outlook.attendances(frames, ON)

    assert told.now == attendances(frames, ON).value


def test_a_small_sample_of_the_back_test_keeps_the_range_honest() -> None:
    sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
    try:
        import forecast_backtest as backtest
        from programmes import made
    finally:
        sys.path.pop(0)

    found = list(backtest.tried(made(each=4, seed=7), "ours", every=6))
    wide = [one.width / one.ideal for kind, _, one in found if kind == "steady"]

    assert len(found) > 100
    assert 0.65 < np.mean([one.held for *_, one in found]) < 0.95
    assert np.mean(wide) < 1.9
