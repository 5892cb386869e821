"""Our own drawings: the same bytes every time, every word escaped, legible whatever comes."""

import re
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import pandas as pd
import pytest

from sos_tracker.charts import budget, milestones, training
from sos_tracker.charts.chart import Chart, Point, Role, Scale, Series
from sos_tracker.charts.lettering import width_of, wrap
from sos_tracker.charts.scales import month_bands, value_ticks
from sos_tracker.charts.svg import NARROW, WIDE, svg
from sos_tracker.measures import budget as budget_measures
from sos_tracker.records.palette import INKS, Theme
from tests.charts import examples
from tests.charts.test_findings import empty_charts

CHARTS = examples.all_charts()
EVIL = '<script>alert("1")</script>&\x0b'


def read(markup: str) -> ElementTree.Element:
    return ElementTree.fromstring(markup)  # noqa: S314 - our own markup


def texts(markup: str) -> list[str]:
    return [element.text or "" for element in read(markup).iter() if element.tag.endswith("}text")]


def outside(markup: str) -> list[str]:
    """The words whose letters would leave the drawing."""
    root = read(markup)
    width, height = (float(part) for part in root.attrib["viewBox"].split()[2:])
    left = []
    for element in root.iter():
        if element.tag.endswith("}text"):
            wide = width_of(element.text or "", bold="font-weight" in element.attrib)
            x, y = float(element.attrib["x"]), float(element.attrib["y"])
            start = x - {"middle": wide / 2, "end": wide}.get(element.attrib.get("text-anchor", "start"), 0)
            if start < -1 or start + wide > width + 1 or y > height:
                left.append(element.text or "")
    return left


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.key)
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_no_word_leaves_the_drawing(chart: Chart, width: int) -> None:
    assert outside(svg(chart, width=width)) == []


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.key)
def test_a_drawing_is_named_and_described_for_those_who_cannot_see_it(chart: Chart) -> None:
    root = read(svg(chart))

    title, desc = root[0], root[1]

    assert root.attrib["role"] == "img"
    assert (title.text, desc.text) == (chart.title, chart.alt)
    assert root.attrib["aria-labelledby"] == f"{title.attrib['id']} {desc.attrib['id']}"


def test_the_same_chart_is_the_same_bytes() -> None:
    once = [svg(chart) for chart in examples.all_charts()]
    again = [svg(chart) for chart in examples.all_charts()]

    assert once == again


def test_no_two_drawings_of_a_page_share_an_id() -> None:
    page = "".join(svg(chart, width=width) for chart in CHARTS for width in (WIDE, NARROW))

    ids = re.findall(r' id="([^"]+)"', page)

    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("theme", list(Theme))
def test_letters_have_the_colour_of_the_theme(theme: Theme) -> None:
    assert f'fill="{INKS[theme].text}"' in svg(CHARTS[0], theme=theme)


def test_script_in_a_name_is_words_and_nothing_more() -> None:
    agencies = pd.DataFrame([(EVIL, 3, 1, 4)], columns=["agency", "named", "headcount", "people"])

    markup = svg(training.trained_by_agency(agencies, examples.AS_AT))

    assert "<script" not in markup
    assert '<script>alert("1")</script>&' in texts(markup)


def test_a_line_over_time_labels_its_last_value_its_target_and_the_final_target() -> None:
    words = texts(svg(CHARTS[0]))

    for label in (
        "285 people trained",
        "to 10 May",
        "Target to date",
        "176",
        "Final target 400",
        "by 31 December 2018",
    ):
        assert label in words


def test_the_target_is_told_from_what_happened_by_its_dashes_too() -> None:
    markup = svg(CHARTS[0])

    assert 'stroke-dasharray="7 5"' in markup


def test_parts_of_a_bar_are_told_apart_by_hatching_too() -> None:
    markup = svg(next(chart for chart in CHARTS if chart.key == "outcomes-by-level"))

    assert markup.count("<pattern") == 2


