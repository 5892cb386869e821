"""How a count is kept: taken out where a write touched it, and counted again from the records."""

from collections.abc import Callable, Collection, Sequence
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Select,
    Subquery,
    Table,
    and_,
    delete,
    func,
    insert,
    literal_column,
    select,
    true,
    union_all,
)

from sos_tracker.records.periods import next_month
from sos_tracker.store.dialects import month_of_number

Run = tuple[int, int]
"""Months that follow each other, by number: the first and the last."""
Counted = Callable[[int, Run | None], Select[Any]]
"""The rows of a count as the records say: of a programme, in a run of months (None: all of them)."""


def runs(months: Collection[int]) -> list[Run]:
    """Months that follow each other, together. No date at all is a month of its own, 0."""
    found: list[Run] = []
    for month in sorted(months):
        if found and month == found[-1][1] + 1:
            found[-1] = (found[-1][0], month)
        else:
            found.append((month, month))
    return found


def within(day: Column[Any], run: Run | None) -> ColumnElement[bool]:
    if run is None:
        return true()
    first, last = map(month_of_number, run)
    if first is None or last is None:
        return day.is_(None)
    return and_(day >= first, day < next_month(last))


def known(column: ColumnElement[Any]) -> ColumnElement[str]:
    """Text of a count: "" where the record does not say."""
    return func.coalesce(column, literal_column("''"))


def put(connection: Connection, table: Table, rows: Select[Any]) -> None:
    connection.execute(insert(table).from_select([column.name for column in table.columns], rows))


def count_months(connection: Connection, programme_id: int, table: Table, run: Run, counted: Counted) -> None:
    """Counts a run of months again."""
    of = table.c
    connection.execute(delete(table).where(of.programme_id == programme_id, of.month_number.between(*run)))
    put(connection, table, counted(programme_id, run))


def disagreements(
    connection: Connection, programme_id: int, table: Table, recounts: Sequence[Select[Any]]
) -> int:  # fmt: skip
    """In how many places the count kept and the records counted again differ."""
    kept = select(table).where(table.c.programme_id == programme_id).subquery()
    counted = (union_all(*recounts) if len(recounts) > 1 else recounts[0]).subquery()
    wrong = _only_in(connection, counted, kept) + _only_in(connection, kept, counted)
    return wrong or abs(_size(connection, kept) - _size(connection, counted))


def _only_in(connection: Connection, one: Subquery, other: Subquery) -> int:
    """Rows of one that the other does not have."""
    return _size(connection, select(*one.c).except_(select(*other.c)).subquery())


def _size(connection: Connection, rows: Subquery) -> int:
    return connection.scalar(select(func.count()).select_from(rows)) or 0
