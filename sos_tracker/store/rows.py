"""The rows behind a figure, newest first and a page at a time. No names and no keys of people are among them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import ColumnElement, Engine, Select, case, false, func, select

from sos_tracker.measures.frames import Columns
from sos_tracker.records.budget import EntryKind
from sos_tracker.records.periods import day, next_month
from sos_tracker.records.periods import month_of as first_of_month
from sos_tracker.records.training import CourseLevel, Outcome, SessionStatus
from sos_tracker.store.attendance_pages import AttendanceChoice, attendance_page
from sos_tracker.store.columns import frame_of
from sos_tracker.store.counts import TRAINED
from sos_tracker.store.cut import Cut
from sos_tracker.store.database import reading
from sos_tracker.store.dialects import number_of_month
from sos_tracker.store.frames import headcounts_by_month, in_post, teams_in_post, took_place
from sos_tracker.store.programmes import programme_row
from sos_tracker.store.tables import attendance, first_attended, headcount, ledger_entry, staff_member, training_session

ATTENDANCE_ROWS: Columns = {
    # a row: one person's place in one session; why: that it is counted as an attendance, or why not
    "session": "object", "held_on": "datetime64[us]", "course": "object", "level": "object", "agency": "object",
    "team": "object", "job_role": "object", "outcome": "object", "session_status": "object",
    "register_rows": "int64", "batch": "Int64", "why": "object",
}  # fmt: skip
FIRST_TRAINED_ROWS: Columns = {
    # a row: one person, by the session that first made them trained
    "held_on": "datetime64[us]", "session": "object", "level": "object", "agency": "object", "team": "object",
    "job_role": "object",
}  # fmt: skip
SESSION_ROWS: Columns = {
    # a row: one session; held: it took place by the as-at date
    "session": "object", "starts_on": "datetime64[us]", "ends_on": "datetime64[us]", "course": "object",
    "level": "object", "status": "object", "venue": "object", "places": "Int64", "cost_pence": "Int64",
    "held": "bool", "batch": "Int64",
}  # fmt: skip
HEADCOUNT_ROWS: Columns = {
    # a row: people of one agency who came to one session, reported without names
    "held_on": "datetime64[us]", "session": "object", "level": "object", "agency": "object", "attended": "int64",
    "batch": "Int64", "why": "object",
}  # fmt: skip
LEDGER_ROWS: Columns = {
    "posted_on": "datetime64[us]", "line": "object", "supplier": "object", "narrative": "object",
    "entry_kind": "object", "amount_pence": "int64", "reference": "object", "batch": "Int64",
}  # fmt: skip
STAFF_ROWS: Columns = {
    # a row: one member of staff in post; trained: by the as-at date
    "agency": "object", "team": "object", "job_role": "object", "in_scope": "bool", "trained": "bool",
    "first_trained_on": "datetime64[us]",
}  # fmt: skip
_WHY_NOT = {
    Outcome.BOOKED: "not counted: nothing says what became of the booking",
    Outcome.NO_SHOW: "not counted: booked and did not come",
    Outcome.CANCELLED: "not counted: the person cancelled",
}


@dataclass(frozen=True)
class Rows:
    """One page of rows, and how many there are of them in all."""

    frame: pd.DataFrame
    total: int


class RowQueries:
    """Each gives the rows as they are on the as-at date ``on``; raises UnknownProgramme."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def attendance_rows(
        self, code: str, on: date, *, agency: str | None = None, team: str | None = None,
        level: CourseLevel | str | None = None, month: date | None = None, outcome: Outcome | str | None = None,
        came: bool | None = None, limit: int = 100, offset: int = 0,
    ) -> Rows:  # fmt: skip
        """Places in sessions: ATTENDANCE_ROWS. ``came``: only those counted as attendances, or only the others."""
        choice = AttendanceChoice(on, agency, team, _text(level), month and first_of_month(month), _text(outcome), came)
        with reading(self.engine) as connection:
            found, total = attendance_page(connection, programme_row(connection, code).id, choice, limit, offset)
        return Rows(frame_of(ATTENDANCE_ROWS, [(*row, _why(row, on)) for row in found]), total)

    def first_trained_rows(
        self, code: str, on: date, *, agency: str | None = None, month: date | None = None, limit: int = 100,
        offset: int = 0,
    ) -> Rows:  # fmt: skip
        """The people trained by then, each by the session that first made them so: FIRST_TRAINED_ROWS."""
        of = first_attended.c
        query = (
            select(of.held_on, training_session.c.reference, attendance.c.level, of.agency, attendance.c.team,
                   attendance.c.job_role)
            .join_from(first_attended, attendance, attendance.c.id == of.attendance_id)
            .join(training_session, training_session.c.id == attendance.c.session_id)
            .order_by(of.held_on.desc(), of.attendance_id.desc())
        )  # fmt: skip
        which = [of.level == TRAINED, of.held_on <= on, *_is(of.agency, agency), *_in_month(of.held_on, month)]
        return self._page(code, query, first_attended, which, FIRST_TRAINED_ROWS, limit, offset)

    def session_rows(
        self, code: str, on: date, *, level: CourseLevel | str | None = None,
        status: SessionStatus | str | None = None, month: date | None = None, limit: int = 100, offset: int = 0,
    ) -> Rows:  # fmt: skip
        """Every session, those after ``on`` included: SESSION_ROWS. Those without a date come last."""
        of = training_session.c
        query = select(
            of.reference, of.starts_on, of.ends_on, of.course, _blank(of.level), _blank(of.status), of.venue,
            of.places, of.cost_pence, took_place(on), of.batch_id,
        ).order_by(of.starts_on.desc().nulls_last(), of.id.desc())  # fmt: skip
        which = [*_is(of.level, level), *_is(of.status, status), *_in_month(of.starts_on, month)]
        return self._page(code, query, training_session, which, SESSION_ROWS, limit, offset)

    def headcount_rows(
        self, code: str, on: date, *, agency: str | None = None, level: CourseLevel | str | None = None,
        month: date | None = None, counted: bool | None = True, limit: int = 100, offset: int = 0,
    ) -> Rows:  # fmt: skip
        """Partner agencies' counts: HEADCOUNT_ROWS. ``counted`` False: those left out, as yet; None: all."""
        of, session = headcount.c, training_session.c
        at_level, held = func.coalesce(of.level, session.level), took_place(on)
        query = (
            select(session.starts_on, session.reference, _blank(at_level), of.agency, of.attended, of.batch_id,
                   session.status)
            .join_from(headcount, training_session)
            .order_by(session.starts_on.desc().nulls_last(), of.id.desc())
        )  # fmt: skip
        which = [*_is(of.agency, agency), *_is(at_level, level), *_in_month(session.starts_on, month)]
        if counted is not None:
            which.append(held if counted else ~held)
        with reading(self.engine) as connection:
            number = programme_row(connection, code).id
            found = connection.execute(
                query.where(session.programme_id == number, *which).limit(limit).offset(offset)
            ).all()
            counts = headcounts_by_month(connection, number, Cut(on))
            chosen = {"agency": agency, "level": level, "month": month and number_of_month(month), "held": counted}
            there = [counts[name] == value for name, value in chosen.items() if value is not None]
            total = counts["lines"][np.logical_and.reduce(there)] if there else counts["lines"]
            rows = [(*row[:-1], _why_headcount(row.starts_on, row.status, on)) for row in found]
            return Rows(frame_of(HEADCOUNT_ROWS, rows), int(total.sum()))

    def ledger_rows(
        self, code: str, on: date, *, line: str | None = None,
        entry_kind: EntryKind | str | Sequence[EntryKind] | None = None,
        month: date | None = None, later: bool | None = False, limit: int = 100, offset: int = 0,
    ) -> Rows:  # fmt: skip
        """Entries of the ledger posted by then, of one kind or of several: LEDGER_ROWS.

        ``later`` True: those posted after; None: all.
        """
        of = ledger_entry.c
        query = select(
            of.posted_on, of.line, of.supplier, of.narrative, of.entry_kind, of.amount_pence, of.reference, of.batch_id
        ).order_by(of.posted_on.desc(), of.id.desc())
        which = [*_is(of.line, line), *_is_one(of.entry_kind, entry_kind), *_in_month(of.posted_on, month)]
        if later is not None:
            which.append(of.posted_on > on if later else of.posted_on <= on)
        return self._page(code, query, ledger_entry, which, LEDGER_ROWS, limit, offset)

    def staff_rows(
        self, code: str, on: date, *, agency: str | None = None, team: str | None = None,
        trained: bool | None = None, in_scope: bool | None = True, limit: int = 100, offset: int = 0,
    ) -> Rows:  # fmt: skip
        """Staff in post on that day, by agency and team: STAFF_ROWS. ``in_scope`` None: all of them."""
        of = staff_member.c
        is_trained = func.coalesce(of.trained_on <= on, false())
        which = [in_post(on), *_is(of.agency, agency), *_is(of.team, team), *_is(of.in_scope, in_scope)]
        if trained is not None:
            which.append(is_trained if trained else ~is_trained)
        order = (of.agency, of.team, of.job_role, of.id)
        with reading(self.engine) as connection:
            number = programme_row(connection, code).id
            of_page = select(of.id).where(of.programme_id == number, *which).order_by(*order)
            page = of_page.limit(limit).offset(offset).subquery()
            found = connection.execute(
                select(of.agency, of.team, of.job_role, of.in_scope, is_trained, case((is_trained, of.trained_on)))
                .join_from(page, staff_member, of.id == page.c.id)
                .order_by(*order)
            ).all()
            total = 0
            for row in teams_in_post(connection, number, on):
                if agency in (None, row.agency) and team in (None, row.team) and in_scope in (None, row.in_scope):
                    total += row.staff if trained is None else row.trained if trained else row.staff - row.trained
            return Rows(frame_of(STAFF_ROWS, found), total)

    def _page(
        self, code: str, query: Select[Any], table: Any, which: Sequence[ColumnElement[bool]], columns: Columns,
        limit: int, offset: int,
    ) -> Rows:  # fmt: skip
        with reading(self.engine) as connection:
            here = [table.c.programme_id == programme_row(connection, code).id, *which]
            total = select(func.count()).select_from(table).where(*here)
            found = connection.execute(query.where(*here).limit(limit).offset(offset)).all()
            return Rows(frame_of(columns, found), connection.scalars(total).one())


