"""Milestones in charts: each against the baseline that does not move, and how many each workstream has achieved."""

from datetime import date
from typing import Any

import pandas as pd

from sos_tracker.charts.chart import Chart, Column, Kind, Point, Reference, Role, Row, Scale, Series, Table, numeric
from sos_tracker.charts.sentences import alternative, as_at, count, known, on_day
from sos_tracker.records.periods import day

_STATES = (
    (Role.ACHIEVED, "Achieved", 0),
    (Role.EXPECTED, "Forecast, not due yet", 1),
    (Role.OVERDUE, "Forecast, overdue", 2),
)


def milestone_dates(milestones: pd.DataFrame, on: date) -> Chart:
    """Each milestone from its baseline date to the date it was achieved or is forecast for, earliest baseline first.

    ``milestones`` [reference, title, domain, owner, baseline_on, forecast_on, achieved_on, state, slip_days, moves,
    comment]. ``slip_days`` is later than the baseline by; ``moves`` the times its forecast was given another date; a
    milestone without ``achieved_on`` whose baseline is on or before ``on`` is overdue.
    """
    found = sorted(
        milestones.to_dict("records"), key=lambda row: (on_day(row["baseline_on"]) or on, str(row["reference"]))
    )
    roles = {_key(row): _role(row, on) for row in found}
    overdue = sum(role is Role.OVERDUE for role in roles.values())
    achieved = sum(role is Role.ACHIEVED for role in roles.values())
    nothing = "" if found else f"No milestones have been recorded, {as_at(on)}."
    title = f"{achieved} of {len(found)} milestones achieved, {overdue} overdue" if found else "No milestones yet"
    late = "; ".join(
        f"{str(row['title'])[:60]}, {_became(row, on)}" for row in found if roles[_key(row)] is Role.OVERDUE
    )
    return Chart(
        key="milestone-dates",
        title=title,
        subtitle=f"Baseline date of each milestone, and the date it was achieved or is forecast for, {as_at(on)}",
        kind=Kind.DATES,
        scale=Scale.DATE,
        alt=alternative(
            nothing or f"Timeline of milestones, {as_at(on)}: {title}.",
            f"Overdue: {late}." if late else "",
            f"Overdue: {overdue} milestones, listed in the table." if late else "",
        ),
        table=Table(
            f"Milestones by baseline date, {as_at(on)}",
            (Column("Milestone"), Column("Reference"), Column("Workstream"), Column("Owner"), Column("Baseline"),
             Column("Forecast"), Column("Achieved"), Column("State"), numeric("Days later than baseline"),
             numeric("Times the date was moved"), Column("Comment")),
            tuple(_cells(row) for row in found),
        ),
        as_at=on,
        series=_series(found, roles, on) if found else (),
        rows=tuple(Row(_key(row), _name(row), f"{_became(row, on)}{_moved(row)}") for row in found),
        reference=Reference(on.toordinal(), f"As at {day(on)}") if found else None,
        nothing=nothing,
    )  # fmt: skip


def forecast_moves(path: pd.DataFrame, milestone: "pd.Series[Any]", on: date) -> Chart:
    """How one milestone's forecast has moved, a row each forecast, from the baseline that does not.

    ``path`` [moved_on, forecast_on, days, slip_days, reason, approved_by, decision_reference, deferred], in order.
    ``milestone``: a row of what ``milestone_dates`` takes.
    """
    name, baseline = _name(dict(milestone)), on_day(milestone["baseline_on"])
    forecasts = list(path.to_dict("records"))
    keys = [str(place) for place in range(len(forecasts))]
    said = dict(zip(keys, (_forecast(one) for one in forecasts), strict=True))
    title = _path_title(milestone, forecasts)
    nothing = "" if forecasts else f"The forecast of {name} has not moved, {as_at(on)}."
    rows = [Row(key, _when(one), said[key]) for key, one in zip(keys, forecasts, strict=True)]
    moved = tuple(
        Point(key, _ordinal(on_day(one["forecast_on"])), hover=f"{_when(one)}: {said[key]}", id=key)
        for key, one in zip(keys, forecasts, strict=True)
    )
    series = [Series("Forecast", Role.EXPECTED, moved, 1)]
    achieved = on_day(milestone["achieved_on"])
    if achieved is not None and forecasts:
        keys.append("achieved")
        rows.append(Row("achieved", "Achieved", _became(dict(milestone), on)))
        series.append(Series("Achieved", Role.ACHIEVED, (Point("achieved", _ordinal(achieved)),), 0))
    rings = tuple(Point(key, _ordinal(baseline), hover=f"Baseline {_brief(baseline)}", id=key) for key in keys)
    return Chart(
        key="forecast-moves",
        title=title,
        subtitle=f"{name}: each forecast it has had against the baseline of {_brief(baseline)}, {as_at(on)}",
        kind=Kind.DATES,
        scale=Scale.DATE,
        alt=alternative(nothing or f"Timeline of one milestone's forecasts, {as_at(on)}: {title}.",
                        *(f"{row.name}: {row.value_label}." for row in rows)),
        table=Table(f"Forecasts of {name}, {as_at(on)}", _PATH, tuple(_path_cells(one) for one in forecasts)),
        as_at=on,
        series=(Series("Baseline", Role.BASELINE, rings), *series) if forecasts else (),
        rows=tuple(rows),
        reference=Reference(on.toordinal(), f"As at {day(on)}") if forecasts else None,
        nothing=nothing,
    )  # fmt: skip


