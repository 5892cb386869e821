"""Dates: one row a milestone, from its baseline to when it was or will be reached."""

from datetime import date

from sos_tracker.charts.chart import Chart, Role, Row
from sos_tracker.charts.drawing import LINE, Drawing
from sos_tracker.charts.legend import DATE_MARKS, Key, draw_legend
from sos_tracker.charts.lettering import width_of, wrap
from sos_tracker.charts.scales import MonthBand, Span, month_bands

_TRACK, _GAP = 20, 10


def draw(chart: Chart, drawing: Drawing) -> float:
    """Draws the chart and returns its height, which grows with its rows."""
    bands = month_bands(*_reach(chart), room=36 / (drawing.width - 16))
    across = Span(bands[0].first_day.toordinal(), bands[-1].next_first_day.toordinal(), 8, drawing.width - 8)
    y = draw_legend(drawing, [Key(series.name, series.role, series.slot) for series in chart.series])
    top = _months(drawing, bands, across, y)
    y, breaks = top + 8, [top]
    marks = len(drawing.parts)
    for row in chart.rows:
        head = _words(drawing, row, y)
        _track(chart, drawing, row, across, head + _TRACK / 2)
        y = head + _TRACK + _GAP
        breaks.append(y - _GAP / 2)
    _lines_behind(chart, drawing, bands, across, marks, (top, breaks[-1]), breaks[1:-1])
    if chart.reference:
        _as_at(chart, drawing, across, y)
        y += LINE + 4
    return y


def _reach(chart: Chart) -> tuple[date, date]:
    days = [point.value for series in chart.series for point in series.points if point.value is not None]
    if chart.reference:
        days.append(chart.reference.value)
    return date.fromordinal(int(min(days))), date.fromordinal(int(max(days)))


def _months(drawing: Drawing, bands: list[MonthBand], across: Span, y: float) -> float:
    """Years over months, above the rows; returns the foot of the axis."""
    for band in bands:
        start, end = across(band.first_day.toordinal()), across(band.next_first_day.toordinal())
        if band.year:
            drawing.words((start + end) / 2, y + 14, band.year, anchor="middle", colour=drawing.ink.quiet_text)
        drawing.words((start + end) / 2, y + 32, band.name, anchor="middle", colour=drawing.ink.quiet_text)
    drawing.line(across.start, y + 40, across.end, y + 40, drawing.ink.axis)
    return y + 40


def _words(drawing: Drawing, row: Row, y: float) -> float:
    """The milestone and, at the right or below, what became of it; returns the foot of the words."""
    room = drawing.width - width_of(row.value_label, bold=True) - 24
    is_apart = width_of(row.name) > room
    names = wrap(row.name, drawing.width - 8)
    words = [(line, False) for line in names]
    if is_apart:
        words += [(line, True) for line in wrap(row.value_label, drawing.width - 8, bold=True)]
    else:
        drawing.words(drawing.width - 8, y + 14, row.value_label, anchor="end", bold=True, halo=True)
    for at, (line, bold) in enumerate(words):
        drawing.words(8, y + 14 + LINE * at, line, bold=bold, halo=True)
    return y + LINE * len(words) + 2


def _track(chart: Chart, drawing: Drawing, row: Row, across: Span, y: float) -> None:
    """The baseline's ring, the mark of the later date, and a line between them."""
    places = [
        (series, across(point.value))
        for series in chart.series
        for point in series.points
        if point.at == row.key and point.value is not None
    ]
    if len(places) > 1:
        ends = [x for _, x in places]
        drawing.line(min(ends), y, max(ends), y, drawing.ink.axis, 3)
    for series, x in sorted(places, key=lambda one: one[0].role is not Role.BASELINE):
        is_ring = series.role is Role.BASELINE
        colour = drawing.ink.target if is_ring else drawing.colour(series.slot)
        size = 7.5 if is_ring else 5.5
        drawing.marker(DATE_MARKS[series.role], x, y, size, colour, hollow=is_ring)


def _lines_behind(
    chart: Chart, drawing: Drawing, bands: list[MonthBand], across: Span, marks: int, reach: tuple[float, float],
    breaks: list[float],
) -> None:  # fmt: skip
    """The grid of months, the lines between rows and the as-at line, put under what is already drawn."""
    behind = Drawing(drawing.name, drawing.theme, drawing.width)
    for band in bands[1:]:
        x = across(band.first_day.toordinal())
        behind.line(x, reach[0], x, reach[1], behind.ink.grid)
    for y in breaks:
        behind.line(0, y, behind.width, y, behind.ink.grid)
    if chart.reference:
        x = across(chart.reference.value)
        behind.line(x, reach[0] - 4, x, reach[1] + 6, behind.ink.text, 1.5, "4 4")
    drawing.parts[marks:marks] = behind.parts


def _as_at(chart: Chart, drawing: Drawing, across: Span, foot: float) -> None:
    if chart.reference:
        half = width_of(chart.reference.label, bold=True) / 2
        middle = min(max(across(chart.reference.value), half), drawing.width - half)
        drawing.words(middle, foot + 14, chart.reference.label, anchor="middle", bold=True)
