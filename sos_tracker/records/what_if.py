"""What if: sessions somebody tries out, and what is supposed of them. Nothing of this is kept unless it is planned."""

from datetime import date
from typing import Annotated, ClassVar

from pydantic import Field, model_validator

from sos_tracker.records.periods import month_end, month_of, months
from sos_tracker.records.record import Record
from sos_tracker.records.training import CourseLevel

MOST_SESSIONS = 200
MOST_PLACES = 500
MOST_ENTRIES = 20
"""How many kinds of sessions can be added, and how many changed, in one scenario."""
Share = Annotated[float, Field(ge=0, le=1)]
Cost = Annotated[int, Field(ge=0, le=1_000_000_00)]


class SessionsAdded(Record):
    """So many more sessions of one level, each with so many places.

    ``starts_on`` is the day of all of them or, where ``any_day``, the first day of their month; with ``last_month``
    they are spread evenly over the months from the one to the other. ``cost_pence``: of each, None where not known.
    """

    kind: ClassVar[str] = "sessions added"
    key_fields: ClassVar[tuple[str, ...]] = ("level", "starts_on")

    sessions: Annotated[int, Field(ge=1, le=MOST_SESSIONS)]
    level: CourseLevel
    starts_on: date
    any_day: bool = False
    last_month: date | None = None
    places: Annotated[int, Field(ge=1, le=MOST_PLACES)]
    cost_pence: Cost | None = None

    @model_validator(mode="after")
    def _spread_over_months(self) -> "SessionsAdded":
        if self.last_month is None:
            return self
        if not self.any_day:
            raise ValueError("Sessions on one day have no last month: give a month, or leave the last month empty.")
        if month_of(self.last_month) < month_of(self.starts_on):
            raise ValueError("The last month is before the first.")
        return self

    def is_after(self, on: date) -> bool:
        """Whether all of them are, or can be, after that day."""
        return (month_end(self.starts_on) if self.any_day else self.starts_on) > on

    @property
    def months(self) -> tuple[date, ...]:
        """The month of each session, in order."""
        there = months(self.starts_on, self.last_month or self.starts_on)
        return tuple(there[place * len(there) // self.sessions] for place in range(self.sessions))


class SessionsChanged(Record):
    """So many sessions planned already of one level and month: moved to another month, or cancelled (None)."""

    kind: ClassVar[str] = "sessions changed"
    key_fields: ClassVar[tuple[str, ...]] = ("level", "month", "moved_to")

    level: CourseLevel
    month: date
    sessions: Annotated[int, Field(ge=1, le=MOST_SESSIONS)]
    moved_to: date | None = None


class Scenario(Record):
    """What is tried out. ``fill_rate``: of the places, those taken up; ``new_share``: of those who come, people not
    trained before; None where both are as observed so far. ``session_pence``: of each session that has no cost of its
    own, None where each person costs what one has cost so far."""

    kind: ClassVar[str] = "scenario"
    key_fields: ClassVar[tuple[str, ...]] = ()

    added: Annotated[tuple[SessionsAdded, ...], Field(max_length=MOST_ENTRIES)] = ()
    changed: Annotated[tuple[SessionsChanged, ...], Field(max_length=MOST_ENTRIES)] = ()
    fill_rate: Share | None = None
    new_share: Share | None = None
    session_pence: Cost | None = None

    @property
    def is_as_planned(self) -> bool:
        return self == AS_PLANNED


AS_PLANNED = Scenario()
