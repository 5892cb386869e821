"""Frames made by hand, each with only the columns a test speaks of."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from sos_tracker.measures.frames import (
    ALIGNMENT_ITEMS,
    ANNOTATIONS,
    ATTENDANCES,
    BUDGET_LINES,
    CASE_AUDITS,
    FORECAST_MOVES,
    HEADCOUNTS,
    MILESTONES,
    OVERRIDES,
    PEOPLE,
    POSTS,
    PROFILE,
    SCALE_RATINGS,
    SESSIONS,
    SPENDING,
    STAFF,
    SURVEY_ANSWERS,
    TARGETS,
    Columns,
    ProgrammeFrames,
    frame,
)
from sos_tracker.records.programme import Programme

ON = date(2018, 5, 10)
MAY = date(2018, 5, 1)
PROGRAMME = Programme(code="X", name="Signs of Safety", authority="A council")

_USUAL: dict[str, Any] = {
    "month": MAY, "agency": "Early Help", "team": "North", "level": "introduction", "session_status": "delivered",
    "outcome": "attended", "held": True, "attendances": 1, "register_rows": 1, "people": 1, "attended": 1, "lines": 1,
    "status": "delivered", "sessions": 1, "places": 20, "cost_pence": 0, "in_scope": True, "staff": 1, "trained": 0,
    "filled": True, "starts_on": None, "ends_on": None, "trained_by_register": False, "line": "S1",
    "entry_kind": "actual", "later": False, "amount_pence": 100, "entries": 1, "profile_pence": 100, "code": "S1",
    "title": "Training", "approved_pence": 1000, "reference": "M1", "domain": "", "owner": "", "comment": "",
    "forecast_on": None, "achieved_on": None, "baseline_on": date(2018, 1, 1), "measure": "T1", "name": "A target",
    "is_rate": False, "baseline": 0.0, "target": 400.0, "due_on": date(2018, 12, 31), "approved_by": "The board",
    "milestone": "M1", "forecast_from": None, "forecast_to": None, "moved_on": date(2018, 2, 1),
    "decision_reference": "", "deferred": False, "approved_on": None, "reason": "", "points": (), "issued": False,
    "rated_on": ON, "staff_level": "", "respondents": "staff", "score": 6.0, "audited_on": ON, "files_sampled": 10,
    "files_showing_use": 5, "grade": "", "closed_on": ON, "audience": "staff", "question": "I use it", "invited": 100,
    "answered": 40, "favourable": 20, "item_kind": "", "identified_on": None, "drafted_on": None, "live_on": None,
    "reviewed_on": None,
    "of_forecast": False, "rating": "on track", "made_by": "Jane Smith", "made_on": date(2018, 5, 1),
    "expires_on": date(2018, 6, 30), "noted_on": date(2018, 4, 16), "written_by": "Jane Smith",
    "sentence": "Trainer illness, two courses moved",
}  # fmt: skip


def _made(columns: Columns, rows: tuple[Mapping[str, Any], ...], **usual: Any) -> pd.DataFrame:
    return frame(columns, [[row.get(name, usual.get(name, _USUAL[name])) for name in columns] for row in rows])


def attendances(*rows: Mapping[str, Any]) -> pd.DataFrame:
    return _made(ATTENDANCES, tuple({"register_rows": row.get("attendances", 1), **row} for row in rows))


def people(*rows: Mapping[str, Any]) -> pd.DataFrame:
    return _made(PEOPLE, rows, level="trained")


def headcounts(*rows: Mapping[str, Any]) -> pd.DataFrame:
    return _made(HEADCOUNTS, rows)


def moves(*rows: Mapping[str, Any]) -> pd.DataFrame:
    return _made(FORECAST_MOVES, rows)


def sessions(*rows: Mapping[str, Any]) -> pd.DataFrame:
    return _made(SESSIONS, rows)


def staff(*rows: Mapping[str, Any]) -> pd.DataFrame:
    return _made(STAFF, rows)


def posts(*rows: Mapping[str, Any]) -> pd.DataFrame:
    return _made(POSTS, rows, trained=True)


def budget_lines(*rows: Mapping[str, Any]) -> pd.DataFrame:
    return _made(BUDGET_LINES, rows)


def profile(*rows: Mapping[str, Any]) -> pd.DataFrame:
    return _made(PROFILE, rows)


def spending(*rows: Mapping[str, Any]) -> pd.DataFrame:
    return _made(SPENDING, rows)


def milestones(*rows: Mapping[str, Any]) -> pd.DataFrame:
    return _made(MILESTONES, rows, title="A milestone")


def targets(*rows: Mapping[str, Any]) -> pd.DataFrame:
    return _made(TARGETS, rows)


def ratings(*rows: Mapping[str, Any]) -> pd.DataFrame:
    return _made(SCALE_RATINGS, rows)


def audits(*rows: Mapping[str, Any]) -> pd.DataFrame:
    return _made(CASE_AUDITS, rows)


def answers(*rows: Mapping[str, Any]) -> pd.DataFrame:
    return _made(SURVEY_ANSWERS, rows, agency="")


def items(*rows: Mapping[str, Any]) -> pd.DataFrame:
    return _made(ALIGNMENT_ITEMS, rows, reference="A1", title="Assessment form", due_on=None)


def overrides(*rows: Mapping[str, Any]) -> pd.DataFrame:
    return _made(OVERRIDES, rows)


def annotations(*rows: Mapping[str, Any]) -> pd.DataFrame:
    return _made(ANNOTATIONS, rows)


def programme(**frames: Any) -> ProgrammeFrames:
    return ProgrammeFrames(PROGRAMME, **frames)
