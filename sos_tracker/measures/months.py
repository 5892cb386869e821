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
    rows = []
    for month in months(min(known), last or on):
        end = month_end(month)
        part = month == month_of(on) and on < end
        rows.append((pd.Timestamp(month), pd.Timestamp(on if part else end), part))
    return frame(_AXIS, rows)


def monthly(table: pd.DataFrame, amount: str, axis: pd.DataFrame, rows: Rows | None = None) -> npt.NDArray[np.int64]:
    """The sum of ``amount`` among ``rows`` in each month of the axis; 0 where nothing happened."""
    found = month_totals(table["month"], table[amount], rows)
    months_shown = axis["month"].to_numpy().astype("datetime64[D]").tolist()
    return np.array([found.get(month, 0) for month in months_shown], dtype=np.int64)
