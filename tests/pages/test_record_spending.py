"""Spending by hand: postings of every kind, virements whose sides stay together, a table of many, and forecasts."""

from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from sos_tracker.records.access import Actor, Role
from sos_tracker.records.budget import BudgetLine, EntryKind, LedgerEntry, OutturnForecast
from sos_tracker.records.recorded import Add, Recorded, Revise
from sos_tracker.store import Store
from tests.pages.reader import opened
from tests.pages.recording import fill, press, said

CODE = "NEW"
SAM = Actor("Sam", Role.PROJECT_MANAGER, CODE)
MOVED = {"from_line": "S1", "to_line": "S2", "amount_pence": "2,500", "posted_on": "1/5/2018", "reference": "V1"}


@pytest.fixture
def council(empty_programme: Store) -> Store:
    """A programme with two budget lines and one posting."""
    lines = [BudgetLine(code=code, title=title, approved_pence=1_000_000)
             for code, title in (("S1", "Training"), ("S2", "Posts"))]  # fmt: skip
    entry = LedgerEntry(posted_on=date(2018, 2, 1), line="S1", supplier="Training Ltd", amount_pence=500_000)
    empty_programme.write(CODE, [Add(record) for record in (*lines, entry)], SAM)
    return empty_programme


def kept(store: Store, **narrow: Any) -> tuple[Recorded, ...]:
    return store.records(CODE, LedgerEntry.kind, **narrow)[0]


def entries(store: Store, **narrow: Any) -> list[LedgerEntry]:
    return [one.record for one in kept(store, **narrow) if isinstance(one.record, LedgerEntry)]


def page_of(one: Recorded) -> AppTest:
    return opened("spending", entry=str(one.number))


@pytest.mark.parametrize(
    ("kind", "typed", "pence"),
    [
        ("actual", "1,250.50", 125_050),
        ("commitment", "£900", 90_000),
        ("accrual", "10", 1_000),
        ("credit", "-52.60", -5_260),
    ],
)
def test_a_posting_of_each_kind_is_added(council: Store, kind: str, typed: str, pence: int) -> None:
    page = opened("spending")
    fill(page, "add entry", entry_kind=kind, posted_on="3/4/2018", amount_pence=typed, line="S2")
    press(page, "add entry")

    (added,) = entries(council, line="S2")
    assert (added.entry_kind, added.amount_pence, added.posted_on) == (EntryKind(kind), pence, date(2018, 4, 3))
    assert council.verify() == ()


@pytest.mark.usefixtures("council")
def test_a_credit_above_zero_is_refused_beside_the_amount_and_stays_as_typed() -> None:
    page = opened("spending")
    fill(page, "add entry", entry_kind="credit", posted_on="3/4/2018", amount_pence="52.60", supplier="Venue Ltd")
    press(page, "add entry")

    assert "A credit lowers spending: give its amount below zero." in said(page)
    assert {"52.60", "Venue Ltd"} <= {box.value for box in page.text_input}


def test_an_invoice_in_the_wrong_line_is_moved_to_another(council: Store) -> None:
    page = page_of(kept(council)[0])
    press(fill(page, "entry ", line="S2"), "save entry")
    assert [entry.line for entry in entries(council)] == ["S2"]


def test_an_amount_changes_only_with_a_reason(council: Store) -> None:
    page = page_of(kept(council)[0])
    press(fill(page, "entry ", amount_pence="4,000"), "save entry")
    assert "Say why: the amount of ledger entry" in said(page)

    press(fill(page, "entry ", why="The invoice was corrected"), "save entry")
    assert entries(council)[0].amount_pence == 400_000


