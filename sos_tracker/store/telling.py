"""Changes as they are told: what a record refers to by number is named, and what people do not read is left out."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, func, select

from sos_tracker.records.changes import Change
from sos_tracker.store.dialects import among
from sos_tracker.store.recorded import REFERRED
from sos_tracker.store.tables import change

_NOT_TOLD = {"version", "batch_id", "same_as", "email_key", "email_keys", "reference_key"}
"""How rows are kept, and never what a person is known by, should an old change hold it."""
_REFERRING = {column: (name, table) for name, (column, table) in REFERRED.items()}


def told(connection: Connection, programme_id: int, changes: Sequence[Change]) -> tuple[Change, ...]:
    """The same changes with sessions and milestones by reference, and people by their number in the history."""
    states = [state for each in changes for state in (each.before, each.after) if state]
    names = {column: _references(connection, programme_id, column, states) for column in _REFERRING}
    return tuple(
        replace(each, before=_told(each.before, names), after=_told(each.after, names)) for each in changes
    )  # fmt: skip


def _told(state: Mapping[str, Any] | None, names: Mapping[str, Mapping[int, str]]) -> dict[str, Any] | None:
    if state is None:
        return None
    found: dict[str, Any] = {}
    for name, value in state.items():
        if name in _REFERRING:
            found[_REFERRING[name][0]] = names[name].get(value, f"number {value}")
        elif name == "person_id":
            found["person"] = None if value is None else f"person {value}"
        elif name not in _NOT_TOLD:
            found[name] = value
    return found


def _references(
    connection: Connection, programme_id: int, column: str, states: Sequence[Mapping[str, Any]]
) -> dict[int, str]:
    """What each record is called, or was when the history last told of it."""
    wanted = {state[column] for state in states if column in state}
    if not wanted:
        return {}
    _, table = _REFERRING[column]
    here = [table.c.programme_id == programme_id, among(connection, table.c.id, wanted)]
    named = connection.execute(select(table.c.id, table.c.reference).where(*here))
    found: dict[int, str] = {row.id: row.reference for row in named}
    gone = wanted - found.keys()
    if gone:
        of = change.c
        theirs = [of.programme_id == programme_id, of.table_name == table.name, among(connection, of.record_id, gone)]
        newest = select(func.max(of.number)).where(*theirs).group_by(of.record_id)
        query = select(of.record_id, of.key).where(of.programme_id == programme_id, of.number.in_(newest))
        found |= {row.record_id: row.key for row in connection.execute(query)}
    return found
