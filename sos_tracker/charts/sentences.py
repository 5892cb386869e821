"""How findings are put: against the target to date, and in text alternatives of a length a screen reader bears."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pandas as pd

from sos_tracker.charts.chart import ALT_LONGEST, ALT_SHORTEST
from sos_tracker.records.figures import Figure, Unit
from sos_tracker.records.money import percent, round_half_up
from sos_tracker.records.periods import day

Words = Callable[[float], str]


def count(value: float) -> str:
    return f"{int(round_half_up(value)):,}"


def against_target(figure: Figure, words: Words, ahead: str = "ahead of", behind: str = "behind") -> str:
    """``109 ahead of the target to date``, in the figure's own unit (rates in percentage points)."""
    target, value = figure.target_to_date, figure.rate if figure.target_is_rate else figure.value
    if target is None or value is None:
        return "no target set" if target is None else "no figure to set against the target"
    if figure.target_is_rate:
        points = int(round_half_up(value * 100)) - int(round_half_up(target * 100))
        if points == 0:
            return f"level with the target to date of {percent(target, 1)}"
        unit = "percentage point" if abs(points) == 1 else "percentage points"
        return f"{abs(points)} {unit} {ahead if points > 0 else behind} the target to date"
    digits = 1 if figure.unit is Unit.SCORE else 0
    off = round_half_up(value, digits) - round_half_up(target, digits)
    if off == 0:
        return "level with the target to date"
    return f"{words(float(abs(off)))} {ahead if off > 0 else behind} the target to date"


def share(part: float, whole: float) -> str:
    """``67%``, or ``none due yet`` of nothing."""
    return percent(part, whole) if whole else "none yet"


def alternative(*sentences: str) -> str:
    """The text alternative: the sentences that fit in 450 characters, the first of them cut if it must be."""
    said = ""
    for sentence in sentences:
        more = f"{said} {sentence}".strip()
        if len(more) <= ALT_LONGEST:
            said = more
        elif not said:
            said = sentence[: ALT_LONGEST - 1].rstrip() + "…"
    return said if len(said) >= ALT_SHORTEST else f"{said} The figures stand in the table under the chart.".strip()


def on_day(value: Any) -> date | None:
    """A frame's date as a date; None where it is missing."""
    return None if value is None or pd.isna(value) else pd.Timestamp(value).date()


def known(value: Any) -> float | None:
    """A frame's number; None where it is missing."""
    return None if value is None or pd.isna(value) else float(value)


def in_words(value: float | None, words: Words, missing: str = "no data") -> str:
    return missing if value is None else words(value)


def as_at(on: date) -> str:
    return f"as at {day(on)}"
