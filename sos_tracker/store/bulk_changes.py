"""Corrections of many records at once: tried to see what would come of it, then written as one batch."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any

from sqlalchemy import Connection, Engine, func, select, union_all

from sos_tracker.measures.frames import ProgrammeFrames
from sos_tracker.records.access import Actor
from sos_tracker.records.bulk import (
    BulkChange,
    BulkOutcome,
    CorrectLevel,
    MergeAgency,
    MergeTeam,
    MoveSession,
    PlaceNamed,
    WithdrawSession,
)
from sos_tracker.records.changes import Batch, Deed, Difference
from sos_tracker.records.recorded import RecordRefused
from sos_tracker.store import counts, tables
from sos_tracker.store.batches import note_changes, write_batch
from sos_tracker.store.bulk_merging import merge
from sos_tracker.store.bulk_sessions import correct_level, move_session, withdraw_session
from sos_tracker.store.bulk_tables import name_spelling
from sos_tracker.store.database import reading, trying, writing
from sos_tracker.store.embedding_tables import case_audit, scale_rating, survey_answer
from sos_tracker.store.frames import programme_frames
from sos_tracker.store.history import Written, moment, record_changes, record_words
from sos_tracker.store.programmes import locked_programme, programme_row
from sos_tracker.store.writing import Writing, reserve_ids

_EXAMPLES = 5  # of each kind of record and deed
_UNTOLD = {"batch_id", "version", "inferred"}
_NAMING = (tables.attendance, tables.staff_member, tables.practice_lead_post, scale_rating, case_audit)


class MovedOn(Exception):
    """The records have changed since the correction was tried: it may do something else now. Nothing was written."""


@dataclass(frozen=True)
class BulkTrial:
    """What a correction would do, and what figures would be reckoned from on one day, before and after it."""

    outcome: BulkOutcome
    before: ProgrammeFrames
    after: ProgrammeFrames


class BulkChanges:
    """Each raises UnknownProgramme; those that correct raise RecordRefused, with the field of the correction."""

    engine: Engine

    def try_bulk(self, code: str, change: BulkChange, on: date, *, now: datetime | None = None) -> BulkTrial:
        """Makes the correction, reads what would be, and takes it back. Other writers wait meanwhile."""
        with trying(self.engine) as connection:
            row = locked_programme(connection, code)
            before = programme_frames(connection, code, on)
            work = Writing(connection, row.id, None)
            notes = _carry_out(work, change, "", moment(now).date())
            _count(work)
            outcome = BulkOutcome(
                change, row.revision, _by_kind(work.changes, Deed.REVISED), _by_kind(work.changes, Deed.WITHDRAWN),
                tuple(_examples(work.changes)), tuple(notes),
            )  # fmt: skip
            return BulkTrial(outcome, before, programme_frames(connection, code, on))

    def bulk(
        self, code: str, change: BulkChange, actor: Actor, *, reason: str, revision: int | None = None,
        now: datetime | None = None,
    ) -> Batch:  # fmt: skip
        """Makes the correction as one batch, all or nothing. Raises MovedOn where the programme is at no such revision.

        ``undo`` takes it back as it does an import, spellings included.
        """
        at = moment(now)
        with writing(self.engine) as connection:
            row = locked_programme(connection, code)
            if revision is not None and revision != row.revision:
                raise MovedOn("The records have changed since you saw what this would do. Nothing was changed.")
            work = Writing(connection, row.id, reserve_ids(connection, tables.batch, 1)[0])
            batch = Batch(
                work.batch_id or 0, row.code, at, actor.name, (), {}, {}, {}, title=change.words, reason=reason
            )
            write_batch(connection, row.id, batch, reason)
            _carry_out(work, change, reason, at.date())
            _count(work)
            numbers = record_changes(connection, row.id, work.changes, actor=actor.name, reason=reason,
                                     batch_id=work.batch_id, now=at)  # fmt: skip
            note_changes(connection, batch.number, *numbers)
            return _counted(connection, batch, work.changes)

    def places_named(self, code: str) -> tuple[PlaceNamed, ...]:
        """Every agency and team that any record names, by name, with how many do; team "" where none is named."""
        with reading(self.engine) as connection:
            number = programme_row(connection, code).id
            named = [
                *(select(of.c.agency, of.c.team).where(of.c.programme_id == number) for of in _NAMING),
                *(select(of.c.agency, func.substr("", 1).label("team"))
                  .where(of.c.programme_id == number, of.c.agency != "") for of in (tables.headcount, survey_answer)),
            ]  # fmt: skip
            of = union_all(*named).subquery().c
            query = select(of.agency, of.team, func.count()).group_by(of.agency, of.team)
            return tuple(sorted((PlaceNamed(*row) for row in connection.execute(query)), key=_name))

    def courses(self, code: str) -> tuple[str, ...]:
        """The titles of courses that sessions with a date have; "" where some have none."""
        with reading(self.engine) as connection:
            of = tables.training_session.c
            dated = [of.programme_id == programme_row(connection, code).id, of.starts_on.is_not(None)]
            return tuple(sorted(connection.scalars(select(of.course).where(*dated).distinct()), key=str.casefold))


def _carry_out(work: Writing, change: BulkChange, reason: str, today: date) -> list[str]:
    """Makes it, and gives what to know about it. Raises RecordRefused."""
    match change:
        case WithdrawSession():
            notes = withdraw_session(work, change, reason, today)
        case MoveSession():
            notes = move_session(work, change, reason, today)
        case CorrectLevel():
            notes = correct_level(work, change, reason, today)
        case MergeAgency() | MergeTeam():
            notes = merge(work, change)
    if not work.changes:
        raise RecordRefused("This would change nothing: it is recorded so already.")
    return notes


def _count(work: Writing) -> None:
    counts.refresh(work.connection, work.programme_id, sessions=work.sessions, people=work.people, teams=work.teams,
                   months_posted=work.months_posted)  # fmt: skip


def _counted(connection: Connection, batch: Batch, changes: Sequence[Written]) -> Batch:
    """The batch with how many records it changed, kept with it."""
    new, changed, withdrawn = (_by_kind(changes, deed) for deed in (Deed.ADDED, Deed.REVISED, Deed.WITHDRAWN))
    of = tables.batch
    connection.execute(of.update().where(of.c.id == batch.number).values(new=new, changed=changed, withdrawn=withdrawn))
    at = batch.recorded_at.replace(tzinfo=UTC)
    return replace(batch, recorded_at=at, new=new, changed=changed, withdrawn=withdrawn)


def _by_kind(changes: Iterable[Written], deed: Deed) -> dict[str, int]:
    """Of the records people count: what a spelling means is told in words."""
    found = Counter(record_words(each.table_name) for each in _of_records(changes) if each.deed is deed)
    return dict(found)


def _of_records(changes: Iterable[Written]) -> Iterator[Written]:
    return (each for each in changes if each.table_name != name_spelling.name)


def _examples(changes: Iterable[Written]) -> Iterator[Difference]:
    """A few of each kind of record: those revised field by field, those withdrawn with nothing but their key."""
    seen: Counter[tuple[str, Deed]] = Counter()
    for each in _of_records(changes):
        seen[each.table_name, each.deed] += 1
        if seen[each.table_name, each.deed] <= _EXAMPLES:
            fields = [] if each.after is None else [name for name in each.after if name not in _UNTOLD]
            told = tuple((name, _said((each.before or {})[name]), _said((each.after or {})[name])) for name in fields)
            yield Difference(record_words(each.table_name), each.key, told)


def _said(value: Any) -> str:
    if value is None:
        return ""
    return str(value.value if isinstance(value, Enum) else value)


def _name(place: PlaceNamed) -> tuple[str, str]:
    return place.agency.casefold(), place.team.casefold()
