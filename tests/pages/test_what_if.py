"""What if: tried out by whoever may look, kept in the address, and stored only by whoever may record."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from sos_tracker.records.recorded import Recorded
from sos_tracker.records.training import CourseLevel, SessionStatus, TrainingSession
from sos_tracker.store import Store
from tests.conftest import CODE
from tests.pages.reader import faults, opened
from tests.pages.recording import fill, press, said

TRIED = "6,introduction,2018-07,2018-12,20,"
MORE = "With 6 more introduction courses of 20 places by December 2018, 86 more people would be trained: 388 of 400"


def plans(store: Store) -> tuple[Recorded, ...]:
    return store.records(CODE, "session", text="PLAN-")[0]


def try_sessions(page: AppTest, **typed: str) -> AppTest:
    usual = {"sessions": "6", "places": "20", "starts_on": "July 2018", "last_month": "12/2018"}
    return press(fill(page, "try sessions", **{**usual, **typed}), "try sessions")


def test_a_director_tries_sessions_out_and_nothing_is_stored(example: Store) -> None:
    before = example.revision(CODE)
    page = opened("what_if", role="director")
    assert "With the 2 sessions planned so far, 302 of 400 people would be trained by 31 December 2018" in said(page)

    try_sessions(page)

    assert MORE in said(page)
    assert page.query_params["added"] == TRIED
    assert "save sessions" not in [button.key for button in page.button]
    assert example.revision(CODE) == before


@pytest.mark.usefixtures("example")
def test_the_address_alone_shows_another_reader_the_same_until_it_is_taken_out() -> None:
    page = opened("what_if", role="director", added=TRIED, changed="1,introduction,2018-06,", fill="0.9")

    assert "With these 3 changes" in said(page)
    page = press(page, "take out 90% of places taken up")
    page = press(page, "take out 1 introduction course of June 2018 cancelled")
    assert MORE in said(page)
    page = press(page, "start again")
    assert "With the 2 sessions planned so far" in said(page)
    assert not {"added", "changed", "fill"} & set(page.query_params)


@pytest.mark.usefixtures("example")
def test_an_address_nobody_can_read_is_as_planned() -> None:
    page = opened(
        "what_if", added="6,<b>;-1,introduction,2018-07,,20,;9,,,,,", changed="x", fill="200", session_cost="-"
    )

    assert faults(page) == []
    assert "With the 2 sessions planned so far" in said(page)


@pytest.mark.usefixtures("example")
def test_what_cannot_be_tried_is_refused_beside_its_field_and_kept_as_typed() -> None:
    page = opened("what_if", role="director")

    try_sessions(page, sessions="10,000", places="-20", starts_on="", last_month="soon", cost_pence="dear")

    errors = " ".join(each.value for each in page.error).replace("\u2060", "")
    for words in (
        "The number of sessions is more than 200.", "The number of places is less than 1.", "Say when. Write a month",
        "“soon” is not a month this can read.", "“dear” is not an amount",
    ):  # fmt: skip
        assert words in errors
    assert {"10,000", "-20", "soon", "dear"} <= {box.value for box in page.text_input}
    assert "added" not in page.query_params

    try_sessions(page, starts_on="10/05/2018", last_month="", cost_pence="")
    assert "is not after 10 May 2018." in said(page)

    try_sessions(page, starts_on="12 September 2018", last_month="")
    assert "of 20 places on 12 September 2018" in said(page)


@pytest.mark.usefixtures("example")
def test_planned_sessions_are_moved_no_more_of_them_than_there_are() -> None:
    page = opened("what_if", role="director")

    fill(page, "change sessions", which="introduction 2018-06", sessions="2", moved_to="September 2018")
    press(page, "change sessions")
    assert "There is only 1 of them to change." in said(page)

    press(fill(page, "change sessions", sessions="1"), "change sessions")
    assert "1 introduction course moved from June 2018 to September 2018" in said(page)
    assert page.query_params["changed"] == "1,introduction,2018-06,2018-09"


@pytest.mark.usefixtures("example")
def test_other_shares_move_what_is_planned_already() -> None:
    page = opened("what_if", role="director")
    assert "343 of 400 on delivered courses that count as training (86%)" in said(page)

    press(fill(page, "suppose", fill_rate="101"), "suppose")
    assert "“101” is not a percentage." in said(page)

    press(fill(page, "suppose", fill_rate="100%", session_pence="1,000"), "suppose")
    assert "With 100% of places taken up instead of 86% and £1,000 for each session without a cost" in said(page)
    assert (page.query_params["fill"], page.query_params["session_cost"]) == ("1", "100000")


def test_a_project_manager_saves_them_as_planned_sessions_and_takes_them_back(example: Store) -> None:
    page = opened("what_if", added="2,introduction,2018-09,,20,150000;1,advanced,2018-10-12,,16,")
    assert plans(example) == ()

    press(page, "save sessions")

    kept = sorted((one.of(TrainingSession) for one in plans(example)), key=lambda one: one.reference)
    assert kept == [
        TrainingSession(reference=reference, level=level, starts_on=on, status=SessionStatus.PLANNED, places=places,
                        cost_pence=cost)
        for reference, level, on, places, cost in (
            ("PLAN-2018-09-1", CourseLevel.INTRODUCTION, date(2018, 9, 3), 20, 1_500_00),
            ("PLAN-2018-09-2", CourseLevel.INTRODUCTION, date(2018, 9, 3), 20, 1_500_00),
            ("PLAN-2018-10-1", CourseLevel.ADVANCED, date(2018, 10, 12), 16, None),
        )
    ]  # fmt: skip
    assert "3 sessions are saved as planned: PLAN-2018-09-1 (3 September 2018), PLAN-2018-09-2" in said(page)
    assert "added" not in page.query_params
    assert "With the 5 sessions planned so far" in said(page)

    press(page, "take back")
    assert plans(example) == ()


def test_references_go_on_after_those_there_are(example: Store) -> None:
    press(opened("what_if", added="1,introduction,2018-09,,20,"), "save sessions")

    press(opened("what_if", added="1,introduction,2018-09,,20,"), "save sessions")

    assert {one.of(TrainingSession).reference for one in plans(example)} == {"PLAN-2018-09-1", "PLAN-2018-09-2"}