_PATH = (
    Column("Moved on"), Column("Forecast"), numeric("Days moved"), numeric("Days later than baseline"),
    Column("Reason"), Column("Approved by"), Column("Decision"), Column("Deferred"),
)  # fmt: skip


def _path_title(milestone: "pd.Series[Any]", forecasts: list[dict[Any, Any]]) -> str:
    """``The date has moved twice and is 120 days later than the baseline``."""
    times, slip = int(milestone["moves"]), known(forecasts[-1]["slip_days"]) if forecasts else None
    if not times:
        return "The forecast has not moved"
    if slip is None:
        return f"The date has {times_moved(times)} and there is no forecast now"
    if not slip:
        return f"The date has {times_moved(times)} and is back at the baseline"
    days = f"{count(abs(slip))} {'day' if abs(slip) == 1 else 'days'} {'later' if slip > 0 else 'earlier'}"
    return f"The date has {times_moved(times)} and is {days} than the baseline"


def _when(forecast: dict[Any, Any]) -> str:
    moved_on = on_day(forecast["moved_on"])
    if moved_on is None:
        return "First forecast"
    return f"{'Deferred' if forecast['deferred'] else 'Forecast given'} on {day(moved_on)}"


def _forecast(forecast: dict[Any, Any]) -> str:
    to, slip = on_day(forecast["forecast_on"]), known(forecast["slip_days"])
    if to is None:
        return "No forecast"
    if not slip:
        return f"{_brief(to)}, as the baseline"
    return f"{_brief(to)}, {count(abs(slip))} {'day' if abs(slip) == 1 else 'days'} {'late' if slip > 0 else 'early'}"


def _path_cells(forecast: dict[Any, Any]) -> tuple[str, ...]:
    moved_on, to = on_day(forecast["moved_on"]), on_day(forecast["forecast_on"])
    days, slip = known(forecast["days"]), known(forecast["slip_days"])
    return (
        _brief(moved_on) if moved_on else "at first",
        _brief(to) if to else "no forecast",
        "" if days is None else count(days),
        "" if slip is None else count(slip),
        *(str(forecast[name] or "") for name in ("reason", "approved_by", "decision_reference")),
        "yes" if forecast["deferred"] else "no",
    )


def achieved_by_domain(domains: pd.DataFrame, on: date) -> Chart:
    """Milestones by workstream. ``domains`` [domain, total, due, achieved, overdue], drawn in its order."""
    found: list[tuple[Any, ...]] = [
        (str(domain["domain"] or "No workstream given"), *(int(domain[column]) for column in _COUNTS))
        for domain in domains.to_dict("records")
    ]
    total, _, achieved, overdue = (sum(int(row[at]) for row in found) for at in range(1, 5))
    nothing = "" if found else f"No milestones have been recorded, {as_at(on)}."
    title = f"{achieved} of {total} milestones achieved, {overdue} overdue" if found else "No milestones yet"
    series = (
        ("Achieved", Role.ACTUAL, 3, 0),
        ("Overdue", Role.PART, 4, 2),
        ("All milestones", Role.WHOLE, 1, 0),
    )
    return Chart(
        key="achieved-by-domain",
        title=title,
        subtitle=f"Milestones by workstream: achieved, overdue and planned in all, {as_at(on)}",
        kind=Kind.BARS,
        scale=Scale.COUNT,
        alt=alternative(
            nothing or f"Bar chart by workstream, {as_at(on)}: {title}.",
            *(f"{str(row[0])[:60]}: {row[3]} of {row[1]} achieved, {row[4]} overdue." for row in found),
        ),
        table=Table(
            f"Milestones by workstream, {as_at(on)}",
            (Column("Workstream"), *(numeric(words) for words in ("All", "Due", "Achieved", "Overdue"))),
            tuple((str(row[0]), *(count(int(value)) for value in row[1:])) for row in found),
        ),
        as_at=on,
        series=tuple(
            Series(
                name,
                role,
                tuple(Point(str(row[0]), float(row[at]), hover=f"{row[0]}: {row[at]} {name.lower()}", id=str(row[0]))
                      for row in found),
                slot,
            )
            for name, role, at, slot in series
        ) if found else (),
        rows=tuple(Row(str(row[0]), str(row[0]), _achieved_of(int(row[3]), int(row[1]), int(row[4]))) for row in found),
        nothing=nothing,
    )  # fmt: skip


