"""A table as a .csv that Excel opens rightly: UTF-8 with a byte order mark, CRLF line ends, ISO dates."""

import csv
import io
from collections.abc import Mapping
from datetime import datetime

import pandas as pd

from sos_tracker.exports.columns import Cell, Column, Kind, columns, could_be_a_formula


def csv_bytes(frame: pd.DataFrame, headings: Mapping[str, str]) -> bytes:
    """The columns named in ``headings`` (column -> heading), one line a row.

    A .csv has no way to say that a cell is text, so text a spreadsheet would take for a formula (beginning with
    = + - @, a tab or a line end) gets an apostrophe before it. Numbers, dates and money are never given one.
    """
    table = columns(frame, headings)
    target = io.StringIO(newline="")
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow([_safe(column.heading) for column in table])
    writer.writerows(zip(*[[_written(column, cell) for cell in column.cells] for column in table], strict=True))
    return target.getvalue().encode("utf-8-sig")


def _written(column: Column, cell: Cell) -> str:
    if cell is None:
        return ""
    if column.kind is Kind.MONEY:
        return f"{cell:.2f}"
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="seconds")
    return _safe(cell) if isinstance(cell, str) else str(cell)


def _safe(text: str) -> str:
    return f"'{text}" if could_be_a_formula(text) else text
