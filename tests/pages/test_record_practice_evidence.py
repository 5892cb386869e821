"""Practice evidence by hand: scores of a team at once, audits, a survey's wave, items with their stages, domains."""

from datetime import date
from typing import Any

import pytest

from sos_tracker.records.access import Actor, Role
from sos_tracker.records.embedding import AlignmentItem, CaseAudit, ProgrammeDomain, ScaleRating, SurveyAnswer
from sos_tracker.records.record import Record
from sos_tracker.records.recorded import Add
from sos_tracker.store import Store
from sos_tracker.ui.forms.scale_ratings import read_scores
from sos_tracker.ui.forms.survey_answers import read_answers
from tests.pages.reader import opened
from tests.pages.recording import fill, press, said

CODE = "NEW"
SAM = Actor("Sam", Role.PROJECT_MANAGER, CODE)
RATED = {"rated_on": "3/5/2018", "agency": "Early Help", "team": "North"}


def kept(store: Store, kind: type[Record]) -> list[dict[str, Any]]:
    return [vars(one.record) for one in store.records(CODE, kind.kind)[0]]


@pytest.mark.parametrize(
    ("typed", "scores"),
    [
        ("6.5: 4\n8: 1", {6.5: 4, 8.0: 1}),
        ("6, 6, 7.5; 8", {6.0: 2, 7.5: 1, 8.0: 1}),
        ("6\t4\n7\t2", {6.0: 4, 7.0: 2}),
        ("6: 2\n6", {6.0: 3}),
        ("", None),
    ],
)
def test_scores_are_read_as_they_are_typed_or_pasted(typed: str, scores: object) -> None:
    assert read_scores(typed) == scores


def test_answers_are_read_a_question_a_line() -> None:
    assert read_answers("I was heard; 40; 31\nThe plan is ours\t1,200\t7") == (
        ("I was heard", 40, 31), ("The plan is ours", 1200, 7),
    )  # fmt: skip
    assert "is not a question" in getattr(read_answers("I was heard, 40"), "problem", "")


def test_the_scores_of_a_team_are_added_at_once_and_corrected_with_why(empty_programme: Store) -> None:
    page = opened("practice_evidence")
    assert "No evidence of practice has been recorded yet" in said(page)
    press(fill(page, "add rating", **RATED, scores="6.5: 4\nmany"), "add rating")
    assert "“many” is neither a score with a number of people nor a list of scores." in said(page)

    press(fill(page, "add rating", scores="6.5: 4\n8"), "add rating")
    assert "5 people of North (Early Help) gave a score on 3 May 2018: added." in said(page)
    assert sorted((one["score"], one["people"]) for one in kept(empty_programme, ScaleRating)) == [(6.5, 4), (8.0, 1)]

    (number,) = [one.number for one in empty_programme.records(CODE, ScaleRating.kind, score=8.0)[0]]
    page = opened("practice_evidence", rating=str(number))
    press(fill(page, "rating ", rated_on="30/4/2018"), "save rating")
    assert "Say why" in said(page)
    press(fill(page, "rating ", why="The form said so"), "save rating")
    assert date(2018, 4, 30) in {one["rated_on"] for one in kept(empty_programme, ScaleRating)}
    press(fill(page, "withdraw rating", why="Given twice", sure=True), "withdraw rating")
    assert len(kept(empty_programme, ScaleRating)) == 1
    assert empty_programme.verify() == ()


def test_a_score_between_the_half_points_is_refused(empty_programme: Store) -> None:
    page = opened("practice_evidence")
    press(fill(page, "add rating", **RATED, scores="6.3"), "add rating")

    assert "The score does not go by steps of 0.5." in said(page)
    assert kept(empty_programme, ScaleRating) == []


def test_an_audit_a_wave_and_an_item_are_added(empty_programme: Store) -> None:
    page = opened("practice_evidence", evidence="audit")
    audit = {"audited_on": "1/5/2018", "agency": "Early Help", "files_sampled": "8"}
    press(fill(page, "add audit", **audit, files_showing_use="9"), "add audit")
    assert "More files show the practice than were sampled." in said(page)
    press(fill(page, "add audit", files_showing_use="6", grade="good"), "add audit")
    assert [(one["files_showing_use"], one["grade"]) for one in kept(empty_programme, CaseAudit)] == [(6, "good")]

    page = opened("practice_evidence", evidence="answer")
    wave = {"closed_on": "27/4/2018", "audience": "families", "invited": "120"}
    press(fill(page, "add answer", **wave, answers="I was heard; 40; 31\nThe plan is ours; 38; 20"), "add answer")
    assert {one["favourable"] for one in kept(empty_programme, SurveyAnswer)} == {31, 20}

    page = opened("practice_evidence", evidence="item")
    item = {"reference": "A1", "title": "Assessment form", "identified_on": "1/3/2018"}
    press(fill(page, "add item", **item, live_on="1/2/2018"), "add item")
    assert "The item reaches a stage before the one that comes first." in said(page)
    press(fill(page, "add item", live_on="1/4/2018"), "add item")
    assert [one["live_on"] for one in kept(empty_programme, AlignmentItem)] == [date(2018, 4, 1)]


def test_the_four_domains_are_recorded_renamed_and_given_other_figures(empty_programme: Store) -> None:
    page = opened("practice_evidence", evidence="domain")
    press(page, "add four")
    assert len(kept(empty_programme, ProgrammeDomain)) == 4

    (number,) = [one.number for one in empty_programme.records(CODE, ProgrammeDomain.kind, name="Learning")[0]]
    page = opened("practice_evidence", domain=str(number))
    press(fill(page, "domain ", name="Build capacity to train", measures="T1 X9"), "save domain")
    assert "X9 is no figure of the tracker." in said(page)
    press(fill(page, "domain ", measures="T1, T3", place="1"), "save domain")
    domains = {domain.name: domain.measures for domain in empty_programme.frames(CODE, date(2018, 5, 10)).domains}
    assert domains["Build capacity to train"] == ("T1", "T3")


def test_scores_are_corrected_in_a_table(empty_programme: Store) -> None:
    rating = ScaleRating(rated_on=date(2018, 5, 3), agency="Early Help", team="North", score=6, people=4)
    empty_programme.write(CODE, [Add(rating)], SAM)
    page = opened("practice_evidence")
    page.checkbox(key="show grid").check().run()
    (key,) = {str(button.key) for button in page.button if button.label == "Save the table"}
    page.session_state[f"{key.rpartition(' save ')[0]} grid 0"] = {
        "edited_rows": {0: {"People": "5"}}, "added_rows": [], "deleted_rows": [],
    }  # fmt: skip
    press(page, key)

    assert [one["people"] for one in kept(empty_programme, ScaleRating)] == [5]
