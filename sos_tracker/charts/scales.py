"""Where values and dates fall on an axis, and what is printed at its ticks."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sos_tracker.charts.chart import Chart, Role, Scale
from sos_tracker.records import periods
from sos_tracker.records.money import percent, whole_pounds

FULL = {Scale.SHARE: 1.0, Scale.SCORE: 10.0}
"""Axes that always reach to the whole."""
_STEPS = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True)
class Span:
    """A stretch of values and the stretch of the page it is drawn on."""

    first: float
    last: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        return self.start + (value - self.first) / (self.last - self.first) * (self.end - self.start)


def value_ticks(values: Sequence[float], scale: Scale, *, about: int = 4) -> list[float]:
    """Round ticks that hold all values and zero; for shares 0 to 1, for scores 0 to 10 at least."""
    low, high = min([0.0, *values]), max([FULL.get(scale, 0.0), *values])
    about = 5 if scale is Scale.SCORE else about
    smallest = {Scale.PENCE: 100.0, Scale.COUNT: 1.0, Scale.SCORE: 1.0}.get(scale, 0.0)
    step = max(_round_step((high - low) / about), smallest) if high > low else max(smallest, 1.0)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [number * step for number in range(first, max(last, first + 1) + 1)]


def _round_step(rough: float) -> float:
    power = 10.0 ** math.floor(math.log10(rough))
    return next(step * power for step in _STEPS if step * power >= rough * (1 - 1e-9))


def tick_label(value: float, scale: Scale) -> str:
    if scale is Scale.PENCE:
        return whole_pounds(round(value))
    if scale is Scale.SHARE:
        return percent(value, 1)
    return f"{value:,.0f}".replace("-0", "0") if abs(value) < 0.5 else f"{value:,.0f}"


def stacked(chart: Chart) -> dict[tuple[str, date | str], float]:
    """Where each stretch of a bar starts, by series and row: after those of its sign before it."""
    reached: dict[tuple[date | str, bool], float] = {}
    starts: dict[tuple[str, date | str], float] = {}
    for series in chart.series:
        if series.role in (Role.TARGET, Role.WHOLE):
            continue
        for point in series.points:
            if point.value is not None:
                side = (point.at, point.value >= 0)
                starts[series.name, point.at] = reached.get(side, 0.0)
                reached[side] = starts[series.name, point.at] + point.value
    return starts


def bar_ends(chart: Chart) -> list[float]:
    """Where anything drawn in a BARS chart ends, nought and the reference line included."""
    starts = stacked(chart)
    return [0.0, *([chart.reference.value] if chart.reference else [])] + [
        starts.get((series.name, point.at), 0.0) + point.value
        for series in chart.series
        for point in series.points
        if point.value is not None
    ]


def values_drawn(chart: Chart) -> list[float]:
    """Every value of a LINE chart, its final target included."""
    found = [point.value for series in chart.series for point in series.points if point.value is not None]
    return [*found, chart.goal.value] if chart.goal else found


@dataclass(frozen=True)
class MonthBand:
    """A stretch of whole months on a time axis; ``first_day`` up to ``next_first_day``."""

    first_day: date
    next_first_day: date
    name: str
    year: str
    is_months: bool = True


def month_bands(first: date, last: date, room: float) -> list[MonthBand]:
    """The axis from the month of ``first`` to that of ``last``, in bands of 1, 2, 3 or 6 months or of whole years.

    ``room`` is the share of the axis one label needs (0.1 lets ten bands stand). The year stands under the first band
    of each year.
    """
    months = periods.months(first, last)
    size = next((size for size in (1, 2, 3, 6, 12, 24, 60) if len(months) / size * room <= 1), 120)
    bands, year = [], ""
    for at in range(0, len(months), size):
        start = months[at]
        end = periods.next_month(months[min(at + size, len(months)) - 1])
        bands.append(MonthBand(start, end, f"{start:%b}" if size < 12 else f"{start:%Y}", "", size < 12))
        if size < 12 and f"{start:%Y}" != year:
            year = f"{start:%Y}"
            bands[-1] = MonthBand(start, end, bands[-1].name, year)
    return bands
