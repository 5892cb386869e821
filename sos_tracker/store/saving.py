"""Carries out what is recorded by hand: the steps of an import's kind, each first laid beside what is kept."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import RowMapping, Table, select

from sos_tracker.records.budget import EntryKind
from sos_tracker.records.milestones import ForecastMove
from sos_tracker.records.people import PersonKeys
from sos_tracker.records.record import Record
from sos_tracker.records.recorded import Add, Conflict, RecordRefused, Revise, StaleRecord, Withdraw, Write
from sos_tracker.records.targets import StrategyTarget
from sos_tracker.records.training import TrainingSession
from sos_tracker.store import tables
from sos_tracker.store.conflicts import conflict
from sos_tracker.store.dialects import among
from sos_tracker.store.fields import Fields, fields_of, plain_values, record_fields, words_of
from sos_tracker.store.forecast_moves import moves_of
from sos_tracker.store.people import plan_people
from sos_tracker.store.planning import Step
from sos_tracker.store.recorded import REFERRED, RecordKind, Words, newest_changes, record_kind, rows_numbered
from sos_tracker.store.recording_tables import forecast_move
from sos_tracker.store.rules import duplicate, refuse_beside_issued, refuse_change_of_fixed, refuse_unbalanced
from sos_tracker.store.writing import Writing, reserve_ids, write_people, write_steps

_CHILDREN = {
    tables.training_session: [(tables.attendance, "session_id"), (tables.headcount, "session_id")],
    tables.milestone: [(forecast_move, "milestone_id")],
}
"""What goes with a record that is withdrawn, and by which column it is that record's."""
_COLUMN = {"person": "person_id", **{name: column for name, (column, _) in REFERRED.items()}}
"""Where a field of a record is a number in its row."""


@dataclass(frozen=True)
class Kept:
    """A record as the store has it: its row's version, its columns, and its fields as the record names them."""

    version: int
    state: Fields
    values: Fields


_UNREAD = Kept(0, {}, {})


def carry_out(work: Writing, writes: Sequence[Write], *, reason: str, today: date) -> list[int]:
    """Carries out all of them; gives the number of each one's record.

    Raises StaleRecord, UnknownRecord and RecordRefused.
    """
    saving = _Saving(work, writes)
    saving.lay_beside_what_is_kept()
    saving.find_people()
    saving.find_referred()
    for place, write in enumerate(writes):
        saving.plan(place, write)
    saving.move_forecasts(reason, today)
    saving.take_along()
    saving.write()
    return saving.numbers()