def test_a_virement_is_one_entry_with_two_sides_that_come_to_nothing(council: Store) -> None:
    page = opened("spending")
    press(fill(page, "add virement", **MOVED), "add virement")

    sides = entries(council, entry_kind=EntryKind.VIREMENT)
    assert sorted((side.line, side.amount_pence) for side in sides) == [("S1", -250_000), ("S2", 250_000)]
    assert "£2,500 is moved from S1 to S2." in said(page)
    assert council.verify() == ()


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("to_line", "S1", "Choose another line than the one that gives the money."),
        ("reference", "", "Give a reference: both sides are known by it."),
        ("amount_pence", "-5", "The amount moved is above zero"),
    ],
)
def test_a_virement_that_cannot_be_is_refused(council: Store, field: str, typed: str, told: str) -> None:
    page = opened("spending")
    press(fill(page, "add virement", **MOVED | {field: typed}), "add virement")

    assert told in said(page)
    assert entries(council, entry_kind=EntryKind.VIREMENT) == []


def test_a_virement_is_corrected_and_withdrawn_on_both_sides(council: Store) -> None:
    press(fill(opened("spending"), "add virement", **MOVED), "add virement")
    page = page_of(kept(council, entry_kind=EntryKind.VIREMENT)[0])

    press(fill(page, "virement ", amount_pence="3,000", why="More was needed"), "save virement")
    moved = entries(council, entry_kind=EntryKind.VIREMENT)
    assert sorted(side.amount_pence for side in moved) == [-300_000, 300_000]

    press(fill(page, "withdraw virement", why="Never agreed", sure=True), "withdraw virement")
    assert "The virement V1 is withdrawn." in said(page)
    assert entries(council, entry_kind=EntryKind.VIREMENT) == []


def test_many_rows_are_corrected_in_a_table_and_every_refused_cell_is_listed(council: Store) -> None:
    another = LedgerEntry(posted_on=date(2018, 1, 5), line="S1", supplier="Venue Ltd", amount_pence=1_000)
    council.write(CODE, [Add(another)], SAM)
    page = opened("spending")
    page.checkbox(key="show grid").check().run()
    (key,) = {str(button.key) for button in page.button if button.label == "Save the table"}
    grid = key.rpartition(" save ")[0]

    page.session_state[f"{grid} grid 0"] = {
        "edited_rows": {0: {"Amount (£)": "lots", "Line": "S2"}, 1: {"Posted on": "31/2/2018"}},
        "added_rows": [], "deleted_rows": [],
    }  # fmt: skip
    press(page, key)
    assert "2 cells could not be saved." in said(page)
    assert "“31/2/2018” is not a date" in said(page)
    assert {entry.line for entry in entries(council)} == {"S1"}


def test_two_who_correct_one_entry_are_shown_both(council: Store) -> None:
    page = page_of(kept(council)[0])
    fill(page, "entry ", supplier="Training Limited")
    one = kept(council)[0]
    theirs = one.record.model_copy(update={"supplier": "Trainers plc"})
    council.write(CODE, [Revise(one.number, one.version, theirs)], SAM)
    press(page, "save entry")

    assert "Somebody saved before you" in said(page)
    press(fill(page, "conflict", **{"0 supplier": "mine"}), "conflict save")
    assert entries(council)[0].supplier == "Training Limited"


def test_an_entry_is_withdrawn_and_can_be_taken_back(council: Store) -> None:
    page = page_of(kept(council)[0])
    press(fill(page, "withdraw entry", why="Another programme's", sure=True), "withdraw entry")
    assert entries(council) == []
    press(page, "take back")
    assert len(entries(council)) == 1


def test_a_forecast_of_the_outturn_is_made_line_by_line_with_why(council: Store) -> None:
    page = opened("spending")
    fill(page, "add forecast", line="S1", made_on="30/4/2018", forecast_pence="12,000")
    press(page, "add forecast")
    assert "Say why this is expected." in said(page)

    press(fill(page, "add forecast", reason="Two more cohorts"), "add forecast")
    (made,) = [one.record for one in council.records(CODE, OutturnForecast.kind)[0]]
    assert vars(made)["forecast_pence"] == 1_200_000
    assert "The forecast of £12,000 for S1 is saved." in said(page)

    press(fill(page, "forecast ", forecast_pence="13,000", why="One more"), "save forecast")
    assert vars(council.records(CODE, OutturnForecast.kind)[0][0].record)["forecast_pence"] == 1_300_000
