"""The approved versions of a measure's target, as records."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import pandas as pd

from sos_tracker.records.targets import StrategyTarget


def versions(rows: Iterable[Sequence[Any]]) -> tuple[StrategyTarget, ...]:
    """Of one measure's rows of TARGETS: oldest first, undated before dated, each version's points by date due."""
    columns = tuple(StrategyTarget.model_fields)
    found = [StrategyTarget(**{name: _plain(value) for name, value in zip(columns, row, strict=True)}) for row in rows]
    return tuple(sorted(found, key=lambda target: (target.approved_on or date.min, target.due_on)))


def _plain(value: Any) -> Any:
    if value is pd.NaT or value is None:
        return None
    return value.date() if isinstance(value, pd.Timestamp) else value
