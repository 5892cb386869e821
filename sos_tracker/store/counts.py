"""Counts kept beside the records, in the same transaction, so that no page ever counts attendances one by one.

Somebody came where the outcome is attended or walk-in, in a session that has a date and is not cancelled. A person's
first attendance at a level is the earliest day they came, and of several on one day the one recorded first.
"""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Select,
    Subquery,
    Table,
    and_,
    delete,
    func,
    insert,
    literal,
    or_,
    select,
    true,
    union_all,
    update,
)

from sos_tracker.records.periods import next_month
from sos_tracker.records.training import CAME, CourseLevel, SessionStatus
from sos_tracker.store.dialects import among, month_of
from sos_tracker.store.tables import (
    attendance,
    attendance_count,
    counted_session,
    first_attended,
    people_count,
    programme,
    session_count,
    training_session,
)

TRAINED = "trained"
_LEVELS = (*(level.value for level in CourseLevel), TRAINED)
_SHARE_WORTH_REBUILDING = 3  # where a third of the sessions is touched, counting everything anew is quicker

_FACTS = {"held_on": "starts_on", "level": "level", "session_status": "status"}
_Months = set[date | None]
_Run = tuple[date | None, date | None]


def came() -> ColumnElement[bool]:
    """Of an attendance: the person came, whenever that was."""
    return and_(
        attendance.c.outcome.in_([outcome.value for outcome in CAME]),
        attendance.c.held_on.is_not(None),
        attendance.c.session_status.is_distinct_from(SessionStatus.CANCELLED.value),
    )


def refresh(
    connection: Connection, programme_id: int, *, sessions: Collection[int] | None, people: Collection[int] | None
) -> None:
    """Brings facts and counts in line after a write, within its transaction.

    ``sessions``: those added, changed or removed, and those of every attendance added, changed or removed, as it was
    and as it is; ``people`` likewise. None is everything.
    """
    if sessions is None or people is None or _worth_rebuilding(connection, programme_id, len(sessions)):
        rebuild(connection, programme_id)
        return
    if not sessions and not people:
        return
    here = among(connection, attendance.c.session_id, sessions)
    moved = set(people) | set(connection.scalars(
        select(attendance.c.person_id).join(training_session).where(here, _facts_differ()).distinct()
    ))  # fmt: skip
    _bring_facts_in_line(connection, here)
    months = _count_sessions(connection, programme_id, sessions)
    of_people = among(connection, first_attended.c.person_id, moved)
    first_month = select(month_of(first_attended.c.held_on)).where(of_people).distinct()
    months |= set(connection.scalars(first_month))
    connection.execute(delete(first_attended).where(of_people))
    _insert_first(connection, programme_id, among(connection, attendance.c.person_id, moved), of_people)
    months |= set(connection.scalars(first_month))
    for run in _runs(months):
        _count_again(connection, programme_id, run)


def rebuild(connection: Connection, programme_id: int) -> None:
    """Counts everything of the programme anew."""
    _bring_facts_in_line(connection, attendance.c.programme_id == programme_id)
    for table in (first_attended, counted_session):
        connection.execute(delete(table).where(table.c.programme_id == programme_id))
    _insert(connection, counted_session, _session_months(training_session.c.programme_id == programme_id))
    _insert_first(
        connection, programme_id, attendance.c.programme_id == programme_id,
        first_attended.c.programme_id == programme_id,
    )  # fmt: skip
    _count_again(connection, programme_id, None)


def differences(connection: Connection, programme_id: int) -> list[str]:
    """Where the counts say other than the records do: a sentence each, none when they agree."""
    found = []
    out_of_line = connection.scalar(
        select(func.count()).select_from(attendance).join(training_session)
        .where(attendance.c.programme_id == programme_id, _facts_differ())
    )  # fmt: skip
    if out_of_line:
        found.append(f"{out_of_line:,} attendances repeat a date, level or status that their session does not have.")
    everything = attendance.c.programme_id == programme_id
    at_levels = first_attended.c.programme_id == programme_id
    checks: list[tuple[str, Table, Sequence[Select[Any]]]] = [
        ("attendances", attendance_count, [_attendance_counts(programme_id, None)]),
        ("sessions", session_count, [_session_counts(programme_id, None)]),
        ("people by the month they were first trained", people_count, [_people_counts(programme_id, None)]),
        ("sessions by month", counted_session, [_session_months(training_session.c.programme_id == programme_id)]),
        (
            "first attendances",
            first_attended,
            [_first_at_level(everything), _first_trained(at_levels, _trained_levels(connection, programme_id))],
        ),
    ]
    for name, table, recounts in checks:
        kept = select(*_kept(table)).where(table.c.programme_id == programme_id).subquery()
        counted = union_all(*recounts).subquery()
        wrong = _only_in(connection, counted, kept) + _only_in(connection, kept, counted)
        wrong = wrong or abs(_size(connection, kept) - _size(connection, counted))
        if wrong:
            found.append(f"The counts of {name} differ from the records in {wrong:,} places.")
    return found


