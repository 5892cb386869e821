"""The eight files of one council, as its project manager has them, against the totals they must come to."""

import json
from collections import Counter
from pathlib import Path

import pytest

from sos_tracker.intake import Known, Reading, SourceFile, read_files
from sos_tracker.records.people import PersonKeyer

FOLDER = Path(__file__).parents[2] / "data" / "example"

KEYER = PersonKeyer(b"a secret of the tests only")


def files() -> list[SourceFile]:
    return [
        SourceFile(path.name, path.read_bytes())
        for path in sorted(FOLDER.iterdir())
        if path.suffix in (".xlsx", ".csv")
    ]


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read_files(files(), Known(), KEYER)


@pytest.fixture(scope="module")
def expected() -> dict:
    return json.loads((FOLDER / "expected.json").read_text())


def test_nothing_is_rejected_and_nothing_is_asked(reading):
    assert not reading.rejected
    assert not reading.questions


def test_every_row_of_the_register_is_accounted_for(reading, expected):
    assert reading.counts["register rows"] == expected["register"]["rows"]
    assert reading.counts["repeated rows"] == expected["register"]["duplicate_rows"]
    assert len(reading.records.attendances) == expected["register"]["distinct_named_bookings"]


def test_sessions_and_outcomes_come_to_the_expected_numbers(reading, expected):
    statuses = Counter(session.status for session in reading.records.sessions)
    outcomes = Counter(attendance.outcome for attendance in reading.records.attendances)
    assert statuses == {name: expected["training"][name] for name in ("delivered", "cancelled", "planned")}
    assert outcomes["attended"] + outcomes["walk-in"] == expected["training"]["attendances_named"]
    assert outcomes["no-show"] == expected["training"]["no_shows"]
    assert outcomes["cancelled"] == expected["training"]["cancellations"]
    assert outcomes["walk-in"] == expected["training"]["walk_ins"]


def test_people_are_told_apart_by_number_and_email(reading, expected):
    levels = {session.reference: session.level for session in reading.records.sessions}
    trained = {
        attendance.person.reference or attendance.person.email
        for attendance in reading.records.attendances
        if attendance.outcome in ("attended", "walk-in") and levels[attendance.session] in ("introduction", "advanced")
    }
    assert len(trained) == expected["training"]["people_trained_named"]


def test_money_comes_to_the_penny(reading, expected):
    budget = expected["budget"]
    entries = reading.records.ledger_entries
    assert len(entries) == budget["ledger_rows"]
    assert sum(line.approved_pence for line in reading.records.budget_lines) == budget["approved_pence"]
    spent = sum(entry.amount_pence for entry in entries if entry.entry_kind == "actual")
    assert spent == budget["actual_to_date_pence"]
    assert sum(entry.amount_pence for entry in entries) - spent == budget["commitments_pence"]


def test_headcounts_posts_milestones_and_targets_are_read(reading, expected):
    assert sum(line.attended for line in reading.records.headcounts) == expected["training"]["attendances_headcount"]
    assert sum(not post.filled for post in reading.records.posts) == expected["practice_leads"]["vacant"]
    assert len(reading.records.milestones) == expected["milestones"]["total"]
    assert {target.measure: target.target for target in reading.records.targets} == {
        "T1": expected["targets"]["people_trained"], "L1": 1.0, "B1": budget_target(expected)
    }  # fmt: skip


def budget_target(expected: dict) -> float:
    return expected["budget"]["approved_pence"]


def test_the_order_of_files_makes_no_difference(reading):
    backwards = read_files(files()[::-1], Known(), KEYER).records
    for name, records in vars(reading.records).items():
        assert {record.key: record for record in records} == {record.key: record for record in getattr(backwards, name)}


def test_no_name_number_or_address_leaves_intake(reading):
    said = repr(reading.records).casefold()
    assert "cheshireeast.example" not in said
    assert "ce100207" not in said
