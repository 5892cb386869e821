"""Carries out a plan: people, then records, then counts, then the change rows, all in the caller's transaction."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, RowMapping, Table, bindparam, delete, select, text, update

from sos_tracker.records.changes import Deed
from sos_tracker.records.training import Outcome
from sos_tracker.store import tables
from sos_tracker.store.bulk import binder, insert_rows
from sos_tracker.store.chunks import in_chunks
from sos_tracker.store.dialects import number_of_month
from sos_tracker.store.fields import Fields, fields_of
from sos_tracker.store.history import Written
from sos_tracker.store.people import PeoplePlan
from sos_tracker.store.planning import Plan, Step

# where two rows of one person in one session meet, the one that says more of coming stands
_STRENGTH = {outcome.value: rank for rank, outcome in enumerate(
    (Outcome.BOOKED, Outcome.CANCELLED, Outcome.NO_SHOW, Outcome.WALK_IN, Outcome.ATTENDED)
)}  # fmt: skip


@dataclass
class Writing:
    """One transaction's writes to one programme: what was changed, and whose counts it may have moved."""

    connection: Connection
    programme_id: int
    batch_id: int | None
    changes: list[Written] = field(default_factory=list)
    sessions: set[int] = field(default_factory=set)
    people: set[int] = field(default_factory=set)
    teams: set[tuple[str, str]] = field(default_factory=set)
    months_posted: set[int] = field(default_factory=set)
    session_facts: dict[int, tuple[Any, ...]] = field(default_factory=dict)

    def touch(self, table: Table, record_id: int, *states: Fields | None) -> None:
        """Notes whose counts a record may have moved, by what it was and what it is."""
        self.touch_all(table, [record_id], filter(None, states))

    def touch_all(self, table: Table, record_ids: Iterable[int], states: Iterable[Fields]) -> None:
        if table is tables.training_session:
            self.sessions.update(record_ids)
        elif table is tables.attendance:
            for fields in states:
                self.sessions.add(fields["session_id"])
                self.people.add(fields["person_id"])
        elif table is tables.headcount:
            self.sessions.update(fields["session_id"] for fields in states)
        elif table is tables.staff_member:
            for fields in states:
                self.people.add(fields["person_id"])
                self.teams.add((fields["agency"], fields["team"]))
        elif table is tables.ledger_entry:
            self.months_posted.update({number_of_month(day) for day in {fields["posted_on"] for fields in states}})


def write_people(writing: Writing, people: PeoplePlan) -> None:
    """New people, completed numbers, merged people; afterwards ``people.ids`` holds real ids and nothing is merged."""
    connection = writing.connection
    numbers = dict(zip(people.new, reserve_ids(connection, tables.person, len(people.new)), strict=True))
    steps = [
        Step(tables.person, numbers[new], 0, f"person {numbers[new]}", None, {"reference_key": reference})
        for new, reference in people.new.items()
    ]
    for person_id, reference in people.completed.items():
        row = _row(connection, tables.person, person_id)
        steps.append(
            Step(tables.person, person_id, row["version"], f"person {person_id}", {"reference_key": None},
                 {"reference_key": reference})
        )  # fmt: skip
    write_steps(writing, steps)
    for gone, kept in people.merged.items():
        _merge(writing, gone, kept)
    _write_emails(writing, people, numbers, {step.record_id: step.after for step in steps if step.before is None})
    people.ids = {keys: numbers.get(number, number) for keys, number in people.ids.items()}
    people.numbers, people.merged = numbers, {}


def _write_emails(
    writing: Writing, people: PeoplePlan, numbers: Mapping[int, int], new: Mapping[int, Fields | None]
) -> None:
    """E-mails of people just added are told in the change that added them; others have a change of their own."""
    connection, table = writing.connection, tables.person_email
    pairs = ((key, numbers.get(person_id, person_id)) for key, person_id in people.new_emails)
    emails = sorted({(key, people.merged.get(person_id, person_id)) for key, person_id in pairs})
    theirs = [(key, person_id) for key, person_id in emails if person_id in new]
    rows = ((number, writing.programme_id, 1, writing.batch_id, key, person_id) for number, (key, person_id) in zip(
        reserve_ids(connection, table, len(theirs)), theirs, strict=True))  # fmt: skip
    insert_rows(connection, table, ("id", "programme_id", "version", "batch_id", "email_key", "person_id"), rows)
    for key, person_id in theirs:
        (new[person_id] or {}).setdefault("email_keys", []).append(key)
    others = [(key, person_id) for key, person_id in emails if person_id not in new]
    known = set[tuple[str, int]]()
    for chunk in in_chunks([key for key, _ in others]):
        query = select(table.c.email_key, table.c.person_id).where(table.c.programme_id == writing.programme_id)
        known |= {
            (row.email_key, row.person_id) for row in connection.execute(query.where(table.c.email_key.in_(chunk)))
        }
    missing = [pair for pair in others if pair not in known]
    write_steps(
        writing,
        [
            Step(table, -1 - place, 0, f"person {person_id}", None, {"email_key": key, "person_id": person_id})
            for place, (key, person_id) in enumerate(missing)
        ],
    )


