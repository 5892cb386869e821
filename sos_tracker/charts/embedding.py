"""Whether the practice has taken hold, in charts: the scale by round, team and group, and training beside practice."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from sos_tracker.charts.chart import Chart, Column, Kind, Point, Reference, Role, Row, Scale, Series, Table, numeric
from sos_tracker.charts.sentences import against_target, alternative, as_at, count, known, on_day, share
from sos_tracker.charts.trajectory import Measured, Wording, rows, trajectory
from sos_tracker.measures.practising import NOT_PRACTISING, NOT_RATED
from sos_tracker.records.embedding import TOP_SCORE
from sos_tracker.records.figures import Figure
from sos_tracker.records.labels import listed, score, unit_name
from sos_tracker.records.money import percent
from sos_tracker.records.periods import day, month_name

_SPREAD = ("people", "median", "lower", "upper", "lowest", "highest")
_SPREAD_COLUMNS = tuple(
    numeric(heading)
    for heading in ("People", "Middle score", "Lower quartile", "Upper quartile", "Lowest score", "Highest score")
)
_NO_SCORES = "Nobody has given a score yet, {}. Training alone scores 0 on the method's own scale."


def scale_over_rounds(rounds: pd.DataFrame, target_line: pd.DataFrame, figure: Figure) -> Chart:
    """The median (E1) of each round, with the quartiles as lines of their own.

    ``rounds`` [month, as_of, part_month, units, people, median, lower, upper, lowest, highest]: a row a round;
    ``target_line`` [as_of, target]: scores.
    """
    columns = ("as_of", "part_month", "median", "people", "lower", "upper", "lowest", "highest")
    measured = []
    for on, part, median, people, *spread in rows(rounds, *columns):
        reckoned = on_day(on)
        if reckoned is not None:
            cells = (count(people), *(score(each) for each in spread))
            measured.append(Measured(reckoned, known(median), bool(part), cells, f"{reckoned:%Y-%m}"))
    wording = Wording(
        key="scale-over-rounds",
        title=_rounds_title(figure, measured),
        subtitle="Middle score on the implementation scale of 0 to 10, and the quartiles, by round",
        actual="Middle score",
        target="Target",
        unit="in the middle",
        nothing=_NO_SCORES.format(as_at(figure.as_at)),
        further=("People", "Lower quartile", "Upper quartile", "Lowest score", "Highest score"),
    )
    chart = trajectory(figure, wording, measured, target_line, Scale.SCORE, score)
    quartiles = tuple(_quartile(rounds, name, words, slot) for name, words, slot in _QUARTILES)
    return chart if chart.is_empty else replace(chart, series=(*chart.series, *quartiles))


_QUARTILES = (("upper", "Upper quartile", 1), ("lower", "Lower quartile", 2))


def _quartile(rounds: pd.DataFrame, name: str, words: str, slot: int) -> Series:
    """A quarter of the scores lie beyond it; its name stands beside its last point."""
    found = [(on_day(on), known(value)) for on, value in rows(rounds, "as_of", name)]
    points = tuple(
        Point(on, value, label=words if place == len(found) and len(found) > 1 else "",
              hover=f"{month_name(on)}: {words.lower()} {score(value or 0)}")
        for place, (on, value) in enumerate(found, start=1)
        if on is not None
    )  # fmt: skip
    return Series(words, Role.ACTUAL, points, slot)


def _rounds_title(figure: Figure, measured: list[Measured]) -> str:
    """``The middle score was 6.5 out of 10 in May 2018, up 1 since Jan 2018, and ...``."""
    if figure.value is None or not measured:
        return figure.sentence
    now = f"The middle score was {score(figure.value)} out of {TOP_SCORE} in {measured[-1].on:%B %Y}"
    if len(measured) > 1:
        now += f", {_moved(figure.value - (measured[-2].value or 0))} since {measured[-2].on:%B %Y}"
    return now if figure.target_to_date is None else f"{now}: {against_target(figure, _points)}"


def _moved(by: float) -> str:
    return f"{'up' if by > 0 else 'down'} {score(abs(by))}" if by else "the same as"


def _points(scores: float) -> str:
    return f"{score(scores)} point{'' if score(scores) == '1' else 's'}"


def scale_by_unit(units: pd.DataFrame, figure: Figure) -> Chart:
    """The median of each team or whole agency in the newest round, lowest first.

    ``units`` [agency, team, people, median, lower, upper, lowest, highest].
    """
    named = [(f"{agency} / {team}", unit_name(agency, team)) for agency, team in rows(units, "agency", "team")]
    medians = units["median"].tolist()
    if medians and min(medians) < max(medians):
        title = f"Teams and agencies range from {score(min(medians))} to {score(max(medians))} out of {TOP_SCORE}"
    else:
        title = f"Every team and agency rated has {score(medians[0])} out of {TOP_SCORE}" if medians else ""
    return _scale_bars(units, named, figure, "scale-by-unit", title, "Team or agency", "by team, lowest first")


def scale_by_group(groups: pd.DataFrame, names: Mapping[str, str], figure: Figure, of: str) -> Chart:
    """The median of each group in the newest round, in the frame's order.

    ``groups`` [group, people, median, lower, upper, lowest, highest]; ``names`` what each group is called; ``of`` says
    what the groups are: "staff level" or "who gave the score".
    """
    named = [(str(group), names[group]) for group, in rows(groups, "group")]  # fmt: skip
    given = [(median, name) for median, (group, name) in zip(groups["median"], named, strict=True) if group]
    found = sorted(given)
    if not found or found[0][0] == found[-1][0]:
        title = f"No difference by {of} to be seen"
    else:
        title = f"{found[-1][1]}: {score(found[-1][0])} out of {TOP_SCORE}; {found[0][1].lower()}: {score(found[0][0])}"
    key = f"scale-by-{of.replace(' ', '-')}"
    return _scale_bars(groups, named, figure, key, title, of.capitalize(), f"by {of}")


def _scale_bars(
    spreads: pd.DataFrame, named: list[tuple[str, str]], figure: Figure, key: str, title: str, heading: str, by: str
) -> Chart:
    """A bar a row, as long as its median, with its quartiles and its people in words; the median of all is a line."""
    found = list(zip(named, rows(spreads, *_SPREAD), strict=True))
    nothing = "" if found else _NO_SCORES.format(as_at(figure.as_at))
    points = tuple(
        Point(name, median, hover=f"{words}: {_spread_words(*spread)}", id=name)
        for (name, words), spread in found
        for median in (known(spread[1]),)
    )
    return Chart(
        key=key,
        title=title if found else figure.sentence,
        subtitle=f"Middle score in the newest round, and the middle half of the scores, {by}, {as_at(figure.as_at)}",
        kind=Kind.BARS,
        scale=Scale.SCORE,
        alt=alternative(
            nothing or f"Bar chart of middle scores {by}, {as_at(figure.as_at)}.",
            *(f"{words}: {score(spread[1])} of {count(spread[0])}." for (_, words), spread in found),
        ),
        table=Table(
            f"Scores in the newest round, {by}, {as_at(figure.as_at)}",
            (Column(heading), *_SPREAD_COLUMNS),
            tuple((words, count(spread[0]), *(score(each) for each in spread[1:])) for (_, words), spread in found),
        ),
        as_at=figure.as_at,
        series=(Series("Middle score", Role.ACTUAL, points),) if found else (),
        rows=tuple(Row(name, words, _spread_words(*spread)) for (name, words), spread in found),
        reference=Reference(figure.value, f"All scores {score(figure.value)}") if found and figure.value else None,
        nothing=nothing,
    )


def _spread_words(people: int, median: float, lower: float, upper: float, *_: float) -> str:
    """``6.5 (5 to 8), 12 people``."""
    half = f" ({score(lower)} to {score(upper)})" if lower != upper else ""
    return f"{score(median)}{half}, {count(people)} {'person' if people == 1 else 'people'}"


def trained_and_practising(teams: pd.DataFrame, rate: float | None, figure: Figure) -> Chart:
    """Each team's share of staff trained, and its middle score as a part of the full 10, on one axis.

    ``teams`` [agency, team, staff, trained, rate, people, median, last_rated, state], drawn in its order; ``rate`` is
    the share of all staff trained, 0-1.
    """
    found = list(teams.to_dict("records"))
    both = [row for row in found if known(row["median"]) is not None and known(row["rate"]) is not None]
    behind = [str(row["team"] or row["agency"]) for row in found if row["state"] == NOT_PRACTISING]
    unrated = [row for row in found if row["state"] == NOT_RATED]
    nothing = "" if both else f"No team has both staff in scope and a score, {as_at(figure.as_at)}."
    shown = [row for row in found if known(row["rate"]) is not None] if both else []
    keys = {_key(row): row for row in shown}
    trained = tuple(
        Point(key, known(row["rate"]), hover=f"{_unit(row)}: {_trained(row)}", id=key) for key, row in keys.items()
    )
    scored = tuple(
        Point(key, None if known(row["median"]) is None else row["median"] / TOP_SCORE,
              hover=f"{_unit(row)}: {_scored(row)}", id=key)
        for key, row in keys.items()
    )  # fmt: skip
    against = _against(rate, figure)
    return Chart(
        key="trained-and-practising",
        title=_practising_title(behind, len(both)) if both else "Training and practice cannot be compared yet",
        subtitle=f"Staff trained, and the middle score as a part of the full {TOP_SCORE}, by team. {against}",
        kind=Kind.BARS,
        scale=Scale.SHARE,
        alt=alternative(
            nothing or f"Bar chart by team, {as_at(figure.as_at)}: {_practising_title(behind, len(both))}.",
            *(f"{_unit(row)}: {_trained(row)}, {_scored(row)}." for row in both),
        ),
        table=Table(
            f"Training beside practice, by team, {as_at(figure.as_at)}",
            (Column("Team"), Column("Agency"), numeric("Trained"), numeric("In scope and in post"), numeric("Share"),
             numeric("Middle score"), numeric("People who gave one"), Column("Last rated"), Column("State")),
            tuple(_practising_cells(row) for row in found),
        ),
        as_at=figure.as_at,
        series=(
            Series("Staff trained", Role.ACTUAL, trained),
            Series("Middle score, as a part of 10", Role.TARGET, scored),
        ) if both else (),
        rows=tuple(Row(key, _unit(row), _row_words(row)) for key, row in keys.items()),
        note=_unrated_note(unrated),
        nothing=nothing,
    )  # fmt: skip


def _practising_title(behind: list[str], both: int) -> str:
    if not behind:
        return f"No team of {count(both)} is trained and not practising" if both > 1 else "One team can be compared"
    named = listed([*behind[:3], *([f"{len(behind) - 3} more"] if len(behind) > 3 else [])])
    return f"{count(len(behind))} of {count(both)} teams {_is(len(behind))} trained but not practising: {named}"


def _against(rate: float | None, figure: Figure) -> str:
    """What each team is held against."""
    if rate is None or figure.value is None:
        return ""
    return f"All staff: {percent(rate, 1)} trained; all scores: {score(figure.value)} in the middle"


def _unrated_note(unrated: list[dict[Any, Any]]) -> str:
    if not unrated:
        return ""
    named = [_unit(row) for row in unrated]
    shown = "; ".join([*named[:6], *([f"{len(named) - 6} more, in the table"] if len(named) > 6 else [])])
    return f"Without a score in the newest round: {shown}."


def _practising_cells(row: dict[Any, Any]) -> tuple[str, ...]:
    median, last = known(row["median"]), on_day(row["last_rated"])
    staff, trained = int(row["staff"]), int(row["trained"])
    return (
        str(row["team"] or row["agency"]), str(row["agency"]), count(trained), count(staff), share(trained, staff),
        "no score" if median is None else score(median), count(row["people"]), day(last) if last else "never",
        str(row["state"]),
    )  # fmt: skip


def _row_words(row: dict[Any, Any]) -> str:
    return f"{_trained(row)}, {_scored(row)}: {row['state']}" if known(row["median"]) is not None else (
        f"{_trained(row)}, no score"
    )  # fmt: skip


def _trained(row: dict[Any, Any]) -> str:
    return f"{share(row['trained'], row['staff'])} trained" if row["staff"] else "no staff in scope"


def _scored(row: dict[Any, Any]) -> str:
    median = known(row["median"])
    return "no score" if median is None else f"score {score(median)}"


def _key(row: dict[Any, Any]) -> str:
    return f"{row['agency']} / {row['team']}"


def _unit(row: dict[Any, Any]) -> str:
    return unit_name(str(row["agency"]), str(row["team"]))


def _is(number: int) -> str:
    return "is" if number == 1 else "are"
