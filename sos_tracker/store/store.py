"""Store: keeps the records of every programme. The only stateful class; rows never leave it, records and frames do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Self

from sqlalchemy import Row, insert, select, update

from sos_tracker.measures.frames import ProgrammeFrames
from sos_tracker.records.access import Actor
from sos_tracker.records.changes import Batch, BatchFile, Change, Comparison, Deed, UndoReport
from sos_tracker.records.programme import Programme
from sos_tracker.records.record_set import RecordSet
from sos_tracker.store import counts, tables
from sos_tracker.store import frames as frame_queries
from sos_tracker.store import rows as row_queries
from sos_tracker.store.accesses import Accesses
from sos_tracker.store.batches import batch_row, note_changes, numbered_in, programme_batches, write_batch
from sos_tracker.store.bulk_changes import BulkChanges
from sos_tracker.store.database import is_current, migrate, open_engine, reading, writing
from sos_tracker.store.dialects import insert_once
from sos_tracker.store.editions import Editions
from sos_tracker.store.forecast_moves import moves_of
from sos_tracker.store.history import Written, changes_of, moment, record_changes
from sos_tracker.store.keeping import SafeKeeping
from sos_tracker.store.planning import Plan, plan_import
from sos_tracker.store.programmes import locked_programme, programme_record, programme_row
from sos_tracker.store.recording import RecordWrites
from sos_tracker.store.setting_up import SettingUp
from sos_tracker.store.sharing import Sharing
from sos_tracker.store.sign_ins import SignIns
from sos_tracker.store.stories import Stories
from sos_tracker.store.undoing import undo_batch
from sos_tracker.store.vocabulary import known_words, remember
from sos_tracker.store.writing import Writing, reserve_ids, write_people, write_plan, write_steps


class DuplicateProgramme(ValueError):
    """A programme with this code is there already."""


class AlreadyUndone(ValueError):
    """The batch was taken back before."""


class Store(
    row_queries.RowQueries,
    Accesses,
    SignIns,
    Editions,
    Sharing,
    SafeKeeping,
    RecordWrites,
    Stories,
    BulkChanges,
    SettingUp,
):
    """The records of one database. Reads give records and frames; each write is one transaction with its changes."""

    @classmethod
    def open(cls, url: str) -> Self:
        """``sqlite:///file``, ``sqlite://`` (in memory) or ``postgresql://``; the schema is made by ``migrate``."""
        return cls(open_engine(url))

    def migrate(self) -> None:
        """Brings the database to the newest schema; does nothing where it is there."""
        migrate(self.engine)

    def is_current(self) -> bool:
        """Whether the database has the newest schema."""
        return is_current(self.engine)

    def close(self) -> None:
        self.engine.dispose()

    # programmes

    def programmes(self) -> tuple[Programme, ...]:
        """Every programme, by code."""
        with reading(self.engine) as connection:
            return tuple(
                programme_record(row)
                for row in connection.execute(select(tables.programme).order_by(tables.programme.c.code))
            )

    def programme(self, code: str) -> Programme:
        """Raises UnknownProgramme."""
        with reading(self.engine) as connection:
            return programme_record(programme_row(connection, code))

    def revision(self, code: str) -> int:
        """A number every write to the programme adds to: what caches are keyed by. Raises UnknownProgramme."""
        with reading(self.engine) as connection:
            return int(programme_row(connection, code).revision)

    def add_programme(self, programme: Programme, actor: Actor, *, now: datetime | None = None) -> None:
        """Raises DuplicateProgramme."""
        with writing(self.engine) as connection:
            if connection.scalar(select(tables.programme.c.id).where(tables.programme.c.code == programme.code)):
                raise DuplicateProgramme(f"There is a programme with the code {programme.code} already.")
            number = reserve_ids(connection, tables.programme, 1)[0]
            fields = programme.model_dump(mode="python")
            fields["trained_levels"] = [level.value for level in programme.trained_levels]
            counters = {"revision": 0, "change_number": 0, "change_hash": ""}
            connection.execute(insert(tables.programme).values(id=number, **fields, **counters))
            added = Written("programme", number, 1, Deed.ADDED, programme.code, None, fields)
            record_changes(
                connection, number, [added], actor=actor.name, reason="", batch_id=None, now=moment(now)
            )  # fmt: skip

    # reading

    def frames(self, code: str, on: date) -> ProgrammeFrames:
        """Everything the figures are reckoned from, cut at ``on``. Raises UnknownProgramme."""
        with reading(self.engine) as connection:
            return frame_queries.programme_frames(connection, code, on)

    def known(self, code: str) -> dict[str, Any]:
        """What intake may rely on: agencies, teams, sessions (reference -> date), budget lines, meanings, mappings."""
        with reading(self.engine) as connection:
            number = programme_row(connection, code).id
            return known_words(connection, number)

    def setting(self, name: str) -> str | None:
        with reading(self.engine) as connection:
            value: str | None = connection.scalar(select(tables.setting.c.value).where(tables.setting.c.name == name))
            return value

    def settle(self, name: str, value: str) -> str:
        """Gives what the setting says, which is ``value`` where it said nothing before, whoever else says it now.

        Settings belong to the database, not to a programme, and are no figures: they have no change row.
        """
        with writing(self.engine) as connection:
            insert_once(connection, tables.setting, {"name": name, "value": value})
            found = connection.scalars(select(tables.setting.c.value).where(tables.setting.c.name == name)).one()
            return str(found)

    # importing

    def compare(self, code: str, records: RecordSet) -> Comparison:
        """The dry run: what ``commit`` would do now. Raises UnknownProgramme."""
        with reading(self.engine) as connection:
            row = programme_row(connection, code)
            plan = plan_import(connection, row.id, records)
            return replace(plan.comparison(), planned=PlannedAt(row.id, row.revision, records, plan))

    def commit(
        self,
        code: str,
        records: RecordSet,
        actor: Actor,
        files: Sequence[BatchFile],
        *,
        reason: str = "",
        meanings: Mapping[str, str] | None = None,
        mappings: Mapping[str, Mapping[str, str]] | None = None,
        compared: Comparison | None = None,
        now: datetime | None = None,
    ) -> Batch | None:
        """Writes the records as one batch, all or nothing; None where nothing was new or changed.

        ``compared``, where it is of these records and nothing was written since, saves planning them again.
        ``meanings`` and ``mappings`` (by heading fingerprint) are remembered for later files.
        """
        at = moment(now)
        with writing(self.engine) as connection:
            row = locked_programme(connection, code)
            number = row.id
            plan = _still_good(compared, row, records) or plan_import(connection, number, records)
            comparison = plan.comparison()
            work = Writing(connection, number, None)
            remember(work, meanings or {}, mappings or {})
            if comparison.nothing_to_do:
                if work.changes:
                    record_changes(connection, number, work.changes, actor=actor.name, reason=reason,
                                   batch_id=None, now=at)  # fmt: skip
                return None
            work.batch_id = reserve_ids(connection, tables.batch, 1)[0]
            batch = Batch(work.batch_id, code, at, actor.name, tuple(files), comparison.new, comparison.changed,
                          comparison.same, withdrawn=comparison.withdrawn, reason=reason)  # fmt: skip
            write_batch(connection, number, batch, reason)
            write_people(work, plan.people)
            if comparison.merged:
                plan = plan_import(connection, number, records)
            else:
                _number_people(plan.steps, plan.people.numbers)
            write_plan(work, plan)
            write_steps(work, moves_of(plan.steps, reason=reason, on=at.date()))
            counts.refresh(connection, number, sessions=work.sessions, people=work.people, teams=work.teams,
                           months_posted=work.months_posted)  # fmt: skip
            numbers = record_changes(connection, number, work.changes, actor=actor.name, reason=reason,
                                     batch_id=work.batch_id, now=at)  # fmt: skip
            note_changes(connection, work.batch_id, *numbers)
            return batch

    def undo(self, batch: int, actor: Actor, *, reason: str = "", now: datetime | None = None) -> UndoReport:
        """Takes a batch back; what was edited or relied on since is kept and listed.

        Raises UnknownBatch, AlreadyUndone.
        """
        at = moment(now)
        with writing(self.engine) as connection:
            code, row = batch_row(connection, batch)
            number = locked_programme(connection, code).id
            code, row = batch_row(connection, batch)
            if row.undone_at is not None:
                raise AlreadyUndone(f"Batch {batch} was taken back on {row.undone_at:%d %B %Y} by {row.undone_by}.")
            work = Writing(connection, number, None)
            taken_back, kept = undo_batch(work, batch)
            connection.execute(
                update(tables.batch).where(tables.batch.c.id == batch).values(undone_at=at, undone_by=actor.name)
            )
            counts.refresh(connection, number, sessions=work.sessions, people=work.people, teams=work.teams,
                           months_posted=work.months_posted)  # fmt: skip
            record_changes(connection, number, work.changes, actor=actor.name, batch_id=None, now=at,
                           reason=reason or f"Batch {batch} undone")  # fmt: skip
            return UndoReport(batch, dict(taken_back), tuple(kept))

    def remember_mapping(
        self, code: str, fingerprint: str, mapping: Mapping[str, str], actor: Actor, *, now: datetime | None = None
    ) -> None:
        """Keeps how the columns of one heading row are to be read."""
        with writing(self.engine) as connection:
            number = locked_programme(connection, code).id
            work = Writing(connection, number, None)
            remember(work, {}, {fingerprint: mapping})
            record_changes(connection, number, work.changes, actor=actor.name, reason="", batch_id=None,
                           now=moment(now))  # fmt: skip

    # history

    def batches(self, code: str) -> tuple[Batch, ...]:
        """Every batch of the programme, newest first, undone ones included. Raises UnknownProgramme."""
        with reading(self.engine) as connection:
            number = programme_row(connection, code).id
            return programme_batches(connection, number, code)

    def batch_programme(self, batch: int) -> str:
        """The code of the programme a batch belongs to. Raises UnknownBatch."""
        with reading(self.engine) as connection:
            return batch_row(connection, batch)[0]

    def changes(self, code: str, *, batch: int | None = None, limit: int = 100, offset: int = 0) -> tuple[Change, ...]:
        """The history, newest first. Raises UnknownProgramme."""
        change = tables.change
        with reading(self.engine) as connection:
            query = select(change).where(change.c.programme_id == programme_row(connection, code).id)
            if batch is not None:
                query = query.where(numbered_in(connection, batch))
            return changes_of(connection.execute(query.order_by(change.c.number.desc()).limit(limit).offset(offset)))


@dataclass
class PlannedAt:
    """A dry run's plan, for the import that follows it: good once, while the programme is at the same revision."""

    programme_id: int
    revision: int
    records: RecordSet
    plan: Plan | None


def _still_good(compared: Comparison | None, row: Row[Any], records: RecordSet) -> Plan | None:
    """The plan of a dry run, handed over for good: writing gives its new records their numbers."""
    planned = compared.planned if compared is not None else None
    if not isinstance(planned, PlannedAt) or planned.records is not records:
        return None
    if (planned.programme_id, planned.revision) != (row.id, row.revision):
        return None
    plan, planned.plan = planned.plan, None
    return plan


def _number_people(steps: Sequence[Any], numbers: Mapping[int, int]) -> None:
    for step in steps:
        person_id = step.after.get("person_id") if step.after is not None else None
        if person_id is not None and person_id < 0:
            step.after["person_id"] = numbers[person_id]
