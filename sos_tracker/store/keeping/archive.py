"""A database as it is kept elsewhere, in one file or a folder: what both have in common."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from sos_tracker.store.keeping.kept import Layout


class KeepingRefused(Exception):
    """A database cannot be kept here, or not brought back from this: in words, with what to do."""


class NotABackup(KeepingRefused):
    """The file or folder is not one the tracker wrote."""


class Damaged(KeepingRefused):
    """Something in it is not as it was written."""


@dataclass(frozen=True)
class Label:
    """What an archive says of itself: the moment it shows (UTC), the version of the tables, and the programmes."""

    made_at: datetime
    schema: tuple[str, ...]
    programmes: tuple[str, ...]


@dataclass(frozen=True)
class KeptRows:
    """One table of an archive; its rows can be gone through once, and are checked against their hash at the end."""

    layout: Layout
    rows: Iterator[list[Any]]


class Archive(Protocol):
    """A backup file or an exported folder, checked to be whole when it was opened."""

    place: str
    label: Label

    def tables(self) -> AbstractContextManager[Iterator[KeptRows]]:
        """Each table in turn, in the order they can be loaded. Raises Damaged."""


@dataclass(frozen=True)
class KeptTable:
    """How much of one table was kept."""

    table: str
    rows: int
