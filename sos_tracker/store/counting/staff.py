"""Staff in post and trained, team by team, from each day on which that changed: any day is one row of each team."""

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    ScalarSelect,
    Select,
    and_,
    case,
    delete,
    func,
    literal,
    literal_column,
    or_,
    select,
    true,
    union_all,
    update,
)

from sos_tracker.store.counting.keeping import put
from sos_tracker.store.counting.people import TRAINED
from sos_tracker.store.dialects import among
from sos_tracker.store.tables import first_attended, staff_count, staff_member

BEGINNING = date(1, 1, 1)
"""The day from which staff are in post whose start is not known; every team has a row of it."""
Team = tuple[str, str]
"""Agency and team."""


def bring_training_in_line(connection: Connection, which: ColumnElement[bool]) -> set[Team]:
    """Gives staff the day they were first trained; gives the teams where that was another one."""
    of = staff_member.c
    query = select(of.agency, of.team).where(which, training_differs()).distinct()
    teams = {(agency, team) for agency, team in connection.execute(query)}
    if teams:
        connection.execute(update(staff_member).values(trained_on=_trained_on()).where(which, training_differs()))
    return teams


def training_differs() -> ColumnElement[bool]:
    """Of a member of staff: the training date is not that of the register."""
    return staff_member.c.trained_on.is_distinct_from(_trained_on())


def _trained_on() -> ScalarSelect[Any]:
    of = first_attended.c
    return (
        select(of.held_on)
        .where(of.person_id == staff_member.c.person_id, of.level == TRAINED)
        .correlate(staff_member)
        .scalar_subquery()
    )


def count_teams(connection: Connection, programme_id: int, teams: Collection[Team]) -> None:
    """Counts these teams again, and any other that shares its name with one and its agency with another."""
    agencies, names = {agency for agency, _ in teams}, {team for _, team in teams}

    def theirs(table: Any) -> ColumnElement[bool]:
        return and_(
            table.c.programme_id == programme_id,
            among(connection, table.c.agency, agencies),
            among(connection, table.c.team, names),
        )

    connection.execute(delete(staff_count).where(theirs(staff_count)))
    put(connection, staff_count, _counts(theirs(staff_member)))


def staff_counts(programme_id: int) -> Select[Any]:
    """Staff of every team from each day on which their number changed, as the records say."""
    return _counts(staff_member.c.programme_id == programme_id)


def _counts(which: ColumnElement[bool]) -> Select[Any]:
    days = _comings_and_goings(which).subquery()
    of = days.c
    team = [of.programme_id, of.agency, of.team, of.in_scope]
    until_then = {"partition_by": team, "order_by": of.since}
    day = select(
        *team, of.since, func.sum(of.staff).label("staff"), func.sum(of.trained).label("trained")
    ).group_by(*team, of.since).subquery()  # fmt: skip
    of = day.c
    team = [of.programme_id, of.agency, of.team, of.in_scope]
    until_then = {"partition_by": team, "order_by": of.since}
    return select(*team, of.since, func.sum(of.staff).over(**until_then), func.sum(of.trained).over(**until_then))


def _comings_and_goings(which: ColumnElement[bool]) -> Any:
    """A row for each day somebody came into post, was trained or left; staff are in post and trained until they go."""
    of = staff_member.c
    beginning = literal(BEGINNING, staff_member.c.started_on.type)
    started = func.coalesce(of.started_on, beginning)
    trained = case((of.trained_on > started, of.trained_on), else_=started)
    stayed = or_(of.left_on.is_(None), of.left_on > started)
    still_here = and_(of.trained_on.is_not(None), or_(of.left_on.is_(None), of.left_on > trained))
    moves = [
        (beginning, 0, 0, true()),
        (started, 1, 0, stayed),
        (of.left_on, -1, 0, and_(of.left_on.is_not(None), stayed)),
        (trained, 0, 1, still_here),
        (of.left_on, 0, -1, and_(of.left_on.is_not(None), still_here)),
    ]
    return union_all(*(
        select(of.programme_id, of.agency, of.team, of.in_scope, since.label("since"),
               literal_column(str(staff), Integer).label("staff"),
               literal_column(str(learnt), Integer).label("trained"))
        .where(which, of.listed, condition)
        for since, staff, learnt, condition in moves
    ))  # fmt: skip
