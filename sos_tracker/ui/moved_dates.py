"""Dates that were moved: each move of a milestone's forecast, with why and who approved it, newest first."""

from html import escape
from typing import Any

import streamlit as st

from sos_tracker.charts.chart import Column, Table, numeric
from sos_tracker.charts.sentences import on_day
from sos_tracker.records.periods import day
from sos_tracker.ui.chart_parts import html_table
from sos_tracker.ui.view import View


def show(view: View) -> None:
    """Nothing where no date was moved by the day shown."""
    moves = view.frames.moves
    again = moves[moves["forecast_from"].notna()].iloc[::-1]
    if again.empty:
        return
    titles = dict(zip(view.frames.milestones["reference"], view.frames.milestones["title"], strict=True))
    number = again["milestone"].nunique()
    said = f"The dates of {number:,} {'milestone' if number == 1 else 'milestones'} were moved, newest first."
    rows = tuple(_row(move, titles) for move in again.to_dict("records"))
    heads = ("Milestone", "Moved on", "From", "To", "Reason", "Approved by", "Decision")
    columns = [Column(each) for each in heads]
    columns.insert(4, numeric("Days"))
    table = html_table(Table(f"Moves of forecasts to {day(view.on)}", tuple(columns), rows))
    st.html(f"<h2>Dates that were moved</h2><p>{escape(said)}</p>{table}")


def _row(move: dict[Any, Any], titles: dict[str, str]) -> tuple[str, ...]:
    before, after = on_day(move["forecast_from"]), on_day(move["forecast_to"])
    decision = str(move["decision_reference"])
    return (
        f"{move['milestone']} {titles.get(move['milestone'], '')}".strip(),
        *(day(on).replace(" ", "\u00a0") if on else "no forecast" for on in (on_day(move["moved_on"]), before, after)),
        f"{(after - before).days:,}" if before and after else "",
        str(move["reason"]) or "not given",
        str(move["approved_by"]) or "not given",
        f"Deferred: {decision}" if move["deferred"] else decision,
    )
