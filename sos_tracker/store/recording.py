"""Records one by one: read for a form, added, revised and withdrawn by hand, each with its story."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine

from sos_tracker.records.access import Actor
from sos_tracker.records.recorded import Recorded, UnknownRecord, Withdraw, Write
from sos_tracker.store import counts
from sos_tracker.store.database import reading, writing
from sos_tracker.store.history import moment, record_changes
from sos_tracker.store.programmes import locked_programme, programme_row
from sos_tracker.store.recorded import page_of, record_kind, recorded, rows_numbered
from sos_tracker.store.saving import carry_out
from sos_tracker.store.writing import Writing


class RecordWrites:
    """Each raises UnknownProgramme, and ValueError for a kind of record that is not kept one by one."""

    engine: Engine

    def records(
        self, code: str, kind: str, *, text: str = "", limit: int = 100, offset: int = 0, **narrow: Any
    ) -> tuple[tuple[Recorded, ...], int]:
        """Records of one kind, newest first where they have a day, and how many there are of them in all.

        ``text`` is looked for in their words. ``narrow`` by any field, to one value or to one of several; ``session``
        and ``milestone`` by reference, ``person`` by keys, ``since`` and ``until`` by the kind's own day.
        """
        with reading(self.engine) as connection:
            number, of_kind = programme_row(connection, code).id, record_kind(kind)
            rows, total = page_of(connection, number, of_kind, text, limit, offset, narrow)
            return recorded(connection, number, of_kind, rows), total

    def record(self, code: str, kind: str, number: int) -> Recorded:
        """Raises UnknownRecord, also where it was withdrawn."""
        with reading(self.engine) as connection:
            found = _numbered(connection, programme_row(connection, code).id, [(kind, number)]).get((kind, number))
            if found is None:
                raise UnknownRecord(f"There is no {kind} with the number {number}; it may have been withdrawn.")
            return found

    def records_numbered(self, code: str, named: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Recorded]:
        """Those there are of these records, by kind and number."""
        with reading(self.engine) as connection:
            return _numbered(connection, programme_row(connection, code).id, named)

    def write(
        self, code: str, writes: Sequence[Write], actor: Actor, *, reason: str = "", now: datetime | None = None
    ) -> tuple[Recorded, ...]:
        """Adds, revises and withdraws, all or nothing; gives each record as it is then, or as it was when withdrawn.

        Raises StaleRecord where somebody saved one of them since, UnknownRecord, and RecordRefused (DuplicateRecord,
        FixedRecord) with the field and the place of the write.
        """
        at = moment(now)
        with writing(self.engine) as connection:
            programme = locked_programme(connection, code).id
            gone = [(write.kind, write.number) for write in writes if isinstance(write, Withdraw)]
            before = _numbered(connection, programme, gone)
            work = Writing(connection, programme, None)
            numbers = carry_out(work, writes, reason=reason, today=at.date())
            if work.changes:
                counts.refresh(connection, programme, sessions=work.sessions, people=work.people, teams=work.teams,
                               months_posted=work.months_posted)  # fmt: skip
                record_changes(connection, programme, work.changes, actor=actor.name, reason=reason, batch_id=None,
                               now=at)  # fmt: skip
            named = [(write.kind, number) for write, number in zip(writes, numbers, strict=True)]
            found = before | _numbered(connection, programme, named)
            return tuple(found[kind, number] for kind, number in named)


def _numbered(
    connection: Connection, programme_id: int, named: Iterable[tuple[str, int]]
) -> dict[tuple[str, int], Recorded]:
    """Those there are of these records, by kind and number; a kind is read in one go."""
    numbers: dict[str, list[int]] = {}
    for kind, number in named:
        numbers.setdefault(kind, []).append(number)
    found: dict[tuple[str, int], Recorded] = {}
    for kind, of_kind in numbers.items():
        rows = rows_numbered(connection, programme_id, record_kind(kind).table, of_kind)
        for one in recorded(connection, programme_id, record_kind(kind), list(rows.values())):
            found[kind, one.number] = one
    return found
