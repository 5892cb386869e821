"""Lines over time: actual with markers, target as a dashed step line, labels beside the points they belong to."""

from datetime import date
from itertools import pairwise

from sos_tracker.charts.chart import Chart, Goal, Point, Role, Series
from sos_tracker.charts.drawing import Drawing
from sos_tracker.charts.fan import FAN, FAN_SLOT
from sos_tracker.charts.lettering import width_of
from sos_tracker.charts.placing import Label, Segment, draw_labels, rings
from sos_tracker.charts.scales import MonthBand, Span, month_bands, tick_label, value_ticks, values_drawn
from sos_tracker.records.periods import next_month

_TOP, _BAND = 14, 42
RING, _ROW = 10, 24
"""The radius of the ring around a note's number, and the height of a row of them."""


def draw(chart: Chart, drawing: Drawing) -> float:
    """Draws the chart and returns its height."""
    above = _rows_of_notes(chart, drawing.width) * _ROW
    height = (330 if drawing.width >= 480 else 300) + above
    ticks = value_ticks(values_drawn(chart), chart.scale)
    names = [tick_label(tick, chart.scale) for tick in ticks]
    left = max(width_of(name) for name in names) + 10
    bands = month_bands(*_reach(chart), room=30 / (drawing.width - left - 10))
    days = (bands[0].first_day.toordinal(), bands[-1].next_first_day.toordinal())
    across = Span(days[0], days[1], left, drawing.width - 10)
    up = Span(ticks[0], ticks[-1], height - _BAND, _TOP + above)
    for tick, name in zip(ticks, names, strict=True):
        is_zero = tick == 0
        drawing.line(left, up(tick), drawing.width - 10, up(tick), drawing.ink.axis if is_zero else drawing.ink.grid)
        drawing.words(left - 8, up(tick) + 5, name, anchor="end", colour=drawing.ink.quiet_text)
    _time_axis(drawing, bands, across, up)
    _annotations(chart, drawing, across, up)
    lines, labels = _series(chart, drawing, across, up)
    if chart.goal:
        labels.append(_goal(chart, chart.goal, drawing, across, up, lines))
    page = (left + 2, float(above), drawing.width, height - _BAND)
    draw_labels(drawing, labels, lines, page)
    return height


def _rows_of_notes(chart: Chart, width: float) -> int:
    """How many rows the numbers of the notes need where they would touch: reckoned a little narrower than drawn."""
    if not chart.annotations:
        return 0
    first, last = _reach(chart)
    across = Span(first.toordinal(), max(last, chart.as_at).toordinal() + 1, 0, width * 0.75)
    return max(rings([across(note.on.toordinal()) for note in chart.annotations])) + 1


def _day(point: Point) -> date:
    if not isinstance(point.at, date):
        raise TypeError("A line over time takes points with dates.")
    return point.at


def _reach(chart: Chart) -> tuple[date, date]:
    days = [_day(point) for series in chart.series for point in series.points if point.value is not None]
    if chart.goal:
        days.append(chart.goal.on)
    return min(days), max(days)


def _time_axis(drawing: Drawing, bands: list[MonthBand], across: Span, up: Span) -> None:
    foot = up.start
    for band in bands:
        start, end = across(band.first_day.toordinal()), across(band.next_first_day.toordinal())
        drawing.line(start, foot, start, foot + 5, drawing.ink.axis)
        first = across(next_month(band.first_day).toordinal())
        middle = (start + (first if band.is_months else end)) / 2
        drawing.words(middle, foot + 18, band.name, anchor="middle", colour=drawing.ink.quiet_text)
        if band.year:
            drawing.words(middle, foot + 36, band.year, anchor="middle", colour=drawing.ink.quiet_text)
    drawing.line(across.end, foot, across.end, foot + 5, drawing.ink.axis)


