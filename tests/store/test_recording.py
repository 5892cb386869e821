"""What is recorded by hand: added, revised and withdrawn, each with its change, and never over somebody else's."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from sos_tracker.records.access import Actor, Role
from sos_tracker.records.budget import BudgetLine, EntryKind, LedgerEntry, OutturnForecast
from sos_tracker.records.changes import BatchFile, Deed
from sos_tracker.records.milestones import ForecastMove, Milestone
from sos_tracker.records.people import PersonKeys
from sos_tracker.records.practice_leads import PracticeLeadPost
from sos_tracker.records.programme import Programme
from sos_tracker.records.record import Record
from sos_tracker.records.record_set import RecordSet
from sos_tracker.records.recorded import (
    Add,
    DuplicateRecord,
    FixedRecord,
    Recorded,
    RecordRefused,
    Revise,
    StaleRecord,
    UnknownRecord,
    Withdraw,
)
from sos_tracker.records.targets import StrategyTarget
from sos_tracker.records.training import (
    Attendance,
    CourseLevel,
    Outcome,
    PartnerHeadcount,
    SessionStatus,
    StaffMember,
    TrainingSession,
)
from sos_tracker.store import Store

PAT = Actor("Pat Manager", Role.PROJECT_MANAGER, "CE")
SAM = Actor("Sam Manager", Role.PROJECT_MANAGER, "CE")
FILE = BatchFile("plan.xlsx", "0" * 64, ("milestones",), 1)
ON = date(2018, 5, 10)
ANN, BEN, CAS = (PersonKeys(f"number-{name}", f"mail-{name}") for name in ("ann", "ben", "cas"))


@pytest.fixture
def programme_store(any_store: Store) -> Store:
    any_store.add_programme(Programme(code="CE", name="Signs of Safety", authority="A council"), PAT)
    return any_store


def session(reference: str = "TS1", **fields: Any) -> TrainingSession:
    said = {"level": CourseLevel.INTRODUCTION, "starts_on": date(2018, 1, 8), "status": SessionStatus.DELIVERED}
    return TrainingSession.model_validate({"reference": reference, **said, **fields})


def came(person: PersonKeys = ANN, reference: str = "TS1", **fields: Any) -> Attendance:
    said = {"agency": "Social Care", "team": "Duty", "outcome": Outcome.WALK_IN}
    return Attendance.model_validate({"session": reference, "person": person, **said, **fields})


def milestone(reference: str = "M1", **fields: Any) -> Milestone:
    said = {"title": "Forms aligned", "baseline_on": date(2018, 4, 1), "forecast_on": date(2018, 5, 1)}
    return Milestone.model_validate({"reference": reference, **said, **fields})


def entry(amount_pence: int = 50_000, **fields: Any) -> LedgerEntry:
    said = {"posted_on": date(2018, 2, 1), "line": "SOS01", "reference": "INV1"}
    return LedgerEntry.model_validate({"amount_pence": amount_pence, **said, **fields})


def target(**fields: Any) -> StrategyTarget:
    said = {"measure": "T1", "name": "People trained", "baseline_on": date(2017, 7, 1), "target": 400,
            "due_on": date(2018, 12, 31), "approved_on": date(2017, 7, 1), "approved_by": "Cabinet"}  # fmt: skip
    return StrategyTarget.model_validate({**said, **fields})


def added(store: Store, *records: Record) -> tuple[Recorded, ...]:
    return store.write("CE", [Add(record) for record in records], PAT)


def revised(store: Store, was: Recorded, actor: Actor = PAT, why: str = "", **fields: Any) -> Recorded:
    becomes = type(was.record).model_validate({**dict(was.record), **fields})
    return store.write("CE", [Revise(was.number, was.version, becomes)], actor, reason=why)[0]


def withdrawn(store: Store, was: Recorded, actor: Actor = PAT) -> Recorded:
    return store.write("CE", [Withdraw(was.kind, was.number, was.version)], actor)[0]


def imported(store: Store, **records: Any) -> int:
    batch = store.commit("CE", RecordSet(**records), PAT, [FILE])
    assert batch is not None
    return batch.number


def trained(store: Store) -> int:
    people = store.frames("CE", ON).training.people
    return int(people.loc[people["level"] == "trained", "people"].sum())


RECORDS: list[Record] = [
    session(), PracticeLeadPost(agency="Social Care", team="Duty", filled=True, person=BEN), entry(), milestone(),
    target(points=((date(2018, 3, 31), 200.0),)), BudgetLine(code="SOS01", title="Training", approved_pence=100,
                                                             profile=((date(2018, 1, 1), 100),)),
    OutturnForecast(line="SOS01", made_on=ON, forecast_pence=90, made_by="Finance"),
]  # fmt: skip


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.kind)
def test_what_is_recorded_reads_back_as_it_was_typed(programme_store: Store, record: Record) -> None:
    now = datetime(2018, 5, 10, 9, 30, tzinfo=UTC)
    (kept,) = programme_store.write("CE", [Add(record)], PAT, now=now)
    assert kept.record == record
    assert (kept.kind, kept.changed_at, kept.changed_by, kept.batch) == (record.kind, now, "Pat Manager", None)
    assert programme_store.record("CE", record.kind, kept.number) == kept
    assert programme_store.records("CE", record.kind) == ((kept,), 1)


def test_a_session_and_its_register_are_saved_at_once_and_count(programme_store: Store) -> None:
    kept = added(programme_store, came(ANN), came(BEN), PartnerHeadcount(session="TS1", agency="Police", attended=7),
                 session())  # fmt: skip
    assert [record.kind for record in kept] == ["attendance", "attendance", "headcount", "session"]
    assert trained(programme_store) == 2
    people = [change for change in programme_store.changes("CE") if change.kind == "person"]
    assert len(people) == 2
    assert programme_store.verify() == ()


def test_a_person_typed_at_the_door_is_the_person_of_the_import(programme_store: Store) -> None:
    imported(programme_store, sessions=[session(), session("TS2")], attendances=[came(PersonKeys(None, "mail-ann"))])
    added(programme_store, came(ANN, "TS2"))
    assert trained(programme_store) == 1
    imported(programme_store, staff=[StaffMember(person=PersonKeys("number-ann"), agency="Social Care", in_scope=True)])
    assert programme_store.frames("CE", ON).training.staff["trained"].sum() == 1
    assert programme_store.verify() == ()


def test_each_record_written_has_a_change_of_its_own_with_the_reason(programme_store: Store) -> None:
    (kept,) = added(programme_store, session())
    moved = revised(programme_store, kept, SAM, why="The room was flooded", starts_on=date(2018, 2, 5))
    newest, first = programme_store.story("CE", "session", kept.number)
    assert (newest.deed, newest.actor, newest.reason) == (Deed.REVISED, "Sam Manager", "The room was flooded")
    assert (newest.before or {})["starts_on"] == "2018-01-08"
    assert (newest.after or {})["starts_on"] == "2018-02-05"
    assert first.deed is Deed.ADDED
    assert moved.version == newest.number


def test_saving_what_is_there_already_changes_nothing(programme_store: Store) -> None:
    (kept,) = added(programme_store, session())
    revision = programme_store.revision("CE")
    assert revised(programme_store, kept) == kept
    assert programme_store.revision("CE") == revision


def test_a_withdrawn_session_takes_its_register_along_each_with_its_change(programme_store: Store) -> None:
    kept, *_ = added(programme_store, session(), came(ANN), came(BEN),
                     PartnerHeadcount(session="TS1", agency="Police", attended=7))  # fmt: skip
    withdrawn(programme_store, kept)
    gone = [change.kind for change in programme_store.changes("CE") if change.deed is Deed.WITHDRAWN]
    assert sorted(gone) == ["attendance", "attendance", "headcount", "session"]
    assert trained(programme_store) == 0
    assert programme_store.records("CE", "attendance") == ((), 0)
    assert programme_store.verify() == ()


def test_people_are_moved_to_another_session_while_theirs_is_withdrawn(programme_store: Store) -> None:
    first, _, person = added(programme_store, session(), session("TS2", starts_on=date(2018, 3, 1)), came(ANN))
    assert isinstance(person.record, Attendance)
    moved = person.record.model_copy(update={"session": "TS2"})
    programme_store.write("CE", [Withdraw("session", first.number, first.version),
                                 Revise(person.number, person.version, moved)], PAT)  # fmt: skip
    (kept,), _ = programme_store.records("CE", "attendance")
    assert kept.record == moved
    assert trained(programme_store) == 1
    assert programme_store.verify() == ()


def test_the_second_of_two_saves_is_refused_and_told_field_by_field(programme_store: Store) -> None:
    (seen,) = added(programme_store, session())
    theirs = revised(programme_store, seen, SAM, venue="Town Hall", starts_on=date(2018, 2, 5))
    with pytest.raises(StaleRecord, match="Session TS1 was changed by Sam Manager since you opened it") as refused:
        revised(programme_store, seen, venue="Library", trainer="Jo")
    (conflict,) = refused.value.conflicts
    assert conflict.theirs == theirs
    told = {field.field: (field.seen, field.theirs, field.mine, field.contested) for field in conflict.fields}
    assert told == {
        "venue": ("", "Town Hall", "Library", True),
        "starts_on": (date(2018, 1, 8), date(2018, 2, 5), date(2018, 1, 8), False),
        "trainer": ("", "", "Jo", False),
    }
    assert revised(programme_store, theirs, venue="Library", trainer="Jo").record.venue == "Library"


def test_a_save_over_a_record_withdrawn_meanwhile_says_so(programme_store: Store) -> None:
    (seen,) = added(programme_store, session(venue="Town Hall"))
    withdrawn(programme_store, seen, SAM)
    with pytest.raises(StaleRecord, match="was withdrawn by Sam Manager") as refused:
        revised(programme_store, seen, venue="Library")
    (conflict,) = refused.value.conflicts
    assert conflict.withdrawn
    venue = next(field for field in conflict.fields if field.field == "venue")
    assert (venue.seen, venue.theirs, venue.mine) == ("Town Hall", None, "Library")


def test_a_save_of_a_place_at_a_session_withdrawn_meanwhile_says_where_it_was(programme_store: Store) -> None:
    kept, place = added(programme_store, session(), came(ANN))
    withdrawn(programme_store, kept, SAM)
    with pytest.raises(StaleRecord, match="was withdrawn by Sam Manager") as refused:
        revised(programme_store, place, outcome=Outcome.NO_SHOW)
    told = {field.field: (field.seen, field.theirs) for field in refused.value.conflicts[0].fields}
    assert told["session"] == ("TS1", None)


def test_a_save_of_a_place_of_somebody_found_to_be_another_meanwhile_is_refused(programme_store: Store) -> None:
    mail_alone = PersonKeys(None, "mail-ann")
    *_, place = added(programme_store, session(), came(PersonKeys("number-ann")), came(mail_alone))
    imported(programme_store, sessions=[session("TS2")], attendances=[came(ANN, "TS2")])
    with pytest.raises(StaleRecord):
        revised(programme_store, place, outcome=Outcome.NO_SHOW)


def test_what_somebody_changed_since_is_not_withdrawn_unseen(programme_store: Store) -> None:
    (seen,) = added(programme_store, entry())
    revised(programme_store, seen, SAM, amount_pence=70_000)
    with pytest.raises(StaleRecord) as refused:
        withdrawn(programme_store, seen)
    (amount,) = refused.value.conflicts[0].fields
    assert (amount.field, amount.seen, amount.theirs, amount.mine) == ("amount_pence", 50_000, 70_000, None)


def test_a_record_an_undo_put_back_is_not_the_one_seen_in_between(programme_store: Store) -> None:
    (first,) = added(programme_store, milestone())
    batch = imported(programme_store, milestones=[milestone(owner="Jo")])
    seen = programme_store.record("CE", "milestone", first.number)
    programme_store.undo(batch, SAM)
    revised(programme_store, programme_store.record("CE", "milestone", first.number), SAM, owner="Kim")
    with pytest.raises(StaleRecord) as refused:
        revised(programme_store, seen, comment="Late")
    owner = next(field for field in refused.value.conflicts[0].fields if field.field == "owner")
    assert (owner.seen, owner.theirs, owner.mine) == ("Jo", "Kim", "Jo")


def test_writers_at_one_record_at_once_lose_nothing_of_each_other(programme_store: Store) -> None:
    (kept,) = added(programme_store, entry(0))

    def spend_ten_times(line: int) -> None:
        done = 0
        while done < 10:
            now = programme_store.record("CE", "ledger entry", kept.number)
            assert isinstance(now.record, LedgerEntry)
            try:
                revised(programme_store, now, amount_pence=now.record.amount_pence + line)
            except StaleRecord:
                continue
            done += 1

    with ThreadPoolExecutor(4) as writers:
        list(writers.map(spend_ten_times, (1, 100, 10_000, 1_000_000)))
    assert vars(programme_store.record("CE", "ledger entry", kept.number).record)["amount_pence"] == 10_101_010
    assert programme_store.verify() == ()


def test_nothing_of_a_save_is_kept_where_a_part_of_it_is_refused(programme_store: Store) -> None:
    added(programme_store, session())
    with pytest.raises(DuplicateRecord) as refused:
        added(programme_store, session("TS2"), came(ANN, "TS2"), session("TS1"))
    assert (refused.value.field, refused.value.place) == ("reference", 2)
    assert programme_store.records("CE", "session")[1] == 1
    assert programme_store.verify() == ()


@pytest.mark.parametrize(
    ("record", "field"),
    [(session(), "reference"), (milestone(), "reference"), (entry(), "reference"), (target(), "approved_on"),
     (PracticeLeadPost(agency="Social Care", team="Duty", filled=False), "starts_on")],
    ids=lambda value: getattr(value, "kind", ""),
)  # fmt: skip
def test_a_second_record_of_the_same_key_is_refused_beside_its_field(
    programme_store: Store, record: Record, field: str
) -> None:
    added(programme_store, record)
    with pytest.raises(DuplicateRecord) as refused:
        added(programme_store, record)
    assert refused.value.field == field
    with pytest.raises(DuplicateRecord):
        added(programme_store, *([type(record).model_validate({**dict(record), "reference": "NEW"})] * 2)
              if "reference" in type(record).model_fields else [record])  # fmt: skip


def test_a_person_is_in_one_register_once_by_whichever_key(programme_store: Store) -> None:
    added(programme_store, session(), came(ANN))
    with pytest.raises(DuplicateRecord, match="in the register of TS1 already") as refused:
        added(programme_store, came(PersonKeys(None, "mail-ann")))
    assert refused.value.field == "person"


def test_a_register_of_a_session_nobody_knows_is_refused(programme_store: Store) -> None:
    with pytest.raises(RecordRefused, match="no session with the reference TS9") as refused:
        added(programme_store, came(ANN, "TS9"))
    assert refused.value.field == "session"


def test_a_record_of_another_programme_is_none_of_this_one(programme_store: Store) -> None:
    programme_store.add_programme(Programme(code="LE", name="Signs of Safety", authority="Another"), PAT)
    (kept,) = added(programme_store, session())
    with pytest.raises(UnknownRecord):
        programme_store.record("LE", "session", kept.number)
    with pytest.raises(UnknownRecord):
        programme_store.write("LE", [Withdraw("session", kept.number, kept.version)], PAT)


def test_records_are_found_by_their_words_and_narrowed_by_their_fields(programme_store: Store) -> None:
    added(programme_store, session(venue="Town Hall"), session("TS2", starts_on=date(2018, 3, 1), venue="100% Hall"),
          came(ANN), came(BEN, "TS2"))  # fmt: skip
    assert programme_store.records("CE", "session", text="hall")[1] == 2
    assert _references(programme_store.records("CE", "session", text="0% h")) == ["TS2"]
    assert _references(programme_store.records("CE", "session")) == ["TS2", "TS1"]
    assert _references(programme_store.records("CE", "session", limit=1, offset=1)) == ["TS1"]
    assert _references(programme_store.records("CE", "session", since=date(2018, 2, 1))) == ["TS2"]
    assert _references(programme_store.records("CE", "session", reference=["TS1", "TS9"])) == ["TS1"]
    (his,), _ = programme_store.records("CE", "attendance", session="TS2")
    assert his.record == came(BEN, "TS2")
    (hers,), _ = programme_store.records("CE", "attendance", person=PersonKeys(None, "mail-ann"))
    assert hers.record == came(ANN)
    with pytest.raises(ValueError, match="cannot be narrowed by “colour”"):
        programme_store.records("CE", "session", colour="blue")


def test_a_baseline_never_moves_whoever_tries(programme_store: Store) -> None:
    (kept,) = added(programme_store, milestone())
    with pytest.raises(FixedRecord, match="baseline is 1 April 2018 and does not move") as refused:
        revised(programme_store, kept, baseline_on=date(2018, 5, 1))
    assert refused.value.field == "baseline_on"
    with pytest.raises(DBAPIError, match="does not change"), programme_store.engine.begin() as connection:
        connection.execute(text("UPDATE milestone SET baseline_on = '2018-05-01'"))
    said = programme_store.compare("CE", RecordSet(milestones=[milestone(baseline_on=date(2018, 5, 1), owner="Jo")]))
    assert said.held[0].fields == (("baseline_on", "2018-04-01", "2018-05-01"),)
    imported(programme_store, milestones=[milestone(baseline_on=date(2018, 5, 1), owner="Jo")])
    (now,), _ = programme_store.records("CE", "milestone")
    assert now.record == milestone(owner="Jo")


def test_each_move_of_a_forecast_is_kept_by_form_and_by_import(programme_store: Store) -> None:
    (kept,) = added(programme_store, milestone())
    later = milestone(forecast_on=date(2018, 7, 1))
    given = ForecastMove(milestone="M1", forecast_from=date(2018, 5, 1), forecast_to=date(2018, 7, 1), moved_on=ON,
                         approved_by="Board", deferred=True, decision_reference="CAB 12")  # fmt: skip
    programme_store.write("CE", [Revise(kept.number, kept.version, later), Add(given)], PAT, reason="Staff moved")
    programme_store.commit("CE", RecordSet(milestones=[milestone(forecast_on=date(2018, 8, 1))]), PAT, [FILE],
                           reason="New plan", now=datetime(2018, 6, 1, tzinfo=UTC))  # fmt: skip
    moves, _ = programme_store.records("CE", "forecast move", milestone="M1")
    by_import = ForecastMove(milestone="M1", forecast_from=date(2018, 7, 1), forecast_to=date(2018, 8, 1),
                             moved_on=date(2018, 6, 1), reason="New plan")  # fmt: skip
    assert [move.record for move in moves] == [by_import, given]
    assert moves[0].batch is not None
    with pytest.raises(FixedRecord):
        withdrawn(programme_store, moves[1])


def test_a_move_without_its_milestone_is_refused(programme_store: Store) -> None:
    added(programme_store, milestone())
    move = ForecastMove(milestone="M1", forecast_from=date(2018, 5, 1), forecast_to=date(2018, 7, 1), moved_on=ON)
    with pytest.raises(RecordRefused, match="with the new forecast of its milestone"):
        added(programme_store, move)


def test_undo_takes_a_move_back_with_the_forecast_and_keeps_it_with_an_edited_milestone(programme_store: Store) -> None:
    added(programme_store, milestone())
    first = imported(programme_store, milestones=[milestone(forecast_on=date(2018, 6, 1))])
    second = imported(programme_store, milestones=[milestone(forecast_on=date(2018, 7, 1))])
    programme_store.undo(second, PAT)
    assert programme_store.records("CE", "forecast move")[1] == 1
    (kept,), _ = programme_store.records("CE", "milestone")
    revised(programme_store, kept, comment="Agreed")
    report = programme_store.undo(first, PAT)
    assert report.kept == ("milestone M1: edited since",)
    assert programme_store.records("CE", "forecast move")[1] == 1


def test_an_issued_target_changes_for_nobody_and_a_newer_one_supersedes_it(programme_store: Store) -> None:
    (draft,) = added(programme_store, target())
    issued = revised(programme_store, draft, issued=True, reason="Strategy agreed")
    with pytest.raises(FixedRecord, match="issued and does not change"):
        revised(programme_store, issued, target=300)
    with pytest.raises(FixedRecord):
        withdrawn(programme_store, issued)
    with pytest.raises(FixedRecord) as refused:
        added(programme_store, target(due_on=date(2018, 6, 30)))
    assert refused.value.field == "approved_on"
    for statement in ("UPDATE strategy_target SET target = 1", "DELETE FROM strategy_target"):
        with pytest.raises(DBAPIError, match="issued target"), programme_store.engine.begin() as connection:
            connection.execute(text(statement))
    added(programme_store, target(target=300, approved_on=date(2018, 4, 1)))
    assert programme_store.records("CE", "strategy target")[1] == 2


def test_an_import_leaves_an_issued_target_as_it_is_and_says_so(programme_store: Store) -> None:
    batch = imported(programme_store, targets=[target()])
    (draft,), _ = programme_store.records("CE", "strategy target")
    issued = revised(programme_store, draft, issued=True, reason="Strategy agreed", points=((date(2018, 1, 1), 90.0),))
    other = [target(target=300), target(due_on=date(2018, 6, 30), target=200)]
    said = programme_store.compare("CE", RecordSet(targets=other))
    assert said.nothing_to_do
    assert len(said.held) == 2
    assert programme_store.commit("CE", RecordSet(targets=other), PAT, [FILE]) is None
    report = programme_store.undo(batch, PAT)
    assert report.kept == ("strategy target T1 / 2017-07-01 / 2018-12-31: edited since",)
    assert programme_store.records("CE", "strategy target") == ((issued,), 1)


def test_a_virement_is_recorded_with_both_its_sides(programme_store: Store) -> None:
    def side(line: str, pence: int) -> LedgerEntry:
        return entry(pence, entry_kind=EntryKind.VIREMENT, line=line, reference="V1")

    with pytest.raises(RecordRefused, match="V1 does not balance: its entries come to £50"):
        added(programme_store, side("SOS01", 5_000))
    given, _ = added(programme_store, side("SOS01", -5_000), side("SOS02", 5_000))
    with pytest.raises(RecordRefused, match="does not balance"):
        revised(programme_store, given, amount_pence=-4_000)


def test_undo_lists_what_was_withdrawn_by_hand_since_and_puts_nothing_back_without_its_session(
    programme_store: Store,
) -> None:
    number_only = PersonKeys("number-ann", None)
    imported(programme_store, sessions=[session()],
             attendances=[came(PersonKeys(None, "mail-ann")), came(number_only)])  # fmt: skip
    merging = imported(programme_store, staff=[StaffMember(person=ANN, agency="Social Care", in_scope=True)])
    (kept,), _ = programme_store.records("CE", "session")
    withdrawn(programme_store, kept)
    report = programme_store.undo(merging, PAT)
    assert any("its session was withdrawn since" in said for said in report.kept)
    assert programme_store.verify() == ()


def test_undo_of_an_import_whose_session_was_withdrawn_by_hand_keeps_it_withdrawn(programme_store: Store) -> None:
    batch = imported(programme_store, sessions=[session()], attendances=[came(ANN)])
    (kept,), _ = programme_store.records("CE", "session")
    withdrawn(programme_store, kept)
    report = programme_store.undo(batch, PAT)
    assert sorted(report.kept) == ["attendance TS1: withdrawn since", "session TS1: withdrawn since"]
    assert programme_store.verify() == ()


def _references(found: tuple[tuple[Recorded, ...], int]) -> list[str]:
    return [str(kept.record.key[0]) for kept in found[0]]
