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
    moves,
    overrides,
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


BEHIND = targets({"baseline_on": date(2017, 11, 6), "target": 400.0})


def test_what_is_behind_and_getting_worse_comes_before_what_is_behind() -> None:
    frames = programme(
        training=TrainingFrames(people=people({"month": date(2018, 2, 1), "people": 100})),
        targets=BEHIND,
        budget=BudgetFrames(
            budget_lines({}),
            profile({"month": date(2018, 3, 1), "profile_pence": 1000}),
            spending({"month": date(2018, 3, 1), "amount_pence": 100}, {"amount_pence": 100}),
        ),
    )

    found = _found(frames)

    assert [one.code for one in found[:3]] == ["T1", "B1", "B3"]
    assert found[0].why.endswith("It is getting worse: on 30 April 2018 it stood at 100 against 167.")
    assert "getting worse" not in found[1].why
    assert all(one.decision for one in found)


def test_whether_it_gets_worse_is_not_claimed_where_it_is_not_known() -> None:
    share = targets({"measure": "T3", "is_rate": True, "target": 1.0, "baseline_on": date(2017, 11, 6)})
    listed = TrainingFrames(staff=staff({"staff": 20, "trained": 1}), staff_listed=True)

    found = _found(programme(training=listed, targets=share))

    assert "Whether it is getting worse cannot be said: who was in post then" in found[0].why


def test_a_status_that_was_given_hides_nothing_behind() -> None:
    frames = programme(
        training=TrainingFrames(people=people({"people": 10})),
        targets=BEHIND,
        overrides=overrides({"reason": "Booked"}),
    )

    (first, *_) = _found(frames)

    assert first.code == "T1"
    assert "Jane Smith says on track, until 30 June 2018: Booked." in first.why


def test_what_hangs_on_one_person_is_named() -> None:
    lonely = posts({"agency": "Police", "team": "Police"}, {}, {"team": "South"}, {"team": "East", "trained": False})
    trainers = people({"people": 40}, {"level": "trainer course", "people": 1})

    found = _found(programme(posts=lonely, training=TrainingFrames(people=trainers)))

    assert [one.sentence for one in found[:2]] == [
        "Police has one trained practice lead.", "1 person has done the in-house trainer course.",
    ]  # fmt: skip
    assert found[0].decision == "Decide who is trained next as a second lead, and by when."


def test_a_date_moved_twice_asks_whether_the_work_goes_on() -> None:
    ahead = {"title": "Forms aligned", "baseline_on": date(2018, 7, 1), "forecast_on": date(2018, 9, 1)}
    moved = moves(
        {"forecast_from": date(2018, 7, 1), "forecast_to": date(2018, 8, 1)},
        {"forecast_from": date(2018, 8, 1), "forecast_to": date(2018, 9, 1), "moved_on": date(2018, 4, 1)},
    )

    sentences = [one.sentence for one in _found(programme(milestones=milestones(ahead), moves=moved))]

    assert "1 milestone has had the date moved twice or more: Forms aligned (2 times)." in sentences


def test_old_data_are_told_once_with_their_owner() -> None:
    old = people({"month": date(2018, 1, 1), "people": 10})

    told = [one for one in _found(programme(training=TrainingFrames(people=old))) if "recorded since" in one.sentence]

    assert [one.sentence for one in told] == [
        "No attendance at training has been recorded since January 2018: 3 whole months without one by 10 May 2018."
    ]
    assert told[0].decision == "The project manager brings the records in, or says that there were none."


def test_money_that_is_neither_spent_nor_promised_is_idle() -> None:
    money = BudgetFrames(
        budget_lines({}, {"code": "S2", "title": "Materials"}),
        profile({"profile_pence": 1000}, {"line": "S2", "profile_pence": 900_00}),
        spending({"amount_pence": 1000}, {"line": "S1", "amount_pence": 10, "entry_kind": "commitment"}),
    )

    sentences = [one.sentence for one in _found(programme(budget=money))]

    assert "£900 planned by the end of May 2018 is neither spent nor promised: Materials £900." in sentences
