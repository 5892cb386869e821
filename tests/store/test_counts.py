"""The counts beside the records agree with them after every write, however it went."""

import random
from datetime import date, timedelta

import pytest
from sqlalchemy import delete, select, update

from sos_tracker.store import counts
from sos_tracker.store.database import reading, writing
from sos_tracker.store.dialects import number_of_month
from sos_tracker.store.store import Store
from sos_tracker.store.tables import (
    attendance,
    attendance_count,
    counted_session,
    first_attended,
    headcount,
    headcount_count,
    ledger_entry,
    people_count,
    spending_count,
    staff_count,
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


def test_a_place_at_a_session_without_a_date_is_counted_when_little_else_changes(council: Council) -> None:
    with council.changing() as change:
        for number in range(8):  # so many that what follows is a small change
            change.session(f"other {number}", date(2018, 6, 1))
        change.session("no date yet", None)
    with council.changing() as change:
        change.attendance("no date yet", "ann", "booked")
    with reading(council.engine) as connection:
        assert connection.scalars(select(attendance_count.c.month_number)).all() == [0]
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
    for _ in range(40):
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
    deed = chance.randrange(10)
    if deed == 7:
        _change_staff(change, chance)
    elif deed == 8:
        _change_headcounts(change, chance)
    elif deed == 9:
        _change_ledger(change, chance)
    elif deed < 3 and there is None:
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


def _change_staff(change: Changing, chance: random.Random) -> None:
    who = f"P{chance.randrange(25)}"
    days = [date(2017, 10, 1) + timedelta(days=chance.randrange(400)) for _ in range(2)]
    values = {
        "agency": chance.choice(["Social Care", "Police"]), "team": chance.choice(["Duty", "Locality"]),
        "in_scope": chance.random() < 0.8, "listed": chance.random() < 0.8,
        "started_on": chance.choice([None, days[0]]), "left_on": chance.choice([None, None, days[1]]),
    }  # fmt: skip
    here = staff_member.c.person_id == change.person(who)
    there = change.connection.execute(select(staff_member).where(here)).first()
    if there is None:
        change.staff(who, **values)
        return
    change.touched_people.add(there.person_id)
    change.touched_teams |= {(there.agency, there.team), (values["agency"], values["team"])}
    deed = delete(staff_member) if chance.random() < 0.3 else update(staff_member).values(values)
    change.connection.execute(deed.where(here))


def _change_headcounts(change: Changing, chance: random.Random) -> None:
    session, agency = chance.choice(list(change.council.sessions)), chance.choice(["Police", "Schools"])
    number = change.council.sessions[session]
    here = [headcount.c.session_id == number, headcount.c.agency == agency]
    if change.connection.execute(select(headcount).where(*here)).first() is None:
        change.headcount(session, agency, chance.randrange(9), chance.choice(LEVELS))
        return
    change.touched_sessions.add(number)
    deed = delete(headcount) if chance.random() < 0.5 else update(headcount).values(attended=chance.randrange(9))
    change.connection.execute(deed.where(*here))


def _change_ledger(change: Changing, chance: random.Random) -> None:
    day = date(2018, 1, 1) + timedelta(days=chance.randrange(90))
    there = change.connection.execute(select(ledger_entry).order_by(ledger_entry.c.id)).first()
    if there is None or chance.random() < 0.7:
        change.entry(day, chance.randrange(-500, 5_000), line=chance.choice(["A", "B", ""]))
        return
    change.touched_months |= {number_of_month(there.posted_on), number_of_month(day)}
    deed = delete(ledger_entry) if chance.random() < 0.5 else update(ledger_entry).values(posted_on=day)
    change.connection.execute(deed.where(ledger_entry.c.id == there.id))


def test_counting_anew_comes_to_the_same(council: Council) -> None:
    chance = random.Random(7)  # noqa: S311 - a series of writes, not a secret
    with council.changing() as change:
        for number in range(20):
            change.session(f"S{number}", *_day_and_level(chance))
            for who in range(chance.randrange(12)):
                change.attendance(f"S{number}", f"P{who}", chance.choice(OUTCOMES))
                change.staff(f"S{number} P{who}", team=chance.choice(["Duty", "Locality"]))
            change.headcount(f"S{number}", "Police", chance.randrange(5))
            change.entry(date(2018, chance.randrange(1, 13), 1), 5)
    tables = (attendance_count, first_attended, people_count, counted_session, headcount_count, staff_count,
              spending_count)  # fmt: skip
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
        (update(headcount_count).values(attended=3), "counts of headcounts differ from the records in"),
        (update(staff_count).values(staff=9), "counts of staff by team differ from the records in"),
        (delete(spending_count), "counts of the ledger by month differ from the records in"),
    ],
)
def test_a_doctored_count_is_found_and_said(council: Council, doctoring: object, said: str) -> None:
    with council.changing() as change:
        change.session("one", date(2018, 2, 20))
        change.attendance("one", "ann")
        change.headcount("one", "Police", 4)
        change.staff("ann")
        change.entry(date(2018, 2, 20), 5)
    with writing(council.engine) as connection:
        connection.execute(doctoring)  # type: ignore[call-overload]  # an update or a delete
    assert any(said in difference for difference in differences(council))
    with writing(council.engine) as connection:
        counts.rebuild(connection, council.id)
    assert differences(council) == []
