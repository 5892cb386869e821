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
    STALE = "no recent data"


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
    off it is on track, up to ``slightly_behind_within`` slightly behind, further off behind.

    ``data_months``: so many whole months without a record and the figure has no recent data; 0 is never.
    ``data_owner``: who sees to the records, "" for the project manager.
    """

    measure: str
    direction: Direction
    on_track_within: float
    slightly_behind_within: float
    data_months: int = 3
    data_owner: str = ""


@dataclass(frozen=True)
class Status:
    """A rating and the sentence that says why."""

    rating: Rating
    reason: str


@dataclass(frozen=True)
class GivenStatus:
    """The status a person gives instead of the one reckoned, from ``made_on`` up to and including ``expires_on``."""

    rating: Rating
    reason: str
    made_by: str
    made_on: date
    expires_on: date


@dataclass(frozen=True)
class Revision:
    """A target that was revised: ``what`` became of it, how the figure stood ``then`` ("" where nothing is to be
    said), and its status against the target first approved."""

    what: str
    then: str
    status: Status

    @property
    def sentence(self) -> str:
        return f"{self.what} {self.then}".strip()


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

    ``rating`` is what the rule comes to, on the target to date. Apart from it stand ``against_final``, ``forecast``
    (where it is likely to end) and ``revision``, each None where there is nothing to say; ``given`` and
    ``given_forecast`` are what a person says instead. ``data_to``: the newest month with a record, where it is known.
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
    against_final: Status | None = None
    forecast: Status | None = None
    revision: Revision | None = None
    given: GivenStatus | None = None
    given_forecast: GivenStatus | None = None
    data_to: date | None = None

    @property
    def status(self) -> Rating:
        """What it is shown as: the status a person gave, or else that of its rule, which is said beside it."""
        return self.given.rating if self.given else self.rating

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
            "given_status": _given(self.given),
            "final_status": _status(self.against_final),
            "forecast_status": _status(self.forecast),
            "given_forecast_status": _given(self.given_forecast),
            "original_status": _status(self.revision.status if self.revision else None),
            "revision": self.revision.sentence if self.revision else "",
            "confidence": self.confidence.value,
            "sentence": self.sentence,
            "definition": self.definition,
            "parts": self.parts,
            "working": self.working.as_json() if self.working else None,
        }


def _whole(value: float | None) -> float | int | None:
    return int(value) if value is not None and float(value).is_integer() else value


def _status(status: Status | None) -> dict[str, str] | None:
    return {"rating": status.rating.value, "reason": status.reason} if status else None


def _given(given: GivenStatus | None) -> dict[str, str] | None:
    if given is None:
        return None
    return {
        "rating": given.rating.value,
        "reason": given.reason,
        "made_by": given.made_by,
        "made_on": given.made_on.isoformat(),
        "expires_on": given.expires_on.isoformat(),
    }
