"""Long lists in pieces a statement can carry."""

from collections.abc import Collection, Iterator
from itertools import islice
from typing import TypeVar

Value = TypeVar("Value")


def in_chunks(values: Collection[Value], size: int = 2000) -> Iterator[list[Value]]:
    """Pieces of at most ``size``; none for an empty collection."""
    remaining = iter(values)
    while piece := list(islice(remaining, size)):
        yield piece
