"""Batches: imports with their files, and corrections of many records at once; kept whether or not they were undone."""

from collections.abc import Sequence
from datetime import UTC
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, insert, select, update

from sos_tracker.records.changes import Batch, BatchFile
from sos_tracker.store import tables


class UnknownBatch(LookupError):
    """No batch has this number."""


def programme_batches(connection: Connection, number: int, code: str) -> tuple[Batch, ...]:
    """Every batch of the programme, newest first, undone ones included."""
    of_batch: dict[int, list[BatchFile]] = {}
    named = select(tables.batch_file).where(tables.batch_file.c.programme_id == number)
    for row in connection.execute(named.order_by(tables.batch_file.c.id)):
        file = BatchFile(row.name, row.sha256, tuple(row.kinds), row.row_count)
        of_batch.setdefault(row.batch_id, []).append(file)
    found = select(tables.batch).where(tables.batch.c.programme_id == number).order_by(tables.batch.c.id.desc())
    return tuple(_batch(code, row, of_batch.get(row.id, [])) for row in connection.execute(found))


def write_batch(connection: Connection, number: int, batch: Batch, reason: str) -> None:
    connection.execute(
        insert(tables.batch).values(
            id=batch.number, programme_id=number, recorded_at=batch.recorded_at, actor=batch.actor, reason=reason,
            new=batch.new, changed=batch.changed, same=batch.same, undone_by="", withdrawn=batch.withdrawn,
            title=batch.title,
        )
    )  # fmt: skip
    if batch.files:
        rows = [
            {"programme_id": number, "batch_id": batch.number, "name": file.name, "sha256": file.sha256,
             "kinds": list(file.kinds), "row_count": file.rows}
            for file in batch.files
        ]  # fmt: skip
        connection.execute(insert(tables.batch_file), rows)


def note_changes(connection: Connection, batch: int, first: int, last: int) -> None:
    """Keeps which numbers of the programme's history are the batch's own."""
    connection.execute(
        update(tables.batch).where(tables.batch.c.id == batch).values(first_change=first, last_change=last)
    )


def numbered_in(connection: Connection, batch: int) -> ColumnElement[bool]:
    """Of the programme's changes, those of one batch."""
    row = batch_row(connection, batch)[1]
    return tables.change.c.number.between(row.first_change, row.last_change) & (tables.change.c.batch_id == batch)


def batch_row(connection: Connection, number: int) -> tuple[str, Row[Any]]:
    """The code of the batch's programme, and its row. Raises UnknownBatch."""
    query = select(tables.batch).where(tables.batch.c.id == number)
    row = connection.execute(query).first()
    if row is None:
        raise UnknownBatch(f"There is no batch with the number {number}.")
    code = connection.scalar(select(tables.programme.c.code).where(tables.programme.c.id == row.programme_id))
    return str(code), row


def _batch(code: str, row: Row[Any], files: Sequence[BatchFile]) -> Batch:
    return Batch(
        number=row.id,
        programme=code,
        recorded_at=row.recorded_at.replace(tzinfo=UTC),
        actor=row.actor,
        files=tuple(files),
        new=row.new,
        changed=row.changed,
        same=row.same,
        undone_at=row.undone_at.replace(tzinfo=UTC) if row.undone_at else None,
        undone_by=row.undone_by,
        withdrawn=row.withdrawn,
        title=row.title,
        reason=row.reason,
    )
