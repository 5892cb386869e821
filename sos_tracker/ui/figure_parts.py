"""What a figure is made of, in words: each of its parts with a name, for the fold under the card."""

from collections.abc import Mapping
from datetime import date
from html import escape
from typing import Any

from sos_tracker.records.figures import Figure, Unit
from sos_tracker.records.labels import score
from sos_tracker.records.money import percent, pounds
from sos_tracker.records.periods import month_name

# a part without a name here is shown by its own: tests/pages/test_expected_numbers.py asks for one for each
NAMES: Mapping[str, str] = {
    "named": "Named in registers",
    "headcount": "Counted by partner agencies, no names given",
    "by_month": "First trained, by month, of those named",
    "by_agency": "Named, by agency",
    "headcount_by_agency": "Counted without names, by agency",
    "register_rows": "Rows of the register",
    "repeated_rows": "Rows that repeat the same person and session",
    "bookings": "Bookings, each person once a session",
    "sessions": "Sessions",
    "delivered": "Sessions delivered",
    "cancelled": "Sessions cancelled",
    "planned": "Sessions planned",
    "leavers": "Trained, and not on the staff list now",
    "worst_team": "Lowest team of five or more",
    "best_team": "Highest team of five or more",
    "no_shows": "Did not come",
    "cancellations": "Cancelled",
    "walk_ins": "Came without booking",
    "no_shows_of_booked": "Did not come, of the places booked",
    "cancellations_of_booked": "Cancelled, of the places booked",
    "untrained": "Have a lead who is not yet trained",
    "untrained_list": "Lead not yet trained",
    "vacant": "Have no lead",
    "vacant_list": "No lead",
    "by_financial_year": "By financial year",
    "by_line": "By budget line",
    "by_kind": "Paid, owed and credited",
    "actual": "Paid",
    "commitments": "Promised and not yet paid",
    "planned_to_come": "Planned for the months to come",
    "money_left_pence": "Money left, neither spent nor promised",
    "cost_per_person_pence": "Spent for each person trained",
    "trained": "People trained",
    "still_to_train": "People still to train",
    "more_money_needed_pence": "More money needed to train them all",
    "people_run_out": "Month the last of them would be trained, at the rate of late",
    "money_runs_out": "Month the money would run out, at the rate of late",
    "due": "Due",
    "total": "In the plan",
    "achieved": "Achieved",
    "overdue_list": "Overdue",
    "slipped_over_30_days": "More than 30 days late",
    "median_days": "The middle slip of all, in days",
    "by_milestone": "Days late, by milestone",
    "people": "People who gave a score",
    "units": "Teams and agencies rated",
    "lower": "A quarter of the scores are no higher than",
    "upper": "A quarter of the scores are no lower than",
    "lowest": "The lowest score",
    "highest": "The highest score",
    "worst": "The lowest middle score, of teams where five people or more gave one",
    "best": "The highest middle score, of teams where five people or more gave one",
    "by_respondents": "The middle score, by who gave it",
    "by_round": "The middle score, by round",
    "audits": "Audits counted, one a team",
    "grades": "Quality found, by number of audits",
    "audits_by_team": "Files showing use, by team",
    "by_stage": "By how far they have come",
    "late_list": "Past the date due and not live",
    "forecast_passed": "Not achieved, and past the forecast date",
}


def made_of(figure: Figure) -> str:
    """A list of the figure's parts; "" where it has none to show."""
    listed = "".join(
        f"<li>{escape(NAMES.get(name, name.replace('_', ' ')))}: {escape(words)}</li>"
        for name, part in figure.parts.items()
        if (words := _words(part, Unit.PENCE if name.endswith("_pence") else figure.unit))
    )
    return f"<p><strong>What it is made of.</strong></p><ul>{listed}</ul>" if listed else ""


def _words(part: Any, unit: Unit) -> str:
    """A part as text; "" for nothing."""
    if isinstance(part, Mapping):
        if "team" in part:
            return (
                f"{part['team']}, {part['trained']:,} of {part['staff']:,} ({percent(part['trained'], part['staff'])})"
            )
        return "; ".join(f"{_key(str(key))} {_words(value, unit)}" for key, value in part.items())
    if isinstance(part, list):
        return "; ".join(str(each) for each in part)
    if part is None:
        return ""
    if isinstance(part, str):
        return _key(part)
    if unit is Unit.SCORE and isinstance(part, float):
        return score(part)
    return pounds(int(part)) if unit is Unit.PENCE else f"{part:,}"


def _key(key: str) -> str:
    """``2017-11`` is a month."""
    year, _, month = key.partition("-")
    if len(key) == len("2017-11") and year.isdigit() and month.isdigit():
        return month_name(date(int(year), int(month), 1))
    return key
