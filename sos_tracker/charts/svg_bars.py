"""Bars: one row a name, the name and its value in words, so that a name of any length stays readable."""

from dataclasses import dataclass
from datetime import date

from sos_tracker.charts.chart import Chart, Role, Row, Series
from sos_tracker.charts.drawing import LINE, Drawing
from sos_tracker.charts.legend import Key, draw_legend
from sos_tracker.charts.lettering import width_of, wrap
from sos_tracker.charts.scales import FULL, Span, bar_ends, stacked

_BAR, _GAP = 16, 16
Places = dict[tuple[str, date | str], tuple[float, float]]
"""The known values of a chart by series and row, each with where its stretch of the bar starts."""


@dataclass(frozen=True)
class _Layout:
    """``beside``: short names stand left of their bars and values right of them, else both stand above."""

    beside: bool
    name_width: float
    left: float
    right: float


def draw(chart: Chart, drawing: Drawing) -> float:
    """Draws the chart and returns its height, which grows with its rows."""
    layout = _layout(chart, drawing.width)
    across = _span(chart, layout)
    starts = stacked(chart)
    points = {
        (series.name, point.at): (point.value, starts.get((series.name, point.at), 0.0))
        for series in chart.series
        for point in series.points
        if point.value is not None
    }
    y = draw_legend(drawing, _keys(chart))
    if chart.reference:
        _reference_label(chart, drawing, across, y + LINE - 4)
        y += LINE + 8
    for row in chart.rows:
        y = _row(chart, drawing, row, points, layout, across, y)
    return y - _GAP + 8


def _layout(chart: Chart, width: float) -> _Layout:
    names = max(len(wrap(row.name, width * 0.36)) for row in chart.rows)
    values = max(width_of(row.value_label, bold=True) for row in chart.rows)
    if width >= 480 and names <= 2 and values <= width * 0.24:
        name_width = min(max(width_of(row.name) for row in chart.rows), width * 0.36) + 1
        return _Layout(beside=True, name_width=name_width, left=name_width + 12, right=width - values - 10)
    return _Layout(beside=False, name_width=width, left=1, right=width - 1)


def _span(chart: Chart, layout: _Layout) -> Span:
    """From the lowest to the highest end of any bar, zero included; shares always run to 100 %."""
    ends = bar_ends(chart)
    low, high = min(ends), max(ends)
    high = max(high, FULL.get(chart.scale, high))
    return Span(low, high if high > low else low + 1, layout.left, layout.right)


def _keys(chart: Chart) -> list[Key]:
    if len(chart.series) < 2:
        return []
    return [Key(series.name, series.role, series.slot) for series in chart.series]


def _reference_label(chart: Chart, drawing: Drawing, across: Span, y: float) -> None:
    if chart.reference:
        place, half = across(chart.reference.value), width_of(chart.reference.label) / 2
        middle = min(max(place, half), drawing.width - half)
        drawing.words(middle, y, chart.reference.label, anchor="middle", colour=drawing.ink.text)


def _reference_line(drawing: Drawing, x: float, top: float, foot: float) -> None:
    """Dashed, on a faint ground of its own so that it shows on bars too; kept off the words of its row."""
    drawing.line(x, top, x, foot, drawing.ink.background, 3.5)
    drawing.line(x, top, x, foot, drawing.ink.text, 1.5, "4 3")


def _row(
    chart: Chart, drawing: Drawing, row: Row, points: Places, layout: _Layout, across: Span,
    y: float,
) -> float:  # fmt: skip
    """One row; returns where the next one starts."""
    if layout.beside:
        lines = wrap(row.name, layout.name_width)
        tall = max(LINE * len(lines), _BAR + 2)
        for at, line in enumerate(lines):
            drawing.words(layout.name_width, y + (tall - LINE * len(lines)) / 2 + 14 + LINE * at, line, anchor="end")
        bar = y + (tall - _BAR) / 2
        drawing.words(layout.right + 10, bar + _BAR / 2 + 5, row.value_label, bold=True)
        foot = y + tall
    else:
        bar = foot = _words_above(drawing, row, y)
        foot += _BAR
    _bar(chart, drawing, row, points, across, bar)
    top, foot_of_line = (y - 6, foot + 6) if layout.beside else (bar - 4, bar + _BAR + 4)
    if across.first < 0:
        drawing.line(across(0), top, across(0), foot_of_line, drawing.ink.axis)
    if chart.reference:
        _reference_line(drawing, across(chart.reference.value), top, foot_of_line)
    return foot + (_GAP if not layout.beside else _GAP - 4)


def _words_above(drawing: Drawing, row: Row, y: float) -> float:
    """The name, and its value at the right of the first line or, where there is no room, below; returns the foot."""
    value_width = width_of(row.value_label, bold=True)
    room = drawing.width - value_width - 16
    is_apart = room < 150 and width_of(row.name) > room
    lines = wrap(row.name, drawing.width if is_apart else room)
    for at, line in enumerate(lines):
        drawing.words(0, y + 14 + LINE * at, line)
    foot = y + LINE * len(lines)
    if not is_apart:
        drawing.words(drawing.width, y + 14, row.value_label, anchor="end", bold=True)
        return foot + 4
    values = wrap(row.value_label, drawing.width, bold=True)
    for at, line in enumerate(values):
        drawing.words(0, foot + 14 + LINE * at, line, bold=True)
    return foot + LINE * len(values) + 4


def _bar(chart: Chart, drawing: Drawing, row: Row, points: Places, across: Span, y: float) -> None:
    zero = across(0)
    found = [(series, *points[series.name, row.key]) for series in chart.series if (series.name, row.key) in points]
    for series, value, start in sorted(found, key=_order):
        if series.role is Role.WHOLE:
            drawing.box(zero, y + 0.5, max(across(value) - zero, 0), _BAR - 1, "none", drawing.ink.track)
        elif series.role is Role.TARGET:
            _tick(drawing, across(value), y)
        else:
            _piece(drawing, series, across(start), across(start + value), y)
    if not any(value for series, value, _ in found if series.role in (Role.ACTUAL, Role.PART)):
        colour = drawing.colour(0) if found else drawing.ink.axis
        drawing.line(zero + 1, y, zero + 1, y + _BAR, colour, 2)


def _order(found: tuple[Series, float, float]) -> int:
    return {Role.WHOLE: 0, Role.TARGET: 2}.get(found[0].role, 1)


def _piece(drawing: Drawing, series: Series, start: float, end: float, y: float) -> None:
    left, width = min(start, end), abs(end - start)
    if width < 0.05:
        return
    hatch = series.role is Role.PART
    edge = drawing.colour(series.slot)
    drawing.box(left, y + 0.5, max(width - 1, 1), _BAR - 1, drawing.fill(series.slot, hatch=hatch), edge)


def _tick(drawing: Drawing, x: float, y: float) -> None:
    drawing.line(x, y - 3, x, y + _BAR + 3, drawing.ink.background, 6)
    drawing.line(x, y - 3, x, y + _BAR + 3, drawing.ink.text, 3)
