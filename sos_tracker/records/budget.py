"""Budget: lines approved, their monthly profile, and the ledger. Money is whole pence."""

from datetime import date
from enum import StrEnum
from typing import ClassVar

from pydantic import model_validator

from sos_tracker.records.record import Name, Record, Reference, Text
from sos_tracker.records.training import CostPence


class EntryKind(StrEnum):
    """What a posting is.

    An accrual is owed and not yet paid; a credit lowers spending, so its amount is below zero; a virement moves
    approved budget from one line to another, one entry for each, which come to nothing by their reference.
    """

    ACTUAL = "actual"
    COMMITMENT = "commitment"
    ACCRUAL = "accrual"
    CREDIT = "credit"
    VIREMENT = "virement"


SPENT = (EntryKind.ACTUAL, EntryKind.ACCRUAL, EntryKind.CREDIT)
"""The kinds of posting that spending is the sum of."""


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

    @model_validator(mode="after")
    def _as_its_kind_asks(self) -> "LedgerEntry":
        if self.entry_kind is EntryKind.CREDIT and self.amount_pence > 0:
            raise ValueError("A credit lowers spending: give its amount below zero.")
        if self.entry_kind is EntryKind.VIREMENT and not (self.reference and self.line):
            raise ValueError("A virement names the budget line it moves money to or from, and a reference both share.")
        return self


class OutturnForecast(Record):
    """What somebody expects to be spent on one line in the end; "" for the whole programme."""

    kind: ClassVar[str] = "outturn forecast"
    key_fields: ClassVar[tuple[str, ...]] = ("line", "made_on")

    line: Text = ""
    made_on: date
    forecast_pence: CostPence
    made_by: Text = ""
    reason: Text = ""
