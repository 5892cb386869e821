"""Training in charts: people trained against target, by agency, what became of places, and coverage of teams."""

from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd

from sos_tracker.charts.chart import Chart, Column, Kind, Point, Reference, Role, Row, Scale, Series, Table, numeric
from sos_tracker.charts.sentences import against_target, alternative, as_at, count, known, on_day, share
from sos_tracker.charts.trajectory import Measured, Wording, rows, trajectory
from sos_tracker.records.figures import Figure
from sos_tracker.records.labels import LEVEL, OUTCOME
from sos_tracker.records.money import percent
from sos_tracker.records.periods import months
from sos_tracker.records.training import CourseLevel, Outcome


def trained_against_target(
    figure: Figure, series: pd.DataFrame, target_line: pd.DataFrame, original: pd.DataFrame | None = None
) -> Chart:
    """People trained (T1), cumulative, against the stepped target.

    ``series`` [month, as_of, trained, part_month, and named and headcount unless they are withheld]: a row a month,
    counts cumulative to ``as_of``. ``target_line`` [as_of, target]: people; ``original`` the same as first approved.
    """
    further = {name: words for name, words in _COUNTED_BY.items() if name in series}
    measured = []
    for month, on, trained, part, *others in rows(series, "month", "as_of", "trained", "part_month", *further):
        reckoned, first = on_day(on), on_day(month)
        if reckoned is not None and first is not None:
            cells = tuple("no data" if known(value) is None else count(value) for value in others)
            measured.append(Measured(reckoned, known(trained), bool(part), cells, id=f"{first:%Y-%m}"))
    wording = Wording(
        key="trained-against-target",
        title=_trained_title(figure),
        subtitle="People trained, running total by month, against the strategy's target",
        actual="People trained",
        target="Target",
        unit="people trained",
        nothing=_NOTHING_TO_DRAW.format(as_at(figure.as_at))
        if figure.withheld
        else f"Nobody has been trained yet, {as_at(figure.as_at)}. The line starts with the first course attended.",
        further=tuple(further.values()),
    )
    chart = trajectory(figure, wording, measured, target_line, Scale.COUNT, count, original)
    return replace(chart, notice=_LEFT_OUT) if _months_are_missing(measured) else chart


_COUNTED_BY = {"named": "Named in registers", "headcount": "Partner headcounts"}
_NOTHING_TO_DRAW = "There is no line to draw, {}: so few people have been trained that they could be recognised."
_LEFT_OUT = (
    "Some months are left out, because fewer than 5 people were trained between them and the next. The line joins the "
    "months on either side."
)


def _trained_title(figure: Figure) -> str:
    if figure.withheld:
        return f"{figure.title}: {figure.withheld}"
    if not figure.value:
        return "Nobody has been trained yet"
    return f"{count(figure.value)} people trained, {against_target(figure, count)}"


def _months_are_missing(measured: list[Measured]) -> bool:
    """Whether the line leaps over a month; measures give every month unless they withhold one."""
    return bool(measured) and len(months(measured[0].on, measured[-1].on)) > len(measured)


def trained_by_agency(people: pd.DataFrame, on: date) -> Chart:
    """Where the people trained come from. ``people`` [agency, named, headcount, people], drawn in its order."""
    found = list(rows(people, "agency", "named", "headcount", "people"))
    total = sum(int(each) for *_, each in found)
    most = max(found, key=lambda row: int(row[3]), default=None)
    nothing = "" if total else f"Nobody from any agency has been trained yet, {as_at(on)}."
    title = (
        f"{count(most[3])} of the {count(total)} people trained come from {_short(most[0])}"
        if most and total
        else "Nobody has been trained yet"
    )
    series = (
        Series(
            "Named in registers", Role.ACTUAL, tuple(_point(a, n, f"{a}: {count(n)} named") for a, n, _, _ in found)
        ),
        Series(
            "Partner headcounts, no names given",
            Role.PART,
            tuple(_point(a, h, f"{a}: {count(h)} by headcount") for a, _, h, _ in found),
            slot=1,
        ),
    )
    return Chart(
        key="trained-by-agency",
        title=title,
        subtitle=f"People trained, by the agency they came from, {as_at(on)}",
        kind=Kind.BARS,
        scale=Scale.COUNT,
        alt=alternative(
            nothing or f"Bar chart of the {count(total)} people trained by agency, {as_at(on)}.",
            *(f"{_short(agency)}: {count(each)}." for agency, _, _, each in found),
        ),
        table=Table(
            f"People trained by agency, {as_at(on)}",
            (Column("Agency"), numeric("Named in registers"), numeric("Partner headcounts"),
             numeric("People trained")),
            tuple((str(agency), *(count(value) for value in values)) for agency, *values in found),
        ),
        as_at=on,
        series=() if nothing else series,
        rows=tuple(Row(str(agency), str(agency), count(each)) for agency, _, _, each in found),
        nothing=nothing,
    )  # fmt: skip


_OUTCOMES = (
    ("came", OUTCOME[Outcome.ATTENDED]),
    ("no_shows", OUTCOME[Outcome.NO_SHOW]),
    ("cancelled", OUTCOME[Outcome.CANCELLED]),
)


