"""An import is a batch: compared, written whole or not at all, and undone."""

from datetime import date

import pytest
from sqlalchemy import text

from sos_tracker.records.access import Actor, Role
from sos_tracker.records.budget import LedgerEntry
from sos_tracker.records.changes import BatchFile
from sos_tracker.records.milestones import Milestone
from sos_tracker.records.people import PersonKeys
from sos_tracker.records.practice_leads import PracticeLeadPost
from sos_tracker.records.programme import Programme
from sos_tracker.records.record_set import RecordSet
from sos_tracker.records.training import (
    Attendance,
    CourseLevel,
    Outcome,
    PartnerHeadcount,
    SessionStatus,
    StaffMember,
    TrainingSession,
)
from sos_tracker.store import AlreadyUndone, Store, UnknownProgramme

MANAGER = Actor("Pat Manager", Role.PROJECT_MANAGER, "CE")
FILE = BatchFile("register.xlsx", "0" * 64, ("training register",), 3)
ON = date(2018, 5, 10)

ANN, ANN_MAIL, BEN = PersonKeys("number-ann", "mail-ann"), PersonKeys(None, "mail-ann"), PersonKeys("number-ben", None)


@pytest.fixture
def programme_store(any_store: Store) -> Store:
    any_store.add_programme(Programme(code="CE", name="Signs of Safety", authority="A council"), MANAGER)
    return any_store


def session(reference: str = "TS1", **fields: object) -> TrainingSession:
    said: dict[str, object] = {
        "level": CourseLevel.INTRODUCTION,
        "starts_on": date(2018, 1, 8),
        "status": SessionStatus.DELIVERED,
    }
    return TrainingSession.model_validate({"reference": reference, **said, **fields})


def came(person: PersonKeys, reference: str = "TS1", outcome: Outcome = Outcome.ATTENDED) -> Attendance:
    return Attendance(session=reference, person=person, agency="Social Care", team="Duty", outcome=outcome)


def commit(store: Store, **records: object) -> int:
    batch = store.commit("CE", RecordSet(**records), MANAGER, [FILE])  # type: ignore[arg-type]
    assert batch is not None
    return batch.number


def trained(store: Store) -> int:
    people = store.frames("CE", ON).training.people
    return int(people.loc[people["level"] == "trained", "people"].sum())


def dump(store: Store) -> dict[str, list[tuple[object, ...]]]:
    names = ["person", "person_email", "training_session", "attendance", "headcount", "staff_member", "milestone",
             "practice_lead_post", "ledger_entry", "strategy_target", "forecast_move",
             "attendance_count", "first_attended", "people_count"]  # fmt: skip
    skipped = {"attendance_count": 1, "first_attended": 1, "people_count": 1}
    with store.engine.connect() as connection:
        return {
            name: sorted(
                (tuple(row)[skipped.get(name, 0) :] for row in connection.execute(text(f"SELECT * FROM {name}"))),
                key=repr,
            )
            for name in names
        }


def test_an_unknown_programme_is_named_with_those_there_are(programme_store: Store) -> None:
    with pytest.raises(UnknownProgramme, match=r"NOPE.*The programmes here are CE"):
        programme_store.frames("NOPE", ON)


def test_the_dry_run_says_what_the_import_then_does_and_stores_nothing(programme_store: Store) -> None:
    records = RecordSet(sessions=[session()], attendances=[came(ANN), came(BEN)])
    said = programme_store.compare("CE", records)
    assert said.new == {"session": 1, "attendance": 2}
    assert trained(programme_store) == 0
    batch = programme_store.commit("CE", records, MANAGER, [FILE])
    assert batch is not None
    assert batch.new == said.new
    assert trained(programme_store) == 2


def test_the_same_records_twice_change_nothing_and_make_no_batch(programme_store: Store) -> None:
    records = RecordSet(sessions=[session()], attendances=[came(ANN)], headcounts=[_headcount()])
    programme_store.commit("CE", records, MANAGER, [FILE])
    before = dump(programme_store)
    assert programme_store.commit("CE", records, MANAGER, [FILE]) is None
    assert dump(programme_store) == before
    assert len(programme_store.batches("CE")) == 1


def test_every_record_written_leaves_a_change_of_its_own(programme_store: Store) -> None:
    number = commit(programme_store, sessions=[session()], attendances=[came(ANN), came(BEN)])
    changes = programme_store.changes("CE", batch=number)
    assert sorted(change.kind for change in changes) == ["attendance", "attendance", "person", "person", "session"]
    assert {change.actor for change in changes} == {"Pat Manager"}


