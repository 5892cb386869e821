"""The change table: one row a change, chained by hash, written in the same transaction as the change itself."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, NamedTuple

from orjson import dumps, loads
from sqlalchemy import Connection, Row, select, update

from sos_tracker.records.changes import Change, Deed
from sos_tracker.store.bulk import binder, insert_rows
from sos_tracker.store.tables import change, programme

# the columns a link's hash is over, in this order; changing it would break every chain written before
_LINKED = (
    "programme_id", "number", "recorded_at", "actor", "deed", "table_name", "record_id", "record_version", "key",
    "reason", "batch_id", "before", "after",
)  # fmt: skip
_NAMING = frozenset({"person", "person_email"})
_KEYS = {"reference_key": "employee_number", "email_key": "e_mail", "email_keys": "e_mail"}
_DEEDS = {deed: deed.value for deed in Deed}  # an enum's own ``value`` is slow to read
_RECORD_WORDS = {
    "training_session": "session",
    "attendance": "attendance",
    "headcount": "headcount",
    "staff_member": "staff member",
    "practice_lead_post": "practice-lead post",
    "budget_line": "budget line",
    "ledger_entry": "ledger entry",
    "strategy_target": "strategy target",
    "person_email": "person",
    "word_meaning": "meaning of a word",
    "column_mapping": "column mapping",
    "rating_rule": "rating rule",
    "programme_domain": "domain",
    "name_spelling": "spelling of a name",
}


def record_words(table_name: str) -> str:
    """What people call a record of this table."""
    return _RECORD_WORDS.get(table_name, table_name.replace("_", " "))


class Written(NamedTuple):
    """One change to be recorded; ``before``/``after`` are column values, None where there was or is no record."""

    table_name: str
    record_id: int
    record_version: int
    deed: Deed
    key: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


def record_changes(
    connection: Connection,
    programme_id: int,
    changes: Sequence[Written],
    *,
    actor: str,
    reason: str,
    batch_id: int | None,
    now: datetime,
) -> tuple[int, int]:
    """Appends to the programme's chain and moves its revision on; gives the first and the last number appended.

    Call within the transaction of the writes.
    """
    head = connection.execute(
        select(programme.c.change_number, programme.c.change_hash).where(programme.c.id == programme_id)
    ).one()
    number, link = head.change_number, head.change_hash
    (at,) = binder(connection, change, ["recorded_at"])([now])
    rows: list[tuple[Any, ...]] = []
    for table_name, record_id, version, deed, key, was, becomes in changes:
        number += 1
        if table_name in _NAMING:
            was, becomes = _without_keys(was), _without_keys(becomes)
        told = (actor, _DEEDS[deed], table_name, record_id, version, key, reason, batch_id)
        before = None if was is None else dumps(was).decode()
        after = None if becomes is None else dumps(becomes).decode()
        link = _link(link, (programme_id, number, now, *told), before, after)
        rows.append((programme_id, number, at, *told, before, after, link))
    insert_rows(connection, change, [*_LINKED, "hash"], rows, bound=["recorded_at"])
    connection.execute(
        update(programme)
        .where(programme.c.id == programme_id)
        .values(revision=programme.c.revision + 1, change_number=number, change_hash=link)
    )
    return head.change_number + 1, number


def moment(now: datetime | None) -> datetime:
    """The time of a change: UTC without its zone, as it is stored, to the second; the present where None."""
    return (now or datetime.now(UTC)).astimezone(UTC).replace(tzinfo=None, microsecond=0)


def _without_keys(fields: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """What is known of a person, without what they are known by: the history outlives a request to be forgotten."""
    if fields is None:
        return None
    told = {name: value for name, value in fields.items() if name not in _KEYS or value is None}
    return told | {_KEYS[name]: "known" for name, value in fields.items() if name in _KEYS and value is not None}


def _link(previous: str, plain: Sequence[Any], before: str | None, after: str | None) -> str:
    """The hash of one link: over the link before and every column of this one in the order of ``_LINKED``.

    One line of JSON, then the texts before and after as they stand, which are JSON and hold no line break.
    """
    return sha256(dumps((previous, *plain)) + f"\n{before}\n{after}".encode()).hexdigest()


def broken_links(connection: Connection, programme_id: int, code: str) -> list[str]:
    """Every link of the chain that does not follow from the one before, named; none when the chain is whole."""
    problems, link, number = [], "", 0
    chain = select(change).where(change.c.programme_id == programme_id).order_by(change.c.number)
    for row in connection.execute(chain).mappings():
        number += 1
        if row["number"] != number:
            problems.append(f"{code}: change {number} is missing from the history.")
            number = row["number"]
        *plain, before, after = (row[name] for name in _LINKED)
        if _link(link, plain, before, after) != row["hash"]:
            problems.append(
                f"{code}: change {row['number']} ({row['deed']} {record_words(row['table_name'])} {row['key']}) "
                "is not as it was written."
            )
        link = row["hash"]
    head = connection.execute(
        select(programme.c.change_number, programme.c.change_hash).where(programme.c.id == programme_id)
    ).one()
    if (head.change_number, head.change_hash) != (number, link):
        problems.append(f"{code}: the history should end with change {head.change_number} but ends with {number}.")
    return problems


def changes_of(rows: Iterable[Row[Any]]) -> tuple[Change, ...]:
    """Rows of the change table as records."""
    return tuple(
        Change(
            number=row.number,
            recorded_at=row.recorded_at.replace(tzinfo=UTC),
            actor=row.actor,
            deed=Deed(row.deed),
            kind=record_words(row.table_name),
            key=row.key,
            before=loads(row.before) if row.before else None,
            after=loads(row.after) if row.after else None,
            reason=row.reason,
            batch=row.batch_id,
            hash=row.hash,
            record=row.record_id,
        )
        for row in rows
    )
