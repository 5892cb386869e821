"""Programmes made up for the back-test of forecasts: what each month adds, of six kinds, always the same ones."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

KINDS = ("steady", "accelerating", "stalling", "seasonal", "lumpy", "cancelled months")
_HOLIDAYS = (8, 12)


@dataclass(frozen=True)
class Made:
    """``first_month`` is 1 to 12; ``ideal`` how wide the true 80 % range is, by months ahead, where it is known."""

    kind: str
    first_month: int
    added: npt.NDArray[np.float64]
    ideal: dict[int, float]


def made(kinds: tuple[str, ...] = KINDS, *, each: int = 50, seed: int = 2018) -> list[Made]:
    """``each`` programmes of each kind, two to three years long, as such programmes run."""
    return [_made(kind, np.random.default_rng([seed, KINDS.index(kind), at])) for kind in kinds for at in range(each)]


def _made(kind: str, chance: np.random.Generator) -> Made:
    length, first_month = int(chance.integers(24, 37)), int(chance.integers(1, 13))
    rate, lumps = chance.uniform(12, 60), chance.uniform(1.0, 4.0)  # a month; variance of a month in its mean
    months = np.arange(length)
    if kind == "lumpy":
        return Made(kind, first_month, _courses(chance, length), {})
    means = np.full(length, rate)
    if kind == "accelerating":
        means = rate / 2 * (1 + chance.uniform(0.04, 0.12) * months)
    elif kind == "stalling":
        starts, takes = int(chance.integers(length // 3, 2 * length // 3)), int(chance.integers(3, 10))
        means = rate * np.interp(months, [starts, starts + takes], [1.0, chance.uniform(0.1, 0.5)])
    elif kind == "seasonal":
        is_quiet = np.isin((first_month - 1 + months) % 12 + 1, _HOLIDAYS)
        means = rate * np.where(is_quiet, chance.uniform(0.1, 0.4), 1.15)
    added = _counts(chance, means, lumps).astype(np.float64)
    if kind == "cancelled months":
        added = np.where(chance.random(length) < chance.uniform(0.1, 0.25), 0.0, added)
    ideal = {ahead: _true_width(rate, lumps, ahead) for ahead in (3, 6)} if kind == "steady" else {}
    return Made(kind, first_month, added, ideal)


def _courses(chance: np.random.Generator, length: int) -> npt.NDArray[np.float64]:
    """None, one or two courses a month, of about 20 places each, most of them taken up."""
    likely, places = chance.uniform(0.3, 0.8), int(chance.uniform(14, 24))
    return np.array([chance.binomial(places * courses, 0.85) for courses in chance.binomial(2, likely, length)], float)


def _counts(
    chance: np.random.Generator, means: npt.NDArray[np.float64], lumps: float, size: int | None = None
) -> npt.NDArray[np.int64]:
    """Counts whose variance is ``lumps`` times their mean."""
    if lumps < 1.05:
        return chance.poisson(means, size)
    return chance.negative_binomial(means / (lumps - 1), 1 / lumps, size)


def _true_width(rate: float, lumps: float, ahead: int) -> float:
    """Between the first and the last tenth of what so many months add, knowing the rate and the lumps."""
    drawn = _counts(np.random.default_rng(1), np.float64(rate * ahead), lumps, 40_000)
    low, high = np.quantile(drawn, (0.1, 0.9))
    return float(high - low)
