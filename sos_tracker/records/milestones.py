"""Milestones: what is to be done by when, against a baseline that does not move."""

from datetime import date
from typing import ClassVar

from pydantic import model_validator

from sos_tracker.records.record import Name, Record, Reference, Text


class Milestone(Record):
    """One milestone of the plan; ``domain`` is the workstream it belongs to (the programme's data, not code).

    ``baseline_on`` never changes once it is stored: slips are counted against it.
    """

    kind: ClassVar[str] = "milestone"
    key_fields: ClassVar[tuple[str, ...]] = ("reference",)

    reference: Reference
    title: Name
    domain: Text = ""
    owner: Text = ""
    baseline_on: date
    forecast_on: date | None = None
    achieved_on: date | None = None
    comment: Text = ""


class ForecastMove(Record):
    """One move of a milestone's forecast date, by form or import; None is no forecast.

    ``deferred``: resources were redirected by a decision, which is named; any other lateness is a slip.
    """

    kind: ClassVar[str] = "forecast move"
    key_fields: ClassVar[tuple[str, ...]] = ("milestone", "moved_on", "forecast_from", "forecast_to")

    milestone: Reference
    forecast_from: date | None
    forecast_to: date | None
    moved_on: date
    reason: Text = ""
    approved_by: Text = ""
    decision_reference: Text = ""
    deferred: bool = False

    @model_validator(mode="after")
    def _deferred_by_a_decision(self) -> "ForecastMove":
        if self.deferred and not self.decision_reference:
            raise ValueError("A milestone is deferred by a decision: give the reference of that decision.")
        return self
