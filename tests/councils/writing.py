"""Files as other programs write them: workbooks, OpenDocument sheets, and text in any encoding."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import xlsxwriter

Rows = Sequence[Sequence[Any]]
Merged = tuple[int, int, int, int]
"""First row, first column, last row, last column of merged cells, counted from 0."""


def text(rows: Rows, *, delimiter: str = ",", encoding: str = "utf-8", line_end: str = "\r\n") -> bytes:
    """Delimited text, quoted only where it must be."""
    lines = [delimiter.join(_quoted(str(cell), delimiter) for cell in row) for row in rows]
    return (line_end.join(lines) + line_end).encode(encoding)


def _quoted(cell: str, delimiter: str) -> str:
    if any(sign in cell for sign in (delimiter, '"', "\n", "\r")):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def workbook(
    sheets: Mapping[str, Rows], *, hidden: Sequence[str] = (), merged: Mapping[str, Sequence[Merged]] | None = None
) -> bytes:
    """An .xlsx of these sheets: dates as real dates, text as text, None as an empty cell."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        as_date = book.add_format({"num_format": "dd/mm/yyyy"})
        for title, rows in sheets.items():
            sheet = book.add_worksheet(title)
            if title in hidden:
                sheet.hide()
            for row, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    if isinstance(cell, date | datetime):
                        sheet.write_datetime(row, column, cell, as_date)
                    elif isinstance(cell, str) and cell:
                        sheet.write_string(row, column, cell)
                    elif isinstance(cell, int | float):
                        sheet.write(row, column, cell)
            for first_row, first_column, last_row, last_column in (merged or {}).get(title, ()):
                said = rows[first_row][first_column]
                sheet.merge_range(first_row, first_column, last_row, last_column, said)
    return made.getvalue()


_ODS = "application/vnd.oasis.opendocument.spreadsheet"
_NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)


def open_document(sheets: Mapping[str, Rows]) -> bytes:
    """An .ods of these sheets, with the empty cells and rows to the edge of the sheet that office programs add."""
    tables = "".join(
        f'<table:table table:name="{escape(title)}">{"".join(map(_ods_row, rows))}'
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="1024"/>'
        "</table:table-row></table:table>"
        for title, rows in sheets.items()
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_NAMES} office:version="1.2">'
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
        'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_ODS}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    return zipped({"mimetype": _ODS, "content.xml": content, "META-INF/manifest.xml": manifest})


def _ods_row(row: Sequence[Any]) -> str:
    return f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>"


def _ods_cell(cell: Any) -> str:
    if cell is None or cell == "":
        return "<table:table-cell/>"
    if isinstance(cell, date | datetime):
        value = f'office:value-type="date" office:date-value="{cell.isoformat()}"'
        shown = f"{cell:%d/%m/%y}"
    elif isinstance(cell, int | float):
        value, shown = f'office:value-type="float" office:value="{cell}"', f"{cell}"
    else:
        value, shown = 'office:value-type="string"', escape(cell)
    return f"<table:table-cell {value}><text:p>{shown}</text:p></table:table-cell>"


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return made.getvalue()


def write(folder: Path, files: Mapping[str, bytes]) -> tuple[Path, ...]:
    """The files on disk, in the order given."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return tuple(folder / name for name in files)
