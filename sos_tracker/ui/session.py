"""Who is here and what they look at: the one gate of every page.

Nothing of it is kept between runs: who somebody is comes from the signed cookie or the trusted proxy, what they may do
from the store, both anew in each run. Neither an address nor what a session remembers can say who somebody is. Without
sign-in the app answers this computer only, and whoever is at it tries the roles.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

import streamlit as st

from sos_tracker.records.access import Actor, NotAllowed, Permission, Role
from sos_tracker.records.programme import Programme
from sos_tracker.ui import address, cached

TRIED_ROLES = {
    Role.PROJECT_MANAGER: "Project manager",
    Role.DIRECTOR: "Director",
    Role.MEMBER: "Committee member",
    Role.ADMINISTRATOR: "Administrator",
}


@dataclass(frozen=True)
class Visit:
    """One reader at one moment; ``programme`` is None where there is none at all."""

    actor: Actor
    programme: Programme | None
    programmes: tuple[Programme, ...]


_here: ContextVar[Visit | None] = ContextVar("here", default=None)
"""Whoever the frame let in, while it runs the page: set and taken back by the code of this run alone."""


@contextmanager
def arrived() -> Iterator[Visit]:
    """Who is here, found anew by the frame, for as long as this run lasts."""
    visit = arrive()
    before = _here.set(visit)
    try:
        yield visit
    finally:
        _here.reset(before)


def arrive() -> Visit:
    """Decides who is here; unknown words in the address give way to the first choice."""
    known = cached.programmes()
    code, asked = address.read("programme").upper(), address.read("role")
    programme = next((one for one in known if one.code == code), known[0] if known else None)
    role = Role(asked) if asked in TRIED_ROLES else Role.PROJECT_MANAGER
    return Visit(Actor(TRIED_ROLES[role], role, programme.code if programme else ""), programme, known)


def current_visit() -> Visit:
    """Who is here in this run: as the frame found, or decided anew where no frame has run."""
    return _here.get() or arrive()


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
