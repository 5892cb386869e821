"""Records as they are kept, one by one: for forms, which revise them, and for the story of each."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from typing import Any, NamedTuple

from sqlalchemy import Column, ColumnElement, Connection, RowMapping, Table, func, or_, select

from sos_tracker.records.budget import BudgetLine, LedgerEntry, OutturnForecast
from sos_tracker.records.embedding import AlignmentItem, CaseAudit, ProgrammeDomain, ScaleRating, SurveyAnswer
from sos_tracker.records.judgements import Annotation, StatusOverride
from sos_tracker.records.milestones import ForecastMove, Milestone
from sos_tracker.records.people import PersonKeys
from sos_tracker.records.practice_leads import PracticeLeadPost
from sos_tracker.records.record import Record
from sos_tracker.records.recorded import Recorded
from sos_tracker.records.targets import StrategyTarget
from sos_tracker.records.training import Attendance, PartnerHeadcount, TrainingSession
from sos_tracker.store import embedding_tables, tables
from sos_tracker.store.chunks import in_chunks
from sos_tracker.store.dialects import among
from sos_tracker.store.fields import Fields, fields_of
from sos_tracker.store.recording_tables import forecast_move, outturn_forecast


class NewestChange(NamedTuple):
    """The last the history says of a record."""

    number: int
    actor: str
    recorded_at: datetime
    key: str


@dataclass(frozen=True)
class RecordKind:
    """Where records of one kind are kept. ``day``: the column that ``since`` and ``until`` are about, newest first."""

    record: type[Record]
    table: Table
    day: str | None
    searched: tuple[str, ...]
    newest_first: bool = True

    def order(self) -> Sequence[ColumnElement[Any]]:
        of = self.table.c
        if self.day is None:
            return [*(of[name] for name in self.searched), of.id]
        if self.newest_first:
            return [of[self.day].desc().nulls_last(), of.id.desc()]
        return [of[self.day].nulls_first(), of.id]


KINDS: dict[str, RecordKind] = {
    kind.record.kind: kind
    for kind in (
        RecordKind(TrainingSession, tables.training_session, "starts_on", ("reference", "course", "venue", "trainer")),
        RecordKind(Attendance, tables.attendance, None, ("agency", "team", "job_role")),
        RecordKind(PartnerHeadcount, tables.headcount, None, ("agency",)),
        RecordKind(PracticeLeadPost, tables.practice_lead_post, None, ("agency", "team")),
        RecordKind(BudgetLine, tables.budget_line, None, ("code", "title")),
        RecordKind(LedgerEntry, tables.ledger_entry, "posted_on", ("line", "supplier", "narrative", "reference")),
        RecordKind(OutturnForecast, outturn_forecast, "made_on", ("line", "made_by", "reason")),
        RecordKind(Milestone, tables.milestone, "baseline_on", ("reference", "title", "domain", "owner", "comment"),
                   newest_first=False),
        RecordKind(ForecastMove, forecast_move, "moved_on", ("reason", "approved_by", "decision_reference")),
        RecordKind(StrategyTarget, tables.strategy_target, "approved_on", ("measure", "name", "approved_by", "reason")),
        RecordKind(ScaleRating, embedding_tables.scale_rating, "rated_on", ("agency", "team")),
        RecordKind(CaseAudit, embedding_tables.case_audit, "audited_on", ("agency", "team")),
        RecordKind(SurveyAnswer, embedding_tables.survey_answer, "closed_on", ("agency", "question")),
        RecordKind(AlignmentItem, embedding_tables.alignment_item, None, ("reference", "title", "domain", "owner")),
        RecordKind(ProgrammeDomain, embedding_tables.programme_domain, None, ("name", "about")),
        RecordKind(StatusOverride, embedding_tables.status_override, "made_on", ("measure", "reason", "made_by")),
        RecordKind(Annotation, embedding_tables.annotation, "noted_on", ("measure", "sentence", "written_by")),
    )
}  # fmt: skip
REFERRED = {
    "session": ("session_id", tables.training_session),
    "milestone": ("milestone_id", tables.milestone),
}
"""Fields that name another record by its reference: the column, and the table of the other."""


def record_kind(kind: str) -> RecordKind:
    """Raises ValueError for a kind that is not kept one by one."""
    if kind not in KINDS:
        raise ValueError(f"There are no records of the kind “{kind}”: they are {', '.join(KINDS)}.")
    return KINDS[kind]


def page_of(
    connection: Connection, programme_id: int, kind: RecordKind, text: str, limit: int, offset: int,
    narrow: Mapping[str, Any],
) -> tuple[list[RowMapping], int]:  # fmt: skip
    """Rows of one kind that hold the text in any of their words and say what ``narrow`` asks, and how many in all."""
    of = kind.table.c
    which: list[ColumnElement[bool]] = [of.programme_id == programme_id]
    if text.strip():
        which.append(or_(*(of[name].icontains(text.strip(), autoescape=True) for name in kind.searched)))
    which += [_narrowed(connection, programme_id, kind, name, value) for name, value in narrow.items()]
    found = select(kind.table).where(*which).order_by(*kind.order()).limit(limit).offset(offset)
    total = connection.scalar(select(func.count()).select_from(kind.table).where(*which)) or 0
    return list(connection.execute(found).mappings()), total


def _narrowed(
    connection: Connection, programme_id: int, kind: RecordKind, name: str, value: Any
) -> ColumnElement[bool]:  # fmt: skip
    of: dict[str, Column[Any]] = dict(kind.table.c.items())
    if name in REFERRED and REFERRED[name][0] in of:
        refers, other = REFERRED[name]
        named = select(other.c.id).where(other.c.programme_id == programme_id, other.c.reference == value)
        return of[refers].in_(named)
    if name == "person" and "person_id" in of:
        return among(connection, of["person_id"], _people_of(connection, programme_id, value))
    if name in ("since", "until") and kind.day is not None:
        then: ColumnElement[bool] = of[kind.day] >= value if name == "since" else of[kind.day] <= value
        return then
    if name not in kind.record.model_fields or name not in of:
        raise ValueError(f"Records of the kind “{kind.record.kind}” cannot be narrowed by “{name}”.")
    if isinstance(value, Collection) and not isinstance(value, str):
        return of[name].in_([_plain(one) for one in value])
    return of[name].is_not_distinct_from(_plain(value))


def _plain(value: Any) -> Any:
    return value.value if isinstance(value, Enum) else value


def _people_of(connection: Connection, programme_id: int, keys: PersonKeys) -> list[int]:
    """The person of an employee number, or else those of an e-mail."""
    person, email = tables.person.c, tables.person_email.c
    if keys.reference is not None:
        query = select(person.id).where(person.programme_id == programme_id, person.reference_key == keys.reference)
    else:
        query = select(email.person_id).where(email.programme_id == programme_id, email.email_key == keys.email)
    return list(connection.scalars(query))


class Words:
    """What rows say by number, as records say it: sessions and milestones by reference, people by their keys."""

    def __init__(self, connection: Connection, states: Iterable[Fields]) -> None:
        self._references: dict[str, dict[int, str]] = {}
        states = list(states)
        for name, (column, table) in REFERRED.items():
            numbers = {state[column] for state in states if column in state}
            query = select(table.c.id, table.c.reference)
            self._references[name] = {
                row.id: row.reference
                for chunk in in_chunks(numbers)
                for row in connection.execute(query.where(table.c.id.in_(chunk)))
            }
            self._references[name] |= _last_called(connection, table, numbers - self._references[name].keys())
        people = {state["person_id"] for state in states if state.get("person_id") is not None}
        self._people = _keys_of(connection, people)

    def values(self, kind: RecordKind, state: Fields) -> Fields:
        """Every field of the record, by the record's own names; whoever is gone is known by no key."""
        found = {name: value for name, value in state.items() if name in kind.record.model_fields}
        for name, (column, _) in REFERRED.items():
            if column in state:
                found[name] = self._references[name].get(state[column], "")
        if "person_id" in state:
            person_id = state["person_id"]
            found["person"] = None if person_id is None else self._people.get(person_id, PersonKeys())
        return found

    def record(self, kind: RecordKind, state: Fields) -> Record:
        return kind.record.model_validate(self.values(kind, state))


