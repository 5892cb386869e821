"""Any series of saves, withdrawals, imports and undos: the figures are those of a simple model, and all stays whole."""

from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from sos_tracker.measures.catalogue import figures
from sos_tracker.records.access import Actor, Role
from sos_tracker.records.budget import SPENT, EntryKind, LedgerEntry
from sos_tracker.records.changes import BatchFile
from sos_tracker.records.milestones import Milestone
from sos_tracker.records.people import PersonKeys
from sos_tracker.records.programme import Programme
from sos_tracker.records.record_set import RecordSet
from sos_tracker.records.recorded import Add, Recorded, RecordRefused, Revise, StaleRecord, Withdraw
from sos_tracker.records.training import CAME, Attendance, CourseLevel, Outcome, SessionStatus, TrainingSession
from sos_tracker.store import Store
from tests.store.test_importing import dump

PAT = Actor("Pat Manager", Role.PROJECT_MANAGER, "CE")
ON = date(2018, 5, 10)
FILE = BatchFile("register.xlsx", "0" * 64, ("training register",), 1)
SESSIONS, PEOPLE, MILESTONES = ("TS1", "TS2", "TS3"), ("ann", "ben", "cas", "dev"), ("M1", "M2")
DAYS = (date(2018, 1, 8), date(2018, 3, 5), date(2018, 6, 4))

sessions = st.builds(
    TrainingSession, reference=st.sampled_from(SESSIONS), starts_on=st.sampled_from(DAYS),
    level=st.sampled_from([CourseLevel.INTRODUCTION, CourseLevel.BRIEFING]),
    status=st.sampled_from([SessionStatus.DELIVERED, SessionStatus.CANCELLED]),
)  # fmt: skip
attendances = st.builds(
    Attendance, session=st.sampled_from(SESSIONS),
    person=st.sampled_from(PEOPLE).map(lambda name: PersonKeys(f"number-{name}", None)),
    agency=st.sampled_from(["Social Care", "Police"]),
    outcome=st.sampled_from([Outcome.ATTENDED, Outcome.WALK_IN, Outcome.NO_SHOW]),
)  # fmt: skip
entries = st.builds(
    LedgerEntry, posted_on=st.sampled_from(DAYS), line=st.sampled_from(["S1", "S2"]),
    entry_kind=st.sampled_from([EntryKind.ACTUAL, EntryKind.COMMITMENT, EntryKind.ACCRUAL, EntryKind.CREDIT]),
    amount_pence=st.sampled_from([-500, -300]), reference=st.sampled_from(["A", "B"]),
)  # fmt: skip
milestones = st.builds(
    Milestone, reference=st.sampled_from(MILESTONES), title=st.just("Forms"), baseline_on=st.just(date(2018, 4, 1)),
    forecast_on=st.sampled_from([None, *DAYS]), achieved_on=st.sampled_from([None, date(2018, 4, 20)]),
)  # fmt: skip
kinds = st.sampled_from(["session", "attendance", "ledger entry", "milestone"])
records = st.one_of(sessions, attendances, entries, milestones)


@dataclass
class Model:
    """What the programme holds, by key: a register row only while its session is there."""

    kept: dict[str, dict[Any, Any]] = field(
        default_factory=lambda: {"session": {}, "attendance": {}, "ledger entry": {}, "milestone": {}}
    )

    def copy(self) -> "Model":
        return Model({kind: dict(rows) for kind, rows in self.kept.items()})

    def withdraw(self, kind: str, key: Any) -> None:
        del self.kept[kind][key]
        if kind == "session":
            self.kept["attendance"] = {k: row for k, row in self.kept["attendance"].items() if k[0] != key[0]}

    def rename_session(self, was: str, becomes: str) -> None:
        rows = self.kept["attendance"].values()
        moved = [row.model_copy(update={"session": becomes}) if row.session == was else row for row in rows]
        self.kept["attendance"] = {row.key: row for row in moved}

    def came(self) -> list[tuple[Attendance, TrainingSession]]:
        held = {key[0]: one for key, one in self.kept["session"].items()
                if one.starts_on and one.starts_on <= ON and one.status != SessionStatus.CANCELLED}  # fmt: skip
        return [(row, held[row.session]) for row in self.kept["attendance"].values()
                if row.session in held and row.outcome in CAME]  # fmt: skip

    def trained(self) -> int:
        return len({row.person for row, session in self.came() if session.level is CourseLevel.INTRODUCTION})

    def spent(self) -> int:
        return sum(one.amount_pence for one in self.kept["ledger entry"].values()
                   if one.entry_kind in SPENT and one.posted_on <= ON)  # fmt: skip

    def achieved(self) -> int:
        return sum(one.achieved_on is not None for one in self.kept["milestone"].values())


