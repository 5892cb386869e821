"""Frames are cut at the as-at date, whatever the day of the month, and come from counts as they would from records."""

import random
from collections import Counter
from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import insert

from sos_tracker.measures import frames as shapes
from sos_tracker.measures.frames import ProgrammeFrames
from sos_tracker.records.figures import Direction, RatingRule
from sos_tracker.records.training import CourseLevel
from sos_tracker.store.database import reading
from sos_tracker.store.frames import programme_frames
from sos_tracker.store.programmes import UnknownProgramme
from sos_tracker.store.store import Store
from sos_tracker.store.tables import (
    budget_line,
    milestone,
    practice_lead_post,
    rating_rule,
    strategy_target,
)
from tests.store.council import ON, Council, new_council


@pytest.fixture
def council(any_store: Store) -> Council:
    return new_council(any_store.engine)


def frames(council: Council, on: date = ON) -> ProgrammeFrames:
    with reading(council.engine) as connection:
        return programme_frames(connection, "CE", on)


def rows(frame: pd.DataFrame, *columns: str) -> list[tuple[Any, ...]]:
    return sorted(frame[list(columns)].itertuples(index=False, name=None))


def every_frame(found: ProgrammeFrames) -> list[tuple[shapes.Columns, pd.DataFrame]]:
    training, budget = found.training, found.budget
    return [
        (shapes.ATTENDANCES, training.attendances), (shapes.PEOPLE, training.people),
        (shapes.HEADCOUNTS, training.headcounts), (shapes.SESSIONS, training.sessions),
        (shapes.STAFF, training.staff), (shapes.POSTS, found.posts), (shapes.BUDGET_LINES, budget.lines),
        (shapes.PROFILE, budget.profile), (shapes.SPENDING, budget.spending), (shapes.MILESTONES, found.milestones),
        (shapes.TARGETS, found.targets),
    ]  # fmt: skip


def test_a_programme_with_nothing_recorded_has_empty_frames_with_their_dtypes(council: Council) -> None:
    for columns, frame in every_frame(frames(council)):
        assert frame.empty
        assert {name: str(kind) for name, kind in frame.dtypes.items()} == dict(columns)


def test_frames_with_rows_have_the_same_columns_and_dtypes(council: Council) -> None:
    with council.changing() as change:
        change.session("one", date(2018, 4, 3), places=20, cost_pence=1_000)
        change.session("two", None, level=None, status=None)
        change.attendance("one", "ann")
        change.attendance("two", "ann", "booked")
        change.headcount("one", "Police", 4)
        change.staff("ann")
        change.add(practice_lead_post, agency="Police", team="Police", filled=False, holding=0)
        plan_and_money(change.connection, council.id)
        change.entry(date(2018, 5, 10), 90_00)
    for columns, frame in every_frame(frames(council)):
        assert len(frame) > 0
        assert {name: str(kind) for name, kind in frame.dtypes.items()} == dict(columns)


def plan_and_money(connection: Any, programme_id: int) -> None:
    here = {"programme_id": programme_id}
    connection.execute(
        insert(budget_line).values(
            **here, code="SOS01", title="Training", approved_pence=500_00, profile=[["2018-04-01", 100_00]]
        )
    )
    connection.execute(
        insert(milestone).values(
            **here, reference="M1", title="Begin", domain="", owner="", baseline_on=date(2018, 1, 1), comment=""
        )
    )
    connection.execute(insert(strategy_target).values(
        **here, measure="T1", name="People trained", is_rate=False, baseline=0, baseline_on=date(2017, 7, 1),
        target=400, due_on=date(2019, 3, 31), approved_by="", approved_on=None, reason=""))  # fmt: skip


def test_nobody_is_trained_before_the_day_they_came(council: Council) -> None:
    with council.changing() as change:
        change.session("one", date(2018, 5, 10))
        change.attendance("one", "ann")
    on_the_day, before = frames(council), frames(council, date(2018, 5, 9))
    assert rows(on_the_day.training.people, "level", "people") == [("introduction", 1), ("trained", 1)]
    assert before.training.people.empty
    assert rows(before.training.attendances, "held", "attendances") == [(False, 1)]


