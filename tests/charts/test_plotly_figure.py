"""The same charts for a director to explore."""

import pytest

from sos_tracker.charts import training
from sos_tracker.charts.chart import Chart
from sos_tracker.charts.plotly_figure import plotly_figure
from sos_tracker.records.palette import INKS, Theme
from tests.charts import examples
from tests.charts.test_findings import empty_charts

CHARTS = examples.all_charts()


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.key)
def test_every_series_of_the_chart_is_there_to_switch_on_and_off(chart: Chart) -> None:
    named = {trace.name for trace in plotly_figure(chart).data}

    assert {series.name for series in chart.series} <= named


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.key)
def test_every_point_tells_what_it_is_and_what_it_means_to_the_page(chart: Chart) -> None:
    traces = {trace.name: trace for trace in plotly_figure(chart).data}

    for series in chart.series:
        known = [point for point in series.points if point.value is not None]
        assert [ids[0] for ids in traces[series.name].customdata] == [point.id for point in known]
        assert all(traces[series.name].hovertext)


def test_money_is_in_pounds_on_the_axis() -> None:
    figure = plotly_figure(next(chart for chart in CHARTS if chart.key == "spend-against-profile"))

    assert max(figure.data[0].y) == 41951.21
    assert figure.layout.yaxis.ticktext[1] == "£50,000"
    assert figure.layout.yaxis.tickvals[1] == 50000


def test_the_target_is_a_dashed_step() -> None:
    target = plotly_figure(CHARTS[0]).data[1]

    assert (target.line.shape, target.line.dash) == ("hv", "dash")


@pytest.mark.parametrize("theme", list(Theme))
def test_axis_words_have_the_colour_of_the_theme(theme: Theme) -> None:
    assert plotly_figure(CHARTS[0], theme).layout.font.color == INKS[theme].text


@pytest.mark.parametrize("chart", empty_charts(), ids=lambda chart: chart.key)
def test_nothing_recorded_is_a_sentence(chart: Chart) -> None:
    figure = plotly_figure(chart)

    assert not figure.data
    assert figure.layout.annotations[0].text.replace("<br>", " ").replace("&#x27;", "'") == chart.nothing


def test_a_name_with_markup_is_words() -> None:
    frame = examples.agencies_frame().assign(agency='<b>x</b><a href="y">')

    figure = plotly_figure(training.trained_by_agency(frame.head(1), examples.AS_AT))

    assert "<a" not in figure.layout.annotations[0].text
