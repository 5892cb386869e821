"""On track or behind, and why."""

from datetime import date

import pytest

from sos_tracker.measures.rating import DEFAULT_RULES, Wording, rate
from sos_tracker.records.figures import Direction, Rating, RatingRule
from tests.measures.by_hand import ON

PEOPLE = Wording("The people trained", lambda number: f"{number:,.0f}", lambda number: f"{number:,.0f}")
DUE = date(2018, 12, 31)


@pytest.mark.parametrize(
    ("value", "rating"),
    [
        (400, Rating.COMPLETE),
        (285, Rating.ON_TRACK),
        (176, Rating.ON_TRACK),
        (175, Rating.SLIGHTLY_BEHIND),
        (159, Rating.SLIGHTLY_BEHIND),
        (158, Rating.BEHIND),
        (0, Rating.BEHIND),
        (None, Rating.NO_DATA),
    ],
)
def test_people_trained_against_176_expected_and_400_in_the_end(value: float | None, rating: Rating) -> None:
    assert rate(value, 176, 400, DUE, ON, DEFAULT_RULES["T1"], PEOPLE)[0] is rating


def test_exactly_a_tenth_below_is_slightly_behind() -> None:
    assert rate(90, 100, 400, DUE, ON, DEFAULT_RULES["T1"], PEOPLE)[0] is Rating.SLIGHTLY_BEHIND
    assert rate(0.63, 0.7, 1.0, DUE, ON, DEFAULT_RULES["L1"], PEOPLE)[0] is Rating.SLIGHTLY_BEHIND


def test_the_reason_answers_why_it_is_red() -> None:
    _, reason = rate(50, 176, 400, DUE, ON, DEFAULT_RULES["T1"], PEOPLE)

    assert reason == (
        "The people trained against 176 expected by 10 May 2018: 126 behind. "
        "On track means at least the target to date; more than 10% below it is behind."
    )


def test_after_the_day_it_was_due_the_reason_speaks_of_what_was_due() -> None:
    rating, reason = rate(380, 400, 400, DUE, date(2019, 2, 1), DEFAULT_RULES["T1"], PEOPLE)

    assert rating is Rating.SLIGHTLY_BEHIND
    assert "against 400 due by 31 December 2018: 20 behind. On track means at least the target;" in reason


@pytest.mark.parametrize(
    ("actual", "rating"),
    [
        (100, Rating.ON_TRACK),
        (102, Rating.ON_TRACK),
        (98, Rating.ON_TRACK),
        (103, Rating.SLIGHTLY_BEHIND),
        (95, Rating.SLIGHTLY_BEHIND),
        (105, Rating.SLIGHTLY_BEHIND),
        (106, Rating.BEHIND),
        (62, Rating.BEHIND),
    ],
)
def test_spending_is_on_track_near_its_profile_and_behind_when_far_over_or_under(actual: int, rating: Rating) -> None:
    assert rate(actual, 100, 1000, DUE, ON, DEFAULT_RULES["B1"], PEOPLE)[0] is rating


def test_money_spent_before_any_was_planned_is_behind_and_none_spent_is_not_due() -> None:
    assert rate(50, 0, 1000, DUE, ON, DEFAULT_RULES["B1"], PEOPLE)[0] is Rating.BEHIND
    assert rate(0, 0, 1000, DUE, ON, DEFAULT_RULES["B1"], PEOPLE)[0] is Rating.NOT_DUE


def test_a_share_just_over_its_tolerance_is_not_shown_as_within_it() -> None:
    rating, reason = rate(102.4, 100, 1000, DUE, ON, DEFAULT_RULES["B1"], PEOPLE)

    assert rating is Rating.SLIGHTLY_BEHIND
    assert "(2.4%) over. On track means within 2% over or under" in reason


def test_nothing_is_due_before_the_target_starts_to_count() -> None:
    rating, reason = rate(3, 0, 400, DUE, ON, DEFAULT_RULES["T1"], PEOPLE, starts_on=date(2018, 6, 1))

    assert rating is Rating.NOT_DUE
    assert reason == "Nothing is expected before 1 June 2018, when the target starts to count."


def test_without_a_target_there_is_nothing_to_rate_against() -> None:
    assert rate(285, None, None, None, ON, DEFAULT_RULES["T1"], PEOPLE)[0] is Rating.NO_TARGET


@pytest.mark.parametrize(
    ("days", "rating"),
    [(-5, Rating.ON_TRACK), (30, Rating.ON_TRACK), (31, Rating.SLIGHTLY_BEHIND), (61, Rating.BEHIND)],
)
def test_a_slip_is_rated_in_days(days: int, rating: Rating) -> None:
    assert rate(days, 0, None, None, ON, DEFAULT_RULES["M3"], PEOPLE)[0] is rating


def test_a_council_may_set_its_own_tolerances() -> None:
    lenient = RatingRule("T1", Direction.HIGHER, on_track_within=0.10, slightly_behind_within=0.20)

    found = [rate(value, 100, 400, DUE, ON, lenient, PEOPLE) for value in (90, 80, 79)]

    assert [rating for rating, _ in found] == [Rating.ON_TRACK, Rating.SLIGHTLY_BEHIND, Rating.BEHIND]
    assert "On track means no more than 10% below the target to date" in found[0][1]
