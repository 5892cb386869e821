"""The committee's summary as markup: balanced, and with every figure's target, whole, date and code."""

from dataclasses import replace
from datetime import date

import pytest

from sos_tracker.measures import catalogue
from sos_tracker.measures.disclosure import FEW, for_members
from sos_tracker.papers.summary import summary_of
from sos_tracker.records.figures import Figure
from sos_tracker.ui import summary
from tests.measures.example import example_frames

AS_AT = date(2018, 5, 10)


@pytest.fixture(scope="module")
def figures() -> dict[str, Figure]:
    return for_members(catalogue.figures(example_frames(), AS_AT))


def test_good_and_bad_news_stand_side_by_side_in_the_same_dress(figures: dict[str, Figure]) -> None:
    columns = summary.two_columns(summary_of(figures))

    assert columns.index("What is going well") < columns.index("What is not going well")
    assert columns.count("<section><h2>") == 3


def test_the_table_has_every_figure_with_target_whole_date_status_and_code(figures: dict[str, Figure]) -> None:
    table = summary.figure_table(figures)

    assert table.count("<tr>") == len(figures) + 1
    assert table.count("10 May 2018") >= len(figures)
    assert all(f"<td>{code}</td>" in table for code in figures)
    assert "400 by 31 December 2018" in table


def test_a_number_withheld_stands_in_words_in_the_table(figures: dict[str, Figure]) -> None:
    table = summary.figure_table({"T3": replace(figures["T3"], value=None, rate=None, withheld=FEW)})

    assert "<td>fewer than 5</td><td>335</td>" in table
