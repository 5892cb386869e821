"""Training: sessions held, who was booked and came, partner headcounts, and the staff to be trained."""

from datetime import date
from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field, InstanceOf, model_validator

from sos_tracker.records.people import PersonKeys
from sos_tracker.records.record import Name, Record, Reference, Text

Count = Annotated[int, Field(ge=0, le=100_000)]
CostPence = Annotated[int, Field(ge=-100_000_000_00, le=100_000_000_00)]


class CourseLevel(StrEnum):
    """The levels of a Signs of Safety training offer (introduction: 2 days, advanced: 5 days)."""

    E_LEARNING = "e-learning"
    BRIEFING = "briefing"
    INTRODUCTION = "introduction"
    ADVANCED = "advanced"
    PRACTICE_LEAD_DAY = "practice-lead day"
    TRAINER_COURSE = "trainer course"


class Outcome(StrEnum):
    """What became of one person's place in one session."""

    BOOKED = "booked"
    ATTENDED = "attended"
    NO_SHOW = "no-show"
    CANCELLED = "cancelled"
    WALK_IN = "walk-in"


CAME = (Outcome.ATTENDED, Outcome.WALK_IN)


class SessionStatus(StrEnum):
    PLANNED = "planned"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"


class TrainingSession(Record):
    """One run of a course.

    A session named only by a headcount has no more than a reference until its own row comes: while ``starts_on`` is
    None nothing of it is counted. ``inferred``: what is said here was gathered from the rows of a
    register, not from a list of sessions; it fills gaps and never overrules what a list said.
    """

    kind: ClassVar[str] = "session"
    key_fields: ClassVar[tuple[str, ...]] = ("reference",)

    reference: Reference
    level: CourseLevel | None = None
    course: Text = ""
    starts_on: date | None = None
    ends_on: date | None = None
    status: SessionStatus | None = None
    venue: Text = ""
    trainer: Text = ""
    places: Count | None = None
    cost_pence: CostPence | None = None
    inferred: bool = False

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> "TrainingSession":
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValueError("The session ends before it starts.")
        return self


class Attendance(Record):
    """One person's place in one session. ``register_rows``: how many rows of the register said so."""

    kind: ClassVar[str] = "attendance"
    key_fields: ClassVar[tuple[str, ...]] = ("session", "person")

    session: Reference
    person: InstanceOf[PersonKeys]
    agency: Name
    team: Text = ""
    job_role: Text = ""
    outcome: Outcome
    register_rows: Count = 1


class PartnerHeadcount(Record):
    """How many people of one partner agency came to one session, where no names were given."""

    kind: ClassVar[str] = "headcount"
    key_fields: ClassVar[tuple[str, ...]] = ("session", "agency")

    session: Reference
    agency: Name
    attended: Count
    level: CourseLevel | None = None


class StaffMember(Record):
    """One member of staff on the HR list: in post unless ``left_on`` has passed; ``in_scope`` of the strategy."""

    kind: ClassVar[str] = "staff member"
    key_fields: ClassVar[tuple[str, ...]] = ("person",)

    person: InstanceOf[PersonKeys]
    agency: Name
    team: Text = ""
    job_role: Text = ""
    fte: Annotated[float, Field(ge=0, le=2)] | None = None
    in_scope: bool
    started_on: date | None = None
    left_on: date | None = None
