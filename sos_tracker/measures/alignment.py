"""Organisational alignment: how far each form, policy or other thing made to fit the practice has come."""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

import pandas as pd

from sos_tracker.measures.frames import ALIGNMENT_ITEMS, Columns, frame, rows_of
from sos_tracker.records.embedding import AlignmentStage

STAGES: Columns = {
    # a row: one stage, in order; at_stage: items that stand there, reached: those that stand there or further on
    "stage": "object", "at_stage": "int64", "reached": "int64", "items": "int64",
}  # fmt: skip
ALIGNMENT_STATES: Columns = {
    # a row: one item as it stood on the day; since: the day it came to its stage, NaT where that is not known;
    # late: due by the day and not live
    "reference": "object", "title": "object", "item_kind": "object", "domain": "object", "owner": "object",
    "stage": "object", "since": "datetime64[us]", "due_on": "datetime64[us]", "late": "bool",
}  # fmt: skip
_NAMES = ("reference", "title", "item_kind", "domain", "owner")
LIVE = (AlignmentStage.LIVE, AlignmentStage.REVIEWED)


class Item(NamedTuple):
    """One item as it stood on a day."""

    reference: str
    title: str
    item_kind: str
    domain: str
    owner: str
    stage: AlignmentStage
    since: Any
    due_on: Any
    late: bool

    @property
    def is_live(self) -> bool:
        return self.stage in LIVE


def items_on(alignment: pd.DataFrame, on: date) -> Iterator[Item]:
    """Each item identified by that day, at the furthest stage dated by then. Without any date it is identified."""
    today = pd.Timestamp(on)
    for values in rows_of(alignment, ALIGNMENT_ITEMS):
        row = dict(zip(ALIGNMENT_ITEMS, values, strict=True))
        if row["identified_on"] > today:  # NaT never is
            continue
        reached = [(stage, row[f"{stage.value}_on"]) for stage in AlignmentStage if row[f"{stage.value}_on"] <= today]
        stage, since = reached[-1] if reached else (AlignmentStage.IDENTIFIED, pd.NaT)
        late = bool(row["due_on"] <= today) and stage not in LIVE
        reference, title, kind, domain, owner = (str(row[name]) for name in _NAMES)
        yield Item(reference, title, kind, domain, owner, stage, since, row["due_on"], late)


def alignment_stages(alignment: pd.DataFrame, on: date) -> pd.DataFrame:
    """How many items stand at each stage, and how many have reached it: STAGES; no row where there are no items."""
    found, order = list(items_on(alignment, on)), list(AlignmentStage)
    if not found:
        return frame(STAGES)
    at = [sum(item.stage is stage for item in found) for stage in order]
    return frame(STAGES, [(stage.value, at[place], sum(at[place:]), len(found)) for place, stage in enumerate(order)])


def alignment_states(alignment: pd.DataFrame, on: date) -> pd.DataFrame:
    """Each item as it stood, those late first, then the least far: ALIGNMENT_STATES."""
    order = list(AlignmentStage)
    found = sorted(items_on(alignment, on), key=lambda item: (not item.late, order.index(item.stage), item.reference))
    return frame(ALIGNMENT_STATES, [(*item[:5], item.stage.value, *item[6:]) for item in found])
