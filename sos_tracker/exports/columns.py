"""What the cells of a column are, the same for every kind of file."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Any

import pandas as pd

# What a spreadsheet takes for the beginning of a formula (OWASP, "CSV Injection"), the wide East Asian signs included.
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")

# Half characters and two others that neither UTF-8 text nor a workbook's XML can hold.
_NO_FILE_HOLDS = re.compile("[\ud800-\udfff\ufffe\uffff]")


class Kind(StrEnum):
    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"  # pounds
    SHARE = "share"  # 0-1
    DATE = "date"
    MOMENT = "moment"  # date and time, UTC


Cell = str | int | float | date | datetime | None


@dataclass(frozen=True)
class Column:
    heading: str
    kind: Kind
    cells: tuple[Cell, ...]


def could_be_a_formula(text: str) -> bool:
    return text.startswith(_STARTS_A_FORMULA)


def columns(frame: pd.DataFrame, headings: Mapping[str, str]) -> tuple[Column, ...]:
    """The columns named in ``headings`` (column -> heading), in that order; the others of the frame stay behind.

    By their names, columns ending ``_pence`` come out in pounds and those ending ``rate`` are shares 0-1.
    Missing values are None; flags are "yes" and "no".
    """
    return tuple(_column(frame[name], name, heading) for name, heading in headings.items())


def _column(series: "pd.Series[Any]", name: str, heading: str) -> Column:
    values = [_value(value) for value in series.astype(object)]
    cells: tuple[Cell, ...]
    present = [value for value in values if value is not None]
    if present and all(isinstance(value, date) for value in present):
        if any(isinstance(value, datetime) and value.time() != time() for value in present):
            return Column(heading, Kind.MOMENT, tuple(values))
        cells = tuple(value.date() if isinstance(value, datetime) else value for value in values)
        return Column(heading, Kind.DATE, cells)
    if present and all(isinstance(value, int | float) for value in present):
        if name.endswith("_pence"):
            return Column(heading, Kind.MONEY, tuple(_pounds(value) for value in values))
        return Column(heading, Kind.SHARE if name.endswith("rate") else Kind.NUMBER, tuple(values))
    return Column(heading, Kind.TEXT, tuple(None if value is None else _text(value) for value in values))


def _value(value: Any) -> Cell:
    if value is None or pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        value = value.to_pydatetime()
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo else value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if hasattr(value, "item"):  # a numpy scalar
        return _value(value.item())
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value if isinstance(value, int | float | date) else _NO_FILE_HOLDS.sub("\ufffd", str(value))


def _pounds(pence: Cell) -> float | None:
    return round(pence / 100, 2) if isinstance(pence, int | float) else None


def _text(value: Cell) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
