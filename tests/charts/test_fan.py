"""What is ahead is told from what happened without colour, and stands in words beside the drawing."""

import pandas as pd

from sos_tracker.charts import training
from sos_tracker.charts.chart import Role
from sos_tracker.charts.fan import with_fan
from sos_tracker.charts.plotly_figure import plotly_figure
from sos_tracker.charts.sentences import count
from sos_tracker.charts.svg import NARROW, WIDE, svg
from tests.charts import examples
from tests.charts.test_svg import outside

AHEAD = pd.DataFrame(
    {
        "as_of": pd.to_datetime(["2018-05-10", "2018-05-31", "2018-08-31", "2018-12-31"]),
        "low": [285.0, 300, 380, 480],
        "likely": [285.0, 310, 430, 560],
        "high": [285.0, 325, 490, 650],
    }
)
BARE = training.trained_against_target(examples.figure(), examples.trained_frame(), examples.target_frame())
CHART = with_fan(BARE, AHEAD, count)


def test_a_forecast_is_a_dotted_band_and_a_broken_line_named_at_its_end() -> None:
    drawn = svg(CHART)

    assert "url(#" in drawn
    assert 'stroke-dasharray="10 4 2 4"' in drawn
    assert "Forecast 560" in drawn
    assert "(480 to 650)" in drawn
    assert [outside(svg(CHART, width=width)) for width in (WIDE, NARROW)] == [[], []]


def test_plotly_draws_the_same_band_and_names_it() -> None:
    figure = plotly_figure(CHART)

    band = next(trace for trace in figure.data if trace.fill == "tonexty")
    named = [note.text for note in figure.layout.annotations]

    assert band.fillpattern.shape == "."
    assert any(trace.line.dash == "dashdot" for trace in figure.data)
    assert "<b>Forecast 560</b><br>(480 to 650)" in named


def test_the_forecast_stands_in_the_table_and_in_the_text_alternative() -> None:
    assert CHART.table.columns[-1].heading == "In four cases of five"
    assert CHART.table.rows[-1][0] == "Dec 2018"
    assert CHART.table.rows[-1][-1] == "480 to 650"
    assert "560 forecast" in CHART.table.rows[-1]
    assert "The forecast for 31 December 2018 is 560, in four cases of five 480 to 650." in CHART.alt


def test_without_a_forecast_the_chart_is_as_it_was() -> None:
    assert with_fan(BARE, AHEAD.iloc[:0], count) == BARE
    assert not any(one.role is Role.LIKELY for one in BARE.series)
