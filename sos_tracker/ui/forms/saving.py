"""Saving what a form says: what is refused is said in it, and a save over somebody else's is held for a decision."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from sos_tracker.actions import recording
from sos_tracker.actions.recording import ReasonNeeded
from sos_tracker.records.access import Actor
from sos_tracker.records.recorded import Conflict, Recorded, RecordRefused, StaleRecord, UnknownRecord, Write
from sos_tracker.ui import cached
from sos_tracker.ui.forms import last_entry, reason, seen
from sos_tracker.ui.forms.fields import Form, begin_anew
from sos_tracker.ui.meanings import plain_text

_SAID = "recording said"
_HELD = "recording held"
CONFLICT = "conflict"
"""The name of the form that asks."""


@dataclass(frozen=True)
class Held:
    """A save that stands over somebody else's. ``form`` is what it came from, ``done`` what to say when it is saved."""

    programme: str
    form: str
    writes: tuple[Write, ...]
    conflicts: tuple[Conflict, ...]
    reason: str
    done: str


def save(
    form: Form, actor: Actor, writes: Sequence[Write], done: str, *, began_as: str = "", named: Sequence[str] = ()
) -> tuple[Recorded, ...] | None:
    """Saves all of it or nothing. Saved: keeps ``done`` for the top of the next run and empties the form; the caller
    then does ``st.rerun()``. None: refused, which is said in the form. Over somebody else's save: the page is run
    anew and ``conflict.show`` asks what is to stand. ``began_as``: the form the entry was first made in. ``named``:
    what each write is called in the form, where it makes several."""
    why = reason.of(form)
    try:
        kept = last_entry.recorded(actor, tuple(writes), why, done)
    except ReasonNeeded as needed:
        form.refuse(reason.FIELD, str(needed))
    except StaleRecord as stale:
        hold(Held(actor.programme, began_as or form.name, tuple(writes), stale.conflicts, why, done))
    except RecordRefused as refusal:
        which = f"{named[refusal.place]}: " if named else ""
        form.refuse("" if named else refusal.field, f"{which}{refusal.sentence}")
    except UnknownRecord as gone:
        form.refuse("", str(gone))
    else:
        seen.forget()
        say(done)
        form.begin_anew()
        return kept
    return None


def attempt(form: Form, deed: Callable[[], object], done: str) -> bool:
    """As ``save``, for an action other than ``recording.record`` (issuing a target): True where it was done."""
    try:
        deed()
    except ReasonNeeded as needed:
        form.refuse(reason.FIELD, str(needed))
    except RecordRefused as refusal:
        form.refuse(refusal.field, refusal.sentence)
    except (StaleRecord, UnknownRecord) as gone:
        form.refuse("", f"{gone} Open it again to see how it stands.")
    else:
        last_entry.forget()
        seen.forget()
        say(done)
        form.begin_anew()
        return True
    return False


def hold(held: Held) -> None:
    """The page asks what is to become of it, from the next run on."""
    st.session_state[_HELD] = held
    begin_anew(CONFLICT)
    st.rerun()


def held(actor: Actor) -> Held | None:
    """The save to be decided on in the actor's programme, if there is one."""
    found = st.session_state.get(_HELD)
    return found if isinstance(found, Held) and found.programme == actor.programme else None


def let_go() -> None:
    """Whatever was decided: from now on the records are seen as they are."""
    st.session_state.pop(_HELD, None)
    seen.forget()


def say(words: str, *, well: bool = True) -> None:
    """Keeps a message for the top of the next run."""
    st.session_state[_SAID] = (words, well)


def said() -> None:
    """Shows the message kept, once."""
    words, well = st.session_state.pop(_SAID, ("", True))
    if words:
        (st.success if well else st.error)(plain_text(words))


def take_back(actor: Actor) -> None:
    """A button that takes the last entry made here back, while nothing else was recorded in the programme since."""
    entry = last_entry.offered(actor)
    if entry is None or not st.button("Take back my last entry", key="take back"):
        return
    try:
        recording.record(cached.store(), actor, entry.reversing, reason=last_entry.REASON)
    except (StaleRecord, RecordRefused, ReasonNeeded, UnknownRecord) as refusal:
        say(f"It could not be taken back: {refusal}", well=False)
    else:
        say(f"Taken back: {entry.done}")
    last_entry.forget()
    seen.forget()
    st.rerun()
