"""The first time each person came to a course, and people by the month of it.

Somebody came where the outcome is attended or walk-in, in a session that has a date and is not cancelled. A person's
first attendance at a level is the earliest day they came, and of several on one day the one recorded first.
"""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Select, Subquery, and_, delete, func, literal, select

from sos_tracker.records.training import CAME, CourseLevel, SessionStatus
from sos_tracker.store.counting.keeping import Run, within
from sos_tracker.store.dialects import among, month_number, put_unless_there
from sos_tracker.store.tables import attendance, first_attended, programme

TRAINED = "trained"
LEVELS = (*(level.value for level in CourseLevel), TRAINED)


def came() -> ColumnElement[bool]:
    """Of an attendance: the person came, whenever that was."""
    return and_(
        attendance.c.outcome.in_([outcome.value for outcome in CAME]),
        attendance.c.held_on.is_not(None),
        attendance.c.session_status.is_distinct_from(SessionStatus.CANCELLED.value),
    )


def find_firsts(connection: Connection, programme_id: int, people: Collection[int]) -> set[int]:
    """Finds the first attendances of these people anew; gives the months in which any of them came or went."""
    of = first_attended.c
    theirs = among(connection, of.person_id, people)
    listed = select(of.person_id, of.level, of.agency, month_number(of.held_on)).where(theirs)
    before = {tuple(row) for row in connection.execute(listed)}
    connection.execute(delete(first_attended).where(theirs))
    put_firsts(connection, programme_id, among(connection, attendance.c.person_id, people), theirs)
    after = {tuple(row) for row in connection.execute(listed)}
    return {month for *_, month in before ^ after}


def put_firsts(
    connection: Connection, programme_id: int, attendances: ColumnElement[bool], firsts: ColumnElement[bool]
) -> None:
    """First at each level, then first of the levels that count as trained: in order of date, the first to come stay."""
    of = attendance.c
    put_unless_there(
        connection, first_attended,
        select(of.programme_id, of.person_id, of.level, of.held_on, of.id, of.agency)
        .where(attendances, came(), of.level.is_not(None)).order_by(of.held_on, of.id),
    )  # fmt: skip
    of = first_attended.c
    put_unless_there(
        connection, first_attended,
        select(of.programme_id, of.person_id, literal(TRAINED), of.held_on, of.attendance_id, of.agency)
        .where(firsts, of.level.in_(_trained_levels(connection, programme_id))).order_by(of.held_on, of.attendance_id),
    )  # fmt: skip


def firsts(connection: Connection, programme_id: int) -> list[Select[Any]]:
    """Every first attendance of the programme, as the records say; found in another way than they were put."""
    at_levels = first_attended.c.programme_id == programme_id
    return [
        _first_at_level(attendance.c.programme_id == programme_id),
        _first_trained(at_levels, _trained_levels(connection, programme_id)),
    ]


def people_counts(programme_id: int, run: Run | None) -> Select[Any]:
    of = first_attended.c
    alike = [of.programme_id, of.level, of.held_on, of.agency]  # the order of an index: grouped without sorting
    which = [of.programme_id == programme_id, of.level.in_(LEVELS), within(of.held_on, run)]
    day = select(*alike, func.count().label("people")).where(*which).group_by(*alike).subquery().c
    months = [day.programme_id, day.level, day.agency, month_number(day.held_on)]
    return select(*months, func.sum(day.people)).group_by(*months)


def _first_at_level(which: ColumnElement[bool]) -> Select[Any]:
    of = attendance.c
    return _earliest(
        select(
            of.programme_id, of.person_id, of.level, of.held_on, of.id.label("attendance_id"), of.agency,
            _rank([of.person_id, of.level], [of.held_on, of.id]),
        ).where(which, came(), of.level.is_not(None)).subquery()
    )  # fmt: skip


def _first_trained(which: ColumnElement[bool], levels: Sequence[str]) -> Select[Any]:
    of = first_attended.c
    return _earliest(
        select(
            of.programme_id, of.person_id, literal(TRAINED).label("level"), of.held_on, of.attendance_id, of.agency,
            _rank([of.person_id], [of.held_on, of.attendance_id]),
        ).where(which, of.level.in_(levels)).subquery()
    )  # fmt: skip


def _rank(of: Sequence[Column[Any]], order: Sequence[Column[Any]]) -> ColumnElement[int]:
    return func.row_number().over(partition_by=of, order_by=order).label("place")


def _earliest(ranked: Subquery) -> Select[Any]:
    return select(*(column for column in ranked.c if column.name != "place")).where(ranked.c.place == 1)


def _trained_levels(connection: Connection, programme_id: int) -> list[str]:
    levels = connection.scalar(select(programme.c.trained_levels).where(programme.c.id == programme_id))
    return [str(level) for level in levels or ()]
