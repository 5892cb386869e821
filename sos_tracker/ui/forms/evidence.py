"""Practice evidence by hand: scores, audits, surveys, alignment and the domains, one kind at a time."""

from typing import Any

import streamlit as st

from sos_tracker.records.labels import listed
from sos_tracker.ui import address
from sos_tracker.ui.forms import alignment_items, case_audits, domains, scale_ratings, survey_answers, top
from sos_tracker.ui.forms.subject import Subject
from sos_tracker.ui.view import View, head

_SUBJECTS: tuple[Subject[Any], ...] = (
    scale_ratings.SUBJECT, case_audits.SUBJECT, survey_answers.SUBJECT, alignment_items.SUBJECT, domains.SUBJECT,
)  # fmt: skip
_KINDS = {subject.opening.word: subject for subject in _SUBJECTS}
_KIND = "evidence"


def show(view: View) -> None:
    """One record where one is chosen, else the list of one kind and the forms for more."""
    for subject in _SUBJECTS:
        chosen, _ = subject.opening.chosen(view.code)
        if chosen is not None:
            head(view, subject.named(subject.opening.of(chosen)))
            if top.show(view.actor):
                subject.one_of(view, chosen)
            return
    totals = {word: subject.opening.total(view.code) for word, subject in _KINDS.items()}
    head(view, _finding(totals))
    if not top.show(view.actor):
        return
    asked = address.read(_KIND)
    st.session_state["evidence kind"] = asked if asked in _KINDS else next(iter(_KINDS))
    word = st.selectbox(
        "What to record",
        list(_KINDS),
        format_func=lambda each: f"{_KINDS[each].title} ({totals[each]:,})",
        key="evidence kind",
        on_change=lambda: address.write(_KIND, st.session_state["evidence kind"]),
    )
    _KINDS[word].show(view)


def _finding(totals: dict[str, int]) -> str:
    counted = {word: total for word, total in totals.items() if total and word != domains.SUBJECT.opening.word}
    if not counted:
        return "No evidence of practice has been recorded yet"
    return f"{listed(_KINDS[word].count(total) for word, total in counted.items())} recorded"
