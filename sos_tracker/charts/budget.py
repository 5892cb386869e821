"""Budget in charts: spending to date against its profile, and each line against what was approved."""

from datetime import date
from typing import Any

import pandas as pd

from sos_tracker.charts.chart import Chart, Column, Kind, Point, Role, Row, Scale, Series, Table, numeric
from sos_tracker.charts.sentences import against_target, alternative, as_at, in_words, known, on_day, share
from sos_tracker.charts.trajectory import Measured, Wording, rows, trajectory
from sos_tracker.records.figures import Figure
from sos_tracker.records.labels import NO_COST_CODE
from sos_tracker.records.money import whole_pounds


def spend_against_profile(figure: Figure, spending: pd.DataFrame) -> Chart:
    """Spend to date (B1), cumulative, against the budget's profile.

    ``spending`` [month, as_of, actual_pence, cumulative_actual_pence, cumulative_profile_pence, part_month]; rows
    after the as-at date, whose actual is missing, are drawn as profile alone.
    """
    measured, profile = [], []
    for month, on, actual, total, planned, part in rows(
        spending, "month", "as_of", "actual_pence", "cumulative_actual_pence", "cumulative_profile_pence", "part_month"
    ):
        reckoned, first = on_day(on), on_day(month)
        if reckoned is None or first is None:
            continue
        spent = known(actual)
        cells = ("no data" if spent is None else _pounds(spent),)
        measured.append(Measured(reckoned, known(total), bool(part), cells, f"{first:%Y-%m}"))
        profile.append((reckoned, known(planned)))
    wording = Wording(
        key="spend-against-profile",
        title=_title(figure),
        subtitle="Spending, running total by month, against the budget's profile",
        actual="Spent, running total",
        target="Profile",
        unit="spent",
        final="Approved budget",
        nothing=f"No spending has been recorded, {as_at(figure.as_at)}.",
        further=("Spent in the month",),
    )
    line = pd.DataFrame(profile, columns=["as_of", "target"])
    return trajectory(figure, wording, measured, line, Scale.PENCE, _pounds)


def spend_by_line(lines: pd.DataFrame, on: date) -> Chart:
    """Each budget line: spent, committed, profile to date and approved, in the frame's order.

    ``lines`` [code, title, approved_pence, profile_pence, actual_pence, variance_pence, commitment_pence, spent_rate];
    positive variance is overspend against the profile. Codes without an approved budget are drawn too.
    """
    found = lines.to_dict("records")
    spent, approved = (sum(int(row[column]) for row in found) for column in ("actual_pence", "approved_pence"))
    nothing = "" if found else f"No budget lines have been recorded, {as_at(on)}."
    over = [row for row in found if row["actual_pence"] > row["profile_pence"]]
    columns = (
        ("Spent", Role.ACTUAL, "actual_pence", 0),
        ("Committed", Role.PART, "commitment_pence", 1),
        ("Profile to date", Role.TARGET, "profile_pence", 0),
        ("Approved budget", Role.WHOLE, "approved_pence", 0),
    )
    series = tuple(
        Series(name, role, tuple(_point(row, name, column) for row in found), slot)
        for name, role, column, slot in columns
    )
    return Chart(
        key="spend-by-line",
        title=_by_line_title(spent, approved, len(over), len(found)),
        subtitle=f"Pounds spent and committed by budget line, against profile and approved budget, {as_at(on)}",
        kind=Kind.BARS,
        scale=Scale.PENCE,
        alt=alternative(
            nothing or f"Bar chart by budget line: {_spent_of(spent, approved)} in all, {as_at(on)}.",
            *(f"{str(row['title'])[:60]}: {_spent_of(row['actual_pence'], row['approved_pence'])}." for row in found),
        ),
        table=Table(
            f"Spending by budget line, {as_at(on)}. A minus sign is underspend or income",
            (Column("Budget line"), Column("Code"), numeric("Approved budget"), numeric("Profile to date"),
             numeric("Spent to date"), numeric("Variance to profile"), numeric("Committed"),
             numeric("Spent, of approved")),
            tuple(_cells(row) for row in found),
        ),
        as_at=on,
        series=series if found else (),
        rows=tuple(
            Row(_key(row), _name(row), _spent_of(row["actual_pence"], row["approved_pence"])) for row in found
        ),
        nothing=nothing,
    )  # fmt: skip


def _title(figure: Figure) -> str:
    """``£41,951 spent, £25,970 below the profile to date``."""
    if figure.value is None:
        return figure.sentence
    against = against_target(figure, _pounds, ahead="above", behind="below")
    return f"{_pounds(figure.value)} spent, {against.replace('target to date', 'profile to date')}"


def _by_line_title(spent: int, approved: int, over: int, lines: int) -> str:
    if not lines:
        return "No budget has been recorded yet"
    above = "no line is" if not over else f"{over} of {lines} lines {'is' if over == 1 else 'are'}"
    return f"{_spent_of(spent, approved)}; {above} above the profile to date"


def _cells(row: dict[Any, Any]) -> tuple[str, ...]:
    money = ("approved_pence", "profile_pence", "actual_pence", "variance_pence", "commitment_pence")
    amounts = (in_words(known(row[column]), _pounds, "no profile") for column in money)
    return (_name(row), str(row["code"]), *amounts, _spent_rate(row))


def _spent_rate(row: dict[Any, Any]) -> str:
    return share(row["actual_pence"], row["approved_pence"]) if row["approved_pence"] else "no budget"


def _spent_of(spent: float, approved: float) -> str:
    if not approved:
        return f"{_pounds(spent)} spent, no budget"
    return f"{_pounds(spent)} of {_pounds(approved)} spent ({share(spent, approved)})"


def _point(row: dict[Any, Any], name: str, column: str) -> Point:
    value = known(row[column])
    words = in_words(value, _pounds, "not set")
    return Point(_key(row), value, hover=f"{_name(row)}: {name.lower()} {words}", id=_key(row))


def _key(row: dict[Any, Any]) -> str:
    return str(row["code"])


def _name(row: dict[Any, Any]) -> str:
    """Its title; a code of the ledger that has no approved budget is told apart by the code."""
    title, code = str(row["title"]), str(row["code"])
    return title if row["approved_pence"] and title else f"{title}: {code or NO_COST_CODE}".removeprefix(": ")


def _pounds(pence: float) -> str:
    return whole_pounds(round(pence))
