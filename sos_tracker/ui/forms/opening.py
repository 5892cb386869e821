"""Finding a record and opening it: a list is turned through a page at a time, what is open stands in the address."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic

import streamlit as st

from sos_tracker.records.recorded import Kind, Recorded, UnknownRecord
from sos_tracker.ui import address, cached
from sos_tracker.ui.forms import seen

A_PAGE = 25
_LONGEST_NUMBER = 12


@dataclass(frozen=True)
class Found:
    """One page of a list: its records, the place of the first, how many there are in all, and what the page is kept
    under."""

    records: tuple[Recorded, ...]
    first: int
    total: int
    which: str

    def caption(self, what: str, order: str) -> str:
        return f"{what} {self.first + 1:,} to {self.first + len(self.records):,} of {self.total:,}, {order}"


@dataclass(frozen=True)
class Opening(Generic[Kind]):
    """What a page opens one of. ``word`` is what people call it ("session"): on its buttons, in the address, and the
    name of the form that corrects it."""

    record: type[Kind]
    word: str

    def of(self, kept: Recorded) -> Kind:
        return kept.of(self.record)

    def chosen(self, code: str) -> tuple[Recorded | None, bool]:
        """The record in the address, where there is one of the programme; and whether it was withdrawn while open."""
        number = address.read(self.word)
        if not number.isascii() or not number.isdigit() or len(number) > _LONGEST_NUMBER:
            return None, False
        try:
            return cached.store().record(code, self.record.kind, int(number)), False
        except UnknownRecord:
            open_here = seen.still_open(f"{self.word} {int(number)}") or ()
            return next(iter(open_here), None), bool(open_here)

    def choose(self, number: int | None) -> None:
        """Opens one from the next run on, or none."""
        address.write(self.word, "" if number is None else str(number))

    def back(self, words: str) -> None:
        """The button that leads back to the list."""
        if st.button(words, key="back"):
            self.leave()

    def leave(self) -> None:
        self.choose(None)
        st.rerun()

    def total(self, code: str, **narrow: Any) -> int:
        return cached.records(code, self.record.kind, limit=1, **narrow)[1]

    def found(self, code: str, which: str, **narrow: Any) -> Found | None:
        """The page of the list that is turned to, None where nothing is found; ``which`` tells one list from others."""
        total = self.total(code, **narrow)
        if not total:
            return None
        page = min(int(st.session_state.get(which, 1)), -(-total // A_PAGE))
        first = (page - 1) * A_PAGE
        records, _ = cached.records(code, self.record.kind, limit=A_PAGE, offset=first, **narrow)
        return Found(records, first, total, which)

    def turn(self, found: Found) -> None:
        """The number of the page, where there are several."""
        pages = -(-found.total // A_PAGE)
        if pages > 1:
            st.number_input(f"Page, of {pages:,}", 1, pages, key=found.which, width=180)

    def open_one(self, records: Sequence[Recorded], named: Callable[[Kind], str], which: str) -> None:
        """The choice of one of these, and the button that opens it."""
        known = {one.number: self.of(one) for one in records}
        number = st.selectbox(
            f"{self.word.capitalize()} to open",
            list(known),
            format_func=lambda each: named(known[each]),
            key=f"open {which}",
        )
        if st.button(f"Open the {self.word}", key=f"open {self.word}") and number is not None:
            self.choose(number)
            st.rerun()
