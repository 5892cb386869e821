"""The fields of a form: what is typed stays as typed, and what is wrong with it is said beside it in plain words."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

import streamlit as st
from pydantic import ValidationError
from streamlit.delta_generator import DeltaGenerator

from sos_tracker.intake.cells import Fault, parse_date, parse_money
from sos_tracker.records.labels import listed
from sos_tracker.records.record import Record
from sos_tracker.records.sentences import sentence
from sos_tracker.ui.meanings import plain_text

R = TypeVar("R", bound=Record)
Read = Callable[[str], Any]

_ROUND = "form round"
NOTHING = "Nothing was saved."


class Form:
    """One form. Its fields go by the record's own names; ``name`` tells it from every other form of the page.

    Dates, numbers and amounts are typed as text, so that what cannot be read stays in its field beside the reason.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._labels: dict[str, str] = {}
        self._places: dict[str, DeltaGenerator] = {}
        self._typed: dict[str, Any] = {}
        self._read: dict[str, Read] = {}
        self._refused: dict[str, list[str]] = {}

    def key(self, field: str) -> str:
        """A widget's key, another one after each save, so that the fields begin anew."""
        return f"{self.name} {field} {st.session_state.get(f'{_ROUND} {self.name}', 0)}"

    # fields

    def text(self, field: str, label: str, value: str = "", *, lines: int = 1, read: Read = str.strip) -> None:
        """Text; ``read`` makes a value of it, or a Fault that is said beside the field."""
        if lines > 1:
            typed = st.text_area(label, value=value, key=self.key(field), height=32 + 26 * lines)
        else:
            typed = st.text_input(label, value=value, key=self.key(field), autocomplete="off")
        self._add(field, label, typed or "", read)

    def day(self, field: str, label: str, value: date | None = None) -> None:
        self.text(field, f"{label} (day/month/year)", f"{value:%d/%m/%Y}" if value else "", read=parse_date)
        self._labels[field] = label

    def whole(self, field: str, label: str, value: int | None = None) -> None:
        """A whole number; the record says what is wrong with another one."""
        self.text(field, label, "" if value is None else str(value), read=_number)

    def number(self, field: str, label: str, value: float | None = None) -> None:
        self.text(field, label, "" if value is None else f"{value:g}", read=_number)

    def pounds(self, field: str, label: str, pence: int | None = None) -> None:
        """An amount in pounds, kept in pence."""
        shown = "" if pence is None else f"{Decimal(pence) / 100:,.2f}".removesuffix(".00")
        self.text(field, f"{label} (£)", shown, read=parse_money)
        self._labels[field] = label

    def choice(
        self, field: str, label: str, words: Mapping[str, str], value: str | None = None, *, none: str | None = None
    ) -> None:
        """One of several: value -> the words shown. ``none`` is said for no value; without it one must be chosen."""
        options = [*([""] if none is not None else []), *map(str, words)]
        if value is not None and str(value) not in options:
            options.append(str(value))
        shown = {"": none or "", **{str(each): said for each, said in words.items()}}
        typed = st.selectbox(
            label,
            options,
            index=options.index(str(value)) if value is not None else 0 if none is not None else None,
            format_func=lambda each: shown.get(each, each),
            placeholder="Choose",
            key=self.key(field),
        )
        self._add(field, label, typed, lambda each: each)

    def tick(self, field: str, label: str, *, value: bool = False) -> None:
        self._add(field, label, st.checkbox(label, value=value, key=self.key(field)), lambda each: each)

    def _add(self, field: str, label: str, typed: Any, read: Callable[[Any], Any]) -> None:
        self._labels[field], self._typed[field], self._read[field] = label, typed, read
        self._places[field] = st.empty()

    def foot(self) -> None:
        """Where it is said that nothing was saved, and what is wrong with the whole: just before the button."""
        self._places[""] = st.empty()

    # what was typed

    def value(self, field: str) -> Any:
        """What the field says, None where it is empty or could not be read (which is said beside it)."""
        typed = self._typed[field]
        found = self._read[field](typed)
        if isinstance(found, Fault):
            self.refuse(field, f"{found.problem} {found.remedy}")
            return None
        return None if found == "" else found

    def words(self, field: str) -> str:
        """What was typed, with its outer spaces gone."""
        return str(self._typed.get(field) or "").strip()

    def record(self, kind: type[R], *, beside: str = "", **further: Any) -> R | None:
        """The record the fields make, with ``further`` values; None where it is refused, which is said beside them.

        ``beside``: the field to say it at where several do not go together.
        """
        said = {field: self.value(field) for field in self._typed if field in kind.model_fields}
        unread = set(self._refused)
        values = {field: value for field, value in {**said, **further}.items() if value is not None}
        try:
            made = kind.model_validate(values)
        except ValidationError as faults:
            for fault in faults.errors():
                field = str(fault["loc"][0]) if fault["loc"] else beside
                if field not in unread:
                    self.refuse(field, sentence(fault))
            return None
        return None if unread & set(said) else made

    # what is wrong

    @property
    def refused(self) -> bool:
        return bool(self._refused)

    def refuse(self, field: str, words: str) -> None:
        """Says it beside the field; at the foot, or else beside the last field, where the form has no such field."""
        unplaced = "" if "" in self._places else next(reversed(self._places))
        self._refused.setdefault(field if field in self._places else unplaced, []).append(words)
        self.say()

    def beside(self, field: str, words: str) -> None:
        """Says beside the field what is wrong there, of an entry that was saved but for that."""
        self._places[field].error(plain_text(words))

    def say(self) -> None:
        """Shows what was refused so far."""
        if not self._refused:
            return
        refused = [field for field in self._places if field and field in self._refused]
        for field in refused:
            self._places[field].error(plain_text(" ".join(dict.fromkeys(self._refused[field]))))
        to_mend = [re.split(r",| \(", self._labels[field])[0].lower() for field in refused]
        whole = " ".join(dict.fromkeys(self._refused.get("", [])))
        mend = f"Mend the {listed(to_mend)}." if to_mend else ""
        if "" in self._places:
            self._places[""].error(plain_text(" ".join(part for part in (whole, NOTHING, mend) if part)))

    def begin_anew(self) -> None:
        """From the next run on the fields are as if nothing had been typed."""
        begin_anew(self.name)


def begin_anew(name: str) -> None:
    """As ``Form.begin_anew``, for a form of that name."""
    counter = f"{_ROUND} {name}"
    st.session_state[counter] = st.session_state.get(counter, 0) + 1


def _number(typed: str) -> str:
    """As a record reads numbers: no commas between thousands."""
    return typed.strip().replace(",", "")
