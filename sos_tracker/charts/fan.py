"""What is ahead of a line over time: the band a forecast lies in and its likely line, drawn on and told in words."""

from dataclasses import replace
from datetime import date
from typing import NamedTuple

import pandas as pd

from sos_tracker.charts.chart import Chart, Point, Role, Series, Table, numeric
from sos_tracker.charts.sentences import Words, alternative, in_words, known, on_day
from sos_tracker.charts.trajectory import rows
from sos_tracker.records.periods import day, month_end, month_name

FAN = frozenset({Role.LOW, Role.LIKELY, Role.HIGH})
"""The roles that are ahead: neither what happened nor what is asked for."""
FAN_SLOT = 2
"""Its colour, hatch and marker."""


_BAND = "In four cases of five"


class _Ahead(NamedTuple):
    on: date
    low: float | None
    likely: float | None
    high: float | None

    def range(self, words: Words) -> str:
        return f"{in_words(self.low, words)} to {in_words(self.high, words)}"


def with_fan(chart: Chart, ahead: pd.DataFrame, words: Words) -> Chart:
    """The chart with what is ahead; as it was where there is none.

    ``ahead`` [as_of, low, likely, high]: from the as-at date on, in the unit of the chart; the value lies between low
    and high in four cases of five.
    """
    path = [
        _Ahead(reckoned, known(low), known(likely), known(high))
        for on, low, likely, high in rows(ahead, "as_of", "low", "likely", "high")
        if (reckoned := on_day(on)) is not None
    ]
    if chart.is_empty or len(path) < 2:
        return chart
    last = path[-1]
    series = (
        Series(_BAND, Role.LOW, tuple(Point(at.on, at.low) for at in path)),
        Series(_BAND, Role.HIGH, tuple(Point(at.on, at.high) for at in path)),
        Series("Forecast", Role.LIKELY, tuple(_likely(at, words, is_last=at is last) for at in path)),
    )
    told = (
        f"The forecast for {day(last.on)} is {in_words(last.likely, words)}, in four cases of five {last.range(words)}."
    )
    return replace(
        chart,
        series=(*series, *chart.series),
        alt=alternative(chart.alt, told),
        table=_table(chart, path[1:], words),
        note=f"{chart.note} The dotted band holds what comes in four cases of five.".strip(),
    )


def _likely(at: _Ahead, words: Words, *, is_last: bool) -> Point:
    said, between = in_words(at.likely, words), at.range(words)
    label = f"Forecast {said}\n({between})" if is_last else ""
    return Point(at.on, at.likely, label=label, hover=f"{day(at.on)}: forecast {said}, in four cases of five {between}")


def _table(chart: Chart, path: list[_Ahead], words: Words) -> Table:
    """The chart's table with the days to come below it, and the range in a column of its own."""
    targets = {point.at: point.value for one in chart.series if one.role is Role.TARGET for point in one.points}
    first = {point.at: point.value for one in chart.series if one.role is Role.ORIGINAL for point in one.points}
    table, ends = chart.table, [targets, *([first] if first else [])]
    before = len(table.columns) - 2 - len(ends)
    to_come = tuple(
        (_day_to_come(at.on), *["to come"] * before, f"{in_words(at.likely, words)} forecast",
         *(in_words(line.get(at.on), words, "not shown") for line in ends), at.range(words))
        for at in path
    )  # fmt: skip
    measured = tuple((*row, "counted") for row in table.rows)
    return Table(table.caption, (*table.columns, numeric("In four cases of five")), (*measured, *to_come))


def _day_to_come(on: date) -> str:
    return month_name(on) if on == month_end(on) else f"{month_name(on)}, to {on.day} {on:%B}"
