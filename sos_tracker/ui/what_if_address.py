"""The scenario somebody tries out, kept in the page's address: a reload or a link shows the same one."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from typing import Any, TypeVar

from pydantic import ValidationError

from sos_tracker.records.record import Record
from sos_tracker.records.what_if import AS_PLANNED, MOST_ENTRIES, Scenario, SessionsAdded, SessionsChanged
from sos_tracker.ui import address

_ADDED, _CHANGED, _FILL, _NEW, _COST = "added", "changed", "fill", "new", "session_cost"
_LONGEST = 2_000
Made = TypeVar("Made", bound=Record)


def read() -> Scenario:
    """The scenario in the address; what cannot be read of it is not there."""
    found = {"fill_rate": address.read(_FILL), "new_share": address.read(_NEW), "session_pence": address.read(_COST)}
    scenario = AS_PLANNED.model_copy(
        update={"added": _entries(_ADDED, _added), "changed": _entries(_CHANGED, _changed)}
    )
    for name, words in found.items():
        with suppress(ValidationError):
            if words:
                scenario = Scenario.model_validate({**dict(scenario), name: words})
    return scenario


def write(scenario: Scenario) -> None:
    """Keeps the scenario from the next run on."""
    address.write(_ADDED, ";".join(map(_added_words, scenario.added)))
    address.write(_CHANGED, ";".join(map(_changed_words, scenario.changed)))
    address.write(_FILL, "" if scenario.fill_rate is None else f"{scenario.fill_rate:g}")
    address.write(_NEW, "" if scenario.new_share is None else f"{scenario.new_share:g}")
    address.write(_COST, "" if scenario.session_pence is None else str(scenario.session_pence))


def _entries(name: str, read_one: Callable[[list[str]], Made]) -> tuple[Made, ...]:
    found = []
    for entry in address.read(name)[:_LONGEST].split(";")[:MOST_ENTRIES]:
        with suppress(ValueError):  # also pydantic's
            found.append(read_one(entry.split(",")))
    return tuple(found)


def _added(parts: list[str]) -> SessionsAdded:
    number, level, start, last, places, cost = parts
    return SessionsAdded.model_validate(
        {
            "sessions": number, "level": level, "starts_on": _day(start), "any_day": len(start) == len("2018-09"),
            "last_month": _day(last), "places": places, "cost_pence": cost or None,
        }
    )  # fmt: skip


def _changed(parts: list[str]) -> SessionsChanged:
    number, level, month, moved_to = parts
    return SessionsChanged.model_validate(
        {"sessions": number, "level": level, "month": _day(month), "moved_to": _day(moved_to)}
    )


def _added_words(one: SessionsAdded) -> str:
    start = f"{one.starts_on:%Y-%m}" if one.any_day else one.starts_on.isoformat()
    parts = (one.sessions, one.level.value, start, _month(one.last_month), one.places, one.cost_pence)
    return ",".join(map(_text, parts))


def _changed_words(one: SessionsChanged) -> str:
    return ",".join(map(_text, (one.sessions, one.level.value, _month(one.month), _month(one.moved_to))))


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _month(month: date | None) -> str:
    return f"{month:%Y-%m}" if month else ""


def _day(words: str) -> date | None:
    """A day, or the first day of a month; None of nothing. Raises ValueError."""
    return date.fromisoformat(words if len(words) != len("2018-09") else f"{words}-01") if words else None
