"""The register of a session by hand: who was booked or came, added in lines, corrected, withdrawn; partner headcounts.

Nobody is shown by number or e-mail: what is typed is keyed at once, and the place on the register has a number of its
own.
"""

from collections import Counter
from html import escape

import streamlit as st

from sos_tracker.charts.chart import Column, Table
from sos_tracker.records import labels
from sos_tracker.records.recorded import Recorded
from sos_tracker.records.training import Attendance, PartnerHeadcount, TrainingSession
from sos_tracker.ui import cached
from sos_tracker.ui.chart_parts import html_table
from sos_tracker.ui.forms import delegates, headcounts
from sos_tracker.ui.view import View

A_PAGE = 25
MOST = 1_000


def show(view: View, session: TrainingSession) -> None:
    """Everybody on the register, a page at a time, with partner headcounts, and the forms that change them."""
    code, reference, actor = view.code, session.reference, view.actor
    people, total = cached.records(code, Attendance.kind, session=reference, limit=MOST)
    counted, _ = cached.records(code, PartnerHeadcount.kind, session=reference, limit=MOST)
    st.html(f"<h2>The register</h2><p>{escape(_sentence(people, total, counted))}</p>")
    with st.container():  # a place of its own: what is open below stays open when this is more or less
        if people:
            _people(people, total, reference)
        if counted:
            st.html(_headcounts(counted))
    delegates.add(actor, session)
    with st.container():
        if people:
            delegates.correct_one(view, session, people)
            delegates.correct_many(actor, _page(people, reference))
    headcounts.show(actor, session, counted)


def _sentence(people: tuple[Recorded, ...], total: int, counted: tuple[Recorded, ...]) -> str:
    """How many are on it, and what became of them."""
    said = "Nobody is on the register yet."
    if total:
        became = Counter(one.of(Attendance).outcome for one in people)
        told = (f"{became[each]:,} {words.lower()}" for each, words in labels.OUTCOME.items() if became[each])
        said = f"{total:,} {'place' if total == 1 else 'places'}: {labels.listed(told)}."
    if counted:
        heads = sum(one.record.attended for one in counted if isinstance(one.record, PartnerHeadcount))
        said += f" Partner agencies counted {heads:,} {'person' if heads == 1 else 'people'} more."
    return said


def _page(people: tuple[Recorded, ...], reference: str) -> tuple[Recorded, ...]:
    page = int(st.session_state.get(f"register page {reference}", 1))
    first = (min(page, -(-len(people) // A_PAGE)) - 1) * A_PAGE
    return people[first : first + A_PAGE]


def _people(people: tuple[Recorded, ...], total: int, reference: str) -> None:
    shown = _page(people, reference)
    first = people.index(shown[0])
    rows = tuple(
        (
            f"{one.number}",
            attendance.agency,
            attendance.team,
            attendance.job_role,
            labels.OUTCOME[attendance.outcome],
        )
        for one, attendance in ((one, one.of(Attendance)) for one in shown)
    )
    columns = tuple(Column(heading) for heading in ("Place", "Agency", "Team", "Job role", "Outcome"))
    caption = f"Places {first + 1:,} to {first + len(shown):,} of {total:,}"
    st.html(html_table(Table(caption, columns, rows)))
    pages = -(-len(people) // A_PAGE)
    if pages > 1:
        st.number_input(f"Page of the register, of {pages:,}", 1, pages, key=f"register page {reference}", width=220)


def _headcounts(counted: tuple[Recorded, ...]) -> str:
    rows = tuple(
        (one.record.agency, f"{one.record.attended:,}", labels.level_name(one.record.level or "") if one.record.level
         else "as the session")
        for one in counted
        if isinstance(one.record, PartnerHeadcount)
    )  # fmt: skip
    columns = (Column("Agency"), Column("People who came", numeric=True), Column("Level"))
    return html_table(Table("Partner headcounts, without names", columns, rows))
