"""One kind of record on a page that has several: its list, one of it opened, corrected in a form or a table, withdrawn.

The record's own words and fields come from its subject; what is done with it is alike for all.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic

import streamlit as st

from sos_tracker.charts.chart import Column, Table
from sos_tracker.records.access import Actor
from sos_tracker.records.recorded import Kind, Recorded, Revise
from sos_tracker.ui import history_parts
from sos_tracker.ui.chart_parts import html_table
from sos_tracker.ui.forms import grid, reason, saving, seen, withdrawing
from sos_tracker.ui.forms.fields import Form
from sos_tracker.ui.forms.grid import GridColumn
from sos_tracker.ui.forms.opening import Opening
from sos_tracker.ui.forms.words import value_words
from sos_tracker.ui.view import View


@dataclass(frozen=True)
class Subject(Generic[Kind]):
    """``title`` is what the choice of kinds says, ``one`` and ``many`` what its records are called ("1 case audit").

    ``shown`` are the fields of the list and its headings, ``order`` how the list is sorted, in words. ``named`` says
    one record in a line. ``fields`` puts the fields of a form, of a record or of none; ``beside`` is the field to say
    it at where several do not go together. ``add`` are the forms for new ones. ``columns`` may be edited in a table.
    """

    opening: Opening[Kind]
    title: str
    one: str
    many: str
    shown: Mapping[str, str]
    order: str
    named: Callable[[Kind], str]
    fields: Callable[[Form, Actor, Kind | None], None]
    add: Callable[[View, bool], None]
    beside: str = ""
    look_for: str = "agency or team"
    numbers: frozenset[str] = field(default_factory=frozenset)
    columns: tuple[GridColumn, ...] = ()

    def count(self, total: int) -> str:
        return f"{total:,} {self.one if total == 1 else self.many}"

    def show(self, view: View) -> None:
        """The list, and the forms for more."""
        total = self.opening.total(view.code)
        if total:
            self._list(view)
        self.add(view, not total)

    def _list(self, view: View) -> None:
        word = self.opening.word
        st.html(f"<h2>Find one of the {self.many}</h2>")
        text = st.text_input(f"Look for ({self.look_for})", key=f"{word} text", autocomplete="off") or ""
        found = self.opening.found(view.code, f"{word} page {text}", text=text)
        if found is None:
            st.text("There is none like that. Look for less.")
            return
        st.html(self._table(found.caption(self.many.capitalize(), self.order), found.records))
        self.opening.turn(found)
        self.opening.open_one(found.records, self.named, found.which)
        if self.columns:
            with st.expander("Correct those of this page in a table"):
                if grid.is_wanted():
                    name = f"{word} {text} from {found.first}"
                    grid.show(view.actor, name, found.records, self.columns, f"{self.many.capitalize()} to correct")

    def _table(self, caption: str, found: Sequence[Recorded]) -> str:
        rows = tuple(tuple(_words(self.opening.of(kept), name) for name in self.shown) for kept in found)
        columns = tuple(Column(heading, name in self.numbers) for name, heading in self.shown.items())
        return html_table(Table(caption, columns, rows))

    def one_of(self, view: View, kept: Recorded) -> None:
        """One record, what it says, and what may be done with it."""
        self.opening.back(f"Back to the {self.many}")
        st.html(self._table(f"The {self.one}", (kept,)))
        self._correct(view.actor, kept)
        done = f"The {self.one} is withdrawn: {self.named(self.opening.of(kept))}."
        word = self.opening.word
        if withdrawing.show(view.actor, (kept,), self.one, done, key=word, sure=f"this {self.one}"):
            self.opening.leave()
        history_parts.story(view, self.opening.record.kind, kept.number)

    def _correct(self, actor: Actor, kept: Recorded) -> None:
        with st.expander(f"Correct the {self.one}", expanded=True):
            form, kept = seen.opened(self.opening.word, kept)
            record = self.opening.of(kept)
            with st.form(form.key("form"), enter_to_submit=False, border=False):
                self.fields(form, actor, record)
                reason.field(form)
                form.foot()
                asked = st.form_submit_button(f"Save the {self.one}", type="primary", key=f"save {self.opening.word}")
            becomes = form.record(self.opening.record, beside=self.beside) if asked else None
            if becomes is None or form.refused:
                return
            if becomes == record:
                form.refuse("", f"Nothing was changed in the {self.one}.")
                return
            done = f"The {self.one} is saved: {self.named(becomes)}."
            if saving.save(form, actor, [Revise(kept.number, kept.version, becomes)], done) is not None:
                st.rerun()


def _words(record: Any, name: str) -> str:
    said = value_words(name, getattr(record, name))
    return "" if said == "not given" else said
