"""One table read column by column: each distinct cell is converted once, and what cannot be read is noted by cell."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple, TypeVar

from sos_tracker.intake.cells import Fault, Raw, parse_date, shown, text
from sos_tracker.intake.headings import Columns
from sos_tracker.intake.tables import Table
from sos_tracker.records.issues import Issue, Weight

Value = TypeVar("Value")


@dataclass
class Findings:
    """What was noticed on the way: issues in the order of the files, and counts of rows by what became of them."""

    issues: list[Issue] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)


@dataclass
class TableReader:
    """The data rows of one table whose columns are known. ``bad``: rows with a cell that could not be read."""

    table: Table
    columns: Columns
    rows: list[list[Raw]]
    places: list[int]
    findings: Findings
    today: date
    bad: set[int] = field(default_factory=set)

    def __len__(self) -> int:
        return len(self.rows)

    def has(self, name: str) -> bool:
        return name in self.columns.fields

    def raw(self, name: str) -> list[Raw]:
        column = self.columns.fields.get(name)
        return [""] * len(self.rows) if column is None else self._cells(column)

    def _cells(self, column: int) -> list[Raw]:
        cells = self.table.columns[column]
        return [cells[place] for place in self.places]

    def cell(self, row: int, name: str) -> str:
        column = self.columns.fields.get(name)
        return self.table.cell(self.places[row], column if column is not None else 0)

    def heading(self, name: str) -> str:
        column = self.columns.fields.get(name)
        return self.columns.kind.words_for(name) if column is None else text(self.table.headings[column])

    def convert(self, name: str, converter: Callable[[Raw], Value | Fault]) -> list[Value | None]:
        """The column's values; None for a cell that could not be read, which is noted and its row marked bad."""
        column = self.columns.fields.get(name)
        return [None] * len(self.rows) if column is None else self.convert_column(column, converter)

    def convert_column(self, column: int, converter: Callable[[Raw], Value | Fault]) -> list[Value | None]:
        raws = self._cells(column)
        read = {raw: converter(raw) for raw in set(raws)}
        faults = {raw for raw, value in read.items() if isinstance(value, Fault)}
        if not faults:
            return [read[raw] for raw in raws]  # type: ignore[misc]  # no Fault is left among the values
        values: list[Value | None] = []
        for row, raw in enumerate(raws):
            value = read[raw]
            if isinstance(value, Fault):
                self.reject(row, column, value)
                values.append(None)
            else:
                values.append(value)
        return values

    def texts(self, name: str, converter: Callable[[Raw], str] = text) -> list[str]:
        return [value or "" for value in self.convert(name, converter)]

    def dates(
        self, name: str, converter: Callable[[Raw], date | Fault | None] = parse_date, earliest: int = 2000
    ) -> list[date | None]:
        """The column's days; one before ``earliest`` or over ten years ahead is asked about."""
        found = self.convert(name, converter)
        odd = {day for day in set(found) if day and (day.year < earliest or day.year > self.today.year + 10)}
        if odd:
            for row, day in enumerate(found):
                if day in odd:
                    self.question(
                        row, name, f"The year {day.year} is not plausible here.", "Mend the date, or accept it.",
                        "implausible date",
                    )  # fmt: skip
        return found

    def reject(self, row: int, column: int, fault: Fault) -> None:
        self.bad.add(row)
        self.findings.issues.append(
            Issue(
                Weight.REJECTED, self.table.file, self.table.sheet, self.table.cell(self.places[row], column),
                shown(self.rows[row][column]), fault.problem, fault.remedy, fault.group, fault.word,
            )
        )  # fmt: skip

    def reject_field(self, row: int, name: str, problem: str, remedy: str, group: str, word: str = "") -> None:
        self.bad.add(row)
        self._issue(Weight.REJECTED, row, name, problem, remedy, group, word)

    def question(self, row: int, name: str, problem: str, remedy: str, group: str) -> None:
        self._issue(Weight.QUESTION, row, name, problem, remedy, group)

    def note(self, row: int, name: str, problem: str, remedy: str, group: str) -> None:
        self._issue(Weight.NOTE, row, name, problem, remedy, group)

    def _issue(
        self, weight: Weight, row: int, name: str, problem: str, remedy: str, group: str, word: str = ""
    ) -> None:
        column = self.columns.fields.get(name)
        value = shown(self.rows[row][column]) if column is not None else ""
        self.findings.issues.append(
            Issue(weight, self.table.file, self.table.sheet, self.cell(row, name), value, problem, remedy, group, word)
        )

    def about_table(self, weight: Weight, problem: str, remedy: str, group: str) -> None:
        self.findings.issues.append(Issue(weight, self.table.file, self.table.sheet, "", "", problem, remedy, group))

    def require(
        self, names: Sequence[str], values: Sequence[Sequence[Any]], problem: str, remedy: str, group: str
    ) -> None:
        """Rejects each row in which all of these columns are empty, unless it is rejected already."""
        for row, found in enumerate(zip(*values, strict=True)):
            if row not in self.bad and all(value is None or value == "" for value in found):
                self.reject_field(
                    row, next((name for name in names if self.has(name)), names[0]), problem, remedy, group
                )


class Place(NamedTuple):
    """Where a record came from, to say so when something is wrong with it."""

    reader: TableReader
    row: int

    def issue(self, weight: Weight, name: str, problem: str, remedy: str, group: str) -> None:
        self.reader._issue(weight, self.row, name, problem, remedy, group)  # noqa: SLF001  # Place is its other half


Draft = tuple[dict[str, Any], Place]
"""The fields of a record to be, and where they stand."""
