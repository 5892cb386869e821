"""Where the strategy said the programme would be by now."""

from datetime import date

import pandas as pd
import pytest

from sos_tracker.measures.targets import current_target, original_line, original_only, position, target_line
from tests.measures.by_hand import ON, targets

FROM_NOVEMBER = {"baseline_on": date(2017, 11, 6), "due_on": date(2018, 12, 31), "target": 400.0}


@pytest.mark.parametrize(
    ("on", "to_date"),
    [
        (date(2017, 1, 1), 0),
        (date(2017, 11, 6), 0),
        (date(2018, 5, 10), 176),
        (date(2018, 12, 31), 400),
        (date(2020, 1, 1), 400),
    ],
)
def test_the_target_to_date_is_a_straight_line_flat_before_and_after(on: date, to_date: int) -> None:
    at = position(targets(FROM_NOVEMBER), "T1", on)

    assert at is not None
    assert (at.to_date, at.final, at.due_on) == (to_date, 400, date(2018, 12, 31))


def test_half_a_person_expected_is_a_whole_one() -> None:
    one_of_two_days = {"baseline_on": date(2018, 5, 9), "due_on": date(2018, 5, 11), "target": 5.0}

    at = position(targets(one_of_two_days), "T1", ON)

    assert at is not None
    assert at.to_date == 3


def test_a_share_is_not_rounded() -> None:
    all_teams = {**FROM_NOVEMBER, "measure": "L1", "is_rate": True, "target": 1.0, "due_on": date(2018, 8, 8)}

    at = position(targets(all_teams), "L1", ON)

    assert at is not None
    assert at.to_date == pytest.approx(185 / 275)


def test_a_newer_target_counts_from_the_day_it_is_approved() -> None:
    versions = targets(
        {**FROM_NOVEMBER, "approved_on": date(2017, 9, 27)},
        {**FROM_NOVEMBER, "target": 500.0, "approved_on": date(2018, 3, 1)},
    )

    before, after = (current_target(versions, "T1", on) for on in (date(2018, 2, 28), date(2018, 3, 1)))

    assert before is not None
    assert after is not None
    assert (before.target, after.target) == (400, 500)


def test_an_undated_target_holds_until_a_dated_one_is_approved() -> None:
    versions = targets(FROM_NOVEMBER, {**FROM_NOVEMBER, "target": 500.0, "approved_on": date(2018, 6, 1)})

    at = current_target(versions, "T1", ON)

    assert at is not None
    assert at.target == 400


def test_there_is_no_target_before_one_is_approved_nor_for_another_measure() -> None:
    later = targets({**FROM_NOVEMBER, "approved_on": date(2018, 6, 1)})

    assert current_target(later, "T1", ON) is None
    assert position(later, "L1", date(2019, 1, 1)) is None
    assert position(targets(), "T1", ON) is None


def test_a_version_with_several_points_runs_through_each() -> None:
    points = targets(
        {"baseline_on": date(2018, 1, 1), "due_on": date(2018, 1, 11), "target": 100.0},
        {"baseline_on": date(2018, 1, 1), "due_on": date(2018, 1, 21), "target": 120.0},
    )

    found = [position(points, "T1", date(2018, 1, day)) for day in (6, 11, 16)]

    assert [(at.to_date, at.final) for at in found if at] == [(50, 120), (100, 120), (110, 120)]


def test_the_target_line_steps_where_a_new_version_was_approved() -> None:
    versions = targets(
        {**FROM_NOVEMBER, "approved_on": date(2017, 11, 1)},
        {**FROM_NOVEMBER, "target": 800.0, "approved_on": date(2018, 5, 1)},
    )

    line = target_line(versions, "T1", [date(2017, 10, 31), date(2018, 4, 30), ON, date(2019, 1, 31)])

    assert pd.isna(line["target"][0])
    assert line["target"][1:].tolist() == [167, 352, 800]
    assert line["as_of"].tolist()[2] == pd.Timestamp(ON)


def test_a_target_bends_at_its_points_and_runs_straight_between_them() -> None:
    bent = {**FROM_NOVEMBER, "points": [["2018-01-01", 300.0], ["2018-07-01", 300.0]]}
    said = {on: position(targets(bent), "T1", on) for on in (date(2018, 1, 1), ON, date(2018, 12, 31))}
    assert [at and at.to_date for at in said.values()] == [300, 300, 400]


def test_the_original_target_is_the_version_approved_first_and_other_figures_keep_theirs() -> None:
    versions = targets(
        {"target": 400.0, "approved_on": date(2017, 7, 29)},
        {"target": 320.0, "approved_on": date(2018, 3, 1)},
        {"measure": "L1", "target": 18.0, "approved_on": date(2018, 3, 1)},
    )

    assert original_only(versions, "T1")["target"].tolist() == [400.0, 18.0]


def test_a_target_that_was_not_revised_by_then_has_no_line_of_its_original() -> None:
    versions = targets(
        {"target": 400.0, "approved_on": date(2017, 7, 29)}, {"target": 320.0, "approved_on": date(2018, 3, 1)}
    )

    assert original_line(versions, "T1", [date(2018, 2, 28)]) is None
    line = original_line(versions, "T1", [date(2018, 2, 28), date(2018, 12, 31)])
    assert line is not None
    assert line["target"].tolist()[-1] == 400
