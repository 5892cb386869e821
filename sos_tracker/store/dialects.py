"""What SQLite and PostgreSQL say differently, said once."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from orjson import dumps
from sqlalchemy import ColumnElement, Connection, Date, Integer, Select, String, Table, Text, cast, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import ARRAY, BIGINT
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.expression import FunctionElement


class month_number(FunctionElement[int]):
    """The month of a date column as a number: year x 12 + month - 1, and 0 where there is no date."""

    type = Integer()
    inherit_cache = True


@compiles(month_number, "sqlite")
def _month_in_sqlite(element: month_number, compiler: SQLCompiler, **how: Any) -> str:
    day = compiler.process(element.clauses, **how)
    return f"coalesce(substr({day}, 1, 4) * 12 + substr({day}, 6, 2) - 1, 0)"


@compiles(month_number, "postgresql")
def _month_in_postgresql(element: month_number, compiler: SQLCompiler, **how: Any) -> str:
    day = compiler.process(element.clauses, **how)
    return f"coalesce(CAST(extract(year FROM {day}) * 12 + extract(month FROM {day}) - 1 AS INTEGER), 0)"


def number_of_month(day: date | None) -> int:
    """``month_number`` of a date at hand."""
    return day.year * 12 + day.month - 1 if day else 0


def month_of_number(number: int) -> date | None:
    """The first day of the month; None of 0."""
    return date(number // 12, number % 12 + 1, 1) if number else None


def among(
    connection: Connection, column: ColumnElement[Any], values: Collection[int] | Collection[str]
) -> ColumnElement[bool]:
    """``column`` is one of these numbers or texts, however many there are: they travel as one value."""
    if connection.dialect.name == "postgresql":
        of_type = Text if isinstance(column.type, String) else BIGINT
        return column == func.any(cast(list(values), ARRAY(of_type)))
    return _in_json(column, dumps(list(values)).decode())


def put_unless_there(connection: Connection, table: Table, rows: Select[Any]) -> None:
    """Inserts the rows in their order; a row whose key is taken, by one before it too, is left out."""
    inserting = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    names = [column.name for column in table.columns]
    connection.execute(inserting(table).from_select(names, rows).on_conflict_do_nothing())


def on_days(connection: Connection, column: ColumnElement[Any], days: Collection[date]) -> ColumnElement[bool]:
    """A date column is one of these days, each looked up by itself."""
    if connection.dialect.name == "postgresql":
        return column == func.any(cast(list(days), ARRAY(Date)))
    return _in_json(column, dumps(list(days)).decode())


def holds(connection: Connection, column: ColumnElement[Any], text: str) -> ColumnElement[bool]:
    """A text column has this text somewhere, in capitals or not: SQLite's LIKE does not tell them apart anyway."""
    if connection.dialect.name == "postgresql":
        return column.icontains(text, autoescape=True)
    return column.contains(text, autoescape=True)


def _in_json(column: ColumnElement[Any], values: str) -> ColumnElement[bool]:
    return column.in_(select(func.json_each(values).table_valued("value").c.value))


def insert_once(connection: Connection, table: Table, values: Mapping[str, Any]) -> None:
    """Adds the row; does nothing where its key is there, should another have added it at this very moment."""
    if connection.dialect.name == "postgresql":
        connection.execute(postgresql.insert(table).values(values).on_conflict_do_nothing())
    else:
        connection.execute(sqlite.insert(table).values(values).on_conflict_do_nothing())
