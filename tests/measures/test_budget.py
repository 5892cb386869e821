"""What is spent, committed and forecast, against what was approved and planned."""

from datetime import date

import pandas as pd
import pytest

from sos_tracker.measures.budget import (
    NOT_IN_BOOK,
    commitments,
    forecast_outturn,
    spend_by_line,
    spend_by_month,
    spend_to_date,
)
from sos_tracker.measures.frames import BudgetFrames, ProgrammeFrames
from sos_tracker.records.figures import Confidence, LeftOut, Rating
from tests.measures.by_hand import ON, budget_lines, profile, programme, spending, targets

MARCH, APRIL, JUNE = date(2018, 3, 1), date(2018, 4, 1), date(2018, 6, 1)
BOOK = budget_lines({"approved_pence": 500_00})
PLAN = profile(*({"month": month, "profile_pence": 100_00} for month in (MARCH, APRIL, date(2018, 5, 1), JUNE)))


def _spent(*rows: dict[str, object], lines: pd.DataFrame = BOOK, plan: pd.DataFrame = PLAN) -> ProgrammeFrames:
    return programme(budget=BudgetFrames(lines, plan, spending(*rows)))


def test_the_profile_to_date_counts_the_month_of_the_day_whole() -> None:
    figure = spend_to_date(_spent({"amount_pence": 295_00}), ON)

    assert (figure.value, figure.denominator, figure.target_to_date) == (295_00, 500_00, 300_00)
    assert figure.rating is Rating.ON_TRACK
    assert figure.sentence == (
        "£295 of the £500 budget (59%) has been spent by 10 May 2018, against £300 planned by the end of May 2018."
    )


def test_the_target_of_the_strategy_is_said_beside_the_plan() -> None:
    frames = programme(
        budget=BudgetFrames(BOOK, PLAN, spending({"amount_pence": 270_00})),
        targets=targets({"measure": "B1", "target": 500_00.0, "due_on": date(2019, 3, 1)}),
    )

    figure = spend_to_date(frames, ON)

    assert (figure.target_final, figure.due_on) == (500_00, date(2019, 3, 1))
    assert figure.sentence.endswith("planned by the end of May 2018. The target is £500 by 1 March 2019.")
    assert figure.rating_reason == (
        "£270 spent against £300 planned by 31 May 2018: £30 (10%) under. "
        "On track means within 2% over or under, slightly behind within 5%."
    )


def test_a_target_to_spend_all_of_the_budget_is_put_in_pence() -> None:
    frames = programme(
        budget=BudgetFrames(BOOK, PLAN, spending({})),
        targets=targets({"measure": "B1", "is_rate": True, "target": 1.0}),
    )

    figure = spend_to_date(frames, ON)

    assert (figure.target_final, figure.target_is_rate) == (500_00, False)


def test_later_postings_and_commitments_are_not_spending() -> None:
    frames = _spent({"amount_pence": 5}, {"later": True, "entries": 2}, {"entry_kind": "commitment", "entries": 3})

    figure = spend_to_date(frames, ON)

    assert figure.value == 5
    assert figure.working.left_out == (
        LeftOut("entries for money promised, not paid", 3),
        LeftOut("entries posted after the date shown", 2),
    )


def test_spending_stands_in_its_financial_year_and_on_its_line() -> None:
    frames = _spent(
        {"month": MARCH, "amount_pence": 7}, {"month": APRIL, "amount_pence": 5}, {"line": "", "amount_pence": 2}
    )

    assert spend_to_date(frames, ON).parts == {
        "by_financial_year": {"2017/18": 7, "2018/19": 7},
        "by_line": {"No cost code": 2, "S1": 12},
    }


def test_money_paid_back_lowers_the_spending() -> None:
    figure = spend_to_date(_spent({"amount_pence": 300_00}, {"month": APRIL, "amount_pence": -52_60}), ON)

    assert figure.value == 247_40


def test_without_a_plan_spending_is_told_and_not_rated() -> None:
    frames = _spent({"amount_pence": 100_00}, plan=profile(), lines=budget_lines())

    figure = spend_to_date(frames, ON)

    assert (figure.value, figure.denominator, figure.target_to_date) == (100_00, None, None)
    assert figure.rating is Rating.NO_TARGET
    assert figure.sentence == (
        "£100 has been spent by 10 May 2018. No month-by-month plan has been imported to hold this against."
    )


def test_a_ledger_without_commitments_commits_nothing() -> None:
    figure = commitments(_spent({}), ON)

    assert (figure.value, figure.rating) == (0, Rating.NO_TARGET)
    assert figure.sentence.startswith("£0 of the £500 budget (0%) has been promised")


def test_the_forecast_is_paid_and_promised_and_what_was_planned_for_later_months() -> None:
    figure = forecast_outturn(_spent({"amount_pence": 290_00}, {"entry_kind": "commitment", "amount_pence": 20_00}), ON)

    assert (figure.value, figure.denominator) == (410_00, 500_00)
    assert figure.confidence is Confidence.ESTIMATED
    assert figure.rating is Rating.BEHIND
    assert figure.sentence == (
        "£410 is likely to be spent in the end, against a budget of £500. "
        "This adds £290 paid, £20 promised, and £100 planned for the months after May 2018."
    )