def _why(row: Any, on: date) -> str:
    """Whether and why a row of ATTENDANCE_ROWS is counted as an attendance."""
    if row.held_on is None:
        return "not counted: the date of the session is not known"
    if row.held_on > on:
        return f"not counted: the session is after {day(on)}"
    if row.session_status == SessionStatus.CANCELLED:
        return "not counted: the session was cancelled"
    if row.outcome in _WHY_NOT:
        return _WHY_NOT[Outcome(row.outcome)]
    said = "counted: came without booking" if row.outcome == Outcome.WALK_IN else "counted: came"
    return said if row.register_rows < 2 else f"{said} (once, though the register has it {row.register_rows} times)"


def _why_headcount(starts_on: date | None, status: str | None, on: date) -> str:
    if starts_on is None:
        return "not counted: the date of the session is not known"
    if starts_on > on:
        return f"not counted: the session is after {day(on)}"
    return "not counted: the session was cancelled" if status == SessionStatus.CANCELLED else "counted"


def _text(value: str | None) -> str | None:
    return None if value is None else str(value)


def _blank(column: ColumnElement[Any]) -> ColumnElement[str]:
    return func.coalesce(column, "")


def _is(column: ColumnElement[Any], value: object) -> list[ColumnElement[bool]]:
    if value is None:
        return []
    return [column.is_(value) if isinstance(value, bool) else column == str(value)]


def _is_one(column: ColumnElement[Any], values: str | Sequence[str] | None) -> list[ColumnElement[bool]]:
    if values is None or isinstance(values, str):
        return _is(column, values)
    return [column.in_([str(value) for value in values])]


def _in_month(column: ColumnElement[Any], month: date | None) -> list[ColumnElement[bool]]:
    return [] if month is None else [column >= first_of_month(month), column < next_month(month)]
