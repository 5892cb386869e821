"""Counts kept beside the records, in the same transaction, so that no page ever counts attendances one by one.

Somebody came where the outcome is attended or walk-in, in a session that has a date and is not cancelled. A person's
first attendance at a level is the earliest day they came, and of several on one day the one recorded first.
"""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    ScalarSelect,
    Select,
    Subquery,
    Table,
    and_,
    delete,
    func,
    insert,
    literal,
    literal_column,
    or_,
    select,
    true,
    union_all,
    update,
)

from sos_tracker.records.training import CAME, CourseLevel, SessionStatus
from sos_tracker.store.dialects import among, month_number, month_of_number
from sos_tracker.store.tables import (
    attendance,
    attendance_count,
    counted_session,
    first_attended,
    people_count,
    programme,
    session_count,
    staff_member,
    training_session,
)

TRAINED = "trained"
LEVELS = (*(level.value for level in CourseLevel), TRAINED)
_SHARE_WORTH_REBUILDING = 3  # where a third of the sessions is touched, counting everything anew is quicker

_FACTS = {"held_on": "starts_on", "level": "level", "session_status": "status"}
_Run = tuple[int, int]


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
    and as it is; ``people``: likewise those of attendances, and those of members of staff. None is everything.
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
    for run in _runs(months):
        _count_again(connection, programme_id, attendance_count, run, _attendance_counts(programme_id, run))
        _count_again(connection, programme_id, session_count, run, _session_counts(programme_id, run))
    for run in _runs(months | _count_people(connection, programme_id, moved)):
        _count_again(connection, programme_id, people_count, run, _people_counts(programme_id, run))
    _bring_staff_in_line(connection, among(connection, staff_member.c.person_id, moved))


def rebuild(connection: Connection, programme_id: int) -> None:
    """Counts everything of the programme anew."""
    _bring_facts_in_line(connection, attendance.c.programme_id == programme_id)
    for table in (first_attended, counted_session, attendance_count, session_count, people_count):
        connection.execute(delete(table).where(table.c.programme_id == programme_id))
    _insert(connection, counted_session, _session_months(training_session.c.programme_id == programme_id))
    _insert_first(
        connection, programme_id, attendance.c.programme_id == programme_id,
        first_attended.c.programme_id == programme_id,
    )  # fmt: skip
    _insert(connection, attendance_count, _attendance_counts(programme_id, None))
    _insert(connection, session_count, _session_counts(programme_id, None))
    _insert(connection, people_count, _people_counts(programme_id, None))
    _bring_staff_in_line(connection, staff_member.c.programme_id == programme_id)


def differences(connection: Connection, programme_id: int) -> list[str]:
    """Where the counts say other than the records do: a sentence each, none when they agree."""
    found = []
    out_of_line = connection.scalar(
        select(func.count()).select_from(attendance).join(training_session)
        .where(attendance.c.programme_id == programme_id, _facts_differ())
    )  # fmt: skip
    if out_of_line:
        found.append(f"{out_of_line:,} attendances repeat a date, level or status that their session does not have.")
    untrained = connection.scalar(
        select(func.count()).select_from(staff_member)
        .where(staff_member.c.programme_id == programme_id, _staff_differ())
    )  # fmt: skip
    if untrained:
        found.append(f"{untrained:,} members of staff repeat a training date that the register does not have.")
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


def _bring_staff_in_line(connection: Connection, which: ColumnElement[bool]) -> None:
    connection.execute(update(staff_member).values(trained_on=_trained_on()).where(which, _staff_differ()))


def _trained_on() -> ScalarSelect[Any]:
    of = first_attended.c
    return (
        select(of.held_on)
        .where(of.person_id == staff_member.c.person_id, of.level == TRAINED)
        .correlate(staff_member)
        .scalar_subquery()
    )


def _staff_differ() -> ColumnElement[bool]:
    return staff_member.c.trained_on.is_distinct_from(_trained_on())


