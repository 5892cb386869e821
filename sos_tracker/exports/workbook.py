"""Tables as an .xlsx: real dates and numbers, text that stays text, the same bytes for the same tables."""

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pandas as pd
import xlsxwriter

from sos_tracker.exports.columns import Cell, Column, Kind, columns, could_be_a_formula

MOST_ROWS = 1_048_575  # Excel's 1,048,576, less the headings
_LONGEST_TEXT = 32_767  # of one cell; Excel's limit
_FIRST_DAY = date(1900, 3, 1)  # before it Excel's calendar is a day out, and before 1900 it has none
_WIDEST, _NARROWEST = 60, 8
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - Excel's dates have no zone; fixed, so that like tables give like bytes
_NUMBER_FORMATS = {
    Kind.NUMBER: "#,##0.##########",
    Kind.MONEY: "£#,##0.00;[Red]-£#,##0.00",
    Kind.SHARE: "0.0%",
    Kind.DATE: "d mmmm yyyy",
    Kind.MOMENT: "d mmmm yyyy hh:mm",
}


class TooManyRows(ValueError):
    """A table is longer than an Excel sheet can be."""


@dataclass(frozen=True)
class Sheet:
    """One table: ``headings`` maps the columns that come out, in order, to their headings."""

    title: str
    frame: pd.DataFrame
    headings: Mapping[str, str]


def xlsx_bytes(sheets: Sequence[Sheet], *, about: Sequence[str] = ()) -> bytes:
    """A workbook with these sheets; ``about``: sentences for a last sheet (what is counted, as-at date, notices).

    Raises TooManyRows where a table is longer than a sheet can be.
    """
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(target, options)
    book.set_properties({"created": _MADE})
    formats = _Formats(book)
    names = _sheet_names([sheet.title for sheet in sheets] + ["About"] * bool(about))
    for name, sheet in zip(names, sheets, strict=False):
        if len(sheet.frame) > MOST_ROWS:
            raise TooManyRows(
                f"“{sheet.title}” has {len(sheet.frame):,} rows and an Excel sheet holds {MOST_ROWS:,}. "
                "Choose fewer with the filters, or download it as csv."
            )
        _write(book.add_worksheet(name), columns(sheet.frame, sheet.headings), formats)
    if about:
        page = book.add_worksheet(names[-1])
        page.set_column(0, 0, 100)
        for row, sentence in enumerate(about):
            page.write_string(row, 0, sentence[:_LONGEST_TEXT], formats.text(sentence))
    book.close()
    return target.getvalue()


class _Formats:
    """The cell formats of one workbook, each made once."""

    def __init__(self, book: Any) -> None:
        wrapped = {"text_wrap": True, "valign": "top"}
        self.heading = book.add_format({"bold": True, "bottom": 2, **wrapped})
        self._text = book.add_format(wrapped)
        # quote_prefix: a cell edited later does not turn into a formula
        self._quoted = book.add_format({"quote_prefix": True, **wrapped})
        self.of_kind = {
            kind: book.add_format({"num_format": form, "valign": "top"}) for kind, form in _NUMBER_FORMATS.items()
        }
        self.whole = book.add_format({"num_format": "#,##0", "valign": "top"})

    def text(self, text: str) -> Any:
        return self._quoted if could_be_a_formula(text) else self._text


def _write(page: Any, table: Sequence[Column], formats: _Formats) -> None:
    rows = len(table[0].cells) if table else 0
    page.freeze_panes(1, 0)
    page.repeat_rows(0)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    if rows:
        page.autofilter(0, 0, rows, len(table) - 1)
    for at, column in enumerate(table):
        page.set_column(at, at, _width(column))
        page.write_string(0, at, column.heading, formats.heading)
        for row, cell in enumerate(column.cells, start=1):
            _write_cell(page, row, at, cell, column.kind, formats)


def _write_cell(page: Any, row: int, at: int, cell: Cell, kind: Kind, formats: _Formats) -> None:
    if cell is None:
        return
    if isinstance(cell, date) and (cell.date() if isinstance(cell, datetime) else cell) >= _FIRST_DAY:
        page.write_datetime(row, at, cell, formats.of_kind[kind])
    elif isinstance(cell, int | float):
        whole = kind is Kind.NUMBER and cell == int(cell)
        page.write_number(row, at, cell, formats.whole if whole else formats.of_kind[kind])
    else:
        text = (cell.isoformat() if isinstance(cell, date) else cell)[:_LONGEST_TEXT]
        page.write_string(row, at, text, formats.text(text))


def _width(column: Column) -> int:
    shown = {Kind.DATE: 18, Kind.MOMENT: 24, Kind.MONEY: 14}.get(column.kind, 0)
    longest = max((len(str(cell)) for cell in column.cells if cell is not None), default=0)
    return max(_NARROWEST, min(max(shown or longest, len(column.heading)) + 2, _WIDEST))


def _sheet_names(titles: Sequence[str]) -> list[str]:
    """Excel's rules: at most 31 characters, none of []:*?/\\, no apostrophe at either end, no name twice."""
    names: list[str] = []
    for title in titles:
        allowed = re.sub(r"[\[\]:*?/\\\s\x00-\x1f]+", " ", title)
        plain = allowed.strip(" '")[:31].strip(" '") or "Sheet"
        if plain.lower() == "history":
            plain = "History of changes"  # Excel keeps "History" to itself
        name, number = plain, 2
        while name.lower() in {taken.lower() for taken in names}:
            name, number = f"{plain[:27].strip()} ({number})", number + 1
        names.append(name)
    return names
