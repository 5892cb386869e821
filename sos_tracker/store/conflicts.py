"""Two people at one record: what the second saw, what the first made of it since, and what the second says."""

from collections.abc import Sequence
from typing import Any

from orjson import loads
from sqlalchemy import Connection, RowMapping, select

from sos_tracker.records.people import PersonKeys
from sos_tracker.records.recorded import Conflict, FieldConflict, Revise, UnknownRecord, Withdraw
from sos_tracker.store import tables
from sos_tracker.store.fields import Fields, fields_of, record_fields, typed
from sos_tracker.store.recorded import NewestChange, RecordKind, Words, as_recorded


def conflict(
    connection: Connection,
    programme_id: int,
    kind: RecordKind,
    write: Revise | Withdraw,
    row: RowMapping | None,
    newest: NewestChange | None,
) -> Conflict:
    """What stands between a write and the record as it is; ``row`` is None where it was withdrawn.

    Raises UnknownRecord where there never was one.
    """
    if newest is None:
        raise UnknownRecord(f"There is no {write.kind} with the number {write.number}.")
    now = fields_of(kind.table, row) if row is not None else None
    seen = _as_seen(connection, programme_id, kind, write, now)
    words = Words(connection, [state for state in (seen, now) if state])
    told = (kind.record.kind, write.number, newest.key, newest.recorded_at, newest.actor)
    if now is None or row is None:
        return Conflict(*told, theirs=None, fields=_fields(kind, words, seen, None, write))
    theirs = as_recorded(kind, write.number, words.record(kind, now), newest, row["batch_id"])
    return Conflict(*told, theirs=theirs, fields=_fields(kind, words, seen, now, write))


def _as_seen(
    connection: Connection, programme_id: int, kind: RecordKind, write: Revise | Withdraw, now: Fields | None
) -> Fields:
    """The record as it was at that version: as it is, with every later change taken back."""
    of = tables.change.c
    here = [of.programme_id == programme_id, of.table_name == kind.table.name, of.record_id == write.number]
    later = select(of.before).where(*here, of.number > write.version).order_by(of.number.desc())
    names, seen = set(record_fields(kind.table)), dict(now or {})
    for before in connection.scalars(later):
        if before is None:  # it came back
            seen = {}
            continue
        was = {name: value for name, value in loads(before).items() if name in names}
        seen |= typed(kind.table, was)
    return seen


def _fields(
    kind: RecordKind, words: Words, seen: Fields, now: Fields | None, write: Revise | Withdraw
) -> tuple[FieldConflict, ...]:
    names: Sequence[str] = list(kind.record.model_fields)
    was, theirs = (vars(words.record(kind, state)) if state else dict.fromkeys(names) for state in (seen, now))
    if isinstance(write, Withdraw):
        return tuple(
            FieldConflict(name, was[name], theirs[name], None) for name in names if not _alike(was[name], theirs[name])
        )
    mine = vars(write.record)
    return tuple(
        FieldConflict(name, was[name], theirs[name], mine[name])
        for name in names
        if not _alike(theirs[name], mine[name])
    )


def _alike(one: Any, other: Any) -> bool:
    """Equal; of people, known by the same employee number or, where one has none, by the same e-mail."""
    if isinstance(one, PersonKeys) and isinstance(other, PersonKeys):
        if one.reference and other.reference:
            return one.reference == other.reference
        return one.email is not None and one.email == other.email
    return bool(one == other)
