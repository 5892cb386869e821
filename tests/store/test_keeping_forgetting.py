"""A person is forgotten: nothing can be known by their employee number or e-mail, and what they did still counts."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text

from sos_tracker.actions import keeping
from sos_tracker.actions.importing import WrongPersonKey
from sos_tracker.measures import catalogue
from sos_tracker.records.access import Actor, NotAllowed, Role
from sos_tracker.records.changes import BatchFile
from sos_tracker.records.people import PersonKeyer, PersonKeys
from sos_tracker.records.programme import Programme
from sos_tracker.records.record_set import RecordSet
from sos_tracker.records.training import Attendance, CourseLevel, Outcome, SessionStatus, StaffMember, TrainingSession
from sos_tracker.store import Store
from sos_tracker.store.database import reading, writing
from sos_tracker.store.keeping import SharedAddress, UnknownPerson
from sos_tracker.store.keeping.kept import Layout, kept_tables, rows_of
from sos_tracker.store.tables import person, person_email

ADMINISTRATOR = Actor("Sam Administrator", Role.ADMINISTRATOR, "CE")
FILE = BatchFile("register.xlsx", "0" * 64, ("training register",), 3)
ON = date(2018, 5, 10)
WHY = "Asked to be, letter of 3 May"
KEYER = PersonKeyer(b"a secret for tests and nothing else")
ANN, ANN_MAIL = KEYER.keys("A17", "ann@council.example"), KEYER.keys(None, "ann@council.example")


@pytest.fixture
def council(any_store: Store) -> Store:
    any_store.add_programme(Programme(code="CE", name="Signs of Safety", authority="A council"), ADMINISTRATOR)
    return any_store


def commit(store: Store, **records: Any) -> int:
    batch = store.commit("CE", RecordSet(**records), ADMINISTRATOR, [FILE])
    assert batch is not None
    return batch.number


def came(person: PersonKeys, session: str = "TS1") -> Attendance:
    return Attendance(session=session, person=person, agency="Care", team="Duty", outcome=Outcome.ATTENDED)


def held(*references: str) -> tuple[TrainingSession, ...]:
    said: dict[str, Any] = {"level": CourseLevel.INTRODUCTION, "status": SessionStatus.DELIVERED}
    return tuple(TrainingSession(reference=one, starts_on=date(2018, 1, 8), **said) for one in references)


def same_address(store: Store) -> None:
    """Gives A17 the address of the person known by it alone."""
    with writing(store.engine) as connection:
        a17 = connection.scalar(select(person.c.id).where(person.c.reference_key == ANN.reference))
        connection.execute(person_email.insert().values(programme_id=1, email_key=ANN.email, person_id=a17))


def figures(store: Store) -> Any:
    return catalogue.figures(store.frames("CE", ON), ON)


def forget(store: Store, reference: str = "A17", why: str = WHY) -> Any:
    return keeping.forget_person(store, ADMINISTRATOR, KEYER, reference, why)


def everything(store: Store) -> str:
    """All that is stored, as text to look for a key in."""
    with reading(store.engine) as connection:
        return json.dumps([list(rows_of(connection, Layout.of(table))) for table in kept_tables()])


def records(store: Store) -> Any:
    """The records of a programme, without its counters and history."""
    with reading(store.engine) as connection:
        return {
            str(table.name): list(rows_of(connection, Layout.of(table)))
            for table in kept_tables()
            if table.name not in ("programme", "setting", "change", "batch", "batch_file")
        }


@pytest.mark.parametrize("reference", ["A17", " a 17", "ann@council.example", "Ann@Council.Example "])
def test_nothing_of_the_person_is_left_and_every_figure_is_the_same(council: Store, reference: str) -> None:
    staff = StaffMember(person=ANN, agency="Care", team="Duty", in_scope=True)
    commit(council, sessions=held("TS1"), attendances=(came(ANN), came(KEYER.keys("B2", None))), staff=(staff,))
    before = figures(council)

    forgotten = forget(council, reference)

    assert (forgotten.employee_number, forgotten.emails) == (True, 1)
    assert (forgotten.attendances, forgotten.staff_lines, forgotten.posts) == (1, 1, 0)
    assert figures(council) == before
    stored = everything(council)
    assert ANN.reference not in stored
    assert ANN.email not in stored
    assert council.verify() == ()


def test_the_history_says_who_forgot_and_why_and_never_held_a_key(council: Store) -> None:
    commit(council, sessions=held("TS1"), attendances=(came(ANN_MAIL),))
    commit(council, attendances=(came(ANN), came(ANN, "TS2"), came(KEYER.keys("B2", "b@council.example"))))
    batch = commit(council, attendances=(came(KEYER.keys("B2", "bee@council.example"), "TS2"),))
    council.undo(batch, ADMINISTRATOR)
    forget(council)

    newest, *_ = changes = council.changes("CE", limit=10_000)

    assert (newest.actor, newest.reason, newest.key) == ("Sam Administrator", WHY, "person 1")
    assert newest.before == {"employee_number": "known", "e_mails": 1}
    assert newest.after == {"employee_number": None, "e_mails": 0}
    told = json.dumps([(one.before, one.after, one.key, one.reason) for one in changes])
    keyed = {key for number, mail in (("A17", "ann@council.example"), ("B2", "b@council.example"),
             ("B2", "bee@council.example")) for key in KEYER.keys(number, mail)}  # fmt: skip
    assert not [key for key in keyed if key and key in told]


def test_a_file_that_names_a_forgotten_person_again_makes_somebody_new(council: Store) -> None:
    commit(council, sessions=held("TS1"), attendances=(came(ANN),))
    forget(council)

    commit(council, attendances=(came(ANN),))

    assert figures(council)[0].value == 2


def test_undoing_the_import_that_brought_a_forgotten_person_keeps_an_empty_person(council: Store) -> None:
    batch = commit(council, sessions=held("TS1"), attendances=(came(ANN),))
    forget(council)

    report = council.undo(batch, ADMINISTRATOR)

    assert report.kept == ("person person 1: edited since",)
    assert figures(council)[0].value is None
    assert ANN.reference not in everything(council)
    assert council.verify() == ()


def test_two_known_apart_who_turn_out_to_be_one_are_taken_apart_again_by_undo(council: Store) -> None:
    """Both were known by the same address: the history names the row that still has it, and no key."""
    commit(council, sessions=held("TS1", "TS2"), attendances=(came(ANN_MAIL), came(KEYER.keys("A17", None), "TS2")))
    same_address(council)
    before, apart = records(council), figures(council)
    batch = commit(council, attendances=(came(ANN, "TS2"),))
    assert figures(council)[0].value == 1

    council.undo(batch, ADMINISTRATOR)

    assert records(council) == before
    assert figures(council) == apart
    assert council.verify() == ()


def test_who_was_forgotten_since_is_not_given_a_key_again_by_undo(council: Store) -> None:
    commit(council, sessions=held("TS1", "TS2"), attendances=(came(ANN_MAIL), came(KEYER.keys("A17", None), "TS2")))
    same_address(council)
    batch = commit(council, attendances=(came(ANN, "TS2"), came(KEYER.keys("B2", None), "TS2")))
    forget(council)

    report = council.undo(batch, ADMINISTRATOR)

    assert [kept for kept in report.kept if kept.endswith("forgotten since")]
    stored = everything(council)
    assert ANN.reference not in stored
    assert ANN.email not in stored
    assert council.verify() == ()


def test_an_address_of_two_people_does_not_say_who_is_meant(council: Store) -> None:
    shared = "duty@council.example"
    commit(council, sessions=held("TS1"), attendances=(came(KEYER.keys("A17", shared)), came(KEYER.keys("B2", shared))))
    before = records(council)

    with pytest.raises(SharedAddress, match="give the employee number of the person"):
        forget(council, shared)

    assert records(council) == before
    forget(council, "B2")
    assert KEYER.keys(None, shared).email in everything(council)  # A17's still


def test_what_cannot_be_done_is_said_and_changes_nothing(council: Store) -> None:
    commit(council, sessions=held("TS1"), attendances=(came(ANN),))
    before = records(council)

    with pytest.raises(UnknownPerson, match="Nobody in CE is known by that"):
        forget(council, "Z99")
    with pytest.raises(keeping.NoReason, match="Say why"):
        forget(council, why="  ")
    with pytest.raises(NotAllowed):
        keeping.forget_person(council, Actor("Pat", Role.PROJECT_MANAGER, "CE"), KEYER, "A17", WHY)
    forgetful = PersonKeyer(b"another secret, of some other council")
    with pytest.raises(WrongPersonKey):
        keeping.forget_person(council, ADMINISTRATOR, forgetful, "A17", WHY)

    assert records(council) == before


def test_a_backup_made_after_holds_nothing_of_the_person(council: Store, tmp_path: Path) -> None:
    commit(council, sessions=held("TS1"), attendances=(came(ANN),))
    forget(council)
    council.export(tmp_path / "out")

    assert not [file.name for file in (tmp_path / "out").iterdir() if str(ANN.reference) in file.read_text("utf-8")]
    with reading(council.engine) as connection:
        assert connection.scalar(text("SELECT count(*) FROM person_email")) == 0
