"""Will we make it? The forecast under a chart, of every measure with a target in a table, and of the outturn."""

from html import escape
from math import ceil
from typing import Any

import pandas as pd
import streamlit as st

from sos_tracker.charts.chart import Column, Table, numeric
from sos_tracker.measures import outlook, outturn
from sos_tracker.records.figures import Rating, Unit
from sos_tracker.records.labels import amount, range_of
from sos_tracker.records.palette import RATING_MARKS
from sos_tracker.records.periods import day
from sos_tracker.ui import cached
from sos_tracker.ui.chart_parts import html_table
from sos_tracker.ui.view import View

_HEADINGS = (
    Column("Measure"), numeric("Now"), numeric("On the day due, likely"), numeric("In four cases of five"),
    numeric("Target"), Column("Due by"), Column("Met between"), numeric("Needed a month"), Column("Forecast"),
)  # fmt: skip

_OUTTURN_HEADINGS = (
    Column("Reckoned"), numeric("Outturn"), numeric("In four cases of five"), numeric("Against the budget"),
    Column("How"),
)  # fmt: skip


def sentence(view: View, code: str) -> None:
    """What is forecast for one measure, under its chart."""
    rows = _rows(view)
    said = rows.loc[rows["code"] == code, "sentence"].iloc[0]
    st.html(f'<p class="sos-standing"><strong>Forecast.</strong> {escape(said)}</p>')


def table(view: View) -> None:
    """Each measure that has a target: where it is likely to stand when it is due, and when it is likely to be met."""
    rows = [row for row in _rows(view).to_dict("records") if not pd.isna(row["target"])]
    if not rows:
        st.html(
            "<h2>Will we make it?</h2><p>No running total has a target, so no forecast can be held against one. "
            "Targets are set on the page Strategy targets.</p>"
        )
        return
    found = Table(f"Forecasts as at {day(view.on)}", _HEADINGS, tuple(_cells(row) for row in rows))
    said = "".join(f"<li><strong>{escape(row['title'])}.</strong> {escape(row['sentence'])}</li>" for row in rows)
    st.html(
        f"<h2>Will we make it?</h2>{html_table(found)}"
        f"<details><summary>How each forecast is made</summary><ul>{said}</ul></details>"
    )


def outturns(view: View) -> None:
    """What will have been spent in the end: three ways to reckon it beside the manager's own, each in a sentence."""
    found = cached.measured(view.cut, outturn.outturns)
    rows = tuple(
        (row["way"], _pounds(row["outturn_pence"]), _pounds(row["low_pence"], row["high_pence"]),
         _variance(row["variance_pence"]), row["sentence"])
        for row in found.to_dict("records")
    )  # fmt: skip
    caption = f"Forecast outturn, four ways, as at {day(view.on)}"
    st.html(f"<h2>What will have been spent in the end?</h2>{html_table(Table(caption, _OUTTURN_HEADINGS, rows))}")


def _pounds(pence: float, high: float | None = None) -> str:
    if pd.isna(pence):
        return "not known" if high is None else "no range"
    return amount(round(pence), Unit.PENCE) if high is None else range_of(pence, high, Unit.PENCE)


def _variance(pence: float) -> str:
    """Against the approved budget; overspend is over."""
    if pd.isna(pence):
        return "not known"
    return f"{amount(abs(pence), Unit.PENCE)} {'over' if pence > 0 else 'under'}" if pence else "on the budget"


def _rows(view: View) -> pd.DataFrame:
    return cached.measured(view.cut, outlook.outlook)


def _cells(row: dict[Any, Any]) -> tuple[str, ...]:
    unit, mark = Unit(row["unit"]), RATING_MARKS[Rating(row["rating"])]
    known = not pd.isna(row["likely"])
    due_on = None if pd.isna(row["due_on"]) else row["due_on"].date()
    return (
        row["title"],
        amount(row["now"], unit),
        amount(round(row["likely"]), unit) if known else "not known",
        range_of(row["low"], row["high"], unit) if known else "not known",
        amount(row["target"], unit),
        day(due_on) if due_on else "no date set",
        _met(row),
        "–" if pd.isna(row["needed"]) else amount(ceil(row["needed"]), unit),
        f"{mark.shape} {mark.word}",
    )


def _met(row: dict[Any, Any]) -> str:
    """The months between which the target is likely to be met."""
    if row["now"] >= row["target"]:
        return "met already"
    earliest, latest = (None if pd.isna(row[end]) else row[end] for end in ("earliest", "latest"))
    if earliest is None:
        return "not known" if pd.isna(row["likely"]) else "not within five years"
    ends = (f"{earliest:%B %Y}", f"{latest:%B %Y}" if latest is not None else "later than in five years")
    return ends[0] if ends[0] == ends[1] else " and ".join(ends)
