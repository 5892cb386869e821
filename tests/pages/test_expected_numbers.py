"""Every number the example must come to stands on the pages a director opens."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from sos_tracker.measures import catalogue
from sos_tracker.records.money import pounds, whole_pounds
from sos_tracker.store import Store
from sos_tracker.ui.figure_parts import NAMES
from tests.conftest import CODE, EXAMPLE
from tests.pages.reader import AS_AT, opened, words

EXPECTED = json.loads((EXAMPLE / "expected.json").read_text(encoding="utf-8"))


@pytest.fixture
def said(database: Callable[[Path | None], Store], example_database: Path) -> Callable[[str], str]:
    database(example_database)
    return lambda address: words(opened(address, programme=CODE))


def test_training_and_its_register(said: Callable[[str], str]) -> None:
    page, training, register = said("training"), EXPECTED["training"], EXPECTED["register"]
    for sentence in (
        f"Named in registers: {training['people_trained_named']}",
        f"Counted by partner agencies, no names given: {training['people_trained_headcount']}",
        f"{training['people_trained_total']} people trained",
        f"Named in registers: {training['attendances_named']}",
        f"Counted by partner agencies, no names given: {training['attendances_headcount']}",
        f"{training['attendances_total']} attendances",
        f"Rows of the register: {register['rows']}",
        f"same person and session: {register['duplicate_rows']}",
        f"each person once a session: {register['distinct_named_bookings']}",
        f"Sessions: {training['sessions']}",
        f"Sessions delivered: {training['delivered']}",
        f"Sessions cancelled: {training['cancelled']}",
        f"Sessions planned: {training['planned']}",
        f"Did not come: {training['no_shows']}",
        f"Cancelled: {training['cancellations']}",
        f"Came without booking: {training['walk_ins']}",
        f"{training['booked_and_came']} of {training['booked_on_delivered']} booked places",
        f"{training['trained_and_in_scope_in_post']} of {training['in_scope_in_post']} staff in scope and in post",
        f"not on the staff list now: {training['trained_leavers']}",
        "Nov 2017 50; Dec 2017 42; Jan 2018 48; Feb 2018 54; Mar 2018 31; Apr 2018 22",
    ):
        assert sentence in page, sentence
    for agency, people in (training["people_by_agency"] | training["headcount_trained_by_agency"]).items():
        assert f"{agency.replace(chr(39), '&#x27;')} {people}" in page, agency


def test_practice_leads_with_every_vacancy(said: Callable[[str], str]) -> None:
    page, leads = said("practice_leads"), EXPECTED["practice_leads"]
    assert f"{leads['with_active_trained_lead']} of {leads['teams_and_agencies']} teams" in page
    assert f"not yet trained: {leads['active_but_untrained']}" in page
    assert f"Have no lead: {leads['vacant']}" in page
    assert "; ".join(leads["vacant_list"]) in page


def test_money_to_the_penny(said: Callable[[str], str]) -> None:
    page, budget = said("budget"), EXPECTED["budget"]
    for year, pence in budget["actual_by_financial_year"].items():
        assert f"{year} {pounds(pence)}" in page
    for line, pence in budget["actual_by_line"].items():
        assert f"{line} {pounds(pence)}" in page
    for pence in (budget["approved_pence"], budget["actual_to_date_pence"], budget["profile_to_date_pence"]):
        assert whole_pounds(pence) in page
    assert f"Promised and not yet paid: {pounds(budget['commitments_pence'])}" in page


def test_milestones(said: Callable[[str], str]) -> None:
    page, plan = said("milestones"), EXPECTED["milestones"]
    assert f"{plan['achieved_of_due']} of {plan['due_by_as_at']} milestones due" in page
    assert f"In the plan: {plan['total']}" in page
    assert f"{plan['overdue']} of {plan['due_by_as_at']} milestones due by 10 May 2018 are overdue" in page
    assert f"More than 30 days late: {plan['slipped_over_30_days']}" in page


def test_every_part_of_every_figure_has_a_name_in_words(example_store: Store) -> None:
    on = date.fromisoformat(AS_AT)
    found = {part for figure in catalogue.figures(example_store.frames(CODE, on), on) for part in figure.parts}
    assert found <= set(NAMES)
