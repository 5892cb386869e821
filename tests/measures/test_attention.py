"""What needs attention first."""

from datetime import date

from sos_tracker.measures.attention import Attention, needs_attention
from sos_tracker.measures.catalogue import figures
from sos_tracker.measures.frames import BudgetFrames, ProgrammeFrames, TrainingFrames
from tests.measures.by_hand import (
    ON,
    attendances,
    budget_lines,
    headcounts,
    milestones,
    people,
    posts,
    profile,
    programme,
    spending,
    staff,
    targets,
)

TRAINED_WELL = targets({"baseline_on": date(2017, 11, 6), "target": 10.0})


def _found(frames: ProgrammeFrames) -> tuple[Attention, ...]:
    return needs_attention(figures(frames, ON), frames, ON)


def test_what_is_behind_comes_before_what_is_slightly_behind() -> None:
    frames = programme(
        training=TrainingFrames(people=people({"people": 42})),
        targets=targets({"baseline_on": date(2017, 11, 6), "target": 100.0}),
        budget=BudgetFrames(
            budget_lines({}), profile({"profile_pence": 1000}), spending({"amount_pence": 500, "line": "S1"})
        ),
    )

    found = _found(frames)

    assert [one.code for one in found[:4]] == ["B1", "B3", "B4", "T1"]
    assert [one.rank for one in found] == list(range(1, len(found) + 1))
    assert found[0].why.startswith("£5 spent against £10 planned")
    assert found[0].page == "budget"


def test_an_agency_with_nobody_trained_is_not_hidden_by_a_good_total() -> None:
    frames = programme(
        training=TrainingFrames(
            people=people({"people": 400}), headcounts=headcounts({"agency": "Police", "attended": 0})
        ),
        targets=TRAINED_WELL,
    )

    found = _found(frames)

    assert [one.sentence for one in found] == ["Nobody from 1 agency has been trained yet: Police."]
    assert found[0].code == "T1"


def test_vacant_posts_and_the_worst_team_are_named() -> None:
    listed = staff({"staff": 20, "trained": 18}, {"team": "South", "staff": 10, "trained": 1})
    frames = programme(
        training=TrainingFrames(staff=listed, people=people({"people": 19}), staff_listed=True),
        posts=posts({}, {"team": "South", "filled": False}, {"agency": "Legal", "team": "Legal", "filled": False}),
    )

    sentences = [one.sentence for one in _found(frames)]

    assert "2 teams and agencies have no practice lead: South (Early Help) and Legal." in sentences
    assert "In South (Early Help) 1 of 10 staff are trained (10%), against 63% overall." in sentences


def test_the_course_where_fewest_came_is_named() -> None:
    places = attendances(
        {"attendances": 90},
        {"outcome": "no-show", "attendances": 2},
        {"level": "briefing", "attendances": 5},
        {"level": "briefing", "outcome": "no-show", "attendances": 5},
    )

    sentences = [one.sentence for one in _found(programme(training=TrainingFrames(attendances=places)))]

    assert "Briefing (half a day): people came to 5 of 10 booked places (50%), against 93% overall." in sentences


def test_overdue_milestones_are_named_once_and_moved_dates_told() -> None:
    late = {"title": "Forms aligned", "baseline_on": date(2018, 5, 1), "forecast_on": date(2018, 5, 21)}

    found = _found(programme(milestones=milestones(late)))

    assert [one.code for one in found] == ["M2", "M3"]
    assert "Overdue: Forms aligned." in found[0].sentence
    assert found[1].sentence == (
        "1 milestone to come is now forecast later than first agreed: Forms aligned (20 days)."
    )


def test_a_forecast_that_has_passed_asks_for_a_new_date() -> None:
    late = {"title": "Forms aligned", "baseline_on": date(2018, 5, 1), "forecast_on": date(2018, 5, 1)}

    sentences = [one.sentence for one in _found(programme(milestones=milestones(late)))]

    assert "1 milestone needs a new date: Forms aligned." in sentences


def test_figures_without_a_target_are_named_last() -> None:
    found = _found(programme(training=TrainingFrames(people=people({}))))

    assert found[-1].sentence == "The strategy sets no target for people trained (T1)."


def test_an_empty_programme_needs_no_attention() -> None:
    assert _found(programme()) == ()