_COUNTS = ("total", "due", "achieved", "overdue")


def _achieved_of(achieved: int, total: int, overdue: int) -> str:
    words = f"{count(achieved)} of {count(total)} achieved"
    return f"{words}, {count(overdue)} overdue" if overdue else words


def _role(row: dict[Any, Any], on: date) -> Role:
    achieved, baseline = on_day(row["achieved_on"]), on_day(row["baseline_on"])
    if achieved is not None and achieved <= on:
        return Role.ACHIEVED
    return Role.OVERDUE if baseline is not None and baseline <= on else Role.EXPECTED


def _later(row: dict[Any, Any], on: date) -> date | None:
    """When it was achieved, else when it is forecast for."""
    return on_day(row["achieved_on"] if _role(row, on) is Role.ACHIEVED else row["forecast_on"])


def _became(row: dict[Any, Any], on: date) -> str:
    """``Achieved 6 Nov 2017, 100 days late``; ``Overdue, forecast 23 Aug 2018, 120 days late``."""
    role, later, slip = _role(row, on), _later(row, on), known(row["slip_days"])
    if later is None:
        return "Overdue, no forecast given" if role is Role.OVERDUE else "Not due yet, no forecast given"
    if role is Role.OVERDUE and later <= on:
        return f"Overdue, the forecast of {_brief(later)} has passed"
    said = {Role.ACHIEVED: "Achieved", Role.OVERDUE: "Overdue, forecast"}.get(role, "Forecast")
    if not slip:
        return f"{said} {_brief(later)}"
    days = "day" if abs(slip) == 1 else "days"
    return f"{said} {_brief(later)}, {count(abs(slip))} {days} {'late' if slip > 0 else 'early'}"


def _moved(row: dict[Any, Any]) -> str:
    """The mark of a date that was moved, so that nobody takes it for the one first forecast."""
    return f"; {times_moved(int(row['moves']))}" if row["moves"] else ""


def times_moved(times: int) -> str:
    """``moved once``, ``moved twice``, ``moved 3 times``."""
    return f"moved {({1: 'once', 2: 'twice'}).get(times, f'{times:,} times')}"


def _brief(on: date | None) -> str:
    return f"{on.day} {on:%b %Y}" if on else "not given"


def _series(found: list[dict[Any, Any]], roles: dict[str, Role], on: date) -> tuple[Series, ...]:
    """The ring of each baseline, then one series a state; a state that nothing is in is left out of the key."""
    baselines = tuple(
        Point(_key(row), _ordinal(on_day(row["baseline_on"])), hover=f"{_name(row)}: baseline "
              f"{_brief(on_day(row['baseline_on']))}", id=_key(row))
        for row in found
    )  # fmt: skip
    series = [Series("Baseline", Role.BASELINE, baselines)]
    for role, name, slot in _STATES:
        points = tuple(
            Point(_key(row), _ordinal(_later(row, on)), hover=f"{_name(row)}: {_became(row, on)}", id=_key(row))
            for row in found
            if roles[_key(row)] is role
        )
        if points:
            series.append(Series(name, role, points, slot))
    return tuple(series)


def _ordinal(on: date | None) -> float | None:
    return None if on is None else float(on.toordinal())


def _key(row: dict[Any, Any]) -> str:
    return str(row["reference"])


def _name(row: dict[Any, Any]) -> str:
    return f"{row['reference']} {row['title']}"


def _cells(row: dict[Any, Any]) -> tuple[str, ...]:
    dates = (
        _brief(on_day(row[column])) if on_day(row[column]) else ""
        for column in ("baseline_on", "forecast_on", "achieved_on")
    )
    slip = known(row["slip_days"])
    return (str(row["title"]), _key(row), str(row["domain"] or ""), str(row["owner"] or ""), *dates,
            str(row["state"]), "" if slip is None else count(slip), count(row["moves"]),
            str(row["comment"] or ""))  # fmt: skip
