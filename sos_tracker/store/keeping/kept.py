"""What is taken along when a database is kept elsewhere: its tables as columns and plain rows, alike on any database.

Tables are found in the metadata, so that one added later is taken along without a word here. Counts are left out and
counted again where the rows arrive; live sign-ins are left out for good: whoever signs in, signs in anew.
"""

from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

from orjson import dumps, loads
from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    Float,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    select,
)
from sqlalchemy.types import TypeEngine

from sos_tracker.store import tables

COUNTS = frozenset({
    tables.attendance_count.name, tables.first_attended.name, tables.people_count.name, tables.session_count.name,
    tables.headcount_count.name, tables.staff_count.name, tables.spending_count.name, tables.counted_session.name,
})  # fmt: skip
LIVE = frozenset({"sign_in"})
"""What lets somebody in now: never kept, or a copy would let them in again."""
WHOLE_NUMBER, NUMBER, TEXT, DAY, MOMENT, YES_OR_NO, JSON_TEXT, FILE = (
    "whole number", "number", "text", "date", "moment (UTC)", "true or false", "JSON", "file (base64)",
)  # fmt: skip
# a kind is known by the first type that fits
_KINDS: tuple[tuple[type[TypeEngine[Any]], str], ...] = (
    (Boolean, YES_OR_NO), (Integer, WHOLE_NUMBER), (Float, NUMBER), (DateTime, MOMENT), (Date, DAY), (JSON, JSON_TEXT),
    (LargeBinary, FILE), (String, TEXT),
)  # fmt: skip
_TYPES: Mapping[str, Callable[[], TypeEngine[Any]]] = {
    WHOLE_NUMBER: BigInteger, NUMBER: Float, TEXT: Text, DAY: Date, MOMENT: DateTime, YES_OR_NO: Boolean,
    JSON_TEXT: lambda: JSON(none_as_null=True), FILE: LargeBinary,
}  # fmt: skip
_ROWS_AT_ONCE = 2_000
_DIGEST_SPACE = 2**256


@dataclass(frozen=True)
class Layout:
    """A table as it is kept: its columns with the kind of their values, in the order of the table."""

    table: str
    columns: dict[str, str]
    nullable: frozenset[str] = frozenset()

    @classmethod
    def of(cls, table: Table) -> "Layout":
        nullable = frozenset(str(column.name) for column in table.columns if column.nullable)
        return cls(str(table.name), {str(column.name): kind_of(column) for column in table.columns}, nullable)

    def as_table(self) -> Table:
        """A table to read from and write to, by what the layout says alone: it may be of an earlier version."""
        return Table(self.table, MetaData(), *(Column(name, _TYPES[kind]()) for name, kind in self.columns.items()))


class Fingerprint:
    """A fingerprint of rows in any order, since two databases sort text each their own way."""

    def __init__(self) -> None:
        self.rows, self._sum = 0, 0

    def add(self, line: bytes) -> None:
        self.rows += 1
        self._sum = (self._sum + int.from_bytes(sha256(line).digest())) % _DIGEST_SPACE

    @property
    def sha256(self) -> str:
        return f"{self._sum:064x}"


def kind_of(column: Column[Any]) -> str:
    """Raises TypeError for a type nothing says how to keep."""
    for of_type, kind in _KINDS:
        if isinstance(column.type, of_type):
            return kind
    raise TypeError(f"{column.table.name}.{column.name}: nothing says how to keep a {column.type!r}.")


def kept_tables() -> list[Table]:
    """The tables that are taken along, whoever is referred to before whoever refers to it."""
    return [table for table in tables.metadata.sorted_tables if table.name not in COUNTS | LIVE]


def rows_of(connection: Connection, layout: Layout) -> Iterator[list[Any]]:
    """Every row of the table as plain values (text, numbers, true or false, JSON), in the order of its key."""
    table = layout.as_table()
    known = tables.metadata.tables.get(layout.table)
    key = [table.c[column.name] for column in known.primary_key if column.name in table.c] if known is not None else []
    query = select(table).order_by(*key).execution_options(yield_per=_ROWS_AT_ONCE)
    plain = [_PLAIN.get(kind) for kind in layout.columns.values()]
    for row in connection.execute(query):
        yield [value if value is None or make is None else make(value) for value, make in zip(row, plain, strict=True)]


def typed(layout: Layout, rows: Iterable[Sequence[Any]]) -> Iterator[tuple[Any, ...]]:
    """Plain rows as the driver takes them. Raises ValueError for a value that is not of its column's kind."""
    made = [_TYPED.get(kind) for kind in layout.columns.values()]
    for row in rows:
        yield tuple(
            value if value is None or make is None else make(value) for value, make in zip(row, made, strict=True)
        )


def line_of(row: Sequence[Any]) -> bytes:
    """One row as one line of JSON: what is written, and what the fingerprint is over."""
    return dumps(row)


def row_of(line: bytes | str) -> list[Any]:
    found = loads(line)
    if not isinstance(found, list):
        raise TypeError("A row is a list of values.")
    return found


def _plain_moment(value: datetime) -> str:
    return (value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo else value).isoformat()


_PLAIN: Mapping[str, Callable[[Any], Any]] = {
    DAY: date.isoformat,
    MOMENT: _plain_moment,
    FILE: lambda value: b64encode(value).decode("ascii"),
}
_TYPED: Mapping[str, Callable[[Any], Any]] = {
    DAY: date.fromisoformat,
    MOMENT: datetime.fromisoformat,
    FILE: lambda value: b64decode(value, validate=True),
}
