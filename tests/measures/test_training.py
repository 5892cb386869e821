"""People trained, attendances, staff trained, and whether those who booked came."""

from datetime import date

import pandas as pd
import pytest

from sos_tracker.measures import training
from sos_tracker.measures.frames import ProgrammeFrames, TrainingFrames
from sos_tracker.records.figures import LeftOut, Rating
from sos_tracker.records.training import CourseLevel
from tests.measures.by_hand import (
    ON,
    PROGRAMME,
    attendances,
    headcounts,
    people,
    programme,
    sessions,
    staff,
    targets,
)


def _places(*rows: dict[str, object]) -> ProgrammeFrames:
    return programme(training=TrainingFrames(attendances=attendances(*rows)))


def test_a_walk_in_is_not_counted_as_booked_and_came() -> None:
    places = training.booked_and_came(_places({"attendances": 3}, {"outcome": "walk-in", "attendances": 2}), ON)

    assert (places.value, places.denominator) == (3, 3)
    assert places.parts["walk_ins"] == 2
    assert LeftOut("people who came without booking", 2) in places.working.left_out


def test_a_walk_in_is_an_attendance() -> None:
    assert training.attendances(_places({}, {"outcome": "walk-in"}), ON).value == 2


def test_an_attendance_at_a_session_whose_status_is_not_known_counts_but_not_as_booked_and_came() -> None:
    frames = _places({"attendances": 4}, {"session_status": "", "attendances": 6})

    assert training.attendances(frames, ON).value == 10
    places = training.booked_and_came(frames, ON)
    assert (places.value, places.denominator) == (4, 4)
    assert LeftOut("places on sessions past their date but not recorded as delivered", 6) in places.working.left_out


def test_nobody_attends_a_cancelled_session_or_one_still_to_come() -> None:
    frames = _places({"session_status": "cancelled"}, {"held": False}, {"held": False, "outcome": "booked"})

    figure = training.attendances(frames, ON)

    assert figure.value == 0
    assert figure.working.left_out == (
        LeftOut("bookings on sessions still to come or without a date", 2),
        LeftOut("bookings on sessions that were cancelled", 1),
    )


def test_every_booking_is_counted_or_left_out_with_a_reason() -> None:
    frames = _places(
        {"attendances": 7},
        {"outcome": "no-show", "attendances": 5},
        {"outcome": "cancelled", "attendances": 3},
        {"outcome": "booked", "attendances": 2},
        {"outcome": "walk-in"},
        {"session_status": "cancelled", "outcome": "cancelled"},
        {"session_status": "", "outcome": "no-show"},
        {"held": False, "outcome": "booked", "attendances": 9},
    )

    for figure in (training.attendances(frames, ON), training.booked_and_came(frames, ON)):
        assert figure.working.counted + sum(left.rows for left in figure.working.left_out) == 29


def test_cancellations_are_counted_wherever_they_were_registered() -> None:
    frames = _places({"outcome": "cancelled"}, {"outcome": "cancelled", "session_status": "cancelled"}, {})

    figure = training.booked_and_came(frames, ON)

    assert (figure.parts["cancellations"], figure.parts["cancellations_of_booked"], figure.denominator) == (2, 1, 2)


def test_none_of_none_booked_is_none_due_yet_and_not_nought_per_cent() -> None:
    figure = training.booked_and_came(_places({"held": False, "outcome": "booked"}), ON)

    assert (figure.value, figure.denominator, figure.rate) == (0, 0, None)
    assert figure.rating is Rating.NOT_DUE
    assert "%" not in figure.sentence


@pytest.mark.parametrize(
    ("came", "booked", "said"),
    [(199, 200, "(99%)"), (1, 1000, "(less than 1%)"), (200, 200, "(100%)"), (0, 5, "(0%)"), (1, 8, "(13%)")],
)
def test_a_share_is_never_rounded_onto_all_or_none(came: int, booked: int, said: str) -> None:
    rows = [{"attendances": came}] if came else []
    missed = [{"outcome": "no-show", "attendances": booked - came}] if booked > came else []

    assert said in training.booked_and_came(_places(*rows, *missed), ON).sentence


