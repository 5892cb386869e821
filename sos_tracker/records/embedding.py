"""Has the practice taken hold: the implementation scale, case audits, surveys, and what the organisation aligned.

By the method's own scale training alone scores 0, so none of this is counted from training.
"""

from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Annotated, ClassVar

from pydantic import Field, model_validator

from sos_tracker.records.record import Name, Record, Reference, Text
from sos_tracker.records.training import Count


class StaffLevel(StrEnum):
    """Where in the organisation those stand whose practice is rated."""

    PRACTITIONER = "practitioner"
    SUPERVISOR = "supervisor"
    MANAGER = "manager"
    SENIOR_LEADER = "senior leader"


class Respondents(StrEnum):
    """Who gave the rating."""

    STAFF = "staff"
    PRACTICE_LEADS = "practice leads"
    LEADERS = "leaders"
    PARTNERS = "partners"
    FAMILIES = "families"
    TRAINERS = "trainers and consultants"


TOP_SCORE = 10
SCALE_ANCHORS: dict[int, str] = {
    10: "Staff are thoroughly familiar with the practice, supervision and policies are aligned with it, and leaders "
    "live it.",
    0: "There has been training.",
}
SCALE_SOURCE = "the implementation scale of Signs of Safety"
"""What the two ends of the scale mean, as the method publishes them: training alone scores 0."""


class ScaleRating(Record):
    """How many people of one group gave one team the same score on the implementation scale, on one day.

    ``score``: 0 (there has been training) to 10 (staff thoroughly familiar, supervision and policies aligned, leaders
    live it); half points are used. ``team`` "" is the whole agency, ``staff_level`` None every level.
    """

    kind: ClassVar[str] = "scale rating"
    key_fields: ClassVar[tuple[str, ...]] = ("rated_on", "agency", "team", "staff_level", "respondents", "score")

    rated_on: date
    agency: Name
    team: Text = ""
    staff_level: StaffLevel | None = None
    respondents: Respondents = Respondents.STAFF
    score: Annotated[float, Field(ge=0, le=TOP_SCORE, multiple_of=0.5)]
    people: Annotated[int, Field(ge=1, le=100_000)] = 1


class AuditGrade(StrEnum):
    """The quality of practice found, in the words of inspections."""

    OUTSTANDING = "outstanding"
    GOOD = "good"
    REQUIRES_IMPROVEMENT = "requires improvement"
    INADEQUATE = "inadequate"


class CaseAudit(Record):
    """A collaborative audit of one team's files: how many were looked at, and how many showed the practice in use."""

    kind: ClassVar[str] = "case audit"
    key_fields: ClassVar[tuple[str, ...]] = ("audited_on", "agency", "team")

    audited_on: date
    agency: Name
    team: Text = ""
    files_sampled: Count
    files_showing_use: Count
    grade: AuditGrade | None = None

    @model_validator(mode="after")
    def _no_more_than_sampled(self) -> "CaseAudit":
        if self.files_showing_use > self.files_sampled:
            raise ValueError("More files show the practice than were sampled.")
        return self


class Audience(StrEnum):
    STAFF = "staff"
    FAMILIES = "families"


class SurveyAnswer(Record):
    """One question of one wave of a survey: who was asked, who answered, and how many of those agreed.

    ``closed_on`` is the last day of the wave; ``agency`` "" is the whole programme.
    """

    kind: ClassVar[str] = "survey answer"
    key_fields: ClassVar[tuple[str, ...]] = ("closed_on", "audience", "agency", "question")

    closed_on: date
    audience: Audience
    agency: Text = ""
    question: Name
    invited: Count
    answered: Count
    favourable: Count

    @model_validator(mode="after")
    def _each_part_of_the_one_before(self) -> "SurveyAnswer":
        if self.answered > self.invited:
            raise ValueError("More people answered than were asked.")
        if self.favourable > self.answered:
            raise ValueError("More people agreed than answered.")
        return self


class AlignmentKind(StrEnum):
    FORM = "form"
    POLICY = "policy"
    PROCEDURE = "procedure"
    GUIDANCE = "guidance"
    MEETING_FORMAT = "meeting format"
    SUPERVISION_FORMAT = "supervision format"
    AUDIT_TOOL = "audit tool"
    SYSTEM_CHANGE = "system change"


class AlignmentStage(StrEnum):
    """How far an item has come, in order."""

    IDENTIFIED = "identified"
    DRAFTED = "drafted"
    APPROVED = "approved"
    LIVE = "live"
    REVIEWED = "reviewed"


class AlignmentItem(Record):
    """One form, policy or other thing that is made to fit the practice, with the day it came to each stage.

    Its stage on a day is the furthest one dated by then; ``due_on`` is when it is planned to be live.
    """

    kind: ClassVar[str] = "alignment item"
    key_fields: ClassVar[tuple[str, ...]] = ("reference",)

    reference: Reference
    title: Name
    item_kind: AlignmentKind | None = None
    domain: Text = ""
    owner: Text = ""
    due_on: date | None = None
    identified_on: date | None = None
    drafted_on: date | None = None
    approved_on: date | None = None
    live_on: date | None = None
    reviewed_on: date | None = None

    @model_validator(mode="after")
    def _stages_follow_one_another(self) -> "AlignmentItem":
        days = [on for stage in AlignmentStage if (on := getattr(self, f"{stage.value}_on")) is not None]
        if any(later < earlier for earlier, later in pairwise(days)):
            raise ValueError("The item reaches a stage before the one that comes first.")
        return self


class ProgrammeDomain(Record):
    """One of the domains the council's programme is grouped in, and the figures that tell of it, by code.

    Signs of Safety has four; a council may have its own. ``place`` is its place among them.
    """

    kind: ClassVar[str] = "domain"
    key_fields: ClassVar[tuple[str, ...]] = ("name",)

    name: Name
    about: Text = ""
    measures: tuple[str, ...] = ()
    place: int = 0


FOUR_DOMAINS = (
    ProgrammeDomain(
        name="Leadership", place=1, measures=("L1", "M1", "M2", "M3", "B1", "B3"),
        about="Leaders at every level know the practice, talk of it and make room for it.",
    ),
    ProgrammeDomain(
        name="Learning", place=2, measures=("T1", "T2", "T3", "T4", "B4"),
        about="Staff and partners are trained, and go on learning from their own practice.",
    ),
    ProgrammeDomain(
        name="Organisational alignment", place=3, measures=("E3",),
        about="Forms, policies, supervision and systems fit the practice.",
    ),
    ProgrammeDomain(
        name="Meaningful measures", place=4, measures=("E1", "E2"),
        about="What is measured tells whether families meet the practice.",
    ),
)  # fmt: skip
"""The domains of Signs of Safety, until a council records its own."""