class _Saving:
    """One save: what is to be written, what is kept of it, and the steps between."""

    def __init__(self, work: Writing, writes: Sequence[Write]) -> None:
        self.work, self.writes = work, writes
        self.kinds = [record_kind(write.kind) for write in writes]
        self.kept: dict[tuple[str, int], Kept] = {}
        self.people: dict[PersonKeys, int] = {}
        self.referred: dict[str, dict[str, int]] = {}
        self.steps: dict[int, Step] = {}
        self.others: list[Step] = []
        self.new_keys: set[tuple[Any, ...]] = set()

    def lay_beside_what_is_kept(self) -> None:
        """Raises StaleRecord with everything that was saved by somebody else since it was seen."""
        connection, programme_id = self.work.connection, self.work.programme_id
        conflicts: list[Conflict] = []
        for kind in {kind.record.kind: kind for kind in self.kinds}.values():
            of_kind = [(place, write) for place, write in enumerate(self.writes)
                       if self.kinds[place] is kind and not isinstance(write, Add)]  # fmt: skip
            numbers = {write.number for _, write in of_kind}
            rows = rows_numbered(connection, programme_id, kind.table, numbers)
            newest = newest_changes(connection, programme_id, kind.table, numbers)
            for place, write in of_kind:
                row, change = rows.get(write.number), newest.get(write.number)
                if row is None or (change.number if change else 0) != write.version:
                    conflicts.append(conflict(connection, programme_id, kind, write, row, change))
                if (kind.table.name, write.number) in self.kept:
                    raise RecordRefused(f"This {write.kind} is saved twice at once.", "", place)
                self.kept[str(kind.table.name), write.number] = _UNREAD
            self._keep(kind, rows)
        if conflicts:
            raise StaleRecord(tuple(conflicts))

    def _keep(self, kind: RecordKind, rows: Mapping[int, RowMapping]) -> None:
        states = {number: fields_of(kind.table, row) for number, row in rows.items()}
        words = Words(self.work.connection, states.values())
        for number, state in states.items():
            kept = Kept(rows[number]["version"], state, words.values(kind, state))
            self.kept[str(kind.table.name), number] = kept

    def find_people(self) -> None:
        """The person each new or changed key means, as an import finds them; new people get a row of their own."""
        named: dict[PersonKeys, int] = {}
        for place, write in enumerate(self.writes):
            keys = None if isinstance(write, Withdraw) else getattr(write.record, "person", None)
            if keys is not None and keys != self._was(place, write).get("person"):
                if not any(keys):
                    raise RecordRefused("Give the person's employee number or e-mail.", "person", place)
                named.setdefault(keys, place)
        if not named:
            return
        found = plan_people(self.work.connection, self.work.programme_id, named)
        merged = bool(found.merged)
        write_people(self.work, found)
        self.people = found.ids
        if merged:
            self._read_again()

    def _was(self, place: int, write: Write) -> Fields:
        return {} if isinstance(write, Add) else self.kept[str(self.kinds[place].table.name), write.number].values

    def _read_again(self) -> None:
        """Rows of people who turned out to be one have moved."""
        for place, write in enumerate(self.writes):
            kind = self.kinds[place]
            if isinstance(write, Add) or "person_id" not in kind.table.c:
                continue
            found = rows_numbered(self.work.connection, self.work.programme_id, kind.table, [write.number])
            if not found and isinstance(write, Revise):
                raise duplicate(write.record, place)
            if not found:
                raise RecordRefused("This person turned out to be another, who is in the register once.", "", place)
            self._keep(kind, found)

    def find_referred(self) -> None:
        """The numbers of the sessions and milestones that records name, those of this save included."""
        for name, (column, table) in REFERRED.items():
            wanted = {
                getattr(write.record, name)
                for write, kind in zip(self.writes, self.kinds, strict=True)
                if column in kind.table.c and not isinstance(write, Withdraw)
            }
            query = select(table.c.reference, table.c.id).where(
                table.c.programme_id == self.work.programme_id,
                among(self.work.connection, table.c.reference, wanted),
            )
            found = {row.reference: row.id for row in self.work.connection.execute(query)}
            self._rename(table, found)
            self.referred[name] = found

    def _rename(self, table: Table, found: dict[str, int]) -> None:
        """What this save makes of sessions or milestones: new ones have their number before they are written."""
        here = [(place, write) for place, write in enumerate(self.writes) if self.kinds[place].table is table]
        for place, write in here:
            if not isinstance(write, Add):
                found.pop(self._was(place, write)["reference"], None)
        for _, write in here:
            if isinstance(write, Revise):
                found[write.record.key[0]] = write.number
        new = [(place, write.record) for place, write in here if isinstance(write, Add)]
        numbers = reserve_ids(self.work.connection, table, len(new))
        for (place, record), number in zip(new, numbers, strict=True):
            found.setdefault(record.key[0], number)
            self.steps[place] = Step(table, number, 0, "", None, None)

    def plan(self, place: int, write: Write) -> None:
        """The step of one write; none where it says what is kept already."""
        kind = self.kinds[place]
        if isinstance(write, Withdraw):
            kept = self.kept[str(kind.table.name), write.number]
            refuse_change_of_fixed(kept.state, kind.record, None, place)
            record = kind.record.model_validate(kept.values)
            self.steps[place] = Step(kind.table, write.number, kept.version, _key(record), kept.state, None)
            return
        record = write.record
        if isinstance(record, StrategyTarget):
            refuse_beside_issued(self.work, record, place)
        after = self._columns(place, record)
        if isinstance(write, Add):
            self._refuse_duplicate(place, kind, record, after, None)
            number = self.steps[place].record_id if place in self.steps else -1 - place
            self.steps[place] = Step(kind.table, number, 0, _key(record), None, after)
            return
        kept = self.kept[str(kind.table.name), write.number]
        refuse_change_of_fixed(kept.state, kind.record, record, place)
        self._refuse_duplicate(place, kind, record, after, kept.state)
        if after != kept.state:
            self.steps[place] = Step(kind.table, write.number, kept.version, _key(record), kept.state, after)

    def _columns(self, place: int, record: Record) -> Fields:
        """The record as its row has it, in the row's order of columns."""
        values, was = plain_values(record), self._was(place, self.writes[place])
        for name, (column, _) in REFERRED.items():
            if name in values and column in self.kinds[place].table.c:
                number = self.referred[name].get(values.pop(name))
                if number is None:
                    said = f"There is no {name} with the reference {getattr(record, name)}."
                    raise RecordRefused(said, name, place)
                values[column] = number
        if "person_id" in self.kinds[place].table.c:
            keys: PersonKeys | None = getattr(record, "person", None)
            if keys is not None and keys == was.get("person"):
                kept = self.kept[str(self.kinds[place].table.name), self._number(place)]
                values["person_id"] = kept.state["person_id"]
            else:
                values["person_id"] = self.people[keys] if keys is not None else None
        return {name: values[name] for name in record_fields(self.kinds[place].table)}

    def _number(self, place: int) -> int:
        write = self.writes[place]
        return self.steps[place].record_id if isinstance(write, Add) else write.number

    def _refuse_duplicate(
        self, place: int, kind: RecordKind, record: Record, after: Fields, before: Fields | None
    ) -> None:
        if kind.table is forecast_move:  # it may go to and fro in a day
            return
        columns = [_COLUMN.get(name, name) for name in record.key_fields]
        key = (kind.table.name, *(after[name] for name in columns))
        if before is not None and key[1:] == tuple(before[name] for name in columns):
            return
        of = kind.table.c
        same = [of[name].is_not_distinct_from(after[name]) for name in columns]
        query = select(of.id).where(of.programme_id == self.work.programme_id, *same)
        there = set(self.work.connection.scalars(query))
        if kind.table is not tables.training_session:  # sessions go last, when what stays with them has moved
            there -= self._withdrawn(kind.table)
        if there or key in self.new_keys:
            raise duplicate(record, place)
        self.new_keys.add(key)

    def _withdrawn(self, table: Table) -> set[int]:
        return {write.number for place, write in enumerate(self.writes)
                if isinstance(write, Withdraw) and self.kinds[place].table is table}  # fmt: skip

    def move_forecasts(self, reason: str, today: date) -> None:
        """A move for each forecast that moves: the one given with it, else one with no more than the reason."""
        given = {step.after["milestone_id"]: place for place, step in self.steps.items()
                 if step.table is forecast_move and step.after}  # fmt: skip
        for move in moves_of(list(self.steps.values()), reason=reason, on=today):
            milestone = (move.after or {})["milestone_id"]
            place = given.pop(milestone, None)
            if place is None:
                self.others.append(move)
            elif not _same_move(self.steps[place].after, move.after):
                raise RecordRefused("The forecast moves from or to another date than this says.", "forecast_to", place)
        for place in given.values():
            raise RecordRefused("A move is recorded with the new forecast of its milestone.", "milestone", place)

    def take_along(self) -> None:
        """Withdraws what belongs to the records withdrawn, but for what this save moves elsewhere."""
        for parent, children in _CHILDREN.items():
            gone = self._withdrawn(parent)
            for table, column in children if gone else ():
                here = [
                    table.c.programme_id == self.work.programme_id,
                    among(self.work.connection, table.c[column], gone),
                ]
                query = select(table).where(*here).order_by(table.c.id)
                rows = [row for row in self.work.connection.execute(query).mappings()
                        if (table.name, row["id"]) not in self.kept]  # fmt: skip
                for row in rows:
                    key = self._parent_key(parent, row[column], row)
                    self.others.append(Step(table, row["id"], row["version"], key, fields_of(table, row), None))

    def _parent_key(self, parent: Table, number: int, row: Mapping[Any, Any]) -> str:
        reference = self.kept[str(parent.name), number].values["reference"]
        return f"{reference} / {row['agency']}" if "attended" in row else str(reference)

    def write(self) -> None:
        """Children go before what they belong to, and sessions come before who came to them."""
        steps = [*self.steps.values(), *self.others]
        belonging = {table for children in _CHILDREN.values() for table, _ in children}
        sessions = [step for step in steps if step.table is tables.training_session]
        others = [step for step in steps if step.table is not tables.training_session]
        first = [step for step in others if step.after is None and step.table in belonging]
        others = [step for step in others if step.after is not None or step.table not in belonging]
        self.work.session_facts = self._session_facts()
        write_steps(self.work, first)
        write_steps(self.work, [step for step in sessions if step.after is not None])
        write_steps(self.work, others)
        write_steps(self.work, [step for step in sessions if step.after is None])
        refuse_unbalanced(self.work, self._virements())

    def _session_facts(self) -> dict[int, tuple[Any, ...]]:
        names, of = ("starts_on", "level", "status"), tables.training_session.c
        numbers: Collection[int] = self.referred["session"].values()
        query = select(of.id, *(of[name] for name in names)).where(among(self.work.connection, of.id, list(numbers)))
        facts = {number: tuple(said) for number, *said in self.work.connection.execute(query)}
        for step in self.steps.values():
            if step.table is tables.training_session and step.after is not None:
                facts[step.record_id] = tuple(step.after[name] for name in names)
        return facts

    def _virements(self) -> dict[str, int]:
        """The references of the virements this save touches, each with the place of a write of it."""
        return {
            state["reference"]: place
            for place, step in self.steps.items()
            if step.table is tables.ledger_entry
            for state in (step.before, step.after)
            if state is not None and state["entry_kind"] == EntryKind.VIREMENT.value
        }

    def numbers(self) -> list[int]:
        return [self._number(place) for place in range(len(self.writes))]


def _same_move(given: Fields | None, move: Fields | None) -> bool:
    names = ("forecast_from", "forecast_to")
    return given is not None and move is not None and all(given[name] == move[name] for name in names)


def _key(record: Record) -> str:
    """As an import names the record in the history."""
    if isinstance(record, TrainingSession | ForecastMove) or record.kind == "attendance":
        return str(record.key[0])
    if record.kind in ("practice-lead post", "headcount"):
        return " / ".join(str(part) for part in record.key[:2])
    return words_of(record)
