"""What the months to come may add, from what each full month behind has added: four in five chances, and the likely.

The months are read in several ways: at one rate all along, at one that drifts, that moved at some month, or that grows
or falls by a trend which dies away. Each way is weighed by how well it explains the months (Akaike's criterion, as
corrected for few of them), and the range holds what each leaves open: the months' scatter, the rate itself, and its
drift. Nothing is drawn by lot: the same months always give the same range. ``benchmarks/forecast_backtest.py`` measures
how good it is.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]

NEWEST_MONTHS = 24
"""Older months say nothing of the rate to come."""

_DRIFTS = ((0.0, 1.0), (0.02, 0.2), (0.1, 0.1))  # (variance of a month's step in that of its scatter, weight before)
_MOVED = (3, 4, 6, 9, 12)  # months since a rate may have moved
_MOVED_WEIGHT, _TREND_WEIGHT, _TREND_FROM = 0.05, 0.15, 6
_TREND_KEEPS = 0.95  # of itself, from each month to the next
_LEAST_SCATTER = 0.5  # a month's variance is at least this share of its mean: people are counted whole
_NINE_IN_TEN = 1.31  # the normal deviate that nine in ten lie under, 1.28, and a little for what no reading sees


@dataclass(frozen=True)
class Ahead:
    """What is added by each of the moments asked for, in months from the last full one: low, likely and high."""

    low: Numbers
    likely: Numbers
    high: Numbers


def ahead(added: Numbers, months: Numbers) -> Ahead:
    """What will have been added ``months`` (fractions allowed) after the last of the full months that ``added`` gives.

    ``added``: at least four, oldest first. Nine chances in ten lie under ``high`` and nine above ``low``; neither falls
    from one moment to the next, nor below nothing.
    """
    newest = np.asarray(added, dtype=np.float64)[-NEWEST_MONTHS:]
    means, variances, weights, freedom = _readings_weighed(newest, np.asarray(months, dtype=np.float64))
    likely = weights @ means
    variance = weights @ (variances + (means - likely) ** 2)
    deviate = _student(freedom)
    low, high = _gamma(likely, variance, -deviate), _gamma(likely, variance, deviate)
    return Ahead(*(np.maximum.accumulate(line) for line in (low, np.maximum(likely, 0.0), high)))


@dataclass(frozen=True)
class _Readings:
    """Every way to read so many months, a row each: ``fit`` gives its coefficients, the first of them the rate now and
    the second, where it has one, how the months before differ; ``left`` the squares it leaves, ``spread`` how sure the
    coefficients are. ``given`` is what counts for or against it before any month is seen."""

    fit: Numbers
    left: Numbers
    spread: Numbers
    given: Numbers
    drift: Numbers
    freedom: Numbers
    has_trend: Numbers


def _readings_weighed(added: Numbers, months: Numbers) -> tuple[Numbers, Numbers, Numbers, float]:
    """The mean and variance of what is added by each moment, by each reading; their weights; the degrees of freedom."""
    count, of = len(added), _readings(len(added))
    coefficients = of.fit @ added
    squares = np.maximum(of.left @ added @ added, 1e-3 * max(1.0, abs(float(added.mean()))) ** 2)
    scatter = np.maximum(np.maximum(squares / of.freedom, np.abs(coefficients[:, 0]) * _LEAST_SCATTER), 0.25)
    turned = np.outer(of.has_trend, _trend_adds(months))
    means = np.outer(coefficients[:, 0], months) + coefficients[:, 1:] * turned
    unsure = (
        np.outer(of.spread[:, 0, 0], months**2)
        + 2 * of.spread[:, 0, 1:] * turned * months
        + of.spread[:, 1, 1:] * turned**2
    )
    drifted = np.outer(of.drift, months * (months + 1) * (2 * months + 1) / 6)
    scores = of.given - count / 2 * np.log(squares / count)
    weights = np.exp(scores - scores.max())
    weights /= weights.sum()
    variances = scatter[:, None] * (months + unsure + drifted)
    return np.maximum(means, 0.0), variances, weights, float(weights @ of.freedom)


@lru_cache(maxsize=NEWEST_MONTHS)
def _readings(count: int) -> _Readings:
    back = np.arange(count) - (count - 1.0)
    even, alone = np.ones((count, 1)), np.eye(count)
    found = [
        _reading(even, alone + drift * np.minimum.outer(-back, -back), weight, 0.5 if drift else 0.0)
        for drift, weight in _DRIFTS
    ]
    drifts = [drift for drift, _ in _DRIFTS]
    moved = [since for since in _MOVED if count - since >= 2]
    for since in moved:
        parts = np.stack([back > -since, back <= -since], axis=1).astype(np.float64)
        found.append(_reading(parts, alone, _MOVED_WEIGHT))
    has_trend = count >= _TREND_FROM
    if has_trend:
        found.append(_reading(np.stack([even[:, 0], back], axis=1), alone, _TREND_WEIGHT))
    fit, left, spread, given, freedom = (np.array(each) for each in zip(*found, strict=True))
    trends = [0.0] * (len(found) - has_trend) + [1.0] * has_trend
    return _Readings(
        fit, left, spread, given, np.array(drifts + [0.0] * (len(found) - len(drifts))), freedom, np.array(trends)
    )


def _reading(
    parts: Numbers, walked: Numbers, weight: float, further: float = 0.0
) -> tuple[Numbers, Numbers, Numbers, float, float]:
    """``parts``: a column a coefficient; ``walked``: how the months vary together; ``further``: parameters besides."""
    count, columns = parts.shape
    inverse = np.linalg.inv(walked)
    spread = np.linalg.inv(parts.T @ inverse @ parts)
    fit = spread @ parts.T @ inverse
    known = columns + further + 1.0
    penalty = known + known * (known + 1) / max(count - known - 1, 1.0)
    given = float(np.log(weight) - np.linalg.slogdet(walked)[1] / 2 - penalty)
    room = 2 - columns
    padded = np.pad(fit, ((0, room), (0, 0))), np.pad(spread, ((0, room), (0, room)))
    return padded[0], inverse - inverse @ parts @ fit, padded[1], given, float(count - columns)


def _trend_adds(months: Numbers) -> Numbers:
    """How many times a month's step of the trend is added by then, as it dies away."""
    keeps = _TREND_KEEPS
    adds: Numbers = keeps / (1 - keeps) * (months - keeps * (1 - keeps**months) / (1 - keeps))
    return adds


def _student(freedom: float) -> float:
    """What nine in ten of Student's t lie under (Fisher's expansion). One degree of freedom is given for what is known
    of programmes before any month is seen: their months are not wilder than a course or two."""
    z, of = _NINE_IN_TEN, freedom + 1.0
    return float(
        z + (z**3 + z) / (4 * of) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * of**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * of**3)
    )  # fmt: skip


def _gamma(mean: Numbers, variance: Numbers, deviate: float) -> Numbers:
    """The amount at a normal deviate of what is never below nothing (Wilson and Hilferty's cube root of a gamma)."""
    shape = np.maximum(mean, 1e-9) ** 2 / np.maximum(variance, 1e-9)
    root = 1 - 1 / (9 * shape) + deviate / (3 * np.sqrt(shape))
    amount: Numbers = np.where(
        mean > 0, mean * np.maximum(root, 0.0) ** 3, np.maximum(deviate, 0.0) * np.sqrt(variance)
    )
    return amount
