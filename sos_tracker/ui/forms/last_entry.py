"""The last thing entered by hand, and the writes that reverse it exactly, while nothing was recorded after it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import streamlit as st

from sos_tracker.actions import recording
from sos_tracker.records.access import Actor
from sos_tracker.records.recorded import Add, Recorded, Revise, UnknownRecord, Withdraw, Write
from sos_tracker.records.training import Attendance, PartnerHeadcount, TrainingSession
from sos_tracker.ui import cached

_KEPT = "last entry"
_PAGE = 500
REASON = "Entered by mistake and taken back"
_TAKES_OTHERS_ALONG = ("milestone", "forecast move", "strategy target")
"""What moves or fixes more than itself when it is written: it cannot be put back as if it had not been."""


@dataclass(frozen=True)
class LastEntry:
    """``revision``: the programme's just after it. ``done``: what was said of it."""

    programme: str
    revision: int
    reversing: tuple[Write, ...]
    done: str


def recorded(actor: Actor, writes: Sequence[Write], reason: str, done: str) -> tuple[Recorded, ...]:
    """Records, and remembers how to reverse it. Raises as ``recording.record`` does."""
    store, code = cached.store(), actor.programme
    forget()
    before, revision = _before(code, writes), store.revision(code)
    kept = recording.record(store, actor, writes, reason=reason)
    reversing = _reversing(writes, before, kept)
    if reversing and store.revision(code) == revision + 1:
        st.session_state[_KEPT] = LastEntry(code, revision + 1, reversing, done)
    return tuple(kept)


def offered(actor: Actor) -> LastEntry | None:
    """The entry that may be taken back: None where there is none, or something was recorded after it."""
    entry = st.session_state.get(_KEPT)
    if not isinstance(entry, LastEntry) or entry.programme != actor.programme:
        return None
    return entry if cached.store().revision(entry.programme) == entry.revision else None


def forget() -> None:
    st.session_state.pop(_KEPT, None)


def _before(code: str, writes: Iterable[Write]) -> dict[tuple[str, int], Sequence[Recorded]]:
    """What each record to be revised or withdrawn says now, and what goes with it."""
    store = cached.store()
    found: dict[tuple[str, int], Sequence[Recorded]] = {}
    for write in writes:
        if isinstance(write, Add) or write.kind in _TAKES_OTHERS_ALONG:
            continue
        try:
            seen = [store.record(code, write.kind, write.number)]
        except UnknownRecord:  # withdrawn by somebody else, which the save tells of
            continue
        if isinstance(write, Withdraw) and isinstance(seen[0].record, TrainingSession):
            seen += everything_of(code, seen[0].record.reference)
        found[write.kind, write.number] = seen
    return found


def everything_of(code: str, session: str) -> list[Recorded]:
    """The whole register of a session, and its partner headcounts."""
    found: list[Recorded] = []
    for kind in (Attendance.kind, PartnerHeadcount.kind):
        of_kind: list[Recorded] = []
        total = 1
        while len(of_kind) < total:
            page, total = cached.records(code, kind, session=session, limit=_PAGE, offset=len(of_kind))
            of_kind += page
            if not page:
                break
        found += of_kind
    return found


def _reversing(
    writes: Sequence[Write], before: dict[tuple[str, int], Sequence[Recorded]], kept: Sequence[Recorded]
) -> tuple[Write, ...]:
    """Nothing where the entry cannot be put back as if it had not been."""
    if any(write.kind in _TAKES_OTHERS_ALONG for write in writes):
        return ()
    reversing: list[Write] = []
    for write, now in zip(writes, kept, strict=True):
        if isinstance(write, Add):
            reversing.append(Withdraw(now.kind, now.number, now.version))
            continue
        was = before[write.kind, write.number]
        if isinstance(write, Revise):
            reversing.append(Revise(now.number, now.version, was[0].record))
        elif any(not any(one.record.person) for one in was if isinstance(one.record, Attendance)):
            return ()  # somebody was forgotten: nothing names them any more
        else:
            reversing += [Add(one.record) for one in was]
    return tuple(reversing)
