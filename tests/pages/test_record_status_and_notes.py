"""What people say beside the figures: statuses given with an end, notes to charts, and the tolerances of the rules."""

import re
from datetime import date

import pytest

from sos_tracker.records.access import Actor, Role
from sos_tracker.records.figures import Rating
from sos_tracker.records.judgements import Annotation, StatusOverride
from sos_tracker.records.recorded import Add
from sos_tracker.store import Store
from tests.conftest import CODE
from tests.pages.reader import opened
from tests.pages.recording import fill, press, said

SAM = Actor("Sam", Role.PROJECT_MANAGER, CODE)
TYPED = {
    "measure": "B1", "rating": "on track", "reason": "The invoice for May is late", "made_by": "The finance officer",
    "made_on": "1/5/2018", "expires_on": "30/6/2018",
}  # fmt: skip


@pytest.fixture
def judged(example: Store) -> Store:
    """The example programme, whose spending is behind, given as on track by a person, with a note to it."""
    given = StatusOverride(measure="B1", rating=Rating.ON_TRACK, reason="The invoice for May is late", made_by="Alex",
                           made_on=date(2018, 5, 1), expires_on=date(2018, 6, 30))  # fmt: skip
    note = Annotation(measure="T1", noted_on=date(2018, 3, 12), sentence="Trainer illness, two courses moved",
                      written_by="Alex")  # fmt: skip
    example.write(CODE, [Add(given), Add(note)], SAM)
    return example


def test_a_status_is_given_with_its_reason_and_end(example: Store) -> None:
    page = press(fill(opened("status_and_notes"), "give status", **TYPED), "give status")

    (kept,) = example.records(CODE, StatusOverride.kind)[0]
    given = kept.of(StatusOverride)
    assert (given.rating, given.expires_on) == (Rating.ON_TRACK, date(2018, 6, 30))
    assert "1 figure has a status given by a person" in said(page)


def test_a_status_that_ends_before_it_begins_is_refused_in_words(example: Store) -> None:
    page = fill(opened("status_and_notes"), "give status", **TYPED | {"expires_on": "1/5/2018"})

    assert "The status expires on or before the day it is given." in said(press(page, "give status"))
    assert example.records(CODE, StatusOverride.kind)[1] == 0


def test_a_note_is_added_and_a_wrong_one_withdrawn(judged: Store) -> None:
    page = fill(opened("status_and_notes"), "add note", measure="L1", noted_on="2/4/2018", sentence="Two leads left")
    page = press(page, "add note")
    assert judged.records(CODE, Annotation.kind)[1] == 2

    page = fill(page, "withdraw note", why="It was about another team", sure=True)
    press(page, "withdraw note")
    assert judged.records(CODE, Annotation.kind)[1] == 1


@pytest.mark.usefixtures("judged")
@pytest.mark.parametrize("page", ["overview", "budget", "progress_summary"])
def test_every_page_that_shows_a_status_says_who_gave_it_and_what_the_rule_comes_to(page: str) -> None:
    told = said(opened(page))

    assert ("Alex" in told) is (page != "progress_summary")  # members are told no names of staff
    assert "30 June 2018: The invoice for May is late" in told
    assert "by its rule" in told.lower()
    assert "behind" in told.lower()


@pytest.mark.usefixtures("judged")
def test_a_note_stands_under_the_chart_of_its_figure_and_on_its_card_and_not_before_members() -> None:
    training = said(opened("training"))

    assert training.count("Trainer illness, two courses moved") >= 2
    assert "12 March 2018" in training
    assert "Trainer illness" not in said(opened("progress_summary"))


def test_tolerances_are_changed_with_a_reason_that_stands_in_the_history(example: Store) -> None:
    page = opened("programme_setup")
    page.selectbox(key="rule which").set_value("B1").run()
    page = fill(page, "rule B1", on_track_within="10", slightly_behind_within="50%", data_months="4")
    refused = press(page, "save rule")
    assert "Say why" in said(refused)

    page = press(fill(refused, "rule B1", why="Finance agreed it"), "save rule")

    rule = example.frames(CODE, date(2018, 5, 10)).rules["B1"]
    assert (rule.on_track_within, rule.slightly_behind_within, rule.data_months) == (0.1, 0.5, 4)
    change = example.changes(CODE, limit=1)[0]
    assert (change.kind, change.reason) == ("rating rule", "Finance agreed it")
    assert re.search(r"1 of \d+ figures has tolerances of the council’s own", said(page))
    assert example.verify() == ()


def test_the_notice_is_changed_with_a_reason(example: Store) -> None:
    page = fill(opened("programme_setup"), "programme", notice="Figures are provisional.", why="Audit is to come")

    page = press(page, "save programme")

    assert example.programme(CODE).notice == "Figures are provisional."
    assert "Figures are provisional." in said(page)
