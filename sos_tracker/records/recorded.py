"""Records as they are kept, what may be done to one by hand, and what stands in the way of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sos_tracker.records.record import Record

Kind = TypeVar("Kind", bound=Record)


@dataclass(frozen=True)
class Recorded:
    """A record as the store has it.

    ``number`` is its own for good. ``version`` is the number of its newest change in the history: it only grows, so
    that a record put back by an undo is not taken for what it was. ``changed_at`` is UTC, None where the history does
    not tell of the record. ``batch``: the import that last touched it, None for a hand.
    """

    kind: str
    number: int
    version: int
    record: Record
    changed_at: datetime | None
    changed_by: str
    batch: int | None

    def of(self, kind: type[Kind]) -> Kind:
        """The record, known to be of this kind."""
        if not isinstance(self.record, kind):
            raise TypeError(f"{self.kind} {self.number} is no {kind.kind}.")
        return self.record


@dataclass(frozen=True)
class Add:
    record: Record

    @property
    def kind(self) -> str:
        return self.record.kind


@dataclass(frozen=True)
class Revise:
    """``version``: as the person saw it who revises."""

    number: int
    version: int
    record: Record

    @property
    def kind(self) -> str:
        return self.record.kind


@dataclass(frozen=True)
class Withdraw:
    """Takes a record out of every count; the history keeps it."""

    kind: str
    number: int
    version: int


Write = Add | Revise | Withdraw


@dataclass(frozen=True)
class FieldConflict:
    """One field of which two people say different things: as it was seen, as it is now, as it was to become."""

    field: str
    seen: Any
    theirs: Any
    mine: Any

    @property
    def contested(self) -> bool:
        """Both changed it: the others were changed by one of the two."""
        return bool(self.seen not in (self.theirs, self.mine))


@dataclass(frozen=True)
class Conflict:
    """A record that somebody else saved since it was seen. ``theirs`` is None where it was withdrawn.

    ``fields``: those in which theirs and mine differ; where it was to be withdrawn, those in which theirs differs from
    what was seen (``mine`` is None then).
    """

    kind: str
    number: int
    key: str
    changed_at: datetime | None
    changed_by: str
    theirs: Recorded | None
    fields: tuple[FieldConflict, ...] = ()

    @property
    def withdrawn(self) -> bool:
        return self.theirs is None

    @property
    def sentence(self) -> str:
        deed = "withdrawn" if self.withdrawn else "changed"
        return f"{self.kind.capitalize()} {self.key} was {deed} by {self.changed_by} since you opened it."


class StaleRecord(Exception):
    """Somebody else saved meanwhile; nothing was stored. ``conflicts``: one for each record, field by field."""

    def __init__(self, conflicts: tuple[Conflict, ...]) -> None:
        super().__init__(" ".join(conflict.sentence for conflict in conflicts))
        self.conflicts = conflicts


class UnknownRecord(LookupError):
    """There is no such record in the programme, and never was."""


class RecordRefused(ValueError):
    """A write that may not be; nothing was stored. ``field``: the one to say it beside, "" for the whole record.

    ``place``: which of the writes it is, counted from 0.
    """

    def __init__(self, sentence: str, field: str = "", place: int = 0) -> None:
        super().__init__(sentence)
        self.sentence, self.field, self.place = sentence, field, place


class DuplicateRecord(RecordRefused):
    """There is a record of this key already."""


class FixedRecord(RecordRefused):
    """What was to be changed does not change any more: a milestone's baseline, an issued target, a forecast's move."""
