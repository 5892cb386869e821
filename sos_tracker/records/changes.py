"""Who changed what, and the batches that imports are."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class Deed(StrEnum):
    """What was done to a record. UNDONE is a change taken back with its batch."""

    ADDED = "added"
    REVISED = "revised"
    WITHDRAWN = "withdrawn"
    UNDONE = "undone"


@dataclass(frozen=True)
class Change:
    """One link of the history. ``recorded_at`` is UTC; ``before``/``after`` hold only the fields that differ.

    ``record``: the number of the record it is about, among those of its kind.
    """

    number: int
    recorded_at: datetime
    actor: str
    deed: Deed
    kind: str
    key: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    reason: str
    batch: int | None
    hash: str
    record: int = 0


@dataclass(frozen=True)
class BatchFile:
    name: str
    sha256: str
    kinds: tuple[str, ...]
    rows: int


@dataclass(frozen=True)
class Batch:
    """One import: its files, who, when, and how many records of each kind it made new, changed or found the same.

    A correction of many records at once is a batch too: without files, but with a ``title`` and a reason.
    """

    number: int
    programme: str
    recorded_at: datetime
    actor: str
    files: tuple[BatchFile, ...]
    new: dict[str, int]
    changed: dict[str, int]
    same: dict[str, int]
    undone_at: datetime | None = None
    undone_by: str = ""
    withdrawn: dict[str, int] = field(default_factory=dict)
    title: str = ""
    reason: str = ""

    @property
    def name(self) -> str:
        """What it is known by: its files, or what it corrected."""
        return self.title or ", ".join(file.name for file in self.files)


@dataclass(frozen=True)
class Difference:
    """One record an import would change: its key in words, and (field, before, after) of each field that differs."""

    kind: str
    key: str
    fields: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Comparison:
    """What an import would do: counts by kind and each changed record, field by field.

    ``withdrawn``: records a whole list no longer names (practice-lead posts of a team the list covers).
    ``leaving``: staff on the earlier list who are not on this one, of ``staff_before``.
    ``merged``: people known apart before, by e-mail and by number, who turn out to be one.
    ``recognised``: people known by one of the two before, of whom the files tell the other.
    ``held``: what the files say of a milestone's baseline or of an issued target, and is not taken: (field, as it
    stays, as the file has it); a row that would add a point to an issued target stays out whole.
    ``planned``: the store's own note of how it would do it, handed back when it is done.
    """

    new: dict[str, int]
    changed: dict[str, int]
    same: dict[str, int]
    differences: tuple[Difference, ...] = ()
    withdrawn: dict[str, int] = field(default_factory=dict)
    merged: int = 0
    recognised: int = 0
    leaving: int = 0
    staff_before: int = 0
    held: tuple[Difference, ...] = ()
    planned: object = field(default=None, repr=False, compare=False)

    @property
    def nothing_to_do(self) -> bool:
        counted = (*self.new.values(), *self.changed.values(), *self.withdrawn.values())
        return not any((*counted, self.merged, self.recognised, self.leaving))


@dataclass(frozen=True)
class UndoReport:
    """What an undo took back (by kind), and the records it kept because they were edited since."""

    batch: int
    taken_back: dict[str, int]
    kept: tuple[str, ...]
