"""Counts by month read in one sweep and cut at an as-at date; only the part month is counted from its records.

One row of a sweep holds all months of what is alike in a count. Of the part month, the records of its shorter side are
counted, those held by the day or those to come; what the month's counts say besides is the other side.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    Date,
    Integer,
    Select,
    Table,
    Text,
    and_,
    bindparam,
    cast,
    select,
)
from sqlalchemy.sql.functions import aggregate_strings

from sos_tracker.store.columns import objects
from sos_tracker.store.cut import Cut
from sos_tracker.store.dialects import number_of_month

_PACKED = 4_000_000  # three numbers below it and a month are one of 64 bits; the tables see to it that they are below

_Numbers = npt.NDArray[np.int64]
Swept = dict[str, npt.NDArray[Any]]
"""What a sweep found: a value for each row, by name of the column; ``held`` and ``month`` (numbers) among them."""


@dataclass(frozen=True)
class _Cells:
    """Counts one after the other: which group of things alike each is of, its month, held or not, and the numbers."""

    group: _Numbers
    month: _Numbers
    held: npt.NDArray[np.bool_]
    numbers: list[_Numbers]

    def where(self, there: npt.NDArray[Any]) -> "_Cells":
        return _Cells(self.group[there], self.month[there], self.held[there], [of[there] for of in self.numbers])


class Sweep:
    """How one count is read. ``numbers`` begins with how many there are; ``packed`` of them are known to be small.

    ``records`` counts records alike, what is alike and then the numbers; ``day`` is the day they are counted by.
    """

    def __init__(
        self, table: Table, alike: Sequence[str], numbers: Sequence[str], records: Select[Any], day: Column[Any], *,
        packed: int = 1, to_come: bool = True,
    ) -> None:  # fmt: skip
        of = table.c
        self.alike, self.numbers, self.packed, self.to_come = list(alike), list(numbers), packed, to_come
        pack: ColumnElement[Any] = cast(of.month_number, BigInteger)
        for name in numbers[:packed]:
            pack = pack * _PACKED + of[name]
        listed = [aggregate_strings(cast(number, Text), ",") for number in (pack, *(of[n] for n in numbers[packed:]))]
        group = [of[name] for name in alike]
        last = bindparam("last_month", type_=Integer)
        which = [of.programme_id == bindparam("programme_id"), *([] if to_come else [of.month_number <= last])]
        self._counts = select(*group, *listed).where(*which).group_by(*group)
        side = and_(day >= bindparam("first", type_=Date), day < bindparam("after", type_=Date))
        self._records = records.where(side)

    def read(self, connection: Connection, programme_id: int, cut: Cut) -> Swept:
        """Every month's counts: held in the months over by then, and on either side of the day in the part month."""
        asked = {"programme_id": programme_id}
        if not self.to_come:
            asked["last_month"] = number_of_month(cut.part or cut.on)
        rows = connection.execute(self._counts, asked).all()
        width = len(self.alike)
        columns = list(zip(*rows, strict=True)) or [()] * (width + 1 + len(self.numbers) - self.packed)
        alike, listed = columns[:width], columns[width:]
        months, *counted = self._unpacked(_listed(listed[0]))
        counted += map(_listed, listed[1:])
        group = np.repeat(np.arange(len(rows)), [numbers.count(",") + 1 for numbers in listed[0]])
        cells = _Cells(group, months, (months > 0) & (months < number_of_month(cut.first_not_over)), counted)
        if cut.part:
            groups = {what: place for place, what in enumerate(zip(*alike, strict=True))}
            cells = self._split(cells, groups, connection, programme_id, cut)
        found: Swept = {"month": cells.month, "held": cells.held}
        for name, values in zip(self.alike, alike, strict=True):
            found[name] = objects(values)[cells.group]
        return found | dict(zip(self.numbers, cells.numbers, strict=True))

    def _unpacked(self, packed: _Numbers) -> list[_Numbers]:
        """The months, then the numbers packed with them."""
        found: list[_Numbers] = []
        for _ in range(self.packed):
            packed, number = np.divmod(packed, _PACKED)
            found.insert(0, number)
        return [packed, *found]

    def _split(
        self, cells: _Cells, groups: dict[tuple[Any, ...], int], connection: Connection, programme_id: int, cut: Cut
    ) -> _Cells:
        """The cells with those of the part month parted into held by the day and to come."""
        part, width, (held, first, after) = number_of_month(cut.part), len(self.alike), cut.shorter_side()
        here = cells.where(cells.month == part)
        asked = {"programme_id": programme_id, "first": first, "after": after}
        found = connection.execute(self._records, asked).all()
        places = np.array([groups[tuple(row[:width])] for row in found], dtype=np.int64)
        sides: tuple[list[_Numbers], list[_Numbers]] = ([], [])
        for column, counted in enumerate(here.numbers, start=width):
            whole, side = np.zeros(len(groups), dtype=np.int64), np.zeros(len(groups), dtype=np.int64)
            whole[here.group] = counted
            side[places] = [int(row[column]) for row in found]
            sides[held].append(side)
            sides[not held].append(whole - side)
        parts = [cells.where(cells.month != part)]
        for is_held in (False, True) if self.to_come else (True,):
            there = np.flatnonzero(sides[is_held][0])
            alike = np.full(len(there), part), np.full(len(there), is_held)
            parts.append(_Cells(there, *alike, [numbers[there] for numbers in sides[is_held]]))
        return _joined(parts)


def _joined(parts: Sequence[_Cells]) -> _Cells:
    return _Cells(
        np.concatenate([cells.group for cells in parts]),
        np.concatenate([cells.month for cells in parts]),
        np.concatenate([cells.held for cells in parts]),
        [np.concatenate(numbers) for numbers in zip(*(cells.numbers for cells in parts), strict=True)],
    )


def _listed(lists: Sequence[str]) -> _Numbers:
    """The numbers of all these lists, one after the other."""
    return np.fromstring(",".join(lists), dtype=np.int64, sep=",") if lists else np.empty(0, dtype=np.int64)