@pytest.mark.parametrize("chart", empty_charts(), ids=lambda chart: chart.key)
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_nothing_to_draw_is_a_sentence_in_the_drawing(chart: Chart, width: int) -> None:
    markup = svg(chart, width=width)

    assert " ".join(texts(markup)) == chart.nothing
    assert outside(markup) == []


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_sixty_teams_with_names_of_300_letters_stay_readable(width: int) -> None:
    name = "Integrated Locality Safeguarding and Family Support Team for the Northern Neighbourhoods " * 4
    teams = [("Children's Services", f"{at} {name}"[:300]) for at in range(60)]

    chart = training.coverage_by_team(examples.teams_frame(teams), examples.figure(189, denominator=335, rate=0.56))
    markup = svg(chart, width=width)

    assert outside(markup) == []
    assert " ".join(texts(markup)).count("Northern") >= 120


def test_a_name_without_a_space_is_broken() -> None:
    lines = wrap("x" * 300, 200)

    assert "".join(lines) == "x" * 300
    assert max(width_of(line) for line in lines) <= 200


def test_income_is_drawn_to_the_left_of_nought() -> None:
    lines = pd.DataFrame(
        [
            ("A", "Grant returned", 10000, 0.0, -5000, -5000.0, 0, -0.5),
            ("B", "Venue", 10000, 0.0, 5000, 5000.0, 0, 0.5),
        ],
        columns=list(budget_measures.SPEND_BY_LINE),
    )

    markup = svg(budget.spend_by_line(lines, examples.AS_AT))

    assert outside(markup) == []
    assert "-£50 of £100 spent (-50%)" in texts(markup)


@pytest.mark.parametrize("values", [(0.0, 0.0), (None, None), (7.0, None), (None, 7.0), (-3.0, 5.0), (1e9, 2e9)])
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_line_of_any_values_is_drawn(values: tuple[float | None, float | None], width: int) -> None:
    points = tuple(Point(date(2018, 4 + at, 30), value, "label") for at, value in enumerate(values))
    chart = replace(CHARTS[0], series=(Series("Actual", Role.ACTUAL, points),), goal=None)

    markup = svg(chart, width=width)

    assert outside(markup) == []
    assert "nan" not in markup


def test_one_month_is_a_single_marker() -> None:
    chart = training.trained_against_target(
        examples.figure(50, target_final=None, due_on=None), examples.trained_frame().head(1),
        examples.target_frame().head(1),
    )  # fmt: skip

    assert "<circle" in svg(chart)


def test_a_milestone_without_a_forecast_is_its_baseline_alone() -> None:
    plan = examples.milestones_frame().tail(1).assign(forecast_on=pd.NaT, slip_days=float("nan"), moves=0)

    chart = milestones.milestone_dates(plan, examples.AS_AT)

    assert chart.rows[0].value_label == "Not due yet, no forecast given"
    assert svg(chart).count("<circle") == 2  # in the key and in the row


def test_ten_years_of_months_are_labelled_by_longer_bands() -> None:
    bands = month_bands(date(2016, 4, 1), date(2026, 4, 1), room=0.06)

    assert len(bands) <= 16
    assert bands[0].first_day == date(2016, 4, 1)
    assert bands[-1].next_first_day > date(2026, 4, 1)


@pytest.mark.parametrize(
    ("values", "scale", "ticks"),
    [
        ([285, 400], Scale.COUNT, [0, 100, 200, 300, 400]),
        ([1], Scale.COUNT, [0, 1]),
        ([0], Scale.COUNT, [0, 1]),
        ([0.3], Scale.SHARE, [0, 0.25, 0.5, 0.75, 1]),
        ([-4, 9], Scale.COUNT, [-5, 0, 5, 10]),
    ],
)
def test_ticks_are_round_and_hold_every_value(values: list[float], scale: Scale, ticks: list[float]) -> None:
    assert value_ticks(values, scale) == pytest.approx(ticks)
