"""What may be recorded by hand, and what must be explained: what is dated, and what is published."""

from datetime import date
from typing import Any

import pytest

from sos_tracker.actions import recording
from sos_tracker.actions.importing import WrongPersonKey
from sos_tracker.actions.recording import ReasonNeeded
from sos_tracker.records.access import Actor, NotAllowed, Role
from sos_tracker.records.budget import LedgerEntry, OutturnForecast
from sos_tracker.records.editions import NewEdition
from sos_tracker.records.milestones import ForecastMove, Milestone
from sos_tracker.records.people import PersonKeyer
from sos_tracker.records.practice_leads import PracticeLeadPost
from sos_tracker.records.programme import Programme
from sos_tracker.records.record import Record
from sos_tracker.records.recorded import Add, FixedRecord, Recorded, RecordRefused, Revise, StaleRecord, Withdraw
from sos_tracker.records.targets import StrategyTarget
from sos_tracker.records.training import Attendance, CourseLevel, Outcome, SessionStatus, TrainingSession
from sos_tracker.store import Store

PAT = Actor("Pat Manager", Role.PROJECT_MANAGER, "CE")
ON = date(2018, 5, 10)
SESSION = TrainingSession(reference="TS1", level=CourseLevel.INTRODUCTION, starts_on=date(2018, 1, 8),
                          status=SessionStatus.DELIVERED)  # fmt: skip
TARGET = StrategyTarget(measure="T1", name="People trained", baseline_on=date(2017, 7, 1), target=400,
                        due_on=date(2018, 12, 31))  # fmt: skip
MILESTONE = Milestone(reference="M1", title="Forms aligned", baseline_on=date(2018, 4, 1))


@pytest.fixture
def store(store: Store) -> Store:
    store.add_programme(Programme(code="CE", name="Signs of Safety", authority="A council"), PAT)
    return store


def added(store: Store, *records: Record) -> tuple[Recorded, ...]:
    return recording.record(store, PAT, [Add(record) for record in records])


def revised(store: Store, was: Recorded, reason: str = "", **fields: Any) -> Recorded:
    becomes = type(was.record).model_validate({**dict(was.record), **fields})
    return recording.record(store, PAT, [Revise(was.number, was.version, becomes)], reason=reason)[0]


def test_a_director_may_not_record(store: Store) -> None:
    with pytest.raises(NotAllowed):
        recording.record(store, Actor("Dee", Role.DIRECTOR, "CE"), [Add(SESSION)])


@pytest.mark.parametrize(
    ("record", "fields", "words"),
    [
        (SESSION, {"starts_on": date(2018, 2, 5)}, "Say why: the start date of session TS1 changes."),
        (LedgerEntry(posted_on=ON, line="SOS01", amount_pence=5), {"amount_pence": 6}, "the amount of ledger entry"),
        (MILESTONE.model_copy(update={"forecast_on": ON}), {"forecast_on": None}, "the forecast date of milestone M1"),
        (PracticeLeadPost(agency="Care", team="Duty", filled=True, starts_on=ON), {"starts_on": None}, "start date"),
        (TARGET, {"target": 300}, "the target of strategy target T1"),
    ],
    ids=lambda value: getattr(value, "kind", ""),
)
def test_a_dated_fact_is_revised_and_withdrawn_with_a_reason(
    store: Store, record: Record, fields: dict[str, Any], words: str
) -> None:
    (kept,) = added(store, record)
    with pytest.raises(ReasonNeeded, match=words):
        revised(store, kept, reason="  ", **fields)
    with pytest.raises(ReasonNeeded, match="is withdrawn"):
        recording.record(store, PAT, [Withdraw(kept.kind, kept.number, kept.version)])
    revised(store, kept, reason="The board decided", **fields)
    assert store.changes("CE", limit=1)[0].reason == "The board decided"


def test_what_is_not_dated_and_what_is_dated_for_the_first_time_needs_no_reason(store: Store) -> None:
    session, milestone = added(store, SESSION, MILESTONE)
    revised(store, session, venue="Town Hall")
    revised(store, milestone, achieved_on=ON, forecast_on=ON)


