"""The sidebar under the menu: the date figures are shown for, which programme, and who is here or tried as."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import streamlit as st

from sos_tracker.records.access import Actor, Permission, Role
from sos_tracker.records.periods import day
from sos_tracker.records.programme import Programme
from sos_tracker.ui import address, cached, sign_in_parts
from sos_tracker.ui.session import ROLE_NAMES, Visit

ICON = Path(__file__).parent / "static" / "icon.png"
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)


def as_at(actor: Actor, programme: Programme) -> date:
    """The date in the address, else the one the programme is usually shown for, else today.

    Members choose among the days offered to them; another date gives way to the newest of these.
    """
    try:
        asked = date.fromisoformat(address.read("as_at"))
    except ValueError:
        asked = None
    if not actor.may(Permission.READ_PROGRESS):
        offered = cached.member_dates(programme.code)
        return asked if asked in offered else offered[0]
    if asked and EARLIEST <= asked <= LATEST:
        return asked
    return programme.usual_as_at or date.today()  # noqa: DTZ011 - the reader's own day, on the reader's own computer


def show(visit: Visit) -> None:
    with st.sidebar:
        if visit.programme:
            _as_at(visit.actor, visit.programme)
            _programme(visit)
        if visit.identity is None:
            _role(visit)
        else:
            sign_in_parts.in_sidebar(visit)


def _as_at(actor: Actor, programme: Programme) -> None:
    st.session_state["as_at"] = as_at(actor, programme)
    if not actor.may(Permission.READ_PROGRESS):
        st.selectbox(
            "Figures as at",
            cached.member_dates(programme.code),
            format_func=day,
            key="as_at",
            on_change=_keep_as_at,
            help="Days between which nobody can work out a number of fewer than 5 people.",
        )
        return
    st.date_input(
        "Figures as at",
        min_value=EARLIEST,
        max_value=LATEST,
        format="DD/MM/YYYY",
        key="as_at",
        on_change=_keep_as_at,
        help="Every figure, chart and table is shown as it stood at the end of this day.",
    )


def _keep_as_at() -> None:
    chosen = st.session_state["as_at"]
    address.write("as_at", chosen.isoformat() if chosen else "")


def _programme(visit: Visit) -> None:
    if visit.programme is None or len(visit.programmes) < 2:
        return
    names = _names(visit.programmes)
    st.session_state["programme"] = visit.programme.code
    st.selectbox(
        "Programme", list(names), format_func=lambda code: names[code], key="programme", on_change=_keep_programme
    )


def _names(programmes: Sequence[Programme]) -> dict[str, str]:
    """The authority's name, with the code in front where an authority has several programmes."""
    authorities = Counter(one.authority for one in programmes)
    return {
        one.code: one.authority if authorities[one.authority] == 1 else f"{one.code}: {one.authority}"
        for one in programmes
    }


def _keep_programme() -> None:
    """Another programme has its own usual date, agencies and levels."""
    address.write("programme", st.session_state["programme"])
    for name in ("as_at", "agency", "level", "from"):
        address.write(name, "")


def _role(visit: Visit) -> None:
    st.session_state["role"] = visit.actor.role
    st.selectbox(
        "Try as",
        list(ROLE_NAMES),
        format_func=lambda role: ROLE_NAMES[Role(role)],
        key="role",
        on_change=lambda: address.write("role", Role(st.session_state["role"]).value),
        help="Sign-in is not set up: the app answers this computer only, and you may try what each reader sees.",
    )