def _merge(writing: Writing, gone: int, kept: int) -> None:
    """Everything of ``gone`` becomes ``kept``'s; where both have a row for one thing, one row stands."""
    connection = writing.connection
    steps: list[Step] = []
    for table, shared in (
        (tables.attendance, "session_id"),
        (tables.staff_member, "programme_id"),
        (tables.person_email, "email_key"),
    ):
        theirs = {row[shared]: row for row in _rows_of(connection, table, kept)}
        for row in _rows_of(connection, table, gone):
            fields, key = fields_of(table, row), f"person {kept}"
            other = theirs.get(row[shared])
            if other is None:
                steps.append(Step(table, row["id"], row["version"], key, fields, {**fields, "person_id": kept}))
                continue
            if table is tables.person_email:  # the history does not hold the key: undoing finds it where it stands
                fields["same_as"] = other["id"]
            steps.append(Step(table, row["id"], row["version"], key, fields, None))
            if table is tables.attendance and _STRENGTH[row["outcome"]] > _STRENGTH[other["outcome"]]:
                was = fields_of(table, other)
                steps.append(Step(table, other["id"], other["version"], key, was, {**was, "outcome": row["outcome"]}))
    for row in _rows_of(connection, tables.practice_lead_post, gone):
        fields = fields_of(tables.practice_lead_post, row)
        steps.append(Step(tables.practice_lead_post, row["id"], row["version"], f"person {kept}", fields,
                          {**fields, "person_id": kept}))  # fmt: skip
    person = _row(connection, tables.person, gone)
    steps.append(Step(tables.person, gone, person["version"], f"person {gone}",
                      {"reference_key": person["reference_key"]}, None))  # fmt: skip
    write_steps(writing, steps)


def write_plan(writing: Writing, plan: Plan) -> None:
    """Writes the records of a plan whose people are written; sessions first, as others refer to them."""
    sessions = [step for step in plan.steps if step.table is tables.training_session]
    new = [step for step in sessions if step.before is None]
    reserved = reserve_ids(writing.connection, tables.training_session, len(new))
    numbers = dict(zip((step.record_id for step in new), reserved, strict=True))
    writing.session_facts = {numbers.get(id_, id_): facts for id_, facts in plan.session_facts.items()}
    for step in new:
        step.record_id = numbers[step.record_id]
    others = [step for step in plan.steps if step.table is not tables.training_session]
    for step in others:
        if step.after is not None and step.after.get("session_id", 0) < 0:
            step.after["session_id"] = numbers[step.after["session_id"]]
    write_steps(writing, sessions)
    write_steps(writing, others)


def write_steps(writing: Writing, steps: Iterable[Step]) -> None:
    """Adds, revises and withdraws, a statement a table and deed; withdrawals come before what takes their place."""
    by_table: dict[Table, list[Step]] = defaultdict(list)
    for step in steps:
        by_table[step.table].append(step)
    for table, of_table in by_table.items():
        _withdraw(writing, table, [step for step in of_table if step.after is None])
        _revise(writing, table, [(step, step.before, step.after) for step in of_table if step.before and step.after])
        _add(writing, table, [(step, step.after) for step in of_table if step.before is None and step.after])


