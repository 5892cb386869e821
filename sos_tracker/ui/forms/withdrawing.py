"""Withdrawing what is open: why, a tick that says it is meant, and the button. The same on every page of forms."""

from collections.abc import Sequence

import streamlit as st

from sos_tracker.records.access import Actor
from sos_tracker.records.recorded import Recorded, Withdraw
from sos_tracker.ui.forms import reason, saving, seen


def show(
    actor: Actor, kept: Sequence[Recorded], word: str, done: str, *, key: str, sure: str, goes: str = "", name: str = ""
) -> bool:
    """Records that go together; True where they were withdrawn, and the caller leaves them.

    ``word`` is what they are called ("session"), ``sure`` what the tick says after "Yes, withdraw", ``goes`` a
    paragraph about what goes with them, ``name`` that of the form where more than the records decides what is seen.
    """
    with st.expander(f"Withdraw the {word}"):
        form, seen_rows = seen.opened_rows(name or f"withdraw {key} {kept[0].number}", kept)
        if goes:
            st.html(f"<p>{goes}</p>")
        with st.form(form.key("form"), enter_to_submit=False, border=False):
            reason.field(form)
            form.tick("sure", f"Yes, withdraw {sure}")
            form.foot()
            asked = st.form_submit_button(f"Withdraw the {word}", key=f"withdraw {key}")
        if asked and not form.value("sure"):
            form.refuse("sure", f"Tick the box to say that the {word} is to be withdrawn.")
            return False
        gone = [Withdraw(one.kind, one.number, one.version) for one in seen_rows]
        return asked and saving.save(form, actor, gone, done) is not None
