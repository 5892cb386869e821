"""Strategy targets by hand: versions added as drafts, issued for good, superseded, and held against one another."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from sos_tracker.records.access import Actor, Role
from sos_tracker.records.recorded import Add, Recorded, Revise
from sos_tracker.records.targets import StrategyTarget
from sos_tracker.records.training import CourseLevel, PartnerHeadcount, SessionStatus, TrainingSession
from sos_tracker.store import Store
from tests.pages.reader import opened
from tests.pages.recording import fill, press, said

CODE = "NEW"
SAM = Actor("Sam", Role.PROJECT_MANAGER, CODE)
TYPED = {
    "target": "400", "due_on": "31/12/2018", "baseline": "0", "baseline_on": "1/7/2017", "points": "31/12/2017: 100",
    "approved_by": "Programme board", "approved_on": "29/7/2017", "reason": "The strategy",
}  # fmt: skip


@pytest.fixture
def council(empty_programme: Store) -> Store:
    """A programme where 285 people were trained, with one draft of a target for it."""
    session = TrainingSession(reference="TS1", level=CourseLevel.INTRODUCTION, starts_on=date(2018, 3, 5),
                              status=SessionStatus.DELIVERED)  # fmt: skip
    target = StrategyTarget(measure="T1", name="People trained", baseline_on=date(2017, 7, 1), target=400,
                            due_on=date(2018, 12, 31), approved_by="Programme board", approved_on=date(2017, 7, 29),
                            reason="The strategy")  # fmt: skip
    counted = PartnerHeadcount(session="TS1", agency="Police", attended=285)
    empty_programme.write(CODE, [Add(session), Add(counted), Add(target)], SAM)
    return empty_programme


def kept(store: Store) -> tuple[Recorded, ...]:
    return store.records(CODE, StrategyTarget.kind)[0]


def target(store: Store) -> StrategyTarget:
    record = kept(store)[0].record
    assert isinstance(record, StrategyTarget)
    return record


def page_of(measure: str = "T1") -> AppTest:
    return opened("strategy_targets", measure=measure)


def test_a_version_is_added_with_the_points_of_its_trajectory(empty_programme: Store) -> None:
    page = page_of()
    press(fill(page, "add target", **TYPED), "add target")

    added = target(empty_programme)
    assert (added.target, added.points, added.issued) == (400, ((date(2017, 12, 31), 100),), False)
    assert "The target for T1 approved on 29 July 2017 is added as a draft." in said(page)
    assert empty_programme.verify() == ()


def test_a_percentage_is_a_share_of_the_whole_and_pounds_are_pence(empty_programme: Store) -> None:
    press(fill(page_of("L1"), "add target", **TYPED | {"target": "80%", "points": ""}), "add target")
    assert (target(empty_programme).target, target(empty_programme).is_rate) == (0.8, True)

    press(fill(page_of("B1"), "add target", **TYPED | {"target": "£165,000", "points": "",
                                                       "approved_on": "30/7/2017"}), "add target")  # fmt: skip
    assert target(empty_programme).target == 16_500_000


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("points", "1/1/2019: 500", "The points of a target lie between its baseline and its due date"),
        ("points", "in spring", "Line 1, “in spring”, is not a date, a colon and a value."),
        ("baseline", "10%", "Some values are percentages and others are not."),
        ("due_on", "1/7/2017", "The target is due on or before the date of its baseline."),
        ("approved_on", "", "Give the date of approval"),
    ],
)
@pytest.mark.usefixtures("empty_programme")
def test_a_version_that_cannot_be_is_refused_beside_the_field_and_stays(field: str, typed: str, told: str) -> None:
    page = page_of()
    press(fill(page, "add target", **TYPED | {field: typed}), "add target")

    assert told in said(page)
    assert "Programme board" in {box.value for box in page.text_input}


def test_an_issued_version_is_no_draft_any_more_and_only_a_newer_one_supersedes_it(council: Store) -> None:
    page = page_of()
    press(fill(page, "issue target", sure=True), "issue target")
    assert target(council).issued
    assert "Issued" in said(page)
    assert not [box for box in page.selectbox if box.label == "Draft"]

    press(fill(page, "add target", **TYPED | {"target": "500"}), "add target")
    assert "is issued and does not change. A newer version has a later date of approval." in said(page)
    press(fill(page, "add target", approved_on="1/3/2018"), "add target")
    assert [vars(one.record)["target"] for one in kept(council)] == [500, 400]
    assert council.verify() == ()


def test_a_target_is_issued_only_with_an_approver_and_a_reason(council: Store) -> None:
    page = page_of()
    press(fill(page, "issue target", approved_by="", sure=True), "issue target")
    assert "Say who approved the target." in said(page)
    press(fill(page, "issue target", approved_by="Cabinet", why=""), "issue target")
    assert "Say why the target is set as it is" in said(page)
    assert not target(council).issued


def test_status_is_shown_against_the_original_and_the_current_target_side_by_side(council: Store) -> None:
    revised = target(council).model_copy(update={"target": 250.0, "approved_on": date(2018, 3, 1), "reason": "Fewer"})
    council.write(CODE, [Add(revised)], SAM)

    told = said(page_of())
    assert "Original target" in told
    assert "400 by 31 December 2018" in told
    assert "250 by 31 December 2018" in told
    assert "■ Complete" in told
    assert "● On track" in told


def test_two_who_correct_one_draft_are_shown_both(council: Store) -> None:
    page = page_of()
    fill(page, "correct target", target="450", why="Asked again")
    theirs = target(council).model_copy(update={"target": 420.0})
    council.write(CODE, [Revise(kept(council)[0].number, kept(council)[0].version, theirs)], SAM, reason="Theirs")
    press(page, "save target")
    assert "Somebody saved before you" in said(page)

    press(fill(page, "conflict", **{"0 target": "mine"}), "conflict save")
    assert target(council).target == 450


def test_a_draft_is_withdrawn(council: Store) -> None:
    page = page_of()
    press(fill(page, "withdraw target", why="Not decided", sure=True), "withdraw target")
    assert kept(council) == ()
    assert "The draft is withdrawn." in said(page)


@pytest.mark.usefixtures("council")
def test_every_figure_with_a_target_is_listed() -> None:
    told = said(opened("strategy_targets"))
    assert "1 target of 1 figure, none issued" in told
    assert "People trained (T1)" in told
