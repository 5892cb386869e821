"""Which field each column of a table holds: by a mapping somebody gave, else by its headings, else it is asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sos_tracker.intake.cells import shown
from sos_tracker.intake.headings import Columns, fingerprint, heading_keys, month_heading, recognise
from sos_tracker.intake.kinds import BUDGET, KIND_NAMED
from sos_tracker.intake.tables import Table

_SAMPLE_ROWS = 5


@dataclass(frozen=True)
class UnmappedTable:
    """A table whose columns are not understood, with all that a page needs to ask about them.

    ``headings`` are told apart ("Class Code (2)"); ``guesses``: heading -> field; ``missing``: what is still needed,
    in words; ``sample``: the first rows as shown.
    """

    file: str
    sheet: str
    fingerprint: str
    headings: tuple[str, ...]
    likely_kind: str | None = None
    guesses: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    sample: tuple[tuple[str, ...], ...] = ()


def columns_of(table: Table, mappings: Mapping[str, Mapping[str, str]]) -> Columns | UnmappedTable | None:
    """The columns of a table; an UnmappedTable where they are not understood; None where it is to be ignored."""
    mark = fingerprint(table.headings)
    given = mappings.get(mark)
    if given is not None:
        return _as_given(table, given, mark)
    found, readings = recognise(table.headings)
    if found is not None and not _really_doubtful(table, found):
        return found
    if not table.rows and found is None:
        return None
    likely_ones = [reading for reading in readings if not (reading.foreign and reading.kind.gives_way)]
    best = min(likely_ones, key=lambda reading: (len(reading.missing), -reading.score))
    likely = best if best.score >= 2 and len(best.missing) <= 1 else None
    return _unmapped(table, mark, found or likely)


def _as_given(table: Table, given: Mapping[str, str], mark: str) -> Columns | UnmappedTable | None:
    kind = KIND_NAMED.get(given.get("kind", ""))
    if kind is None:
        return None if not given.get("kind") else _unmapped(table, mark, None)
    keys = heading_keys(table.headings)
    allowed = {known.name for known in kind.fields}
    fields: dict[str, int] = {}
    for column, key in enumerate(keys):
        name = given.get(key, "")
        if name in allowed:
            fields.setdefault(name, column)
    months: dict[tuple[int, int], int] = {}
    if kind is BUDGET:
        for column, heading in enumerate(table.headings):
            month = month_heading(heading)
            if month is not None and column not in fields.values():
                months.setdefault(month, column)
    columns = Columns(kind, fields, months)
    return _unmapped(table, mark, columns) if columns.missing else columns


def _really_doubtful(table: Table, columns: Columns) -> tuple[str, ...]:
    """Fields that two columns of the same heading claim with different contents."""
    doubtful = []
    for name in columns.doubtful:
        held = columns.fields[name]
        heading = table.headings[held]
        twins = [column for column, other in enumerate(table.headings) if other == heading and column != held]
        if any(any(row[held] != row[twin] and row[twin] != "" for row in table.rows) for twin in twins):
            doubtful.append(name)
    return tuple(doubtful)


def _unmapped(table: Table, mark: str, likely: Columns | None) -> UnmappedTable:
    keys = heading_keys(table.headings)
    guesses = {keys[column]: name for name, column in likely.fields.items()} if likely else {}
    missing = likely.missing if likely else ()
    if likely:
        missing += tuple(likely.kind.words_for(name) for name in _really_doubtful(table, likely))
    sample = tuple(tuple(shown(cell) for cell in row[: len(keys)]) for row in table.rows[:_SAMPLE_ROWS])
    return UnmappedTable(
        table.file, table.sheet, mark, keys, likely.kind.name if likely else None, guesses, missing, sample
    )
