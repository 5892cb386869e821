"""Giving, changing and taking away access on a page. What was typed stays where it is refused, beside the reason."""

from collections.abc import Callable
from html import escape

import streamlit as st
from pydantic import ValidationError
from streamlit.delta_generator import DeltaGenerator

from sos_tracker.actions import access
from sos_tracker.actions.access import AccessRefused
from sos_tracker.records.access import Access, AccessHeld, Actor, GroupAccess, Role
from sos_tracker.records.programme import Programme
from sos_tracker.records.sentences import sentence
from sos_tracker.settings import SignIn, settings
from sos_tracker.ui import cached, people_tables
from sos_tracker.ui.meanings import plain_text
from sos_tracker.ui.session import ROLE_NAMES

_SAID = "people said"
_ROUND = "people round"
_ROLES = list(Role)
_REASON = "Reason (optional)"
_NO_SIGN_IN = (
    "Sign-in is not set up here, so whoever is at this computer may do everything. Access given now counts from the "
    "day sign-in is set up."
)
_GROUP_HINTS = {
    SignIn.THIS_COMPUTER: "Everybody in a group has its role from the day sign-in is set up.",
    SignIn.PROVIDER: "Everybody in a group has its role without being named here. Name the group as your "
    "council’s sign-in names it.",
    SignIn.PROXY: "People come through a proxy that passes no groups, so a group brings nobody a role here.",
}


def show(actor: Actor, programme: Programme) -> None:
    """Everybody who has access to the actor's programme, and a way to change it."""
    held = access.accesses(cached.store(), actor)
    st.html(
        f"<h1>{people_tables.finding(held)}</h1>"
        f'<p class="sos-standing">{escape(f"{programme.authority}, {programme.name}.")}</p>{_hint()}'
    )
    _say()
    st.html(people_tables.people(held) + people_tables.roles())
    _give(actor, {one.access.email: one for one in held if not one.removed})
    _change(actor, [one for one in held if not one.removed])
    _groups(actor)
    _removed(actor, held)


def _hint() -> str:
    return f'<p class="sos-notice">{_NO_SIGN_IN}</p>' if settings().sign_in is SignIn.THIS_COMPUTER else ""


def _give(actor: Actor, held: dict[str, AccessHeld]) -> None:
    st.html(
        "<h2>Give access</h2><p>They sign in with this e-mail address. No message is sent to them: tell them yourself "
        "that they have access.</p>"
    )
    with st.form(_key("give"), enter_to_submit=False):
        email = st.text_input("E-mail address", key=_key("give email"))
        beside = st.empty()
        role = _role("Role", "give role", Role.MEMBER)
        reason = st.text_input(_REASON, key=_key("give reason"))
        if st.form_submit_button("Give access", type="primary", key="give"):
            before = held.get(email.strip().casefold())
            _attempt(
                lambda: access.give(cached.store(), actor, Access(email=email, role=role), reason),
                _given(email.strip().casefold(), role, before),
                beside,
            )


def _given(email: str, role: Role, before: AccessHeld | None) -> str:
    name = ROLE_NAMES[role].lower()
    if before is None or before.other_account:
        return f"{email} has access as {name}."
    was = before.access.role
    return f"{email} is {name} already." if was is role else f"{email} was {ROLE_NAMES[was].lower()} and is {name} now."


def _change(actor: Actor, held: list[AccessHeld]) -> None:
    if not held:
        return
    st.html("<h2>Change a role, or take access away</h2>")
    one = st.selectbox("Person", held, format_func=_named, key=_key("change who"))
    if one is None:
        return
    email = one.access.email
    with st.form(_key(f"change {email}"), enter_to_submit=False):
        role = _role("Role from now on", f"change role {email}", one.access.role)
        reason = st.text_input(_REASON, key=_key(f"change reason {email}"))
        sure = st.checkbox(f"Yes, take away the access of {plain_text(email)}", key=_key(f"sure {email}"))
        beside = st.empty()
        with st.container(horizontal=True):
            changing = st.form_submit_button("Change the role", type="primary", key="change")
            removing = st.form_submit_button("Take the access away", key="remove")
    if changing:
        given = Access(email=email, role=role)
        _attempt(lambda: access.give(cached.store(), actor, given, reason), _given(email, role, one), beside)
    elif removing and not sure:
        beside.error("Tick the box to say that the access is to be taken away. Nothing was changed.")
    elif removing:
        _attempt(lambda: access.remove(cached.store(), actor, email, reason), f"{email} has no access now.", beside)