def outcomes_by_level(outcomes: pd.DataFrame, on: date) -> Chart:
    """What became of booked places, by level of course.

    ``outcomes`` [level, booked, came, no_shows, cancelled, walk_ins, rate]: places on delivered sessions. Walk-ins are
    no part of the places booked: they are named and not stacked.
    """
    found = [row for row in outcomes.to_dict("records") if row["booked"] or row["walk_ins"]]
    booked, came = (sum(int(row[column]) for row in found) for column in ("booked", "came"))
    nothing = "" if found else f"No places have been booked on courses held so far, {as_at(on)}."
    title = (
        f"{count(came)} of {count(booked)} booked places were taken up ({share(came, booked)})"
        if booked
        else "No places booked yet"
    )
    series = tuple(
        Series(
            name,
            Role.ACTUAL if column == "came" else Role.PART,
            tuple(
                _point(row["level"], row[column], f"{_level(row['level'])}: {count(row[column])}, {name.lower()}")
                for row in found
            ),
            slot=slot,
        )
        for slot, (column, name) in enumerate(_OUTCOMES)
    )
    return Chart(
        key="outcomes-by-level",
        title=title,
        subtitle=f"Places booked on courses held, by what became of them, {as_at(on)}",
        kind=Kind.BARS,
        scale=Scale.COUNT,
        alt=alternative(
            nothing or f"Bar chart: {count(came)} of {count(booked)} booked places were taken up, {as_at(on)}.",
            *(f"{_level(row['level'])}: {_came_of(row)}." for row in found),
        ),
        table=Table(
            f"Places booked by level of course, {as_at(on)}",
            (Column("Level"), numeric("Booked"), *(numeric(name) for _, name in _OUTCOMES),
             numeric("Booked and came, of all booked"), numeric("Walk-ins")),
            tuple(
                (_level(row["level"]), count(row["booked"]), *(count(row[column]) for column, _ in _OUTCOMES),
                 share(row["came"], row["booked"]), count(row["walk_ins"]))
                for row in found
            ),
        ),
        as_at=on,
        series=series,
        rows=tuple(Row(str(row["level"]), _level(row["level"]), _came_of(row)) for row in found),
        note="Walk-ins came without a booking, so they are left out of the bars." if found else "",
        nothing=nothing,
    )  # fmt: skip


def coverage_by_team(teams: pd.DataFrame, figure: Figure) -> Chart:
    """Staff in scope, in post and trained (T3), a bar a team, lowest share first.

    ``teams`` [agency, team, staff, trained, rate]: rate 0-1, missing where a team has no staff in scope.
    """
    found = sorted(
        ((known(rate), str(agency), str(team or "No team given"), int(trained), int(staff))
         for agency, team, staff, trained, rate in rows(teams, "agency", "team", "staff", "trained", "rate") if staff),
        key=lambda row: (row[0] is None, row[0] or 0.0, row[1], row[2]),
    )  # fmt: skip
    nothing = "" if found else f"No staff list with staff in scope has been recorded, {as_at(figure.as_at)}."
    title = figure.sentence if nothing or figure.value is None else _coverage_title(figure)
    points = tuple(
        Point(f"{agency} / {team}", rate, hover=f"{team}, {agency}: {_of(trained, staff)}", id=f"{agency} / {team}")
        for rate, agency, team, trained, staff in found
    )
    worst = "; ".join(f"{_short(team)} {_of(trained, staff)}" for _, _, team, trained, staff in found[:3])
    return Chart(
        key="coverage-by-team",
        title=title,
        subtitle=f"Staff in scope and in post who are trained, by team, lowest first, {as_at(figure.as_at)}",
        kind=Kind.BARS,
        scale=Scale.SHARE,
        alt=alternative(
            nothing or f"Bar chart by team, {as_at(figure.as_at)}: {title}.", f"Lowest: {worst}." if worst else ""
        ),
        table=Table(
            f"Staff in scope, in post and trained, by team, {as_at(figure.as_at)}",
            (Column("Team"), Column("Agency"), numeric("Trained"), numeric("In scope and in post"),
             numeric("Share")),
            tuple((team, agency, count(trained), count(staff), share(trained, staff))
                  for _, agency, team, trained, staff in found),
        ),
        as_at=figure.as_at,
        series=(Series("Staff trained", Role.ACTUAL, points),) if found else (),
        rows=tuple(
            Row(f"{agency} / {team}", team if team == agency else f"{team}, {agency}", _of(trained, staff))
            for _, agency, team, trained, staff in found
        ),
        reference=_overall(figure) if found else None,
        nothing=nothing,
    )  # fmt: skip


def _coverage_title(figure: Figure) -> str:
    """The share of all, and how far apart the figure's own worst and best team are."""
    whole = figure.denominator or 0
    title = (
        f"{count(figure.value or 0)} of {count(whole)} staff in scope are trained ({share(figure.value or 0, whole)})"
    )
    worst, best = figure.parts.get("worst_team"), figure.parts.get("best_team")
    if worst and best and worst != best:
        ends = (share(team["trained"], team["staff"]) for team in (worst, best))
        title += f"; teams range from {' to '.join(ends)}"
    return title


def _overall(figure: Figure) -> Reference | None:
    if figure.rate is None:
        return None
    return Reference(figure.rate, f"All teams {percent(figure.value or 0, figure.denominator or 1)}")


def _point(key: object, value: object, hover: str) -> Point:
    return Point(str(key), known(value), hover=hover, id=str(key))


def _of(part: int, whole: int) -> str:
    return f"{count(part)} of {count(whole)} ({share(part, whole)})"


def _came_of(row: dict[Any, Any]) -> str:
    came, booked, walk_ins = (int(str(row[name])) for name in ("came", "booked", "walk_ins"))
    words = f"{_of(came, booked)} came" if booked else "no places booked"
    return words + (f" + {count(walk_ins)} walk-in{'s' if walk_ins > 1 else ''}" if walk_ins else "")


def _level(level: str) -> str:
    """The level in the words people read; a level the language does not know stays as it is."""
    return LEVEL[CourseLevel(level)] if level in set(CourseLevel) else str(level)


def _short(name: object) -> str:
    """A name as titles and text alternatives can bear it."""
    words = str(name)
    return words if len(words) <= 60 else words[:59].rstrip() + "…"
