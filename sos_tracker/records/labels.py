"""The words people read for the values of the language: said once, here (a rating's stand beside its colours)."""

from collections.abc import Iterable
from math import ceil, floor

from sos_tracker.records.budget import EntryKind
from sos_tracker.records.embedding import (
    TOP_SCORE,
    AlignmentKind,
    AlignmentStage,
    Audience,
    AuditGrade,
    Respondents,
    StaffLevel,
)
from sos_tracker.records.figures import Confidence, Figure, Unit
from sos_tracker.records.money import percent, round_half_up, whole_pounds
from sos_tracker.records.training import CourseLevel, Outcome, SessionStatus

LEVEL: dict[CourseLevel, str] = {
    CourseLevel.E_LEARNING: "E-learning",
    CourseLevel.BRIEFING: "Briefing (half a day)",
    CourseLevel.INTRODUCTION: "Introduction (2 days)",
    CourseLevel.ADVANCED: "Advanced (5 days)",
    CourseLevel.PRACTICE_LEAD_DAY: "Practice-lead development day",
    CourseLevel.TRAINER_COURSE: "In-house trainer course",
}

OUTCOME: dict[Outcome, str] = {
    Outcome.BOOKED: "Booked",
    Outcome.ATTENDED: "Came as booked",
    Outcome.NO_SHOW: "Did not come",
    Outcome.CANCELLED: "Cancelled the place",
    Outcome.WALK_IN: "Came without booking",
}

SESSION_STATUS: dict[SessionStatus, str] = {
    SessionStatus.PLANNED: "Planned",
    SessionStatus.DELIVERED: "Delivered",
    SessionStatus.CANCELLED: "Cancelled",
}

ENTRY_KIND: dict[EntryKind, str] = {
    EntryKind.ACTUAL: "Spent",
    EntryKind.COMMITMENT: "Committed, not yet paid",
    EntryKind.ACCRUAL: "Owed, not yet paid",
    EntryKind.CREDIT: "Credited back",
    EntryKind.VIREMENT: "Moved between budget lines",
}

CONFIDENCE: dict[Confidence, str] = {
    Confidence.COUNTED: "Counted from records",
    Confidence.SELF_REPORTED: "Reported by the teams themselves",
    Confidence.ESTIMATED: "Estimated",
}

STAFF_LEVEL: dict[StaffLevel, str] = {
    StaffLevel.PRACTITIONER: "Practitioners",
    StaffLevel.SUPERVISOR: "Supervisors",
    StaffLevel.MANAGER: "Managers",
    StaffLevel.SENIOR_LEADER: "Senior leaders",
}

RESPONDENTS: dict[Respondents, str] = {
    Respondents.STAFF: "Staff",
    Respondents.PRACTICE_LEADS: "Practice leads",
    Respondents.LEADERS: "Leaders",
    Respondents.PARTNERS: "Partner agencies",
    Respondents.FAMILIES: "Families",
    Respondents.TRAINERS: "Trainers and consultants",
}

AUDIT_GRADE: dict[AuditGrade, str] = {
    AuditGrade.OUTSTANDING: "Outstanding",
    AuditGrade.GOOD: "Good",
    AuditGrade.REQUIRES_IMPROVEMENT: "Requires improvement",
    AuditGrade.INADEQUATE: "Inadequate",
}

AUDIENCE: dict[Audience, str] = {
    Audience.STAFF: "Staff",
    Audience.FAMILIES: "Families",
}

ALIGNMENT_KIND: dict[AlignmentKind, str] = {
    AlignmentKind.FORM: "Form",
    AlignmentKind.POLICY: "Policy",
    AlignmentKind.PROCEDURE: "Procedure",
    AlignmentKind.GUIDANCE: "Guidance",
    AlignmentKind.MEETING_FORMAT: "Meeting format",
    AlignmentKind.SUPERVISION_FORMAT: "Supervision format",
    AlignmentKind.AUDIT_TOOL: "Audit tool",
    AlignmentKind.SYSTEM_CHANGE: "Change to a system",
}

ALIGNMENT_STAGE: dict[AlignmentStage, str] = {
    AlignmentStage.IDENTIFIED: "Identified",
    AlignmentStage.DRAFTED: "Drafted",
    AlignmentStage.APPROVED: "Approved",
    AlignmentStage.LIVE: "Live",
    AlignmentStage.REVIEWED: "Reviewed",
}

_ONE: dict[Unit, str] = {
    Unit.PEOPLE: "person",
    Unit.ATTENDANCES: "attendance",
    Unit.STAFF: "member of staff",
    Unit.PLACES: "place",
    Unit.TEAMS: "team or agency",
    Unit.PENCE: "penny",
    Unit.MILESTONES: "milestone",
    Unit.DAYS: "day",
    Unit.SCORE: "point of the scale",
    Unit.FILES: "file",
    Unit.ITEMS: "item",
}

UNKNOWN = "Not known"
WHOLE_AGENCY = "Whole agency"
EVERY_LEVEL = "Level not given"
NO_COST_CODE = "No cost code"


def level_name(level: str) -> str:
    """A course level as shown; ``Not known`` where the word is no level (such as "")."""
    return LEVEL[CourseLevel(level)] if level in set(CourseLevel) else UNKNOWN


def session_status_name(status: str) -> str:
    """A session's status as shown; ``Not known`` where there is none."""
    return SESSION_STATUS[SessionStatus(status)] if status in set(SessionStatus) else UNKNOWN


def courses(levels: Iterable[CourseLevel]) -> str:
    """``introduction or advanced course``: the levels in one phrase."""
    named = sorted(levels, key=list(CourseLevel).index)
    return f"{listed((level.value for level in named), 'or')} course"


def listed(words: Iterable[str], joined_by: str = "and") -> str:
    """``a, b and c``."""
    *first, last = list(words) or [""]
    return f"{', '.join(first)} {joined_by} {last}" if first else last


def amount(value: float, unit: Unit) -> str:
    """A value in its unit, as printed: ``285``, ``£41,951``, ``45 days``, ``6.5 out of 10``."""
    if unit is Unit.PENCE:
        return whole_pounds(round(value))
    if unit is Unit.DAYS:
        return f"{value:,.0f} day{'' if value == 1 else 's'}"
    if unit is Unit.SCORE:
        return f"{score(value)} out of {TOP_SCORE}"
    return f"{value:,.0f}"


def score(value: float) -> str:
    """A score on the implementation scale, with one decimal where it has any: ``6``, ``6.5``; 6.25 is ``6.3``."""
    return f"{round_half_up(value, 1):f}".removesuffix(".0")


def unit_name(agency: str, team: str) -> str:
    """A team as it is named in a sentence: ``North (Early Help)``; a partner agency is its own one team."""
    return agency if team in ("", agency) else f"{team} ({agency})" if agency else team


def range_of(low: float, high: float, unit: Unit) -> str:
    """``570 to 765``: in whole things, and never narrower than it is."""
    least, most = amount(floor(low), unit), amount(ceil(high), unit)
    return least if least == most else f"{least} to {most}"


def target(value: float | None, figure: Figure) -> str:
    """A target of the figure, as printed: a share where the target is one."""
    if value is None:
        return "none set"
    return percent(value, 1) if figure.target_is_rate else amount(value, figure.unit)


def count_of(number: float, unit: Unit) -> str:
    """``1 person``, ``285 people``, ``1,200 attendances``."""
    return f"{number:,.0f} {_ONE[unit] if number == 1 else unit.value}"
