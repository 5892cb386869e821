"""Where an as-at date falls among months."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, false, func, or_

from sos_tracker.records.periods import month_end, month_of, next_month


class Cut:
    """The as-at date among the months: those over by then, the part month if there is one, and those to come."""

    def __init__(self, on: date) -> None:
        self.on = on
        self.first_to_come = next_month(on)
        self.part = None if on == month_end(on) else month_of(on)
        self.first_not_over = self.part or self.first_to_come

    def over(self, month: ColumnElement[Any]) -> ColumnElement[bool]:
        return month < self.first_not_over

    def over_or_never(self, month: ColumnElement[Any]) -> ColumnElement[bool]:
        """As ``over``, and false rather than unknown where there is no month."""
        return and_(month.is_not(None), self.over(month))

    def in_part(self, on_day: ColumnElement[Any]) -> ColumnElement[bool]:
        return and_(on_day >= self.part, on_day < self.first_to_come)

    def to_come(self, month: ColumnElement[Any]) -> ColumnElement[bool]:
        """Months after this one, and no month at all."""
        return or_(month >= self.first_to_come, month.is_(None))

    def held(self, on_day: ColumnElement[Any]) -> ColumnElement[bool]:
        """The day has come; false where it is not known."""
        return func.coalesce(on_day <= self.on, false())
