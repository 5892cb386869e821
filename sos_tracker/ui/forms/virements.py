"""Virements by hand: approved budget moved from one line to another, one entry with two sides that stay together."""

from collections.abc import Sequence

import streamlit as st

from sos_tracker.records.access import Actor
from sos_tracker.records.budget import EntryKind, LedgerEntry
from sos_tracker.records.money import pounds
from sos_tracker.records.recorded import Add, Recorded, Revise, Write
from sos_tracker.ui import cached
from sos_tracker.ui.forms import reason, saving, seen, withdrawing
from sos_tracker.ui.forms.fields import Form
from sos_tracker.ui.meanings import plain_label

_NEEDED = {
    "from_line": "Choose the line that gives the money.",
    "to_line": "Choose the line that receives the money.",
    "amount_pence": "The amount is missing.",
    "posted_on": "The posting date is missing.",
    "reference": "Give a reference: both sides are known by it.",
}


def add(actor: Actor, lines: dict[str, str]) -> None:
    """The form for another virement; without two lines in the budget book there is none."""
    with st.expander("Move budget from one line to another (virement)"):
        if len(lines) < 2:
            st.text("The budget book has fewer than two lines. Import it first, on the page Import files.")
            return
        form = Form("add virement")
        with st.form(form.key("form"), enter_to_submit=False, border=False):
            _fields(form, lines, None, None)
            form.foot()
            asked = st.form_submit_button("Record the virement", type="primary", key="add virement")
        sides = _sides(form) if asked else None
        if sides is not None and saving.save(form, actor, [Add(side) for side in sides], _done(sides)) is not None:
            st.rerun()


def _done(sides: Sequence[LedgerEntry]) -> str:
    gives, receives = sides
    return f"{pounds(receives.amount_pence)} is moved from {gives.line} to {receives.line}."


def _fields(form: Form, lines: dict[str, str], gives: LedgerEntry | None, receives: LedgerEntry | None) -> None:
    left, right = st.columns(2)
    with left:
        form.choice("from_line", "From the line", lines, gives.line if gives else None)
        form.choice("to_line", "To the line", lines, receives.line if receives else None)
        form.pounds("amount_pence", "Amount moved", receives.amount_pence if receives else None)
    with right:
        form.day("posted_on", "Posting date", gives.posted_on if gives else None)
        form.text("reference", "Reference of the virement", gives.reference if gives else "")
        form.text("narrative", "What for (optional)", gives.narrative if gives else "")


def _sides(form: Form) -> tuple[LedgerEntry, LedgerEntry] | None:
    """What one line gives and the other receives, None where the form is refused."""
    said = {name: form.value(name) for name in (*_NEEDED, "narrative")}
    for name, sentence in _NEEDED.items():
        if said[name] is None and not form.words(name):
            form.refuse(name, sentence)
    if said["amount_pence"] is not None and said["amount_pence"] <= 0:
        form.refuse("amount_pence", "The amount moved is above zero: the line that gives it is the first one.")
    if said["from_line"] is not None and said["from_line"] == said["to_line"]:
        form.refuse("to_line", "Choose another line than the one that gives the money.")
    if form.refused:
        return None
    alike = {name: said[name] or "" for name in ("reference", "narrative")}
    gives, receives = (
        LedgerEntry(posted_on=said["posted_on"], line=said[line], entry_kind=EntryKind.VIREMENT,
                    amount_pence=sign * said["amount_pence"], **alike)
        for line, sign in (("from_line", -1), ("to_line", 1))
    )  # fmt: skip
    return gives, receives


def sides_of(code: str, reference: str) -> tuple[Recorded, ...]:
    """Every entry of one virement, the line that gives first."""
    found, _ = cached.records(code, LedgerEntry.kind, entry_kind=EntryKind.VIREMENT, reference=reference, limit=100)
    return tuple(sorted(found, key=lambda kept: (kept.of(LedgerEntry).amount_pence, kept.number)))


def correct(actor: Actor, sides: Sequence[Recorded], lines: dict[str, str]) -> None:
    """The form on both sides at once, where there are two."""
    if len(sides) != 2:
        st.text("This virement has more than two sides: correct them together, in the table of the page before.")
        return
    with st.expander("Correct the virement", expanded=True):
        form, kept = seen.opened_rows(f"virement {sides[0].number}", sides)
        gives, receives = (one.of(LedgerEntry) for one in kept)
        with st.form(form.key("form"), enter_to_submit=False, border=False):
            _fields(form, lines, gives, receives)
            reason.field(form)
            form.foot()
            asked = st.form_submit_button("Save the virement", type="primary", key="save virement")
        becomes = _sides(form) if asked else None
        if becomes is None:
            return
        writes: list[Write] = []
        for one, side in zip(kept, becomes, strict=True):
            same = {name: getattr(one.record, name) for name in ("supplier", "occurrence")}
            record = side.model_copy(update=same)
            if record != one.record:
                writes.append(Revise(one.number, one.version, record))
        if not writes:
            form.refuse("", "Nothing was changed in the virement.")
        elif saving.save(form, actor, writes, _done(becomes)) is not None:
            st.rerun()


def withdraw(actor: Actor, sides: Sequence[Recorded]) -> bool:
    """The form that withdraws every side; True where it was done."""
    if not sides:
        return False
    reference = sides[0].of(LedgerEntry).reference
    sure = f"the virement {plain_label(reference)}, all its sides"
    return withdrawing.show(
        actor, sides, "virement", f"The virement {reference} is withdrawn.", key="virement", sure=sure
    )
