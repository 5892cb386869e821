"""What would come of sessions added, moved or cancelled, beside those planned so far."""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from sos_tracker.charts.what_if import before_and_after, with_and_without
from sos_tracker.measures import what_if_sentences
from sos_tracker.measures.catalogue import figure
from sos_tracker.measures.frames import BudgetFrames, ProgrammeFrames, TrainingFrames
from sos_tracker.measures.observed import observed_by
from sos_tracker.measures.targets import target_line
from sos_tracker.measures.training_series import cumulative_trained
from sos_tracker.measures.what_if import WhatIf, what_if
from sos_tracker.records.training import CourseLevel
from sos_tracker.records.what_if import AS_PLANNED, Scenario, SessionsAdded, SessionsChanged
from tests.measures.by_hand import (
    ON,
    attendances,
    budget_lines,
    headcounts,
    people,
    programme,
    sessions,
    spending,
    staff,
    targets,
)

MARCH, JUNE, SEPTEMBER, DECEMBER = (date(2018, month, 1) for month in (3, 6, 9, 12))


def council(*planned: dict[str, Any], target: float | None = 100, **training: Any) -> ProgrammeFrames:
    """80 of 100 places taken up in March, 40 of them by new people, 30 of these staff in scope; £4,000 of £10,000."""
    to_come = ({"month": JUNE, "status": "planned", "held": False, **row} for row in planned)
    here: dict[str, Any] = {
        "sessions": sessions({"month": MARCH, "sessions": 5, "places": 100}, *to_come),
        "attendances": attendances({"month": MARCH, "attendances": 80}),
        "people": people({"month": MARCH, "people": 40}),
        "staff": staff({"staff": 60, "trained": 30}),
        "staff_listed": True,
    }
    return programme(
        training=TrainingFrames(**{**here, **training}),
        budget=BudgetFrames(
            budget_lines({"approved_pence": 10_000_00}), spending=spending({"month": MARCH, "amount_pence": 4_000_00})
        ),
        targets=targets(*([{"target": target}] if target else [])),
    )


def added(number: int = 6, places: int = 20, **more: Any) -> SessionsAdded:
    usual: dict[str, Any] = {"level": CourseLevel.INTRODUCTION, "starts_on": SEPTEMBER, "any_day": True}
    return SessionsAdded(**{**usual, "sessions": number, "places": places, **more})


def reckoned(frames: ProgrammeFrames, **scenario: Any) -> WhatIf:
    found = what_if(frames, ON, Scenario(**scenario))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("planned", "scenario", "said"),
    [
        pytest.param(
            [{}], {},
            "With the 1 session planned so far, 48 of 100 people would be trained by 31 December 2018. "
            "The target of 100 would not be met.",
            id="as planned",
        ),
        pytest.param(
            [], {},
            "With no more sessions planned, 40 of 100 people are trained by 31 December 2018. "
            "The target of 100 would not be met.",
            id="no sessions",
        ),
        pytest.param(
            [{}], {"added": (added(last_month=DECEMBER),)},
            "With 6 more introduction courses of 20 places by December 2018, 48 more people would be trained: 96 of "
            "100 by 31 December 2018. The target of 100 would not be met with these sessions, nor as planned so far.",
            id="added",
        ),
        pytest.param(
            [{"places": 60}], {"added": (added(5),)},
            "With 5 more introduction courses of 20 places in September 2018, 40 more people would be trained: 104 of "
            "100 by 31 December 2018. The target of 100 would be met in September 2018; as planned so far it would not "
            "be.",
            id="a target met",
        ),
        pytest.param(
            [{"sessions": 3, "places": 60}],
            {"changed": (SessionsChanged(level=CourseLevel.INTRODUCTION, month=JUNE, sessions=2),)},
            "With 2 introduction courses of June 2018 cancelled, 16 fewer people would be trained: 48 of 100 by 31 "
            "December 2018. The target of 100 would not be met with these sessions, nor as planned so far.",
            id="cancelled",
        ),
        pytest.param(
            [{"sessions": 3, "places": 150}],
            {"changed": (SessionsChanged(level=CourseLevel.INTRODUCTION, month=JUNE, sessions=1, moved_to=SEPTEMBER),)},
            "With 1 introduction course moved from June 2018 to September 2018, as many people would be trained as "
            "planned so far: 100 of 100 by 31 December 2018. The target of 100 would be met in September 2018; as "
            "planned so far it would be in June 2018.",
            id="moved",
        ),
        pytest.param(
            [{}], {"fill_rate": 0.0},
            "With 0% of places taken up instead of 80%, 8 fewer people would be trained: 40 of 100 by 31 December "
            "2018. The target of 100 would not be met with these sessions, nor as planned so far.",
            id="nobody comes",
        ),
        pytest.param(
            [{}], {"fill_rate": 1.0, "new_share": 1.0},
            "With 100% of places taken up instead of 80% and 100% new people among those who come instead of 50%, 12 "
            "more people would be trained: 60 of 100 by 31 December 2018. The target of 100 would not be met with "
            "these sessions, nor as planned so far.",
            id="every place with somebody new",
        ),
    ],
)  # fmt: skip
def test_what_would_come_of_it_is_said_in_two_sentences(
    planned: list[dict[str, Any]], scenario: dict[str, Any], said: str
) -> None:
    of = reckoned(council(*planned), **scenario)

    assert f"{what_if_sentences.finding(of)} {what_if_sentences.when_met(of)}" == said


