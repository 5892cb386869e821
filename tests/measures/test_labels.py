"""The words people read."""

import pytest

from sos_tracker.records import labels
from sos_tracker.records.budget import EntryKind
from sos_tracker.records.figures import Confidence, Unit
from sos_tracker.records.training import CourseLevel, Outcome, SessionStatus


def test_every_value_has_a_word() -> None:
    said = {
        CourseLevel: labels.LEVEL, Outcome: labels.OUTCOME, SessionStatus: labels.SESSION_STATUS,
        EntryKind: labels.ENTRY_KIND, Confidence: labels.CONFIDENCE,
    }  # fmt: skip

    assert all(set(values) == set(words) for values, words in said.items())
    assert all(labels.count_of(1, unit).startswith("1 ") for unit in Unit)


@pytest.mark.parametrize(
    ("number", "unit", "said"),
    [
        (1, Unit.PEOPLE, "1 person"),
        (0, Unit.PEOPLE, "0 people"),
        (1700, Unit.STAFF, "1,700 staff"),
        (1, Unit.TEAMS, "1 team or agency"),
    ],
)
def test_one_is_singular(number: int, unit: Unit, said: str) -> None:
    assert labels.count_of(number, unit) == said


def test_lists_read_as_people_write_them() -> None:
    assert labels.listed([]) == ""
    assert labels.listed(["a"]) == "a"
    assert labels.listed(["a", "b", "c"]) == "a, b and c"
    assert labels.courses([CourseLevel.ADVANCED, CourseLevel.INTRODUCTION]) == "introduction or advanced course"


def test_a_word_that_is_no_level_or_status_is_not_known() -> None:
    assert labels.level_name("") == labels.session_status_name("") == "Not known"
    assert labels.level_name("introduction") == "Introduction (2 days)"