def test_what_a_published_paper_counts_is_corrected_with_a_reason(store: Store, keyer: PersonKeyer) -> None:
    ann = recording.person_keys(store, PAT, keyer, "1001", None)
    _, early = added(store, SESSION, _came(ann, "TS1"))
    _, late = added(store, SESSION.model_copy(update={"reference": "TS2", "starts_on": date(2018, 6, 1)}),
                    _came(ann, "TS2"))  # fmt: skip
    revised(store, early, team="Duty")
    store.publish_edition("CE", 1, NewEdition(as_at=ON, meeting_on=None, figures="{}", files=()), PAT)
    early = store.record("CE", "attendance", early.number)
    with pytest.raises(ReasonNeeded, match="attendance TS1 is counted in the paper published with figures to 10 May"):
        revised(store, early, team="Fostering")
    revised(store, late, team="Fostering")
    revised(store, early, reason="The register was wrong", team="Fostering")


def test_a_stale_save_is_told_of_before_a_reason_is_asked_for(store: Store) -> None:
    (seen,) = added(store, SESSION)
    revised(store, seen, venue="Town Hall")
    with pytest.raises(StaleRecord):
        revised(store, seen, starts_on=date(2018, 2, 5))


def test_a_milestone_is_moved_with_who_approved_it_and_deferred_only_by_a_decision(store: Store) -> None:
    (kept,) = added(store, MILESTONE)
    with pytest.raises(ValueError, match="reference of that decision"):
        recording.move_milestone(store, PAT, kept.number, kept.version, forecast_on=date(2018, 7, 1), moved_on=ON,
                                 reason="Staff moved", deferred=True)  # fmt: skip
    moved = recording.move_milestone(store, PAT, kept.number, kept.version, forecast_on=date(2018, 7, 1), moved_on=ON,
                                     reason="Staff moved", approved_by="Board", deferred=True,
                                     decision_reference="CAB 12")  # fmt: skip
    (move,), _ = store.records("CE", "forecast move")
    assert moved.record == MILESTONE.model_copy(update={"forecast_on": date(2018, 7, 1)})
    assert move.record == ForecastMove(
        milestone="M1", forecast_from=None, forecast_to=date(2018, 7, 1), moved_on=ON, reason="Staff moved",
        approved_by="Board", decision_reference="CAB 12", deferred=True,
    )  # fmt: skip


def test_a_date_is_not_moved_by_nobody_nor_an_outturn_expected_without_a_reason(store: Store) -> None:
    (kept,) = added(store, MILESTONE.model_copy(update={"forecast_on": date(2018, 6, 1)}))
    with pytest.raises(RecordRefused) as moved:
        recording.move_milestone(
            store, PAT, kept.number, kept.version, forecast_on=date(2018, 7, 1), moved_on=ON, reason="Staff moved"
        )
    with pytest.raises(RecordRefused) as expected:
        added(store, OutturnForecast(made_on=ON, forecast_pence=90))
    assert (moved.value.field, expected.value.field) == ("approved_by", "reason")
    assert store.record("CE", "milestone", kept.number) == kept


def test_a_target_is_issued_once_with_approver_date_and_reason_and_all_its_points(store: Store) -> None:
    half, whole = added(store, TARGET.model_copy(update={"due_on": date(2018, 6, 30), "target": 200.0}), TARGET)
    issue = {"approved_on": date(2018, 5, 1), "reason": "Agreed at full council"}
    with pytest.raises(RecordRefused) as refused:
        recording.issue_target(store, PAT, whole.number, whole.version, approved_by=" ", **issue)
    assert refused.value.field == "approved_by"
    issued = recording.issue_target(store, PAT, whole.number, whole.version, approved_by="Cabinet", **issue)
    assert {one.number for one in issued} == {half.number, whole.number}
    assert all(vars(one.record)["issued"] for one in issued)
    with pytest.raises(FixedRecord):
        revised(store, issued[0], reason="A slip", target=399)
    with pytest.raises(RecordRefused, match="issued by itself"):
        added(store, issued[0].record)


def test_a_person_typed_by_hand_is_keyed_as_an_import_does_and_with_the_same_key(
    store: Store, keyer: PersonKeyer
) -> None:
    keys = recording.person_keys(store, PAT, keyer, " 1001 ", "Ann@Council.gov.uk")
    assert keys == keyer.keys("1001", "ann@council.gov.uk")
    for number, email in (("", " "), (None, "ann")):
        with pytest.raises(RecordRefused) as refused:
            recording.person_keys(store, PAT, keyer, number, email)
        assert refused.value.field == "person"
    with pytest.raises(WrongPersonKey):
        recording.person_keys(store, PAT, PersonKeyer(b"another secret altogether"), "1001", None)


def _came(person: Any, session: str) -> Attendance:
    return Attendance(session=session, person=person, agency="Social Care", outcome=Outcome.WALK_IN)