@pytest.mark.parametrize("first_by", ["number", "e-mail"])
def test_a_file_in_which_only_who_is_who_is_new_is_not_in_vain(programme_store: Store, first_by: str) -> None:
    first, later = PersonKeys("number-ann", None), ANN_MAIL
    if first_by == "e-mail":
        first, later = later, first
    commit(programme_store, sessions=[session(), session("TS2")], attendances=[came(first)])
    before = dump(programme_store)
    said = programme_store.compare("CE", RecordSet(attendances=[came(ANN)]))
    assert (said.recognised, said.nothing_to_do) == (1, False)
    number = commit(programme_store, attendances=[came(ANN)])
    assert programme_store.compare("CE", RecordSet(attendances=[came(ANN)])).nothing_to_do
    last = commit(programme_store, attendances=[came(later, "TS2")])
    assert trained(programme_store) == 1
    programme_store.undo(last, MANAGER)
    programme_store.undo(number, MANAGER)
    assert dump(programme_store) == before
    assert programme_store.verify() == ()


def test_an_email_alone_becomes_the_person_whose_number_comes_later(programme_store: Store) -> None:
    commit(programme_store, sessions=[session(), session("TS2")], attendances=[came(ANN_MAIL)])
    commit(programme_store, attendances=[came(PersonKeys("number-ann", None), "TS2")])
    assert trained(programme_store) == 2  # nothing yet says that they are one
    number = commit(programme_store, staff=[StaffMember(person=ANN, agency="Social Care", in_scope=True)])
    assert trained(programme_store) == 1
    programme_store.undo(number, MANAGER)
    assert trained(programme_store) == 2


def test_two_rows_of_one_person_in_one_session_become_one_when_they_turn_out_to_be_one(programme_store: Store) -> None:
    commit(
        programme_store,
        sessions=[session()],
        attendances=[came(ANN_MAIL), came(PersonKeys("number-ann", None), outcome=Outcome.NO_SHOW)],
    )
    before = dump(programme_store)
    number = commit(programme_store, staff=[StaffMember(person=ANN, agency="Social Care", in_scope=True)])
    rows = programme_store.frames("CE", ON).training.attendances
    assert list(rows["outcome"]) == ["attended"]
    assert rows["attendances"].sum() == 1
    programme_store.undo(number, MANAGER)
    assert dump(programme_store) == before


def test_undo_of_the_last_batch_restores_an_equal_dump(programme_store: Store) -> None:
    commit(programme_store, sessions=[session()], attendances=[came(ANN_MAIL)], milestones=[_milestone()])
    before = dump(programme_store)
    number = commit(
        programme_store,
        sessions=[session(starts_on=date(2018, 2, 1)), session("TS2")],
        attendances=[came(ANN), came(BEN, "TS2"), came(BEN)],
        milestones=[_milestone(achieved_on=date(2018, 5, 1))],
        posts=[PracticeLeadPost(agency="Social Care", team="Duty", filled=True, person=BEN)],
    )
    report = programme_store.undo(number, MANAGER)
    assert dump(programme_store) == before
    assert report.kept == ()
    assert report.taken_back["attendance"] == 2
    assert programme_store.verify() == ()


def test_undo_keeps_and_lists_what_was_edited_since(programme_store: Store) -> None:
    first = commit(programme_store, milestones=[_milestone(), _milestone("M2")])
    commit(programme_store, milestones=[_milestone(achieved_on=date(2018, 5, 1))])
    report = programme_store.undo(first, MANAGER)
    assert report.kept == ("milestone M1: edited since",)
    assert report.taken_back == {"milestone": 1}
    assert list(programme_store.frames("CE", ON).milestones["reference"]) == ["M1"]


def test_undo_keeps_a_session_that_later_attendances_rely_on(programme_store: Store) -> None:
    first = commit(programme_store, sessions=[session()])
    commit(programme_store, attendances=[came(ANN)])
    report = programme_store.undo(first, MANAGER)
    assert report.kept == ("session TS1: later records rely on it",)
    assert trained(programme_store) == 1


def test_a_batch_is_undone_once(programme_store: Store) -> None:
    number = commit(programme_store, milestones=[_milestone()])
    programme_store.undo(number, MANAGER)
    with pytest.raises(AlreadyUndone, match="Pat Manager"):
        programme_store.undo(number, MANAGER)


