"""Budget: lines approved, their monthly profile, and the ledger. Money is whole pence."""

from datetime import date
from enum import StrEnum
from typing import ClassVar

from sos_tracker.records.record import Name, Record, Reference, Text
from sos_tracker.records.training import CostPence


class EntryKind(StrEnum):
    ACTUAL = "actual"
    COMMITMENT = "commitment"


class BudgetLine(Record):
    """One line of the approved budget; ``profile`` is (first day of month, pence) in month order."""

    kind: ClassVar[str] = "budget line"
    key_fields: ClassVar[tuple[str, ...]] = ("code",)

    code: Reference
    title: Name
    approved_pence: CostPence
    profile: tuple[tuple[date, int], ...] = ()


class LedgerEntry(Record):
    """One posting. ``occurrence`` numbers entries that are alike in every other field (0 is the first).

    ``line`` is "" where the ledger names no cost code.
    """

    kind: ClassVar[str] = "ledger entry"
    key_fields: ClassVar[tuple[str, ...]] = (
        "posted_on", "line", "supplier", "narrative", "reference", "entry_kind", "amount_pence", "occurrence",
    )  # fmt: skip

    posted_on: date
    line: Text = ""
    supplier: Text = ""
    narrative: Text = ""
    reference: Text = ""
    entry_kind: EntryKind = EntryKind.ACTUAL
    amount_pence: CostPence
    occurrence: int = 0
