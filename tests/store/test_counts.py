"""The counts beside the records agree with them after every write, however it went."""

import random
from datetime import date, timedelta

import pytest
from sqlalchemy import delete, select, update

from sos_tracker.store import counts
from sos_tracker.store.database import reading, writing
from sos_tracker.store.store import Store
from sos_tracker.store.tables import (
    attendance,
    attendance_count,
    counted_session,
    first_attended,
    people_count,
    staff_member,
    training_session,
)
from tests.store.council import Changing, Council, new_council

OUTCOMES = ("booked", "attended", "no-show", "cancelled", "walk-in")
LEVELS = (None, "briefing", "introduction", "advanced")


@pytest.fixture
def council(any_store: Store) -> Council:
    return new_council(any_store.engine)


def differences(council: Council) -> list[str]:
    with reading(council.engine) as connection:
        return counts.differences(connection, council.id)


def first(council: Council, level: str = "trained") -> dict[int, date]:
    with reading(council.engine) as connection:
        of = first_attended.c
        query = select(of.person_id, of.held_on).where(of.level == level, of.programme_id == council.id)
        return {row.person_id: row.held_on for row in connection.execute(query)}


def test_a_person_is_trained_on_the_earliest_day_they_came_to_a_course_that_counts(council: Council) -> None:
    with council.changing() as change:
        change.session("briefing", date(2017, 11, 1), "briefing")
        change.session("later", date(2018, 3, 1))
        change.session("earlier", date(2018, 2, 1), "advanced")
        for session in ("briefing", "later", "earlier"):
            change.attendance(session, "ann")
    ann = council.people["ann"]
    assert first(council) == {ann: date(2018, 2, 1)}
    assert first(council, "introduction") == {ann: date(2018, 3, 1)}
    assert first(council, "briefing") == {ann: date(2017, 11, 1)}


@pytest.mark.parametrize("outcome", ["booked", "no-show", "cancelled"])
def test_who_did_not_come_is_not_trained(council: Council, outcome: str) -> None:
    with council.changing() as change:
        change.session("one", date(2018, 2, 1))
        change.attendance("one", "ann", outcome)
        change.attendance("one", "ben", "walk-in")
    assert first(council) == {council.people["ben"]: date(2018, 2, 1)}


def test_nobody_is_trained_by_a_cancelled_session_or_one_without_a_date(council: Council) -> None:
    with council.changing() as change:
        change.session("cancelled", date(2018, 2, 1), status="cancelled")
        change.session("undated", None)
        change.session("status not known", date(2018, 2, 2), status=None)
        for session, who in (("cancelled", "ann"), ("undated", "ben"), ("status not known", "cat")):
            change.attendance(session, who)
    assert first(council) == {council.people["cat"]: date(2018, 2, 2)}


def test_of_two_courses_on_one_day_the_first_recorded_counts(council: Council) -> None:
    with council.changing() as change:
        for session in ("morning", "afternoon"):
            change.session(session, date(2018, 2, 1))
        recorded_first = change.attendance("afternoon", "ann", agency="Early Help")
        change.attendance("morning", "ann")
    with reading(council.engine) as connection:
        of = first_attended.c
        found = connection.execute(select(of.attendance_id, of.agency).where(of.level == "trained")).all()
    assert found == [(recorded_first, "Early Help")]


def test_a_session_that_moves_takes_its_people_to_the_other_month(council: Council) -> None:
    with council.changing() as change:
        for number in range(8):  # so many that the move is a small change
            change.session(f"other {number}", date(2018, 6, 1))
        change.session("one", date(2018, 2, 20))
        change.attendance("one", "ann")
    with council.changing() as change:
        change.session("one", date(2018, 3, 2))
    with reading(council.engine) as connection:
        months = connection.scalars(select(people_count.c.month_number).where(people_count.c.level == "trained")).all()
    assert months == [2018 * 12 + 2]
    assert first(council) == {council.people["ann"]: date(2018, 3, 2)}
    assert differences(council) == []


def test_staff_carry_the_day_they_were_trained_whichever_was_recorded_first(council: Council) -> None:
    with council.changing() as change:
        change.staff("ann")
        change.session("one", date(2018, 2, 20))
        change.attendance("one", "ann")
        change.attendance("one", "ben")
    with council.changing() as change:
        change.staff("ben")
    with reading(council.engine) as connection:
        assert connection.scalars(select(staff_member.c.trained_on)).all() == [date(2018, 2, 20)] * 2