def test_the_frames_are_those_of_the_records_on_any_day(council: Council) -> None:
    chance = random.Random(3)  # noqa: S311 - a made-up register, not a secret
    outcomes = ["attended", "attended", "walk-in", "no-show", "cancelled", "booked"]
    register: list[tuple[str, date | None, str | None, str | None, str, str]] = []
    with council.changing() as change:
        for number in range(40):
            day = None if number == 7 else date(2018, 1, 1) + timedelta(days=chance.randrange(150))
            level = chance.choice(["introduction", "advanced", "briefing", None])
            status = chance.choice(["delivered", "delivered", "planned", "cancelled", None])
            change.session(f"S{number}", day, level, status=status)
            for who in chance.sample(range(30), 8):
                outcome, agency = chance.choice(outcomes), chance.choice(["Social Care", "Police"])
                change.attendance(f"S{number}", f"P{who}", outcome, agency=agency)
                register.append((f"P{who}", day, level, status, outcome, agency))
    for on in (date(2017, 12, 31), date(2018, 1, 1), date(2018, 2, 28), date(2018, 3, 17), ON, date(2019, 1, 1)):
        found = frames(council, on)
        expected = Counter(
            (_month(day), agency, level or "", status or "", outcome, day is not None and day <= on)
            for _, day, level, status, outcome, agency in register
        )
        got: Counter[Any] = Counter()
        names = ["month", "agency", "level", "session_status", "outcome", "held", "attendances"]
        for month, agency, level, status, outcome, held, attendances in found.training.attendances[names].itertuples(
            index=False
        ):
            got[None if pd.isna(month) else month.date(), agency, level, status, outcome, held] += attendances
        assert got == expected
        assert found.training.attendances["register_rows"].sum() == len(register)
        came = [row for row in register if row[1] and row[1] <= on and row[3] != "cancelled"]
        trained = {
            row[0] for row in came if row[4] in ("attended", "walk-in") and row[2] in ("introduction", "advanced")
        }
        people = found.training.people
        assert people.loc[people["level"] == "trained", "people"].sum() == len(trained)


def _month(day: date | None) -> date | None:
    return day.replace(day=1) if day else None


def test_staff_in_post_are_those_listed_started_and_not_left(council: Council) -> None:
    with council.changing() as change:
        change.session("one", date(2018, 2, 1))
        for who in ("here", "left", "not yet", "no longer listed", "on no list"):
            change.attendance("one", who)
        change.staff("here")
        change.staff("left", left_on=ON)
        change.staff("not yet", started_on=date(2018, 5, 11))
        change.staff("no longer listed", listed=False)
        change.staff("untrained", started_on=ON, left_on=date(2018, 5, 11))
        change.staff("out of scope", in_scope=False)
    training = frames(council).training
    assert rows(training.staff, "in_scope", "staff", "trained") == [(False, 1, 0), (True, 2, 1)]
    assert (training.staff_listed, training.trained_leavers) == (True, 4)


