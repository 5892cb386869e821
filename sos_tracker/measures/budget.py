"""Budget: what is spent, committed and forecast, against what was approved and planned. All money is pence."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

import numpy as np
import pandas as pd

from sos_tracker.measures.frames import BudgetFrames, Columns, ProgrammeFrames, frame
from sos_tracker.measures.months import month_axis, monthly
from sos_tracker.measures.published import NO_GOAL, NOTHING_YET, Goal, left_out, publish, strategy_goal, unknown
from sos_tracker.measures.rating import Wording
from sos_tracker.measures.totals import Rows, total, totals
from sos_tracker.records.budget import SPENT, EntryKind
from sos_tracker.records.figures import Confidence, Figure, LeftOut, Note, Working
from sos_tracker.records.labels import ENTRY_KIND, NO_COST_CODE
from sos_tracker.records.money import percent, whole_pounds
from sos_tracker.records.periods import day, financial_year, month_end, month_of

NOT_IN_BOOK = "Not in the budget book"

SPEND_BY_MONTH: Columns = {
    # a row: one month; the profile to date counts whole months and is NaN where no profile was approved
    "month": "datetime64[us]", "as_of": "datetime64[us]", "actual_pence": "int64", "cumulative_actual_pence": "int64",
    "cumulative_profile_pence": "float64", "part_month": "bool",
}  # fmt: skip
SPEND_BY_LINE: Columns = {
    # a row: one budget line, approved after virements; actual is all that is spent, accruals and credits included.
    # Positive variance is overspend against the profile to date. Profile and variance are NaN for a line of the book
    # without a profile; spent_rate (actual / approved) is NaN where nothing was approved
    "code": "object", "title": "object", "approved_pence": "int64", "profile_pence": "float64",
    "actual_pence": "int64", "variance_pence": "float64", "commitment_pence": "int64", "spent_rate": "float64",
}  # fmt: skip

_NO_PLAN = "No month-by-month plan has been imported to hold this against."
_IMPORT_LEDGER = f"{NOTHING_YET}: import the ledger extract."


def spend_to_date(frames: ProgrammeFrames, on: date) -> Figure:
    """B1: spending posted by the day, owed and credited included, of the approved budget, against the profile to the
    end of the month."""
    budget, strategy = frames.budget, _in_pence(strategy_goal(frames, "B1", on), _approved(frames.budget))
    planned = profile_to_date(budget, on)
    goal = Goal(planned, strategy.final, strategy.due_on)
    if budget.spending.empty:
        return unknown(frames, "B1", on, _IMPORT_LEDGER, goal=goal, row="ledger entry")
    by_kind = _by_kind(budget)
    value, approved = _pence(budget, *SPENT), _approved(budget)
    return publish(
        frames, "B1", on,
        value=value,
        denominator=approved,
        says=f"{whole_pounds(value)}{_of_budget(value, approved)} has been spent by {day(on)}",
        against=_against_plan(planned, strategy, on),
        notes=[*_owed_and_credited(by_kind), *([] if planned is not None else [Note(_NO_PLAN)])],
        goal=goal,
        words=Wording(f"{whole_pounds(value)} spent", _pounds, _pounds, expected=f"planned by {day(month_end(on))}"),
        working=_working(budget, *SPENT),
        parts={
            **({"by_kind": by_kind} if by_kind else {}),
            "by_financial_year": _by_financial_year(budget.spent_by_month),
            "by_line": _by_line(budget.spending, _posted(budget, *SPENT)),
        },
    )  # fmt: skip


def commitments(frames: ProgrammeFrames, on: date) -> Figure:
    """B2: money committed and not yet paid, of the approved budget."""
    budget, goal = frames.budget, strategy_goal(frames, "B2", on)
    if budget.spending.empty:
        return unknown(frames, "B2", on, _IMPORT_LEDGER, goal=goal, row="ledger entry")
    orders, spending = _posted(budget, EntryKind.COMMITMENT), budget.spending
    value, approved = _pence(budget, EntryKind.COMMITMENT), _approved(budget)
    return publish(
        frames, "B2", on,
        value=value,
        denominator=approved,
        says=f"{whole_pounds(value)}{_of_budget(value, approved)} has been promised and not yet paid on {day(on)}",
        goal=goal,
        working=_working(budget, EntryKind.COMMITMENT),
        parts={"by_line": _by_line(spending, orders)},
    )  # fmt: skip


def forecast_outturn(frames: ProgrammeFrames, on: date) -> Figure:
    """B3: paid, committed, and the profile of the months after this one, against the approved budget."""
    budget, approved = frames.budget, _approved(frames.budget)
    due_on = strategy_goal(frames, "B1", on).due_on or _last_day(budget)
    goal = Goal(None, approved, due_on)
    if budget.spending.empty:
        return unknown(frames, "B3", on, _IMPORT_LEDGER, goal=goal, row="ledger entry")
    planned = profile_to_date(budget, on)
    if planned is None:
        why = "The final spending cannot be forecast: the budget book gives no spending planned month by month."
        return unknown(frames, "B3", on, why, goal=goal, row="ledger entry")
    actual, committed = spent_and_promised(budget)
    to_come = total(budget.profile["profile_pence"]) - planned
    value = actual + committed + to_come
    working, orders = _working(budget, *SPENT), _working(budget, EntryKind.COMMITMENT)
    return publish(
        frames, "B3", on,
        value=value,
        denominator=approved,
        says=f"{whole_pounds(value)} is likely to be spent in the end",
        against=f", against a budget of {whole_pounds(approved)}" if approved else "",
        notes=[Note(_sum_of(actual, committed, to_come, on))],
        goal=Goal(approved, approved, due_on),
        words=Wording(f"{whole_pounds(value)} forecast", _pounds, _pounds, expected="approved"),
        working=Working(working.counted + orders.counted, "a ledger entry", _later(budget)),
        parts={"actual": actual, "commitments": committed, "planned_to_come": to_come},
        confidence=Confidence.ESTIMATED,
    )  # fmt: skip


def spent_and_promised(budget: BudgetFrames) -> tuple[int, int]:
    """Pence spent by the as-at date, and pence committed and not yet paid."""
    return _pence(budget, *SPENT), _pence(budget, EntryKind.COMMITMENT)


def spending_goal(frames: ProgrammeFrames, on: date) -> Goal:
    """What spending comes to in the end: the strategy's target in pence, or else the approved budget by the last day of
    its profile."""
    approved = _approved(frames.budget)
    goal = _in_pence(strategy_goal(frames, "B1", on), approved)
    return goal if goal.final is not None else Goal(None, approved, _last_day(frames.budget))


class Money(NamedTuple):
    """The approved budget, virements included (None where none was approved), and what became of it by the as-at
    date: spent (owed and credited included), of that by month, and committed. All pence."""

    approved: int | None
    spent: int
    committed: int
    spent_by_month: Mapping[date, int]


def money(budget: BudgetFrames) -> Money:
    return Money(_approved(budget), *spent_and_promised(budget), budget.spent_by_month)


def profile_to_date(budget: BudgetFrames, on: date) -> int | None:
    """Pence planned for the months up to and including the month of that day; None where no profile was approved."""
    if budget.profile.empty:
        return None
    return total(budget.profile["profile_pence"], _by(budget.profile, on))


def spend_by_month(budget: BudgetFrames, on: date) -> pd.DataFrame:
    """Spending of each month without gaps, with actual and profile to date: SPEND_BY_MONTH."""
    spending, profile, posted = budget.spending, budget.profile, _posted(budget, *SPENT)
    axis = month_axis([spending["month"][posted], profile["month"]], on)
    if axis.empty:
        return frame(SPEND_BY_MONTH)
    actual = monthly(spending, "amount_pence", axis, posted)
    planned = monthly(profile, "profile_pence", axis).cumsum() if len(profile) else np.nan
    found = axis.assign(actual_pence=actual, cumulative_actual_pence=actual.cumsum(), cumulative_profile_pence=planned)
    return found[list(SPEND_BY_MONTH)].astype(dict(SPEND_BY_MONTH))


def spend_by_line(budget: BudgetFrames, on: date) -> pd.DataFrame:
    """Each line of the budget book, then any other the ledger names: SPEND_BY_LINE."""
    spending, profile = budget.spending, budget.profile
    actual = totals(spending["line"], spending["amount_pence"], _posted(budget, *SPENT))
    committed = totals(spending["line"], spending["amount_pence"], _posted(budget, EntryKind.COMMITMENT))
    planned = totals(profile["line"], profile["profile_pence"], _by(profile, on))
    profiled, moved = set(profile["line"]), _moved(budget)
    book = [
        (code, title, approved + moved.get(code, 0), float(planned.get(code, 0)) if code in profiled else np.nan)
        for code, title, approved in budget.lines[["code", "title", "approved_pence"]].itertuples(index=False)
    ]
    elsewhere = sorted({*actual, *committed, *moved} - set(budget.lines["code"]))
    rows = []
    for code, title, approved, to_date in [
        *book,
        *((line, NOT_IN_BOOK, moved.get(line, 0), 0.0) for line in elsewhere),
    ]:
        paid = actual.get(code, 0)
        spent_rate = paid / approved if approved else np.nan
        rows.append((code, title, approved, to_date, paid, paid - to_date, committed.get(code, 0), spent_rate))
    return frame(SPEND_BY_LINE, rows)


def _posted(budget: BudgetFrames, *kinds: EntryKind) -> Rows:
    """Which postings are of these kinds and posted on or before the as-at date."""
    first, *others = kinds
    rows = budget.posted[first]
    for kind in others:
        rows = rows | budget.posted[kind]
    return rows


def _pence(budget: BudgetFrames, *kinds: EntryKind) -> int:
    return sum(budget.pence_posted[kind] for kind in kinds)


def _entries(budget: BudgetFrames, *kinds: EntryKind) -> int:
    return sum(budget.entries_posted[kind] for kind in kinds)


def _moved(budget: BudgetFrames) -> dict[str, int]:
    """What virements gave each line, below zero where they took."""
    return totals(budget.spending["line"], budget.spending["amount_pence"], _posted(budget, EntryKind.VIREMENT))


def _by_kind(budget: BudgetFrames) -> dict[str, int]:
    """What is spent, by kind of posting; nothing where all of it is paid."""
    if not _entries(budget, EntryKind.ACCRUAL, EntryKind.CREDIT):
        return {}
    return {ENTRY_KIND[kind]: _pence(budget, kind) for kind in SPENT}


def _owed_and_credited(by_kind: Mapping[str, int]) -> list[Note]:
    owed, credited = (by_kind.get(ENTRY_KIND[kind], 0) for kind in (EntryKind.ACCRUAL, EntryKind.CREDIT))
    said = [f"{whole_pounds(owed)} of it is owed and not yet paid"] if owed else []
    said += [f"{whole_pounds(-credited)} credited back is taken off"] if credited else []
    return [Note(f"{', and '.join(said)}.")] if said else []


def _by(profile: pd.DataFrame, on: date) -> Rows:
    return np.asarray(profile["month"].to_numpy() <= np.datetime64(month_of(on)), dtype=np.bool_)


def _by_line(spending: pd.DataFrame, rows: Rows) -> dict[str, int]:
    found = totals(spending["line"], spending["amount_pence"], rows)
    return {line or NO_COST_CODE: pence for line, pence in found.items()}


def _by_financial_year(by_month: Mapping[date, int]) -> dict[str, int]:
    found: dict[str, int] = {}
    for month, pence in by_month.items():
        year = financial_year(month)
        found[year] = found.get(year, 0) + pence
    return found


def _approved(budget: BudgetFrames) -> int | None:
    """The approved budget, virements included, which come to nothing; None where none was approved."""
    return total(budget.lines["approved_pence"]) + _pence(budget, EntryKind.VIREMENT) or None


def _last_day(budget: BudgetFrames) -> date | None:
    return None if budget.profile.empty else month_end(budget.profile["month"].max().date())


def _in_pence(goal: Goal, approved: int | None) -> Goal:
    """A target set as a share of the budget, in pence; no target where there is no budget to take it of."""
    if not goal.is_rate:
        return goal
    return Goal(final=(goal.final or 0) * approved, due_on=goal.due_on) if approved else NO_GOAL


def _pounds(pence: float) -> str:
    return whole_pounds(int(pence))


def _of_budget(value: int, approved: int | None) -> str:
    return f" of the {whole_pounds(approved)} budget ({percent(value, approved)})" if approved else ""


def _against_plan(planned: int | None, strategy: Goal, on: date) -> str:
    """What the strategy and the profile ask for; the profile counts the whole month, and that is said."""
    said = f", against {whole_pounds(planned)} planned by the end of {on:%B %Y}" if planned is not None else ""
    if strategy.final is None or strategy.due_on is None:
        return said
    return f"{said}. The target is {whole_pounds(int(strategy.final))} by {day(strategy.due_on)}"


_WHY_NOT = {
    SPENT: "entries for money already paid, owed or credited",
    (EntryKind.COMMITMENT,): "entries for money promised, not paid",
    (EntryKind.VIREMENT,): "entries that move budget from one line to another",
}


def _working(budget: BudgetFrames, *counted: EntryKind) -> Working:
    not_counted = [(why, _entries(budget, *kinds)) for kinds, why in _WHY_NOT.items() if kinds != counted]
    return Working(_entries(budget, *counted), "a ledger entry", (*left_out(*not_counted), *_later(budget)))


def _sum_of(actual: int, committed: int, to_come: int, on: date) -> str:
    return (
        f"This adds {whole_pounds(actual)} paid, {whole_pounds(committed)} promised, and {whole_pounds(to_come)} "
        f"planned for the months after {on:%B %Y}."
    )


def _later(budget: BudgetFrames) -> tuple[LeftOut, ...]:
    return left_out(("entries posted after the date shown", budget.entries_posted[None]))
