"""Where an as-at date falls among months."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, false, func

from sos_tracker.records.periods import month_end, month_of, next_month
from sos_tracker.store.dialects import number_of_month


class Cut:
    """The as-at date among the months: those over by then, the part month if there is one, and those to come."""

    def __init__(self, on: date) -> None:
        self.on = on
        self.first_to_come = next_month(on)
        self.part = None if on == month_end(on) else month_of(on)
        self.first_not_over = self.part or self.first_to_come

    def month_over(self, number: ColumnElement[Any]) -> ColumnElement[bool]:
        """Of a month number: the month was over by then."""
        return and_(number > 0, number < number_of_month(self.first_not_over))

    def in_part(self, on_day: ColumnElement[Any]) -> ColumnElement[bool]:
        return and_(on_day >= self.part, on_day < self.first_to_come)

    def shorter_side(self) -> tuple[bool, date, date]:
        """Of the part month, the side with fewer days: whether it is the one held by then, first day and end."""
        assert self.part is not None  # noqa: S101 - asked of a part month only
        after = self.on + timedelta(days=1)
        held = after - self.part <= self.first_to_come - after
        return (True, self.part, after) if held else (False, after, self.first_to_come)

    def held(self, on_day: ColumnElement[Any]) -> ColumnElement[bool]:
        """The day has come; false where it is not known."""
        return func.coalesce(on_day <= self.on, false())
