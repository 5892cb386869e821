"""Which rows below the headings are data, and which are totals, footnotes or empty in all that matters."""

import re
from collections.abc import Callable
from datetime import date

from sos_tracker.intake.cells import Fault, Quantity, Raw, parse_money, parse_quantity, shown, text
from sos_tracker.intake.columns import Findings, TableReader
from sos_tracker.intake.embedding_kinds import ALIGNMENT, AUDITS, SCALE, SURVEYS
from sos_tracker.intake.headings import Columns, per_unit
from sos_tracker.intake.kinds import BUDGET, HEADCOUNTS, LEADS, LEDGER, MILESTONES, REGISTER, SESSIONS, STAFF, TARGETS
from sos_tracker.intake.tables import Table, is_total
from sos_tracker.records.issues import Issue, Weight
from sos_tracker.records.money import pounds

_NAMES_A_ROW: dict[str, tuple[tuple[str, ...], ...]] = {
    REGISTER.name: (("session", "start"), ("number", "email"), ("outcome",)),
    SESSIONS.name: (("course", "level"), ("start",)),
    HEADCOUNTS.name: (("session", "start"), ("agency",)),
    STAFF.name: (("number", "email"), ("agency", "team")),
    BUDGET.name: (("code", "title"), ("title", "code")),
    LEDGER.name: (("date",), ("supplier", "narrative", "code")),
    LEADS.name: (("agency", "team"), ("lead", "number", "start", "trained")),
    MILESTONES.name: (("title",), ("baseline",)),
    TARGETS.name: (("measure",), ("due",)),
    SCALE.name: (("date",), ("agency", "team"), ("score",)),
    AUDITS.name: (("date",), ("agency", "team")),
    SURVEYS.name: (("question",), ("closed", "wave")),
    ALIGNMENT.name: (("title",), ("stage", "identified", "drafted", "approved", "live", "reviewed")),
}
"""What a real row of each kind says; a totals row or footnote leaves some of it empty."""

_IDENTIFIERS = frozenset({"session", "code", "agency", "reference", "measure", "number", "email", "title"})
_SUMMED = {
    HEADCOUNTS.name: ("attended",),
    LEDGER.name: ("amount", "debit", "credit", "committed"),
    BUDGET.name: ("approved", "profile"),
    SCALE.name: ("people",),
    AUDITS.name: ("sampled", "showing"),
}
_IDENTIFIERS_OF = {
    SCALE.name: _IDENTIFIERS | {"team"},
    AUDITS.name: _IDENTIFIERS | {"team"},
    SURVEYS.name: frozenset({"question"}),  # the answers of all agencies together are a record
}
_NEVER_BY_LABEL_ALONE = frozenset({LEDGER.name, LEADS.name, MILESTONES.name, TARGETS.name, ALIGNMENT.name})
"""Kinds in which a row may well be called "Total ...": a supplier, or a measure such as "Total spend"."""
_MONEY = (LEDGER.name, BUDGET.name)


def data_rows(table: Table, columns: Columns, findings: Findings, today: date) -> TableReader:
    """The table's data rows; its totals rows are left out, and asked about where they do not add up."""
    suspects = _suspects(table, columns)
    totals: list[int] = []
    left_out: set[int] = set()
    for place in suspects:
        row = table.rows[place]
        filled = [column for column, cell in enumerate(row) if text(cell)]
        if _labelled_total(row, columns):
            totals.append(place)
        elif not filled:
            findings.counts["blank rows"] += 1
        elif len(filled) == 1 and _is_remark(row[filled[0]]) and len(columns.fields) >= 3:
            findings.counts["note rows"] += 1
            findings.issues.append(_note_row(table, place, filled[0]))
        elif _unlabelled_total(table, columns, place):
            totals.append(place)
        else:
            continue
        left_out.add(place)
    findings.counts["totals rows"] += len(totals)
    findings.counts["blank rows"] += table.blank_rows
    findings.counts["repeated heading rows"] += table.repeated_headings
    if table.over_wide is not None:
        findings.issues.append(_over_wide(table, table.over_wide))
    places = [place for place in range(len(table.rows)) if place not in left_out]
    reader = TableReader(table, columns, [table.rows[place] for place in places], places, findings, today)
    for place in totals:
        _check_total(table, columns, place, left_out, findings)
    return reader


def _suspects(table: Table, columns: Columns) -> list[int]:
    """Rows that leave empty what a real row says, or begin as a totals row does."""
    suspects: set[int] = set()
    rows = table.rows
    for group in _NAMES_A_ROW[columns.kind.name]:
        held = [columns.fields[name] for name in group if name in columns.fields]
        if held:
            empty = [place for place, cell in enumerate(table.columns[held[0]]) if not cell]
            suspects.update(place for place in empty if all(not _said(rows[place][column]) for column in held))
    for column in {0, *_identifying(columns)}:
        cells = table.columns[column]
        labels = {cell for cell in set(cells) if is_total(cell)}
        if labels:
            suspects.update(place for place, cell in enumerate(cells) if cell in labels)
    return sorted(suspects)


def _said(cell: Raw) -> bool:
    return cell != "" and (not isinstance(cell, str) or bool(cell.strip()))


def _identifying(columns: Columns) -> set[int]:
    names = _IDENTIFIERS_OF.get(columns.kind.name, _IDENTIFIERS)
    return {column for name, column in columns.fields.items() if name in names}


