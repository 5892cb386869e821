"""Milestones achieved, overdue and moved."""

from datetime import date

import pandas as pd

from sos_tracker.measures.milestones import (
    achieved_by_domain,
    forecast_path,
    milestone_slip,
    milestone_states,
    milestones_achieved,
    milestones_overdue,
)
from sos_tracker.records.figures import Direction, LeftOut, Rating, RatingRule
from tests.measures.by_hand import ON, milestones, moves, programme

DONE = {"reference": "A", "baseline_on": date(2018, 3, 1), "achieved_on": date(2018, 3, 7)}
LATE = {"reference": "B", "title": "Forms aligned", "baseline_on": ON, "forecast_on": date(2018, 7, 9)}
SOON = {"reference": "C", "baseline_on": date(2018, 6, 9), "forecast_on": date(2018, 6, 9)}
LATER = {"reference": "D", "baseline_on": date(2018, 6, 10)}


def test_each_milestone_as_it_stands_on_the_day_overdue_first() -> None:
    found = milestone_states(milestones(DONE, LATER, SOON, LATE), ON)

    assert found["reference"].tolist() == ["B", "C", "D", "A"]
    assert found["state"].tolist() == ["overdue", "due within 30 days", "not due yet", "achieved"]
    assert found["slip_days"].tolist()[:2] == [60, 0]
    assert pd.isna(found["slip_days"][2])


def test_what_is_achieved_after_the_day_is_not_achieved_on_it() -> None:
    found = milestone_states(milestones(DONE), date(2018, 3, 6))

    assert found["state"].tolist() == ["overdue"]
    assert found["achieved_on"].isna().all()


def test_a_date_that_was_moved_is_marked_and_a_first_forecast_is_no_move() -> None:
    first = {"milestone": "B", "forecast_from": None, "forecast_to": ON}
    moved = {"milestone": "B", "forecast_from": ON, "forecast_to": date(2018, 7, 9)}

    found = milestone_states(milestones(LATE, SOON), ON, moves(first, moved))

    assert dict(zip(found["reference"], found["moves"], strict=True)) == {"B": 1, "C": 0}


def test_the_forecasts_of_a_milestone_are_told_from_the_one_before_the_first_move() -> None:
    told = [
        {"milestone": "C", "forecast_from": ON, "forecast_to": None},
        {"milestone": "B", "forecast_from": ON, "forecast_to": date(2018, 6, 9), "moved_on": date(2018, 2, 1)},
        {"milestone": "B", "forecast_from": date(2018, 6, 9), "forecast_to": date(2018, 7, 9)},
    ]

    path = forecast_path(moves(*told), "B", ON)

    assert path["forecast_on"].dt.date.tolist() == [ON, date(2018, 6, 9), date(2018, 7, 9)]
    assert path["slip_days"].tolist() == [0, 30, 60]
    assert path["days"].tolist()[1:] == [30, 30]
    assert path["moved_on"].isna().tolist() == [True, False, False]


def test_each_domain_has_its_milestones_counted_the_most_overdue_first() -> None:
    rows = [{**DONE, "domain": "Leadership"}, {**LATE, "domain": "Learning"}, {**SOON, "domain": "Learning"}]
    found = achieved_by_domain(milestones(*rows), ON)

    assert found.to_dict("records") == [
        {"domain": "Learning", "total": 2, "due": 1, "achieved": 0, "overdue": 1},
        {"domain": "Leadership", "total": 1, "due": 1, "achieved": 1, "overdue": 0},
    ]


def test_milestones_achieved_are_held_against_those_due() -> None:
    figure = milestones_achieved(programme(milestones=milestones(DONE, LATE, SOON, LATER)), ON)

    assert (figure.value, figure.denominator, figure.rate) == (1, 2, 0.5)
    assert figure.parts == {"due": 2, "total": 4, "achieved": 1}
    assert figure.rating is Rating.BEHIND
    assert figure.sentence == (
        "1 of 2 milestones due by 10 May 2018 has been achieved (50%); all 4 are due by 10 June 2018."
    )
    assert figure.working.left_out == (LeftOut("milestones not due yet", 2),)


