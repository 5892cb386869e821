"""Whole sessions corrected: withdrawn or moved with their register, or put at another course level."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from pydantic import ValidationError
from sqlalchemy import ColumnElement, func, select

from sos_tracker.records.bulk import CorrectLevel, MoveSession, WithdrawSession
from sos_tracker.records.labels import LEVEL
from sos_tracker.records.periods import day
from sos_tracker.records.record import Record
from sos_tracker.records.recorded import Recorded, RecordRefused, Revise, Withdraw
from sos_tracker.records.sentences import sentence
from sos_tracker.records.training import CAME, PartnerHeadcount, TrainingSession
from sos_tracker.store.dialects import among
from sos_tracker.store.recorded import record_kind, recorded
from sos_tracker.store.saving import carry_out
from sos_tracker.store.tables import attendance, headcount, training_session
from sos_tracker.store.writing import Writing

_SHOWN = "; the check before an import would list it as {}."


def withdraw_session(work: Writing, change: WithdrawSession, reason: str, today: date) -> list[str]:
    session = _session(work, change.reference)
    carry_out(work, [Withdraw(session.kind, session.number, session.version)], reason=reason, today=today)
    return [f"A file that still has session {change.reference} would bring it back{_SHOWN.format('new')}"]


def move_session(work: Writing, change: MoveSession, reason: str, today: date) -> list[str]:
    """The days of the session, and with them those of everybody in its register."""
    session = _session(work, change.reference)
    was: Any = session.record
    ends_on = change.ends_on
    if ends_on is None and was.starts_on and was.ends_on:
        ends_on = change.starts_on + (was.ends_on - was.starts_on)
    if (was.starts_on, was.ends_on) == (change.starts_on, ends_on):
        raise RecordRefused(f"Session {change.reference} is recorded on {day(change.starts_on)} already.", "starts_on")
    becomes = _with(was, "ends_on", starts_on=change.starts_on, ends_on=ends_on, inferred=False)
    carry_out(work, [Revise(session.number, session.version, becomes)], reason=reason, today=today)
    notes = [f"A list of sessions that still gives the old date would move it back{_SHOWN.format('changed')}"]
    notes[:0] = _along(work, [session.number], "in its register, and counted on the new date with it")
    came = _came(work, session.number)
    if came and change.starts_on > today:
        notes.insert(0, f"{came:,} people are recorded as having come, and the new date is still to come.")
    return notes


def correct_level(work: Writing, change: CorrectLevel, reason: str, today: date) -> list[str]:
    """Partner headcounts that repeat their session's level are corrected with it."""
    if change.until < change.since:
        raise RecordRefused("The last day is before the first.", "until")
    of = training_session.c
    days = of.starts_on.between(change.since, change.until)
    found = _recorded(work, TrainingSession, of.course == change.course, days)
    if not found:
        raise RecordRefused("No session of this course started in these days.", "since")
    wrong = [session for session in found if session.record.level is not change.level]
    if not wrong:
        raise RecordRefused(f"They are all at the level {LEVEL[change.level]} already.", "level")
    level_of = {session.record.reference: session.record.level for session in wrong}
    here = among(work.connection, headcount.c.session_id, [session.number for session in wrong])
    told = [each for each in _recorded(work, PartnerHeadcount, here) if each.record.level is not None]
    repeating = [each for each in told if each.record.level is level_of[each.record.session]]
    writes = [
        Revise(each.number, each.version, _with(each.record, "level", level=change.level, **further))
        for group, further in ((wrong, {"inferred": False}), (repeating, {}))
        for each in group
    ]
    carry_out(work, writes, reason=reason, today=today)
    notes = [f"A list of sessions that still gives the old level would put it back{_SHOWN.format('changed')}"]
    notes[:0] = _along(
        work, [session.number for session in wrong], "in their registers, and counted at the new level with them"
    )
    others = sum(each.record.level is not change.level for each in told) - len(repeating)
    if others:
        kept = (
            "headcount says a level of its own, and keeps"
            if others == 1
            else "headcounts say their own level, and keep"
        )
        notes.insert(0, f"{others:,} partner {kept} it.")
    return notes


def _session(work: Writing, reference: str) -> Recorded:
    found = _recorded(work, TrainingSession, training_session.c.reference == reference)
    if not found:
        raise RecordRefused(f"There is no session with the reference {reference}.", "reference")
    session: Recorded = found[0]
    return session


def _recorded(work: Writing, kind: type[Record], *which: ColumnElement[bool]) -> tuple[Any, ...]:
    """Records of one kind as they are kept, in the order of their numbers."""
    of_kind = record_kind(kind.kind)
    here = [of_kind.table.c.programme_id == work.programme_id, *which]
    rows = work.connection.execute(select(of_kind.table).where(*here).order_by(of_kind.table.c.id)).mappings().all()
    return recorded(work.connection, work.programme_id, of_kind, rows)


def _with(record: Any, field: str, **values: Any) -> Any:
    """The record with other values. Raises RecordRefused in its own words, at ``field`` where it names none."""
    try:
        return type(record).model_validate({**dict(record), **values})
    except ValidationError as faults:
        fault = faults.errors()[0]
        raise RecordRefused(sentence(fault), str(fault["loc"][0]) if fault["loc"] else field) from None


def _along(work: Writing, sessions: Sequence[int], said: str) -> list[str]:
    """How many places in the registers are counted anew with their sessions, though nobody writes them."""
    here = among(work.connection, attendance.c.session_id, sessions)
    places = work.connection.scalar(select(func.count()).select_from(attendance).where(here)) or 0
    return [f"{places:,} {'place is' if places == 1 else 'places are'} {said}."] if places else []


def _came(work: Writing, session: int) -> int:
    """People recorded as having come: by name, and by their agency's count."""
    named = select(func.count()).select_from(attendance).where(
        attendance.c.session_id == session, attendance.c.outcome.in_([outcome.value for outcome in CAME])
    )  # fmt: skip
    counted = select(func.coalesce(func.sum(headcount.c.attended), 0)).where(headcount.c.session_id == session)
    return int(work.connection.scalar(named) or 0) + int(work.connection.scalar(counted) or 0)
