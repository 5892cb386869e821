"""Training sessions by hand: the list, a new one, and one of them with its facts, its register and its withdrawal."""

from collections.abc import Mapping
from datetime import date
from html import escape
from typing import Any

import streamlit as st

from sos_tracker.charts.chart import Column, Table
from sos_tracker.records import labels
from sos_tracker.records.access import Actor
from sos_tracker.records.money import pounds
from sos_tracker.records.periods import day, month_end, month_name, months
from sos_tracker.records.recorded import Add, Recorded, Revise
from sos_tracker.records.training import Attendance, CourseLevel, PartnerHeadcount, TrainingSession
from sos_tracker.ui import cached, history_parts
from sos_tracker.ui.chart_parts import html_table
from sos_tracker.ui.forms import reason, register, saving, seen, top, withdrawing
from sos_tracker.ui.forms.fields import Form
from sos_tracker.ui.forms.opening import Opening
from sos_tracker.ui.meanings import plain_label
from sos_tracker.ui.view import View, head

SESSION = Opening(TrainingSession, "session")
_LEVELS: Mapping[str, str] = {level.value: words for level, words in labels.LEVEL.items()}
_STATUSES: Mapping[str, str] = {status.value: words for status, words in labels.SESSION_STATUS.items()}


def show(view: View) -> None:
    """One session where one is chosen, else the list of all and the form for another."""
    chosen, gone = SESSION.chosen(view.code)
    total = SESSION.total(view.code)
    head(view, _finding(chosen, total))
    if not top.show(view.actor):
        return
    if chosen is not None:
        _one(view, chosen, gone=gone)
        return
    if total:
        _list(view.code)
    _add(view.actor, opened=not total)


def _finding(chosen: Recorded | None, total: int) -> str:
    if chosen is not None:
        return f"Training session {SESSION.of(chosen).reference}"
    if not total:
        return "No training session has been recorded yet"
    return f"{total:,} training {'session' if total == 1 else 'sessions'}"


# the list


def _list(code: str) -> None:
    """Sessions that are looked for, a page at a time, and a way to open one."""
    st.html("<h2>Find a session</h2>")
    narrow, text = _narrowing(code)
    found = SESSION.found(code, f"sessions page {text} {sorted(narrow.items())}", text=text, **narrow)
    if found is None:
        st.text("No session is like that. Look for less, or choose another level or month.")
        return
    st.html(_table(found.caption("Sessions", "newest first"), found.records))
    SESSION.turn(found)
    SESSION.open_one(found.records, _named, found.which)


def _narrowing(code: str) -> tuple[dict[str, Any], str]:
    text, level, month = st.columns([2, 2, 1])
    sought = text.text_input("Look for (reference, course, venue, trainer)", key="sessions text", autocomplete="off")
    levels = {"": "Every level", **_LEVELS}
    at = level.selectbox("Level", list(levels), format_func=levels.__getitem__, key="sessions level")
    held = {"": "Every month", **{f"{each:%Y-%m}": month_name(each) for each in _months(code)}}
    when = month.selectbox("Month", list(held), format_func=held.__getitem__, key="sessions month")
    narrow: dict[str, Any] = {"level": CourseLevel(at)} if at else {}
    if when:
        narrow["since"] = date.fromisoformat(f"{when}-01")
        narrow["until"] = month_end(date.fromisoformat(f"{when}-01"))
    return narrow, sought or ""


def _months(code: str) -> list[date]:
    """Every month from the first dated session to the last, newest first."""
    kind, dated = TrainingSession.kind, date.min
    newest, total = cached.records(code, kind, limit=1, since=dated)
    if not total:
        return []
    oldest, _ = cached.records(code, kind, limit=1, offset=total - 1, since=dated)
    first, last = SESSION.of(oldest[0]).starts_on, SESSION.of(newest[0]).starts_on
    return months(first, last)[::-1] if first and last else []


def _table(caption: str, found: tuple[Recorded, ...]) -> str:
    rows = tuple(
        (
            session.reference,
            labels.level_name(session.level or ""),
            _day(session.starts_on),
            labels.session_status_name(session.status or ""),
            session.venue,
            "" if session.places is None else f"{session.places:,}",
        )
        for session in map(SESSION.of, found)
    )
    heads = ("Session", "Level", "Starts on", "Status", "Venue")
    return html_table(Table(caption, (*(Column(head) for head in heads), Column("Places", numeric=True)), rows))


def _named(session: TrainingSession) -> str:
    return ", ".join((session.reference, labels.level_name(session.level or ""), _day(session.starts_on)))


def _day(on: date | None) -> str:
    return day(on).replace(" ", "\u00a0") if on else "no date yet"


# a session's facts


