"""What will have been spent in the end, reckoned in three ways, beside what the budget's manager expects."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from sos_tracker.measures import budget, outlook
from sos_tracker.measures.forecast import Forecast
from sos_tracker.measures.frames import BudgetFrames, Columns, ProgrammeFrames, frame
from sos_tracker.records.money import percent, whole_pounds
from sos_tracker.records.periods import day

DIFFERS_FROM = 0.02
"""A share of the budget: the manager's forecast differs from one that is further off than this."""

OUTTURNS: Columns = {
    # a row: one way to the outturn. low and high NaN where it has no range; variance to the approved budget, positive
    # is overspend; all NaN where the way cannot be gone, and the sentence says why
    "way": "object", "outturn_pence": "float64", "low_pence": "float64", "high_pence": "float64",
    "variance_pence": "float64", "sentence": "object",
}  # fmt: skip

BY_PROFILE, BY_RATE, BY_COMMITMENTS, BY_MANAGER = (
    "By the profile of the months to come", "By the rate of the months behind", "By what is paid and promised only",
    "The manager’s own forecast",
)  # fmt: skip


@dataclass(frozen=True)
class _Way:
    way: str
    pence: float | None
    sentence: str
    low: float = np.nan
    high: float = np.nan


def outturns(frames: ProgrammeFrames, on: date) -> pd.DataFrame:
    """The outturn by profile (as B3), by rate, by commitments, and by the manager: OUTTURNS."""
    figure = budget.forecast_outturn(frames, on)
    approved = figure.denominator or budget.spending_goal(frames, on).final
    reckoned = [
        _Way(BY_PROFILE, figure.value, figure.sentence),
        _by_rate(outlook.spending(frames, on)),
        _by_commitments(frames.budget),
    ]
    ways = [*reckoned, _by_manager(frames.budget, reckoned, approved)]
    return frame(
        OUTTURNS,
        [
            (way.way, np.nan if way.pence is None else way.pence, way.low, way.high,
             np.nan if way.pence is None or approved is None else way.pence - approved, way.sentence)
            for way in ways
        ],
    )  # fmt: skip


def _by_rate(told: Forecast) -> _Way:
    if told.on_due is None:
        due = told.goal.due_on
        why = told.why_not or (
            f"The last day of the budget, {day(due)}, has passed." if due else "No last day is known."
        )
        return _Way(BY_RATE, None, why)
    at, rate = told.on_due, told.rate
    a_month = f"{_pounds(rate.low)} to {_pounds(rate.high)} a month" if rate else "the same"
    return _Way(
        BY_RATE,
        round(at.likely),
        f"Spending goes on as in the full months behind, {a_month}: {_pounds(at.likely)} by {day(at.on)}, "
        f"in four cases of five {_pounds(at.low)} to {_pounds(at.high)}.",
        round(at.low),
        round(at.high),
    )


def _by_commitments(money: BudgetFrames) -> _Way:
    if money.spending.empty:
        return _Way(BY_COMMITMENTS, None, "No spending has been recorded.")
    spent, promised = budget.spent_and_promised(money)
    return _Way(
        BY_COMMITMENTS,
        spent + promised,
        f"Nothing is ordered from now on: {_pounds(spent)} is paid and {_pounds(promised)} promised.",
    )


def _by_manager(money: BudgetFrames, reckoned: list[_Way], approved: float | None) -> _Way:
    """The newest for the whole programme, or else the newest of each line, added up."""
    known = money.outturns.sort_values("made_on", kind="stable")
    if known.empty:
        return _Way(BY_MANAGER, None, "The manager has recorded no forecast of the outturn.")
    newest = known.groupby("line", sort=True).tail(1)
    whole = newest[newest["line"] == ""]
    used = newest if whole.empty else whole
    pence = int(used["forecast_pence"].sum())
    made_on = used["made_on"].max().date()
    return _Way(BY_MANAGER, pence, f"{_made(money, used, made_on)}. {_against(pence, reckoned, approved)}".strip())


def _made(money: BudgetFrames, used: pd.DataFrame, made_on: date) -> str:
    if used["line"].iloc[0] == "":
        by = used["made_by"].iloc[0]
        return f"Made on {day(made_on)}{f' by {by}' if by else ''} for the whole programme"
    missing = len(set(money.lines["code"]) - set(used["line"]))
    left_out = f"; {missing} line{'' if missing == 1 else 's'} of the budget book without one" if missing else ""
    lines = "1 line" if len(used) == 1 else f"{len(used)} lines"
    return f"The newest of {lines} added up, the last made on {day(made_on)}{left_out}"


def _against(pence: int, reckoned: list[_Way], approved: float | None) -> str:
    """Whether it stands with any of the ways it is reckoned; a difference from all of them is said."""
    known = [way for way in reckoned if way.pence is not None]
    if not known:
        return ""
    near = DIFFERS_FROM * (approved or pence)
    offs = {way.way: pence - (way.pence or 0) for way in known}
    agrees = [way for way, off in offs.items() if abs(off) <= near]
    if agrees:
        return f"It agrees, within {percent(DIFFERS_FROM, 1)} of the budget, with: {'; '.join(map(_lower, agrees))}."
    said = "; ".join(
        f"{_pounds(abs(off))} {'more' if off > 0 else 'less'} than {_lower(way)}" for way, off in offs.items()
    )
    which = {1: "the one", 2: "both"}.get(len(known), f"all {len(known)}")
    return f"It differs from {which} reckoned here: {said}."


def _lower(way: str) -> str:
    return way[0].lower() + way[1:]


def _pounds(pence: float) -> str:
    return whole_pounds(round(pence))
