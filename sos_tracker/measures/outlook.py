"""Will we make it? The forecast of each measure with a running total, against its target, in a row and a word."""

from collections.abc import Callable
from datetime import date

import numpy as np
import pandas as pd

from sos_tracker.measures import budget
from sos_tracker.measures.definitions import CATALOGUE
from sos_tracker.measures.forecast import Forecast, forecast, full_months
from sos_tracker.measures.forecast_words import Words, sentences
from sos_tracker.measures.frames import Columns, ProgrammeFrames, frame
from sos_tracker.measures.published import Goal, strategy_goal
from sos_tracker.measures.rating import DEFAULT_RULES, rating_ahead
from sos_tracker.measures.training_series import cumulative_attendances, cumulative_trained
from sos_tracker.records.figures import Direction, Rating, RatingRule, Unit

OUTLOOK: Columns = {
    # a row: one measure with a running total. Values are in its unit; low to high is the range on the day due, NaN
    # where there is none, earliest to latest when the target is likely to be met, NaT later than in five years.
    # needed: a month, from now, to be in time; rating is that of the forecast
    "code": "object", "title": "object", "unit": "object", "now": "float64", "low": "float64", "likely": "float64",
    "high": "float64", "target": "float64", "due_on": "datetime64[us]", "earliest": "datetime64[us]",
    "latest": "datetime64[us]", "needed": "float64", "rating": "object", "sentence": "object",
}  # fmt: skip


def people_trained(frames: ProgrammeFrames, on: date) -> Forecast:
    """Of T1."""
    return _running(cumulative_trained(frames.training, on), "trained", on, strategy_goal(frames, "T1", on))


def attendances(frames: ProgrammeFrames, on: date) -> Forecast:
    """Of T2."""
    return _running(cumulative_attendances(frames.training, on), "attendances", on, strategy_goal(frames, "T2", on))


def spending(frames: ProgrammeFrames, on: date) -> Forecast:
    """Of B1, against its target, or else the approved budget by the end of its profile."""
    series = budget.spend_by_month(frames.budget, on)
    return _running(series, "cumulative_actual_pence", on, budget.spending_goal(frames, on))


FORECAST_BY: dict[str, Callable[[ProgrammeFrames, date], Forecast]] = {
    "T1": people_trained,
    "T2": attendances,
    "B1": spending,
}


def outlook(frames: ProgrammeFrames, on: date) -> pd.DataFrame:
    """Every measure with a running total, in the order of the catalogue: OUTLOOK."""
    return frame(OUTLOOK, [_row(frames, code, reckon(frames, on)) for code, reckon in FORECAST_BY.items()])


def standing(told: Forecast, rule: RatingRule) -> Rating:
    """The rating of a forecast on the day its target is due: its likely value by the rule's own tolerances, which are
    those of now; the range is told beside it."""
    final, due = told.goal.final, told.on_due
    if final is None or final <= 0:
        return Rating.NO_TARGET
    if rule.direction is Direction.HIGHER and told.is_reached:
        return Rating.COMPLETE
    if told.is_late:
        return Rating.BEHIND
    if told.why_not or due is None:
        return Rating.NO_DATA
    return rating_ahead(due.likely, final, rule)


def said(code: str, told: Forecast) -> tuple[str, ...]:
    """The forecast in sentences, in the words of its measure."""
    return sentences(told, _WORDS[code])


def _running(series: pd.DataFrame, column: str, on: date, goal: Goal) -> Forecast:
    now = float(series[column].iloc[-1]) if len(series) else 0.0
    return forecast(full_months(series, column), now, on, goal)


def _row(frames: ProgrammeFrames, code: str, told: Forecast) -> tuple[object, ...]:
    due, met, goal = told.on_due, told.met, told.goal
    entry, rule = CATALOGUE[code], frames.rules.get(code, DEFAULT_RULES[code])
    low, likely, high = (due.low, due.likely, due.high) if due else (np.nan,) * 3
    return (
        code, entry.title, entry.unit.value, told.now, low, likely, high,
        np.nan if goal.final is None else goal.final, goal.due_on, met.earliest if met else None,
        met.latest if met else None, np.nan if told.needed is None else told.needed, standing(told, rule).value,
        " ".join(said(code, told)),
    )  # fmt: skip


_WORDS = {
    "T1": Words(Unit.PEOPLE, " people", " people trained", "Nobody has been trained"),
    "T2": Words(Unit.ATTENDANCES, " attendances", " attendances", "Nobody has come to training"),
    "B1": Words(Unit.PENCE, "", " spent", "Nothing has been spent"),
}
