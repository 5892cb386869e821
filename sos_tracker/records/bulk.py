"""Corrections of many records at once: what may be asked for, and what it would do."""

from dataclasses import dataclass
from datetime import date

from sos_tracker.records.changes import Difference
from sos_tracker.records.labels import LEVEL
from sos_tracker.records.periods import day
from sos_tracker.records.training import CourseLevel


@dataclass(frozen=True)
class WithdrawSession:
    """A session that is not to be counted: it goes with its register and its partner headcounts."""

    reference: str

    @property
    def words(self) -> str:
        return f"Session {self.reference} withdrawn with its register"


@dataclass(frozen=True)
class MoveSession:
    """A session held on other days; without ``ends_on`` it lasts as many days as before."""

    reference: str
    starts_on: date
    ends_on: date | None = None

    @property
    def words(self) -> str:
        return f"Session {self.reference} moved to {day(self.starts_on)}"


@dataclass(frozen=True)
class MergeAgency:
    """Two spellings of one agency: ``name`` becomes ``into`` wherever it stands, and in later files."""

    name: str
    into: str

    @property
    def words(self) -> str:
        return f"Agency “{self.name}” merged into “{self.into}”"


@dataclass(frozen=True)
class MergeTeam:
    """Two spellings of one team of an agency."""

    agency: str
    name: str
    into: str

    @property
    def words(self) -> str:
        return f"Team “{self.name}” of {self.agency} merged into “{self.into}”"


@dataclass(frozen=True)
class CorrectLevel:
    """The sessions of one course that started from one day to another, both included, were at another level."""

    course: str
    since: date
    until: date
    level: CourseLevel

    @property
    def words(self) -> str:
        course = f"“{self.course}”" if self.course else "Sessions without a course title"
        return f"{course} from {day(self.since)} to {day(self.until)} corrected to {LEVEL[self.level]}"


BulkChange = WithdrawSession | MoveSession | MergeAgency | MergeTeam | CorrectLevel


@dataclass(frozen=True)
class BulkOutcome:
    """What a correction does: records changed and withdrawn by kind, some of them, and what to know about it.

    ``revision``: the programme's, at which this holds.
    """

    change: BulkChange
    revision: int
    changed: dict[str, int]
    withdrawn: dict[str, int]
    examples: tuple[Difference, ...]
    notes: tuple[str, ...]

    @property
    def records(self) -> int:
        return sum(self.changed.values()) + sum(self.withdrawn.values())


@dataclass(frozen=True)
class PlaceNamed:
    """An agency, or a team of one, and how many records name it."""

    agency: str
    team: str
    records: int