class Recording(RuleBasedStateMachine):
    """``last``: the newest import while nothing was written after it, with the model and the dump before it."""

    def __init__(self, store: Store, code: str) -> None:
        super().__init__()
        self.store, self.code = store, code
        self.store.add_programme(Programme(code=code, name="Signs of Safety", authority="A council"), PAT)
        self.model = Model()
        self.last: tuple[int, Model, Any] | None = None
        self.seen: list[Recorded] = []

    def teardown(self) -> None:
        assert self.store.verify() == ()

    @rule(record=records)
    def add(self, record: Any) -> None:
        known = record.kind != "attendance" or (record.session,) in self.model.kept["session"]
        there = record.key in self.model.kept[record.kind]
        try:
            self.store.write(self.code, [Add(record)], PAT)
        except RecordRefused:
            assert there or not known
        else:
            assert known
            assert not there
            self.model.kept[record.kind][record.key] = record
            self.last = None

    @rule(kind=kinds, which=st.integers(0, 9), record=st.data())
    def revise(self, kind: str, which: int, record: Any) -> None:
        found, _ = self.store.records(self.code, kind)
        if not found:
            return
        was = found[which % len(found)]
        drawn = {"session": sessions, "attendance": attendances, "ledger entry": entries, "milestone": milestones}[kind]
        becomes = record.draw(drawn)
        known = kind != "attendance" or (becomes.session,) in self.model.kept["session"]
        there = becomes.key != was.record.key and becomes.key in self.model.kept[kind]
        try:
            self.store.write(self.code, [Revise(was.number, was.version, becomes)], PAT)
        except RecordRefused:
            assert there or not known
            return
        assert known
        assert not there
        del self.model.kept[kind][was.record.key]
        self.model.kept[kind][becomes.key] = becomes
        if kind == "session":
            self.model.rename_session(was.record.key[0], becomes.key[0])
        if becomes != was.record:
            self.seen.append(was)
            self.last = None

    @rule(kind=kinds, which=st.integers(0, 9))
    def withdraw(self, kind: str, which: int) -> None:
        found, _ = self.store.records(self.code, kind)
        if found:
            was = found[which % len(found)]
            self.store.write(self.code, [Withdraw(kind, was.number, was.version)], PAT)
            self.model.withdraw(kind, was.record.key)
            self.seen.append(was)
            self.last = None

    @precondition(lambda self: self.seen)
    @rule(which=st.integers(0, 9))
    def save_over_a_newer_one(self, which: int) -> None:
        was = self.seen[which % len(self.seen)]
        revision = self.store.revision(self.code)
        try:
            self.store.write(self.code, [Revise(was.number, was.version, was.record)], PAT)
        except StaleRecord:
            assert self.store.revision(self.code) == revision
        else:
            raise AssertionError("A save over a newer one was taken.")

    @rule(listed=st.lists(sessions, max_size=3, unique_by=lambda one: one.key),
          came=st.lists(attendances, max_size=4, unique_by=lambda one: one.key),
          posted=st.lists(entries, max_size=3, unique_by=lambda one: one.key),
          planned=st.lists(milestones, max_size=2, unique_by=lambda one: one.key))  # fmt: skip
    def bring_in(self, listed: Any, came: Any, posted: Any, planned: Any) -> None:
        there = {key[0] for key in self.model.kept["session"]} | {one.reference for one in listed}
        came = [row for row in came if row.session in there]
        before, kept = self.model.copy(), dump(self.store)
        batch = self.store.commit(
            self.code,
            RecordSet(sessions=listed, attendances=came, ledger_entries=posted, milestones=planned),
            PAT,
            [FILE],
        )
        for one in (*listed, *came, *posted, *planned):
            self.model.kept[one.kind][one.key] = one
        if batch is not None:
            self.last = (batch.number, before, kept)

    @precondition(lambda self: self.last)
    @rule()
    def undo(self) -> None:
        assert self.last is not None
        number, self.model, kept = self.last
        self.last = None
        report = self.store.undo(number, PAT)
        assert report.kept == ()
        assert dump(self.store) == kept

    @invariant()
    def the_figures_are_those_of_the_model(self) -> None:
        found = {figure.code: figure.value for figure in figures(self.store.frames(self.code, ON), ON)}
        shown = tuple(int(found[code] or 0) for code in ("T1", "T2", "B1", "M1"))
        assert shown == (self.model.trained(), len(self.model.came()), self.model.spent(), self.model.achieved())

    @invariant()
    def what_is_kept_is_what_the_model_holds(self) -> None:
        for kind, rows in self.model.kept.items():
            found, total = self.store.records(self.code, kind)
            assert total == len(rows)
            assert {one.record.key: one.record for one in found} == rows


def test_any_series_of_writes_leaves_what_a_simple_model_holds(any_store: Store) -> None:
    numbers = count(1)
    run_state_machine_as_test(  # each series in a programme of its own
        lambda: Recording(any_store, f"CE{next(numbers)}"),
        settings=settings(max_examples=8, stateful_step_count=12, deadline=None,
                          suppress_health_check=list(HealthCheck)),
    )  # fmt: skip
