"""The history as people read it: saves newest first, searched, opened, and the story of one record."""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

import pytest

from sos_tracker.measures import catalogue
from sos_tracker.records.access import Access, Actor, Role
from sos_tracker.records.changes import BatchFile, Deed
from sos_tracker.records.people import PersonKeys
from sos_tracker.records.programme import Programme
from sos_tracker.records.record_set import RecordSet
from sos_tracker.records.recorded import Add, Recorded, Revise, Withdraw
from sos_tracker.records.training import Attendance, CourseLevel, Outcome, SessionStatus, TrainingSession
from sos_tracker.store import Store
from sos_tracker.store.stories import Save, Search

PAT = Actor("Pat Manager", Role.PROJECT_MANAGER, "CE")
SAM = Actor("Sam Manager", Role.PROJECT_MANAGER, "CE")
FILE = BatchFile("register.xlsx", "0" * 64, ("training register",), 1)
MONDAY = datetime(2018, 5, 7, 9, 0, tzinfo=UTC)


@pytest.fixture
def council(any_store: Store) -> Store:
    """A programme with an import of one session of forty people, and two entries by hand on the days after."""
    any_store.add_programme(Programme(code="CE", name="Signs of Safety", authority="A council"), PAT, now=MONDAY)
    batch = any_store.commit("CE", register("TS1", 40), PAT, [FILE], now=MONDAY + timedelta(hours=1))
    assert batch is not None
    (kept,) = any_store.write("CE", [Add(session("TS2"))], SAM, now=MONDAY + timedelta(days=1))
    moved = Revise(kept.number, kept.version, session("TS2", starts_on=date(2018, 2, 5)))
    any_store.write("CE", [moved], PAT, reason="The room was flooded", now=MONDAY + timedelta(days=2))
    return any_store


def session(reference: str, **fields: Any) -> TrainingSession:
    said = {"level": CourseLevel.INTRODUCTION, "starts_on": date(2018, 1, 8), "status": SessionStatus.DELIVERED}
    return TrainingSession.model_validate({"reference": reference, **said, **fields})


def register(reference: str, people: int) -> RecordSet:
    came = (
        Attendance(session=reference, person=PersonKeys(f"number-{each}"), agency="Care", outcome=Outcome.ATTENDED)
        for each in range(people)
    )
    return RecordSet(sessions=[session(reference)], attendances=list(came))


def saves(store: Store, search: Search | None = None, **asked: Any) -> tuple[Save, ...]:
    return store.saves("CE", search or Search(), **asked)[0]


def the_session(store: Store, reference: str = "TS2") -> Recorded:
    (found,), _ = store.records("CE", "session", text=reference)
    return found


def test_the_newest_save_comes_first_and_an_import_is_one_line(council: Store) -> None:
    moved, added, imported, set_up = saves(council)

    assert [save.actor for save in (moved, added, imported, set_up)] == [
        "Pat Manager", "Sam Manager", "Pat Manager", "Pat Manager",
    ]  # fmt: skip
    assert (moved.reason, moved.recorded_at) == ("The room was flooded", MONDAY + timedelta(days=2))
    assert [(change.before, change.after) for change in moved.changes] == [
        ({"starts_on": "2018-01-08"}, {"starts_on": "2018-02-05"})
    ]
    assert (imported.batch, imported.count, imported.changes) == (1, 81, ())
    assert imported.kinds == (
        ("attendance", Deed.ADDED, 40), ("person", Deed.ADDED, 40), ("session", Deed.ADDED, 1),
    )  # fmt: skip
    assert set_up.changes[0].kind == "programme"


def test_a_save_is_opened_and_a_batch_too(council: Store) -> None:
    imported = saves(council)[2]

    within = council.found_changes("CE", Search(numbers=(imported.first, imported.last)), limit=200)
    of_batch = council.found_changes("CE", Search(batch=1), limit=200)

    assert within == of_batch
    assert len(within) == 81
    assert council.found_changes("CE", Search(batch=99)) == ()


def test_taking_an_import_back_is_one_line_as_well(council: Store) -> None:
    council.undo(1, SAM, now=MONDAY + timedelta(days=3))

    undone = saves(council)[0]

    assert (undone.actor, undone.count, undone.batch) == ("Sam Manager", 81, None)
    assert {deed for _, deed, _ in undone.kinds} == {Deed.UNDONE}


@pytest.mark.parametrize(
    ("search", "numbers"),
    [
        (Search(actor="Sam Manager"), [1]),
        (Search(kinds=("session",)), [1, 1, 1]),
        (Search(kinds=("session", "programme")), [1, 1, 1, 1]),
        (Search(without=("session", "attendance")), [40, 1]),
        (Search(deed=Deed.REVISED), [1]),
        (Search(deed=Deed.WITHDRAWN), []),
        (Search(since=MONDAY + timedelta(days=1)), [1, 1]),
        (Search(until=MONDAY + timedelta(days=1)), [81, 1]),
        (Search(since=MONDAY + timedelta(days=1), until=MONDAY + timedelta(days=2)), [1]),
        (Search(text="ts2"), [1, 1]),
        (Search(text="FLOODED"), [1]),
        (Search(text="100%"), []),
        (Search(text="  "), [1, 1, 81, 1]),
        (Search(batch=1, kinds=("session",)), [1]),
        (Search(actor="Pat Manager", kinds=("session",), deed=Deed.ADDED), [1]),
    ],
)
def test_the_history_is_searched(council: Store, search: Search, numbers: list[int]) -> None:
    assert [save.count for save in saves(council, search)] == numbers
    assert council.count_changes("CE", search) == sum(numbers)
    assert len(council.found_changes("CE", search)) == min(sum(numbers), 100)


