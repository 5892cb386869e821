"""What each status says of itself, and what stands beside it: the end, the forecast, the first target, a person."""

from datetime import date
from typing import Any

import pytest

from sos_tracker.measures.catalogue import figure
from sos_tracker.measures.filters import filtered
from sos_tracker.measures.frames import BudgetFrames, ProgrammeFrames, TrainingFrames
from sos_tracker.measures.published import forecast_status
from sos_tracker.records.figures import Direction, Figure, Rating, RatingRule
from sos_tracker.records.statuses import given_in_words, statuses, word
from tests.measures.by_hand import (
    ON,
    attendances,
    budget_lines,
    milestones,
    overrides,
    people,
    profile,
    programme,
    spending,
    staff,
    targets,
)

BEGAN = date(2017, 11, 1)
ALL = targets({"measure": "T3", "is_rate": True, "target": 1.0, "baseline_on": BEGAN, "due_on": date(2018, 3, 31)})


def in_scope(trained: int, of: int) -> ProgrammeFrames:
    listed = staff({"staff": of, "trained": trained}) if of else staff()
    return programme(training=TrainingFrames(staff=listed, staff_listed=True), targets=ALL)


def trained(*months: tuple[date, int], **others: Any) -> ProgrammeFrames:
    rows = people(*({"month": month, "people": number} for month, number in months))
    return programme(training=TrainingFrames(people=rows), **others)


FEBRUARY, JANUARY, MAY = date(2018, 2, 1), date(2018, 1, 1), date(2018, 5, 1)
LOWERED = targets(
    {"baseline_on": BEGAN, "target": 400.0, "approved_on": date(2017, 7, 1)},
    {"baseline_on": BEGAN, "target": 200.0, "approved_on": date(2018, 4, 12), "reason": "Fewer trainers than planned"},
)
A_LATE_ONE = {"title": "Forms aligned", "baseline_on": date(2018, 5, 1)}

