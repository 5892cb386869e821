"""What if: what comes of a scenario, what it changes, the forms that change it, and saving what it adds as planned."""

from collections.abc import Iterator, Sequence
from datetime import date
from html import escape

import pandas as pd
import streamlit as st

from sos_tracker.actions.planned_sessions import as_planned_sessions
from sos_tracker.charts.chart import Column, Table, numeric
from sos_tracker.charts.what_if import before_and_after, with_and_without
from sos_tracker.measures import targets, what_if_sentences
from sos_tracker.measures.frames import ProgrammeFrames
from sos_tracker.measures.training_series import cumulative_trained
from sos_tracker.measures.what_if import WhatIf, to_come, what_if
from sos_tracker.records.access import Permission
from sos_tracker.records.labels import level_name, listed
from sos_tracker.records.money import pounds
from sos_tracker.records.periods import day
from sos_tracker.records.recorded import Add
from sos_tracker.records.training import TrainingSession
from sos_tracker.records.what_if import AS_PLANNED, Scenario
from sos_tracker.ui import cached, what_if_address
from sos_tracker.ui.chart_parts import html_table, inline_svgs
from sos_tracker.ui.forms import saving, top, what_if_fields
from sos_tracker.ui.forms.fields import Form
from sos_tracker.ui.meanings import plain_text
from sos_tracker.ui.view import View, head, nothing_yet

_NOT_KNOWN = "How many people more sessions would train is not known yet"
_GIVE_RATES = "Say below how many of the places are taken up, and by how many new people."
_MOST_NAMED = 12


def show(view: View) -> None:
    """The outcome first, then what is tried out, then the forms."""
    if view.figures["T1"].value is None:
        nothing_yet(view, "There is nothing to try out yet", "Import the training register on the page Import files.")
    scenario = what_if_address.read()
    of = what_if(view.frames, view.on, scenario)
    head(view, what_if_sentences.finding(of).removesuffix(".") if of else _NOT_KNOWN)
    if view.actor.may(Permission.RECORD) and not top.show(view.actor):
        return
    if of:
        _outcome(view, of)
    else:
        st.text(_GIVE_RATES)
    _tried(scenario)
    what_if_fields.add(view, scenario)
    what_if_fields.change(view, scenario, to_come(view.frames, view.on))
    what_if_fields.suppose(view, scenario)
    if view.actor.may(Permission.RECORD):
        _save(view, scenario)


def _outcome(view: View, of: WhatIf) -> None:
    said = [what_if_sentences.when_met(of), *what_if_sentences.left_out(of)]
    st.html("".join(f'<p class="sos-lead">{escape(words)}</p>' for words in said) + html_table(before_and_after(of)))
    ends = [moment.date() for moment in of.planned.by_month["as_of"]]
    series = cached.measured(view.cut, _cumulative_trained)
    known = sorted({*(moment.date() for moment in series["as_of"]), view.on, *ends})
    line = targets.target_line(view.frames.targets, "T1", known)
    title = "People trained so far, and with the sessions to come"
    inline_svgs([with_and_without(view.figures["T1"], series, of, line, title)], heading=2)


def _cumulative_trained(frames: ProgrammeFrames, on: date) -> pd.DataFrame:
    return cumulative_trained(frames.training, on)


def _tried(scenario: Scenario) -> None:
    """Each thing the scenario changes, on a button that takes it out."""
    st.html("<h2>What you try out</h2>")
    if scenario.is_as_planned:
        st.text("Nothing yet: shown is what is planned so far. Nothing you try out is stored.")
        return
    st.text("Nothing of this is stored. It is kept in the address of the page, for whoever opens the same link.")
    for words, without in _pieces(scenario):
        if st.button(plain_text(f"Take out: {words}"), key=f"take out {words}"):
            what_if_fields.go_on_with(without)
    if st.button("Start again from what is planned", key="start again"):
        what_if_fields.go_on_with(AS_PLANNED)


def _pieces(scenario: Scenario) -> Iterator[tuple[str, Scenario]]:
    """What is changed, in words, and the scenario without it; several alike are taken out together."""
    for added in dict.fromkeys(scenario.added):
        rest = tuple(each for each in scenario.added if each != added)
        cost = "" if added.cost_pence is None else f", at {pounds(added.cost_pence)} each"
        yield f"{what_if_sentences.added(added)}{cost}", scenario.model_copy(update={"added": rest})
    for changed in dict.fromkeys(scenario.changed):
        others = tuple(each for each in scenario.changed if each != changed)
        yield what_if_sentences.changed(changed), scenario.model_copy(update={"changed": others})
    for name, words in what_if_sentences.supposed(scenario).items():
        yield words, scenario.model_copy(update={name: None})


def _save(view: View, scenario: Scenario) -> None:
    """The sessions added become planned ones. What is moved or cancelled is recorded where sessions are."""
    if not scenario.added:
        return
    with st.expander("Save as planned sessions"):
        writes = as_planned_sessions(cached.store(), view.actor, scenario, view.on)
        st.html(html_table(_to_be_saved(writes)))
        if scenario.changed:
            st.text("Sessions moved or cancelled here stay as they are: correct them on the page Training sessions.")
        form = Form("save sessions")
        with st.form(form.key("form"), enter_to_submit=False, border=False):
            form.foot()
            asked = st.form_submit_button("Save as planned sessions", type="primary", key="save sessions")
        if asked and not writes:
            form.refuse("", f"None of these sessions is after {day(view.on)}.")
        elif asked and saving.save(form, view.actor, writes, _saved(writes)) is not None:
            what_if_fields.go_on_with(scenario.model_copy(update={"added": ()}))


def _to_be_saved(writes: Sequence[Add]) -> Table:
    rows = tuple(
        (one.reference, level_name(one.level or ""), day(one.starts_on) if one.starts_on else "",
         f"{one.places:,}", "not given" if one.cost_pence is None else pounds(one.cost_pence))
        for one in map(_session, writes)
    )  # fmt: skip
    columns = (Column("Session"), Column("Level"), Column("Starts on"), numeric("Places"), numeric("Cost"))
    caption = "To be saved. Where only a month was given, the day is its first weekday: correct it when it is known"
    return Table(caption, columns, rows)


def _saved(writes: Sequence[Add]) -> str:
    named = [f"{one.reference} ({day(one.starts_on)})" for one in map(_session, writes) if one.starts_on]
    shown = named if len(named) <= _MOST_NAMED else [*named[:_MOST_NAMED], f"{len(named) - _MOST_NAMED} more"]
    is_are = "session is" if len(named) == 1 else "sessions are"
    return (
        f"{len(named):,} {is_are} saved as planned: {listed(shown)}. Correct or withdraw them on the page Training "
        "sessions."
    )


def _session(write: Add) -> TrainingSession:
    if not isinstance(write.record, TrainingSession):
        raise TypeError("Only sessions are planned here.")
    return write.record
