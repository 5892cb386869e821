"""Milestones: what is to be done by when, against a baseline that does not move."""

from datetime import date
from typing import ClassVar

from sos_tracker.records.record import Name, Record, Reference, Text


class Milestone(Record):
    """One milestone of the plan; ``domain`` is the workstream it belongs to (the programme's data, not code)."""

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
