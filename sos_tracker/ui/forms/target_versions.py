"""One version of a target by hand: added as a draft, corrected, issued for good, or withdrawn while it is a draft."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from sos_tracker.actions import recording
from sos_tracker.measures.catalogue import CATALOGUE
from sos_tracker.records.access import Actor
from sos_tracker.records.periods import day
from sos_tracker.records.recorded import Add, Recorded, Revise
from sos_tracker.records.targets import StrategyTarget
from sos_tracker.ui import cached, history_parts
from sos_tracker.ui.forms import reason, saving, seen, target_values, withdrawing
from sos_tracker.ui.forms.fields import Form
from sos_tracker.ui.view import View

_NOT_ISSUED = (
    "A draft counts from the day of its approval as an issued version does, and may still be corrected. Once it is "
    "issued it never changes: only a newer version takes its place."
)


def add(actor: Actor, measure: str, *, opened: bool) -> None:
    """The form for another version, which begins as a draft."""
    with st.expander("Add a version", expanded=opened):
        form = Form(f"add target {measure}")
        st.html(f"<p>{_NOT_ISSUED}</p>")
        with st.form(form.key("form"), enter_to_submit=False, border=False):
            _fields(form, measure, None)
            form.foot()
            asked = st.form_submit_button("Add the version as a draft", type="primary", key="add target")
        target = _target(form, measure) if asked else None
        if target is not None:
            done = f"The target for {measure} approved on {_approved(target)} is added as a draft."
            if saving.save(form, actor, [Add(target)], done) is not None:
                st.rerun()


def _fields(form: Form, measure: str, target: StrategyTarget | None) -> None:
    entry = CATALOGUE[measure]
    is_rate = target.is_rate if target else False

    def typed(value: float | None) -> str:
        return "" if value is None else target_values.words(value, entry.unit, is_rate=is_rate)

    left, right = st.columns(2)
    with left:
        form.text("target", "Target, a number or a percentage such as 80%", typed(target.target if target else None),
                  read=target_values.reading(entry.unit))  # fmt: skip
        form.day("due_on", "Date due", target.due_on if target else None)
        form.text("baseline", "Baseline, from which it starts", typed(target.baseline if target else 0),
                  read=target_values.reading(entry.unit))  # fmt: skip
        form.day("baseline_on", "Baseline date", target.baseline_on if target else None)
        form.text("points", "Points on the way, one a line: 31/12/2017: 100 (optional)",
                  target_values.point_lines(target.points, entry.unit, is_rate=is_rate) if target else "",
                  lines=3, read=target_values.reading_points(entry.unit))  # fmt: skip
    with right:
        form.text("name", "What the strategy calls it", target.name if target else entry.title)
        form.text("approved_by", "Approved by", target.approved_by if target else "")
        form.day("approved_on", "Date of approval", target.approved_on if target else None)
        form.text("reason", "Reason for this version", target.reason if target else "", lines=2)


def _target(form: Form, measure: str) -> StrategyTarget | None:
    """The version as the fields say it, None where it is refused."""
    values = [form.words(name) for name in ("target", "baseline", "points")]
    if target_values.are_mixed(*values):
        form.refuse("target", "Some values are percentages and others are not. Give all of them in the same way.")
    if not form.words("approved_on"):
        form.refuse("approved_on", "Give the date of approval: versions follow one another by it.")
    is_rate = "%" in values[0] or "cent" in values[0].casefold()
    target = form.record(StrategyTarget, beside="due_on", measure=measure, is_rate=is_rate)
    return None if form.refused else target


def _approved(target: StrategyTarget) -> str:
    return day(target.approved_on) if target.approved_on else "no day yet"


def drafts(actor: Actor, measure: str, kept: Sequence[Recorded]) -> None:
    """One of the drafts, to issue, correct or withdraw."""
    st.html("<h2>Drafts</h2>")
    key = f"draft of {measure}"
    known = seen.choices("correct target", kept, key)
    number = st.selectbox("Draft", list(known), format_func=lambda each: _named(known[each]), key=key)
    if number is None:
        return
    _issue(actor, known[number])
    _correct(actor, known[number])
    _withdraw(actor, known[number])


def _named(kept: Recorded) -> str:
    target = kept.of(StrategyTarget)
    value = target_values.words(target.target, CATALOGUE[target.measure].unit, is_rate=target.is_rate)
    return f"{value} by {day(target.due_on)}, approved on {_approved(target)}"


def _issue(actor: Actor, kept: Recorded) -> None:
    with st.expander("Issue it, for good"):
        form, kept = seen.opened("issue target", kept)
        target = kept.of(StrategyTarget)
        with st.form(form.key("form"), enter_to_submit=False, border=False):
            form.text("approved_by", "Approved by", target.approved_by)
            form.day("approved_on", "Date of approval", target.approved_on)
            reason.field(form, target.reason)
            form.tick("sure", "Yes, issue it: it cannot be changed or withdrawn any more")
            form.foot()
            asked = st.form_submit_button("Issue the target", key="issue target")
        if not asked:
            return
        approved_on = form.value("approved_on")
        if approved_on is None and not form.refused:
            form.refuse("approved_on", "Give the date of approval.")
        if not form.value("sure"):
            form.refuse("sure", "Tick the box to say that the target is to be issued.")
        if form.refused:
            return

        def deed() -> object:
            return recording.issue_target(
                cached.store(), actor, kept.number, kept.version, approved_by=form.words("approved_by"),
                approved_on=approved_on, reason=reason.of(form),
            )  # fmt: skip

        if saving.attempt(form, deed, f"The target for {target.measure} approved on {day(approved_on)} is issued."):
            st.rerun()


def _correct(actor: Actor, kept: Recorded) -> None:
    with st.expander("Correct the draft"):
        form, kept = seen.opened("correct target", kept)
        target = kept.of(StrategyTarget)
        with st.form(form.key("form"), enter_to_submit=False, border=False):
            _fields(form, target.measure, target)
            reason.field(form)
            form.foot()
            asked = st.form_submit_button("Save the draft", key="save target")
        becomes = _target(form, target.measure) if asked else None
        if becomes is None:
            return
        if becomes == target:
            form.refuse("", "Nothing was changed in the draft.")
        elif saving.save(form, actor, [Revise(kept.number, kept.version, becomes)], "The draft is saved.") is not None:
            st.rerun()


def _withdraw(actor: Actor, kept: Recorded) -> None:
    if withdrawing.show(actor, (kept,), "draft", "The draft is withdrawn.", key="target", sure="this draft"):
        st.rerun()


def stories(view: View, versions: Sequence[Recorded]) -> None:
    """What happened to each version."""
    st.html("<h2>What happened to each version</h2>")
    for kept in versions:
        st.html(f"<h3>{escape(_named(kept))}</h3>")
        history_parts.story(view, StrategyTarget.kind, kept.number)
