"""Corrections of many records on a page: what is wrong, what mending it would change, then all of it or nothing."""

import streamlit as st

from sos_tracker.actions import bulk, importing
from sos_tracker.actions.bulk import BulkPreview, PreviewMoved
from sos_tracker.actions.recording import ReasonNeeded
from sos_tracker.records.recorded import RecordRefused
from sos_tracker.store import AlreadyUndone
from sos_tracker.ui import bulk_fields, bulk_tables, cached, dry_run
from sos_tracker.ui.bulk_fields import CHOICES
from sos_tracker.ui.forms import reason, saving
from sos_tracker.ui.forms.fields import Form, begin_anew
from sos_tracker.ui.view import View

_SHOWN, _WHICH = "correction shown", "correction which"
_DECISION, _TAKING_BACK = "correction decision", "correction taken back"


def show(view: View) -> None:
    """What is to be corrected; once that is said, what it would do and the way to have it done."""
    shown = _as_it_is_now(view)
    saving.said()
    if shown is None:
        _ask(view)
    else:
        _decide(view, shown)


def _ask(view: View) -> None:
    st.html(
        "<h2>Correct many records at once</h2><p>Choose what is wrong. Every figure it would change is shown first, "
        "before and after, and nothing is stored until you say so.</p>"
    )
    which = st.radio("What is to be corrected", list(CHOICES), format_func=CHOICES.__getitem__, key=_WHICH)
    asked = bulk_fields.fields(view, which)
    if asked is None:
        return
    asked.form.foot()
    if not st.button("Show what this would change", type="primary", key="correction show"):
        return
    change = asked.wanted()
    if change is None:
        return
    try:
        _keep(view, bulk.preview(cached.store(), view.actor, change, view.on))
    except RecordRefused as refusal:
        asked.form.refuse(refusal.field, refusal.sentence)
    else:
        st.rerun()


def _decide(view: View, shown: BulkPreview) -> None:
    """All of it with a reason, or nothing."""
    st.html(bulk_tables.would_do(shown))
    form = Form(_DECISION)
    reason.field(form)
    form.foot()
    with st.container(horizontal=True):
        agreed = st.button("Make this correction", type="primary", key="correction make")
        if st.button("Leave it as it is", key="correction leave"):
            saving.say("Nothing was changed.")
            _start_again()
    if not agreed:
        return
    try:
        batch = bulk.carry_out(cached.store(), view.actor, shown, reason=reason.of(form))
    except ReasonNeeded as needed:
        form.refuse(reason.FIELD, needed.sentence)
    except RecordRefused as refusal:
        form.refuse("", refusal.sentence)
    except PreviewMoved as moved:
        _keep(view, moved.preview)
        saving.say(str(moved), well=False)
        st.rerun()
    else:
        saving.say(f"{batch.title}. It is correction {batch.number}, and can be taken back below.")
        _start_again()


def so_far(view: View) -> None:
    """Every correction of the programme, and a way to take one back."""
    found = bulk.corrections(cached.store(), view.actor)
    st.html(bulk_tables.so_far(found))
    standing = {str(batch.number): dry_run.batch_name(batch) for batch in found if batch.undone_at is None}
    if not standing:
        return
    st.html("<h2>Take a correction back</h2><p>Records changed again since are kept as they are, and listed.</p>")
    form = Form(_TAKING_BACK)
    form.choice("which", "Correction", standing)
    reason.field(form)
    form.foot()
    if st.button("Take it back", key="correction undo"):
        _take_back(view, form)


def _take_back(view: View, form: Form) -> None:
    which, why = form.value("which"), reason.of(form)
    if which is None:
        form.refuse("which", "Choose the correction that is to be taken back.")
        return
    try:
        report = importing.undo(cached.store(), view.actor, int(which), why)
    except AlreadyUndone as refusal:
        form.refuse("", str(refusal))
    else:
        saving.say(dry_run.undone(report, "Correction"))
        form.begin_anew()
        st.rerun()


def _keep(view: View, shown: BulkPreview) -> None:
    st.session_state[_SHOWN] = (view.code, shown)


def _as_it_is_now(view: View) -> BulkPreview | None:
    """The preview kept, reckoned again where the records or the date have moved on; None where there is none."""
    code, shown = st.session_state.get(_SHOWN, ("", None))
    if code != view.code or not isinstance(shown, BulkPreview):
        return None
    if (shown.outcome.revision, shown.on) == (view.cut.revision, view.on):
        return shown
    try:
        now = bulk.preview(cached.store(), view.actor, shown.outcome.change, view.on)
    except RecordRefused as refusal:
        saving.say(f"The records have changed since. {refusal.sentence} Nothing was changed.", well=False)
        st.session_state.pop(_SHOWN)
        return None
    if shown.on == now.on and not now.same_as(shown):
        saving.say("The records have changed since. This is what it would do now.", well=False)
    _keep(view, now)
    return now


def _start_again() -> None:
    st.session_state.pop(_SHOWN, None)
    for which in CHOICES:
        begin_anew(bulk_fields.form_name(which))
    begin_anew(_DECISION)
    st.rerun()
