"""What somebody who is not signed in sees, and what somebody who is sees of themselves in the sidebar."""

from html import escape

import streamlit as st

from sos_tracker.settings import SignIn, settings
from sos_tracker.ui import session
from sos_tracker.ui.meanings import plain_text
from sos_tracker.ui.session import ROLE_NAMES, SIGNED_OUT, Away, Visit

_WHAT_THIS_IS = (
    "SoS Tracker shows how your council is putting its practice programme in place: people trained, practice leads, "
    "spending and milestones, each against its target."
)
_NOT_NAMED = (
    "Your council’s sign-in has not said who you are. Close the browser and open SoS Tracker again. If this page comes "
    "back, tell your IT service."
)


def show() -> None:
    """The sign-in page."""
    here = session.whoever()
    if not isinstance(here, Away):
        st.html("<h1>You are signed in</h1><p>Choose a page from the menu.</p>")
        return
    st.html(f'<h1>Sign in to SoS Tracker</h1><p class="sos-lead">{escape(_WHAT_THIS_IS)}</p>')
    by_provider = settings().sign_in is SignIn.PROVIDER
    if here.sentence != SIGNED_OUT:
        st.warning(plain_text(here.sentence))
    elif not by_provider:
        st.text(_NOT_NAMED)
    if by_provider and st.button(plain_text(f"Sign in with {settings().oidc_name}"), type="primary", key="sign in"):
        st.login(session.PROVIDER)


def in_sidebar(visit: Visit) -> None:
    """Who is signed in, as what, and the way out; a proxy has a way out of its own."""
    if visit.identity is None:
        return
    who = escape(visit.identity.named)
    st.html(f'<p class="sos-who">Signed in as {who}<br>Role: {ROLE_NAMES[visit.actor.role]}</p>')
    if settings().sign_in is SignIn.PROVIDER:
        st.button("Sign out", key="sign out", on_click=session.sign_out)
