"""Spending by hand: the ledger, an entry added, corrected, withdrawn, and a page of entries corrected in a table.

Virements, whose two sides stay together, stand in ``virements``; forecasts of the outturn in ``outturn``.
"""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from sos_tracker.charts.chart import Column, Table
from sos_tracker.intake.cells import parse_date, parse_money
from sos_tracker.records import labels
from sos_tracker.records.access import Actor
from sos_tracker.records.budget import BudgetLine, EntryKind, LedgerEntry
from sos_tracker.records.money import pounds
from sos_tracker.records.periods import day
from sos_tracker.records.recorded import Add, Recorded, Revise
from sos_tracker.ui import cached, history_parts
from sos_tracker.ui.chart_parts import html_table
from sos_tracker.ui.forms import grid, outturn, reason, saving, seen, top, virements, withdrawing
from sos_tracker.ui.forms.fields import Form
from sos_tracker.ui.forms.grid import GridColumn
from sos_tracker.ui.forms.opening import Opening
from sos_tracker.ui.view import View, head

ENTRY = Opening(LedgerEntry, "entry")
_MOST = 1_000
_KINDS = {kind.value: words for kind, words in labels.ENTRY_KIND.items()}
_ALONE = {kind: words for kind, words in _KINDS.items() if kind != EntryKind.VIREMENT.value}


def show(view: View) -> None:
    """One entry where one is chosen, else the ledger, the forms for another, and the forecasts."""
    chosen, _ = ENTRY.chosen(view.code)
    total = ENTRY.total(view.code)
    head(view, _finding(chosen, total))
    if not top.show(view.actor):
        return
    if chosen is not None:
        _one(view, chosen)
        return
    if total:
        _list(view)
    lines = budget_lines(view.code)
    _add(view.actor, lines, opened=not total)
    virements.add(view.actor, lines)
    outturn.show(view.actor, lines)


def _finding(chosen: Recorded | None, total: int) -> str:
    if chosen is not None:
        return _named(ENTRY.of(chosen))
    if not total:
        return "No spending has been recorded yet"
    return f"{total:,} {'entry' if total == 1 else 'entries'} in the ledger"


def budget_lines(code: str) -> dict[str, str]:
    """Each line of the budget book: its code, and its code with its title."""
    found, _ = cached.records(code, BudgetLine.kind, limit=_MOST)
    lines = [one.record for one in found if isinstance(one.record, BudgetLine)]
    return {line.code: f"{line.code} {line.title}" for line in lines}


def _named(entry: LedgerEntry) -> str:
    words = labels.ENTRY_KIND[entry.entry_kind]
    about = ", ".join(part for part in (entry.line, entry.supplier, entry.narrative) if part)
    return f"{words}: {pounds(entry.amount_pence)} on {day(entry.posted_on)}{f', {about}' if about else ''}"


# the ledger


def _list(view: View) -> None:
    """Entries that are looked for, a page at a time, a way to open one, and the page as a table to correct."""
    st.html("<h2>Find an entry</h2>")
    left, right = st.columns(2)
    text = left.text_input("Look for (line, supplier, what for, reference)", key="ledger text", autocomplete="off")
    kinds = {"": "Every kind", **_KINDS}
    kind = right.selectbox("Kind", list(kinds), format_func=kinds.__getitem__, key="ledger kind")
    narrow: dict[str, Any] = {"text": text or "", **({"entry_kind": EntryKind(kind)} if kind else {})}
    found = ENTRY.found(view.code, f"ledger page {text} {kind}", **narrow)
    if found is None:
        st.text("No entry is like that. Look for less, or choose another kind.")
        return
    st.html(_table(found.caption("Entries", "newest first"), found.records))
    ENTRY.turn(found)
    ENTRY.open_one(found.records, _named, found.which)
    with st.expander("Correct the entries of this page in a table"):
        if grid.is_wanted():
            name = f"ledger {text} {kind} from {found.first}"
            grid.show(view.actor, name, found.records, _COLUMNS, "Entries of the ledger: date, line, supplier, amount")


