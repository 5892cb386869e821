"""Who is here and what they look at: the one gate of every page.

Nothing of it is kept between runs: who somebody is comes from the signed cookie or the trusted proxy, what they may do
from the store, both anew in each run. Neither an address nor what a session remembers can say who somebody is. Without
sign-in the app answers this computer only, and whoever is at it tries the roles.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime

import streamlit as st

from sos_tracker.actions import sign_in
from sos_tracker.actions.sign_in import SignedIn, SignInRefused
from sos_tracker.records.access import Actor, Identity, NotAllowed, Permission, Role
from sos_tracker.records.programme import Programme
from sos_tracker.settings import SignIn, settings
from sos_tracker.ui import address, cached

ROLE_NAMES = {
    Role.PROJECT_MANAGER: "Project manager",
    Role.DIRECTOR: "Director",
    Role.MEMBER: "Committee member",
    Role.ADMINISTRATOR: "Administrator",
}
PROVIDER = "council"
"""What the settings handed to Streamlit call the identity provider."""
SIGNED_OUT = "You are not signed in."


@dataclass(frozen=True)
class Visit:
    """One reader at one moment; ``programme`` is None where there is none at all, ``programmes`` are those they have a
    role in, and ``identity`` is None on this computer."""

    actor: Actor
    programme: Programme | None
    programmes: tuple[Programme, ...]
    identity: Identity | None = None


@dataclass(frozen=True)
class Away:
    """Nobody who may see anything, and why."""

    sentence: str


_here: ContextVar[Visit | Away | None] = ContextVar("here", default=None)
"""Whoever the frame found, while it runs the page: set and taken back by the code of this run alone."""


@contextmanager
def arrived() -> Iterator[Visit | Away]:
    """Who is here, found anew by the frame, for as long as this run lasts."""
    found = arrive()
    before = _here.set(found)
    try:
        yield found
    finally:
        _here.reset(before)


def arrive() -> Visit | Away:
    """Decides who is here and what they may see; unknown words in the address give way to the first choice."""
    if settings().sign_in is SignIn.THIS_COMPUTER:
        return _at_this_computer()
    try:
        identity = _identity()
        return _visit_of(identity) if identity else Away(SIGNED_OUT)
    except SignInRefused as refusal:
        return Away(str(refusal))


def whoever() -> Visit | Away:
    """Who is here in this run: as the frame found, or decided anew where no frame has run."""
    return _here.get() or arrive()


def current_visit() -> Visit:
    """Who is here in this run. Nobody: the page says so and ends."""
    here = whoever()
    if isinstance(here, Away):
        _refuse(f"{here.sentence} Open the first page of SoS Tracker to sign in.")
        st.stop()
    return here


def current_actor(permission: Permission) -> Actor:
    """Whoever is here, if they may do this; a page's first line. Else the page says so and ends."""
    actor = current_visit().actor
    try:
        actor.require(permission)
    except NotAllowed as refusal:
        _refuse(f"{refusal} Choose another page from the menu.")
        st.stop()
    return actor


def recheck(permission: Permission, visit: Visit | None = None) -> Actor:
    """Whoever is here at this moment, if they may still do this: for clicks that no run of the page precedes.

    ``visit`` is whose page the click is on, where that cannot be asked of Streamlit (a download is made in a thread of
    its own); its programme stays the one clicked in. Raises NotAllowed.
    """
    now: Visit | Away = arrive() if visit is None else _again(visit)
    if isinstance(now, Away):
        raise NotAllowed(now.sentence)
    now.actor.require(permission)
    return now.actor


def sign_out() -> None:
    """Ends the sign-in for good, here and in every copy of its cookie."""
    with suppress(SignInRefused):
        identity = _identity()
        if identity:
            sign_in.sign_out(cached.store(), identity, datetime.now(UTC))
    st.logout()


def _at_this_computer() -> Visit:
    known = cached.programmes()
    programme, asked = _asked_for(known), address.read("role")
    role = Role(asked) if asked in ROLE_NAMES else Role.PROJECT_MANAGER
    return Visit(Actor(ROLE_NAMES[role], role, programme.code if programme else ""), programme, known)


def _visit_of(identity: Identity) -> Visit | Away:
    signed = _signed_in(identity)
    theirs = tuple(one for one in cached.programmes() if one.code in signed.roles)
    programme = _asked_for(theirs)
    actor = signed.actor(programme.code) if programme else None
    if actor is None:
        return Away(
            f"You are signed in as {identity.email}, and nobody has given this address access yet. Ask whoever looks "
            "after SoS Tracker in your council to give it access on the page People."
        )
    return Visit(actor, programme, theirs, identity)


def _again(visit: Visit) -> Visit | Away:
    """The same visit as it stands now, in the same programme."""
    if visit.identity is None or visit.programme is None:
        return visit
    try:
        actor = _signed_in(visit.identity).actor(visit.programme.code)
    except SignInRefused as refusal:
        return Away(str(refusal))
    if actor is None:
        return Away(f"{visit.identity.named} has no access to {visit.programme.name} any more.")
    return Visit(actor, visit.programme, visit.programmes, visit.identity)


def _identity() -> Identity | None:
    """Who the provider's signed cookie or the proxy says is here, None where neither says. Raises SignInRefused."""
    if settings().sign_in is SignIn.PROXY:
        named = st.context.headers.get_all(settings().proxy_header)
        return sign_in.identity_from_proxy(named[0]) if len(named) == 1 else None
    claims = st.user.to_dict()
    if claims.get("is_logged_in") is not True:
        return None
    return sign_in.identity_of(claims, settings().sign_in_rules, datetime.now(UTC))


def _signed_in(identity: Identity) -> SignedIn:
    return sign_in.arrive(cached.store(), identity, settings().sign_in_rules, datetime.now(UTC))


def _asked_for(programmes: tuple[Programme, ...]) -> Programme | None:
    code = address.read("programme").upper()
    return next((one for one in programmes if one.code == code), programmes[0] if programmes else None)


def _refuse(words: str) -> None:
    st.title("You cannot open this page", anchor=False)
    st.text(words)
