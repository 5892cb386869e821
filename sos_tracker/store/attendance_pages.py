"""One page of attendances among a million: the counts say in which months it lies, and only those are read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Row, Select, and_, false, func, or_, select

from sos_tracker.records.periods import next_month
from sos_tracker.records.training import CAME, SessionStatus
from sos_tracker.store.cut import Cut
from sos_tracker.store.dialects import month_of_number, number_of_month, on_days
from sos_tracker.store.tables import attendance, attendance_count, training_session

_Month = tuple[date | None, int]
_MONTHS_WALKED = 3


@dataclass(frozen=True)
class AttendanceChoice:
    """Which attendances, seen on which day; None is any. ``month`` is its first day."""

    on: date
    agency: str | None = None
    team: str | None = None
    level: str | None = None
    month: date | None = None
    outcome: str | None = None
    came: bool | None = None

    def among(self, table: FromClause, held: ColumnElement[bool]) -> list[ColumnElement[bool]]:
        """The choice as conditions on attendances or on their counts, where they have the columns."""
        of = table.c
        chosen = {"agency": self.agency, "team": self.team, "level": self.level, "outcome": self.outcome}
        conditions: list[ColumnElement[bool]] = [
            of[name] == value for name, value in chosen.items() if value is not None
        ]
        if self.came is not None:
            came = and_(
                held,
                of.outcome.in_([outcome.value for outcome in CAME]),
                of.session_status.is_distinct_from(SessionStatus.CANCELLED.value),
            )
            conditions.append(came if self.came else ~came)
        return conditions


def attendance_page(
    connection: Connection, programme_id: int, choice: AttendanceChoice, limit: int, offset: int
) -> tuple[Sequence[Row[Any]], int]:
    """The rows, newest first and those without a date last, and how many there are in all."""
    of, cut = attendance.c, Cut(choice.on)
    which = [of.programme_id == programme_id, *choice.among(attendance, cut.held(of.held_on))]
    if choice.month is not None:
        which += [of.held_on >= choice.month, of.held_on < next_month(choice.month)]
    if choice.team is not None:
        total = connection.scalars(select(func.count()).select_from(attendance).where(*which)).one()
    else:
        months = _months(connection, programme_id, choice)
        total = sum(number for _, number in months)
        months, offset = _holding(months, limit, offset)
        which.append(_within(connection, of.held_on, [month for month, _ in months]))
    newest = (of.held_on.desc().nulls_last(), of.id.desc())
    of_page = select(of.id).where(*which).order_by(*newest).limit(limit).offset(offset).subquery()
    page: Select[Any] = (
        select(training_session.c.reference, of.held_on, training_session.c.course, func.coalesce(of.level, ""),
               of.agency, of.team, of.job_role, of.outcome,
               func.coalesce(of.session_status, "").label("session_status"), of.register_rows, of.batch_id)
        .join_from(of_page, attendance, of.id == of_page.c.id)
        .join(training_session)
        .order_by(*newest)
    )  # fmt: skip
    return connection.execute(page).all(), total


def _months(connection: Connection, programme_id: int, choice: AttendanceChoice) -> list[_Month]:
    """How many of the attendances each month has, newest first, no date last; months without any are not there."""
    counted, of, cut = attendance_count.c, attendance.c, Cut(choice.on)
    which = [
        counted.programme_id == programme_id,
        *choice.among(attendance_count, cut.month_over(counted.month_number)),
    ]
    if choice.month is not None:
        which.append(counted.month_number == number_of_month(choice.month))
    if cut.part is not None:
        which.append(counted.month_number != number_of_month(cut.part))
    query = select(counted.month_number, func.sum(counted.attendances)).where(*which).group_by(counted.month_number)
    found = [(number, int(attendances)) for number, attendances in connection.execute(query)]
    if cut.part is not None and choice.month in (None, cut.part):
        in_part = [of.programme_id == programme_id, cut.in_part(of.held_on)]
        in_part += choice.among(attendance, cut.held(of.held_on))
        attendances = connection.scalars(select(func.count()).select_from(attendance).where(*in_part)).one()
        found += [(number_of_month(cut.part), attendances)] if attendances else []
    return [(month_of_number(number), attendances) for number, attendances in sorted(found, reverse=True)]


def _holding(months: list[_Month], limit: int, offset: int) -> tuple[list[_Month], int]:
    """The months that hold rows ``offset`` to ``offset + limit``, and the offset within them."""
    chosen: list[_Month] = []
    held = 0
    for month, number in months:
        if not chosen and offset >= number:
            offset -= number
            continue
        if held >= offset + limit:
            break
        chosen.append((month, number))
        held += number
    return chosen, offset


def _within(connection: Connection, day: ColumnElement[Any], months: Sequence[date | None]) -> ColumnElement[bool]:
    """In these months. Where a page needs many, rows of its choice are rare, and quicker found day by day."""
    known = [month for month in months if month is not None]
    conditions: list[ColumnElement[bool]] = [day.is_(None)] if None in months else []
    if len(known) > _MONTHS_WALKED:
        conditions.append(on_days(connection, day, [day for month in known for day in _days(month)]))
    elif known:
        conditions.append(and_(day >= min(known), day < next_month(max(known))))
    return or_(false(), *conditions)


def _days(month: date) -> list[date]:
    return [month + timedelta(days=number) for number in range((next_month(month) - month).days)]