def test_a_register_never_overrules_what_the_list_of_sessions_said(programme_store: Store) -> None:
    register = session(starts_on=date(2018, 1, 9), status=SessionStatus.PLANNED, course="2 day", inferred=True)
    listed = session(course="", venue="Town Hall")
    for order in ([register, listed], [listed, register]):
        for said in order:
            programme_store.commit("CE", RecordSet(sessions=[replace_reference(said, str(order[0].inferred))]),
                                   MANAGER, [FILE])  # fmt: skip
    rows = programme_store.session_rows("CE", ON).frame
    assert list(rows["status"]) == ["delivered", "delivered"]


def test_staff_left_off_the_new_list_are_no_longer_in_post(programme_store: Store) -> None:
    staff = [StaffMember(person=person, agency="Social Care", in_scope=True) for person in (ANN, BEN)]
    commit(programme_store, staff=staff)
    said = programme_store.compare("CE", RecordSet(staff=staff[:1]))
    assert (said.leaving, said.staff_before) == (1, 2)
    number = commit(programme_store, staff=staff[:1])
    assert programme_store.frames("CE", ON).training.staff["staff"].sum() == 1
    programme_store.undo(number, MANAGER)
    assert programme_store.frames("CE", ON).training.staff["staff"].sum() == 2


def test_a_list_of_leads_that_names_a_team_replaces_all_holdings_of_its_post(programme_store: Store) -> None:
    vacant = PracticeLeadPost(agency="Social Care", team="Duty", filled=False)
    elsewhere = PracticeLeadPost(agency="Social Care", team="Fostering", filled=False)
    commit(programme_store, posts=[vacant, elsewhere])
    held = PracticeLeadPost(agency="Social Care", team="Duty", filled=True, starts_on=date(2018, 1, 1), trained=True)
    number = commit(programme_store, posts=[held])
    posts = programme_store.frames("CE", ON).posts
    assert sorted(zip(posts["team"], posts["filled"], strict=True)) == [("Duty", True), ("Fostering", False)]
    programme_store.undo(number, MANAGER)
    assert not programme_store.frames("CE", ON).posts["filled"].any()


def test_a_headcount_waits_for_its_session_whichever_comes_first(programme_store: Store) -> None:
    commit(programme_store, headcounts=[_headcount()])
    assert not programme_store.frames("CE", ON).training.headcounts["held"].any()
    commit(programme_store, sessions=[session()])
    counted = programme_store.frames("CE", ON).training.headcounts
    assert counted.loc[counted["held"], "attended"].sum() == 7


def test_programmes_in_one_database_do_not_see_each_other(programme_store: Store) -> None:
    programme_store.add_programme(Programme(code="LE", name="Signs of Safety", authority="Another"), MANAGER)
    commit(programme_store, sessions=[session()], attendances=[came(ANN)])
    assert programme_store.frames("LE", ON).training.people.empty
    assert programme_store.batches("LE") == ()


def test_a_doctored_change_is_found_and_named(programme_store: Store) -> None:
    commit(programme_store, milestones=[_milestone()])
    assert programme_store.verify() == ()
    with programme_store.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("ALTER TABLE change DISABLE TRIGGER ALL"))
        else:
            for (name,) in connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all():
                connection.execute(text(f"DROP TRIGGER {name}"))
        connection.execute(text("UPDATE change SET actor = 'Somebody else' WHERE table_name = 'milestone'"))
    assert any("milestone M1" in problem for problem in programme_store.verify())


def test_formula_text_is_kept_as_it_stands(programme_store: Store) -> None:
    entry = LedgerEntry(posted_on=date(2018, 1, 1), narrative="=1+1", supplier="@SUM(A1)", amount_pence=5)
    commit(programme_store, ledger_entries=[entry])
    row = programme_store.ledger_rows("CE", ON).frame.iloc[0]
    assert (row["narrative"], row["supplier"]) == ("=1+1", "@SUM(A1)")


def replace_reference(said: TrainingSession, reference: str) -> TrainingSession:
    return said.model_copy(update={"reference": reference})


def _headcount() -> PartnerHeadcount:
    return PartnerHeadcount(session="TS1", agency="Police", attended=7)


def _milestone(reference: str = "M1", **fields: object) -> Milestone:
    return Milestone.model_validate(
        {"reference": reference, "title": "Forms aligned", "baseline_on": date(2018, 4, 1), **fields}
    )