def _series(chart: Chart, drawing: Drawing, across: Span, up: Span) -> tuple[list[Segment], list[Label]]:
    """Targets first, so that what happened lies on top; returns what labels must keep clear of."""
    lines, labels = _ahead(chart, drawing, across, up)
    for series in sorted(chart.series, key=lambda one: one.role is Role.ACTUAL):
        if series.role in FAN:
            continue
        is_target, is_original = series.role is not Role.ACTUAL, series.role is Role.ORIGINAL
        colour = drawing.ink.target if is_target else drawing.colour(series.slot)
        for run in _runs(series):
            places = [(across(_day(point).toordinal()), up(point.value or 0.0)) for point in run]
            way = _steps(places) if is_target else places
            if len(way) > 1:
                drawing.path(way, colour, 2 if is_target else 3, "2 4" if is_original else "7 5" if is_target else "")
            lines += [(*one, *other) for one, other in pairwise(way)]
            for point, place in zip(run, places, strict=True):
                if not is_target:
                    drawing.marker(series.slot, *place, 5.5 if point.part else 4.5, colour, hollow=point.part)
                    lines.append((place[0] - 5, place[1] - 5, place[0] + 5, place[1] + 5))
                elif point.label or len(run) == 1:
                    drawing.marker(3, *place, 4.5, colour)
                if point.label:
                    text_colour = drawing.ink.target if is_target else drawing.text_colour(series.slot)
                    text = tuple(point.label.split("\n"))
                    labels.append(Label(text, *place, text_colour, not is_target, not is_target))
    return lines, labels


def _ahead(chart: Chart, drawing: Drawing, across: Span, up: Span) -> tuple[list[Segment], list[Label]]:
    """The forecast below everything else: its band hatched and edged, its likely line dashed and named at its end."""
    ways = {
        series.role: [(across(_day(point).toordinal()), up(point.value or 0.0)) for point in series.points]
        for series in chart.series
        if series.role in FAN
    }
    if not ways:
        return [], []
    low, high, likely = ways[Role.LOW], ways[Role.HIGH], ways[Role.LIKELY]
    drawing.area([*high, *reversed(low)], drawing.fill(FAN_SLOT, hatch=True))
    for edge in (low, high):
        drawing.path(edge, drawing.colour(FAN_SLOT), 1)
    drawing.path(likely, drawing.colour(FAN_SLOT), 2.5, "10 4 2 4")
    drawing.marker(FAN_SLOT, *likely[-1], 4.5, drawing.colour(FAN_SLOT))
    label = next(point.label for one in chart.series if one.role is Role.LIKELY for point in one.points if point.label)
    named = Label(tuple(label.split("\n")), *likely[-1], drawing.text_colour(FAN_SLOT), bold=True, above_first=False)
    return [(*one, *other) for way in ways.values() for one, other in pairwise(way)], [named]


def _runs(series: Series) -> list[list[Point]]:
    """The points between gaps: a missing value breaks the line."""
    runs: list[list[Point]] = [[]]
    for point in series.points:
        if point.value is None:
            runs.append([])
        else:
            runs[-1].append(point)
    return [run for run in runs if run]


def _steps(places: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """A value holds until the next date it is set for: across, then up."""
    way = places[:1]
    for (_, before), (x, y) in pairwise(places):
        way += [(x, before), (x, y)]
    return way


def _annotations(chart: Chart, drawing: Drawing, across: Span, up: Span) -> None:
    """Numbers in rings above the drawing, where no line is, each with a faint line down its day."""
    middle = [across(note.on.toordinal()) for note in chart.annotations]
    places = [min(max(x, across.start), across.end - RING) for x in middle]
    for note, x, row in zip(chart.annotations, places, rings(places), strict=True):
        y = up.end - _ROW * row - RING - 4
        drawing.line(x, y + RING, x, up.start, drawing.ink.axis, 1, "1 4")
        drawing.ring(x, y, RING, f"{note.number}")


def _goal(chart: Chart, goal: Goal, drawing: Drawing, across: Span, up: Span, lines: list[Segment]) -> Label:
    """The final target on its due date, with a faint line to it from the last step where the steps end sooner."""
    x, y = across(goal.on.toordinal()), up(goal.value)
    steps = [point for series in chart.series if series.role is Role.TARGET for point in series.points]
    last = next((point for point in reversed(steps) if point.value is not None), None)
    if last is not None and last.value is not None and _day(last) < goal.on:
        start = (across(_day(last).toordinal()), up(last.value))
        drawing.path([start, (x, y)], drawing.ink.axis, 1.5, "2 5")
        lines.append((*start, x, y))
    drawing.marker(3, x, y, 6.5, drawing.ink.target)
    return Label(tuple(goal.label.split("\n")), x, y, drawing.ink.target, bold=True, above_first=True)
