"""Files as real councils and departments publish them."""

from datetime import date
from pathlib import Path

import pytest

from sos_tracker.intake import Known, SourceFile
from tests.intake.workbooks import read

FOLDER = Path(__file__).parents[3] / "shared" / "inputs" / "real"
pytestmark = pytest.mark.skipif(not FOLDER.exists(), reason="the real files are not beside the repository")


def real(name: str) -> SourceFile:
    return SourceFile(name, (FOLDER / name).read_bytes())


@pytest.mark.parametrize(
    ("name", "rows", "pence", "first", "last"),
    [
        ("wakefield-2018-Q2.csv", 7866, 61_512_760_82, date(2018, 7, 2), date(2018, 10, 1)),
        ("gateshead-2016-12.csv", 4101, 17_947_674_55, date(2016, 12, 1), date(2017, 1, 3)),
    ],
)
def test_a_councils_published_payments_are_a_ledger(name, rows, pence, first, last):
    reading = read(real(name))
    entries = reading.records.ledger_entries
    assert not reading.rejected
    assert not reading.questions
    assert len(entries) == rows
    assert sum(entry.amount_pence for entry in entries) == pence
    assert (min(entry.posted_on for entry in entries), max(entry.posted_on for entry in entries)) == (first, last)


def test_the_same_payment_twice_in_one_extract_is_two_payments():
    entries = read(real("wakefield-2018-Q2.csv")).records.ledger_entries
    assert len({entry.key for entry in entries}) == len(entries)
    assert entries[0].reference == "23619619/1"


def test_rows_wider_than_their_headings_are_told_of():
    assert "cells without a heading" in {issue.group for issue in read(real("gateshead-2016-12.csv")).issues}


@pytest.mark.parametrize(
    "name",
    ["gmpp-2023.csv", "csww_indicators_2017_to_2025.csv", "attendance_by_day.csv", "instructor_training_events.csv"],
)
def test_a_table_of_another_kind_is_asked_about_and_nothing_is_guessed(name):
    reading = read(real(name))
    assert not len(reading.records)
    (table,) = reading.unmapped
    assert len(set(table.headings)) == len(table.headings)
    assert table.sample


def test_once_mapped_each_cell_that_cannot_be_read_is_listed():
    (table,) = read(real("gmpp-2023.csv")).unmapped
    mapping = {"kind": "milestone plan", "project_number": "reference", "project_name": "title",
               "start_date": "forecast", "end_date": "baseline", "colour_rating (2)": "comment"}  # fmt: skip

    reading = read(real("gmpp-2023.csv"), known=Known(mappings={table.fingerprint: mapping}))

    unreadable = [issue for issue in reading.issues if issue.group == "unreadable date"]
    assert len(unreadable) > 5
    assert all(issue.cell and issue.value for issue in unreadable)
    assert any(issue.value.startswith("Exempt under Section 43") for issue in unreadable)
    assert len(reading.records.milestones) > 200
