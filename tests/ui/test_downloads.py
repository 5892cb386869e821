"""The figures as a table to take away."""

from datetime import date

from sos_tracker.exports import csv_bytes
from sos_tracker.records.figures import Figure, Rating, Unit, Working
from sos_tracker.ui.downloads import FIGURE_HEADINGS, figure_frame

SPENT = Figure(
    code="B1", title="=Spend to date", value=4195121, unit=Unit.PENCE, as_at=date(2018, 5, 10), sentence="Spent.",
    rating=Rating.BEHIND, rating_reason="Under.", working=Working(53, "a ledger entry"), definition="Money paid.",
    denominator=16500000, target_to_date=0.5, target_final=1.0, target_is_rate=True, due_on=date(2019, 3, 1),
)  # fmt: skip


def test_money_comes_out_in_pounds_and_a_share_stays_a_share() -> None:
    (row,) = figure_frame([SPENT]).to_dict("records")

    assert row["value_pence"] == 4195121
    assert row["target_to_date"] == 0.5
    assert row["rating"] == "Behind"
    assert b"41951.21" in csv_bytes(figure_frame([SPENT]), FIGURE_HEADINGS)


def test_a_title_that_looks_like_a_formula_stays_text() -> None:
    assert b"'=Spend to date" in csv_bytes(figure_frame([SPENT]), FIGURE_HEADINGS)