def test_the_forecast_after_the_last_month_planned_adds_nothing_more() -> None:
    assert forecast_outturn(_spent({"amount_pence": 480_00}), date(2018, 7, 1)).value == 480_00


def test_without_a_plan_nothing_is_forecast_and_the_figure_says_why() -> None:
    figure = forecast_outturn(_spent({}, plan=profile()), ON)

    assert figure.value is None
    assert figure.sentence.startswith("The final spending cannot be forecast")


@pytest.mark.parametrize(("approved", "rating"), [(500_00, Rating.ON_TRACK), (480_00, Rating.SLIGHTLY_BEHIND)])
def test_the_forecast_is_rated_against_the_budget(approved: int, rating: Rating) -> None:
    lines = budget_lines({"approved_pence": approved})

    assert forecast_outturn(_spent({"amount_pence": 400_00}, lines=lines), ON).rating is rating


def test_spending_by_month_has_no_gaps_and_marks_the_part_month() -> None:
    found = spend_by_month(_spent({"month": MARCH, "amount_pence": 3}, {"later": True}).budget, ON)

    assert found["actual_pence"].tolist() == [3, 0, 0]
    assert found["cumulative_actual_pence"].tolist() == [3, 3, 3]
    assert found["cumulative_profile_pence"].tolist() == [100_00, 200_00, 300_00]
    assert found["part_month"].tolist() == [False, False, True]


def test_spending_by_month_without_a_plan_has_no_plan_rather_than_a_plan_of_nothing() -> None:
    found = spend_by_month(_spent({}, plan=profile()).budget, ON)

    assert found["cumulative_profile_pence"].isna().all()


def test_spending_over_the_plan_is_a_positive_variance() -> None:
    found = spend_by_line(_spent({"amount_pence": 310_00}, {"entry_kind": "commitment", "amount_pence": 9}).budget, ON)

    assert found.iloc[0].to_dict() == {
        "code": "S1", "title": "Training", "approved_pence": 500_00, "profile_pence": 300_00, "actual_pence": 310_00,
        "variance_pence": 10_00, "commitment_pence": 9, "spent_rate": 0.62,
    }  # fmt: skip


def test_a_line_the_budget_book_does_not_know_is_shown_and_all_of_it_is_overspend() -> None:
    found = spend_by_line(_spent({"line": "Z9", "amount_pence": 40}).budget, ON)

    assert found["title"].tolist() == ["Training", NOT_IN_BOOK]
    assert found["variance_pence"].tolist() == [-300_00, 40]
    assert pd.isna(found["spent_rate"][1])


def test_a_line_without_a_plan_has_no_variance() -> None:
    lines = budget_lines({}, {"code": "S2"})

    found = spend_by_line(BudgetFrames(lines, PLAN, spending({})), ON)

    assert pd.isna(found["variance_pence"][1])


def test_what_is_owed_counts_as_spent_and_what_is_credited_is_taken_off() -> None:
    frames = _spent(
        {"amount_pence": 300_00}, {"entry_kind": "accrual", "amount_pence": 50_00},
        {"entry_kind": "credit", "amount_pence": -20_00},
    )  # fmt: skip
    figure = spend_to_date(frames, ON)
    assert figure.value == 330_00
    assert figure.parts["by_kind"] == {"Spent": 300_00, "Owed, not yet paid": 50_00, "Credited back": -20_00}
    assert "£50 of it is owed and not yet paid, and £20 credited back is taken off." in figure.sentence
    assert figure.working is not None
    assert figure.working.counted == 3
    assert spend_by_month(frames.budget, ON)["actual_pence"].sum() == 330_00


def test_a_virement_moves_approved_budget_between_lines_and_is_no_spending() -> None:
    lines = budget_lines({"code": "S1", "approved_pence": 1000}, {"code": "S2", "approved_pence": 500})
    moves = [{"entry_kind": "virement", "line": "S1", "amount_pence": -200},
             {"entry_kind": "virement", "line": "S2", "amount_pence": 200}]  # fmt: skip
    frames = _spent({"line": "S2", "amount_pence": 350}, *moves, lines=lines)
    figure = spend_to_date(frames, ON)
    assert (figure.value, figure.denominator) == (350, 1500)
    assert figure.working is not None
    assert [left.rows for left in figure.working.left_out] == [2]
    by_line = spend_by_line(frames.budget, ON).set_index("code")
    assert by_line["approved_pence"].to_dict() == {"S1": 800, "S2": 700}
    assert by_line.loc["S2", "spent_rate"] == 0.5
    later = _spent({"line": "S2"}, *({**move, "later": True} for move in moves), lines=lines)
    assert spend_by_line(later.budget, ON)["approved_pence"].tolist() == [1000, 500]