def test_headcounts_are_added_only_at_levels_that_count_as_training() -> None:
    frames = programme(
        training=TrainingFrames(
            people=people({"people": 5}),
            headcounts=headcounts(
                {"agency": "Police", "attended": 7},
                {"agency": "Police", "attended": 9, "held": False},
                {"agency": "Schools", "level": "briefing", "attended": 4},
            ),
        )
    )

    figure = training.people_trained(frames, ON)

    assert (figure.value, figure.parts["named"], figure.parts["headcount"]) == (12, 5, 7)
    assert figure.parts["headcount_by_agency"] == {"Police": 7, "Schools": 0}
    assert figure.sentence == (
        "12 people have been trained by 10 May 2018. 7 of them were counted by partner agencies without names."
    )


def test_the_programme_says_which_levels_count() -> None:
    briefings_count = PROGRAMME.model_copy(update={"trained_levels": (CourseLevel.BRIEFING,)})
    counted = TrainingFrames(headcounts=headcounts({"level": "briefing", "attended": 4}, {"attended": 9}))

    frames = ProgrammeFrames(briefings_count, counted)

    assert training.people_trained(frames, ON).value == 4
    assert training.cumulative_trained(frames.training, ON)["trained"].tolist() == [4]
    assert training.people_trained(frames, ON).definition.endswith("Here that is any briefing course.")


def test_people_at_one_level_are_not_added_to_people_trained() -> None:
    both = people({"people": 10}, {"level": "introduction", "people": 8}, {"level": "advanced", "people": 5})

    assert training.people_trained(programme(training=TrainingFrames(people=both)), ON).value == 10


def test_people_trained_against_the_target_says_all_four_numbers_and_dates() -> None:
    frames = programme(
        training=TrainingFrames(people=people({"people": 285})),
        targets=targets({"baseline_on": date(2017, 11, 6)}),
    )

    figure = training.people_trained(frames, ON)

    assert figure.sentence == (
        "285 people have been trained by 10 May 2018, against 176 expected by now and 400 by 31 December 2018."
    )
    assert figure.rating_reason == (
        "285 people trained against 176 expected by 10 May 2018: 109 ahead. On track means at least the target to date."
    )
    assert figure.rating is Rating.ON_TRACK


@pytest.mark.parametrize(
    ("number", "on", "rating", "clause"),
    [
        (400, ON, Rating.COMPLETE, "expected by now and 400 by 31 December 2018"),
        (3, date(2017, 11, 1), Rating.NOT_DUE, "against a target of 400 by 31 December 2018"),
        (390, date(2019, 3, 1), Rating.SLIGHTLY_BEHIND, "against a target of 400 by 31 December 2018"),
    ],
)
def test_reached_not_started_and_past_due(number: int, on: date, rating: Rating, clause: str) -> None:
    frames = programme(
        training=TrainingFrames(people=people({"people": number})), targets=targets({"baseline_on": date(2017, 11, 6)})
    )

    figure = training.people_trained(frames, on)

    assert figure.rating is rating
    assert clause in figure.sentence


def test_one_person_is_written_as_one() -> None:
    frames = programme(training=TrainingFrames(people=people({})), targets=targets({"baseline_on": date(2017, 11, 6)}))

    figure = training.people_trained(frames, ON)

    assert figure.sentence.startswith("1 person has been trained by")
    assert figure.rating_reason.startswith("1 person trained against")


def test_without_a_staff_list_the_share_of_staff_is_not_known() -> None:
    figure = training.staff_trained(programme(training=TrainingFrames(people=people({}))), ON)

    assert figure.value is None
    assert figure.rating is Rating.NO_DATA
    assert "import the staff list" in figure.sentence


def test_staff_out_of_scope_are_in_neither_number() -> None:
    listed = staff({"staff": 10, "trained": 6}, {"in_scope": False, "staff": 90, "trained": 80})

    figure = training.staff_trained(programme(training=TrainingFrames(staff=listed, staff_listed=True)), ON)

    assert (figure.value, figure.denominator, figure.rate) == (6, 10, 0.6)
    assert LeftOut("staff in post whom the strategy does not cover", 90) in figure.working.left_out


def test_no_staff_in_scope_is_none_due_yet() -> None:
    listed = staff({"in_scope": False, "staff": 9})

    figure = training.staff_trained(programme(training=TrainingFrames(staff=listed, staff_listed=True)), ON)

    assert (figure.value, figure.denominator, figure.rating) == (0, 0, Rating.NOT_DUE)


