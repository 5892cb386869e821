"""What a record says in words: the names of its fields, and their values as this project prints them."""

from typing import Any

from sos_tracker.records import labels, sentences
from sos_tracker.records.milestones import Milestone
from sos_tracker.records.money import pounds
from sos_tracker.records.people import PersonKeys
from sos_tracker.records.periods import day
from sos_tracker.records.record import Record
from sos_tracker.ui.tables import cell


def field_words(field: str) -> str:
    """``starts_on`` -> ``Start date``."""
    words = sentences.field_words(field)
    return words[:1].upper() + words[1:]


def value_words(field: str, value: Any) -> str:
    """A value as people read it; a person is never shown by what they are known by."""
    if isinstance(value, PersonKeys):
        return "A person, known by number or e-mail"
    if field == "measures":
        return labels.listed(value) if value else "none"
    if isinstance(value, tuple):
        return labels.listed(_point(field, *point) for point in value) if value else "none"
    if value in (None, ""):
        return "not given"
    return cell(field, value)


def _point(field: str, on: Any, value: Any) -> str:
    return f"{day(on)}: {pounds(value) if field == 'profile' else f'{value:g}'}"


def record_words(record: Record) -> str:
    """A record in a few words, as a list to choose from shows it."""
    if isinstance(record, Milestone):
        return f"{record.reference} {record.title}"
    named = zip(record.key_fields, record.key, strict=True)
    shown = [(name, part) for name, part in named if part not in (None, "", 0) and not isinstance(part, PersonKeys)]
    return ", ".join(cell(name if name == "score" else "", part) for name, part in shown) or record.kind
