"""The worst and the best unit beside every average: a total that is well may hide one that is not."""

from collections.abc import Sequence
from datetime import date
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from sos_tracker.measures import budget, milestones, practice_leads, training_series
from sos_tracker.measures.frames import ProgrammeFrames
from sos_tracker.records.figures import Figure, Unit
from sos_tracker.records.labels import amount, count_of, level_name, score
from sos_tracker.records.money import percent, whole_pounds
from sos_tracker.ui import cached
from sos_tracker.ui.view import View


def training(view: View) -> None:
    """The teams with the fewest and the most of their staff trained; the courses people came to least and most."""
    _teams(view.figures["T3"])
    _shares("Booked and came", cached.measured(view.cut, _by_level), ("level",), "came", "booked")


def _teams(figure: Figure) -> None:
    """The figure's own worst and best team: those too small to be compared, or named, are not among them."""
    worst, best = figure.parts.get("worst_team"), figure.parts.get("best_team")
    if not worst or not best or worst == best or not figure.denominator:
        return
    _facts(
        "Staff trained: lowest, highest and all together",
        [
            *((label, f"{team['team']}: {_share(team['trained'], team['staff'])}")
              for label, team in (("Lowest team of five or more", worst), ("Highest", best))),
            ("All together", _share(figure.value or 0, figure.denominator)),
        ],
    )  # fmt: skip


def _by_level(frames: ProgrammeFrames, _on: date) -> pd.DataFrame:
    return training_series.outcomes_by_level(frames.training)


def leads(view: View) -> None:
    """The agencies with the smallest and the largest share of teams that have a trained lead."""
    _shares("Teams with a trained lead", cached.measured(view.cut, _by_agency), ("agency",), "covered", "teams")


def _by_agency(frames: ProgrammeFrames, on: date) -> pd.DataFrame:
    return practice_leads.coverage_by_agency(frames.posts, on)


def spending(view: View) -> None:
    """The lines furthest under and over their profile, beside the whole budget."""
    lines = cached.measured(view.cut, _by_line)
    if len(lines) < 2:
        return
    ordered = lines.sort_values("variance_pence")
    total = lines["variance_pence"].sum()
    _facts(
        "Against the profile to date: lowest, highest and all together",
        [
            ("Lowest against its profile", _variance(ordered.iloc[0])),
            ("Highest against its profile", _variance(ordered.iloc[-1])),
            ("All lines together", _over_or_under(float(total))),
        ],
    )


def _by_line(frames: ProgrammeFrames, on: date) -> pd.DataFrame:
    return budget.spend_by_line(frames.budget, on).dropna(subset="variance_pence")


def _slips(frames: ProgrammeFrames, on: date) -> pd.DataFrame:
    return milestones.milestone_states(frames.milestones, on).dropna(subset="slip_days")


def _variance(line: "pd.Series[Any]") -> str:
    return f"{line['title']} ({line['code']}): {_over_or_under(float(line['variance_pence']))}"


def _over_or_under(pence: float) -> str:
    return "on the profile" if not pence else f"{whole_pounds(round(abs(pence)))} {'over' if pence > 0 else 'under'}"


def slips(view: View) -> None:
    """The milestone that has moved most, the one that has moved least, and the median."""
    states = cached.measured(view.cut, _slips)
    figure = view.figures["M3"]
    if len(states) < 2 or figure.value is None:
        return
    ordered = states.sort_values("slip_days")
    _facts(
        "Against the dates first agreed: most late, least late and the middle one",
        [
            ("Most late", _slip(ordered.iloc[-1])),
            ("Least late", _slip(ordered.iloc[0])),
            ("The middle one of all", _days(figure.parts["median_days"])),
        ],
    )


def _slip(milestone: "pd.Series[Any]") -> str:
    return f"{milestone['title']}: {_days(milestone['slip_days'])}"


def _days(days: float) -> str:
    if not days:
        return "on its date"
    return f"{count_of(abs(days), Unit.DAYS)} {'late' if days > 0 else 'early'}"


def scale(view: View) -> None:
    """Where the scores of the newest round lie: never only their middle."""
    figure = view.figures["E1"]
    if figure.value is None or figure.parts["people"] < 2:
        return
    lowest, lower, upper, highest = (score(figure.parts[name]) for name in _SCORES)
    _facts(
        "Scores in the newest round: lowest, highest and the middle",
        [
            ("Lowest and highest score", f"{lowest} and {highest}"),
            ("The middle half of the scores", f"{lower} to {upper}"),
            ("The middle score of all", amount(figure.value, figure.unit)),
            *((label, "; ".join(f"{name}: {score(median)}" for name, median in figure.parts[which].items()))
              for label, which in (("Lowest team of five or more", "worst"), ("Highest", "best"))
              if figure.parts[which]),
        ],
    )  # fmt: skip


_SCORES = ("lowest", "lower", "upper", "highest")


def _facts(heading: str, facts: Sequence[tuple[str, str]]) -> None:
    listed = "".join(f"<div><dt>{escape(name)}</dt><dd>{escape(words)}</dd></div>" for name, words in facts)
    st.html(f'<h2>{escape(heading)}</h2><dl class="sos-spread">{listed}</dl>')


def _shares(what: str, units: pd.DataFrame, name: Sequence[str], part: str, whole: str) -> None:
    """The worst and the best unit beside the average. ``units`` is a measure's frame, a unit a row.

    ``name`` the columns that name a unit, ``part`` and ``whole`` the columns its share is of.
    """
    known = units[units[whole] > 0]
    known = known.iloc[(known[part] / known[whole]).argsort(kind="stable")]
    if len(known) < 2:
        return
    _facts(
        f"{what}: lowest, highest and all together",
        [
            *((label, f"{_unit_name(known.iloc[at], name)}: {_share(known.iloc[at][part], known.iloc[at][whole])}")
              for label, at in (("Lowest", 0), ("Highest", -1))),
            ("All together", _share(known[part].sum(), known[whole].sum())),
        ],
    )  # fmt: skip


def _unit_name(row: "pd.Series[Any]", name: Sequence[str]) -> str:
    said = (level_name(str(row[column])) if column == "level" else str(row[column]) for column in reversed(name))
    return ", ".join(dict.fromkeys(word for word in said if word))


def _share(part: float, whole: float) -> str:
    return f"{part:,.0f} of {whole:,.0f} ({percent(float(part), float(whole))})"
