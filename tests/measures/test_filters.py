"""One agency, one level, from one month on: what is narrowed, and what it does to the targets."""

from datetime import date

import pandas as pd
import pytest

from sos_tracker.measures import catalogue, frames
from sos_tracker.measures.filters import filtered
from sos_tracker.measures.frames import ProgrammeFrames, TrainingFrames
from sos_tracker.measures.training_series import cumulative_trained
from sos_tracker.records.figures import Figure, Rating
from sos_tracker.records.programme import Programme
from sos_tracker.records.training import CourseLevel

ON = date(2018, 5, 10)
NOV, JAN = pd.Timestamp(2017, 11, 1), pd.Timestamp(2018, 1, 1)


@pytest.fixture
def whole() -> ProgrammeFrames:
    """Care: 5 introductions in November, 2 of them advanced in January; Police: 3 introductions in January."""
    return ProgrammeFrames(
        programme=Programme(code="TEST", name="Signs of Safety", authority="A Council"),
        training=TrainingFrames(
            attendances=frames.frame(
                frames.ATTENDANCES,
                [
                    (NOV, "Care", "introduction", "delivered", "attended", True, 5, 5),
                    (NOV, "Care", "introduction", "delivered", "no-show", True, 1, 1),
                    (JAN, "Care", "advanced", "delivered", "attended", True, 2, 2),
                    (JAN, "Police", "introduction", "delivered", "attended", True, 3, 3),
                    (pd.NaT, "Police", "introduction", "", "booked", False, 4, 4),
                ],
            ),
            people=frames.frame(
                frames.PEOPLE,
                [
                    (NOV, "trained", "Care", 5),
                    (NOV, "introduction", "Care", 5),
                    (JAN, "advanced", "Care", 2),
                    (JAN, "trained", "Police", 3),
                    (JAN, "introduction", "Police", 3),
                ],
            ),
            headcounts=frames.frame(
                frames.HEADCOUNTS,
                [(JAN, "Schools", "introduction", True, 6, 1), (JAN, "Schools", "briefing", True, 9, 1)],
            ),
            sessions=frames.frame(
                frames.SESSIONS,
                [
                    (NOV, "introduction", "delivered", True, 1, 24, 0),
                    (JAN, "advanced", "delivered", True, 1, 12, 0),
                    (JAN, "briefing", "delivered", True, 1, 30, 0),
                ],
            ),
            staff=frames.frame(frames.STAFF, [("Care", "Fostering", True, 8, 4), ("Police", "East", True, 5, 2)]),
            trained_leavers=1,
            staff_listed=True,
        ),
        posts=frames.frame(
            frames.POSTS,
            [
                ("Care", "Fostering", True, NOV, pd.NaT, True, False),
                ("Police", "East", False, pd.NaT, pd.NaT, None, False),
            ],
        ),
        targets=frames.frame(
            frames.TARGETS,
            [
                ("T1", "People trained", False, 0, NOV, 40, pd.Timestamp(2018, 12, 31), "Board", NOV, "", (), False),
                ("L1", "Practice leads", True, 0, NOV, 1, pd.Timestamp(2018, 12, 31), "Board", NOV, "", (), False),
                ("B1", "Spend", False, 0, NOV, 1000, pd.Timestamp(2018, 12, 31), "Board", NOV, "", (), False),
            ],
        ),
    )


def figure(part: ProgrammeFrames, code: str) -> Figure:
    return next(figure for figure in catalogue.figures(part, ON) if figure.code == code)


def test_without_a_filter_nothing_is_narrowed(whole: ProgrammeFrames) -> None:
    assert filtered(whole) is whole


def test_one_agency_has_its_own_people_attendances_staff_and_posts(whole: ProgrammeFrames) -> None:
    part = filtered(whole, agency="Care")

    assert figure(part, "T1").value == 5
    assert figure(part, "T2").value == 7
    assert (figure(part, "T3").value, figure(part, "T3").denominator) == (4, 8)
    assert (figure(part, "L1").value, figure(part, "L1").denominator) == (1, 1)


def test_an_agency_that_reports_headcounts_keeps_them(whole: ProgrammeFrames) -> None:
    assert figure(filtered(whole, agency="Schools"), "T1").value == 6


def test_a_level_takes_the_place_of_trained(whole: ProgrammeFrames) -> None:
    part = filtered(whole, level="advanced")

    assert figure(part, "T1").value == 2
    assert "advanced" in figure(part, "T1").definition.lower()
    assert cumulative_trained(part.training, ON)["trained"].iloc[-1] == 2
    assert set(part.training.sessions["level"]) == {"advanced"}


def test_headcounts_of_a_level_that_is_no_training_count_when_it_is_chosen(whole: ProgrammeFrames) -> None:
    assert figure(filtered(whole, level="briefing"), "T1").value == 9


def test_the_share_of_staff_at_one_level_is_not_known_rather_than_wrong(whole: ProgrammeFrames) -> None:
    assert figure(filtered(whole, level="advanced"), "T3").value is None


def test_from_a_month_on_leaves_out_what_was_before_and_what_has_no_date(whole: ProgrammeFrames) -> None:
    part = filtered(whole, first_month=date(2018, 1, 15))

    assert figure(part, "T1").value == 3 + 6
    assert set(part.training.attendances["month"]) == {JAN}
    assert len(part.posts) == 2


def test_filters_narrow_together(whole: ProgrammeFrames) -> None:
    assert figure(filtered(whole, agency="Care", level="introduction", first_month=date(2017, 11, 1)), "T2").value == 5


def test_part_of_a_programme_has_no_target_of_its_own(whole: ProgrammeFrames) -> None:
    assert figure(filtered(whole, agency="Care"), "T1").rating is Rating.NO_TARGET
    assert figure(filtered(whole, agency="Care"), "L1").rating is Rating.NO_TARGET
    assert figure(filtered(whole, level="advanced"), "L1").target_final == 1
    assert set(filtered(whole, agency="Care").targets["measure"]) == {"B1"}


def test_the_whole_is_left_as_it_was_and_columns_keep_their_kinds(whole: ProgrammeFrames) -> None:
    before = whole.training.people.copy()

    part = filtered(whole, agency="Nobody", level="advanced", first_month=date(2018, 1, 1))

    pd.testing.assert_frame_equal(whole.training.people, before)
    for name in ("attendances", "people", "headcounts", "sessions", "staff"):
        expected = getattr(frames, name.upper())
        assert {column: str(kind) for column, kind in getattr(part.training, name).dtypes.items()} == dict(expected)
    assert whole.programme.trained_levels == (CourseLevel.INTRODUCTION, CourseLevel.ADVANCED)
