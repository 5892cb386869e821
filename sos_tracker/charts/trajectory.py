"""The line chart of one figure over its months, against its stepped target: shared by training, leads and budget."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pandas as pd

from sos_tracker.charts.chart import Chart, Column, Goal, Kind, Point, Role, Scale, Series, Table, numeric
from sos_tracker.charts.sentences import Words, alternative, as_at, in_words, known, on_day
from sos_tracker.records.figures import Figure
from sos_tracker.records.periods import day, month_name


@dataclass(frozen=True)
class Measured:
    """What a figure was on one day; ``cells`` are its further columns of the table, as text."""

    on: date
    value: float | None
    part: bool
    cells: tuple[str, ...] = ()
    id: str = ""


@dataclass(frozen=True)
class Wording:
    """The words of one trajectory. ``unit`` follows a value in sentences, as in ``285 people trained``."""

    key: str
    title: str
    subtitle: str
    actual: str
    target: str
    unit: str
    nothing: str
    final: str = "Final target"
    further: tuple[str, ...] = ()


def trajectory(
    figure: Figure, wording: Wording, measured: list[Measured], target_line: pd.DataFrame, scale: Scale, words: Words,
    original: pd.DataFrame | None = None,
) -> Chart:  # fmt: skip
    """The chart of what was measured, up to the as-at date, against ``target_line`` [as_of, target].

    Targets, the figure's too, are in the unit of the measured values; those after the as-at date are still to come.
    ``original``: the same of the target as first approved, where it was revised since.
    """
    targets = _by_day(target_line)
    if targets and figure.target_to_date is not None:
        targets.setdefault(figure.as_at, figure.target_to_date)
    first = {} if original is None else _by_day(original)
    empty = all(one.value is None for one in measured)
    goal = _goal(figure, wording, words)
    chart = Chart(
        key=wording.key,
        title=wording.title,
        subtitle=wording.subtitle,
        kind=Kind.LINE,
        scale=scale,
        alt=_alternative(figure, wording, measured, words, first),
        table=_table(figure, wording, measured, targets, words, first),
        as_at=figure.as_at,
        note=_part_note(measured),
        nothing=wording.nothing if empty else "",
    )
    if empty:
        return chart
    lines = (_actual(wording, measured, words), _target(figure, wording, targets, words), _original(first, words))
    return replace(chart, series=tuple(line for line in lines if line.points), goal=goal)


def rows(frame: pd.DataFrame, *columns: str) -> Iterable[tuple[Any, ...]]:
    """The frame's rows as tuples of these columns, in the frame's order."""
    return zip(*(frame[column].tolist() for column in columns), strict=True)


def when(one: Measured) -> str:
    """``Apr 2018``, or ``May 2018, to 10 May`` of a month that is not over."""
    month = month_name(one.on)
    return f"{month}, to {one.on.day} {one.on:%B}" if one.part else month


def _actual(wording: Wording, measured: list[Measured], words: Words) -> Series:
    last = max((at for at, one in enumerate(measured) if one.value is not None), default=-1)
    points = tuple(
        Point(
            one.on,
            one.value,
            label=f"{words(one.value)} {wording.unit}\nto {one.on.day} {one.on:%B}"
            if at == last and one.value is not None
            else "",
            hover=f"{when(one)}: {in_words(one.value, words)} {wording.unit}",
            id=one.id,
            part=one.part,
        )
        for at, one in enumerate(measured)
    )
    return Series(wording.actual, Role.ACTUAL, points, slot=0)


def _target(figure: Figure, wording: Wording, targets: dict[date, float | None], words: Words) -> Series:
    """The target as it steps; the step in force on the as-at date carries its value."""
    now = max((on for on in targets if on <= figure.as_at), default=None)
    points = tuple(
        Point(
            on,
            value,
            label=f"{wording.target} to date\n{words(value)}" if on == now and value is not None and value > 0 else "",
            hover=f"{day(on)}: {wording.target.lower()} {in_words(value, words)}",
        )
        for on, value in sorted(targets.items())
    )
    return Series(wording.target, Role.TARGET, points)


def _by_day(target_line: pd.DataFrame) -> dict[date, float | None]:
    due = [(on_day(on), known(target)) for on, target in rows(target_line, "as_of", "target")]
    return {on: value for on, value in due if on is not None}


def _original(targets: dict[date, float | None], words: Words) -> Series:
    """The target as first approved, named beside its end."""
    last = max((on for on, value in targets.items() if value is not None), default=None)
    points = tuple(
        Point(
            on,
            value,
            label=f"Original target\n{words(value)}" if on == last and value is not None else "",
            hover=f"{day(on)}: original target {in_words(value, words)}",
        )
        for on, value in sorted(targets.items())
    )
    return Series("Original target", Role.ORIGINAL, points)


def _goal(figure: Figure, wording: Wording, words: Words) -> Goal | None:
    if figure.target_final is None or figure.due_on is None:
        return None
    label = f"{wording.final} {words(figure.target_final)}\nby {day(figure.due_on)}"
    return Goal(figure.due_on, figure.target_final, label)


def _alternative(
    figure: Figure, wording: Wording, measured: list[Measured], words: Words, original: dict[date, float | None]
) -> str:
    known_ones = [one for one in measured if one.value is not None]
    if not known_ones:
        return alternative(wording.nothing, f"There is nothing to draw {as_at(figure.as_at)}.")
    first, last = known_ones[0], known_ones[-1]
    sentences = [f"Line chart {as_at(figure.as_at)}: {words(last.value or 0)} {wording.unit} by {day(last.on)}."]
    if first is not last:
        sentences.append(f"It starts at {words(first.value or 0)} in {month_name(first.on)}.")
    if figure.target_to_date is not None:
        sentences.append(f"The {wording.target.lower()} to date is {words(figure.target_to_date)}.")
    if figure.target_final is not None and figure.due_on is not None:
        sentences.append(f"{wording.final}: {words(figure.target_final)} by {day(figure.due_on)}.")
    ends = [value for _, value in sorted(original.items()) if value is not None]
    if ends:
        sentences.append(f"The target first approved came to {words(ends[-1])}.")
    return alternative(*sentences)


def _table(
    figure: Figure, wording: Wording, measured: list[Measured], targets: dict[date, float | None], words: Words,
    original: dict[date, float | None],
) -> Table:  # fmt: skip
    headings = ["Month", *wording.further, wording.actual, wording.target, *(["Original target"] if original else [])]
    lines = tuple(
        (when(one), *one.cells, in_words(one.value, words),
         *(in_words(line.get(one.on), words, "not set") for line in (targets, original) if line is targets or line))
        for one in measured
    )  # fmt: skip
    caption = f"{wording.subtitle}, {as_at(figure.as_at)}"
    return Table(caption, (Column(headings[0]), *(numeric(name) for name in headings[1:])), lines)


def _part_note(measured: list[Measured]) -> str:
    part = next((one for one in measured if one.part), None)
    return f"{part.on:%B %Y} is a part month, counted to {day(part.on)}; its marker is hollow." if part else ""
