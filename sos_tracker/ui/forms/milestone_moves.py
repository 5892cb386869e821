"""Moving a milestone's forecast, with the reason and who approved it, and saying when it was achieved."""

from datetime import date

import streamlit as st
from pydantic import ValidationError

from sos_tracker.records.access import Actor
from sos_tracker.records.milestones import ForecastMove, Milestone
from sos_tracker.records.periods import day
from sos_tracker.records.recorded import Add, Recorded, Revise
from sos_tracker.records.sentences import sentence
from sos_tracker.ui.forms import reason, saving, seen
from sos_tracker.ui.forms.fields import Form


def saved(milestone: Milestone) -> str:
    return f"Milestone {milestone.reference} {milestone.title} is saved."


def move(actor: Actor, kept: Recorded) -> None:
    """The form that gives the milestone another forecast; the move is kept with it."""
    form, kept = seen.opened("move milestone", kept)
    milestone = kept.of(Milestone)
    with st.expander("Move the forecast", expanded=not milestone.achieved_on):
        with st.form(form.key("form"), enter_to_submit=False, border=False):
            form.day("forecast_to", "New forecast date; empty for no forecast", milestone.forecast_on)
            form.day("moved_on", "Date of the move", date.today())  # noqa: DTZ011 - the day where the council is
            form.text("approved_by", "Approved by")
            form.tick("deferred", "It is deferred: a decision gave its resources to something else")
            form.text("decision_reference", "Reference of the decision (needed where it is deferred)")
            reason.field(form)
            form.foot()
            asked = st.form_submit_button("Move the forecast", type="primary", key="move forecast")
        made = _move(form, milestone) if asked else None
        if made is None:
            return
        moved = milestone.model_copy(update={"forecast_on": made.forecast_to})
        done = f"{milestone.reference} is now forecast for {_day(made.forecast_to)}; it was {_day(made.forecast_from)}."
        if saving.save(form, actor, [Revise(kept.number, kept.version, moved), Add(made)], done) is not None:
            st.rerun()


def _move(form: Form, milestone: Milestone) -> ForecastMove | None:
    """The move as the fields say it, None where it is refused."""
    said = {name: form.value(name) for name in ("forecast_to", "moved_on", "approved_by", "decision_reference")}
    if form.refused:
        return None
    if said["forecast_to"] == milestone.forecast_on:
        form.refuse("forecast_to", "This is the forecast already. Give another date.")
        return None
    words = {name: said[name] or "" for name in ("approved_by", "decision_reference")}
    try:
        return ForecastMove(
            milestone=milestone.reference, forecast_from=milestone.forecast_on, forecast_to=said["forecast_to"],
            moved_on=said["moved_on"], reason=reason.of(form), deferred=bool(form.value("deferred")), **words,
        )  # fmt: skip
    except ValidationError as faults:
        for fault in faults.errors():
            form.refuse(str(fault["loc"][0]) if fault["loc"] else "decision_reference", sentence(fault))
        return None


def _day(on: date | None) -> str:
    return day(on) if on else "no day"


def achieve(actor: Actor, kept: Recorded) -> None:
    """The form that says when the milestone was achieved, or that it was not."""
    form, kept = seen.opened("achieve milestone", kept)
    milestone = kept.of(Milestone)
    with st.expander("Say when it was achieved"):
        with st.form(form.key("form"), enter_to_submit=False, border=False):
            form.day("achieved_on", "Date achieved; empty for not yet", milestone.achieved_on)
            reason.field(form)
            form.foot()
            asked = st.form_submit_button("Save the date achieved", key="achieve milestone")
        if not asked:
            return
        achieved_on = form.value("achieved_on")
        if form.refused:
            return
        if achieved_on == milestone.achieved_on:
            form.refuse("achieved_on", "Nothing was changed: give the date on which it was achieved.")
            return
        becomes = milestone.model_copy(update={"achieved_on": achieved_on})
        if saving.save(form, actor, [Revise(kept.number, kept.version, becomes)], saved(becomes)) is not None:
            st.rerun()
