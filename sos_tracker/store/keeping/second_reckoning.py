"""The figures reckoned a second way: straight from the records in plain SQL, past the counts, frames and measures.

Where the two differ, one of them is wrong. Nothing here may be borrowed from ``frames``, ``counting`` or ``measures``
but the figures it is held against.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, Date, bindparam, text

from sos_tracker.measures import catalogue
from sos_tracker.records.periods import day
from sos_tracker.records.programme import Programme
from sos_tracker.store.frames import programme_frames

_CAME = """
    attendance JOIN training_session ON training_session.id = attendance.session_id
    WHERE attendance.programme_id = :programme AND attendance.outcome IN ('attended', 'walk-in')
    AND training_session.starts_on <= :on AND coalesce(training_session.status, '') <> 'cancelled'
"""
_SENT = """
    headcount JOIN training_session ON training_session.id = headcount.session_id
    WHERE headcount.programme_id = :programme
    AND training_session.starts_on <= :on AND coalesce(training_session.status, '') <> 'cancelled'
"""
_IN_POST = """
    staff_member WHERE staff_member.programme_id = :programme AND listed AND in_scope
    AND (started_on IS NULL OR started_on <= :on) AND (left_on IS NULL OR left_on > :on)
"""
_PLACES = """
    attendance JOIN training_session ON training_session.id = attendance.session_id
    WHERE attendance.programme_id = :programme AND training_session.status = 'delivered'
    AND training_session.starts_on <= :on
"""
_COUNTS = "training_session.level IN :levels"
_ACTIVE = "filled AND (starts_on IS NULL OR starts_on <= :on) AND (ends_on IS NULL OR ends_on > :on)"

_VALUES: Mapping[str, str] = {
    "T1": f"""
        SELECT (SELECT count(DISTINCT attendance.person_id) FROM {_CAME} AND {_COUNTS})
        + (SELECT coalesce(sum(attended), 0) FROM {_SENT}
           AND coalesce(headcount.level, training_session.level) IN :levels)
    """,
    "T2": f"SELECT (SELECT count(*) FROM {_CAME}) + (SELECT coalesce(sum(attended), 0) FROM {_SENT})",
    "T3": f"""
        SELECT count(*) FROM {_IN_POST}
        AND staff_member.person_id IN (SELECT attendance.person_id FROM {_CAME} AND {_COUNTS})
    """,
    "T4": f"SELECT count(*) FROM {_PLACES} AND attendance.outcome = 'attended'",
    "L1": f"""
        SELECT count(*) FROM (
            SELECT DISTINCT agency, team FROM practice_lead_post WHERE programme_id = :programme AND {_ACTIVE}
            AND (trained OR (trained IS NULL AND person_id IN (
                SELECT attendance.person_id FROM {_CAME} AND training_session.level = 'advanced')))
        ) AS covered
    """,
    "B1": """
        SELECT coalesce(sum(amount_pence), 0) FROM ledger_entry
        WHERE programme_id = :programme AND posted_on <= :on AND entry_kind NOT IN ('commitment', 'virement')
    """,
    "M1": """
        SELECT count(*) FROM milestone
        WHERE programme_id = :programme AND baseline_on <= :on AND achieved_on <= :on
    """,
}
_WHOLES: Mapping[str, str] = {
    "T3": f"SELECT count(*) FROM {_IN_POST}",
    "T4": f"SELECT count(*) FROM {_PLACES} AND attendance.outcome IN ('attended', 'no-show', 'cancelled')",
    "L1": """
        SELECT count(*) FROM (
            SELECT DISTINCT agency, team FROM practice_lead_post WHERE programme_id = :programme
        ) AS teams
    """,
    "M1": "SELECT count(*) FROM milestone WHERE programme_id = :programme AND baseline_on <= :on",
}


def disagreements(connection: Connection, programme_id: int, programme: Programme, on: date) -> list[str]:
    """Each figure whose value, or what it is a part of, is another when reckoned from the records: a sentence."""
    found = {figure.code: figure for figure in catalogue.figures(programme_frames(connection, programme.code, on), on)}
    said = []
    for code, query in _VALUES.items():
        said += _differing(found[code].value, _asked(connection, query, programme_id, programme, on), f"{code} on", on)
    for code, query in _WHOLES.items():
        shown, reckoned = found[code].denominator, _asked(connection, query, programme_id, programme, on)
        said += _differing(shown, reckoned, f"what {code} is a part of on", on)
    return [f"{programme.code}: {one}" for one in said]


def _differing(shown: float | None, reckoned: int, what: str, on: date) -> list[str]:
    """Where a figure is not known, as nothing has been imported, the records come to none."""
    if int(shown or 0) == reckoned:
        return []
    return [f"{what} {day(on)} is {int(shown or 0):,} as shown and {reckoned:,} reckoned from the records."]


def _asked(connection: Connection, query: str, programme_id: int, programme: Programme, on: date) -> int:
    asked: dict[str, Any] = {"programme": programme_id}
    statement = text(query)
    if ":on" in query:
        statement = statement.bindparams(bindparam("on", on, type_=Date))
    if ":levels" in query:
        levels = [level.value for level in programme.trained_levels]
        statement = statement.bindparams(bindparam("levels", levels, expanding=True))
    return int(connection.scalar(statement, asked) or 0)
