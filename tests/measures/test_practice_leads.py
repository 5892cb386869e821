"""Teams and partner agencies with a trained practice lead in post."""

from datetime import date

import pandas as pd
import pytest

from sos_tracker.measures.practice_leads import (
    coverage,
    coverage_by_agency,
    coverage_by_month,
    teams_with_trained_lead,
)
from sos_tracker.records.figures import LeftOut, Rating
from tests.measures.by_hand import ON, posts, programme, targets


@pytest.mark.parametrize(
    ("post", "state"),
    [
        ({"starts_on": date(2018, 1, 1)}, "trained lead"),
        ({"starts_on": ON}, "trained lead"),
        ({}, "trained lead"),
        ({"starts_on": date(2018, 5, 11)}, "vacant"),
        ({"starts_on": date(2018, 1, 1), "ends_on": ON}, "vacant"),
        ({"starts_on": date(2018, 1, 1), "ends_on": date(2018, 5, 11)}, "trained lead"),
        ({"filled": False}, "vacant"),
        ({"trained": False}, "lead not yet trained"),
        ({"trained": False, "trained_by_register": True}, "lead not yet trained"),
        ({"trained": None, "trained_by_register": True}, "trained lead"),
        ({"trained": None}, "lead not yet trained"),
    ],
)
def test_the_state_of_a_post_on_the_day(post: dict[str, object], state: str) -> None:
    assert coverage(posts(post), ON)["state"].tolist() == [state]


def test_the_best_of_several_holders_counts_and_the_team_counts_once() -> None:
    lines = posts(
        {"trained": False, "starts_on": date(2017, 11, 6)},
        {"starts_on": date(2018, 3, 1)},
        {"starts_on": date(2017, 11, 6), "ends_on": date(2017, 12, 16)},
    )

    found = coverage(lines, ON)

    assert found["state"].tolist() == ["trained lead"]
    assert found["since"].tolist() == [pd.Timestamp(2018, 3, 1)]
    figure = teams_with_trained_lead(programme(posts=lines), ON)
    assert (figure.value, figure.denominator) == (1, 1)
    assert figure.working.left_out == (
        LeftOut("earlier, later and further holders of a post that count no team again", 2),
    )


def test_a_post_is_vacant_since_its_last_holder_left() -> None:
    lines = posts(
        {"starts_on": date(2017, 11, 6), "ends_on": date(2018, 1, 31)},
        {"starts_on": date(2017, 11, 6), "ends_on": date(2018, 2, 28)},
        {"starts_on": date(2018, 6, 1)},
    )

    assert coverage(lines, ON)["since"].tolist() == [pd.Timestamp(2018, 2, 28)]


def test_vacant_posts_come_first_and_are_listed_by_agency_and_team() -> None:
    lines = posts({}, {"team": "South", "filled": False}, {"agency": "Police", "team": "Police", "filled": False})

    assert coverage(lines, ON)["team"].tolist() == ["South", "Police", "North"]
    figure = teams_with_trained_lead(programme(posts=lines), ON)
    assert figure.parts["vacant_list"] == ["Early Help / South", "Police / Police"]
    assert figure.sentence == (
        "1 of 3 teams and partner agencies (33%) has a trained practice lead on 10 May 2018. 2 have no practice lead."
    )


def test_coverage_is_rated_as_a_share() -> None:
    lines = posts({}, {"team": "South", "trained": False})
    due = {"measure": "L1", "is_rate": True, "target": 1.0, "baseline_on": date(2018, 1, 1), "due_on": date(2018, 5, 1)}

    figure = teams_with_trained_lead(programme(posts=lines, targets=targets(due)), ON)

    assert figure.rating is Rating.BEHIND
    assert figure.rating_reason.startswith(
        "50% of teams and agencies with a trained practice lead against 100% due by 1 May 2018: 50 percentage points"
    )


def test_agencies_are_shown_least_covered_first() -> None:
    lines = posts({}, {"team": "South", "filled": False}, {"agency": "Police"}, {"agency": "Legal", "filled": False})

    found = coverage_by_agency(lines, ON)

    assert found["agency"].tolist() == ["Legal", "Early Help", "Police"]
    assert found["rate"].tolist() == [0, 0.5, 1]


def test_coverage_by_month_ends_on_the_day_itself() -> None:
    lines = posts({"starts_on": date(2018, 3, 20)}, {"team": "South", "starts_on": date(2018, 5, 2)})

    found = coverage_by_month(lines, ON)

    assert found["as_of"].tolist() == [pd.Timestamp(2018, 3, 31), pd.Timestamp(2018, 4, 30), pd.Timestamp(ON)]
    assert found["covered"].tolist() == [1, 1, 2]
    assert coverage_by_month(posts({}), ON)["covered"].tolist() == [1]
    assert coverage_by_month(posts(), ON).empty
