"""The chart of people trained as members see it: months left out are said to be, and small totals are not drawn."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from sos_tracker.charts.chart import Chart
from sos_tracker.charts.svg import svg
from sos_tracker.charts.training import trained_against_target
from sos_tracker.measures import catalogue
from sos_tracker.measures.disclosure import FEW
from sos_tracker.measures.targets import target_line
from sos_tracker.measures.training_series import cumulative_trained
from sos_tracker.records.figures import Figure
from tests.measures.example import example_frames

ON = date(2018, 5, 10)


@pytest.fixture(scope="module")
def figure() -> Figure:
    return catalogue.figures(example_frames(), ON)[0]


@pytest.fixture(scope="module")
def series() -> pd.DataFrame:
    return cumulative_trained(example_frames().training, ON)


def drawn(figure: Figure, series: pd.DataFrame) -> Chart:
    ends = [moment.date() for moment in series["as_of"]]
    return trained_against_target(figure, series, target_line(example_frames().targets, "T1", ends))


def test_months_left_out_are_neither_in_the_table_nor_in_the_line_and_a_note_says_so(
    figure: Figure, series: pd.DataFrame
) -> None:
    chart = drawn(figure, series.drop(index=[1, 3]).drop(columns=["named", "headcount"]))

    assert [column.heading for column in chart.table.columns] == ["Month", "People trained", "Target"]
    assert [row[0] for row in chart.table.rows] == [
        "Nov 2017",
        "Jan 2018",
        "Mar 2018",
        "Apr 2018",
        "May 2018, to 10 May",
    ]
    assert [point.value for point in chart.series[0].points] == [50, 162, 256, 285, 285]
    assert "Some months are left out" in chart.notice
    for left_out in ("98", "225"):
        assert left_out not in " ".join((chart.title, chart.alt, *(point.hover for point in chart.series[0].points)))


def test_all_months_are_there_without_a_note(figure: Figure, series: pd.DataFrame) -> None:
    chart = drawn(figure, series)

    assert chart.notice == ""
    assert "Partner headcounts" in [column.heading for column in chart.table.columns]


def test_a_total_withheld_is_a_sentence_and_no_line(figure: Figure, series: pd.DataFrame) -> None:
    chart = drawn(replace(figure, value=None, withheld=FEW), series.head(0).drop(columns=["named", "headcount"]))

    assert chart.title == "People trained: fewer than 5"
    assert chart.is_empty
    assert chart.table.rows == ()
    assert "so few people have been trained" in chart.nothing
    assert "so few people" in chart.alt
    assert "285" not in svg(chart, theme="light", width=620)