def test_a_milestone_achieved_early_is_told_and_is_not_among_those_due() -> None:
    figure = milestones_achieved(programme(milestones=milestones(DONE, {**LATER, "achieved_on": date(2018, 5, 1)})), ON)

    assert (figure.value, figure.denominator, figure.parts["achieved"]) == (1, 1, 2)
    assert figure.sentence.endswith("1 more was achieved before the date due.")
    assert figure.rating is Rating.ON_TRACK


def test_all_milestones_achieved_is_complete() -> None:
    assert milestones_achieved(programme(milestones=milestones(DONE)), ON).rating is Rating.COMPLETE


def test_none_due_yet_is_not_nought_per_cent() -> None:
    frames = programme(milestones=milestones(LATER))

    achieved, overdue = milestones_achieved(frames, ON), milestones_overdue(frames, ON)

    assert (achieved.value, achieved.denominator, achieved.rate, achieved.rating) == (0, 0, None, Rating.NOT_DUE)
    assert achieved.sentence == "No milestone was due by 10 May 2018."
    assert (overdue.value, overdue.rating) == (0, Rating.NOT_DUE)


def test_one_milestone_overdue_is_behind_and_is_named() -> None:
    figure = milestones_overdue(programme(milestones=milestones(DONE, LATE)), ON)

    assert (figure.value, figure.denominator, figure.parts) == (1, 2, {"overdue_list": ["Forms aligned"]})
    assert figure.sentence == "1 of 2 milestones due by 10 May 2018 is overdue. Overdue: Forms aligned."
    assert figure.rating is Rating.BEHIND


def test_a_council_may_allow_some_milestones_to_be_overdue() -> None:
    half = {"M2": RatingRule("M2", Direction.LOWER, 0.0, 0.5)}

    figure = milestones_overdue(programme(milestones=milestones(DONE, LATE), rules=half), ON)

    assert figure.rating is Rating.SLIGHTLY_BEHIND
    assert "slightly behind means up to 50% of those due overdue" in figure.rating_reason


def test_none_overdue_is_on_track() -> None:
    figure = milestones_overdue(programme(milestones=milestones(DONE)), ON)

    assert figure.rating is Rating.ON_TRACK
    assert figure.sentence == "No milestone is overdue: the 1 due by 10 May 2018 has been achieved."


def test_the_slip_is_from_the_first_agreed_date_to_achievement_or_else_the_forecast() -> None:
    done_late = {**DONE, "forecast_on": date(2018, 12, 1), "achieved_on": date(2018, 4, 10)}

    figure = milestone_slip(programme(milestones=milestones(done_late, LATE, SOON, LATER)), ON)

    assert (figure.value, figure.parts["slipped_over_30_days"], figure.parts["median_days"]) == (60, 2, 40)
    assert figure.parts["by_milestone"] == {"A": 40, "B": 60, "C": 0}
    assert figure.rating is Rating.SLIGHTLY_BEHIND
    assert figure.working.left_out == (LeftOut("milestones neither achieved nor forecast", 1),)


def test_thirty_days_late_is_not_over_thirty() -> None:
    late = {**DONE, "achieved_on": date(2018, 3, 31)}

    figure = milestone_slip(programme(milestones=milestones(late)), ON)

    assert (figure.value, figure.parts["slipped_over_30_days"], figure.rating) == (30, 0, Rating.ON_TRACK)


def test_a_forecast_that_has_passed_is_told() -> None:
    figure = milestone_slip(programme(milestones=milestones({**LATE, "forecast_on": date(2018, 5, 9)})), ON)

    assert figure.parts["forecast_passed"] == ["Forms aligned"]
    assert figure.sentence.endswith("1 milestone not achieved has also passed its forecast date.")


def test_all_in_time_has_no_slip_to_speak_of() -> None:
    figure = milestone_slip(programme(milestones=milestones({**DONE, "achieved_on": date(2018, 2, 20)})), ON)

    assert figure.value == -9
    assert figure.sentence == "No milestone is later than its first agreed date."
    assert figure.rating is Rating.ON_TRACK


def test_without_any_date_to_hold_against_the_first_the_slip_is_not_known() -> None:
    figure = milestone_slip(programme(milestones=milestones(LATER)), ON)

    assert figure.value is None
    assert figure.sentence.startswith("The slip cannot be reckoned")