def _last_called(connection: Connection, table: Table, gone: Collection[int]) -> dict[int, str]:
    """The references of sessions or milestones that were withdrawn, as the history has them."""
    of = tables.change.c
    return {
        row.record_id: row.key
        for chunk in in_chunks(gone)
        for row in connection.execute(
            select(of.record_id, of.key)
            .where(of.table_name == table.name, of.record_id.in_(chunk)).order_by(of.recorded_at, of.number)
        )
    }  # fmt: skip


def _keys_of(connection: Connection, people: Collection[int]) -> dict[int, PersonKeys]:
    """The keys each person is known by: the employee number's, and the e-mail's that came first."""
    person, email = tables.person.c, tables.person_email.c
    first = dict[int, str]()
    for chunk in in_chunks(people):
        query = select(email.person_id, email.email_key).where(email.person_id.in_(chunk)).order_by(email.id)
        for number, key in connection.execute(query):
            first.setdefault(number, key)
    return {
        row.id: PersonKeys(row.reference_key, first.get(row.id))
        for chunk in in_chunks(people)
        for row in connection.execute(select(person.id, person.reference_key).where(person.id.in_(chunk)))
    }


def newest_changes(
    connection: Connection, programme_id: int, table: Table, numbers: Collection[int]
) -> dict[int, NewestChange]:
    """The newest change of each of these records."""
    of = tables.change.c
    here = [of.programme_id == programme_id, of.table_name == table.name, among(connection, of.record_id, numbers)]
    newest = select(func.max(of.number)).where(*here).group_by(of.record_id)
    query = select(of.record_id, of.number, of.actor, of.recorded_at, of.key)
    found = connection.execute(query.where(of.programme_id == programme_id, of.number.in_(newest)))
    return {
        record_id: NewestChange(number, actor, recorded_at.replace(tzinfo=UTC), key)
        for record_id, number, actor, recorded_at, key in found
    }


def recorded(
    connection: Connection, programme_id: int, kind: RecordKind, rows: Sequence[RowMapping]
) -> tuple[Recorded, ...]:  # fmt: skip
    """Rows as records, in their order."""
    states = [fields_of(kind.table, row) for row in rows]
    words = Words(connection, states)
    newest = newest_changes(connection, programme_id, kind.table, [row["id"] for row in rows])
    return tuple(
        as_recorded(kind, row["id"], words.record(kind, state), newest.get(row["id"]), row["batch_id"])
        for row, state in zip(rows, states, strict=True)
    )


def as_recorded(
    kind: RecordKind, number: int, record: Record, change: NewestChange | None, batch: int | None
) -> Recorded:  # fmt: skip
    """A record with what the history says of it."""
    if change is None:
        return Recorded(kind.record.kind, number, 0, record, None, "", batch)
    return Recorded(kind.record.kind, number, change.number, record, change.recorded_at, change.actor, batch)


def rows_numbered(
    connection: Connection, programme_id: int, table: Table, numbers: Collection[int]
) -> dict[int, RowMapping]:  # fmt: skip
    """The rows there are of these, by number; none of another programme."""
    here = [table.c.programme_id == programme_id, among(connection, table.c.id, numbers)]
    return {row["id"]: row for row in connection.execute(select(table).where(*here)).mappings()}
