"""What is wrong with a record, in plain sentences: the one place where validation errors become words."""

from typing import Any

_FIELD_WORDS = {
    "agency": "agency", "amount_pence": "amount", "approved_pence": "approved budget", "attended": "number attended",
    "baseline_on": "baseline date", "cost_pence": "cost", "course": "course title", "due_on": "date due",
    "ends_on": "end date", "fte": "full-time equivalent", "job_role": "job role", "level": "course level",
    "places": "number of places", "posted_on": "posting date", "reference": "reference", "session": "session reference",
    "starts_on": "start date", "status": "status", "team": "team", "title": "title", "measure": "measure",
    "approved_on": "date of approval", "approved_by": "approver", "forecast_on": "forecast date",
    "achieved_on": "date achieved", "in_scope": "scope", "code": "code", "name": "name", "comment": "comment",
    "narrative": "narrative", "supplier": "supplier", "line": "cost code", "outcome": "status", "person": "person",
    "authority": "authority", "target": "target", "baseline": "baseline", "venue": "venue", "trainer": "trainer",
    "made_on": "date of the forecast", "made_by": "forecaster", "forecast_pence": "forecast", "moved_on": "date moved",
    "entry_kind": "type of posting", "points": "points of the target", "decision_reference": "decision",
    "email": "e-mail address", "group": "group", "role": "role", "rated_on": "date of the rating",
    "staff_level": "level of staff", "respondents": "group that gave the rating", "score": "score",
    "people": "number of people", "audited_on": "date of the audit", "files_sampled": "number of files sampled",
    "files_showing_use": "number of files that show the practice", "grade": "grade",
    "closed_on": "last day of the survey", "audience": "audience", "question": "question",
    "invited": "number asked", "answered": "number who answered", "favourable": "number who agreed",
    "item_kind": "kind of item", "owner": "owner", "identified_on": "date identified", "drafted_on": "date drafted",
    "live_on": "date live", "reviewed_on": "date reviewed", "about": "description", "measures": "figures",
    "place": "place in the list", "of_forecast": "forecast’s status", "rating": "status", "reason": "reason",
    "expires_on": "last day it holds", "noted_on": "date of the note", "sentence": "sentence",
    "written_by": "writer",
    "sessions": "number of sessions", "last_month": "last month", "moved_to": "month to move to",
}  # fmt: skip


def field_words(name: str) -> str:
    """What a field of a record is called: ``starts_on`` is the start date."""
    return _FIELD_WORDS.get(name, name.replace("_", " "))


def sentence(fault: Any) -> str:
    """One of pydantic's error details (``ValidationError.errors()``) as a person would say it."""
    names = [str(part) for part in fault["loc"] if isinstance(part, str)]
    words = field_words(names[-1] if names else "") or "record"
    limits = fault.get("ctx") or {}
    said = {
        "missing": f"The {words} is missing.",
        "string_too_short": f"The {words} is {'too short' if str(fault.get('input') or '').strip() else 'empty'}.",
        "string_too_long": f"The {words} is longer than {limits.get('max_length', 0):,} characters.",
        "greater_than_equal": f"The {words} is less than {_number(limits.get('ge'))}.",
        "less_than_equal": f"The {words} is more than {_number(limits.get('le'))}.",
        "multiple_of": f"The {words} does not go by steps of {limits.get('multiple_of')}.",
        "int_type": f"The {words} is not a whole number.",
        "int_parsing": f"The {words} is not a whole number.",
        "float_type": f"The {words} is not a number.",
        "float_parsing": f"The {words} is not a number.",
        "date_type": f"The {words} is not a date.",
        "date_parsing": f"The {words} is not a date.",
        "date_from_datetime_parsing": f"The {words} is not a date.",
        "bool_parsing": f"The {words} is neither yes nor no.",
        "string_type": f"The {words} is empty." if fault.get("input") is None else f"The {words} is not text.",
        "enum": f"The {words} is not one of {limits.get('expected', 'the known words')}.",
    }.get(fault["type"])
    if said:
        return said
    if fault["type"] == "value_error":
        return str(fault["msg"]).removeprefix("Value error, ")
    return f"The {words} is not right."


def _number(limit: Any) -> str:
    return f"{limit:,}" if isinstance(limit, int | float) else str(limit)
