"""Milestone dates by hand: a forecast moves with a reason and an approver, a baseline does not, and two at once."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from sos_tracker.records.access import Actor, Role
from sos_tracker.records.milestones import ForecastMove, Milestone
from sos_tracker.records.recorded import Add, Recorded, Revise
from sos_tracker.store import Store
from tests.pages.reader import faults, opened
from tests.pages.recording import fill, press, said

CODE = "NEW"
SAM = Actor("Sam", Role.PROJECT_MANAGER, CODE)
BASELINE = date(2018, 4, 25)


@pytest.fixture
def plan(empty_programme: Store) -> Store:
    """A programme with one milestone, not achieved."""
    milestone = Milestone(reference="M5", title="Forms aligned", baseline_on=BASELINE, forecast_on=date(2018, 6, 1))
    empty_programme.write(CODE, [Add(milestone)], SAM)
    return empty_programme


def kept(store: Store) -> Recorded:
    (found,) = store.records(CODE, Milestone.kind)[0]
    return found


def milestone(store: Store) -> Milestone:
    record = kept(store).record
    assert isinstance(record, Milestone)
    return record


def moves(store: Store) -> list[ForecastMove]:
    found = [one.record for one in store.records(CODE, ForecastMove.kind)[0]]
    return [one for one in found if isinstance(one, ForecastMove)]


def page_of(store: Store) -> AppTest:
    return opened("milestone_dates", milestone=str(kept(store).number))


def test_a_milestone_is_added_and_its_baseline_is_not_among_the_fields_any_more(empty_programme: Store) -> None:
    page = opened("milestone_dates")
    fill(page, "add milestone", reference="M1", title="Strategy agreed", baseline_on="29/7/2017")
    press(page, "add milestone")

    assert "Milestone M1 Strategy agreed is added." in said(page)
    assert milestone(empty_programme).baseline_on == date(2017, 7, 29)
    assert not [box for box in page.text_input if "baseline" in str(box.key)]
    assert "29 July 2017" in said(page)


def test_a_milestone_without_a_baseline_is_refused_and_what_was_typed_stays(empty_programme: Store) -> None:
    page = opened("milestone_dates")
    fill(page, "add milestone", reference="M1", title="Strategy agreed", forecast_on="30/2/2018")
    press(page, "add milestone")

    assert "The baseline date is missing." in said(page)
    assert "“30/2/2018” is not a date" in said(page)
    assert {"M1", "Strategy agreed", "30/2/2018"} <= {box.value for box in page.text_input}
    assert empty_programme.records(CODE, Milestone.kind)[1] == 0


def test_a_forecast_moves_with_its_reason_and_who_approved_it_and_the_slip_is_told(plan: Store) -> None:
    page = page_of(plan)
    fill(page, "move milestone", forecast_to="23/8/2018", moved_on="8/5/2018", approved_by="Programme board",
         why="The system supplier is late")  # fmt: skip
    press(page, "move forecast")

    (move,) = moves(plan)
    assert (move.forecast_from, move.forecast_to) == (date(2018, 6, 1), date(2018, 8, 23))
    assert (move.approved_by, move.reason) == ("Programme board", "The system supplier is late")
    assert milestone(plan).baseline_on == BASELINE
    assert "120 days late" in said(page)
    assert "moved once" in said(page)
    assert plan.verify() == ()


@pytest.mark.parametrize(
    ("left_out", "told"),
    [
        ("why", "Say why: the forecast date of milestone M5 changes."),
        ("approved_by", "Say who approved the new date."),
    ],
)
def test_a_move_that_nobody_explains_or_approved_is_refused(plan: Store, left_out: str, told: str) -> None:
    page = page_of(plan)
    typed = {"forecast_to": "23/8/2018", "approved_by": "Programme board", "why": "Late"} | {left_out: ""}
    fill(page, "move milestone", **typed)
    press(page, "move forecast")

    assert told in said(page)
    assert "23/8/2018" in {box.value for box in page.text_input}
    assert moves(plan) == []


def test_a_milestone_is_deferred_only_by_a_decision(plan: Store) -> None:
    page = page_of(plan)
    fill(page, "move milestone", forecast_to="23/8/2018", approved_by="Cabinet", why="Money moved", deferred=True)
    press(page, "move forecast")
    assert "A milestone is deferred by a decision: give the reference of that decision." in said(page)

    fill(page, "move milestone", decision_reference="CAB 2018/14")
    press(page, "move forecast")
    assert moves(plan)[0].decision_reference == "CAB 2018/14"
    assert "Deferred by decision" in said(page)


def test_a_milestone_is_achieved_on_a_day(plan: Store) -> None:
    page = page_of(plan)
    fill(page, "achieve milestone", achieved_on="1/5/2018")
    press(page, "achieve milestone")

    assert milestone(plan).achieved_on == date(2018, 5, 1)
    assert "6 days late" in said(page)


def test_two_who_move_one_forecast_are_shown_both_dates_and_the_choice_is_kept_as_one_move(plan: Store) -> None:
    page = page_of(plan)
    fill(page, "move milestone", forecast_to="23/8/2018", approved_by="Programme board", why="Supplier late")
    theirs = milestone(plan).model_copy(update={"forecast_on": date(2018, 7, 1), "comment": "Asked again"})
    plan.write(CODE, [Revise(kept(plan).number, kept(plan).version, theirs)], SAM, reason="A month more")

    press(page, "move forecast")
    assert "Somebody saved before you" in said(page)
    assert "1 July 2018" in said(page)
    assert "23 August 2018" in said(page)

    fill(page, "conflict", **{"0 forecast_on": "mine"})
    press(page, "conflict save")
    told = [(move.forecast_from, move.forecast_to, move.approved_by) for move in moves(plan)[::-1]]
    assert told[1] == (date(2018, 7, 1), date(2018, 8, 23), "Programme board")
    assert milestone(plan).comment == "Asked again"
    assert plan.verify() == ()


def test_a_move_given_up_for_somebody_elses_leaves_no_trace(plan: Store) -> None:
    page = page_of(plan)
    fill(page, "move milestone", forecast_to="23/8/2018", approved_by="Programme board", why="Supplier late")
    theirs = milestone(plan).model_copy(update={"forecast_on": date(2018, 7, 1)})
    plan.write(CODE, [Revise(kept(plan).number, kept(plan).version, theirs)], SAM, reason="A month more")
    press(page, "move forecast")
    fill(page, "conflict", **{"0 forecast_on": "theirs"})
    press(page, "conflict save")

    assert milestone(plan).forecast_on == date(2018, 7, 1)
    assert len(moves(plan)) == 1


def test_a_moved_date_is_marked_on_the_list_and_on_the_directors_page(plan: Store) -> None:
    record = milestone(plan)
    moved = record.model_copy(update={"forecast_on": date(2018, 8, 23)})
    move = ForecastMove(milestone="M5", forecast_from=record.forecast_on, forecast_to=moved.forecast_on,
                        moved_on=date(2018, 5, 8), reason="Supplier late", approved_by="Programme board")  # fmt: skip
    plan.write(CODE, [Revise(kept(plan).number, kept(plan).version, moved), Add(move)], SAM, reason="Supplier late")

    assert "Moved once" in said(opened("milestone_dates"))
    page = opened("milestones")
    assert faults(page) == []
    assert "Dates that were moved" in said(page)
    assert "Supplier late" in said(page)


def test_a_milestone_is_withdrawn_only_by_whoever_says_so(plan: Store) -> None:
    page = page_of(plan)
    press(fill(page, "withdraw milestone", why="Twice in the plan"), "withdraw milestone")
    assert "Tick the box" in said(page)
    press(fill(page, "withdraw milestone", sure=True), "withdraw milestone")

    assert plan.records(CODE, Milestone.kind)[1] == 0
    assert "Milestone M5 is withdrawn." in said(page)
