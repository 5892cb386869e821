"""The records as they stood after an earlier change: played again from the history, into a database in memory.

The history holds every field of every record, but for what people are known by, which nothing counts. So what is
reckoned from such a replay is what would have been reckoned then, with today's rules.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from orjson import loads
from sqlalchemy import Connection, Engine, Row, Table, delete, event, insert, select, update
from sqlalchemy.engine.interfaces import DBAPIConnection

from sos_tracker.measures.frames import ProgrammeFrames
from sos_tracker.store import counts, tables
from sos_tracker.store.bulk import insert_rows
from sos_tracker.store.chunks import in_chunks
from sos_tracker.store.database import open_engine
from sos_tracker.store.fields import Fields, typed
from sos_tracker.store.frames import programme_frames
from sos_tracker.store.programmes import programme_row
from sos_tracker.store.tables import change, metadata

_KEPT_WITH_A_ROW = {"id", "programme_id", "version", "batch_id"}
_NOT_COUNTED = {"person", "person_email"}


def frames_after(connection: Connection, code: str, on: date, numbers: Sequence[int]) -> Iterator[ProgrammeFrames]:
    """The frames of one day as they were after each of these changes, whose numbers rise. Raises UnknownProgramme."""
    row = programme_row(connection, code)
    with _scratch() as scratch:
        replay = _Replay(connection, scratch, row)
        for number in numbers:
            replay.to(number)
            yield programme_frames(scratch, row.code, on)


@contextmanager
def _scratch() -> Iterator[Connection]:
    """An empty database in memory, gone afterwards. It refuses nothing: what is played was accepted once."""
    engine: Engine = open_engine("sqlite://")
    event.listen(engine, "connect", _without_references)
    try:
        with engine.begin() as connection:
            metadata.create_all(connection)
            yield connection
    finally:
        engine.dispose()


def _without_references(connection: DBAPIConnection, _: object) -> None:
    connection.execute("PRAGMA foreign_keys = OFF")


class _Replay:
    """One programme's records, moved on from change to change."""

    def __init__(self, source: Connection, scratch: Connection, row: Row[Any]) -> None:
        self.source, self.scratch, self.programme_id, self.at = source, scratch, row.id, 0
        self.states: dict[tuple[str, int], Fields] = {}
        scratch.execute(insert(tables.programme).values(row._asdict()))

    def to(self, number: int) -> None:
        """Plays the changes up to and including this one."""
        touched: dict[str, set[int]] = defaultdict(set)
        of = change.c
        played = select(of.table_name, of.record_id, of.after).where(
            of.programme_id == self.programme_id, of.number > self.at, of.number <= number
        )
        told = self.source.execute(played.order_by(of.number).execution_options(yield_per=5_000))
        for table_name, record_id, after in told:
            touched[table_name].add(record_id)
            if after is None:
                self.states.pop((table_name, record_id), None)
            else:
                self.states.setdefault((table_name, record_id), {}).update(loads(after))
        self.at = number
        for name, record_ids in touched.items():
            table = metadata.tables[name]
            if table is tables.programme:
                self._set_programme(self.states[name, self.programme_id])
            elif _KEPT_WITH_A_ROW.issubset(table.c.keys()) and name not in _NOT_COUNTED:
                self._put(table, record_ids)
        if touched:
            counts.rebuild(self.scratch, self.programme_id)

    def _set_programme(self, told: Fields) -> None:
        values = {name: value for name, value in typed(tables.programme, told).items() if name not in _COUNTERS}
        self.scratch.execute(update(tables.programme).values(values))

    def _put(self, table: Table, record_ids: set[int]) -> None:
        """Each record anew as it is now: two that changed places do not meet on the way."""
        for chunk in in_chunks(record_ids):
            self.scratch.execute(delete(table).where(table.c.id.in_(chunk)))
        alike: dict[tuple[str, ...], list[tuple[Any, ...]]] = defaultdict(list)
        for number in record_ids:
            state = self.states.get((str(table.name), number))
            if state is not None:
                fields = {name: value for name, value in typed(table, state).items() if name not in _KEPT_WITH_A_ROW}
                alike[tuple(fields)].append((number, self.programme_id, 1, *fields.values()))
        for names, rows in alike.items():
            insert_rows(self.scratch, table, ["id", "programme_id", "version", *names], rows)


_COUNTERS = {"revision", "change_number", "change_hash", "id"}
