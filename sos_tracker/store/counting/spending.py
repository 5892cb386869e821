"""The ledger by month, line and kind of entry."""

from typing import Any

from sqlalchemy import Select, func, select

from sos_tracker.store.counting.keeping import Run, within
from sos_tracker.store.dialects import month_number
from sos_tracker.store.tables import ledger_entry


def spending_counts(programme_id: int, run: Run | None) -> Select[Any]:
    of = ledger_entry.c
    alike = [of.programme_id, of.line, of.entry_kind, month_number(of.posted_on)]
    return (
        select(*alike, func.sum(of.amount_pence), func.count())
        .where(of.programme_id == programme_id, within(of.posted_on, run))
        .group_by(*alike)
    )
