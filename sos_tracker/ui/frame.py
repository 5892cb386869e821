"""The frame around every page: the menu of whoever is here, and what stands in the sidebar. Run each time."""

import streamlit as st

from sos_tracker.ui import address, cached, faults, menu, session, sidebar


def _not_ready() -> None:
    st.title("The database is not ready", anchor=False)
    st.text("It has not been set up, or it was made by another version of SoS Tracker. Run: sos-tracker init")


def _run(page: st.Page) -> None:
    """Runs the page; what fails in it is told in words, with a reference and without a traceback."""
    try:
        page.run()
    except Exception as fault:  # noqa: BLE001 - the outermost door of a page: whatever fails is logged and told here
        faults.show(fault)


def _visited(visit: session.Visit) -> st.Page:
    """The page asked for, of those in the person's menu; the bare address sends them on to the first page of theirs."""

    def start() -> None:
        st.switch_page(pages[menu.landing_for(visit.actor).address], query_params=dict(address.kept()))

    theirs = menu.pages_for(visit.actor)
    pages = {page.address: st.Page(page.file, title=page.title, url_path=page.address) for page in theirs}
    sections: dict[str, list[st.Page]] = {"": [st.Page(start, title="Start", default=True, visibility="hidden")]}
    for entry in theirs:
        sections.setdefault(entry.section, []).append(pages[entry.address])
    page = st.navigation(sections, expanded=True)
    st.set_page_config(page_title=f"{page.title} – SoS Tracker", page_icon=sidebar.ICON, layout="wide")
    sidebar.show(visit)
    return page


def _signed_out() -> st.Page:
    """The sign-in page, whatever the address: the address stays, so that the reader comes back to it signed in."""

    def sign_in(url_path: str, *, default: bool = False) -> st.Page:
        return st.Page(menu.SIGN_IN, title="Sign in", url_path=url_path, default=default, visibility="hidden")

    elsewhere = [sign_in(entry.address) for entry in menu.MENU]
    page = st.navigation([sign_in(menu.SIGN_IN.stem, default=True), *elsewhere], position="hidden")
    st.set_page_config(page_title="Sign in – SoS Tracker", page_icon=sidebar.ICON, layout="wide")
    return page


address.restore()
if cached.is_ready():
    with session.arrived() as here:
        _run(_signed_out() if isinstance(here, session.Away) else _visited(here))
else:
    _run(st.navigation([st.Page(_not_ready, title="Not ready", default=True)]))
