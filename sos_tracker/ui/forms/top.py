"""The top of every page with forms: what was just saved, taking it back, and a save that somebody must decide on."""

import streamlit as st

from sos_tracker.records.access import Actor
from sos_tracker.ui.forms import conflict, saving


def show(actor: Actor) -> bool:
    """Shown under the heading. False: a save stands over somebody else's, which is asked about instead of the page.

    It has a place of its own, so that a message that goes does not fold up what is open below it.
    """
    with st.container():
        saving.said()
        saving.take_back(actor)
        return not conflict.show(actor)
