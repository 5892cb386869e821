"""Words and columns a file uses that nobody knows: what each may be said to mean, asked for on the spot."""

from collections.abc import Iterable, Mapping
from html import escape

import streamlit as st

from sos_tracker.charts.chart import Column, Table
from sos_tracker.intake import KIND_NAMED, KINDS, Kind, UnmappedTable
from sos_tracker.measures.catalogue import CATALOGUE
from sos_tracker.records import labels
from sos_tracker.records.issues import Issue
from sos_tracker.records.labels import listed
from sos_tracker.ui.chart_parts import html_table

LEAVE_OUT = "leave out"
IGNORED = "ignored"
_UNSAID = ""
_CHOICES: Mapping[str, Mapping[str, str]] = {
    "unknown status": {outcome.value: words for outcome, words in labels.OUTCOME.items()},
    "unknown session status": {status.value: words for status, words in labels.SESSION_STATUS.items()},
    "unknown posting type": {kind.value: words for kind, words in labels.ENTRY_KIND.items()},
    "unknown course": {level.value: words for level, words in labels.LEVEL.items()},
    "unknown level of staff": {level.value: words for level, words in labels.STAFF_LEVEL.items()},
    "unknown group of respondents": {group.value: words for group, words in labels.RESPONDENTS.items()},
    "unknown grade": {grade.value: words for grade, words in labels.AUDIT_GRADE.items()},
    "unknown audience": {audience.value: words for audience, words in labels.AUDIENCE.items()},
    "unknown kind of item": {kind.value: words for kind, words in labels.ALIGNMENT_KIND.items()},
    "unknown stage": {stage.value: words for stage, words in labels.ALIGNMENT_STAGE.items()},
    "unknown measure": {code: f"{entry.title} ({code})" for code, entry in CATALOGUE.items()},
}


def unknown_words(issues: Iterable[Issue]) -> dict[str, str]:
    """Each word that could be given a meaning -> the group of its issues, in the order met."""
    return {issue.word: issue.group for issue in issues if issue.word and issue.group in _CHOICES}


def ask_words(issues: Iterable[Issue]) -> dict[str, str]:
    """One choice for each unknown word; returns the meanings chosen so far."""
    chosen = {}
    for word, group in unknown_words(issues).items():
        words = {_UNSAID: "Not said yet", **_CHOICES[group], LEAVE_OUT: "Leave these rows out"}
        meaning = st.selectbox(
            f"What “{plain_label(word)}” means",
            list(words),
            format_func=words.__getitem__,
            key=f"means {group} {word}",
        )
        if meaning:
            chosen[word] = meaning
    return chosen


def ask_columns(tables: Iterable[UnmappedTable]) -> dict[str, dict[str, str]]:
    """For each table nobody could read: what kind it is and what each column holds. Fingerprint -> mapping."""
    asked = {table.fingerprint: _ask_table(table) for table in tables}
    return {fingerprint: mapping for fingerprint, mapping in asked.items() if mapping}


def _ask_table(table: UnmappedTable) -> dict[str, str]:
    """The mapping said so far, as intake takes it: kind, and heading -> field; a kind of "" leaves the table out."""
    place = f"{table.file}, sheet {table.sheet}" if table.sheet else table.file
    st.html(f"<h3>{escape(place)}</h3><p>{escape(_why(table))}</p>{_sample(table)}")
    kinds = {_UNSAID: "Not said yet", **{kind.name: kind.name.capitalize() for kind in KINDS}}
    kinds[IGNORED] = "Nothing to import: leave this table out"
    name = st.selectbox(
        f"What {plain_label(place)} is",
        list(kinds),
        index=list(kinds).index(table.likely_kind or _UNSAID),
        format_func=kinds.__getitem__,
        key=f"kind {table.fingerprint}",
    )
    if name == IGNORED:
        return {"kind": ""}
    if name not in KIND_NAMED:
        return {}
    return {"kind": name, **_ask_fields(table, KIND_NAMED[name])}


def _ask_fields(table: UnmappedTable, kind: Kind) -> dict[str, str]:
    fields = {_UNSAID: "Not used", **{field.name: field.words.capitalize() for field in kind.fields}}
    held = {
        heading: st.selectbox(
            f"Column “{plain_label(heading)}” holds",
            list(fields),
            index=list(fields).index(_guess(table, kind, heading)),
            format_func=fields.__getitem__,
            key=f"column {table.fingerprint} {kind.name} {heading}",
        )
        for heading in table.headings
    }
    return {heading: field for heading, field in held.items() if field}


def _guess(table: UnmappedTable, kind: Kind, heading: str) -> str:
    return table.guesses.get(heading, _UNSAID) if kind.name == table.likely_kind else _UNSAID


def _why(table: UnmappedTable) -> str:
    if table.likely_kind and table.missing:
        return f"This looks like a {table.likely_kind}, but no column was recognised for {listed(table.missing)}."
    return "The headings of this table were not recognised. Say what it is and what each column holds."


def _sample(table: UnmappedTable) -> str:
    columns = tuple(Column(heading) for heading in table.headings)
    width = len(columns)
    rows = tuple((*row, *[""] * (width - len(row))) for row in table.sample)
    return html_table(Table(f"First rows of {table.file}", columns, rows))


def plain_label(text: str) -> str:
    """A word of somebody's file in a label, at most 80 letters of it."""
    return plain_text(text[:80])


def plain_text(text: str) -> str:
    """Somebody's words where Streamlit reads Markdown: shown as they stand, no emphasis, link, image or formula.

    A word joiner after each colon and in addresses keeps ``:red[...]``, ``:name:``, e-mails and sites from meaning
    anything.
    """
    marked = set("\\`*_{}[]()<>#|~$^=&")
    shown = "".join(f"\\{letter}" if letter in marked else letter for letter in " ".join(text.split()))
    return shown.replace(":", ":\u2060").replace("@", "@\u2060").replace("www.", "www\u2060.")
