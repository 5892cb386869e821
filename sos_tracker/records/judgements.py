"""What people say beside what is reckoned: a status they would give instead, and a sentence to a measure."""

from datetime import date
from typing import ClassVar

from pydantic import field_validator, model_validator

from sos_tracker.records.figures import Rating
from sos_tracker.records.record import Name, Record, Reference

JUDGED = (Rating.COMPLETE, Rating.ON_TRACK, Rating.SLIGHTLY_BEHIND, Rating.BEHIND)


class StatusOverride(Record):
    """The status a person gives a measure instead of the one its rule comes to, which is always shown beside it.

    It holds from ``made_on`` up to and including ``expires_on``. ``of_forecast``: it is the forecast's status.
    """

    kind: ClassVar[str] = "status override"
    key_fields: ClassVar[tuple[str, ...]] = ("measure", "of_forecast", "made_on")

    measure: Reference
    of_forecast: bool = False
    rating: Rating
    reason: Name
    made_by: Name
    made_on: date
    expires_on: date

    @field_validator("rating")
    @classmethod
    def _a_judgement(cls, rating: Rating) -> Rating:
        if rating not in JUDGED:
            raise ValueError("A person may say complete, on track, slightly behind or behind.")
        return rating

    @model_validator(mode="after")
    def _expires_after_it_is_made(self) -> "StatusOverride":
        if self.expires_on <= self.made_on:
            raise ValueError("The status expires on or before the day it is given.")
        return self


class Annotation(Record):
    """One dated sentence to a measure, such as "trainer illness, two courses moved"; shown on its chart."""

    kind: ClassVar[str] = "annotation"
    key_fields: ClassVar[tuple[str, ...]] = ("measure", "noted_on", "sentence")

    measure: Reference
    noted_on: date
    sentence: Name
    written_by: Name
