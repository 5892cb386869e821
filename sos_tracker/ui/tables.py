"""A frame of rows as a table people read: dates, money and words as this project prints them."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

import pandas as pd

from sos_tracker.charts.chart import Column, Table
from sos_tracker.records import labels
from sos_tracker.records.budget import EntryKind
from sos_tracker.records.embedding import AlignmentKind, Audience, AuditGrade, Respondents, StaffLevel
from sos_tracker.records.figures import Rating
from sos_tracker.records.money import percent, pounds
from sos_tracker.records.palette import RATING_MARKS
from sos_tracker.records.periods import day
from sos_tracker.records.training import Outcome

_MISSING = {"achieved_on": "not yet", "first_trained_on": "not yet"}
_WORDS: Mapping[str, Callable[[str], str]] = {
    "level": labels.level_name,
    "session_status": labels.session_status_name,
    "status": labels.session_status_name,
    "outcome": lambda word: labels.OUTCOME[Outcome(word)],
    "entry_kind": lambda word: labels.ENTRY_KIND[EntryKind(word)],
    "staff_level": lambda word: labels.STAFF_LEVEL[StaffLevel(word)],
    "respondents": lambda word: labels.RESPONDENTS[Respondents(word)],
    "grade": lambda word: labels.AUDIT_GRADE[AuditGrade(word)],
    "audience": lambda word: labels.AUDIENCE[Audience(word)],
    "item_kind": lambda word: labels.ALIGNMENT_KIND[AlignmentKind(word)],
    "rating": lambda word: RATING_MARKS[Rating(word)].word,
    "score": lambda score: f"{float(score):g}",
}


def table_of(frame: pd.DataFrame, headings: Mapping[str, str], caption: str) -> Table:
    """The columns named in ``headings`` (column -> heading), in that order."""
    numeric = {
        name: pd.api.types.is_numeric_dtype(frame[name].dtype) and frame[name].dtype != bool for name in headings
    }
    columns = tuple(Column(heading, numeric=numeric[name]) for name, heading in headings.items())
    texts = [[cell(name, value) for value in frame[name].astype(object)] for name in headings]
    return Table(caption, columns, tuple(zip(*texts, strict=True)))


def cell(name: str, value: Any) -> str:
    """One value as printed; the column's name says its unit (``_pence``, ``rate``) or its vocabulary.

    Empty text is empty; a date or a number that is missing is said to be.
    """
    if isinstance(value, str) and not value:
        return ""
    if value is None or pd.isna(value):
        return _MISSING.get(name, "not given")
    if isinstance(value, datetime | date):
        return day(value).replace(" ", "\u00a0")
    if isinstance(value, bool):
        return "yes" if value else "no"
    if name in _WORDS:
        return _WORDS[name](str(value))
    if name.endswith("_pence"):
        return pounds(round(value))
    if name.endswith("rate"):
        return percent(value, 1)
    return f"{value:,.0f}" if isinstance(value, int | float) else str(value)
