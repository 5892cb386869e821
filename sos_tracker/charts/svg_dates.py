"""Dates: one row a milestone, from its baseline to when it was or will be reached."""

from datetime import date

from sos_tracker.charts.chart import Chart, Role, Row
from sos_tracker.charts.drawing import LINE, Drawing
from sos_tracker.charts.legend import DATE_MARKS, Key, draw_legend
from sos_tracker.charts.lettering import width_of, wrap
from sos_tracker.charts.scales import MonthBand, Span, month_bands
from sos_tracker.records.periods import next_month

_TRACK, _GAP = 20, 10


def draw(chart: Chart, drawing: Drawing) -> float:
    """Draws the chart and returns its height, which grows with its rows."""
    bands = month_bands(*_reach(chart), room=30 / (drawing.width - 16))
    across = Span(bands[0].first_day.toordinal(), bands[-1].next_first_day.toordinal(), 8, drawing.width - 8)
    y = draw_legend(drawing, [Key(series.name, series.role, series.slot) for series in chart.series])
    y = _months(drawing, bands, across, y)
    if chart.reference:
        y = _as_at(chart, drawing, across, y)
    y += 4
    for row in chart.rows:
        head = _words(drawing, row, y)
        _lines_behind(chart, drawing, bands, across, head, head + _TRACK)
        _track(chart, drawing, row, across, head + _TRACK / 2)
        y = head + _TRACK + _GAP
        if row is not chart.rows[-1]:
            drawing.line(0, y - _GAP / 2, drawing.width, y - _GAP / 2, drawing.ink.grid)
    return y - _GAP + 4


def _reach(chart: Chart) -> tuple[date, date]:
    days = [point.value for series in chart.series for point in series.points if point.value is not None]
    if chart.reference:
        days.append(chart.reference.value)
    return date.fromordinal(int(min(days))), date.fromordinal(int(max(days)))


def _months(drawing: Drawing, bands: list[MonthBand], across: Span, y: float) -> float:
    """Years over months, above the rows; returns the foot of the axis."""
    for band in bands:
        start, end = across(band.first_day.toordinal()), across(band.next_first_day.toordinal())
        first = across(next_month(band.first_day).toordinal())
        middle = (start + (first if band.is_months else end)) / 2
        if band.year:
            drawing.words(middle, y + 14, band.year, anchor="middle", colour=drawing.ink.quiet_text)
        drawing.words(middle, y + 32, band.name, anchor="middle", colour=drawing.ink.quiet_text)
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
        drawing.words(drawing.width - 8, y + 14, row.value_label, anchor="end", bold=True)
    for at, (line, bold) in enumerate(words):
        drawing.words(8, y + 14 + LINE * at, line, bold=bold)
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
    chart: Chart, drawing: Drawing, bands: list[MonthBand], across: Span, top: float, foot: float
) -> None:
    """The months and the as-at date behind one row's marks; its words are kept clear of lines."""
    for band in bands:
        x = across(band.first_day.toordinal())
        drawing.line(x, top, x, foot, drawing.ink.grid)
    drawing.line(across.end, top, across.end, foot, drawing.ink.grid)
    if chart.reference:
        x = across(chart.reference.value)
        drawing.line(x, top, x, foot, drawing.ink.text, 1.5, "4 3")


def _as_at(chart: Chart, drawing: Drawing, across: Span, y: float) -> float:
    """The as-at date under the axis, pointing at its place; returns the foot of its words."""
    if chart.reference:
        place, half = across(chart.reference.value), width_of(chart.reference.label, bold=True) / 2
        middle = min(max(place, half), drawing.width - half)
        drawing.line(place, y, place, y + 6, drawing.ink.text, 1.5)
        drawing.words(middle, y + 22, chart.reference.label, anchor="middle", bold=True)
    return y + 27
