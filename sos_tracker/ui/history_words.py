"""What a change says in words: the record, its fields, and their values before and after."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sos_tracker.measures.catalogue import CATALOGUE, Kind
from sos_tracker.records import labels
from sos_tracker.records.access import Role
from sos_tracker.records.changes import Batch, Change, Deed
from sos_tracker.records.money import percent, pounds
from sos_tracker.records.periods import day, month_name
from sos_tracker.records.sentences import field_words
from sos_tracker.records.training import CourseLevel
from sos_tracker.ui.session import ROLE_NAMES
from sos_tracker.ui.tables import cell

DEEDS: Mapping[Deed, str] = {
    Deed.ADDED: "Added",
    Deed.REVISED: "Revised",
    Deed.WITHDRAWN: "Withdrawn",
    Deed.UNDONE: "Taken back",
}
NOT_GIVEN = "not given"
_FIELDS = {
    "approved_pence": "approved budget", "as_at": "figures as at", "brought_back_as_of": "backup made on",
    "changes_in_the_history": "changes in the history", "deferred": "deferred by a decision", "domain": "workstream",
    "e_mail": "e-mail", "e_mails": "e-mails known", "edition": "edition", "employee_number": "employee number",
    "expires_at": "link ends", "filled": "post is filled", "forecast_from": "forecast before",
    "forecast_to": "forecast since", "held_by": "held by", "inferred": "gathered from a register",
    "is_rate": "target is a share", "issued": "issued", "left_on": "date left", "listed": "on the newest staff list",
    "meaning": "meaning", "meeting_on": "date of the meeting", "milestone": "milestone", "notice": "notice",
    "number": "number", "owner": "owner", "profile": "profile by month", "public_papers": "papers open to everybody",
    "reason": "reason", "register_rows": "rows of the register", "revoked_at": "link ended on",
    "started_on": "date started", "state": "state", "trained": "trained", "trained_levels": "courses that count",
    "usual_as_at": "usual date of figures", "word": "word", "outcome": "what became of the place",
    "direction": "which way is good", "on_track_within": "on track within",
    "slightly_behind_within": "slightly behind within", "data_months": "months without a record",
    "data_owner": "who sees to the records",
}  # fmt: skip
_NOT_READ = {"sha256", "files", "fingerprint", "mapping", "holding", "occurrence"}
"""How things are told apart or proved, which says nothing to a reader."""
_DAYS = {"as_at", "usual_as_at", "forecast_from", "forecast_to"}
_PLURALS = {
    "person": "people",
    "meaning of a word": "meanings of words",
    "spelling of a name": "spellings of names",
    "access": "people's access",
}
_RATES = {code for code, entry in CATALOGUE.items() if entry.kind is Kind.COVERAGE}


def field(name: str) -> str:
    """``starts_on`` -> ``Start date``."""
    words = _FIELDS.get(name) or field_words(name)
    return words[:1].upper() + words[1:]


def record(change: Change) -> str:
    """``session TS001``: a record as its kind calls it; the headings of a table have no name to read."""
    if change.kind == "column mapping":
        return "reading of a table’s columns"
    return change.key if change.key.startswith(change.kind) else f"{change.kind} {change.key}"


def batches(found: Sequence[Batch]) -> dict[int, str]:
    """What each batch is called where it is the reason of a change."""
    return {
        one.number: f"Correction {one.number}: {one.title}" if one.title else f"Import {one.number}" for one in found
    }


def why(batch: int | None, reason: str, named: Mapping[int, str]) -> str:
    """``Import 3: Register of May``; "" where nobody said why."""
    parts = [*([named.get(batch, f"Import {batch}")] if batch is not None else []), *([reason] if reason else [])]
    return ": ".join(parts)


def kinds(counted: Sequence[tuple[str, Deed, int]]) -> str:
    """``543 attendances added, 409 people added``."""
    return ", ".join(
        f"{number:,} {kind if number == 1 else plural(kind)} {DEEDS[deed].lower()}" for kind, deed, number in counted
    )


def plural(kind: str) -> str:
    if kind in _PLURALS:
        return _PLURALS[kind]
    return f"{kind[:-1]}ies" if kind.endswith("y") else f"{kind}s"


def fields(change: Change) -> list[tuple[str, str, str]]:
    """Each field that says something: its name, the value before and the value after; "" where there was no record."""
    before, after = change.before, change.after
    names = [name for name in {**(before or {}), **(after or {})} if name not in _NOT_READ]
    share = _is_share(change)
    found = []
    for name in names:
        was = value(name, before.get(name), share=share) if before is not None else ""
        becomes = value(name, after.get(name), share=share) if after is not None else ""
        if (before is None or after is None) and (was or becomes) == NOT_GIVEN:
            continue
        found.append((field(name), was, becomes))
    return found


def _is_share(change: Change) -> bool:
    """Whether the values of a target are shares of a whole."""
    told = {**(change.before or {}), **(change.after or {})}
    if "is_rate" in told:
        return bool(told["is_rate"])
    return change.kind == "strategy target" and change.key.split(" / ")[0] in _RATES


def value(name: str, said: Any, *, share: bool = False) -> str:
    """One value, out of the JSON the history keeps it in."""
    if said is None or said == "" or said == []:
        return NOT_GIVEN
    if isinstance(said, list):
        return _listed(name, said, share=share)
    if isinstance(said, str):
        return _text(name, said)
    if name in ("target", "baseline") and not isinstance(said, bool):
        return _target(said, share=share)
    if name == "fte" or name.endswith("within"):
        return f"{said:g}"
    return cell(name, said)


def _listed(name: str, said: Sequence[Any], *, share: bool) -> str:
    if name == "profile":
        return "; ".join(f"{month_name(date.fromisoformat(month))} {pounds(pence)}" for month, pence in said)
    if name == "points":
        return "; ".join(f"{day(date.fromisoformat(on))} {_target(target, share=share)}" for on, target in said)
    if name == "trained_levels":
        return labels.courses(CourseLevel(level) for level in said)
    return ", ".join(str(each) for each in said)


def _text(name: str, said: str) -> str:
    if name.endswith("_on") or name in _DAYS:
        return day(date.fromisoformat(said))
    if name.endswith("_at") or name == "brought_back_as_of":
        return day(datetime.fromisoformat(said).date())
    if name == "role" and said in set(Role):
        return ROLE_NAMES[Role(said)]
    if name == "measure" and said in CATALOGUE:
        return f"{CATALOGUE[said].title} ({said})"
    return cell(name, said)


def _target(said: float, *, share: bool) -> str:
    return percent(said, 1) if share else f"{said:,.10g}"