def test_a_target_met_already_and_none_at_all() -> None:
    assert what_if_sentences.when_met(reckoned(council(target=40))) == "The target of 40 is met already."
    without = reckoned(council({}, target=None))
    assert "No target is set for people trained" in what_if_sentences.when_met(without)
    assert what_if_sentences.finding(without).endswith("48 people would be trained by 30 June 2018.")


def test_a_session_counts_once_its_month_is_over_and_only_in_time_for_the_target() -> None:
    frames = council(target=None)
    due = programme(
        training=frames.training, budget=frames.budget, targets=targets({"due_on": date(2018, 9, 29), "target": 100.0})
    )

    of = reckoned(due, added=(added(1),))

    assert (of.until, of.more) == (date(2018, 9, 29), 0)
    assert of.changed.by_month["trained"].tolist() == [40, 40, 40, 40, 48]


def test_staff_trained_are_never_more_than_there_are() -> None:
    of = reckoned(council(), added=(added(100, 100),))

    assert (of.changed.staff_trained, of.staff) == (60, 60)
    assert of.changed.trained == 40 + 100 * 100 * 0.8 * 0.5


def test_only_the_total_is_rounded_and_by_halves_up() -> None:
    tiny = tuple(added(1, 1, starts_on=day) for day in (JUNE, SEPTEMBER, DECEMBER))  # 0.4 of a person each

    assert reckoned(council(), added=tiny).changed.by_month["trained"].tolist() == [40, 40, 40, 40, 41, 41, 41, 41]
    assert reckoned(council(), added=(added(1, 1),), new_share=0.625).more == 1  # 0.5


def test_the_runway_moves_with_what_sessions_cost_and_whom_they_train() -> None:
    frames = council({"cost_pence": 500_00})

    plain, dear, dearer = (
        reckoned(frames, added=(added(1, cost_pence=pence),), session_pence=rest)
        for pence, rest in ((None, None), (1_000_00, None), (None, 2_000_00))
    )

    now, planned = plain.now.runway, plain.planned.runway
    assert now is not None
    assert planned is not None
    assert (now.left_pence, now.affordable, now.still_to_train) == (6_000_00, 60, 60)
    assert (planned.left_pence, planned.trained, planned.still_to_train) == (5_500_00, 48, 52)
    assert [one.changed.runway and one.changed.runway.left_pence for one in (plain, dear, dearer)] == [
        4_700_00, 4_500_00, 3_500_00,  # 8 people at £100 each; £1,000; £2,000
    ]  # fmt: skip


