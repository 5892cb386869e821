"""File bytes to sheets: lists of rows as written, hidden sheets left out."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from sos_tracker.intake.cells import Raw
from sos_tracker.intake.guards import LARGEST_TABLE, Refused, endless, kind_of_container

_SAVE_AS = "Open the file in Excel, save it as an Excel workbook (.xlsx) or CSV and try again."


@dataclass(frozen=True)
class Sheet:
    """One sheet as written; ``first_row`` and ``first_column`` say where its rows begin (0 is row 1, column A)."""

    name: str
    rows: list[list[Raw]]
    first_row: int = 0
    first_column: int = 0
    hidden: bool = False


@dataclass(frozen=True)
class Workbook:
    sheets: tuple[Sheet, ...]
    hidden: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())


def read(content: bytes) -> Workbook:
    """The visible sheets of a file; raises Refused, in sentences, where it cannot be read."""
    container = kind_of_container(content)
    workbook = _read_text(content) if container == "text" else _read_workbook(content)
    for sheet in workbook.sheets:
        if len(sheet.rows) * max(map(len, sheet.rows), default=0) > LARGEST_TABLE:
            raise endless()
    if not any(sheet.rows for sheet in workbook.sheets):
        raise Refused("The file holds no cells with anything in them.", "Check that the right sheet was saved.")
    return workbook


def _read_workbook(content: bytes) -> Workbook:
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as workbook:
            shown, hidden = [], []
            for number, meta in enumerate(workbook.sheets_metadata):
                if meta.typ is not SheetTypeEnum.WorkSheet:
                    continue
                if meta.visible is not SheetVisibleEnum.Visible:
                    hidden.append(meta.name)
                    continue
                sheet = workbook.get_sheet_by_index(number)
                start = sheet.start or (0, 0)
                rows = _laid_out(sheet)
                _fill_merged(rows, sheet.merged_cell_ranges or [], start)
                shown.append(Sheet(meta.name, rows, *start))
            return Workbook(tuple(shown), tuple(hidden))
    except CalamineError as fault:
        raise Refused("The workbook is damaged and cannot be opened.", _SAVE_AS) from fault
    except BaseException as fault:
        if type(fault).__name__ != "PanicException":  # the reader's own crash: it derives from BaseException
            raise
        raise Refused("The workbook is damaged and cannot be opened.", _SAVE_AS) from fault


def _laid_out(sheet: CalamineSheet) -> list[list[Raw]]:
    if sheet.height * sheet.width > LARGEST_TABLE:
        raise endless()
    return sheet.to_python(skip_empty_area=True)


def _fill_merged(
    rows: list[list[Raw]], merged: list[tuple[tuple[int, int], tuple[int, int]]], start: tuple[int, int]
) -> None:
    """A cell merged downwards says the same for each of its rows."""
    for (top, left), (bottom, _) in merged:
        first, column = top - start[0], left - start[1]
        if bottom == top or not (0 <= first < len(rows) and 0 <= column < len(rows[first])):
            continue
        for row in rows[first + 1 : bottom - start[0] + 1]:
            if row[column] == "":
                row[column] = rows[first][column]


def _read_text(content: bytes) -> Workbook:
    words = _decoded(content)
    delimiter = _delimiter(words)
    rows: list[list[Raw]] = [list(row) for row in _csv_rows(words, delimiter)]
    while rows and not any(rows[-1]):
        rows.pop()
    if sum(len(row) > 1 for row in rows) < 2 and max(map(len, rows), default=0) < 3:
        raise Refused("The file holds no table: no columns could be told apart.", _SAVE_AS)
    return Workbook((Sheet("", rows),))


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif content.startswith(b"\xef\xbb\xbf"):
        encoding = "utf-8-sig"
    elif content[:4000].count(b"\x00") > len(content[:4000]) // 4:
        encoding = "utf-16-be" if content[:1] == b"\x00" else "utf-16-le"
    else:
        encoding = "utf-8"
    try:
        words = content.decode(encoding)
    except UnicodeDecodeError:
        words = content.decode("cp1252", errors="replace")
    controls = sum(words[:4000].count(chr(code)) for code in (*range(9), *range(14, 32)))
    if controls > len(words[:4000]) // 100 + 2:
        raise Refused("The file is not a table: it holds no readable text.", _SAVE_AS)
    return re.sub(r"\x00", "", words)


def _csv_rows(words: str, delimiter: str) -> Iterator[list[str]]:
    if "\n" not in words:
        words = words.replace("\r", "\n")
    csv.field_size_limit(2_000_000)
    reader = csv.reader(io.StringIO(words, newline=""), delimiter=delimiter)
    try:
        yield from reader
    except csv.Error as fault:
        raise Refused(
            f"The text of the file breaks off at line {reader.line_num}: a quotation mark is opened and not closed.",
            _SAVE_AS,
        ) from fault


def _delimiter(words: str) -> str:
    """The one of comma, semicolon, tab and bar that cuts most of the first rows into the same number of cells."""
    if found := re.match(r"sep=(.)\r?\n", words):
        return found[1]
    best, best_score = ",", (0.0, 0)
    for delimiter in (",", ";", "\t", "|"):
        sample = []
        for row in _sampled(words[:200_000], delimiter):
            sample.append(len(row))
            if len(sample) >= 200:
                break
        wide = Counter(width for width in sample if width > 1)
        if not wide:
            continue
        width, times = wide.most_common(1)[0]
        score = (round(times / len(sample), 1), width)
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _sampled(words: str, delimiter: str) -> Iterator[list[str]]:
    try:
        yield from (row for row in _csv_rows(words, delimiter) if row)
    except Refused:
        return
