"""Sums by key for the figures: pandas' groupby costs more than all the rest of a figure."""

from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

Rows = npt.NDArray[np.bool_]


def totals(keys: pd.Series, amounts: pd.Series, rows: Rows | None = None) -> dict[str, int]:
    """The sum of ``amounts`` for each key among ``rows`` (all of them when None), by key in order."""
    return dict(sorted(_totals(keys.to_numpy(dtype=object), amounts, rows)))


def month_totals(months: pd.Series, amounts: pd.Series, rows: Rows | None = None) -> dict[date, int]:
    """The sum of ``amounts`` in each month that has rows, in order; rows without a month are left out."""
    days = months.to_numpy().astype("datetime64[D]")
    found = _totals(days, amounts, rows)
    return dict(sorted((month.astype(object), amount) for month, amount in found if not np.isnat(month)))


def total(amounts: pd.Series, rows: Rows | None = None) -> int:
    values = amounts.to_numpy()
    return int((values if rows is None else values[rows]).sum())


def newest(*columns: pd.Series) -> date | None:
    """The newest of the moments in these columns; None where there is none."""
    known = [column.max() for column in columns if len(column)]
    return max((moment.date() for moment in known if not pd.isna(moment)), default=None)


def is_one(column: pd.Series, value: str) -> Rows:
    """Which rows say ``value``."""
    return np.asarray(column.to_numpy(dtype=object) == value, dtype=np.bool_)


def _totals(keys: npt.NDArray[Any], amounts: pd.Series, rows: Rows | None) -> list[tuple[Any, int]]:
    weights = amounts.to_numpy()
    if rows is not None:
        keys, weights = keys[rows], weights[rows]
    if not len(keys):
        return []
    codes, values = pd.factorize(keys)
    known = codes >= 0
    sums = np.bincount(codes[known], weights=weights[known], minlength=len(values))
    return [(value, int(amount)) for value, amount in zip(values, sums, strict=True)]
