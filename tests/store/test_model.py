"""Whatever is recorded, imported, merged and undone in any order: figures and records agree with a simple model.

The model (``tests/store/council_model.py``) is a few dictionaries. ``make soak`` does the same at length, on both
databases.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from datetime import date
from functools import partial
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from sos_tracker.actions import bulk
from sos_tracker.measures import catalogue
from sos_tracker.records.access import Actor, Role
from sos_tracker.records.budget import EntryKind, LedgerEntry
from sos_tracker.records.bulk import MergeAgency
from sos_tracker.records.changes import BatchFile
from sos_tracker.records.milestones import Milestone
from sos_tracker.records.people import PersonKeys
from sos_tracker.records.programme import Programme
from sos_tracker.records.record import Record
from sos_tracker.records.record_set import RecordSet
from sos_tracker.records.recorded import Add, DuplicateRecord, Recorded, RecordRefused, Revise, StaleRecord, Withdraw
from sos_tracker.records.training import (
    Attendance,
    CourseLevel,
    Outcome,
    PartnerHeadcount,
    SessionStatus,
    TrainingSession,
)
from sos_tracker.store import Store
from sos_tracker.store.database import reading
from sos_tracker.store.keeping.kept import kept_tables
from tests.store.council_model import KINDS, ON, CouncilModel, Refused, key_of

PAT = Actor("Pat Manager", Role.PROJECT_MANAGER, "CE")
FILE = BatchFile("files.xlsx", "0" * 64, ("training register",), 1)
_GROWS = {"programme", "change", "batch", "batch_file"}
"""What only grows: the history, and the counters of rows."""

Databases = Callable[[], AbstractContextManager[Store]]

# What files and forms may say. Few of each, so that they meet often.

REFERENCES = st.sampled_from(["TS1", "TS2", "TS3"])
DAYS = st.sampled_from([date(2018, 1, 8), date(2018, 3, 5), date(2018, 5, 10), date(2018, 6, 1)])
LEVELS = st.sampled_from([CourseLevel.INTRODUCTION, CourseLevel.ADVANCED, CourseLevel.BRIEFING])
_AGENCIES = ("Social Care", "Health")
AGENCIES = st.sampled_from(_AGENCIES)
PENCE = st.sampled_from([100, 250])
PEOPLE = st.one_of(
    st.sampled_from([PersonKeys(f"number-{person}", None) for person in "abc"]),
    st.builds(
        lambda person, by: PersonKeys(
            f"number-{person}" if "number" in by else None, f"mail-{person}" if "mail" in by else None
        ),
        st.sampled_from("yz"), st.sampled_from(["number", "mail", "number and mail"]),
    ),
)  # fmt: skip
"""Some are known by number alone; y and z by number in one file, by e-mail in another, and in a third by both."""

SESSIONS = st.builds(
    TrainingSession, reference=REFERENCES, starts_on=st.none() | DAYS, level=st.none() | LEVELS,
    status=st.none() | st.sampled_from(SessionStatus), places=st.none() | st.integers(10, 12),
)  # fmt: skip
ATTENDANCES = st.builds(
    Attendance, session=REFERENCES, person=PEOPLE, agency=AGENCIES, outcome=st.sampled_from(Outcome)
)  # fmt: skip
HEADCOUNTS = st.builds(PartnerHeadcount, session=REFERENCES, agency=AGENCIES, attended=st.integers(0, 9))
ENTRIES = st.builds(
    LedgerEntry, posted_on=DAYS, line=st.just("SOS01"), reference=st.sampled_from(["INV1", "INV2"]), amount_pence=PENCE,
    entry_kind=st.sampled_from([EntryKind.ACTUAL, EntryKind.COMMITMENT, EntryKind.ACCRUAL]),
)  # fmt: skip
MILESTONES = st.builds(
    Milestone, reference=st.sampled_from(["M1", "M2"]), title=st.just("Forms aligned"), baseline_on=DAYS,
    forecast_on=st.none() | DAYS, achieved_on=st.none() | DAYS,
)  # fmt: skip
RECORDS = st.one_of(SESSIONS, ATTENDANCES, HEADCOUNTS, ENTRIES, MILESTONES)


def _who(attendance: Attendance) -> tuple[str, str]:
    """A register names a person once, by whichever key."""
    return attendance.session, str(attendance.person.reference or attendance.person.email)[-1]


IMPORTS = st.builds(
    RecordSet,
    sessions=st.lists(SESSIONS, max_size=2, unique_by=lambda session: session.reference),
    attendances=st.lists(ATTENDANCES, max_size=4, unique_by=_who),
    headcounts=st.lists(HEADCOUNTS, max_size=1),
    ledger_entries=st.lists(ENTRIES, max_size=2, unique_by=lambda entry: entry.key),
    milestones=st.lists(MILESTONES, max_size=1),
)


class CouncilAtWork(RuleBasedStateMachine):
    """One programme, and the model of it."""

    def __init__(self, databases: Databases) -> None:
        super().__init__()
        self._open = ExitStack()
        self.store = self._open.enter_context(databases())
        self.store.add_programme(Programme(code="CE", name="Signs of Safety", authority="A council"), PAT)
        self.model = CouncilModel()
        self.dumps: dict[int, Any] = {}
        self.seen: dict[tuple[Any, ...], tuple[Recorded, int]] = {}

    def teardown(self) -> None:
        assert self.store.verify() == ()
        self._open.close()

    # what people do

    @rule(record=RECORDS)
    def add(self, record: Record) -> None:
        self._write(Add(record), lambda: self.model.add(record))

    @precondition(lambda self: self.model.entries)
    @rule(data=st.data(), record=RECORDS)
    def revise(self, data: st.DataObject, record: Record) -> None:
        """A record becomes what another of its kind says, but for who and where it is."""
        was = self._any_record(data, type(record))
        if was is not None:
            becomes = was.record.model_copy(update=_other_fields(record))
            self._write(
                Revise(was.number, was.version, becomes), lambda: self.model.revise(key_of(was.record), becomes)
            )

    @precondition(lambda self: self.model.entries)
    @rule(data=st.data())
    def withdraw(self, data: st.DataObject) -> None:
        was = self._any_record(data)
        assert was is not None
        self._write(
            Withdraw(was.kind, was.number, was.version), lambda: self.model.withdraw(key_of(was.record))
        )  # fmt: skip

    @precondition(lambda self: self.model.entries)
    @rule(data=st.data())
    def open_a_form(self, data: st.DataObject) -> None:
        was = self._any_record(data)
        assert was is not None
        self.seen[key_of(was.record)] = (was, self.model.entries[key_of(was.record)].stamp)

    @precondition(lambda self: self.seen)
    @rule(data=st.data(), record=RECORDS)
    def save_the_form_later(self, data: st.DataObject, record: Record) -> None:
        """Refused where the record is not as it was seen, whoever changed it: a hand, an import or an undo."""
        key = data.draw(st.sampled_from(sorted(self.seen, key=repr)))
        was, stamp = self.seen.pop(key)
        becomes = was.record.model_copy(update=_other_fields(record) if type(record) is type(was.record) else {})
        now = self.model.entries.get(key)
        if now is not None and now.stamp == stamp:
            self._write(Revise(was.number, was.version, becomes), lambda: self.model.revise(key, becomes))
        else:
            with pytest.raises(StaleRecord):
                self.store.write("CE", [Revise(was.number, was.version, becomes)], PAT)

    @rule(records=IMPORTS)
    def bring_in(self, records: RecordSet) -> None:
        before = self._dump()
        batch = self.store.commit("CE", records, PAT, [FILE])
        assert (batch is not None) == self.model.bring_in(records, batch.number if batch else 0)
        if batch is not None:
            self.dumps[batch.number] = before

    @rule(name=AGENCIES)
    def merge_spellings(self, name: str) -> None:
        """What was shown before is what it comes to."""
        into, before = next(one for one in _AGENCIES if one != name), self._dump()
        try:
            shown = bulk.preview(self.store, PAT, MergeAgency(name, into), ON)
        except RecordRefused:
            with pytest.raises(Refused):
                self.model.merge_agencies(name, into, 0)
            return
        batch = bulk.carry_out(self.store, PAT, shown, reason="One agency")
        self.model.merge_agencies(name, into, batch.number)
        self.dumps[batch.number] = before
        found = catalogue.figures(self.store.frames("CE", ON), ON)
        assert [figure.value for figure in found] == [figure.value for _, figure in shown.figures]

    @precondition(lambda self: self.model.newest_can_be_undone)
    @rule()
    def undo_the_last(self) -> None:
        """Where nothing came after an import, everything is again as it was before it."""
        batch = self.model.newest
        report = self.store.undo(batch, PAT)
        self.model.undo_the_last()
        assert report.kept == ()
        assert self._dump() == self.dumps[batch]

    @precondition(lambda self: self.model.undoable)
    @rule(data=st.data())
    def undo_any(self, data: st.DataObject) -> None:
        batch = data.draw(st.sampled_from(self.model.undoable))
        report = self.store.undo(batch, PAT)
        assert len(report.kept) == self.model.undo(batch), report.kept

    # what must hold

    @invariant()
    def records_agree(self) -> None:
        for kind in KINDS:
            found, total = self.store.records("CE", kind, limit=1000)
            assert total == len(found)
            kept = {key_of(one.record): self.model.as_kept(one.record) for one in found}
            assert kept == self.model.records(kind)
            assert len(kept) == len(found)

    @invariant()
    def figures_agree(self) -> None:
        found = {figure.code: figure for figure in catalogue.figures(self.store.frames("CE", ON), ON)}
        for code, value in self.model.figures().items():
            assert int(found[code].value or 0) == value, code
        for code, whole in self.model.wholes().items():
            assert int(found[code].denominator or 0) == whole, code

    def _write(self, write: Add | Revise | Withdraw, of_model: Callable[[], None]) -> None:
        """Both take it, or both refuse it."""
        try:
            of_model()
        except Refused as refused:
            with pytest.raises(DuplicateRecord if refused.duplicate else RecordRefused):
                self.store.write("CE", [write], PAT)
        else:
            self.store.write("CE", [write], PAT)

    def _any_record(self, data: st.DataObject, of_type: type[Record] | None = None) -> Recorded | None:
        keys = [key for key, entry in self.model.entries.items() if of_type in (None, type(entry.record))]
        if not keys:
            return None
        key = data.draw(st.sampled_from(sorted(keys, key=repr)))
        found, _ = self.store.records("CE", key[0], limit=1000)
        return next(one for one in found if key_of(one.record) == key)

    def _dump(self) -> dict[str, Any]:
        with reading(self.store.engine) as connection:
            return {
                str(table.name): sorted(map(repr, connection.exec_driver_sql(f"SELECT * FROM {table.name}").all()))
                for table in kept_tables() if table.name not in _GROWS
            }  # fmt: skip


def _other_fields(record: Record) -> dict[str, Any]:
    """What a form may change of a record: not who it is of, where, or a milestone's baseline."""
    fixed = {"session", "person", "baseline_on"} | ({"reference"} if isinstance(record, Milestone) else set())
    return {name: value for name, value in record if name not in fixed}


def emptied(store: Store) -> Databases:
    """The same store in memory, emptied each time: what SQLAlchemy has compiled once stays compiled."""
    empty = store.engine.raw_connection()
    pristine = sqlite3.connect(":memory:", check_same_thread=False)
    empty.driver_connection.backup(pristine)  # type: ignore[union-attr] # there is one while it is borrowed
    empty.close()

    @contextmanager
    def again() -> Iterator[Store]:
        borrowed = store.engine.raw_connection()
        pristine.backup(borrowed.driver_connection)  # type: ignore[arg-type] # as above
        borrowed.close()
        yield store

    return again


def work_at_random(databases: Databases, *, programmes: int, steps: int, always_alike: bool = False) -> None:
    """So many programmes, each through so many steps; others each time unless ``always_alike``."""
    said = settings(
        max_examples=programmes, stateful_step_count=steps, derandomize=always_alike,
        database=None, suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    run_state_machine_as_test(partial(CouncilAtWork, databases), settings=said)  # type: ignore[arg-type] # it makes one


def test_whatever_is_done_in_any_order_figures_and_records_are_those_of_a_simple_model(store: Store) -> None:
    work_at_random(emptied(store), programmes=8, steps=12, always_alike=True)