def test_rates_are_observed_at_courses_that_count_as_training_with_places_and_partners() -> None:
    frames = council(
        attendances=attendances(
            {"month": MARCH, "attendances": 60}, {"month": MARCH, "attendances": 9, "outcome": "no-show"},
            {"month": MARCH, "attendances": 5, "outcome": "walk-in"}, {"level": "briefing", "attendances": 70},
            {"month": date(2017, 1, 1), "attendances": 100},  # no session with places, and long ago
        ),
        headcounts=headcounts({"month": MARCH, "attended": 15}),
    )  # fmt: skip

    seen = observed_by(frames, ON)

    assert (seen.came, seen.places, seen.fill_rate) == (80, 100, 0.8)
    assert (seen.first_trained, seen.attended) == (55, 80)
    assert what_if_sentences.reckoned_with(seen)[:2] == (
        "Places taken up so far: 80 of 100 on delivered courses that count as training (80%).",
        "New people among those who came, November 2017 to April 2018: 55 of 80 (69%).",
    )


def test_without_anything_observed_the_rates_have_to_be_given() -> None:
    frames = council({}, sessions=sessions({"places": 20, "held": False, "month": JUNE, "status": "planned"}),
                     attendances=attendances(), people=people(), staff=staff(), staff_listed=False)  # fmt: skip

    assert what_if(frames, ON, AS_PLANNED) is None
    given = reckoned(frames, fill_rate=0.5, new_share=1.0)
    assert (given.changed.trained, given.changed.staff_trained, given.changed.runway) == (10, None, None)


def test_what_cannot_be_reckoned_with_is_said() -> None:
    frames = council({"month": None}, {"places": 0, "month": SEPTEMBER}, {"status": "cancelled"})
    gone = SessionsChanged(level=CourseLevel.ADVANCED, month=JUNE, sessions=1)

    of = reckoned(frames, added=(added(1, starts_on=MARCH),), changed=(gone,))

    assert (of.changed.trained, of.planned.trained) == (40, 40)
    assert list(what_if_sentences.left_out(of)) == [
        "1 entry lies on or before 10 May 2018 and is left out.",
        "1 entry moves or cancels sessions that are not planned, and is left out.",
        "1 session planned already has no date, and is left out.",
        "1 session planned already has no number of places, and trains nobody here.",
    ]


@pytest.mark.parametrize(
    "wrong",
    [{"number": 10_000}, {"number": 0}, {"places": -1}, {"cost_pence": -1}, {"last_month": JUNE},
     {"any_day": False, "last_month": DECEMBER}],
)  # fmt: skip
def test_sessions_that_cannot_be_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        added(**wrong)


def test_sessions_are_spread_evenly_over_their_months() -> None:
    spread = added(6, last_month=DECEMBER).months

    assert [month.month for month in spread] == [9, 9, 10, 11, 11, 12]


def test_the_chart_has_both_lines_and_both_tables_their_difference() -> None:
    frames = council({})
    of = reckoned(frames, added=(added(),))
    line = target_line(frames.targets, "T1", [date(2018, 12, 31)])

    chart = with_and_without(figure(frames, "T1", ON), cumulative_trained(frames.training, ON), of, line, "Trained")

    assert [series.name for series in chart.series][-2:] == ["As planned so far", "With these changes"]
    assert chart.table.rows[-1] == ("Dec 2018", "48", "96", "48 more", "100")
    assert "With these changes: 96 by 31 December 2018." in chart.alt
    table = before_and_after(of)
    assert table.rows[0][1:] == ("40", "48", "96", "48 more", "100 by 31 December 2018; 35 by 10 May 2018")
    assert table.rows[1][1:] == ("30 of 60 (50%)", "36 of 60 (60%)", "60 of 60 (100%)", "24 more", "not set")
    assert len(before_and_after(reckoned(frames)).columns) == 4
