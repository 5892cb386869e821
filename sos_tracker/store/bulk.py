"""Many rows of one table in one statement, without the cost of building each row's parameters by name."""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Dialect, Table

Convert = Callable[[Any], Any]


def insert_rows(
    connection: Connection, table: Table, columns: Sequence[str], rows: Iterable[tuple[Any, ...]], *,
    bound: Collection[str] = (),
) -> None:  # fmt: skip
    """Inserts rows of values in the order of ``columns``; each value is bound as its column's type says.

    ``bound``: columns whose values are bound already, by ``binder``: where one value stands in many rows, it need not
    be looked at in each. Three times as fast as ``connection.execute(insert(table), dictionaries)`` on ten thousand
    rows.
    """
    dialect = connection.dialect
    converted = {
        place: convert
        for place, name in enumerate(columns)
        if name not in bound and (convert := _converter(table, name, dialect)) is not None
    }
    values = list(rows)
    if not values:
        return
    if converted:
        values = _bound(values, converted)
    quote = dialect.identifier_preparer.quote
    mark = "?" if dialect.paramstyle == "qmark" else "%s"
    names = ", ".join(quote(name) for name in columns)
    marks = ", ".join([mark] * len(columns))
    connection.exec_driver_sql(f"INSERT INTO {quote(table.name)} ({names}) VALUES ({marks})", values)


def binder(connection: Connection, table: Table, columns: Sequence[str]) -> Callable[[Sequence[Any]], tuple[Any, ...]]:
    """Turns values of these columns, in their order, into what the driver takes."""
    converters = [_converter(table, name, connection.dialect) or _as_it_is for name in columns]
    return lambda values: tuple(convert(value) for convert, value in zip(converters, values, strict=True))


def _bound(rows: Sequence[tuple[Any, ...]], converted: dict[int, Convert]) -> list[tuple[Any, ...]]:
    """The rows with each column bound that needs it; the same date or moment only once."""
    columns = list(zip(*rows, strict=True))
    for place, convert in converted.items():
        column = columns[place]
        try:
            bound = {value: convert(value) for value in set(column)}
        except TypeError:  # lists and dictionaries, as JSON columns have, cannot be told apart this way
            columns[place] = tuple(map(convert, column))
        else:
            columns[place] = tuple(map(bound.__getitem__, column))
    return list(zip(*columns, strict=True))


def _converter(table: Table, name: str, dialect: Dialect) -> Convert | None:
    """How SQLAlchemy would hand a value of this column to the driver; None where it would hand it on as it is."""
    return table.c[name].type.dialect_impl(dialect).bind_processor(dialect)


def _as_it_is(value: Any) -> Any:
    return value
