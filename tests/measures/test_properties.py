"""What holds for every programme, whatever its numbers."""

from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sos_tracker.measures import training
from sos_tracker.measures.frames import TrainingFrames
from sos_tracker.measures.practice_leads import STATES, coverage, teams_with_trained_lead
from sos_tracker.measures.targets import position
from sos_tracker.records.training import CourseLevel, Outcome, SessionStatus
from tests.measures.by_hand import ON, attendances, posts, programme, targets

PLACES = st.fixed_dictionaries(
    {
        "level": st.sampled_from([*[level.value for level in CourseLevel], ""]),
        "session_status": st.sampled_from([*[status.value for status in SessionStatus], ""]),
        "outcome": st.sampled_from([outcome.value for outcome in Outcome]),
        "held": st.booleans(),
        "attendances": st.integers(1, 500),
    }
)
SOME_DAY = st.dates(date(2017, 1, 1), date(2019, 12, 31))
POSTS = st.fixed_dictionaries(
    {
        "team": st.sampled_from("ABCD"),
        "filled": st.booleans(),
        "starts_on": st.none() | SOME_DAY,
        "ends_on": st.none() | SOME_DAY,
        "trained": st.none() | st.booleans(),
        "trained_by_register": st.booleans(),
    }
)


@settings(max_examples=60, deadline=None)
@given(st.lists(PLACES, min_size=1, max_size=30))
def test_every_place_is_counted_once_or_left_out_once(places: list[dict[str, Any]]) -> None:
    frames = programme(training=TrainingFrames(attendances=attendances(*places)))
    registered = sum(place["attendances"] for place in places)

    for figure in (training.attendances(frames, ON), training.booked_and_came(frames, ON)):
        assert figure.working.counted + sum(left.rows for left in figure.working.left_out) == registered


@settings(max_examples=60, deadline=None)
@given(st.lists(PLACES, min_size=1, max_size=30))
def test_the_levels_add_up_to_booked_and_came(places: list[dict[str, Any]]) -> None:
    frames = programme(training=TrainingFrames(attendances=attendances(*places)))

    figure, levels = training.booked_and_came(frames, ON), training.outcomes_by_level(frames.training)

    assert (figure.value, figure.denominator) == (levels["came"].sum(), levels["booked"].sum())


@settings(max_examples=60, deadline=None)
@given(st.lists(POSTS, min_size=1, max_size=12))
def test_each_team_is_in_one_state_and_the_figure_counts_the_same(lines: list[dict[str, Any]]) -> None:
    made = posts(*lines)
    figure, teams = teams_with_trained_lead(programme(posts=made), ON), coverage(made, ON)

    assert set(teams["team"]) == {line["team"] for line in lines}
    assert set(teams["state"]) <= set(STATES)
    assert teams["team"].is_unique
    assert (figure.value, figure.denominator) == ((teams["state"] == "trained lead").sum(), len(teams))
    assert figure.denominator == figure.value + figure.parts["untrained"] + figure.parts["vacant"]


@settings(max_examples=60, deadline=None)
@given(SOME_DAY, SOME_DAY, st.integers(0, 5000))
def test_a_rising_target_never_falls_and_never_passes_its_end(one: date, other: date, number: int) -> None:
    made = targets({"baseline_on": date(2017, 11, 6), "target": float(number)})

    earlier, later = (position(made, "T1", on) for on in sorted((one, other)))

    assert earlier is not None
    assert later is not None
    assert 0 <= earlier.to_date <= later.to_date <= number
