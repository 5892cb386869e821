"""Drilling down: choose a figure, see the rows it was counted from with why, a page at a time, and take them away.

The choices are kept in the address, so that the rows can be shown to somebody else.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from sos_tracker.records.access import Permission
from sos_tracker.ui import address, cached, downloads
from sos_tracker.ui.chart_parts import html_table
from sos_tracker.ui.rows_behind import Source
from sos_tracker.ui.tables import table_of
from sos_tracker.ui.view import View

ROWS_A_PAGE = 25
MOST_DOWNLOADED = 200_000
_LABELS = {"month": "Month", "team": "Team", "line": "Budget line"}
_ALL = {"month": "Every month", "team": "Every team", "line": "Every line"}


def show(view: View, sources: Sequence[Source], chart_month: date | None = None) -> None:
    """The rows behind the page's figures; a month chosen in the page's chart is the month shown."""
    _follow_the_chart(chart_month)
    from_start = view.part.first_month is not None
    note = "<p>These rows are from the beginning: choose a month to see fewer.</p>" if from_start else ""
    st.html(f'<h2 id="rows">The rows behind the figures</h2>{note}')
    source = _choose(sources)
    offered = _offered(view, source)
    _narrowing(offered)
    narrow = {name: address.read(name) for name in offered if address.read(name) in offered[name]}
    fetch = partial(source.fetch, **_typed(narrow))
    first = _first_row(source, narrow)
    which_rows = repr((source.key, first, sorted(narrow.items())))
    rows = cached.rows(view.cut, which_rows, partial(fetch, limit=ROWS_A_PAGE, offset=first))
    which = "".join(f", {offered[name][value]}" for name, value in narrow.items())
    if not rows.total:
        st.text(f"{source.title}{which}: there are no such rows.")
        return
    caption = f"{source.title}{which}: rows {first + 1:,} to {first + len(rows.frame):,} of {rows.total:,}"
    st.html(html_table(table_of(rows.frame, source.headings, caption)))
    if rows.total > ROWS_A_PAGE:
        pages = -(-rows.total // ROWS_A_PAGE)
        st.number_input(f"Page, of {pages:,}", 1, pages, key=_page_key(source, narrow), width=180)
    every_row = partial(_every_row, fetch)
    downloads.offer(view, f"rows of {source.key}", every_row, source.headings, permission=Permission.READ_PROGRESS)


def _follow_the_chart(month: date | None) -> None:
    """A new choice in the chart becomes the month in the address; what is chosen by hand later stands."""
    if st.session_state.get("chart month") != month:
        st.session_state["chart month"] = month
        address.write("month", f"{month:%Y-%m}" if month else "")


def _choose(sources: Sequence[Source]) -> Source:
    known = {source.key: source for source in sources}
    asked = address.read("rows")
    if len(sources) == 1:
        return sources[0]
    st.session_state["rows"] = asked if asked in known else sources[0].key
    chosen = st.selectbox(
        "Show the rows behind",
        list(known),
        format_func=lambda key: known[key].title,
        key="rows",
        on_change=lambda: address.write("rows", st.session_state["rows"]),
    )
    return known[chosen]


def _offered(view: View, source: Source) -> dict[str, dict[str, str]]:
    """What the rows can be narrowed to: the value in the address -> the words shown."""
    training = view.frames.training
    found = {}
    for name in source.narrowed_by:
        if name == "month":
            found[name] = view.offered["from"]
        elif name == "team":
            found[name] = {team: team for team in sorted({*training.staff["team"]} - {""}, key=str.casefold)}
        elif name == "line":
            lines = view.frames.budget.lines
            found[name] = {code: f"{code} {title}" for code, title in zip(lines["code"], lines["title"], strict=True)}
    return {name: values for name, values in found.items() if values}


def _narrowing(offered: Mapping[str, Mapping[str, str]]) -> None:
    if not offered:
        return
    for column, (name, values) in zip(st.columns(len(offered)), offered.items(), strict=True):
        words = {"": _ALL[name], **values}
        asked = address.read(name)
        st.session_state[f"rows {name}"] = asked if asked in words else ""
        column.selectbox(
            _LABELS[name],
            list(words),
            format_func=words.__getitem__,
            key=f"rows {name}",
            on_change=_keep,
            args=(name,),
        )


def _keep(name: str) -> None:
    address.write(name, st.session_state[f"rows {name}"])


def _typed(narrow: Mapping[str, str]) -> dict[str, Any]:
    return {name: date.fromisoformat(f"{value}-01") if name == "month" else value for name, value in narrow.items()}


def _every_row(fetch: "partial[Any]") -> pd.DataFrame:
    frame: pd.DataFrame = fetch(limit=MOST_DOWNLOADED, offset=0).frame
    return frame


def _page_key(source: Source, narrow: Mapping[str, str]) -> str:
    return f"page of {source.key} {sorted(narrow.items())}"


def _first_row(source: Source, narrow: Mapping[str, str]) -> int:
    page: Any = st.session_state.get(_page_key(source, narrow), 1)
    return (int(page) - 1) * ROWS_A_PAGE