_COLUMNS = (
    GridColumn("entry_kind", "Kind", labels.ENTRY_KIND.__getitem__),
    GridColumn("posted_on", "Posted on", lambda on: f"{on:%d/%m/%Y}", parse_date),
    GridColumn("line", "Line", read=str),
    GridColumn("supplier", "Supplier", read=str),
    GridColumn("narrative", "What for", read=str),
    GridColumn("reference", "Reference", read=str),
    GridColumn("amount_pence", "Amount (£)", lambda pence: f"{pence / 100:,.2f}", parse_money),
)


def _table(caption: str, found: Sequence[Recorded]) -> str:
    rows = tuple(
        (
            day(entry.posted_on).replace(" ", "\u00a0"),
            labels.ENTRY_KIND[entry.entry_kind],
            entry.line or labels.NO_COST_CODE,
            entry.supplier,
            entry.narrative,
            entry.reference,
            pounds(entry.amount_pence),
        )
        for entry in map(ENTRY.of, found)
    )
    heads = ("Posted on", "Kind", "Line", "Supplier", "What for", "Reference")
    columns = (*(Column(each) for each in heads), Column("Amount", numeric=True))
    return html_table(Table(caption, columns, rows))


# an entry


def _add(actor: Actor, lines: dict[str, str], *, opened: bool) -> None:
    with st.expander("Add an entry: spent, committed, owed or credited", expanded=opened):
        form = Form("add entry")
        with st.form(form.key("form"), enter_to_submit=False, border=False):
            _fields(form, lines, None)
            form.foot()
            asked = st.form_submit_button("Add the entry", type="primary", key="add entry")
        entry = form.record(LedgerEntry, beside="amount_pence") if asked else None
        if entry is not None and saving.save(form, actor, [Add(entry)], f"{_named(entry)} is added.") is not None:
            st.rerun()


def _fields(form: Form, lines: dict[str, str], entry: LedgerEntry | None) -> None:
    left, right = st.columns(2)
    with left:
        form.choice("entry_kind", "Type of posting", _ALONE, (entry.entry_kind if entry else EntryKind.ACTUAL).value)
        form.day("posted_on", "Posting date", entry.posted_on if entry else None)
        form.pounds("amount_pence", "Amount, below zero for a credit", entry.amount_pence if entry else None)
        form.choice("line", "Budget line", lines, entry.line or None if entry else None, none=labels.NO_COST_CODE)
    with right:
        form.text("supplier", "Supplier (optional)", entry.supplier if entry else "")
        form.text("narrative", "What for (optional)", entry.narrative if entry else "")
        form.text("reference", "Reference (optional)", entry.reference if entry else "")


def _one(view: View, kept: Recorded) -> None:
    """An entry, what it says, and what may be done with it; a virement with its other side."""
    ENTRY.back("Back to the ledger")
    entry = ENTRY.of(kept)
    if entry.entry_kind is EntryKind.VIREMENT:
        sides = virements.sides_of(view.code, entry.reference)
        st.html(_table(f"Virement {entry.reference}: what one line gives, another receives", sides))
        virements.correct(view.actor, sides, budget_lines(view.code))
        gone = virements.withdraw(view.actor, sides)
    else:
        st.html(_table("The entry", (kept,)))
        _correct(view.actor, kept, budget_lines(view.code))
        gone = _withdraw(view.actor, kept)
    if gone:
        ENTRY.leave()
    history_parts.story(view, LedgerEntry.kind, kept.number)


def _correct(actor: Actor, kept: Recorded, lines: dict[str, str]) -> None:
    with st.expander("Correct the entry", expanded=True):
        form, kept = seen.opened(ENTRY.word, kept)
        entry = ENTRY.of(kept)
        with st.form(form.key("form"), enter_to_submit=False, border=False):
            _fields(form, lines, entry)
            reason.field(form)
            form.foot()
            asked = st.form_submit_button("Save the entry", type="primary", key="save entry")
        becomes = form.record(LedgerEntry, beside="amount_pence", occurrence=entry.occurrence) if asked else None
        if becomes is None:
            return
        if becomes == entry:
            form.refuse("", "Nothing was changed in the entry.")
            return
        done = f"{_named(becomes)} is saved."
        if saving.save(form, actor, [Revise(kept.number, kept.version, becomes)], done) is not None:
            st.rerun()


def _withdraw(actor: Actor, kept: Recorded) -> bool:
    done = f"{_named(ENTRY.of(kept))} is withdrawn."
    return withdrawing.show(actor, (kept,), "entry", done, key="entry", sure="this entry")
