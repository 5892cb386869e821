"""The catalogue: every figure, on any programme."""

import json
from datetime import date

import pytest

from sos_tracker.measures import budget, milestones, practice_leads, training
from sos_tracker.measures.catalogue import CATALOGUE, figures
from sos_tracker.measures.frames import BudgetFrames, TrainingFrames
from sos_tracker.records.figures import Rating
from tests.measures import by_hand
from tests.measures.by_hand import ON, programme


def test_an_empty_programme_says_of_each_figure_what_to_import() -> None:
    found = figures(programme(), ON)

    assert [figure.code for figure in found] == list(CATALOGUE)
    assert all(figure.value is None and figure.rating is Rating.NO_DATA for figure in found)
    assert all("import" in figure.sentence.lower() for figure in found)
    assert found[0].sentence == "Nothing has been recorded yet: import the training register."


def test_an_empty_programme_has_empty_series_with_their_columns() -> None:
    frames = programme()

    series = [
        training.cumulative_trained(frames.training, ON),
        training.trained_by_agency(frames.training),
        training.outcomes_by_level(frames.training),
        training.coverage_by_team(frames.training),
        training.sessions_by_month(frames.training, ON),
        practice_leads.coverage(frames.posts, ON),
        practice_leads.coverage_by_agency(frames.posts, ON),
        practice_leads.coverage_by_month(frames.posts, ON),
        budget.spend_by_month(frames.budget, ON),
        budget.spend_by_line(frames.budget, ON),
        milestones.milestone_states(frames.milestones, ON),
    ]

    assert all(found.empty and len(found.columns) for found in series)


def test_a_target_is_shown_before_anything_is_recorded() -> None:
    figure = figures(programme(targets=by_hand.targets({})), ON)[0]

    assert (figure.value, figure.target_final, figure.due_on) == (None, 400, date(2018, 12, 31))


def test_sessions_planned_and_nobody_trained_yet_is_a_count_of_none() -> None:
    held = TrainingFrames(sessions=by_hand.sessions({"status": "planned", "held": False}))

    trained, attended, *_ = figures(programme(training=held), ON)

    assert (trained.value, attended.value) == (0, 0)
    assert trained.sentence == "Nobody has been trained by 10 May 2018."


@pytest.mark.parametrize("on", [date(2016, 1, 1), ON, date(2030, 12, 31)])
def test_every_figure_can_be_printed_as_json_on_any_day(on: date) -> None:
    frames = programme(
        training=TrainingFrames(
            attendances=by_hand.attendances({}, {"outcome": "no-show"}, {"session_status": "", "level": ""}),
            people=by_hand.people({}),
            headcounts=by_hand.headcounts({"level": ""}),
            sessions=by_hand.sessions({}, {"month": None, "status": "", "held": False}),
            staff=by_hand.staff({"staff": 7}),
            trained_leavers=1,
            staff_listed=True,
        ),
        posts=by_hand.posts({}, {"team": "South", "trained": None}),
        budget=BudgetFrames(by_hand.budget_lines({}), by_hand.profile({}), by_hand.spending({}, {"line": ""})),
        milestones=by_hand.milestones({}, {"reference": "M2", "achieved_on": ON}),
        targets=by_hand.targets(
            {}, {"measure": "T2", "is_rate": True, "target": 1.0}, {"measure": "M1", "target": 5.0}
        ),
    )

    for figure in figures(frames, on):
        printed = json.loads(json.dumps(figure.as_json()))
        assert printed["code"] == figure.code
        assert figure.sentence.endswith(".")
        assert figure.rating_reason.endswith(".")
        assert "nan" not in json.dumps(printed).lower().split()
