"""Notes to a figure: one dated sentence each, shown with a number on its chart and listed under it."""

from collections.abc import Mapping, Sequence

import streamlit as st

from sos_tracker.charts.chart import Column, Table
from sos_tracker.measures.catalogue import CATALOGUE
from sos_tracker.records.access import Actor
from sos_tracker.records.judgements import Annotation
from sos_tracker.records.periods import day
from sos_tracker.records.recorded import Add, Recorded, Revise
from sos_tracker.ui import cached
from sos_tracker.ui.chart_parts import html_table
from sos_tracker.ui.forms import reason, saving, seen, withdrawing
from sos_tracker.ui.forms.fields import Form
from sos_tracker.ui.view import View

_MOST = 500
_FIGURES: Mapping[str, str] = {code: f"{entry.title} ({code})" for code, entry in CATALOGUE.items()}
_HINT = (
    "Say in one sentence what a reader of the chart should know, such as: trainer illness, two courses moved. No names "
    "of staff or families."
)


def show(view: View) -> None:
    """Every note, a new one, and one of them to correct or withdraw."""
    found, _ = cached.records(view.code, Annotation.kind, limit=_MOST)
    st.html(f"<h2>Notes</h2><p>{_HINT}</p>{_table(found) if found else '<p>There is no note yet.</p>'}")
    _add(view.actor)
    if found:
        _change(view.actor, found)


def _table(found: Sequence[Recorded]) -> str:
    rows = tuple(
        (_FIGURES.get(note.measure, note.measure), day(note.noted_on).replace(" ", "\u00a0"), note.sentence,
         note.written_by)
        for note in (one.of(Annotation) for one in found)
    )  # fmt: skip
    heads = ("Figure", "Date", "Note", "Written by")
    return html_table(Table("Notes, newest first", tuple(Column(each) for each in heads), rows))


def _add(actor: Actor) -> None:
    with st.expander("Add a note"):
        form = Form("add note")
        with st.form(form.key("form"), enter_to_submit=False, border=False):
            form.choice("measure", "Figure", _FIGURES)
            _fields(form, None, actor)
            form.foot()
            asked = st.form_submit_button("Add the note", type="primary", key="add note")
        note = form.record(Annotation) if asked else None
        if note is not None and saving.save(form, actor, [Add(note)], _done(note)) is not None:
            st.rerun()


def _fields(form: Form, note: Annotation | None, actor: Actor) -> None:
    form.day("noted_on", "Date it is about", note.noted_on if note else None)
    form.text("sentence", "Note, in one sentence", note.sentence if note else "", lines=2)
    form.text("written_by", "Written by", note.written_by if note else actor.name)


def _done(note: Annotation) -> str:
    return f"The note of {day(note.noted_on)} to {note.measure} is saved."


def _change(actor: Actor, found: Sequence[Recorded]) -> None:
    key = "note which"
    known = seen.choices("note", found, key)
    number = st.selectbox(
        "Note to correct or withdraw", list(known), format_func=lambda each: _named(known[each].of(Annotation)), key=key
    )
    if number is None:
        return
    _correct(actor, known[number])
    if withdrawing.show(actor, (known[number],), "note", "The note is withdrawn.", key="note", sure="this note"):
        st.rerun()


def _correct(actor: Actor, kept: Recorded) -> None:
    with st.expander("Correct the note"):
        form, kept = seen.opened("note", kept)
        note = kept.of(Annotation)
        with st.form(form.key("form"), enter_to_submit=False, border=False):
            _fields(form, note, actor)
            reason.field(form)
            form.foot()
            asked = st.form_submit_button("Save the note", type="primary", key="save note")
        becomes = form.record(Annotation, measure=note.measure) if asked else None
        if becomes == note:
            form.refuse("", "Nothing was changed in the note.")
        if form.refused or becomes is None:
            return
        if saving.save(form, actor, [Revise(kept.number, kept.version, becomes)], _done(becomes)) is not None:
            st.rerun()


def _named(note: Annotation) -> str:
    return f"{note.measure}, {day(note.noted_on)}: {note.sentence[:60]}"