def _labelled_total(row: list[Raw], columns: Columns) -> bool:
    labels = {column for column, cell in enumerate(row) if is_total(cell)}
    if not labels:
        return False
    if labels & _identifying(columns) and columns.kind.name not in _NEVER_BY_LABEL_ALONE:
        return True
    for group in _NAMES_A_ROW[columns.kind.name]:
        held = {columns.fields[name] for name in group if name in columns.fields} - labels
        if held and not any(_said(row[column]) for column in held):
            return True
    return False


def _is_remark(cell: Raw) -> bool:
    return isinstance(cell, str) and not isinstance(parse_quantity(cell), Quantity)


def _note_row(table: Table, place: int, column: int) -> Issue:
    return Issue(
        Weight.NOTE, table.file, table.sheet, table.cell(place, column), shown(table.rows[place][column]),
        "This row holds one text only and was read as a remark.", "Nothing, unless it was meant as a row of the table.",
        "remark rows",
    )  # fmt: skip


def _over_wide(table: Table, row: int) -> Issue:
    return Issue(
        Weight.NOTE, table.file, table.sheet, "", f"row {row}",
        "There are cells to the right of the last heading; they were not read.",
        "Nothing, unless they belong to a column without a heading.", "cells without a heading",
    )  # fmt: skip


def _number_at(columns: Columns, table: Table, column: int) -> Callable[[Raw], float | None]:
    unit = per_unit(text(table.headings[column]))

    def number(raw: Raw) -> float | None:
        if columns.kind.name in _MONEY:
            pence = parse_money(raw, unit)
            return None if isinstance(pence, Fault) else pence
        quantity = parse_quantity(raw)
        return quantity.value if isinstance(quantity, Quantity) else None

    return number


def _summed_columns(columns: Columns) -> list[int]:
    names = _SUMMED.get(columns.kind.name, ())
    return [columns.fields[name] for name in names if name in columns.fields] + list(columns.months.values())


def _unlabelled_total(table: Table, columns: Columns, place: int) -> bool:
    """A last row that names nothing and holds numbers only, at least one of which is the sum of those above it."""
    row = table.rows[place]
    summed = _summed_columns(columns)
    if not summed or place < 2 or place < len(table.rows) - 3:
        return False
    if any(isinstance(cell, str) and _said(cell) and column not in summed for column, cell in enumerate(row)):
        return False
    for column in summed:
        number = _number_at(columns, table, column)
        total = number(row[column])
        above = [number(other[column]) for other in table.rows[:place]]
        if total and abs(sum(value for value in above if value is not None) - total) < 0.5:
            return True
    return False


def _check_total(table: Table, columns: Columns, place: int, left_out: set[int], findings: Findings) -> None:
    """Asks where a printed total is neither the sum of all rows above it nor of those since the last total."""
    row = table.rows[place]
    last = max((other for other in left_out if other < place), default=-1)
    if columns.kind is REGISTER:
        _check_row_count(table, place, left_out, findings)
    for column in _summed_columns(columns):
        number = _number_at(columns, table, column)
        total = number(row[column])
        if total is None or not _said(row[column]):
            continue
        kept = [other for other in range(len(table.rows)) if other not in left_out]
        if columns.kind is AUDITS and not all(_said(table.rows[other][column]) for other in kept):
            continue  # numbers not given may be worked out from a percentage
        sums = {
            round(sum(number(table.rows[other][column]) or 0 for other in rows), 2)
            for rows in (
                kept,
                [other for other in kept if other < place],
                [other for other in kept if last < other < place],
            )
        }
        if all(abs(found - total) >= 1 for found in sums):
            say = pounds if columns.kind.name in _MONEY else _plain_number
            findings.issues.append(
                Issue(
                    Weight.QUESTION, table.file, table.sheet, table.cell(place, column), shown(row[column]),
                    f"The total says {say(int(total))}, but the rows above it come to {say(int(max(sums)))}.",
                    "Check whether a row is missing; accept it if the rows are right.", "totals that do not add up",
                )
            )  # fmt: skip


def _plain_number(value: int) -> str:
    return f"{value:,}"


_COUNT_OF_ROWS = re.compile(r"^(grand )?totals?( rows| delegates| bookings| records| number)?\W*$", re.I)


def _check_row_count(table: Table, place: int, left_out: set[int], findings: Findings) -> None:
    numbers = [cell for cell in table.rows[place] if isinstance(cell, int | float) and not isinstance(cell, bool)]
    numbers += [
        int(cell.replace(",", ""))
        for cell in table.rows[place]
        if isinstance(cell, str) and cell.strip().replace(",", "").isdigit()
    ]
    rows = len(table.rows) - len(left_out)
    of_rows = any(isinstance(cell, str) and _COUNT_OF_ROWS.match(cell.strip()) for cell in table.rows[place])
    if len(numbers) == 1 and of_rows and numbers[0] != rows:
        findings.issues.append(
            Issue(
                Weight.QUESTION, table.file, table.sheet, table.cell(place, 0), shown(numbers[0]),
                f"The totals row says {int(numbers[0]):,}, but the table has {rows:,} rows.",
                "Check whether rows are missing; accept it if the rows are right.", "totals that do not add up",
            )
        )  # fmt: skip
