"""Practice leads in charts: coverage of teams and partner agencies now, by agency and over time."""

from dataclasses import replace

import pandas as pd

from sos_tracker.charts.chart import Chart, Column, Kind, Point, Reference, Role, Row, Scale, Series, Table, numeric
from sos_tracker.charts.sentences import against_target, alternative, as_at, count, known, on_day, share
from sos_tracker.charts.trajectory import Measured, Wording, rows, trajectory
from sos_tracker.records.figures import Figure
from sos_tracker.records.money import percent

_COVERED = "with an active, trained practice lead"


def leads_by_agency(agencies: pd.DataFrame, figure: Figure) -> Chart:
    """Coverage (L1) by agency, lowest share first. ``agencies`` [agency, covered, teams, rate]; rate 0-1."""
    found = sorted(
        ((known(rate), str(agency), int(covered), int(teams))
         for agency, covered, teams, rate in rows(agencies, "agency", "covered", "teams", "rate") if teams),
        key=lambda row: (row[0] is None, row[0] or 0.0, row[1]),
    )  # fmt: skip
    nothing = "" if found else f"No practice-lead posts have been recorded, {as_at(figure.as_at)}."
    none = [agency for _, agency, covered, _ in found if not covered]
    points = tuple(
        Point(agency, rate, hover=f"{agency}: {_of(covered, teams)} {_COVERED}", id=agency)
        for rate, agency, covered, teams in found
    )
    return Chart(
        key="leads-by-agency",
        title=_by_agency_title(figure, none, len(found)),
        subtitle=f"Teams and partner agencies {_COVERED}, by agency, lowest first, {as_at(figure.as_at)}",
        kind=Kind.BARS,
        scale=Scale.SHARE,
        alt=alternative(
            nothing or f"Bar chart: {_now(figure)}, {as_at(figure.as_at)}.",
            *(f"{agency}: {_of(covered, teams)}." for _, agency, covered, teams in found),
        ),
        table=Table(
            f"Teams and partner agencies {_COVERED}, {as_at(figure.as_at)}",
            (Column("Agency"), numeric("With a lead"), numeric("Teams in scope"), numeric("Share")),
            tuple((agency, count(covered), count(teams), share(covered, teams)) for _, agency, covered, teams in found),
        ),
        as_at=figure.as_at,
        series=(Series("Teams with a lead", Role.ACTUAL, points),) if found else (),
        rows=tuple(Row(agency, agency, _of(covered, teams)) for _, agency, covered, teams in found),
        reference=_overall(figure) if found else None,
        nothing=nothing,
    )


def leads_over_time(months: pd.DataFrame, target_line: pd.DataFrame, figure: Figure) -> Chart:
    """Coverage (L1) at the end of each month.

    ``months`` [as_of, covered, teams, rate]; ``target_line`` [as_of, target], a share 0-1.
    """
    measured = []
    for on, covered, teams, rate in rows(months, "as_of", "covered", "teams", "rate"):
        reckoned = on_day(on)
        if reckoned is not None:
            part = reckoned == figure.as_at and (reckoned + pd.Timedelta(days=1)).month == reckoned.month
            measured.append(Measured(reckoned, known(rate), part, (count(covered), count(teams)), f"{reckoned:%Y-%m}"))
    wording = Wording(
        key="leads-over-time",
        title=f"{_now(figure)}, {against_target(figure, count)}" if figure.value is not None else figure.sentence,
        subtitle=f"Share of teams and partner agencies {_COVERED}, by month",
        actual="Share with a lead",
        target="Target",
        unit="of teams have a lead",
        nothing=f"No practice-lead posts have been recorded, {as_at(figure.as_at)}.",
        further=("With a lead", "Teams in scope"),
    )
    return trajectory(_as_share(figure), wording, measured, target_line, Scale.SHARE, lambda rate: percent(rate, 1))


def _as_share(figure: Figure) -> Figure:
    """The figure with its targets as shares of all teams, where the strategy set them as a number of teams."""
    teams = figure.denominator
    if figure.target_is_rate or not teams:
        return figure
    to_date, final = (None if target is None else target / teams
                      for target in (figure.target_to_date, figure.target_final))  # fmt: skip
    return replace(figure, target_to_date=to_date, target_final=final, target_is_rate=True)


def _now(figure: Figure) -> str:
    """``14 of 20 teams and agencies have a trained practice lead``."""
    covered, teams = count(figure.value or 0), count(figure.denominator or 0)
    return f"{covered} of {teams} teams and agencies have a trained practice lead"


def _by_agency_title(figure: Figure, none: list[str], agencies: int) -> str:
    if figure.value is None or not agencies:
        return figure.sentence
    if not none:
        return f"{_now(figure)}; every agency has at least one"
    return f"{_now(figure)}; {len(none)} of {agencies} agencies {'has' if len(none) == 1 else 'have'} none"


def _overall(figure: Figure) -> Reference | None:
    if figure.rate is None:
        return None
    return Reference(figure.rate, f"All teams {percent(figure.value or 0, figure.denominator or 1)}")


def _of(part: int, whole: int) -> str:
    return f"{count(part)} of {count(whole)} ({share(part, whole)})"