SENTENCES: list[tuple[str, ProgrammeFrames, str, Rating, str]] = [
    (
        "0 of 0", in_scope(0, 0), "T3", Rating.NOT_DUE,
        "No staff in scope are in post on 10 May 2018, so none are due to be trained yet.",
    ),
    (
        "199 of 200", in_scope(199, 200), "T3", Rating.SLIGHTLY_BEHIND,
        ("99% of staff in scope and in post trained against 100% due by 31 March 2018: 1 percentage point "
         "behind. On track means at least the target; up to 10% below it is slightly behind."),
    ),
    (
        "1 of 1,000", in_scope(1, 1_000), "T3", Rating.BEHIND,
        ("less than 1% of staff in scope and in post trained against 100% due by 31 March 2018: 100 percentage points "
         "behind. On track means at least the target; more than 10% below it is behind."),
    ),
    (
        "lower is better", programme(milestones=milestones(A_LATE_ONE)), "M2", Rating.BEHIND,
        "1 of 1 milestone due by 10 May 2018 is overdue. On track means none overdue.",
    ),
    (
        "a target of zero", trained((MAY, 3), targets=targets({"target": 0.0, "baseline_on": BEGAN})), "T1",
        Rating.NOT_DUE, "The target is 0, so nothing is asked that could be rated.",
    ),
    (
        "reached early", trained((MAY, 400), targets=targets({"baseline_on": BEGAN})), "T1", Rating.COMPLETE,
        "400 people trained: the target of 400 due by 31 December 2018 is reached, with 235 days to go.",
    ),
    (
        "no data for three months", trained((JANUARY, 150), targets=targets({"baseline_on": BEGAN})), "T1",
        Rating.STALE,
        ("No attendance at training has been recorded since January 2018: 3 whole months without one by 10 May 2018. "
         "The project manager is to bring the records in, or to say that there were none. By what there is: 150 people "
         "trained against 179 expected by 10 May 2018: 29 behind. On track means at least the target to date; more "
         "than 10% below it is behind."),
    ),
    (
        "two months without are no state", trained((FEBRUARY, 180), targets=targets({"baseline_on": BEGAN})), "T1",
        Rating.ON_TRACK,
        "180 people trained against 179 expected by 10 May 2018: 1 ahead. On track means at least the target to date.",
    ),
    (
        "lowered after a miss", trained((FEBRUARY, 100), targets=LOWERED), "T1", Rating.ON_TRACK,
        "100 people trained against 89 expected by 10 May 2018: 11 ahead. On track means at least the target to date.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("frames", "code", "rating", "sentence"), [case[1:] for case in SENTENCES], ids=[case[0] for case in SENTENCES]
)
def test_each_status_explains_itself(frames: ProgrammeFrames, code: str, rating: Rating, sentence: str) -> None:
    found = figure(frames, code, ON)

    assert (found.rating, found.rating_reason) == (rating, sentence)


def test_a_target_lowered_after_a_miss_says_so_and_stands_against_the_first() -> None:
    revised = figure(trained((FEBRUARY, 100), targets=LOWERED), "T1", ON).revision

    assert revised is not None
    assert revised.what == "The target was lowered from 400 to 200 on 12 April 2018, after the one before was missed."
    assert revised.then == (
        "On 31 March 2018: 100 people trained against 141 expected by 31 March 2018: 41 behind. "
        "The reason given: Fewer trainers than planned."
    )
    assert revised.status.rating is Rating.BEHIND
    assert revised.status.reason.startswith("100 people trained against 179 expected by 10 May 2018: 79 behind.")


def test_a_target_lowered_while_it_was_met_or_raised_is_not_said_to_be_missed() -> None:
    met = figure(trained((FEBRUARY, 180), targets=LOWERED), "T1", ON).revision
    raised = figure(trained((FEBRUARY, 10), targets=LOWERED.assign(target=[200.0, 400.0])), "T1", ON).revision

    assert met is not None
    assert met.what == "The target was lowered from 400 to 200 on 12 April 2018."
    assert raised is not None
    assert raised.what == "The target was raised from 200 to 400 on 12 April 2018."


def test_what_cannot_be_known_of_an_earlier_day_is_said() -> None:
    frames = in_scope(20, 100)
    lower = {"measure": "T3", "is_rate": True, "baseline_on": BEGAN, "due_on": date(2018, 3, 31)}
    revised = targets({**lower, "target": 1.0}, {**lower, "target": 0.5, "approved_on": date(2018, 4, 12)})

    found = figure(programme(training=frames.training, targets=revised), "T3", ON).revision

    assert found is not None
    assert found.then.startswith("Whether the one before was being met cannot be said: who was in post then")


# in the end, and what is likely


def test_until_it_is_due_the_final_target_says_what_is_still_to_come() -> None:
    found = figure(trained((MAY, 285), targets=targets({"baseline_on": BEGAN})), "T1", ON).against_final

    assert found is not None
    assert found.rating is Rating.NOT_DUE
    assert found.reason == (
        "285 people trained: 71% of the final target of 400 is reached, 115 still to come by 31 December 2018."
    )


def test_once_it_is_due_the_final_target_is_rated() -> None:
    found = figure(in_scope(199, 200), "T3", ON).against_final

    assert found is None  # what is due is the target to date already


def ended(expected: float, **target: Any) -> tuple[Rating, str]:
    frames = trained((MAY, 285), targets=targets({"baseline_on": BEGAN, **target}))
    found = forecast_status(frames, figure(frames, "T1", ON), expected)
    assert found is not None
    return found.rating, found.reason


@pytest.mark.parametrize(
    ("expected", "rating", "said"),
    [
        (420, Rating.ON_TRACK, "420 people trained are expected by {}, against 400: 20 (5%) more than that."),
        (400, Rating.ON_TRACK, "400 people trained are expected by {}, against 400: exactly that."),
        (380, Rating.SLIGHTLY_BEHIND, "380 people trained are expected by {}, against 400: 20 (5%) short."),
        (300, Rating.BEHIND, "300 people trained are expected by {}, against 400: 100 (25%) short."),
    ],
)
def test_what_is_likely_on_the_due_date_is_rated_against_the_final_target(
    expected: float, rating: Rating, said: str
) -> None:
    assert ended(expected) == (rating, f"{said.format('31 December 2018')} On track means nothing short.")


def test_without_a_target_or_a_forecast_nothing_is_said_of_the_end() -> None:
    frames = trained((MAY, 285))

    assert forecast_status(frames, figure(frames, "T1", ON), 400) is None
    assert ended(400)[0] is Rating.ON_TRACK


# what a person says


def given(frames: ProgrammeFrames, code: str = "T1", on: date = ON) -> Figure:
    return figure(frames, code, on)


def test_a_status_given_in_force_is_shown_with_the_one_of_the_rule_beside_it() -> None:
    said = overrides({"reason": "Two courses are booked for June", "rating": "on track"})
    found = given(trained((MAY, 100), targets=targets({"baseline_on": BEGAN}), overrides=said))

    assert (found.status, found.rating) == (Rating.ON_TRACK, Rating.BEHIND)
    assert [(told.name, told.word) for told in statuses(found)][:2] == [
        ("Now", "On track"), ("Now, by its rule", "Behind"),
    ]  # fmt: skip
    assert given_in_words(found) == (
        "Jane Smith says on track, until 30 June 2018: Two courses are booked for June. By its rule it is: behind."
    )


@pytest.mark.parametrize(
    ("made_on", "expires_on", "is_used"),
    [
        (date(2018, 5, 1), date(2018, 5, 10), True),
        (date(2018, 5, 10), date(2018, 6, 1), True),
        (date(2018, 4, 1), date(2018, 5, 9), False),
    ],
)
def test_a_status_that_has_expired_is_not_used(made_on: date, expires_on: date, *, is_used: bool) -> None:
    said = overrides({"made_on": made_on, "expires_on": expires_on})
    found = given(trained((MAY, 100), targets=targets({"baseline_on": BEGAN}), overrides=said))

    assert (found.given is not None) is is_used


def test_the_newest_of_several_statuses_in_force_is_used_and_that_of_a_forecast_is_apart() -> None:
    said = overrides(
        {"rating": "behind"},
        {"rating": "slightly behind", "made_on": date(2018, 5, 5)},
        {"rating": "on track", "of_forecast": True, "made_on": date(2018, 5, 6)},
    )
    found = given(trained((MAY, 100), targets=targets({"baseline_on": BEGAN}), overrides=said))

    assert found.given is not None
    assert found.given.rating is Rating.SLIGHTLY_BEHIND
    assert found.given_forecast is not None
    assert found.given_forecast.rating is Rating.ON_TRACK


def test_a_status_of_the_whole_programme_is_not_that_of_one_agency() -> None:
    whole = trained((JANUARY, 100), targets=targets({"baseline_on": BEGAN}), overrides=overrides({}))

    part = given(filtered(whole, agency="Early Help"))

    assert (part.given, part.rating) == (None, Rating.NO_TARGET)


# recent or not


@pytest.mark.parametrize(
    ("on", "is_stale"),
    [
        (date(2018, 4, 29), False),
        (date(2018, 4, 30), True),  # February, March and April are over
        (date(2018, 12, 31), True),
        (date(2019, 1, 1), False),  # the target was due: nothing more is to come
    ],
)
def test_three_whole_months_without_a_record_are_no_recent_data(on: date, *, is_stale: bool) -> None:
    found = given(trained((JANUARY, 50), targets=targets({"baseline_on": BEGAN})), on=on)

    assert (found.rating is Rating.STALE) is is_stale
    if is_stale:
        assert word(found) == "No data since January 2018"


def test_a_target_that_is_complete_needs_no_newer_data() -> None:
    assert given(trained((JANUARY, 400), targets=targets({"baseline_on": BEGAN}))).rating is Rating.COMPLETE


def test_a_ledger_without_postings_has_no_recent_data_and_names_its_owner() -> None:
    rules = {"B1": RatingRule("B1", Direction.NEAR, 0.02, 0.05, data_months=2, data_owner="Finance")}
    money = BudgetFrames(
        budget_lines({}), profile({"month": FEBRUARY}, {"month": date(2018, 7, 1)}), spending({"month": FEBRUARY})
    )

    found = given(programme(budget=money, rules=rules), "B1")

    assert found.rating is Rating.STALE
    assert found.rating_reason.startswith(
        "No posting in the ledger has been recorded since February 2018: 2 whole months without one by 10 May 2018. "
        "Finance is to bring the records in"
    )


def test_a_rule_of_no_months_never_asks_for_newer_data() -> None:
    rules = {"T1": RatingRule("T1", Direction.HIGHER, 0.0, 0.1, data_months=0)}

    assert given(trained((JANUARY, 50), rules=rules)).rating is Rating.NO_TARGET


def test_attendances_count_as_data_though_nobody_is_trained_anew() -> None:
    rows = TrainingFrames(people=people({"month": JANUARY}), attendances=attendances({"level": "briefing"}))

    assert given(programme(training=rows, targets=targets({"baseline_on": BEGAN}))).rating is Rating.BEHIND