def test_staff_in_post_and_trained_are_those_of_the_records_on_any_day(council: Council) -> None:
    chance = random.Random(11)  # noqa: S311 - a made-up staff list, not a secret
    first = date(2018, 1, 1)
    staff: list[tuple[str, bool, bool, date | None, date | None, date | None]] = []
    with council.changing() as change:
        for number in range(30):
            change.session(f"S{number}", first + timedelta(days=number))
        for number in range(80):
            started, left = (chance.choice([None, first + timedelta(days=chance.randrange(40))]) for _ in range(2))
            trained = chance.choice([None, chance.randrange(30)])
            who, team, in_scope = f"P{number}", chance.choice(["Duty", "Locality"]), chance.random() < 0.7
            listed = chance.random() < 0.9
            change.staff(who, team=team, in_scope=in_scope, listed=listed, started_on=started, left_on=left)
            if trained is not None:
                change.attendance(f"S{trained}", who)
            trained_on = None if trained is None else first + timedelta(days=trained)
            staff.append((team, in_scope, listed, started, left, trained_on))
    for on in (first + timedelta(days=day) for day in range(-1, 42, 3)):
        in_post: Counter[tuple[str, bool]] = Counter()
        trained_too: Counter[tuple[str, bool]] = Counter()
        for team, in_scope, listed, started, left, trained_on in staff:
            if listed and (started is None or started <= on) and (left is None or left > on):
                in_post[team, in_scope] += 1
                trained_too[team, in_scope] += trained_on is not None and trained_on <= on
        expected = [(*team, in_post[team], trained_too[team]) for team in sorted(in_post)]
        assert rows(frames(council, on).training.staff, "team", "in_scope", "staff", "trained") == expected


def test_headcounts_and_the_ledger_are_those_of_the_records_on_any_day(council: Council) -> None:
    chance = random.Random(12)  # noqa: S311 - made-up counts, not a secret
    counts: list[tuple[date, str, int]] = []
    entries: list[tuple[date, str, int]] = []
    with council.changing() as change:
        for number in range(60):
            day = date(2018, 1, 1) + timedelta(days=chance.randrange(90))
            agency, status, number_came = chance.choice(["Police", "Schools"]), "delivered", chance.randrange(9)
            if chance.random() < 0.2:
                status = "cancelled"
            change.session(f"S{number}", day, status=status)
            change.headcount(f"S{number}", agency, number_came)
            counts.append((day if status == "delivered" else date.max, agency, number_came))
            entries.append((day, chance.choice(["A", "B"]), chance.randrange(-50, 500)))
            change.entry(day, entries[-1][2], line=entries[-1][1])
    for on in (date(2017, 12, 31), date(2018, 1, 31), date(2018, 2, 5), date(2018, 3, 20), date(2018, 5, 1)):
        found = frames(council, on)
        sent, spent = found.training.headcounts, found.budget.spending
        assert (sent["lines"].sum(), spent["entries"].sum()) == (60, 60)
        held, posted = sent[sent["held"]], spent[~spent["later"]]
        for agency in ("Police", "Schools"):
            expected = sum(number for day, sender, number in counts if day <= on and sender == agency)
            assert held.loc[held["agency"] == agency, "attended"].sum() == expected
        for line in ("A", "B"):
            expected = sum(pence for day, of_line, pence in entries if day <= on and of_line == line)
            assert posted.loc[posted["line"] == line, "amount_pence"].sum() == expected


def test_nobody_is_a_leaver_where_no_staff_list_was_imported(council: Council) -> None:
    with council.changing() as change:
        change.session("one", date(2018, 2, 1))
        change.attendance("one", "ann")
    training = frames(council).training
    assert (training.staff_listed, training.trained_leavers) == (False, 0)


def test_staff_trained_after_the_date_are_not_trained_yet(council: Council) -> None:
    with council.changing() as change:
        change.session("one", date(2018, 5, 11))
        change.attendance("one", "ann")
        change.staff("ann")
    assert rows(frames(council).training.staff, "staff", "trained") == [(1, 0)]


def test_a_headcount_takes_the_level_of_its_session_unless_it_has_its_own(council: Council) -> None:
    with council.changing() as change:
        change.session("held", date(2018, 3, 1), "briefing")
        change.session("cancelled", date(2018, 3, 2), status="cancelled")
        change.session("undated", None)
        change.headcount("held", "Police", 4)
        change.headcount("held", "Schools", 3, "introduction")
        change.headcount("cancelled", "Police", 5)
        change.headcount("undated", "Police", 6)
    found = frames(council).training.headcounts
    assert rows(found, "agency", "level", "held", "attended", "lines") == [
        ("Police", "briefing", True, 4, 1),
        ("Police", "introduction", False, 5, 1),
        ("Police", "introduction", False, 6, 1),
        ("Schools", "introduction", True, 3, 1),
    ]


