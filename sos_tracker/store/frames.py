"""Fills the frames measures reckon from, cut at an as-at date: from counts, and from records in the part month only."""

from datetime import date
from functools import lru_cache
from typing import Any

import pandas as pd
from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    case,
    exists,
    false,
    func,
    or_,
    select,
    true,
)

from sos_tracker.measures.frames import (
    ATTENDANCES,
    BUDGET_LINES,
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
from sos_tracker.store.columns import frame_of, swept
from sos_tracker.store.counts import LEVELS, TRAINED
from sos_tracker.store.cut import Cut
from sos_tracker.store.dialects import month_number
from sos_tracker.store.programmes import programme_record, programme_row


def programme_frames(connection: Connection, code: str, on: date) -> ProgrammeFrames:
    """Everything the catalogue of figures is reckoned from. Raises UnknownProgramme."""
    row = programme_row(connection, code)
    return ProgrammeFrames(
        programme=programme_record(row),
        training=_training(connection, row.id, on),
        posts=_frame(POSTS, connection, _posts(row.id, on)),
        budget=_budget(connection, row.id, on),
        milestones=_frame(MILESTONES, connection, _records(tables.milestone, MILESTONES, row.id, "reference")),
        targets=_frame(TARGETS, connection, _targets(row.id)),
        rules=_rules(connection, row.id),
    )


def _training(connection: Connection, programme_id: int, on: date) -> TrainingFrames:
    people = _people(connection, programme_id, on)
    staff = _frame(STAFF, connection, _staff(programme_id, on))
    listed = connection.scalar(select(exists().where(tables.staff_member.c.programme_id == programme_id)))
    trained = int(people["people"].to_numpy()[(people["level"] == TRAINED).to_numpy()].sum())
    return TrainingFrames(
        attendances=_attendances(connection, programme_id, on),
        people=people,
        headcounts=_frame(HEADCOUNTS, connection, _headcounts(programme_id, on)),
        sessions=_sessions(connection, programme_id, on),
        staff=staff,
        trained_leavers=trained - int(staff["trained"].sum()) if listed else 0,
        staff_listed=bool(listed),
    )


def _budget(connection: Connection, programme_id: int, on: date) -> BudgetFrames:
    line = tables.budget_line.c
    query = select(line.code, line.title, line.approved_pence, line.profile)
    lines = connection.execute(query.where(line.programme_id == programme_id).order_by(line.code)).all()
    return BudgetFrames(
        lines=frame_of(BUDGET_LINES, [row[:3] for row in lines]),
        profile=frame_of(PROFILE, [(row.code, month, pence) for row in lines for month, pence in row.profile]),
        spending=_frame(SPENDING, connection, _spending(programme_id, on)),
    )


def _rules(connection: Connection, programme_id: int) -> dict[str, RatingRule]:
    rule = tables.rating_rule
    return {
        row.measure: RatingRule(
            row.measure, Direction(row.direction), row.on_track_within, row.slightly_behind_within
        )
        for row in connection.execute(select(rule).where(rule.c.programme_id == programme_id).order_by(rule.c.measure))
    }  # fmt: skip


def _attendances(connection: Connection, programme_id: int, on: date) -> pd.DataFrame:
    cut, counted, of = Cut(on), tables.attendance_count, tables.attendance.c
    alike = ["agency", "level", "session_status", "outcome"]
    found = swept(connection, programme_id, cut, counted, alike, ["attendances", "register_rows"])
    if cut.part:
        held, (level, status) = cut.held(of.held_on), (_text(of.level), _text(of.session_status))
        found += connection.execute(
            select(of.agency, level, status, of.outcome, held, func.count(), func.sum(of.register_rows))
            .where(of.programme_id == programme_id, cut.in_part(of.held_on))
            .group_by(of.agency, level, status, of.outcome, held)
        )  # fmt: skip
    return found.frame(ATTENDANCES)


def _people(connection: Connection, programme_id: int, on: date) -> pd.DataFrame:
    cut, counted, of = Cut(on), tables.people_count, tables.first_attended.c
    found = swept(connection, programme_id, cut, counted, ["level", "agency"], ["people"], to_come=False)
    if cut.part:
        found += connection.execute(
            select(of.level, of.agency, true(), func.count())
            .where(of.programme_id == programme_id, of.level.in_(LEVELS), of.held_on >= cut.part, of.held_on <= on)
            .group_by(of.level, of.agency)
        )  # fmt: skip
    return found.frame(PEOPLE)


def _sessions(connection: Connection, programme_id: int, on: date) -> pd.DataFrame:
    cut, counted, of = Cut(on), tables.session_count, tables.training_session.c
    found = swept(connection, programme_id, cut, counted, ["level", "status"], ["sessions", "places", "cost_pence"])
    if cut.part:
        held, (level, status) = cut.held(of.starts_on), (_text(of.level), _text(of.status))
        places, cost = (func.coalesce(func.sum(column), 0) for column in (of.places, of.cost_pence))
        found += connection.execute(
            select(level, status, held, func.count(), places, cost)
            .where(of.programme_id == programme_id, cut.in_part(of.starts_on))
            .group_by(level, status, held)
        )  # fmt: skip
    return found.frame(SESSIONS)


@lru_cache(maxsize=64)
def _headcounts(programme_id: int, on: date) -> Select[Any]:
    of, session = tables.headcount.c, tables.training_session.c
    level = _text(func.coalesce(of.level, session.level))
    alike = [month_number(session.starts_on), of.agency, level, took_place(on)]
    return (
        select(*alike, func.sum(of.attended), func.count())
        .join_from(tables.headcount, tables.training_session)
        .where(of.programme_id == programme_id)
        .group_by(*alike)
    )


def took_place(on: date) -> ColumnElement[bool]:
    """Of a session: it was held by that day and not cancelled."""
    of = tables.training_session.c
    return and_(Cut(on).held(of.starts_on), of.status.is_distinct_from(SessionStatus.CANCELLED.value))


@lru_cache(maxsize=64)
def _staff(programme_id: int, on: date) -> Select[Any]:
    of = tables.staff_member.c
    trained = func.coalesce(func.sum(case((of.trained_on <= on, 1), else_=0)), 0)
    return (
        select(of.agency, of.team, of.in_scope, func.count(), trained)
        .where(of.programme_id == programme_id, in_post(on))
        .group_by(of.agency, of.team, of.in_scope)
    )


def trained_by(person_id: ColumnElement[Any], level: str, on: date) -> ColumnElement[bool]:
    """Joins a person to the first time they came to a course at that level, where that was by then."""
    first = tables.first_attended.c
    return and_(first.person_id == person_id, first.level == level, first.held_on <= on)


def in_post(on: date) -> ColumnElement[bool]:
    """Of a member of staff: on the newest staff list, started and not left by that day."""
    of = tables.staff_member.c
    return and_(
        of.listed, or_(of.started_on.is_(None), of.started_on <= on), or_(of.left_on.is_(None), of.left_on > on)
    )


@lru_cache(maxsize=64)
def _posts(programme_id: int, on: date) -> Select[Any]:
    of, first = tables.practice_lead_post.c, tables.first_attended
    return (
        select(of.agency, of.team, of.filled, of.starts_on, of.ends_on, of.trained,
               case((first.c.person_id.is_not(None), true()), else_=false()))
        .outerjoin_from(tables.practice_lead_post, first, trained_by(of.person_id, CourseLevel.ADVANCED.value, on))
        .where(of.programme_id == programme_id)
        .order_by(of.agency, of.team, of.starts_on.nulls_first(), of.holding, of.id)
    )  # fmt: skip


@lru_cache(maxsize=64)
def _spending(programme_id: int, on: date) -> Select[Any]:
    of = tables.ledger_entry.c
    alike = [month_number(of.posted_on), of.line, of.entry_kind, of.posted_on > on]
    return (
        select(*alike, func.sum(of.amount_pence), func.count())
        .where(of.programme_id == programme_id)
        .group_by(*alike)
    )  # fmt: skip


@lru_cache(maxsize=64)
def _targets(programme_id: int) -> Select[Any]:
    of = tables.strategy_target.c
    query = select(*(of[name] for name in TARGETS)).where(of.programme_id == programme_id)
    return query.order_by(of.approved_on.nulls_first(), of.measure, of.due_on, of.id)


def _records(table: Any, columns: Columns, programme_id: int, order: str) -> Select[Any]:
    query = select(*(table.c[name] for name in columns)).where(table.c.programme_id == programme_id)
    return query.order_by(table.c[order])


def _text(column: ColumnElement[Any]) -> ColumnElement[str]:
    return func.coalesce(column, "")


def _frame(columns: Columns, connection: Connection, query: Select[Any]) -> pd.DataFrame:
    return frame_of(columns, connection.execute(query).all())