def _count_sessions(connection: Connection, programme_id: int, sessions: Collection[int]) -> set[int]:
    """Notes the month each of these sessions stands in now; gives the months they stood in before and stand in now."""
    counted = among(connection, counted_session.c.session_id, sessions)
    month = select(counted_session.c.month_number).where(counted).distinct()
    before = set(connection.scalars(month))
    connection.execute(delete(counted_session).where(counted))
    here = and_(training_session.c.programme_id == programme_id, among(connection, training_session.c.id, sessions))
    _insert(connection, counted_session, _session_months(here))
    return before | set(connection.scalars(month))


def _count_people(connection: Connection, programme_id: int, people: Collection[int]) -> set[int]:
    """Finds the first attendances of these people anew; gives the months in which any of them came or went."""
    of = first_attended.c
    theirs = among(connection, of.person_id, people)
    listed = select(of.person_id, of.level, of.agency, month_number(of.held_on)).where(theirs)
    before = {tuple(row) for row in connection.execute(listed)}
    connection.execute(delete(first_attended).where(theirs))
    _insert_first(connection, programme_id, among(connection, attendance.c.person_id, people), theirs)
    after = {tuple(row) for row in connection.execute(listed)}
    return {month for *_, month in before ^ after}


def _runs(months: Collection[int]) -> list[_Run]:
    """Months that follow each other, together: the first and the last. No date at all is a month of its own, 0."""
    runs: list[_Run] = []
    for month in sorted(months):
        if runs and month == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], month)
        else:
            runs.append((month, month))
    return runs


def _count_again(connection: Connection, programme_id: int, table: Table, run: _Run, counted: Select[Any]) -> None:
    here = and_(table.c.programme_id == programme_id, table.c.month_number.between(*run))
    connection.execute(delete(table).where(here))
    _insert(connection, table, counted)


def _within(day: Column[Any], run: _Run | None) -> ColumnElement[bool]:
    if run is None:
        return true()
    first, after = month_of_number(run[0]), month_of_number(run[1] + 1)
    return day.is_(None) if first is None else and_(day >= first, day < after)


def _kept(table: Table) -> list[Column[Any]]:
    return list(table.columns)


def _insert(connection: Connection, table: Table, rows: Select[Any]) -> None:
    connection.execute(insert(table).from_select([column.name for column in _kept(table)], rows))


def _attendance_counts(programme_id: int, run: _Run | None) -> Select[Any]:
    of = attendance.c
    alike = [
        of.programme_id,
        of.agency,
        _known(of.level),
        _known(of.session_status),
        of.outcome,
        month_number(of.held_on),
    ]
    return (
        select(*alike, func.count(), func.sum(of.register_rows))
        .where(of.programme_id == programme_id, _within(of.held_on, run))
        .group_by(*alike)
    )


def _session_counts(programme_id: int, run: _Run | None) -> Select[Any]:
    of = training_session.c
    alike = [of.programme_id, _known(of.level), _known(of.status), month_number(of.starts_on)]
    places, cost = (func.coalesce(func.sum(column), 0) for column in (of.places, of.cost_pence))
    return (
        select(*alike, func.count(), places, cost)
        .where(of.programme_id == programme_id, _within(of.starts_on, run))
        .group_by(*alike)
    )


def _people_counts(programme_id: int, run: _Run | None) -> Select[Any]:
    of = first_attended.c
    alike = [of.programme_id, of.level, of.agency, month_number(of.held_on)]
    return (
        select(*alike, func.count())
        .where(of.programme_id == programme_id, of.level.in_(LEVELS), _within(of.held_on, run))
        .group_by(*alike)
    )


def _session_months(which: ColumnElement[bool]) -> Select[Any]:
    of = training_session.c
    return select(of.programme_id, of.id, month_number(of.starts_on)).where(which)


def _known(column: Column[Any]) -> ColumnElement[str]:
    return func.coalesce(column, literal_column("''"))


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
