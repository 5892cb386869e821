"""Notes on a line over time: numbered on the drawing, in words beside it, whatever their day."""

from datetime import date

import pytest

from sos_tracker.charts import training
from sos_tracker.charts.annotations import Noted, annotated
from sos_tracker.charts.chart import ALT_LONGEST, Chart
from sos_tracker.charts.plotly_figure import plotly_figure
from sos_tracker.charts.svg import NARROW, WIDE, svg
from sos_tracker.ui.chart_parts import chart_block
from tests.charts import examples
from tests.charts.test_svg import outside, read, texts

SNOW = Noted(date(2018, 2, 20), "Snow: one course <b>cancelled</b>")
ILLNESS = Noted(date(2018, 2, 12), "Trainer illness, two courses moved")
LONG_AGO = Noted(date(2016, 1, 1), "The grant was applied for")


def noted(*notes: Noted) -> Chart:
    chart = training.trained_against_target(examples.figure(), examples.trained_frame(), examples.target_frame())
    return annotated(chart, notes)


def test_a_note_stands_by_number_on_the_drawing_and_in_words_in_list_table_and_alternative() -> None:
    chart = noted(SNOW, ILLNESS)

    assert [(note.number, note.on) for note in chart.annotations] == [(1, ILLNESS.on), (2, SNOW.on)]
    assert {"1", "2"} <= set(texts(svg(chart)))
    assert "2 notes, the newest of 20 February 2018: Snow" in chart.alt
    (february,) = [row[-1] for row in chart.table.rows if row[0] == "Feb 2018"]
    assert february.startswith("1. 12 February 2018: Trainer illness, two courses moved; 2. 20 February 2018: Snow")
    block = chart_block(chart)
    assert "<li>12 February 2018: Trainer illness, two courses moved</li>" in block
    assert "<b>cancelled" not in block


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_numbers_of_notes_neither_touch_nor_leave_the_drawing(width: int) -> None:
    days = [date(2018, 2, day) for day in range(1, 13)]
    drawn = svg(noted(LONG_AGO, *(Noted(day, f"Note of {day}") for day in days)), width=width)

    rings = [
        tuple(float(element.attrib[name]) for name in ("cx", "cy"))
        for element in read(drawn).iter()
        if element.tag.endswith("}circle") and element.attrib["r"] == "10"
    ]
    assert len(rings) == 13
    assert outside(drawn) == []
    assert all(y >= 10 and 10 <= x <= width - 10 for x, y in rings)
    apart = [abs(x - a) + abs(y - b) for at, (x, y) in enumerate(rings) for a, b in rings[at + 1 :]]
    assert min(apart) >= 20


def test_plotly_has_each_number_once_with_its_sentence_and_room_above() -> None:
    plain, figure = plotly_figure(noted()), plotly_figure(noted(SNOW, ILLNESS))

    numbers = [each for each in figure.layout.annotations if each.text in ("<b>1</b>", "<b>2</b>")]
    assert [each.hovertext for each in numbers] == [
        "Trainer illness, two courses moved", "Snow: one course &lt;b&gt;cancelled&lt;/b&gt;",
    ]  # fmt: skip
    assert numbers[0].yshift != numbers[1].yshift  # eight days apart, they would touch on a phone
    assert figure.layout.height > plain.layout.height


def test_many_long_notes_leave_the_alternative_bearable() -> None:
    chart = noted(*(Noted(date(2018, 3, day), "A long story. " * 20) for day in range(1, 20)))

    assert len(chart.alt) <= ALT_LONGEST
    assert "19 notes" in chart.alt
