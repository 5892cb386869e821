"""A table edited as a grid. Its cells are text, so that nothing typed is dropped unsaid, and each is read on save."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st
from pydantic import ValidationError

from sos_tracker.charts.chart import Column, Table
from sos_tracker.intake.cells import Fault
from sos_tracker.records.access import Actor
from sos_tracker.records.recorded import Recorded, Revise
from sos_tracker.records.sentences import sentence
from sos_tracker.ui.chart_parts import html_table
from sos_tracker.ui.forms import reason, saving, seen

_ROW = "Row"


@dataclass(frozen=True)
class GridColumn:
    """One column. ``show`` says a value as it may be typed again; ``read`` gives the value typed, None for none, or a
    Fault. Without ``read`` it cannot be edited."""

    field: str
    heading: str
    show: Callable[[Any], str] = str
    read: Callable[[str], Any] | None = None


@dataclass(frozen=True)
class CellRefused:
    """A cell that could not be saved: its row as the grid numbers it, and what is wrong. ``typed`` as it was typed."""

    row: int
    heading: str
    typed: str
    sentence: str


def is_wanted() -> bool:
    """The tick that shows the grid: it costs as much as the rest of its page, and most readers do not come for it."""
    return st.checkbox("Show the table", key="show grid")


def show(actor: Actor, name: str, rows: Sequence[Recorded], columns: Sequence[GridColumn], alt: str) -> None:
    """The grid and its button. All of it is saved, or nothing, and then every refused cell is listed. ``name`` says
    which rows these are: another one on another page of them."""
    form, rows = seen.opened_rows(name, rows)
    with st.form(form.key("form"), enter_to_submit=False):
        edited = st.data_editor(
            frame_of(rows, columns),
            key=form.key("grid"),
            hide_index=True,
            num_rows="fixed",
            alt=alt,
            width="stretch",
            column_config={
                _ROW: st.column_config.NumberColumn(disabled=True),
                **{each.heading: st.column_config.TextColumn(disabled=each.read is None) for each in columns},
            },
        )
        reason.field(form)
        form.foot()
        listed = st.empty()
        asked = st.form_submit_button("Save the table", key=form.key("save"))
    if not asked:
        return
    writes, refused = checked(rows, edited, columns)
    if refused:
        form.refuse("", f"{len(refused):,} {'cell' if len(refused) == 1 else 'cells'} could not be saved.")
        listed.html(refusals(refused))
    elif not writes:
        form.refuse("", "Nothing in the table was changed.")
    else:
        done = f"{len(writes):,} {'row' if len(writes) == 1 else 'rows'} of the table saved."
        numbered = {row.number: place for place, row in enumerate(rows, start=1)}
        named = [f"Row {numbered[write.number]}" for write in writes]
        if saving.save(form, actor, writes, done, named=named) is not None:
            st.rerun()


def frame_of(rows: Sequence[Recorded], columns: Sequence[GridColumn]) -> pd.DataFrame:
    """What the grid shows: the number of the row, then each column as text."""
    texts = {each.heading: [each.show(getattr(row.record, each.field)) for row in rows] for each in columns}
    return pd.DataFrame({_ROW: range(1, len(rows) + 1), **texts})


def checked(
    rows: Sequence[Recorded], edited: pd.DataFrame, columns: Sequence[GridColumn]
) -> tuple[list[Revise], list[CellRefused]]:
    """Every cell that is not as it was shown, read again: the rows it changes, and those cells that cannot be read."""
    shown = frame_of(rows, columns)
    writes: list[Revise] = []
    refused: list[CellRefused] = []
    for place, row in enumerate(rows):
        becomes: dict[str, Any] = {}
        typed: dict[str, str] = {}
        for column in columns:
            cell = edited[column.heading].iloc[place]
            text = "" if cell is None or pd.isna(cell) else str(cell).strip()
            if column.read is None or text == shown[column.heading].iloc[place]:
                continue
            value = column.read(text)
            if isinstance(value, Fault):
                said = f"{value.problem} {value.remedy}"
                refused.append(CellRefused(place + 1, column.heading, text, said))
            else:
                becomes[column.field], typed[column.field] = value, text
        if not becomes:
            continue
        try:
            record = type(row.record).model_validate({**dict(row.record), **becomes})
        except ValidationError as faults:
            refused += [_refused(place, fault, columns, typed) for fault in faults.errors()]
        else:
            if record != row.record:
                writes.append(Revise(row.number, row.version, record))
    return writes, refused


def _refused(place: int, fault: Any, columns: Sequence[GridColumn], typed: dict[str, str]) -> CellRefused:
    field = str(fault["loc"][0]) if fault["loc"] else ""
    heading = next((column.heading for column in columns if column.field == field), "the whole row")
    return CellRefused(place + 1, heading, typed.get(field, ""), sentence(fault))


def refusals(refused: Sequence[CellRefused]) -> str:
    """The refused cells as a table."""
    rows = tuple((str(one.row), one.heading, one.typed or "(empty)", one.sentence) for one in refused)
    heads = (Column("Row"), Column("Column"), Column("Typed"), Column("What is wrong"))
    return html_table(Table("Cells that could not be saved", heads, rows))
