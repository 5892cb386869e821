"""The records beside their history: what the change rows add up to must be what stands in the tables.

Rows and changes are gone through side by side in the order of their numbers, so that this needs no memory to speak of.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from typing import Any

from orjson import loads
from sqlalchemy import Connection, Table, select

from sos_tracker.store import tables
from sos_tracker.store.history import record_words
from sos_tracker.store.keeping.kept import Layout, rows_of

_NAMED = 5
_NOT_TOLD = {"reference_key", "email_key", "version"}
"""What the history leaves out of a person, and what stands in a column of its own."""
_TOLD_WITH_ANOTHER = {"person_email"}
"""Added with their person, in the person's own change."""


@dataclass
class _Story:
    """What the changes of one record add up to; ``fields`` None where it should be gone."""

    key: str = ""
    version: int = 0
    fields: dict[str, Any] | None = field(default_factory=dict)


def records_not_as_told(connection: Connection) -> list[str]:
    """Records that were altered, removed or put there past the history, each named; none when they agree."""
    found: list[str] = []
    for table in tables.metadata.sorted_tables:
        if {"id", "version", "batch_id"} <= set(table.c.keys()):
            of_table = list(_not_as_told(connection, table))
            found += of_table[:_NAMED]
            if len(of_table) > _NAMED:
                found.append(f"And {len(of_table) - _NAMED:,} more of the table {table.name}.")
    return found


def _not_as_told(connection: Connection, table: Table) -> Iterator[str]:
    layout, words = Layout.of(table), record_words(table.name)
    rows = (dict(zip(layout.columns, row, strict=True)) for row in rows_of(connection, layout))
    row = next(rows, None)
    for number, story in _stories(connection, table.name):
        while row is not None and row["id"] < number:
            yield from _untold(table, words, row)
            row = next(rows, None)
        there = row is not None and row["id"] == number
        if there != (story.fields is not None):
            yield f"The {words} {story.key} is {'there' if there else 'gone'}, and its history says otherwise."
        elif there and row is not None and (said := _differing(story, row)):
            yield f"The {words} {story.key} is not as its history says: {said}."
        if there:
            row = next(rows, None)
    for rest in [row, *rows] if row is not None else ():
        yield from _untold(table, words, rest)


def _untold(table: Table, words: str, row: Mapping[str, Any]) -> Iterator[str]:
    if table.name not in _TOLD_WITH_ANOTHER:
        yield f"A {words} (number {row['id']}) has no history."


def _stories(connection: Connection, table_name: str) -> Iterator[tuple[int, _Story]]:
    of = tables.change.c
    query = select(of.record_id, of.record_version, of.key, of.after).where(of.table_name == table_name)
    told = connection.execute(query.order_by(of.record_id, of.number).execution_options(yield_per=2_000))
    for number, changes in groupby(told, key=attrgetter("record_id")):
        yield number, _added_up(changes)


def _added_up(changes: Iterable[Any]) -> _Story:
    story = _Story()
    for change in changes:
        story.key, story.version = change.key, change.record_version
        story.fields = None if change.after is None else {**(story.fields or {}), **loads(change.after)}
    return story


def _differing(story: _Story, row: Mapping[str, Any]) -> str:
    told = {name: value for name, value in (story.fields or {}).items() if name in row and name not in _NOT_TOLD}
    wrong = [f"{name} is {row[name]!r} and should be {value!r}" for name, value in told.items() if row[name] != value]
    if row["version"] != story.version:
        wrong.append(f"it is version {row['version']} and should be {story.version}")
    return "; ".join(wrong)
