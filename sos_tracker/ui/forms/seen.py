"""Records as somebody saw them when a form was opened on them: their save is held against these, not newer ones."""

from collections.abc import Sequence

import streamlit as st

from sos_tracker.records.recorded import Recorded
from sos_tracker.ui.forms.fields import Form
from sos_tracker.ui.session import current_visit

_SEEN = "records seen"


def opened(name: str, kept: Recorded) -> tuple[Form, Recorded]:
    """The form on one record, and the record as it was when the form was opened: both stay until something is saved
    here or the form is left. ``name`` as of a Form; the number of the record is added to it."""
    form, (seen,) = opened_rows(f"{name} {kept.number}", (kept,))
    return form, seen


def opened_rows(name: str, kept: Sequence[Recorded]) -> tuple[Form, Sequence[Recorded]]:
    """As ``opened``, for a table of records; ``name`` says which."""
    earlier = still_open(name)
    rows = tuple(kept) if earlier is None else earlier
    st.session_state.setdefault(_SEEN, {})[_here(name)] = rows
    return Form(_form_name(name, rows)), rows


def still_open(name: str) -> tuple[Recorded, ...] | None:
    """What a form on this page was opened on, None where it is not open. Of one record: ``name number``."""
    rows: tuple[Recorded, ...] | None = st.session_state.get(_SEEN, {}).get(_here(name))
    if rows is None:
        return None
    began = f"{_form_name(name, rows)} "
    return rows if any(str(key).startswith(began) for key in st.session_state) else None


def choices(name: str, kept: Sequence[Recorded], key: str) -> dict[int, Recorded]:
    """Records to choose one from, by number, for the selectbox ``key``: among them the one whose form is open, though
    somebody may have withdrawn it meanwhile."""
    chosen = st.session_state.get(key)
    found = {one.number: one for one in kept}
    if isinstance(chosen, int) and chosen not in found:
        found |= {one.number: one for one in still_open(f"{name} {chosen}") or ()}
    return found


def forget() -> None:
    """After a save of one's own everything is seen as it is now."""
    st.session_state.pop(_SEEN, None)


def _here(name: str) -> tuple[str, str]:
    """The form in the programme looked at: another programme has records of its own."""
    return current_visit().actor.programme, name


def _form_name(name: str, rows: Sequence[Recorded]) -> str:
    return f"{name} {'-'.join(f'{row.number}.{row.version}' for row in rows)}"