def _add(actor: Actor, *, opened: bool) -> None:
    with st.expander("Add a session", expanded=opened):
        form = Form("add session")
        with st.form(form.key("form"), enter_to_submit=False, border=False):
            _fields(form, TrainingSession(reference="-"), reference="")
            form.foot()
            asked = st.form_submit_button("Add the session", type="primary", key="add session")
        session = form.record(TrainingSession, beside="ends_on") if asked else None
        if session is not None:
            done = f"Session {session.reference} is added. Now add who was booked or came."
            kept = saving.save(form, actor, [Add(session)], done)
            if kept is not None:
                SESSION.choose(kept[0].number)
                st.rerun()


def _fields(form: Form, session: TrainingSession, *, reference: str) -> None:
    left, right = st.columns(2)
    with left:
        form.text("reference", "Reference, as your register names it", reference)
        form.choice("level", "Course level", _LEVELS, session.level, none="Not known yet")
        form.text("course", "Course title (optional)", session.course)
        form.day("starts_on", "Start date", session.starts_on)
        form.day("ends_on", "End date", session.ends_on)
    with right:
        form.choice("status", "Status", _STATUSES, session.status, none="Not known yet")
        form.text("venue", "Venue (optional)", session.venue)
        form.text("trainer", "Trainer (optional)", session.trainer)
        form.whole("places", "Number of places (optional)", session.places)
        form.pounds("cost_pence", "Cost", session.cost_pence)


def _one(view: View, kept: Recorded, *, gone: bool) -> None:
    """A session, what it says, its register, and what may be done with it."""
    session, actor = SESSION.of(kept), view.actor
    SESSION.back("Back to every session")
    with st.container():
        if gone:
            st.warning("Somebody has withdrawn this session since you opened it. It is shown as you saw it.")
        st.html(_facts(kept))
    register.show(view, session)
    st.html("<h2>The session itself</h2>")
    _revise(actor, kept)
    _withdraw(actor, kept)
    history_parts.story(view, kept.kind, kept.number)


def _facts(kept: Recorded) -> str:
    session = SESSION.of(kept)
    ends = f" to {day(session.ends_on)}" if session.ends_on and session.ends_on != session.starts_on else ""
    facts = {
        "Level": labels.level_name(session.level or ""),
        "Course": session.course,
        "Held": f"{day(session.starts_on)}{ends}" if session.starts_on else "no date yet",
        "Status": labels.session_status_name(session.status or ""),
        "Venue": session.venue,
        "Trainer": session.trainer,
        "Places": "" if session.places is None else f"{session.places:,}",
        "Cost": "" if session.cost_pence is None else pounds(session.cost_pence),
        "Last changed": _changed(kept),
    }
    listed = "".join(f"<div><dt>{head}</dt><dd>{escape(said)}</dd></div>" for head, said in facts.items() if said)
    return f'<dl class="sos-spread">{listed}</dl>'


def _changed(kept: Recorded) -> str:
    if kept.changed_at is None:
        return ""
    how = f"by import {kept.batch}" if kept.batch else "by hand"
    return f"{day(kept.changed_at.astimezone().date())} {how}, {kept.changed_by}"


def _revise(actor: Actor, kept: Recorded) -> None:
    form, kept = seen.opened(SESSION.word, kept)
    session = SESSION.of(kept)
    with st.expander("Correct the session: date, level, status, venue, trainer, places, cost"):
        with st.form(form.key("form"), enter_to_submit=False, border=False):
            _fields(form, session, reference=session.reference)
            reason.field(form)
            form.foot()
            asked = st.form_submit_button("Save the session", type="primary", key="save session")
        becomes = form.record(TrainingSession, beside="ends_on") if asked else None
        if becomes is None:
            return
        if becomes == session.model_copy(update={"inferred": False}):
            form.refuse("", "Nothing was changed in the session.")
        elif saving.save(form, actor, [Revise(kept.number, kept.version, becomes)], _saved(becomes)) is not None:
            st.rerun()


def _saved(session: TrainingSession) -> str:
    return f"Session {session.reference} is saved."


def _withdraw(actor: Actor, kept: Recorded) -> None:
    reference = SESSION.of(kept).reference
    places, headcounts = (
        cached.records(actor.programme, kind, session=reference, limit=1)[1]
        for kind in (Attendance.kind, PartnerHeadcount.kind)
    )
    gone = _goes_along(places, headcounts)
    along = f"With it go {gone}: none of them is counted any more." if gone else "Nobody is on its register."
    goes = f"{along} The history keeps what was recorded."
    with_it = f" and {gone}" if gone else ""
    done = f"Session {reference} is withdrawn{f', and {gone} with it' if gone else ''}."
    name = f"withdraw session, {places} and {headcounts}, {kept.number}"
    sure = f"session {plain_label(reference)}{with_it}"
    if withdrawing.show(actor, (kept,), "session", done, key="session", sure=sure, goes=goes, name=name):
        SESSION.leave()


def _goes_along(places: int, headcounts: int) -> str:
    """``34 places on its register and 2 partner headcounts``; "" for nothing."""
    counted = (
        (places, "place on its register", "places on its register"),
        (headcounts, "partner headcount", "partner headcounts"),
    )
    return labels.listed(f"{number:,} {one if number == 1 else many}" for number, one, many in counted if number)