def test_a_share_of_staff_is_rated_against_a_target_that_is_a_share() -> None:
    frames = programme(
        training=TrainingFrames(staff=staff({"staff": 200, "trained": 199}), staff_listed=True),
        targets=targets({"measure": "T3", "is_rate": True, "target": 1.0, "due_on": date(2018, 5, 1)}),
    )

    figure = training.staff_trained(frames, ON)

    assert figure.rating is Rating.SLIGHTLY_BEHIND
    assert (figure.target_is_rate, figure.target_final) == (True, 1.0)
    assert "(99%)" in figure.sentence
    assert "against a target of 100% by 1 May 2018" in figure.sentence


def test_a_count_cannot_be_rated_against_a_percentage() -> None:
    frames = programme(
        training=TrainingFrames(people=people({})), targets=targets({"measure": "T1", "is_rate": True, "target": 0.8})
    )

    figure = training.people_trained(frames, ON)

    assert figure.rating is Rating.NO_TARGET
    assert (figure.target_final, figure.rating_reason) == (
        None,
        "The target is a percentage, and this figure is no part of a whole.",
    )


def test_a_team_of_one_is_never_named_the_worst() -> None:
    listed = staff(
        {"team": "North", "staff": 20, "trained": 10}, {"team": "Lone", "staff": 1}, {"team": "South", "staff": 5}
    )

    figure = training.staff_trained(programme(training=TrainingFrames(staff=listed, staff_listed=True)), ON)

    assert figure.parts["worst_team"] == {"team": "Early Help / South", "staff": 5, "trained": 0, "rate": 0.0}
    assert figure.parts["best_team"]["team"] == "Early Help / North"


def test_a_month_in_which_nobody_was_trained_is_in_the_series_and_the_last_is_marked_as_part() -> None:
    counted = TrainingFrames(people=people({"month": date(2018, 2, 1), "people": 3}, {"month": date(2018, 4, 1)}))

    series = training.cumulative_trained(counted, ON)

    assert series["trained"].tolist() == [3, 3, 4, 4]
    assert series["part_month"].tolist() == [False, False, False, True]
    assert series["as_of"].tolist()[-1] == pd.Timestamp(ON)


def test_a_month_seen_on_its_last_day_is_whole() -> None:
    series = training.cumulative_trained(TrainingFrames(people=people({})), date(2018, 5, 31))

    assert series["part_month"].tolist() == [False]


def test_agencies_are_shown_most_people_first_and_those_with_none_too() -> None:
    counted = TrainingFrames(
        people=people({"people": 5}, {"agency": "Legal", "people": 2}),
        headcounts=headcounts({"agency": "Police", "attended": 3}, {"agency": "Schools", "attended": 0}),
    )

    found = training.trained_by_agency(counted)

    assert found["agency"].tolist() == ["Early Help", "Police", "Legal", "Schools"]
    assert found["people"].tolist() == [5, 3, 2, 0]


def test_outcomes_by_level_leave_sessions_to_come_out_and_give_no_share_of_nobody() -> None:
    frames = _places({"level": "advanced", "outcome": "walk-in"}, {"attendances": 3}, {"outcome": "no-show"},
                     {"held": False})  # fmt: skip

    found = training.outcomes_by_level(frames.training)

    assert found["level"].tolist() == ["introduction", "advanced"]
    assert found["rate"].tolist()[0] == 0.75
    assert pd.isna(found["rate"][1])


def test_sessions_by_month_reach_to_the_last_session_planned() -> None:
    held = TrainingFrames(
        sessions=sessions({"month": date(2018, 4, 1)}, {"month": date(2018, 6, 1), "status": "planned", "held": False},
                          {"month": date(2018, 6, 1), "status": "", "held": False}, {"month": None, "status": ""})
    )  # fmt: skip

    found = training.sessions_by_month(held, ON)

    assert found[["delivered", "planned", "not_known"]].to_numpy().tolist() == [[1, 0, 0], [0, 0, 0], [0, 1, 1]]
    assert found["part_month"].tolist() == [False, True, False]


def test_coverage_by_team_shows_the_worst_first() -> None:
    listed = staff({"team": "A", "staff": 4, "trained": 3}, {"team": "B", "staff": 4, "trained": 1},
                   {"team": "C", "staff": 9, "in_scope": False})  # fmt: skip

    assert training.coverage_by_team(TrainingFrames(staff=listed))["team"].tolist() == ["B", "A"]
