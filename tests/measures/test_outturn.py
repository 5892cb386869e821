"""The outturn by profile, by rate and by commitments, beside what the manager expects."""

from datetime import date
from typing import Any

import pandas as pd

from sos_tracker.measures.budget import forecast_outturn
from sos_tracker.measures.frames import OUTTURN_FORECASTS, BudgetFrames, ProgrammeFrames, frame
from sos_tracker.measures.outturn import BY_COMMITMENTS, BY_MANAGER, BY_PROFILE, BY_RATE, outturns
from sos_tracker.records.periods import months
from tests.measures.by_hand import ON, budget_lines, profile, programme, spending

YEAR = months(date(2017, 11, 1), date(2018, 10, 1))


def _frames(*forecasts: tuple[str, date, int]) -> ProgrammeFrames:
    """£100 planned a month for a year, about £50 spent in each of six, and £30 promised."""
    spent = ({"month": month, "amount_pence": 50_00 + 3_00 * (at % 3)} for at, month in enumerate(YEAR[:6]))
    return programme(
        budget=BudgetFrames(
            budget_lines({"approved_pence": 1200_00}),
            profile(*({"month": month, "profile_pence": 100_00} for month in YEAR)),
            spending(*spent, {"entry_kind": "commitment", "amount_pence": 30_00}),
            frame(OUTTURN_FORECASTS, [(line, made_on, pence, "J. Smith", "") for line, made_on, pence in forecasts]),
        )
    )


def _way(frames: ProgrammeFrames, way: str) -> "pd.Series[Any]":
    found = outturns(frames, ON)
    return found[found["way"] == way].iloc[0]


def test_the_three_ways_stand_side_by_side() -> None:
    frames = _frames()

    found = outturns(frames, ON).set_index("way")

    assert found.loc[BY_PROFILE, "outturn_pence"] == forecast_outturn(frames, ON).value == 318_00 + 30_00 + 500_00
    assert found.loc[BY_COMMITMENTS, "outturn_pence"] == 348_00
    assert found.loc[BY_RATE, "low_pence"] < 636_00 < found.loc[BY_RATE, "high_pence"]
    assert found.loc[BY_MANAGER, "sentence"] == "The manager has recorded no forecast of the outturn."


def test_a_forecast_of_the_manager_that_differs_from_all_three_is_said() -> None:
    row = _way(_frames(("", date(2018, 4, 2), 1200_00), ("", date(2018, 1, 2), 10_00)), BY_MANAGER)

    assert row["outturn_pence"] == 1200_00
    assert row["sentence"].startswith(
        "Made on 2 April 2018 by J. Smith for the whole programme. It differs from all 3 reckoned here: £352 more than "
        "by the profile of the months to come; "
    )


def test_the_newest_of_each_line_is_added_up_where_there_is_none_for_the_whole() -> None:
    row = _way(_frames(("S1", date(2018, 4, 2), 840_00), ("S1", date(2018, 3, 2), 1_00)), BY_MANAGER)

    assert row["outturn_pence"] == 840_00
    assert "It agrees, within 2% of the budget, with: by the profile of the months to come." in row["sentence"]


def test_without_spending_nothing_is_reckoned_and_each_way_says_why() -> None:
    found = outturns(programme(), ON)

    assert found["outturn_pence"].isna().all()
    assert all(found["sentence"])
