"""Counts kept beside the records, in the same transaction, so that no page ever counts attendances one by one.

What each of them counts stands in ``counting/``; here is when they are counted again, and whether they agree.
"""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection, Select, Table, delete, func, select

from sos_tracker.store.counting.keeping import count_months, disagreements, put, runs
from sos_tracker.store.counting.people import LEVELS, TRAINED, came, find_firsts, firsts, people_counts, put_firsts
from sos_tracker.store.counting.spending import spending_counts
from sos_tracker.store.counting.staff import Team, bring_training_in_line, count_teams, staff_counts, training_differs
from sos_tracker.store.counting.training import BY_MONTH, bring_facts_in_line, facts_differ, note_months, session_months
from sos_tracker.store.dialects import among
from sos_tracker.store.tables import (
    attendance,
    counted_session,
    first_attended,
    people_count,
    spending_count,
    staff_count,
    staff_member,
    training_session,
)

__all__ = ["LEVELS", "TRAINED", "came", "differences", "rebuild", "refresh"]

_SHARE_WORTH_REBUILDING = 3  # where a third of the sessions is touched, counting everything anew is quicker


def refresh(
    connection: Connection, programme_id: int, *, sessions: Collection[int], people: Collection[int],
    teams: Collection[Team] = (), months_posted: Collection[int] = (),
) -> None:  # fmt: skip
    """Brings facts and counts in line after a write, within its transaction.

    ``sessions``: those added, changed or removed, and those of every attendance and headcount added, changed or
    removed, as it was and as it is; ``people``: likewise those of attendances, and those of members of staff;
    ``teams``: likewise those of members of staff; ``months_posted``: likewise those of the ledger's entries, by number.
    """
    for run in runs(months_posted):
        count_months(connection, programme_id, spending_count, run, spending_counts)
    moved = set(people)
    if sessions and _worth_rebuilding(connection, programme_id, len(sessions)):
        _rebuild_training(connection, programme_id)
        teams = set(teams) | bring_training_in_line(connection, staff_member.c.programme_id == programme_id)
    elif sessions or people:
        moved |= _count_training(connection, programme_id, sessions, moved)
        teams = set(teams) | bring_training_in_line(connection, among(connection, staff_member.c.person_id, moved))
    if teams:
        count_teams(connection, programme_id, teams)


def rebuild(connection: Connection, programme_id: int) -> None:
    """Counts everything of the programme anew."""
    _rebuild_training(connection, programme_id)
    bring_training_in_line(connection, staff_member.c.programme_id == programme_id)
    for table, counted in (
        (staff_count, staff_counts(programme_id)),
        (spending_count, spending_counts(programme_id, None)),
    ):
        connection.execute(delete(table).where(table.c.programme_id == programme_id))
        put(connection, table, counted)


def differences(connection: Connection, programme_id: int) -> list[str]:
    """Where the counts say other than the records do: a sentence each, none when they agree."""
    found = []
    out_of_line = connection.scalar(
        select(func.count()).select_from(attendance).join(training_session)
        .where(attendance.c.programme_id == programme_id, facts_differ())
    )  # fmt: skip
    if out_of_line:
        found.append(f"{out_of_line:,} attendances repeat a date, level or status that their session does not have.")
    untrained = connection.scalar(
        select(func.count()).select_from(staff_member)
        .where(staff_member.c.programme_id == programme_id, training_differs())
    )  # fmt: skip
    if untrained:
        found.append(f"{untrained:,} members of staff repeat a training date that the register does not have.")
    for name, table, recounts in _recounts(connection, programme_id):
        wrong = disagreements(connection, programme_id, table, recounts)
        if wrong:
            found.append(f"The counts of {name} differ from the records in {wrong:,} places.")
    return found


def _recounts(connection: Connection, programme_id: int) -> list[tuple[str, Table, Sequence[Select[Any]]]]:
    """Every count by name: the table it is kept in, and what the records say."""
    here = training_session.c.programme_id == programme_id
    return [
        *((name, table, [counted(programme_id, None)]) for name, (table, counted) in BY_MONTH.items()),
        ("people by the month they were first trained", people_count, [people_counts(programme_id, None)]),
        ("sessions by month", counted_session, [session_months(here)]),
        ("first attendances", first_attended, firsts(connection, programme_id)),
        ("staff by team", staff_count, [staff_counts(programme_id)]),
        ("the ledger by month", spending_count, [spending_counts(programme_id, None)]),
    ]


def _worth_rebuilding(connection: Connection, programme_id: int, touched: int) -> bool:
    known = select(func.count()).select_from(counted_session).where(counted_session.c.programme_id == programme_id)
    return touched * _SHARE_WORTH_REBUILDING >= (connection.scalar(known) or 0)


def _count_training(
    connection: Connection, programme_id: int, sessions: Collection[int], people: set[int]
) -> set[int]:  # fmt: skip
    """Counts the months of these sessions again, and these people; gives the people whose attendances moved too."""
    here = among(connection, attendance.c.session_id, sessions)
    moved = set(connection.scalars(
        select(attendance.c.person_id).join(training_session).where(here, facts_differ()).distinct()
    ))  # fmt: skip
    bring_facts_in_line(connection, here)
    months = note_months(connection, programme_id, sessions)
    for run in runs(months):
        for table, counted in BY_MONTH.values():
            count_months(connection, programme_id, table, run, counted)
    for run in runs(months | find_firsts(connection, programme_id, people | moved)):
        count_months(connection, programme_id, people_count, run, people_counts)
    return moved


def _rebuild_training(connection: Connection, programme_id: int) -> None:
    theirs = attendance.c.programme_id == programme_id
    bring_facts_in_line(connection, theirs)
    for table in (first_attended, counted_session, people_count, *(table for table, _ in BY_MONTH.values())):
        connection.execute(delete(table).where(table.c.programme_id == programme_id))
    put(connection, counted_session, session_months(training_session.c.programme_id == programme_id))
    put_firsts(connection, programme_id, theirs, first_attended.c.programme_id == programme_id)
    for table, counted in BY_MONTH.values():
        put(connection, table, counted(programme_id, None))
    put(connection, people_count, people_counts(programme_id, None))
