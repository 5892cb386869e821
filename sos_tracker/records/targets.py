"""The strategy's targets, as approved."""

from datetime import date
from itertools import pairwise
from typing import ClassVar

from pydantic import model_validator

from sos_tracker.records.record import Name, Record, Reference, Text


class StrategyTarget(Record):
    """One approved version of one measure's target.

    ``measure`` is a figure's code (T1, L1 ...). ``is_rate``: the values are shares 0-1 of the whole, as for
    "100 %" of teams; otherwise they are in the figure's own unit (people, pence, days ...).
    ``points``: where the way there bends, (day, value) by day between baseline and due date; straight between.
    ``issued``: it is published as it stands, and only a newer version supersedes it.
    """

    kind: ClassVar[str] = "strategy target"
    key_fields: ClassVar[tuple[str, ...]] = ("measure", "approved_on", "due_on")

    measure: Reference
    name: Name
    is_rate: bool = False
    baseline: float = 0
    baseline_on: date
    target: float
    due_on: date
    approved_by: Text = ""
    approved_on: date | None = None
    reason: Text = ""
    points: tuple[tuple[date, float], ...] = ()
    issued: bool = False

    @model_validator(mode="after")
    def _due_after_baseline(self) -> "StrategyTarget":
        if self.due_on <= self.baseline_on:
            raise ValueError("The target is due on or before the date of its baseline.")
        return self

    @model_validator(mode="after")
    def _points_lie_between(self) -> "StrategyTarget":
        days = [self.baseline_on, *(point for point, _ in self.points), self.due_on]
        if any(later <= earlier for earlier, later in pairwise(days)):
            raise ValueError("The points of a target lie between its baseline and its due date, one after another.")
        return self

    @model_validator(mode="after")
    def _issued_by_somebody(self) -> "StrategyTarget":
        if self.issued and not (self.approved_by and self.approved_on and self.reason):
            raise ValueError("A target is issued with who approved it, when and why.")
        return self
