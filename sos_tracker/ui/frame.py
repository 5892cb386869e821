"""The frame around every page: the menu of whoever is here, and what stands in the sidebar. Run each time."""

import streamlit as st

from sos_tracker.ui import address, cached, menu, session, sidebar


def _not_ready() -> None:
    st.title("The database is not ready", anchor=False)
    st.text("It has not been set up, or it was made by another version of SoS Tracker. Run: sos-tracker init")


def _start() -> None:
    """The bare address: the reader is sent on to the first page of theirs."""
    st.switch_page(_pages[menu.landing_for(_visit.actor).address], query_params=dict(address.kept()))


address.restore()
if cached.is_ready():
    _visit = session.arrive()
    _pages = {
        page.address: st.Page(page.file, title=page.title, url_path=page.address)
        for page in menu.pages_for(_visit.actor)
    }
    _sections: dict[str, list[st.Page]] = {"": [st.Page(_start, title="Start", default=True, visibility="hidden")]}
    for _entry in menu.pages_for(_visit.actor):
        _sections.setdefault(_entry.section, []).append(_pages[_entry.address])
    _page = st.navigation(_sections, expanded=True)
    st.set_page_config(page_title=f"{_page.title} – SoS Tracker", page_icon=sidebar.ICON, layout="wide")
    sidebar.show(_visit)
else:
    _page = st.navigation([st.Page(_not_ready, title="Not ready", default=True)])
_page.run()
