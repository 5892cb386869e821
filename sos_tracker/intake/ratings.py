"""The implementation scale: what a score cell says, and rows alike added up."""

import re
from datetime import date
from typing import Any

from sos_tracker.intake.cells import Fault, Raw, absent, parse_quantity, shown
from sos_tracker.intake.columns import Draft
from sos_tracker.records.embedding import ScaleRating

_OUT_OF_TEN = re.compile(r"^(\d+(?:\.\d+)?)\s*(?:/|out of|of)\s*10$", re.I)
_REMEDY = "Write the score as a whole or half number from 0 to 10, such as 7 or 6.5."


def parse_score(raw: Raw) -> float | Fault | None:
    """A score from 0 to 10, by half points; "7/10" is 7; None where the cell is empty."""
    if isinstance(raw, date):
        return _unreadable(f"“{shown(raw)}” is a date: a spreadsheet makes one of 7/10.")
    if absent(raw):
        return None
    words = " ".join(raw.split()).replace("½", ".5") if isinstance(raw, str) else raw
    parts = _OUT_OF_TEN.match(words) if isinstance(words, str) else None
    found = parse_quantity(parts[1] if parts else words)
    if found is None or isinstance(found, Fault) or found.is_percent or found.is_money:
        return _unreadable(f"“{shown(raw)}” is not a score from 0 to 10.")
    if not 0 <= found.value <= 10:
        return _unreadable(f"{shown(raw)} is outside the scale, which goes from 0 to 10.")
    if not (found.value * 2).is_integer():
        return Fault(
            f"{shown(raw)} is neither a whole nor a half point: a mean hides how far apart the scores are.",
            "Give each score a row of its own, with the number of people who gave it.", "not a score",
        )  # fmt: skip
    return found.value


def _unreadable(problem: str) -> Fault:
    return Fault(problem, _REMEDY, "not a score")


def added_up(drafts: list[Draft]) -> list[Draft]:
    """One draft for each score of one group on one day: rows alike are added up."""
    found: dict[tuple[Any, ...], Draft] = {}
    for draft, place in drafts:
        key = tuple(draft[name] for name in ScaleRating.key_fields)
        if key in found:
            found[key][0]["people"] += draft["people"]
        else:
            found[key] = (dict(draft), place)
    return list(found.values())