def test_pages_follow_each_other_without_a_gap(council: Store) -> None:
    found: list[Save] = []
    before: int | None = None
    for _ in range(10):
        page, before = council.saves("CE", Search(), before=before, limit=1)
        found += page
        if before is None:
            break

    assert tuple(found) == saves(council)


def test_many_saves_are_the_same_however_many_are_read_at_once(council: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    hours = count(80)
    for reference in ("TS3", "TS4"):
        council.commit("CE", register(reference, 12), SAM, [FILE], now=MONDAY + timedelta(hours=next(hours)))
        people = [Add(session(f"{reference}-{each}")) for each in range(7)]
        council.write("CE", people, SAM, now=MONDAY + timedelta(hours=next(hours)))
    everything, of_pat = saves(council), saves(council, Search(kinds=("session", "person")))

    for number in (1, 2, 3, 7, 8, 20):
        monkeypatch.setattr("sos_tracker.store.stories._READ_AT_ONCE", number)
        assert saves(council) == everything
        assert saves(council, Search(kinds=("session", "person"))) == of_pat
    assert sum(save.count for save in everything) == council.changes("CE", limit=1)[0].number


def test_two_saves_of_one_second_are_two_where_they_say_different_things(council: Store) -> None:
    at = MONDAY + timedelta(days=4)
    for reference, reason in (("TS8", "Door register"), ("TS9", "E-mail of 3 May")):
        council.write("CE", [Add(session(reference))], PAT, reason=reason, now=at)

    assert [save.reason for save in saves(council, limit=2)] == ["E-mail of 3 May", "Door register"]


def test_a_record_has_its_story_after_it_was_withdrawn_too(council: Store) -> None:
    kept = the_session(council)
    council.write("CE", [Withdraw("session", kept.number, kept.version)], SAM, reason="Entered twice")

    gone, moved, added = council.story("CE", "session", kept.number)

    assert [change.deed for change in (added, moved, gone)] == [Deed.ADDED, Deed.REVISED, Deed.WITHDRAWN]
    assert {change.record for change in (added, moved, gone)} == {kept.number}
    assert (gone.reason, gone.after) == ("Entered twice", None)


def test_a_change_names_the_session_it_is_about_after_the_session_is_gone(council: Store) -> None:
    attendance = council.found_changes("CE", Search(kinds=("attendance",)), limit=1)[0]
    assert (attendance.after or {})["session"] == "TS1"
    kept = the_session(council, "TS1")

    council.write("CE", [Withdraw("session", kept.number, kept.version)], SAM)

    gone = council.story("CE", "attendance", attendance.record)[0]
    assert (gone.before or {})["session"] == "TS1"


def test_no_change_tells_what_a_person_is_known_by(council: Store) -> None:
    told = council.found_changes("CE", Search(), limit=200)

    fields = {name for change in told for state in (change.before, change.after) for name in state or {}}
    assert fields.isdisjoint({"reference_key", "email_key", "email_keys", "person_id", "session_id", "version"})
    assert "number-1" not in repr(told)
    assert any((change.after or {}).get("person") == "person 1" for change in told)


def test_a_story_is_of_one_programme_and_of_a_kind_there_is(council: Store) -> None:
    council.add_programme(Programme(code="OTHER", name="Signs of Safety", authority="Another"), PAT)
    kept = the_session(council)

    assert council.story("OTHER", "session", kept.number) == ()
    with pytest.raises(ValueError, match="no records of the kind “spaceship”"):
        council.story("CE", "spaceship", 1)


def test_the_history_says_who_and_what_it_can_be_searched_by(council: Store) -> None:
    council.give_access("CE", Access(email="pat@example.gov.uk", role=Role.DIRECTOR), SAM)

    offered = council.history_offers("CE")

    assert offered.actors == ("Pat Manager", "Sam Manager")
    assert offered.kinds == ("access", "attendance", "person", "programme", "session")
    assert council.count_changes("CE", Search(without=("access",))) == council.count_changes("CE", Search()) - 1


def test_the_history_played_again_is_what_stands(council: Store) -> None:
    on = date(2018, 5, 10)
    before, newest = council.newest_change("CE", MONDAY + timedelta(days=1)), council.newest_change("CE")

    nothing, imported, now = council.frames_after("CE", on, [0, before, newest])

    assert (before, newest) == (82, 84)
    assert catalogue.figures(now, on) == catalogue.figures(council.frames("CE", on), on)
    assert nothing.training.attendances.empty
    assert imported.training.sessions["sessions"].sum() == 1
    assert now.training.sessions["sessions"].sum() == 2
