"""How many more people the money left can train, of those still to be trained, and until when it lasts."""

from datetime import date
from typing import Any

import pytest

from sos_tracker.measures.filters import filtered
from sos_tracker.measures.frames import BudgetFrames, ProgrammeFrames, TrainingFrames
from sos_tracker.measures.runway import Pace, training_runway, used_up_in
from sos_tracker.records.figures import Direction, Rating, RatingRule
from tests.measures.by_hand import (
    ON,
    budget_lines,
    headcounts,
    people,
    programme,
    sessions,
    spending,
    staff,
    targets,
)
from tests.measures.example import example_frames

MARCH, APRIL = date(2018, 3, 1), date(2018, 4, 1)


def council(
    *, budget: int | None = 50_000_00, spent: int = 10_000_00, promised: int = 0, trained: int = 100,
    target: float | None = 300, **training: Any,
) -> ProgrammeFrames:  # fmt: skip
    """Half of the people and of the money in March, half in April."""
    halves = (MARCH, APRIL)
    paid = [{"month": month, "amount_pence": spent // 2} for month in halves] if spent else []
    owed = [{"entry_kind": "commitment", "amount_pence": promised}] if promised else []
    return programme(
        training=TrainingFrames(
            people=people(*({"month": month, "people": trained // 2} for month in halves)), **training
        ),
        budget=BudgetFrames(
            budget_lines(*([{"approved_pence": budget}] if budget else [])), spending=spending(*paid, *owed)
        ),
        targets=targets(*([{"target": target}] if target else [])),
    )


STAFF = {"staff": staff({"staff": 150, "trained": 90}, {"in_scope": False, "staff": 7}), "staff_listed": True}


@pytest.mark.parametrize(
    ("given", "value", "of", "rating", "said"),
    [
        pytest.param(
            {}, 400, 200, Rating.ON_TRACK,
            "The £40,000 left of the £50,000 budget trains 400 more people at £100 each, which is enough: 200 people "
            "are still to be trained. The target is 300 people trained, of whom 100 are. At the rate of the last 2 "
            "full months (50 people and £5,000 a month) the last of them would be trained in September 2018 and the "
            "money would last until January 2019. The cost of one person is all that is spent (£10,000, credits "
            "taken off), shared among the 100 trained.",
            id="ample",
        ),
        pytest.param(
            {"budget": 30_000_00, "promised": 1_000_00}, 190, 200, Rating.SLIGHTLY_BEHIND,
            "The £19,000 left of the £30,000 budget trains 190 more people at £100 each, which is not enough: 200 "
            "people are still to be trained. The target is 300 people trained, of whom 100 are. Training all 200 "
            "takes £1,000 more, or a cost of £95 each instead of £100.",
            id="short",
        ),
        pytest.param(
            {"budget": 10_000_00, "promised": 500_00}, 0, 200, Rating.BEHIND,
            "The money has already gone: all of the £10,000 budget is spent or promised, £500 more than there is, "
            "and 200 people are still to be trained. The target is 300 people trained, of whom 100 are. Training all "
            "200 takes £20,500 more, at £100 each. At the rate of the last 2 full months (50 people and £5,000 a "
            "month) the last of them would be trained in September 2018.",
            id="already gone",
        ),
        pytest.param(
            {"target": 90}, 400, 0, Rating.COMPLETE,
            "Nobody is left to train, and £40,000 of the £50,000 budget is neither spent nor promised. The target is "
            "90 people trained, of whom 100 are.",
            id="nobody left to train",
        ),
        pytest.param(
            {"target": None} | STAFF, 400, 60, Rating.ON_TRACK,
            "The £40,000 left of the £50,000 budget trains 400 more people at £100 each, which is enough: 60 people "
            "are still to be trained. There is no target for people trained; 90 of 150 staff in scope and in post "
            "are trained.",
            id="no target but a staff list",
        ),
        pytest.param(
            {"target": None}, 400, None, Rating.NO_TARGET,
            "The £40,000 left of the £50,000 budget trains 400 more people at £100 each. How many are still to be "
            "trained is not known: set a target for people trained, or import the staff list. At the rate of the "
            "last 2 full months (50 people and £5,000 a month) the money would last until January 2019.",
            id="no target and no staff list",
        ),
        pytest.param(
            {"budget": None}, None, None, Rating.NO_DATA,
            "How many people the money left can train is not known, as there is no budget: import the budget book.",
            id="no budget",
        ),
        pytest.param(
            {"trained": 0}, None, None, Rating.NO_DATA,
            "Nobody has been trained by 10 May 2018, so what training one person costs is not known yet.",
            id="nobody trained yet",
        ),
        pytest.param(
            {"spent": 0}, None, None, Rating.NO_DATA,
            "Nothing has been spent by 10 May 2018, so what training one person costs is not known yet.",
            id="nothing spent yet",
        ),
    ],
)  # fmt: skip
def test_the_runway_says_where_money_and_people_stand(
    given: dict[str, Any], value: int | None, of: int | None, rating: Rating, said: str
) -> None:
    figure = training_runway(council(**given), ON)

    assert (figure.value, figure.denominator, figure.rating) == (value, of, rating)
    assert figure.sentence.startswith(said)


def test_the_example_has_money_for_792_more_people_and_needs_115() -> None:
    figure = training_runway(example_frames(), ON)

    # £165,000 less £41,951.21 and £6,423.59, at £41,951.21 for 285 people
    assert (figure.value, figure.denominator, figure.due_on) == (792, 115, date(2018, 12, 31))
    assert figure.parts == {
        "money_left_pence": 116_625_20, "cost_per_person_pence": 147_20, "trained": 285, "still_to_train": 115,
        "more_money_needed_pence": 0, "people_run_out": "2018-07", "money_runs_out": "2019-12",
    }  # fmt: skip


def test_partner_headcounts_are_trained_and_credits_lower_the_cost() -> None:
    frames = programme(
        training=TrainingFrames(
            people=people({"people": 6}), headcounts=headcounts({"attended": 4}, {"level": "briefing"})
        ),
        budget=BudgetFrames(
            budget_lines({"approved_pence": 900_00}),
            spending=spending({"amount_pence": 500_00}, {"entry_kind": "credit", "amount_pence": -200_00}),
        ),
    )  # fmt: skip

    assert (training_runway(frames, ON).value, training_runway(frames, ON).parts["trained"]) == (20, 10)


def test_what_sessions_cost_is_named_where_it_is_recorded_and_is_not_the_basis() -> None:
    held = sessions(
        {"cost_pence": 1_200_00}, {"cost_pence": 5_00, "status": "cancelled"}, {"cost_pence": 9, "held": False}
    )

    figure = training_runway(council(sessions=held), ON)

    assert figure.value == 400
    assert figure.sentence.endswith("the 100 trained, and not the £1,200 recorded as the cost of the sessions held.")


def test_the_programmes_own_tolerance_rates_the_runway() -> None:
    frames = council(budget=30_000_00, promised=1_000_00)
    lenient = ProgrammeFrames(
        frames.programme, frames.training, budget=frames.budget, targets=frames.targets,
        rules={"B4": RatingRule("B4", Direction.HIGHER, 0.05, 0.2)},
    )  # fmt: skip

    figure = training_runway(lenient, ON)

    assert figure.rating is Rating.ON_TRACK
    assert "On track means 5% short at most; up to 20% short is slightly behind." in figure.rating_reason


def test_a_part_of_the_programme_has_the_runway_of_the_whole() -> None:
    frames = example_frames()

    part = training_runway(filtered(filtered(frames, agency="Legal Services"), level="advanced"), ON)

    assert part == training_runway(frames, ON)


@pytest.mark.parametrize(
    ("amount", "a_month", "on", "month"),
    [
        (0, 10, ON, date(2018, 5, 1)),
        (10, 10, date(2018, 5, 31), date(2018, 6, 1)),  # used up on the last day of June
        (11, 10, date(2018, 5, 31), date(2018, 7, 1)),
        (70, 10, date(2018, 5, 31), date(2018, 12, 1)),
        (80, 10, date(2018, 5, 31), date(2019, 1, 1)),
        (5, 0, ON, None),
        (5, -3, ON, None),  # more is credited than spent
        (10_000, 10, ON, None),  # in the next century
    ],
)
def test_the_month_in_which_something_is_used_up(amount: int, a_month: int, on: date, month: date | None) -> None:
    assert used_up_in(amount, Pace(MARCH, MARCH, a_month, a_month), a_month, on) == month


def test_a_month_that_is_not_over_gives_no_rate() -> None:
    figure = training_runway(council(), date(2018, 3, 20))

    assert "There is no full month yet to take a rate from." in figure.sentence
    assert "At the rate of the last full month (50 people" in training_runway(council(), date(2018, 3, 31)).sentence