def test_counts_agree_with_the_records_after_any_series_of_writes(council: Council) -> None:
    chance = random.Random(20180510)  # noqa: S311 - a series of writes, not a secret
    with council.changing() as change:
        for number in range(30):
            change.session(f"S{number}", *_day_and_level(chance))
    for _ in range(25):
        with council.changing() as change:
            for _ in range(chance.randrange(1, 5)):
                _change_something(change, chance)
        assert differences(council) == []


def _day_and_level(chance: random.Random) -> tuple[date | None, str | None]:
    day = None if chance.random() < 0.1 else date(2017, 11, 1) + timedelta(days=chance.randrange(300))
    return day, chance.choice(LEVELS)


def _change_something(change: Changing, chance: random.Random) -> None:
    council = change.council
    session, who = chance.choice(list(council.sessions)), f"P{chance.randrange(25)}"
    here = [attendance.c.session_id == council.sessions[session], attendance.c.person_id == change.person(who)]
    there = change.connection.execute(select(attendance).where(*here)).first()
    deed = chance.randrange(7)
    if deed < 3 and there is None:
        change.attendance(session, who, chance.choice(OUTCOMES), agency=chance.choice(["Social Care", "Police"]))
    elif deed < 5 and there is not None:
        change.touched_sessions.add(there.session_id)
        change.touched_people.add(there.person_id)
        change.connection.execute(
            update(attendance).where(*here).values(outcome=chance.choice(OUTCOMES), agency="Early Help")
        )
    elif deed == 5:
        status = chance.choice(["planned", "delivered", "cancelled", None])
        change.session(session, *_day_and_level(chance), status=status)
    elif there is not None:
        change.remove_attendances(attendance.c.id == there.id, [there.session_id], [there.person_id])
    elif chance.random() < 0.2 and len(council.sessions) > 20:
        change.cancel_session_record(session)


def test_counting_anew_comes_to_the_same(council: Council) -> None:
    chance = random.Random(7)  # noqa: S311 - a series of writes, not a secret
    with council.changing() as change:
        for number in range(20):
            change.session(f"S{number}", *_day_and_level(chance))
            for who in range(chance.randrange(12)):
                change.attendance(f"S{number}", f"P{who}", chance.choice(OUTCOMES))
    tables = (attendance_count, first_attended, people_count, counted_session)
    with writing(council.engine) as connection:
        before = [sorted(map(repr, connection.execute(select(table)))) for table in tables]
        counts.rebuild(connection, council.id)
        assert [sorted(map(repr, connection.execute(select(table)))) for table in tables] == before


def test_counts_of_one_programme_are_not_touched_by_another(council: Council) -> None:
    other = new_council(council.engine, "LC")
    for one in (council, other):
        with one.changing() as change:
            change.session("one", date(2018, 2, 20))
            change.attendance("one", "ann")
    with writing(council.engine) as connection:
        counts.rebuild(connection, council.id)
    assert first(other) == {other.people["ann"]: date(2018, 2, 20)}
    assert differences(other) == []


@pytest.mark.parametrize(
    ("doctoring", "said"),
    [
        (update(attendance_count).values(attendances=2), "counts of attendances differ from the records in"),
        (delete(people_count), "counts of people by the month they were first trained differ"),
        (delete(first_attended).where(first_attended.c.level == "trained"), "counts of first attendances differ"),
        (update(attendance).values(held_on=date(2018, 1, 1)), "1 attendances repeat a date, level or status"),
        (update(training_session).values(starts_on=date(2018, 1, 1)), "counts of sessions differ"),
        (update(staff_member).values(trained_on=None), "1 members of staff repeat a training date"),
    ],
)
def test_a_doctored_count_is_found_and_said(council: Council, doctoring: object, said: str) -> None:
    with council.changing() as change:
        change.session("one", date(2018, 2, 20))
        change.attendance("one", "ann")
        change.staff("ann")
    with writing(council.engine) as connection:
        connection.execute(doctoring)  # type: ignore[call-overload]  # an update or a delete
    assert any(said in difference for difference in differences(council))
    with writing(council.engine) as connection:
        counts.rebuild(connection, council.id)
    assert differences(council) == []