def test_sessions_are_counted_with_their_places_and_costs(council: Council) -> None:
    with council.changing() as change:
        change.session("one", date(2018, 4, 3), places=20, cost_pence=1_000)
        change.session("two", date(2018, 4, 9), places=None, cost_pence=None)
        change.session("later", date(2018, 5, 11), status="planned", places=5)
        change.session("undated", None, status=None)
    found = frames(council).training.sessions
    assert rows(found, "status", "held", "sessions", "places", "cost_pence") == [
        ("", False, 1, 0, 0),
        ("delivered", True, 2, 20, 1_000),
        ("planned", False, 1, 5, 0),
    ]


def test_a_lead_is_trained_by_the_register_at_an_advanced_course(council: Council) -> None:
    with council.changing() as change:
        change.session("advanced", date(2018, 3, 1), "advanced")
        change.session("introduction", date(2018, 3, 1))
        change.attendance("advanced", "ann")
        change.attendance("introduction", "ben")
        for team, who, trained in (("A", "ann", None), ("B", "ben", True), ("C", None, None)):
            change.add(
                practice_lead_post, agency="Social Care", team=team, filled=who is not None, holding=0,
                starts_on=date(2018, 1, 8), trained=trained, person_id=who and change.person(who),
            )  # fmt: skip
    posts = frames(council).posts
    assert rows(posts, "team", "filled", "trained_by_register") == [
        ("A", True, True), ("B", True, False), ("C", False, False),
    ]  # fmt: skip
    assert [None if pd.isna(said) else said for said in posts["trained"]] == [None, True, None]


def test_money_is_summed_by_month_and_what_was_posted_later_is_marked(council: Council) -> None:
    entries = [(date(2018, 5, 10), 100), (date(2018, 5, 1), -30), (date(2018, 5, 11), 7), (date(2018, 4, 30), 2)]
    with council.changing() as change:
        for day, pence in entries:
            change.entry(day, pence, line="")
        change.add(
            budget_line, code="SOS01", title="Training", approved_pence=5,
            profile=[["2018-04-01", 1], ["2018-05-01", 2]],
        )  # fmt: skip
    budget = frames(council).budget
    april, may = pd.Timestamp(2018, 4, 1), pd.Timestamp(2018, 5, 1)
    assert rows(budget.spending, "month", "later", "amount_pence", "entries") == [
        (april, False, 2, 1), (may, False, 70, 2), (may, True, 7, 1),
    ]  # fmt: skip
    assert rows(budget.profile, "line", "month", "profile_pence") == [("SOS01", april, 1), ("SOS01", may, 2)]


def test_targets_come_oldest_approved_first_and_rules_by_measure(council: Council) -> None:
    approvals = [date(2018, 1, 1), None, date(2017, 7, 1)]
    with council.changing() as change:
        for number, approved_on in enumerate(approvals):
            change.add(
                strategy_target, measure="T1", name="People trained", is_rate=False, baseline=0,
                baseline_on=date(2017, 7, 1), target=number, due_on=date(2019, 3, 31), approved_by="Cabinet",
                approved_on=approved_on, reason="",
            )  # fmt: skip
        change.add(
            rating_rule, measure="B1", direction=Direction.NEAR.value, on_track_within=0.02,
            slightly_behind_within=0.05,
        )  # fmt: skip
    found = frames(council)
    assert found.targets["target"].tolist() == [1, 2, 0]
    assert found.rules == {"B1": RatingRule("B1", Direction.NEAR, 0.02, 0.05)}
    assert found.programme.trained_levels == (CourseLevel.INTRODUCTION, CourseLevel.ADVANCED)


def test_frames_of_an_unknown_programme_are_refused(council: Council) -> None:
    with reading(council.engine) as connection, pytest.raises(UnknownProgramme, match="The programmes here are CE"):
        programme_frames(connection, "NOPE", ON)
