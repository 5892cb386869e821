"""What SQLite and PostgreSQL say differently, said once."""

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Date, cast, func, select
from sqlalchemy.dialects.postgresql import ARRAY, BIGINT
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.expression import FunctionElement


class month_of(FunctionElement[date]):
    """The first day of the month of a date column."""

    type = Date()
    inherit_cache = True


@compiles(month_of, "sqlite")
def _month_in_sqlite(element: month_of, compiler: SQLCompiler, **how: Any) -> str:
    return f"(substr({compiler.process(element.clauses, **how)}, 1, 8) || '01')"


@compiles(month_of, "postgresql")
def _month_in_postgresql(element: month_of, compiler: SQLCompiler, **how: Any) -> str:
    return f"CAST(date_trunc('month', {compiler.process(element.clauses, **how)}) AS DATE)"


def among(connection: Connection, column: ColumnElement[Any], ids: Collection[int]) -> ColumnElement[bool]:
    """``column`` is one of ``ids``, however many there are: they travel as one value."""
    if connection.dialect.name == "postgresql":
        return column == func.any(cast(list(ids), ARRAY(BIGINT)))
    listed = func.json_each(f"[{','.join(map(str, ids))}]").table_valued("value")
    return column.in_(select(listed.c.value))
