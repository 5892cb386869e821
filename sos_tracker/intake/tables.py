"""Sheets to tables: the heading row under titles, and below it the rows that are data."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from sos_tracker.intake.cells import Raw, bare_month, text
from sos_tracker.intake.headings import column_letters, fingerprint, month_heading, recognise, recognised_cells
from sos_tracker.intake.reading import Sheet

_HEADINGS_WITHIN = 40
"""How far down a block of rows its heading row is looked for."""


@dataclass(frozen=True)
class Table:
    """One table as written: its headings and data rows, and where each stands in the sheet (0 is row 1)."""

    file: str
    sheet: str
    headings: tuple[Raw, ...]
    heading_row: int
    first_column: int
    rows: list[list[Raw]]
    row_numbers: list[int]
    titles: str = ""
    """The text above the headings."""
    blank_rows: int = 0
    repeated_headings: int = 0
    over_wide: int | None = None
    """The number of the first row that has cells beyond the last heading."""

    @cached_property
    def columns(self) -> list[tuple[Raw, ...]]:
        """The data column by column, one for each heading."""
        return list(zip(*self.rows, strict=True)) or [()] * len(self.headings)

    def cell(self, row: int, column: int) -> str:
        """The name of a cell as a spreadsheet shows it: "C17"."""
        return f"{column_letters(column + self.first_column)}{self.row_numbers[row] + 1}"


def tables_of(file: str, sheet: Sheet, known_fingerprints: Sequence[str] = ()) -> Iterator[Table]:
    """Every table of a sheet, one below the other or side by side."""
    rows = sheet.rows
    filled = [any(row) for row in rows]
    headers = _heading_rows(rows, filled, frozenset(known_fingerprints))
    if upturned := _headings_below(rows, filled, headers):
        yield from _tables_at(file, sheet, upturned, 0, 0, upturned, filled)
        return
    if not headers:
        return
    tops = [_top(filled, header) if place else 0 for place, header in enumerate(headers)]
    for header, top, end in zip(headers, tops, [*tops[1:], len(rows)], strict=True):
        yield from _tables_at(file, sheet, header, top, header + 1, end, filled)


def _top(filled: list[bool], header: int) -> int:
    """The first row of the block of filled rows that a heading row stands in."""
    while header and filled[header - 1]:
        header -= 1
    return header


def _headings_below(rows: list[list[Raw]], filled: list[bool], headers: list[int]) -> int | None:
    """The last row, where no heading row was found above and it reads as one (some extracts end with it)."""
    last = max((number for number, full in enumerate(filled) if full), default=0)
    if last < 2 or any(recognise(rows[header])[0] for header in headers if header != last):
        return None
    return last if recognise(rows[last])[0] else None


def _heading_rows(rows: list[list[Raw]], filled: list[bool], known: frozenset[str]) -> list[int]:
    """The first heading row, and those of further tables below it after a blank row."""
    found: list[int] = []
    row = 0
    while row < len(rows):
        if not filled[row] or (found and filled[row - 1]):
            row += 1
            continue
        best = _best_heading(rows, filled, row, known, first=not found)
        if best is None:
            row += 1
            continue
        if not found or rows[best] != rows[found[-1]]:
            found.append(best)
        row = best + 1
    return found


def _best_heading(
    rows: list[list[Raw]], filled: list[bool], start: int, known: frozenset[str], *, first: bool
) -> int | None:
    """The row that reads best as headings, near ``start``; for a first table any plausible row will do."""
    reach = _HEADINGS_WITHIN if first else 4
    best, best_score = None, 0
    plausible: int | None = None
    for number in range(start, min(start + reach, len(rows))):
        if not filled[number]:
            if not first:
                break
            continue
        row = rows[number]
        if known and fingerprint(row) in known:
            return number
        words = sum(isinstance(cell, str) and bool(cell.strip()) and not _looks_numeric(cell) for cell in row)
        score = recognised_cells(row) + (2 if sum(month_heading(cell) is not None for cell in row) >= 3 else 0)
        if score >= 2 and score > best_score and score * 2 >= words * 0.5:
            one, readings = recognise(row)
            score += 100 if one or any(reading.whole for reading in readings) else 0
            if score > best_score:
                best, best_score = number, score
        if plausible is None and words >= 2 and words >= 0.6 * sum(cell != "" for cell in row):
            plausible = number
        if best_score >= 100 and number > (best or 0) + 3:
            break
    if best is not None and (first or best_score >= 100):
        return best
    return plausible if first else None


@lru_cache(maxsize=4096)
def _looks_numeric(cell: str) -> bool:
    return bool(re.fullmatch(r"[£(\-]?[\d,./:\s-]+[%)]?", cell.strip()))


def _tables_at(
    file: str, sheet: Sheet, header: int, top: int, start: int, end: int, filled: list[bool]
) -> Iterator[Table]:
    """The tables under one heading row, with the rows from ``start`` to ``end`` as their data."""
    rows = sheet.rows
    titles = " ".join(text(cell) for row in rows[top:header] for cell in row if isinstance(cell, str) and cell.strip())
    headings = _with_years(rows, header, top, titles)
    narrow = len(rows[header])
    width = max(narrow, max(map(len, rows[start:end]), default=0))
    headings = [*headings, *[""] * (width - len(headings))]
    data: list[list[Raw]] = []
    numbers: list[int] = []
    repeated, over_wide = 0, None
    first = next((column for column, cell in enumerate(headings) if isinstance(cell, str) and cell.strip()), 0)
    begins = rows[header][first] if first < narrow else ""
    for number in range(start, end):
        if not filled[number]:
            continue
        row = rows[number]
        if len(row) < width:
            row = [*row, *[""] * (width - len(row))]
        if row[first] == begins and row[:narrow] == rows[header]:
            repeated += 1
            continue
        if width > narrow and over_wide is None and any(row[narrow:]):
            over_wide = number + sheet.first_row + 1
        data.append(row)
        numbers.append(number + sheet.first_row)
    blank = end - start - len(data) - repeated
    for left, right in _side_by_side(headings):
        whole = (left, right) == (0, width)
        part = data if whole else [row[left:right] for row in data]
        kept = range(len(part)) if whole else [place for place, row in enumerate(part) if any(row)]
        yield Table(
            file, sheet.name, tuple(headings[left:right]), header + sheet.first_row, sheet.first_column + left,
            part if whole else [part[place] for place in kept],
            numbers if whole else [numbers[place] for place in kept],
            titles, blank, repeated, over_wide,
        )  # fmt: skip


def _side_by_side(headings: list[Raw]) -> list[tuple[int, int]]:
    """The columns of each table in a heading row: more than one where a gap parts two that are each whole."""
    gaps = [column for column, cell in enumerate(headings) if not text(cell)]
    for gap in gaps:
        left, right = headings[:gap], headings[gap + 1 :]
        if recognise(left)[0] and recognise(right)[0]:
            return [(0, gap), *((start + gap + 1, end + gap + 1) for start, end in _side_by_side(right))]
    return [(0, len(headings))]


_FINANCIAL_YEAR = re.compile(r"\b(20\d\d)\s*[/\-–]\s*(?:20)?(\d\d)\b")


def _with_years(rows: list[list[Raw]], header: int, top: int, titles: str) -> list[Raw]:
    """Headings with years added to bare months ("Nov") from the financial year above them ("2017/18")."""
    headings = list(rows[header])
    if sum(bare_month(cell) is not None for cell in headings) < 3:
        return headings
    above = rows[header - 1] if header > top else []
    year: int | None = None
    in_titles = set(_FINANCIAL_YEAR.findall(titles))
    if len(in_titles) == 1:
        year = int(next(iter(in_titles))[0])
    last_month = 0
    for column, cell in enumerate(headings):
        over = _FINANCIAL_YEAR.search(text(above[column])) if column < len(above) else None
        if over:
            year, last_month = int(over[1]), 0
        month = bare_month(cell)
        if month is None or year is None:
            continue
        place = (month - 4) % 12
        if last_month and place < last_month - 1:  # a second April begins the next financial year
            year += 1
        last_month = place + 1
        headings[column] = f"{year + (month < 4):04d}-{month:02d}"
    return headings


_OF_WHAT = (
    "for|of|to|rows|all|spend|spent|budget|attend|records|expenditure|amount|delegates|cost|year|due|allocated|approved|"
    "number|paid|payments|funding|bookings|people|staff"
)
TOTAL = re.compile(
    rf"^(grand |sub[ -]?|overall |net |running )?totals?(\s*[:=\-–(].*|:| ({_OF_WHAT})\b.*)?$|"
    r"^(sum|overall|all (lines|rows|services|agencies)|count|average|mean|median)$",
    re.I,
)


def is_total(cell: Raw) -> bool:
    """The cell reads as the label of a totals row."""
    return isinstance(cell, str) and len(cell) < 80 and bool(TOTAL.match(cell.strip()))
