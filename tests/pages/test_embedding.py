"""Has it taken hold: the page with evidence, by the page grammar, and what it says while there is none."""

from datetime import date

import pytest

from sos_tracker.records.access import Actor, Role
from sos_tracker.records.embedding import (
    AlignmentItem,
    Audience,
    CaseAudit,
    ProgrammeDomain,
    Respondents,
    ScaleRating,
    SurveyAnswer,
)
from sos_tracker.records.recorded import Add
from sos_tracker.store import Store
from tests.conftest import CODE
from tests.pages.reader import faults, opened
from tests.pages.recording import said

SAM = Actor("Sam", Role.PROJECT_MANAGER, CODE)
CARE = "Children's Social Care"
SCORES = {"Fostering": 3, "Care Leavers": 7, "Duty and Assessment": 5, "Adoption Counts": 6.5}


@pytest.fixture
def with_evidence(example: Store) -> Store:
    """The example, with scores of four teams in one round and of families, and one of everything else."""
    evidence = [
        *(ScaleRating(rated_on=date(2018, 5, 3), agency=CARE, team=team, score=score, people=6)
          for team, score in SCORES.items()),
        ScaleRating(rated_on=date(2018, 2, 3), agency=CARE, score=4, people=5, respondents=Respondents.FAMILIES),
        CaseAudit(audited_on=date(2018, 4, 3), agency=CARE, team="Fostering", files_sampled=8, files_showing_use=2),
        SurveyAnswer(closed_on=date(2018, 4, 3), audience=Audience.FAMILIES, question="I was heard", invited=100,
                     answered=20, favourable=15),
        AlignmentItem(reference="A1", title="Assessment form", live_on=date(2018, 3, 1)),
        ProgrammeDomain(name="Action research", place=1, measures=("E1", "E2")),
    ]  # fmt: skip
    example.write(CODE, [Add(record) for record in evidence], SAM)
    return example


@pytest.mark.usefixtures("with_evidence")
def test_the_page_says_how_much_how_well_and_what_difference_it_made() -> None:
    page = opened("embedding", programme=CODE)
    told = said(page)

    assert faults(page) == []
    assert "<h1>The middle score was 5.8 out of 10 in May 2018, up 1.8 since February 2018" in told
    places = [told.index(f"<h2>{heading}</h2>") for heading in
              ("How much did we do?", "How well did we do it?", "What difference has it made?")]  # fmt: skip
    assert places == sorted(places)
    assert "Score 10" in told
    assert "There has been training." in told
    assert "trained but not practising: Fostering" in told
    assert "Without a score in the newest round" in told
    assert "only 20% answered" in told
    assert "Action research" in told
    assert "Meaningful measures" not in told
    assert "Scores on the implementation scale, every round (E1): rows 1 to 5 of 5" in told


def test_while_there_is_nothing_it_says_what_to_record_and_that_training_alone_scores_0(example: Store) -> None:
    told = said(opened("embedding", programme=CODE))

    assert "Nothing yet tells whether the practice has taken hold" in told
    assert "Practice evidence" in told
    assert "training alone scores 0" in told
    assert example.verify() == ()
