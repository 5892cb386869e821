"""Who is here and what they look at: the one gate of every page.

There is no sign-in yet: the app answers this computer only, and whoever is at it tries the roles. Sign-in will change
``arrive`` and nothing else.
"""

from dataclasses import dataclass

import streamlit as st

from sos_tracker.records.access import Actor, NotAllowed, Permission, Role
from sos_tracker.records.programme import Programme
from sos_tracker.ui import address, cached

TRIED_ROLES = {
    Role.PROJECT_MANAGER: "Project manager",
    Role.DIRECTOR: "Director",
    Role.MEMBER: "Committee member",
}
_VISIT = "visit"


@dataclass(frozen=True)
class Visit:
    """One reader at one moment; ``programme`` is None where there is none at all."""

    actor: Actor
    programme: Programme | None
    programmes: tuple[Programme, ...]


def arrive() -> Visit:
    """Who is here, found anew in each run by the frame, before any page; unknown words give way to the first choice."""
    known = cached.programmes()
    code, asked = address.read("programme").upper(), address.read("role")
    programme = next((one for one in known if one.code == code), known[0] if known else None)
    role = Role(asked) if asked in TRIED_ROLES else Role.PROJECT_MANAGER
    actor = Actor(TRIED_ROLES[role], role, programme.code if programme else "")
    visit = st.session_state[_VISIT] = Visit(actor, programme, known)
    return visit


def current_visit() -> Visit:
    visit = st.session_state[_VISIT]
    if not isinstance(visit, Visit):
        raise TypeError("The frame has not said who is here.")
    return visit


def current_actor(permission: Permission) -> Actor:
    """Whoever is here, if they may do this; a page's first line. Else the page says so and ends."""
    actor = current_visit().actor
    try:
        actor.require(permission)
    except NotAllowed as refusal:
        st.title("You cannot open this page", anchor=False)
        st.text(f"{refusal} Choose another page from the menu.")
        st.stop()
    return actor