def _groups(actor: Actor) -> None:
    given = access.groups(cached.store(), actor)
    st.html(f"<h2>Groups</h2><p>{_GROUP_HINTS[settings().sign_in]}</p>{people_tables.groups(given)}")
    with st.form(_key("group"), enter_to_submit=False):
        name = st.text_input("Group", key=_key("group name"))
        beside = st.empty()
        role = _role("Role of everybody in it", "group role", Role.MEMBER)
        reason = st.text_input(_REASON, key=_key("group reason"))
        if st.form_submit_button("Give the group this role", key="give group"):
            _attempt(
                lambda: access.give_group(cached.store(), actor, GroupAccess(group=name, role=role), reason),
                f"Everybody in the group {name.strip()} has access as {ROLE_NAMES[role].lower()}.",
                beside,
            )
    if given:
        _remove_group(actor, [one.group for one in given])


def _remove_group(actor: Actor, names: list[str]) -> None:
    with st.form(_key("remove group"), enter_to_submit=False):
        name = st.selectbox("Group to take the role from", names, key=_key("remove group which"))
        reason = st.text_input(_REASON, key=_key("remove group reason"))
        sure = st.checkbox("Yes, take the role from this group", key=_key("remove group sure"))
        beside = st.empty()
        pressed = st.form_submit_button("Take the role away", key="remove group button")
    if pressed and not sure:
        beside.error("Tick the box to say that the role is to be taken away. Nothing was changed.")
    elif pressed:
        done = f"The group {name} brings no role now."
        _attempt(lambda: access.remove_group(cached.store(), actor, name, reason), done, beside)


def _removed(actor: Actor, held: tuple[AccessHeld, ...]) -> None:
    gone = [one for one in held if one.removed]
    if not gone:
        return
    st.html(
        "<h2>Access taken away</h2><p>They have no access, through a group either, until it is given back.</p>"
        + people_tables.removed(held)
    )
    with st.form(_key("give back"), enter_to_submit=False):
        one = st.selectbox("Person to give access back to", gone, format_func=_named, key=_key("back who"))
        role = _role("Role they come back as", "back role", Role.MEMBER)
        reason = st.text_input(_REASON, key=_key("back reason"))
        beside = st.empty()
        if st.form_submit_button("Give access back", key="give back button") and one is not None:
            email = one.access.email
            given = Access(email=email, role=role)
            _attempt(lambda: access.give(cached.store(), actor, given, reason), _given(email, role, None), beside)


def _role(label: str, key: str, usual: Role) -> Role:
    chosen = st.selectbox(
        label, _ROLES, index=_ROLES.index(usual), format_func=lambda role: ROLE_NAMES[Role(role)], key=_key(key)
    )
    return Role(chosen)


def _named(one: AccessHeld) -> str:
    return f"{one.access.email}, {ROLE_NAMES[one.access.role].lower()}"


def _attempt(change: Callable[[], object], done: str, beside: DeltaGenerator) -> None:
    """Makes the change and begins anew with the news at the top, or says beside the field why not."""
    try:
        change()
    except ValidationError as fault:
        beside.error(plain_text(f"{sentence(fault.errors()[0])} Nothing was changed."))
    except AccessRefused as refusal:
        beside.error(plain_text(f"{refusal} Nothing was changed."))
    else:
        st.session_state[_SAID] = done
        st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
        st.rerun()


def _say() -> None:
    said = st.session_state.pop(_SAID, "")
    if said:
        st.success(plain_text(said))


def _key(name: str) -> str:
    """A widget's key: another one after each change, so that the fields are empty again."""
    return f"{name} {st.session_state.get(_ROUND, 0)}"
