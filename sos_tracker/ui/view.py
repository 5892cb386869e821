"""What one page shows: whose programme, on which date, which part of it. Made once, on a page's second line."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from html import escape

import streamlit as st

from sos_tracker.charts.chart import Chart
from sos_tracker.measures.frames import ProgrammeFrames
from sos_tracker.records.access import Actor
from sos_tracker.records.figures import Figure
from sos_tracker.records.periods import day
from sos_tracker.records.programme import Programme
from sos_tracker.ui import cached, filters, session, sidebar
from sos_tracker.ui.cached import Cut, Narrowing

ALL_FILTERS = ("agency", "level", "from")
NO_PROGRAMME = (
    "No programme has been set up yet. Whoever looks after this computer adds one with: "
    "sos-tracker programme add CODE --name NAME --authority NAME. Then the project manager imports its files."
)
_INSTEAD = (
    "You chose {}, and this page shows {}. Members see only days between which nobody can work out a number of fewer "
    "than 5 people."
)


@dataclass(frozen=True)
class View:
    """``cut`` is the part looked at, ``whole`` the programme it is a part of; ``note`` is said under the title."""

    actor: Actor
    programme: Programme
    cut: Cut
    whole: Cut
    which: tuple[str, ...]
    note: str = ""

    @property
    def code(self) -> str:
        return self.cut.code

    @property
    def on(self) -> date:
        return self.cut.on

    @property
    def part(self) -> Narrowing:
        return self.cut.part

    @cached_property
    def frames(self) -> ProgrammeFrames:
        return cached.frames(self.cut)

    @cached_property
    def figures(self) -> dict[str, Figure]:
        return cached.figures(self.cut)

    @cached_property
    def offered(self) -> dict[str, dict[str, str]]:
        return cached.offered(self.whole, filters.choices)

    def chart(self, draw: cached.Draw) -> Chart:
        return cached.chart(self.cut, draw)


class MembersView(View):
    """The view of the summary section, whoever looks: what a director prints for members may be shown to them."""

    @cached_property
    def figures(self) -> dict[str, Figure]:
        return cached.member_figures(self.cut)

    def chart(self, draw: cached.Draw) -> Chart:
        return cached.member_chart(self.cut, draw)


def the_programme(title: str) -> Programme:
    """The programme looked at; without one the page says how to add it, and ends."""
    programme = session.current_visit().programme
    if programme is None:
        st.html(f"<h1>{escape(title)}: nothing yet</h1><p>{escape(NO_PROGRAMME)}</p>")
        st.stop()
    return programme


def the_view(actor: Actor, title: str, which: Sequence[str] = ()) -> View:
    """The view of this page; ``which`` filters it has (agency, level, from), ``title`` its name in the menu."""
    programme = the_programme(title)
    whole = cached.cut(programme.code, sidebar.as_at(actor, programme))
    part = filters.chosen(cached.offered(whole, filters.choices), which) if which else cached.WHOLE
    return View(actor, programme, replace(whole, part=part), whole, tuple(which))


def the_members_view(actor: Actor, title: str) -> MembersView:
    """The view of a page of the summary section, on a day members may choose."""
    view = the_view(actor, title)
    cut = replace(view.cut, on=cached.member_date(view.code, view.on))
    note = "" if cut.on == view.on else _INSTEAD.format(day(view.on), day(cut.on))
    return MembersView(actor, view.programme, cut, cut, (), note)


def head(view: View, finding: str) -> None:
    """The page's one h1 in words, where the figures stand, what must be said with them, and the page's filters."""
    programme = view.programme
    standing = f"{programme.authority}, {programme.name}. As at {day(view.on)}."
    notes = [note for note in (programme.notice, filters.sentence(view.part), view.note) if note]
    st.html(
        f'<h1>{escape(finding)}</h1><p class="sos-standing">{escape(standing)}</p>'
        + "".join(f'<p class="sos-notice">{escape(note)}</p>' for note in notes)
    )
    filters.show(view.offered, view.which)


def nothing_yet(view: View, finding: str, remedy: str) -> None:
    """A page without figures says so in words, and ends."""
    head(view, finding)
    st.text(remedy)
    st.stop()
