"""Months without gaps, so that a chart shows a month in which nothing happened."""

from collections.abc import Iterable
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from sos_tracker.measures.frames import frame
from sos_tracker.measures.totals import Rows, month_totals
from sos_tracker.records.periods import month_end, month_of, months

_AXIS = {"month": "datetime64[us]", "as_of": "datetime64[us]", "part_month": "bool"}


def month_axis(found: Iterable[pd.Series], on: date, *, last: date | None = None) -> pd.DataFrame:
    """A row a month, from the first found to the month of ``on`` (or of ``last``): month, as_of, part_month.

    ``as_of`` is the month's end, or ``on`` in a month that was not over by then (``part_month``).
    """
    firsts = [column.min() for column in found if len(column)]
    known = [first.date() for first in firsts if not pd.isna(first)]
    if not known:
        return frame(_AXIS)
    ends = month_ends(min(known), on, last=last)
    return frame(_AXIS, [(pd.Timestamp(month), pd.Timestamp(end), is_part) for month, end, is_part in ends])


def month_ends(first: date, on: date, *, last: date | None = None) -> list[tuple[date, date, bool]]:
    """The months of ``month_axis`` from that of ``first``, each with its ``as_of`` and ``part_month``."""
    found = []
    for month in months(first, last or on):
        end = month_end(month)
        is_part = month == month_of(on) and on < end
        found.append((month, on if is_part else end, is_part))
    return found


def monthly(table: pd.DataFrame, amount: str, axis: pd.DataFrame, rows: Rows | None = None) -> npt.NDArray[np.int64]:
    """The sum of ``amount`` among ``rows`` in each month of the axis; 0 where nothing happened."""
    found = month_totals(table["month"], table[amount], rows)
    months_shown = axis["month"].to_numpy().astype("datetime64[D]").tolist()
    return np.array([found.get(month, 0) for month in months_shown], dtype=np.int64)