def _only_in(connection: Connection, one: Subquery, other: Subquery) -> int:
    """Rows of one that the other does not have."""
    return _size(connection, select(*one.c).except_(select(*other.c)).subquery())


def _size(connection: Connection, rows: Subquery) -> int:
    return connection.scalar(select(func.count()).select_from(rows)) or 0


def _worth_rebuilding(connection: Connection, programme_id: int, touched: int) -> bool:
    known = select(func.count()).select_from(counted_session).where(counted_session.c.programme_id == programme_id)
    return touched * _SHARE_WORTH_REBUILDING >= (connection.scalar(known) or 0)


def _facts_differ() -> ColumnElement[bool]:
    return or_(*(
        attendance.c[fact].is_distinct_from(training_session.c[of_session]) for fact, of_session in _FACTS.items()
    ))  # fmt: skip


def _bring_facts_in_line(connection: Connection, which: ColumnElement[bool]) -> None:
    facts = {fact: training_session.c[of_session] for fact, of_session in _FACTS.items()}
    connection.execute(
        update(attendance).values(facts)
        .where(attendance.c.session_id == training_session.c.id, which, _facts_differ())
    )  # fmt: skip


def _count_sessions(connection: Connection, programme_id: int, sessions: Collection[int]) -> _Months:
    """Notes the month each of these sessions stands in now; gives the months they stood in before and stand in now."""
    counted = among(connection, counted_session.c.session_id, sessions)
    month = select(counted_session.c.month).where(counted).distinct()
    before = set(connection.scalars(month))
    connection.execute(delete(counted_session).where(counted))
    here = and_(training_session.c.programme_id == programme_id, among(connection, training_session.c.id, sessions))
    _insert(connection, counted_session, _session_months(here))
    return before | set(connection.scalars(month))


def _runs(months: _Months) -> list[_Run]:
    """Months that follow each other, together: (first month, month after the last); (None, None) is no date at all."""
    runs: list[_Run] = [(None, None)] if None in months else []
    first = after = None
    for month in sorted(month for month in months if month is not None):
        if month != after:
            if first is not None:
                runs.append((first, after))
            first = month
        after = next_month(month)
    return [*runs, (first, after)] if first is not None else runs


def _count_again(connection: Connection, programme_id: int, run: _Run | None) -> None:
    """Counts the months of ``run`` anew; None is every month."""
    for table, recounted in (
        (attendance_count, _attendance_counts(programme_id, run)),
        (session_count, _session_counts(programme_id, run)),
        (people_count, _people_counts(programme_id, run)),
    ):
        connection.execute(delete(table).where(table.c.programme_id == programme_id, _within(table.c.month, run)))
        _insert(connection, table, recounted)


def _within(day: Column[Any], run: _Run | None) -> ColumnElement[bool]:
    if run is None:
        return true()
    first, after = run
    return day.is_(None) if first is None else and_(day >= first, day < after)


def _kept(table: Table) -> list[Column[Any]]:
    return [column for column in table.columns if column.name != "id"]


def _insert(connection: Connection, table: Table, rows: Select[Any]) -> None:
    connection.execute(insert(table).from_select([column.name for column in _kept(table)], rows))


def _attendance_counts(programme_id: int, run: _Run | None) -> Select[Any]:
    alike = [
        attendance.c.programme_id, month_of(attendance.c.held_on).label("month"), attendance.c.agency,
        attendance.c.level, attendance.c.session_status, attendance.c.outcome,
    ]  # fmt: skip
    return (
        select(*alike, func.count(), func.sum(attendance.c.register_rows))
        .where(attendance.c.programme_id == programme_id, _within(attendance.c.held_on, run))
        .group_by(*alike)
    )


def _session_counts(programme_id: int, run: _Run | None) -> Select[Any]:
    of = training_session.c
    alike = [of.programme_id, month_of(of.starts_on).label("month"), of.level, of.status]
    places, cost = (func.coalesce(func.sum(column), 0) for column in (of.places, of.cost_pence))
    return (
        select(*alike, func.count(), places, cost)
        .where(of.programme_id == programme_id, _within(of.starts_on, run))
        .group_by(*alike)
    )


def _people_counts(programme_id: int, run: _Run | None) -> Select[Any]:
    of = first_attended.c
    alike = [of.programme_id, month_of(of.held_on).label("month"), of.level, of.agency]
    return (
        select(*alike, func.count())
        .where(of.programme_id == programme_id, of.level.in_(_LEVELS), _within(of.held_on, run))
        .group_by(*alike)
    )


def _session_months(which: ColumnElement[bool]) -> Select[Any]:
    of = training_session.c
    return select(of.id, of.programme_id, month_of(of.starts_on)).where(which)


def _insert_first(
    connection: Connection, programme_id: int, attendances: ColumnElement[bool], firsts: ColumnElement[bool]
) -> None:
    """First at each level, then first of the levels that count as trained."""
    _insert(connection, first_attended, _first_at_level(attendances))
    _insert(connection, first_attended, _first_trained(firsts, _trained_levels(connection, programme_id)))


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
