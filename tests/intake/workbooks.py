"""Small workbooks and CSV files for tests, as people make them."""

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter

from sos_tracker.intake import Known, Reading, SourceFile, read_files
from sos_tracker.records.people import PersonKeyer

KEYER = PersonKeyer(b"a secret of the tests only")
TODAY = date(2019, 6, 30)

Rows = Sequence[Sequence[Any]]


def xlsx(sheets: Mapping[str, Rows], name: str = "file.xlsx", hidden: Sequence[str] = ()) -> SourceFile:
    """A workbook of these sheets; dates are written as real dates, text as text."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        as_date = book.add_format({"num_format": "dd/mm/yyyy"})
        for title, rows in sheets.items():
            sheet = book.add_worksheet(title)
            if title in hidden:
                sheet.hide()
            else:
                sheet.activate()  # the first sheet is shown unless another is active
            for row, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    if isinstance(cell, date | datetime):
                        sheet.write_datetime(row, column, cell, as_date)
                    elif isinstance(cell, str):
                        sheet.write_string(row, column, cell)
                    elif cell is not None:
                        sheet.write(row, column, cell)
    return SourceFile(name, made.getvalue())


def csv(text: str, name: str = "file.csv", encoding: str = "utf-8") -> SourceFile:
    return SourceFile(name, text.encode(encoding))


def read(*files: SourceFile, known: Known | None = None, **means: str) -> Reading:
    return read_files(files, known or Known(), KEYER, means=means, today=TODAY)


def problems(reading: Reading) -> list[tuple[str, str, str]]:
    """(weight, cell, group) of each issue."""
    return [(issue.weight.value, issue.cell, issue.group) for issue in reading.issues]
