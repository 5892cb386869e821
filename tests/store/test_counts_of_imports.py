"""The counts agree with the records after any series of imports, merged people and undone batches."""

import random
from datetime import date, timedelta

from sos_tracker.records.access import Actor, Role
from sos_tracker.records.budget import LedgerEntry
from sos_tracker.records.changes import BatchFile
from sos_tracker.records.people import PersonKeys
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
from sos_tracker.store import Store

MANAGER = Actor("Pat Manager", Role.PROJECT_MANAGER, "CE")
FILE = BatchFile("files.xlsx", "0" * 64, ("training register",), 3)


def test_counts_agree_with_the_records_after_any_series_of_imports_and_undone_batches(any_store: Store) -> None:
    any_store.add_programme(Programme(code="CE", name="Signs of Safety", authority="A council"), MANAGER)
    chance = random.Random(20180510)  # noqa: S311 - made-up files, not a secret
    batches: list[int] = []
    merged = 0
    for turn in range(10):
        if batches and chance.random() < 0.3:
            any_store.undo(batches.pop(chance.randrange(len(batches))), MANAGER)
        else:
            records = _files(chance, sessions=20 if turn == 0 else 2)
            merged += any_store.compare("CE", records).merged
            batch = any_store.commit("CE", records, MANAGER, [FILE])
            batches += [batch.number] if batch else []
        assert any_store.verify() == ()
    assert merged > 0


def _files(chance: random.Random, *, sessions: int) -> RecordSet:
    """A register, partners' counts, sometimes a staff list, and a ledger; who is who differs from file to file."""
    references = [f"TS{number}" for number in chance.sample(range(25), sessions)]
    return RecordSet(
        sessions=[
            TrainingSession(
                reference=reference, starts_on=chance.choice([None, _day(chance), _day(chance)]),
                level=chance.choice([None, *CourseLevel]), status=chance.choice([None, *SessionStatus]),
            )
            for reference in references
        ],
        attendances=[
            Attendance(session=reference, person=person, agency="Social Care", outcome=chance.choice(list(Outcome)))
            for reference in references for person in _people(chance, 3)
        ],
        headcounts=[
            PartnerHeadcount(session=reference, agency="Police", attended=chance.randrange(9))
            for reference in references if chance.random() < 0.5
        ],
        staff=[
            StaffMember(
                person=person, agency="Social Care", team=chance.choice(["Duty", "Locality"]), in_scope=True,
                started_on=chance.choice([None, _day(chance)]),
            )
            for person in _people(chance, 5)
        ] if chance.random() < 0.4 else [],
        ledger_entries=[
            LedgerEntry(posted_on=_day(chance), line=chance.choice("AB"), amount_pence=chance.randrange(-50, 500))
            for _ in range(chance.randrange(3))
        ],
    )  # fmt: skip


def _people(chance: random.Random, how_many: int) -> list[PersonKeys]:
    """People known by number, by e-mail or by both."""
    known = []
    for number in chance.sample(range(12), how_many):
        reference, email = f"number-{number}", f"mail-{number}"
        known.append(chance.choice([
            PersonKeys(reference, None), PersonKeys(None, email), PersonKeys(None, email), PersonKeys(reference, email),
        ]))  # fmt: skip
    return known


def _day(chance: random.Random) -> date:
    return date(2018, 1, 1) + timedelta(days=chance.randrange(200))