def _add(writing: Writing, table: Table, steps: Sequence[tuple[Step, Fields]]) -> None:
    if not steps:
        return
    unnumbered = [step for step, _ in steps if step.record_id < 0]
    for step, number in zip(unnumbered, reserve_ids(writing.connection, table, len(unnumbered)), strict=True):
        step.record_id = number
    columns = ["id", "programme_id", "version", "batch_id", *steps[0][1]]
    stamp = (writing.programme_id, 1, writing.batch_id)
    rows: Iterable[tuple[Any, ...]]
    bound: list[str] = []
    if table is tables.attendance:  # the session's facts at once, rather than by an update of every row afterwards
        bound, none = ["held_on", "level", "session_status"], (None, None, None)
        columns += bound
        bind = binder(writing.connection, table, bound)
        facts = {session_id: bind(found) for session_id, found in writing.session_facts.items()}
        rows = (
            (step.record_id, *stamp, *after.values(), *facts.get(after["session_id"], none)) for step, after in steps
        )
    else:
        rows = ((step.record_id, *stamp, *after.values()) for step, after in steps)
    insert_rows(writing.connection, table, columns, rows, bound=bound)
    writing.touch_all(table, (step.record_id for step, _ in steps), (after for _, after in steps))
    name = str(table.name)
    writing.changes += [Written(name, step.record_id, 1, Deed.ADDED, step.key, None, after) for step, after in steps]


def _revise(writing: Writing, table: Table, steps: Sequence[tuple[Step, Fields, Fields]]) -> None:
    batches = _batches(writing.connection, table, [step.record_id for step, _, _ in steps])
    by_fields: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for step, was, becomes in steps:
        differing = tuple(name for name in becomes if was[name] != becomes[name])
        by_fields[differing].append(
            {"row_id": step.record_id, "row_version": step.version + 1, "row_batch": writing.batch_id}
            | {f"new_{name}": becomes[name] for name in differing}
        )
        before = {name: was[name] for name in differing} | {"batch_id": batches[step.record_id]}
        after = {name: becomes[name] for name in differing} | {"batch_id": writing.batch_id}
        writing.touch(table, step.record_id, was, becomes)
        writing.changes.append(
            Written(str(table.name), step.record_id, step.version + 1, Deed.REVISED, step.key, before, after)
        )
    for differing, rows in by_fields.items():
        values = {name: bindparam(f"new_{name}", type_=table.c[name].type) for name in differing}
        statement = update(table).where(table.c.id == bindparam("row_id"))
        writing.connection.execute(
            statement.values(version=bindparam("row_version"), batch_id=bindparam("row_batch"), **values), rows
        )


def _withdraw(writing: Writing, table: Table, steps: Sequence[Step]) -> None:
    batches = _batches(writing.connection, table, [step.record_id for step in steps])
    for chunk in in_chunks([step.record_id for step in steps]):
        writing.connection.execute(delete(table).where(table.c.id.in_(chunk)))
    for step in steps:
        was = {**(step.before or {}), "version": step.version, "batch_id": batches[step.record_id]}
        writing.touch(table, step.record_id, step.before)
        writing.changes.append(
            Written(str(table.name), step.record_id, step.version, Deed.WITHDRAWN, step.key, was, None)
        )


def reserve_ids(connection: Connection, table: Table, count: int) -> list[int]:
    """Numbers for new rows that were never a row's before, undone and withdrawn ones included."""
    if count == 0:
        return []
    if connection.dialect.name == "postgresql":
        query = text("SELECT nextval(pg_get_serial_sequence(:name, 'id')) FROM generate_series(1, :count)")
        return list(connection.scalars(query, {"name": table.name, "count": count}))
    newest = connection.scalar(
        text(
            f"SELECT max(coalesce((SELECT max(id) FROM {table.name}), 0), coalesce((SELECT max((SELECT max(record_id)"
            " FROM change WHERE change.programme_id = programme.id AND table_name = :name)) FROM programme), 0))"
        ),
        {"name": table.name},
    )
    return list(range(newest + 1, newest + 1 + count))


def _batches(connection: Connection, table: Table, numbers: Sequence[int]) -> dict[int, int | None]:
    """The batch each record stood in before this write, so that undoing can put it back."""
    found: dict[int, int | None] = {}
    for chunk in in_chunks(numbers):
        query = select(table.c.id, table.c.batch_id).where(table.c.id.in_(chunk))
        found.update((row.id, row.batch_id) for row in connection.execute(query))
    return found


def _row(connection: Connection, table: Table, number: int) -> RowMapping:
    return connection.execute(select(table).where(table.c.id == number)).mappings().one()


def _rows_of(connection: Connection, table: Table, person_id: int) -> Sequence[RowMapping]:
    query = select(table).where(table.c.person_id == person_id).order_by(table.c.id)
    return connection.execute(query).mappings().all()
