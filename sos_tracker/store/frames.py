"""Fills the frames measures reckon from, cut at an as-at date: from counts, and from records in the part month only."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from sqlalchemy import (
    ColumnElement,
    Connection,
    Date,
    FromClause,
    Integer,
    Row,
    Select,
    and_,
    bindparam,
    case,
    false,
    func,
    or_,
    select,
    true,
)

from sos_tracker.measures.frames import (
    ATTENDANCES,
    BUDGET_LINES,
    FORECAST_MOVES,
    HEADCOUNTS,
    MILESTONES,
    PEOPLE,
    POSTS,
    PROFILE,
    SESSIONS,
    SPENDING,
    STAFF,
    TARGETS,
    BudgetFrames,
    Columns,
    ProgrammeFrames,
    TrainingFrames,
)
from sos_tracker.records.figures import Direction, RatingRule
from sos_tracker.records.training import CourseLevel, SessionStatus
from sos_tracker.store import tables
from sos_tracker.store.columns import frame_of, framed
from sos_tracker.store.counting.keeping import known
from sos_tracker.store.counting.people import LEVELS, TRAINED
from sos_tracker.store.counting.staff import BEGINNING
from sos_tracker.store.counting.training import cancelled
from sos_tracker.store.cut import Cut
from sos_tracker.store.embedding_frames import NOTES, OUTTURNS, STATUSES, Reading, Seldom
from sos_tracker.store.programmes import programme_record, programme_row
from sos_tracker.store.recording_tables import forecast_move
from sos_tracker.store.sweeps import Sweep, Swept


def programme_frames(connection: Connection, code: str, on: date) -> ProgrammeFrames:
    """Everything the catalogue of figures is reckoned from. Raises UnknownProgramme."""
    row = programme_row(connection, code)
    here = {"programme_id": row.id}
    reading = Reading.of(connection, row.id, on)
    return ProgrammeFrames(
        programme=programme_record(row),
        training=_training(connection, row.id, on, listed=tables.staff_member.name in reading.there),
        posts=frame_of(POSTS, connection.execute(_POSTS, here | {"on": on}).all()),
        budget=_budget(connection, row.id, on, reading),
        milestones=frame_of(MILESTONES, connection.execute(_MILESTONES, here).all()),
        moves=reading.frame(_MOVES),
        targets=frame_of(TARGETS, connection.execute(_TARGETS, here).all()),
        rules=_rules(connection, row.id),
        embedding=reading.embedding(),
        domains=reading.domains(),
        overrides=reading.frame(STATUSES),
        annotations=reading.frame(NOTES),
    )


def _training(connection: Connection, programme_id: int, on: date, *, listed: bool) -> TrainingFrames:
    cut = Cut(on)
    people = _PEOPLE.read(connection, programme_id, cut)
    headcounts = headcounts_by_month(connection, programme_id, cut)
    staff = frame_of(STAFF, teams_in_post(connection, programme_id, on))
    trained = int(people["people"][people["level"] == TRAINED].sum())
    return TrainingFrames(
        attendances=_swept(ATTENDANCES, _ATTENDANCES.read(connection, programme_id, cut)),
        people=_swept(PEOPLE, people),
        headcounts=_swept(HEADCOUNTS, headcounts),
        sessions=_swept(SESSIONS, _SESSIONS.read(connection, programme_id, cut)),
        staff=staff,
        trained_leavers=trained - int(staff["trained"].sum()) if listed else 0,
        staff_listed=listed,
    )


def teams_in_post(connection: Connection, programme_id: int, on: date) -> list[Row[Any]]:
    """Of each team with staff in post on that day: agency, team, in_scope, staff, trained."""
    teams = connection.execute(_STAFF, {"programme_id": programme_id, "on": on}).all()
    return [team for team in teams if team.staff]


def headcounts_by_month(connection: Connection, programme_id: int, cut: Cut) -> Swept:
    """HEADCOUNTS column by column, with month numbers."""
    found = _HEADCOUNTS.read(connection, programme_id, cut)
    return found | {"held": found["held"] & ~found["cancelled"].astype(np.bool_)}


def _budget(connection: Connection, programme_id: int, on: date, reading: Reading) -> BudgetFrames:
    lines = connection.execute(_LINES, {"programme_id": programme_id}).all()
    spending = _SPENDING.read(connection, programme_id, Cut(on))
    return BudgetFrames(
        lines=frame_of(BUDGET_LINES, [row[:3] for row in lines]),
        profile=frame_of(PROFILE, [(row.code, month, pence) for row in lines for month, pence in row.profile]),
        spending=_swept(SPENDING, spending, later=~spending["held"]),
        outturns=reading.frame(OUTTURNS),
    )


def _rules(connection: Connection, programme_id: int) -> dict[str, RatingRule]:
    return {
        row.measure: RatingRule(
            row.measure, Direction(row.direction), row.on_track_within, row.slightly_behind_within,
            row.data_months, row.data_owner,
        )
        for row in connection.execute(_RULES, {"programme_id": programme_id})
    }  # fmt: skip


def _swept(columns: Columns, found: Swept, **others: npt.NDArray[Any]) -> pd.DataFrame:
    return framed(columns, [others[name] if name in others else found[name] for name in columns])


def took_place(on: date) -> ColumnElement[bool]:
    """Of a session: it was held by that day and not cancelled."""
    of = tables.training_session.c
    return and_(Cut(on).held(of.starts_on), of.status.is_distinct_from(SessionStatus.CANCELLED.value))


def in_post(on: date) -> ColumnElement[bool]:
    """Of a member of staff: on the newest staff list, started and not left by that day."""
    of = tables.staff_member.c
    return and_(
        of.listed, or_(of.started_on.is_(None), of.started_on <= on), or_(of.left_on.is_(None), of.left_on > on)
    )


# Each question is built once: the programme and the day are told when it is asked.

_HERE = bindparam("programme_id", type_=Integer)
_ON = bindparam("on", type_=Date)


def _here(table: FromClause, *columns: ColumnElement[Any]) -> Select[Any]:
    return select(*columns).where(table.c.programme_id == _HERE)


def _attendances() -> Sweep:
    of = tables.attendance.c
    alike = [of.agency, known(of.level), known(of.session_status), of.outcome]
    records = _here(tables.attendance, *alike, func.count(), func.sum(of.register_rows)).group_by(*alike)
    names = ["agency", "level", "session_status", "outcome"]
    return Sweep(tables.attendance_count, names, ["attendances", "register_rows"], records, of.held_on, packed=2)


def _people() -> Sweep:
    of = tables.first_attended.c
    records = _here(tables.first_attended, of.level, of.agency, func.count()).where(of.level.in_(LEVELS))
    records = records.group_by(of.level, of.agency)
    return Sweep(tables.people_count, ["level", "agency"], ["people"], records, of.held_on, to_come=False)


def _headcounts() -> Sweep:
    of, session = tables.headcount.c, tables.training_session.c
    alike = [of.agency, known(func.coalesce(of.level, session.level)), cancelled()]
    records = _here(tables.training_session, *alike, func.count(), func.sum(of.attended))
    records = records.join_from(tables.training_session, tables.headcount).group_by(*alike)
    names = ["agency", "level", "cancelled"]
    return Sweep(tables.headcount_count, names, ["lines", "attended"], records, session.starts_on)


def _sessions() -> Sweep:
    of = tables.training_session.c
    alike = [known(of.level), known(of.status)]
    sums = [func.coalesce(func.sum(column), 0) for column in (of.places, of.cost_pence)]
    records = _here(tables.training_session, *alike, func.count(), *sums).group_by(*alike)
    names = ["level", "status"]
    return Sweep(tables.session_count, names, ["sessions", "places", "cost_pence"], records, of.starts_on)


def _spending() -> Sweep:
    of = tables.ledger_entry.c
    alike = [of.line, of.entry_kind]
    records = _here(tables.ledger_entry, *alike, func.count(), func.sum(of.amount_pence)).group_by(*alike)
    return Sweep(tables.spending_count, ["line", "entry_kind"], ["entries", "amount_pence"], records, of.posted_on)


def _staff() -> Select[Any]:
    """The newest row by then of each team, none in post included; teams are those that have a row of the beginning."""
    of, newest = tables.staff_count.c, tables.staff_count.alias()
    same = and_(*(newest.c[name] == of[name] for name in ("programme_id", "agency", "team", "in_scope")))
    by_then = (
        select(newest.c[name]).where(same, newest.c.since <= _ON).order_by(newest.c.since.desc()).limit(1)
        .scalar_subquery().label(name) for name in ("staff", "trained")
    )  # fmt: skip
    found = _here(tables.staff_count, of.agency, of.team, of.in_scope, *by_then).where(of.since == BEGINNING)
    return found.order_by(of.agency, of.team, of.in_scope)


def _posts() -> Select[Any]:
    of, first = tables.practice_lead_post.c, tables.first_attended
    trained = and_(
        first.c.person_id == of.person_id, first.c.level == CourseLevel.ADVANCED.value, first.c.held_on <= _ON
    )
    return (
        _here(tables.practice_lead_post, of.agency, of.team, of.filled, of.starts_on, of.ends_on, of.trained,
              case((first.c.person_id.is_not(None), true()), else_=false()))
        .outerjoin_from(tables.practice_lead_post, first, trained)
        .order_by(of.agency, of.team, of.starts_on.nulls_first(), of.holding, of.id)
    )  # fmt: skip


def _moves() -> Select[Any]:
    of = forecast_move.c
    told = (of[name] for name in list(FORECAST_MOVES)[1:])
    return (
        _here(forecast_move, tables.milestone.c.reference, *told)
        .join_from(forecast_move, tables.milestone)
        .where(of.moved_on <= _ON)
        .order_by(of.moved_on, of.id)
    )


def _records(table: FromClause, columns: Iterable[str], *order: ColumnElement[Any]) -> Select[Any]:
    return _here(table, *(table.c[name] for name in columns)).order_by(*order)


_ATTENDANCES, _PEOPLE, _HEADCOUNTS, _SESSIONS, _SPENDING = (
    _attendances(), _people(), _headcounts(), _sessions(), _spending()
)  # fmt: skip
_STAFF, _POSTS = _staff(), _posts()
_LINES = _records(tables.budget_line, (*BUDGET_LINES, "profile"), tables.budget_line.c.code)
_MILESTONES = _records(tables.milestone, MILESTONES, tables.milestone.c.reference)
_MOVES = Seldom.of(forecast_move, FORECAST_MOVES, _moves())
_RULES = select(tables.rating_rule).where(tables.rating_rule.c.programme_id == _HERE)
_TARGETS = _records(
    tables.strategy_target, TARGETS, tables.strategy_target.c.approved_on.nulls_first(),
    *(tables.strategy_target.c[name] for name in ("measure", "due_on", "id")),
)  # fmt: skip
