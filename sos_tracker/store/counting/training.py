"""Attendances, sessions and headcounts by month, and the facts of its session that an attendance repeats."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, delete, func, or_, select, update

from sos_tracker.records.training import SessionStatus
from sos_tracker.store.counting.keeping import Counted, Run, known, put, within
from sos_tracker.store.dialects import among, month_number
from sos_tracker.store.tables import (
    attendance,
    attendance_count,
    counted_session,
    headcount,
    headcount_count,
    session_count,
    training_session,
)

_FACTS = {"held_on": "starts_on", "level": "level", "session_status": "status"}


def facts_differ() -> ColumnElement[bool]:
    """Of an attendance joined to its session."""
    return or_(*(
        attendance.c[fact].is_distinct_from(training_session.c[of_session]) for fact, of_session in _FACTS.items()
    ))  # fmt: skip


def bring_facts_in_line(connection: Connection, which: ColumnElement[bool]) -> None:
    facts = {fact: training_session.c[of_session] for fact, of_session in _FACTS.items()}
    connection.execute(
        update(attendance).values(facts)
        .where(attendance.c.session_id == training_session.c.id, which, facts_differ())
    )  # fmt: skip


def note_months(connection: Connection, programme_id: int, sessions: Collection[int]) -> set[int]:
    """Notes the month each of these sessions stands in now; gives the months they stood in before and stand in now."""
    counted = among(connection, counted_session.c.session_id, sessions)
    month = select(counted_session.c.month_number).where(counted).distinct()
    before = set(connection.scalars(month))
    connection.execute(delete(counted_session).where(counted))
    here = and_(training_session.c.programme_id == programme_id, among(connection, training_session.c.id, sessions))
    put(connection, counted_session, session_months(here))
    return before | set(connection.scalars(month))


def session_months(which: ColumnElement[bool]) -> Select[Any]:
    of = training_session.c
    return select(of.programme_id, of.id, month_number(of.starts_on)).where(which)


def attendance_counts(programme_id: int, run: Run | None) -> Select[Any]:
    of = attendance.c  # first by day, in the order of an index, which needs no sorting
    alike = [of.programme_id, of.held_on, of.agency, of.level, of.outcome, of.session_status]
    which = [of.programme_id == programme_id, within(of.held_on, run)]
    sums = [func.count().label("attendances"), func.sum(of.register_rows).label("register_rows")]
    day = select(*alike, *sums).where(*which).group_by(*alike).subquery().c
    months = [
        day.programme_id,
        day.agency,
        known(day.level),
        known(day.session_status),
        day.outcome,
        month_number(day.held_on),
    ]
    return select(*months, func.sum(day.attendances), func.sum(day.register_rows)).group_by(*months)


def session_counts(programme_id: int, run: Run | None) -> Select[Any]:
    of = training_session.c
    alike = [of.programme_id, known(of.level), known(of.status), month_number(of.starts_on)]
    places, cost = (func.coalesce(func.sum(column), 0) for column in (of.places, of.cost_pence))
    return (
        select(*alike, func.count(), places, cost)
        .where(of.programme_id == programme_id, within(of.starts_on, run))
        .group_by(*alike)
    )


def headcount_counts(programme_id: int, run: Run | None) -> Select[Any]:
    of, session = headcount.c, training_session.c
    alike = [
        session.programme_id,
        of.agency,
        known(func.coalesce(of.level, session.level)),
        cancelled(),
        month_number(session.starts_on),
    ]
    return (
        select(*alike, func.sum(of.attended), func.count())
        .join_from(headcount, training_session)
        .where(session.programme_id == programme_id, within(session.starts_on, run))
        .group_by(*alike)
    )


def cancelled() -> ColumnElement[bool]:
    """Of a session."""
    return training_session.c.status.is_not_distinct_from(SessionStatus.CANCELLED.value)


BY_MONTH: dict[str, tuple[Any, Counted]] = {
    "attendances": (attendance_count, attendance_counts),
    "sessions": (session_count, session_counts),
    "headcounts": (headcount_count, headcount_counts),
}
"""What is counted by the months of sessions: a name, the table it is kept in, and what the records say."""
