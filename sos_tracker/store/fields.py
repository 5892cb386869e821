"""A record's own fields: of a row, of a record on its way to one, and as JSON has them in the history."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from enum import Enum
from typing import Any

from sqlalchemy import Date, RowMapping, Table

from sos_tracker.records.record import Record
from sos_tracker.store import tables

Fields = dict[str, Any]

_NOT_FIELDS = {"id", "programme_id", "version", "batch_id", "held_on", "session_status", "trained_on"}


def record_fields(table: Table) -> list[str]:
    """The columns that are the record itself: not its number, programme, version, batch or repeated facts."""
    left_out = _NOT_FIELDS | {"level"} if table is tables.attendance else _NOT_FIELDS
    return [str(column.name) for column in table.columns if column.name not in left_out]


def fields_of(table: Table, row: RowMapping) -> Fields:
    """The record's own columns of a row."""
    return {name: row[name] for name in record_fields(table)}


def typed(table: Table, fields: Mapping[str, Any]) -> Fields:
    """Column values from the JSON of a change row, which may say more than columns: dates are dates again."""
    return {
        name: date.fromisoformat(value) if isinstance(table.c[name].type, Date) and value is not None else value
        for name, value in fields.items()
        if name in table.c
    }


def plain_values(record: Record) -> Fields:
    """The record's own fields as a driver takes them: the values of words, not the words' type; no person."""
    fields = record.model_dump(mode="python", exclude={"person"})
    return {name: _DRIVEN[name](value) if name in _DRIVEN else _valued(value) for name, value in fields.items()}


def _valued(value: Any) -> Any:
    return value.value if isinstance(value, Enum) else value


def _dated_list(pairs: Sequence[tuple[date, Any]]) -> list[list[Any]]:
    return [[day.isoformat(), amount] for day, amount in pairs]


_DRIVEN: Mapping[str, Callable[[Any], Any]] = {"profile": _dated_list, "points": _dated_list, "measures": list}


def words_of(record: Record) -> str:
    """The record's key in words, as the history names it."""
    return " / ".join(str(part) for part in record.key if part not in (None, "", 0)) or record.kind
