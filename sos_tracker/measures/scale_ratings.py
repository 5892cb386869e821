"""The implementation scale by round, team, level and respondents: where the middle lies and how far scores spread.

A round is all ratings dated in one calendar month; each rating weighs as many people as gave it.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

import numpy as np
import pandas as pd

from sos_tracker.measures.frames import Columns, frame
from sos_tracker.records.embedding import Respondents, StaffLevel
from sos_tracker.records.periods import month_end, month_of

_SPREAD: Columns = {
    # of the scores people gave, each person weighing alike: half of them gave the median or less, a quarter the
    # lower quartile or less
    "people": "int64", "median": "float64", "lower": "float64", "upper": "float64", "lowest": "float64",
    "highest": "float64",
}  # fmt: skip
SCALE_BY_ROUND: Columns = {
    # a row: one month in which scores were given; as_of its end, or the as-at date in a month not over by then
    "month": "datetime64[us]", "as_of": "datetime64[us]", "part_month": "bool", "units": "int64", **_SPREAD,
}  # fmt: skip
SCALE_BY_UNIT: Columns = {"agency": "object", "team": "object", **_SPREAD}
SCALE_BY_GROUP: Columns = {"group": "object", **_SPREAD}
SMALLEST_RATED = 5
"""Fewer people than this and a unit's score would tell of single people: it is named neither best nor worst."""


class Spread(NamedTuple):
    people: int
    median: float
    lower: float
    upper: float
    lowest: float
    highest: float


class UnitSpread(NamedTuple):
    agency: str
    team: str
    spread: Spread


def spread_of(scores: pd.Series, people: pd.Series) -> Spread:
    """The middle and the spread of scores, one at least. Between two scores a quartile lies in proportion."""
    order = np.argsort(scores.to_numpy(), kind="stable")
    found, reached = scores.to_numpy()[order], np.cumsum(people.to_numpy()[order])
    total = int(reached[-1])

    def at(share: float) -> float:
        place = (total - 1) * share
        below, above = (float(found[np.searchsorted(reached, int(each), "right")]) for each in (place, -(-place // 1)))
        return below + (above - below) * (place % 1)

    return Spread(total, at(0.5), at(0.25), at(0.75), float(found[0]), float(found[-1]))


def newest_round(scale: pd.DataFrame, on: date) -> pd.DataFrame:
    """The ratings of the newest round by that day; none where nobody has given a score."""
    known = _by(scale, on)
    if known.empty:
        return known
    return known[known["rated_on"] >= pd.Timestamp(month_of(known["rated_on"].max().date()))]


def scale_by_round(scale: pd.DataFrame, on: date) -> pd.DataFrame:
    """Each round by that day, oldest first: SCALE_BY_ROUND. A month without scores is no round and has no row."""
    known = _by(scale, on)
    months = known["rated_on"].to_numpy().astype("datetime64[M]")
    rows = []
    for month in np.unique(months):
        first, given = month.astype("datetime64[D]").astype(object), known[months == month]
        end = month_end(first)
        part = month_of(on) == first and on < end
        units = len(set(_units(given)))
        rows.append((pd.Timestamp(first), pd.Timestamp(on if part else end), part, units, *_spread(given)))
    return frame(SCALE_BY_ROUND, rows)


def scale_by_unit(scale: pd.DataFrame, on: date) -> pd.DataFrame:
    """Each team or whole agency rated in the newest round, the lowest median first: SCALE_BY_UNIT."""
    return frame(SCALE_BY_UNIT, [(agency, team, *spread) for agency, team, spread in rated_units(scale, on)])


def rated_units(scale: pd.DataFrame, on: date) -> list[UnitSpread]:
    """As SCALE_BY_UNIT."""
    given = newest_round(scale, on)
    places: dict[tuple[str, str], list[int]] = {}
    for place, name in enumerate(_units(given)):
        places.setdefault(name, []).append(place)
    found = [UnitSpread(*name, _spread(given.iloc[rows])) for name, rows in places.items()]
    return sorted(found, key=lambda unit: (unit.spread.median, -unit.spread.people, unit.agency, unit.team))


def scale_by_level(scale: pd.DataFrame, on: date) -> pd.DataFrame:
    """The newest round by where in the organisation those rated stand: SCALE_BY_GROUP; group "" is not given."""
    return _by_group(newest_round(scale, on), "staff_level", [level.value for level in StaffLevel])


def scale_by_respondents(scale: pd.DataFrame, on: date) -> pd.DataFrame:
    """The newest round by who gave the scores: SCALE_BY_GROUP."""
    return _by_group(newest_round(scale, on), "respondents", [group.value for group in Respondents])


def last_rated(scale: pd.DataFrame, on: date) -> dict[tuple[str, str], date]:
    """The last day by then on which each team or whole agency was rated, in any round."""
    known = _by(scale, on)
    found: dict[tuple[str, str], date] = {}
    for name, rated_on in zip(_units(known), known["rated_on"].tolist(), strict=True):
        found[name] = max(found.get(name, date.min), rated_on.date())
    return found


def _by(scale: pd.DataFrame, on: date) -> pd.DataFrame:
    return scale[(scale["rated_on"] <= pd.Timestamp(on)).to_numpy()]


def _by_group(given: pd.DataFrame, column: str, order: Iterable[str]) -> pd.DataFrame:
    rows = []
    for group in (*order, ""):
        of = given[(given[column] == group).to_numpy()]
        if len(of):
            rows.append((group, *_spread(of)))
    return frame(SCALE_BY_GROUP, rows)


def _spread(given: pd.DataFrame) -> Spread:
    return spread_of(given["score"], given["people"])


def _units(given: pd.DataFrame) -> list[tuple[str, str]]:
    return list(zip(given["agency"].tolist(), given["team"].tolist(), strict=True))
