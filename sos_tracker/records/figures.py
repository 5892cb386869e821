"""Figure: a published number with its target, denominator, date, rating and working. Nothing else prints a number."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any


class Rating(StrEnum):
    COMPLETE = "complete"
    ON_TRACK = "on track"
    SLIGHTLY_BEHIND = "slightly behind"
    BEHIND = "behind"
    NOT_DUE = "not due yet"
    NO_TARGET = "no target set"
    NO_DATA = "no data"


class Confidence(StrEnum):
    COUNTED = "counted"
    SELF_REPORTED = "self-reported"
    ESTIMATED = "estimated"


class Unit(StrEnum):
    PEOPLE = "people"
    ATTENDANCES = "attendances"
    STAFF = "staff"
    PLACES = "places"
    TEAMS = "teams and agencies"
    PENCE = "pence"
    MILESTONES = "milestones"
    DAYS = "days"
    SCORE = "points of the scale"
    FILES = "files"
    ITEMS = "items"


class Direction(StrEnum):
    """Which way is good. NEAR: close to the target to date, over or under, as spending against its profile."""

    HIGHER = "higher is better"
    LOWER = "lower is better"
    NEAR = "nearer is better"


@dataclass(frozen=True)
class RatingRule:
    """How one measure is rated. Tolerances are shares of the target to date (0.10 is 10 %): up to ``on_track_within``
    off it is on track, up to ``slightly_behind_within`` slightly behind, further off behind."""

    measure: str
    direction: Direction
    on_track_within: float
    slightly_behind_within: float


@dataclass(frozen=True)
class LeftOut:
    """Rows that were looked at and not counted, and why."""

    why: str
    rows: int


@dataclass(frozen=True)
class Working:
    """How a figure was come to: how many rows were counted, what a row is, and those left out with the reason.

    A figure for members, whose small numbers are withheld, may have no working.
    """

    counted: int
    row: str
    left_out: tuple[LeftOut, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "counted": self.counted,
            "row": self.row,
            "left_out": [{"why": left.why, "rows": left.rows} for left in self.left_out],
        }


@dataclass(frozen=True)
class Note:
    """A sentence that goes with a figure, and the numbers of people in it, so that it can be left out where one is
    small enough to point to somebody."""

    words: str
    people: tuple[int, ...] = ()


@dataclass(frozen=True)
class Figure:
    """One number as published.

    ``value`` is a count, pence, days or score, None where it cannot be reckoned (``sentence`` says why).
    Where it is part of a whole, ``denominator`` is the whole and ``rate`` the share 0-1.
    ``target_to_date`` and ``target_final`` are in the unit of ``value``, or shares 0-1 where ``target_is_rate``.
    ``parts`` names what the value is made of (plain JSON values: str, int, float, list, dict).
    ``sentence`` is ``finding`` and then the notes. ``withheld`` says what may be said where the value, though known,
    is too small to give away (``fewer than 5``): the value is None then, and "" elsewhere.
    """

    code: str
    title: str
    value: float | None
    unit: Unit
    as_at: date
    sentence: str
    rating: Rating
    rating_reason: str
    working: Working | None
    definition: str
    denominator: float | None = None
    rate: float | None = None
    target_to_date: float | None = None
    target_final: float | None = None
    target_is_rate: bool = False
    due_on: date | None = None
    confidence: Confidence = Confidence.COUNTED
    parts: dict[str, Any] = field(default_factory=dict)
    finding: str = ""
    notes: tuple[Note, ...] = ()
    withheld: str = ""

    def as_json(self) -> dict[str, Any]:
        """The figure as the command line prints it: whole numbers as integers, dates as YYYY-MM-DD."""
        return {
            "code": self.code,
            "title": self.title,
            "value": _whole(self.value),
            "unit": self.unit.value,
            "denominator": _whole(self.denominator),
            "rate": self.rate,
            "target_to_date": _whole(self.target_to_date),
            "target_final": _whole(self.target_final),
            "target_is_rate": self.target_is_rate,
            "due_on": self.due_on.isoformat() if self.due_on else None,
            "rating": self.rating.value,
            "rating_reason": self.rating_reason,
            "confidence": self.confidence.value,
            "sentence": self.sentence,
            "definition": self.definition,
            "parts": self.parts,
            "working": self.working.as_json() if self.working else None,
        }


def _whole(value: float | None) -> float | int | None:
    return int(value) if value is not None and float(value).is_integer() else value
