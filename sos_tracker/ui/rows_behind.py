"""The rows behind the figures of a page: choose a figure, see the rows it was counted from, a page at a time."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from sos_tracker.measures.milestones import milestone_states
from sos_tracker.measures.practice_leads import coverage
from sos_tracker.records.access import Permission
from sos_tracker.records.budget import EntryKind
from sos_tracker.records.periods import month_name
from sos_tracker.records.training import Outcome
from sos_tracker.store.rows import Rows
from sos_tracker.ui import cached, downloads
from sos_tracker.ui.chart_parts import html_table
from sos_tracker.ui.tables import table_of
from sos_tracker.ui.view import View

ROWS_A_PAGE = 50
MOST_DOWNLOADED = 200_000

_ATTENDANCE = {
    "held_on": "Held on", "session": "Session", "course": "Course", "level": "Level", "agency": "Agency",
    "team": "Team", "job_role": "Job role", "outcome": "Outcome", "session_status": "Session was",
    "why": "Counted, or why not", "register_rows": "Register rows", "batch": "Import",
}  # fmt: skip
_FIRST_TRAINED = {
    "held_on": "First trained on", "session": "Session", "level": "Level", "agency": "Agency", "team": "Team",
    "job_role": "Job role",
}  # fmt: skip
_STAFF = {
    "agency": "Agency", "team": "Team", "job_role": "Job role", "trained": "Trained",
    "first_trained_on": "First trained on",
}  # fmt: skip
_HEADCOUNT = {
    "held_on": "Held on", "session": "Session", "level": "Level", "agency": "Agency", "attended": "People who came",
}  # fmt: skip
_LEDGER = {
    "posted_on": "Posted on", "line": "Line", "supplier": "Supplier", "narrative": "For", "entry_kind": "Kind",
    "amount_pence": "Amount", "reference": "Reference", "batch": "Import",
}  # fmt: skip
_LEADS = {"agency": "Agency", "team": "Team", "state": "Practice lead", "since": "Since"}
_MILESTONES = {
    "reference": "Milestone", "title": "What", "domain": "Workstream", "owner": "Owner", "baseline_on": "First agreed",
    "forecast_on": "Forecast", "achieved_on": "Achieved", "state": "State", "slip_days": "Days late",
    "comment": "Comment",
}  # fmt: skip


@dataclass(frozen=True)
class Source:
    """The rows behind one figure; ``fetch`` takes ``limit`` and ``offset``."""

    headings: Mapping[str, str]
    fetch: Callable[..., Rows]


Sources = Mapping[str, Source]


def training(view: View, month: date | None) -> Sources:
    store, agency, level = cached.store(), view.part.agency, view.part.level
    attendances = partial(store.attendance_rows, view.code, view.on, agency=agency, level=level, month=month)
    staff = partial(store.staff_rows, view.code, view.on, agency=agency, in_scope=True)
    return {
        "People trained, by name (T1)": Source(
            _FIRST_TRAINED, partial(store.first_trained_rows, view.code, view.on, agency=agency, month=month)
        ),
        "People in partner agencies’ counts (T1, T2)": Source(
            _HEADCOUNT, partial(store.headcount_rows, view.code, view.on, agency=agency, level=level)
        ),
        "Attendances, by name (T2)": Source(_ATTENDANCE, partial(attendances, came=True)),
        "Staff in scope, in post and trained (T3)": Source(_STAFF, partial(staff, trained=True)),
        "Staff in scope, in post and not yet trained (T3)": Source(_STAFF, partial(staff, trained=False)),
        "Every place booked, and what became of it (T4)": Source(_ATTENDANCE, attendances),
        "Places where the person did not come (T4)": Source(_ATTENDANCE, partial(attendances, outcome=Outcome.NO_SHOW)),
        "People who came without booking": Source(_ATTENDANCE, partial(attendances, outcome=Outcome.WALK_IN)),
    }


def practice_leads(view: View) -> Sources:
    return {"Every team and partner agency (L1)": _of_frame(coverage(view.frames.posts, view.on), _LEADS)}


def budget(view: View, month: date | None) -> Sources:
    rows = partial(cached.store().ledger_rows, view.code, view.on, month=month)
    return {
        "Money paid (B1)": Source(_LEDGER, partial(rows, entry_kind=EntryKind.ACTUAL)),
        "Money committed (B2)": Source(_LEDGER, partial(rows, entry_kind=EntryKind.COMMITMENT)),
        "Every entry of the ledger (B1, B2, B3)": Source(_LEDGER, rows),
    }


def milestones(view: View) -> Sources:
    return {"Every milestone (M1, M2, M3)": _of_frame(milestone_states(view.frames.milestones, view.on), _MILESTONES)}


def _of_frame(frame: pd.DataFrame, headings: Mapping[str, str]) -> Source:
    def fetch(*, limit: int, offset: int = 0) -> Rows:
        return Rows(frame.iloc[offset : offset + limit], len(frame))

    return Source(headings, fetch)


def show(view: View, sources: Sources, month: date | None = None) -> None:
    """A choice of figure, the rows behind it with their number, and the same rows as a file."""
    st.html('<h2 id="rows">The rows behind the figures</h2>')
    chosen = st.selectbox("Show the rows behind", list(sources), key="rows behind") if len(sources) > 1 else None
    title = chosen or next(iter(sources))
    source = sources[title]
    first = _first_row(title, month)
    rows = source.fetch(limit=ROWS_A_PAGE, offset=first)
    when = f", {month_name(month)} only" if month else ""
    if not rows.total:
        st.text(f"There are no such rows{when}.")
        return
    last = first + len(rows.frame)
    st.html(
        html_table(
            table_of(rows.frame, source.headings, f"{title}{when}: rows {first + 1:,} to {last:,} of {rows.total:,}")
        )
    )
    if rows.total > ROWS_A_PAGE:
        st.number_input("Page", 1, -(-rows.total // ROWS_A_PAGE), key=_page_key(title, month), width=160)
    downloads.offer(
        view, _short(title), partial(_all_rows, source), source.headings, permission=Permission.READ_PROGRESS
    )


def _all_rows(source: Source) -> pd.DataFrame:
    frame: pd.DataFrame = source.fetch(limit=MOST_DOWNLOADED, offset=0).frame
    return frame


def _page_key(title: str, month: date | None) -> str:
    return f"page of {title} {month}"


def _first_row(title: str, month: date | None) -> int:
    page: Any = st.session_state.get(_page_key(title, month), 1)
    return (int(page) - 1) * ROWS_A_PAGE


def _short(title: str) -> str:
    return f"rows: {title.partition(' (')[0].lower()}"
