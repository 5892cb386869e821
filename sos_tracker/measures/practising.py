"""Training set against practice, team by team: who is trained and does not practise yet."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from sos_tracker.measures.frames import Columns, ProgrammeFrames, frame
from sos_tracker.measures.scale_ratings import last_rated, newest_round, rated_units, spread_of
from sos_tracker.measures.totals import total
from sos_tracker.measures.training_series import teams_covered

NOT_PRACTISING = "trained, not practising"
PRACTISING = "trained and practising"
AHEAD_OF_TRAINING = "practising, fewer trained"
NEITHER = "fewer trained, not practising"
NOT_RATED = "no rating"
NOT_COUNTED = "no staff in scope"
STATES = (NOT_PRACTISING, NEITHER, AHEAD_OF_TRAINING, PRACTISING, NOT_RATED, NOT_COUNTED)

TRAINED_AND_PRACTISING: Columns = {
    # a row: one team of the staff list, or one rated in the newest round. rate: trained, of its staff in scope and in
    # post, NaN without any; median: of its scores in the newest round, NaN without any; last_rated: in any round
    "agency": "object", "team": "object", "staff": "int64", "trained": "int64", "rate": "float64", "people": "int64",
    "median": "float64", "last_rated": "datetime64[us]", "state": "object",
}  # fmt: skip


class Overall(NamedTuple):
    """What each team is held against: the share of all staff trained, and the middle of all scores; None without."""

    rate: float | None
    median: float | None


def overall(frames: ProgrammeFrames, on: date) -> Overall:
    staff, given = frames.training.staff, newest_round(frames.embedding.scale, on)
    in_scope = staff["in_scope"].to_numpy()
    of = total(staff["staff"], in_scope)
    rate = total(staff["trained"], in_scope) / of if of else None
    return Overall(rate, spread_of(given["score"], given["people"]).median if len(given) else None)


def trained_and_practising(frames: ProgrammeFrames, on: date) -> pd.DataFrame:
    """Each team's share of staff trained beside its score, trained-but-not-practising first: TRAINED_AND_PRACTISING.

    A team is trained where as large a share of its staff is as of all staff or a larger one, and practises where its
    middle score is that of all scores or more. A rating of a whole agency is that of an agency that is its own team.
    """
    against = overall(frames, on)
    scale = frames.embedding.scale
    teams = {
        (agency, team): (staff, trained, rate) for agency, team, staff, trained, rate in teams_covered(frames.training)
    }
    scores = {_as_listed(unit.agency, unit.team, teams): unit.spread for unit in rated_units(scale, on)}
    rated = {_as_listed(*name, teams): rated_on for name, rated_on in last_rated(scale, on).items()}
    rows: list[tuple[Any, ...]] = []
    for name in dict.fromkeys((*teams, *scores)):
        staff, trained, rate = teams.get(name, (0, 0, np.nan))
        spread = scores.get(name)
        median = spread.median if spread else np.nan
        state = _state(rate, median, against)
        when = pd.Timestamp(rated[name]) if name in rated else pd.NaT
        rows.append((*name, staff, trained, rate, spread.people if spread else 0, median, when, state))
    return frame(TRAINED_AND_PRACTISING, sorted(rows, key=_order))


def _as_listed(agency: str, team: str, teams: dict[tuple[str, str], tuple[int, int, float]]) -> tuple[str, str]:
    """A whole agency's name as the staff list has it where the agency is its own team."""
    return (agency, agency) if not team and (agency, agency) in teams else (agency, team)


def _state(rate: float, median: float, against: Overall) -> str:
    if np.isnan(median) or against.median is None:
        return NOT_RATED
    if np.isnan(rate) or against.rate is None:
        return NOT_COUNTED
    practises = median >= against.median
    if rate >= against.rate:
        return PRACTISING if practises else NOT_PRACTISING
    return AHEAD_OF_TRAINING if practises else NEITHER


def _order(row: Sequence[Any]) -> tuple[Any, ...]:
    """Trained but not practising first; in each state the lowest score, and beside it the largest share trained."""
    agency, team, _, _, rate, _, median, _, state = row
    return STATES.index(state), 0 if np.isnan(median) else median, 0 if np.isnan(rate) else -rate, agency, team
