"""What is kept in a page's address, so that a link shows another reader the same page.

Streamlit empties the address when the page is changed; what was chosen is remembered for the session and written back.
"""

from collections.abc import Mapping
from urllib.parse import urlencode

import streamlit as st

EVERYWHERE = ("programme", "as_at", "role", "agency", "level", "from")
_REMEMBERED = "address"


def restore() -> None:
    """Called once a run, before anything reads the address."""
    remembered: dict[str, str] = st.session_state.setdefault(_REMEMBERED, {})
    missing = {}
    for name in EVERYWHERE:
        value = st.query_params.get(name)
        if value is not None:
            remembered[name] = value
        elif name in remembered:
            missing[name] = remembered[name]
    if missing:
        st.query_params.update(missing)


def read(name: str) -> str:
    """The value in the address, "" without one."""
    return st.query_params.get(name, "")


def write(name: str, value: str) -> None:
    """Puts the value in the address, and takes the name out of it where the value is ""."""
    remembered: dict[str, str] = st.session_state.setdefault(_REMEMBERED, {})
    if value:
        remembered[name] = value
        st.query_params[name] = value
    else:
        remembered.pop(name, None)
        st.query_params.pop(name, None)


def kept() -> Mapping[str, str]:
    """What a link to another page takes along."""
    return {name: st.query_params[name] for name in EVERYWHERE if name in st.query_params}


def link(page: str, **further: str) -> str:
    """The address of another page that shows the same programme, date and part; relative, for any root."""
    asked = {**kept(), **further}
    return f"{page}?{urlencode(asked)}" if asked else page
