"""What if, drawn: people trained with the sessions planned so far and with a scenario; and both in figures."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pandas as pd

from sos_tracker.charts.chart import Chart, Column, Point, Role, Scale, Series, Table, numeric
from sos_tracker.charts.sentences import alternative, count, on_day
from sos_tracker.charts.trajectory import Measured, Wording, rows, trajectory
from sos_tracker.measures.runway import Runway
from sos_tracker.measures.what_if import Outcome, WhatIf
from sos_tracker.measures.what_if_sentences import difference
from sos_tracker.records.figures import Figure
from sos_tracker.records.money import percent, whole_pounds
from sos_tracker.records.periods import day, month_name

_PLANNED, _CHANGED = "As planned so far", "With these changes"
_NOT_KNOWN = "not known"


def with_and_without(figure: Figure, series: pd.DataFrame, of: WhatIf, target_line: pd.DataFrame, title: str) -> Chart:
    """People trained (T1) up to the as-at date, and on from there twice.

    ``series`` [month, as_of, trained, part_month] up to the as-at date; ``target_line`` [as_of, target] in people.
    """
    measured = [
        Measured(on, float(trained), bool(part))
        for moment, trained, part in rows(series, "as_of", "trained", "part_month")
        if (on := on_day(moment)) is not None
    ]
    wording = Wording(
        key="what-if",
        title=title,
        subtitle="People trained, running total by month, against the strategy's target",
        actual="People trained",
        target="Target",
        unit="people trained",
        nothing=f"Nobody has been trained by {day(of.on)}, and no sessions are planned.",
    )
    if not measured:
        measured = [Measured(of.on, float(of.now.trained), part=False)]
    chart = trajectory(figure, wording, measured, target_line, Scale.COUNT, count)
    plain = of.scenario.is_as_planned
    lines = [_to_come(_PLANNED, of, of.planned, 1)] + ([] if plain else [_to_come(_CHANGED, of, of.changed, 2)])
    said = [f"Line chart. {count(of.now.trained)} people trained by {day(of.on)}."]
    said += [f"{line.name}: {count(line.points[-1].value or 0)} by {_end(line)}." for line in lines]
    if figure.target_final is not None and figure.due_on is not None:
        said.append(f"Final target: {count(figure.target_final)} by {day(figure.due_on)}.")
    return replace(
        chart,
        series=(*chart.series, *lines),
        alt=alternative(*said),
        table=_months(of, target_line),
        note="Hollow markers are months to come.",
    )


def _to_come(name: str, of: WhatIf, outcome: Outcome, slot: int) -> Series:
    """A line from the as-at date on, named at its end."""
    ends = list(rows(outcome.by_month, "as_of", "trained"))
    points = [Point(of.on, float(of.now.trained), hover=f"{day(of.on)}: {count(of.now.trained)} people trained")]
    for place, (moment, trained) in enumerate(ends, start=1):
        on = on_day(moment)
        if on is not None and on > of.on:
            label = f"{name}\n{count(trained)}" if place == len(ends) else ""
            hover = f"{name}, {month_name(on)}: {count(trained)} people trained"
            points.append(Point(on, float(trained), label=label, hover=hover, part=True))
    return Series(name, Role.ACTUAL, tuple(points), slot=slot)


def _end(line: Series) -> str:
    at = line.points[-1].at
    return day(at) if isinstance(at, date) else str(at)


def _months(of: WhatIf, target_line: pd.DataFrame) -> Table:
    targets = {on_day(moment): target for moment, target in rows(target_line, "as_of", "target")}
    plain = of.scenario.is_as_planned
    heads = (_PLANNED, *(() if plain else (_CHANGED, "Difference")), "Target")
    lines = []
    pairs = zip(
        rows(of.planned.by_month, "as_of", "trained"), rows(of.changed.by_month, "as_of", "trained"), strict=True
    )
    for (moment, planned), (_, changed) in pairs:
        on = on_day(moment)
        target = targets.get(on)
        tried = () if plain else (count(changed), difference(planned, changed))
        shown = "not set" if target is None or pd.isna(target) else count(target)
        lines.append((month_name(on) if on else "", count(planned), *tried, shown))
    return Table(
        "People trained by the end of each month to come", (Column("Month"), *map(numeric, heads)), tuple(lines)
    )


def before_and_after(of: WhatIf) -> Table:
    """Each figure on the as-at date, as planned so far, with the scenario, the difference, and its target."""
    outcomes = (of.now, of.planned, of.changed)
    lines = [
        (
            f"People trained (T1) by {day(of.until)}",
            *(count(each.trained) for each in outcomes),
            difference(of.planned.trained, of.changed.trained),
            _target(of),
        ),
        (
            f"Staff in scope who are trained (T3) by {day(of.until)}",
            *(_staff(each, of) for each in outcomes),
            difference(of.planned.staff_trained, of.changed.staff_trained),
            "not set" if of.staff_goal.final is None else count(of.staff_goal.final),
        ),
        *_money_rows([each.runway for each in outcomes]),
        ("Month the target for people trained is met", *(_met(each, of) for each in outcomes), "", ""),
    ]
    heads = ("Now", _PLANNED, _CHANGED, "Difference", "Target")
    columns = (Column("Figure"), *map(numeric, heads))
    if of.scenario.is_as_planned:
        lines = [(name, now, planned, target) for name, now, planned, _, _, target in lines]
        columns = (Column("Figure"), *map(numeric, ("Now", _PLANNED, "Target")))
    return Table(f"Now on {day(of.on)}, and by {day(of.until)}", columns, tuple(lines))


def _target(of: WhatIf) -> str:
    goal = of.goal
    if goal.final is None:
        return "not set"
    due = f" by {day(goal.due_on)}" if goal.due_on else ""
    by_now = (
        f"; {count(goal.to_date)} by {day(of.on)}" if goal.to_date is not None and goal.to_date != goal.final else ""
    )
    return f"{count(goal.final)}{due}{by_now}"


def _staff(outcome: Outcome, of: WhatIf) -> str:
    if outcome.staff_trained is None:
        return _NOT_KNOWN
    return f"{count(outcome.staff_trained)} of {count(of.staff)} ({percent(outcome.staff_trained, of.staff)})"


def _met(outcome: Outcome, of: WhatIf) -> str:
    if of.goal.final is None:
        return "no target"
    if outcome.met_in is None:
        return "not met"
    return "met already" if of.now.met_in else f"{outcome.met_in:%B %Y}"


def _money_rows(runways: list[Runway | None]) -> Iterable[tuple[str, ...]]:
    known = [each for each in runways if each is not None]
    title = "Training runway (B4): people the money left trains, for those still to train"
    if len(known) < len(runways):
        yield (title, *([_NOT_KNOWN] * 4), "")
        return
    _, planned, changed = known
    yield (title, *map(_runway, known), difference(planned.affordable, changed.affordable), "")
    pence = changed.left_pence - planned.left_pence
    change = f"{whole_pounds(abs(pence))} {'more' if pence > 0 else 'less'}" if pence else "none"
    yield ("Money left", *(whole_pounds(each.left_pence) for each in known), change, "")
    yield ("Spent for each person trained", *(whole_pounds(round(each.person_pence)) for each in known), "", "")


def _runway(at: Runway) -> str:
    still = "" if at.still_to_train is None else f" for {count(at.still_to_train)}"
    return f"{count(at.affordable)}{still}"
