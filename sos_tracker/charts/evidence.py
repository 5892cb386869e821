"""Evidence of the practice in charts: case audits, survey waves, and what was aligned with it."""

from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd

from sos_tracker.charts.chart import Chart, Column, Kind, Point, Reference, Role, Row, Scale, Series, Table, numeric
from sos_tracker.charts.sentences import against_target, alternative, as_at, count, known, on_day, share
from sos_tracker.charts.trajectory import Measured, Wording, rows, trajectory
from sos_tracker.records.embedding import AlignmentStage, Audience, AuditGrade
from sos_tracker.records.figures import Figure
from sos_tracker.records.labels import ALIGNMENT_STAGE, AUDIENCE, AUDIT_GRADE, unit_name
from sos_tracker.records.money import percent, round_half_up
from sos_tracker.records.periods import day

_NO_AUDITS = "No case audit of the last twelve months has been recorded, {}."


def audits_by_team(audits: pd.DataFrame, figure: Figure) -> Chart:
    """Files showing use of files sampled (E2) in each team's newest audit, the smallest share first.

    ``audits`` [agency, team, audited_on, showing_use, sampled, rate, grade]; rate 0-1, missing of no file.
    """
    found = list(audits.to_dict("records"))
    nothing = "" if found else _NO_AUDITS.format(as_at(figure.as_at))
    names = [unit_name(str(row["agency"]), str(row["team"])) for row in found]
    keys = [f"{row['agency']} / {row['team']}" for row in found]
    points = tuple(
        Point(key, known(row["rate"]), hover=f"{name}: {_of(row)}, {_audited(row)}", id=key)
        for key, name, row in zip(keys, names, found, strict=True)
    )
    return Chart(
        key="audits-by-team",
        title=_audits_title(figure, found) if found else figure.sentence,
        subtitle="Case files showing the practice in use, of files looked at in each team's newest audit of the last "
        f"twelve months, lowest first, {as_at(figure.as_at)}",
        kind=Kind.BARS,
        scale=Scale.SHARE,
        alt=alternative(
            nothing or f"Bar chart by team, {as_at(figure.as_at)}: {_audits_title(figure, found)}.",
            *(f"{name}: {_of(row)}." for name, row in zip(names, found, strict=True)),
        ),
        table=Table(
            f"Newest case audit of each team, {as_at(figure.as_at)}",
            (Column("Team or agency"), Column("Audited on"), numeric("Files showing use"), numeric("Files looked at"),
             numeric("Share"), Column("Quality found")),
            tuple(
                (name, _day(row["audited_on"]), count(row["showing_use"]), count(row["sampled"]),
                 share(row["showing_use"], row["sampled"]), _grade(row))
                for name, row in zip(names, found, strict=True)
            ),
        ),
        as_at=figure.as_at,
        series=(Series("Files showing use", Role.ACTUAL, points),) if found else (),
        rows=tuple(Row(key, name, _of(row)) for key, name, row in zip(keys, names, found, strict=True)),
        reference=Reference(figure.rate, f"All files {percent(figure.rate, 1)}") if figure.rate is not None else None,
        nothing=nothing,
    )  # fmt: skip


def audits_over_time(months: pd.DataFrame, target_line: pd.DataFrame, figure: Figure) -> Chart:
    """The share of files showing use in the audits of each month.

    ``months`` [as_of, part_month, audits, showing_use, sampled, rate]; ``target_line`` [as_of, target], a share 0-1.
    """
    measured = []
    columns = ("as_of", "part_month", "audits", "showing_use", "sampled", "rate")
    for on, part, audits, showing_use, sampled, rate in rows(months, *columns):
        reckoned = on_day(on)
        if reckoned is not None:
            cells = (count(audits), count(showing_use), count(sampled))
            measured.append(Measured(reckoned, known(rate), bool(part), cells, f"{reckoned:%Y-%m}"))
    known_ones = [one for one in measured if one.value is not None]
    wording = Wording(
        key="audits-over-time",
        title=_over_time_title(known_ones, figure),
        subtitle="Share of case files showing the practice in use, by month of the audits",
        actual="Share of files",
        target="Target",
        unit="of files show use",
        nothing=f"No case audit has been recorded, {as_at(figure.as_at)}.",
        further=("Audits", "Files showing use", "Files looked at"),
    )
    # the figure is of the newest audits of all teams, the line of each month's own
    return trajectory(_without_count_target(figure), wording, measured, target_line, Scale.SHARE,
                      lambda rate: percent(rate, 1))  # fmt: skip


def _without_count_target(figure: Figure) -> Figure:
    return figure if figure.target_is_rate else replace(figure, target_to_date=None, target_final=None, due_on=None)


def _audits_title(figure: Figure, found: list[dict[Any, Any]]) -> str:
    shares = sorted(row["rate"] for row in found if known(row["rate"]) is not None)
    title = f"{count(figure.value or 0)} of {count(figure.denominator or 0)} case files show the practice in use"
    if not shares:
        return "No case file has been looked at yet"
    title += f" ({share(figure.value or 0, figure.denominator or 0)})"
    apart = f"; teams range from {percent(shares[0], 1)} to {percent(shares[-1], 1)}" if shares[0] < shares[-1] else ""
    target = f", {against_target(figure, count)}" if figure.target_to_date is not None else ""
    return f"{title}{target}{apart}"


def _over_time_title(measured: list[Measured], figure: Figure) -> str:
    if not measured:
        return figure.sentence
    last = measured[-1]
    said = f"{percent(last.value or 0, 1)} of files audited in {last.on:%B %Y} show the practice in use"
    if len(measured) == 1:
        return said
    first = measured[-2]
    return f"{said}, against {percent(first.value or 0, 1)} in {first.on:%B %Y}"


def survey_answers(answers: pd.DataFrame, audience: Audience, few: float, on: date) -> Chart:
    """Each question's share agreeing in its newest wave, and in the wave before; the smallest share first.

    ``answers`` [closed_on, agency, question, invited, answered, favourable, response_rate, rate, before_rate,
    before_on, change], shares 0-1; ``few`` the share of answers below which a wave is said to speak for few.
    """
    found = [row for row in answers.to_dict("records") if known(row["rate"]) is not None]
    name = AUDIENCE[audience]
    nothing = "" if found else f"No survey of {name.lower()} has been recorded, {as_at(on)}."
    keys = [f"{row['agency']} / {row['question']}" for row in found]
    series = [Series("Agree now", Role.ACTUAL, _answer_points(keys, found, "rate"))]
    if any(known(row["before_rate"]) is not None for row in found):
        series.append(Series("In the wave before", Role.TARGET, _answer_points(keys, found, "before_rate")))
    low = [row for row in found if row["response_rate"] < few]
    return Chart(
        key=f"survey-{audience.value}",
        title=_survey_title(found, name) if found else f"{name}: nothing asked yet",
        subtitle=f"{name} who agree, of those who answered, by question, lowest first, {as_at(on)}",
        kind=Kind.BARS,
        scale=Scale.SHARE,
        alt=alternative(
            nothing or f"Bar chart of the survey of {name.lower()}, {as_at(on)}.",
            *(f"{_question(row)}: {_agree(row, few)}." for row in found),
        ),
        table=Table(
            f"Survey of {name.lower()}, newest wave of each question, {as_at(on)}",
            (Column("Question"), Column("Wave closed on"), numeric("Asked"), numeric("Answered"),
             numeric("Response rate"), numeric("Agree"), numeric("Share agreeing"), numeric("Wave before"),
             Column("Change"), Column("Read with care")),
            tuple(_answer_cells(row, few) for row in found),
        ),
        as_at=on,
        series=tuple(series) if found else (),
        rows=tuple(Row(key, _question(row), _agree(row, few)) for key, row in zip(keys, found, strict=True)),
        note=f"For {count(len(low))} of {count(len(found))} questions fewer than {percent(few, 1)} of those asked "
        "answered: they may not speak for the rest." if low else "",
        nothing=nothing,
    )  # fmt: skip


def _answer_points(keys: list[str], found: list[dict[Any, Any]], column: str) -> tuple[Point, ...]:
    words = {"rate": "agree now", "before_rate": "agreed in the wave before"}[column]
    return tuple(
        Point(key, known(row[column]), id=key,
              hover=f"{_question(row)}: {percent(row[column], 1)} {words}" if known(row[column]) is not None else "")
        for key, row in zip(keys, found, strict=True)
    )  # fmt: skip


def _survey_title(found: list[dict[Any, Any]], name: str) -> str:
    """What they agree with least, and how many answers went up and down since the wave before."""
    least = f"{name} agree least with “{_short(found[0]['question'])}” ({percent(found[0]['rate'], 1)})"
    if len(found) == 1:
        least = f"{percent(found[0]['rate'], 1)} of {name.lower()} agree with “{_short(found[0]['question'])}”"
    changes = [_points_moved(row) for row in found if known(row["change"]) is not None]
    if not changes:
        return least
    up, down = sum(points > 0 for points in changes), sum(points < 0 for points in changes)
    return f"{least}; {count(up)} up and {count(down)} down since the wave before"


def _agree(row: dict[Any, Any], few: float) -> str:
    """``72% of 40, up 8 points; 25% answered, few``."""
    said = f"{share(row['favourable'], row['answered'])} of {count(row['answered'])}"
    if known(row["change"]) is not None:
        said += f", {_change(row)}"
    return f"{said}; only {_response(row)} answered" if row["response_rate"] < few else said


def _change(row: dict[Any, Any]) -> str:
    points = _points_moved(row)
    if not points:
        return "no change"
    return f"{'up' if points > 0 else 'down'} {abs(points)} point{'' if abs(points) == 1 else 's'}"


def _points_moved(row: dict[Any, Any]) -> int:
    """Percentage points between the two shares as they are printed."""
    return int(round_half_up(row["rate"] * 100)) - int(round_half_up(row["before_rate"] * 100))


def _response(row: dict[Any, Any]) -> str:
    return share(row["answered"], row["invited"])


def _answer_cells(row: dict[Any, Any], few: float) -> tuple[str, ...]:
    before = known(row["before_rate"])
    return (
        _question(row), _day(row["closed_on"]), count(row["invited"]), count(row["answered"]), _response(row),
        count(row["favourable"]), share(row["favourable"], row["answered"]),
        "first wave" if before is None else percent(before, 1),
        "" if before is None else f"{_change(row)} since {_day(row['before_on'])}",
        f"fewer than {percent(few, 1)} answered" if row["response_rate"] < few else "",
    )  # fmt: skip


def _question(row: dict[Any, Any]) -> str:
    return f"{row['question']} ({row['agency']})" if row["agency"] else str(row["question"])


def alignment_stages(stages: pd.DataFrame, figure: Figure) -> Chart:
    """How many items stand at each stage (E3). ``stages`` [stage, at_stage, reached, items], in order."""
    found = list(rows(stages, "stage", "at_stage", "reached", "items"))
    nothing = "" if found else f"No form, policy or format to align has been recorded, {as_at(figure.as_at)}."
    names = {stage.value: words for stage, words in ALIGNMENT_STAGE.items()}
    live = {AlignmentStage.LIVE.value, AlignmentStage.REVIEWED.value}
    series = [
        Series(words, role, tuple(
            Point(stage, known(at), hover=f"{names[stage]}: {count(at)} of {count(items)}", id=stage)
            for stage, at, _, items in found if (stage in live) == is_live
        ), slot)
        for words, role, slot, is_live in (("Live", Role.ACTUAL, 0, True), ("Not live yet", Role.PART, 1, False))
    ]  # fmt: skip
    return Chart(
        key="alignment-stages",
        title=_stages_title(figure) if found else figure.sentence,
        subtitle=f"Forms, policies, formats and others to align, by how far they have come, {as_at(figure.as_at)}",
        kind=Kind.BARS,
        scale=Scale.COUNT,
        alt=alternative(
            nothing or f"Bar chart by stage, {as_at(figure.as_at)}: {_stages_title(figure)}.",
            *(f"{names[stage]}: {count(at)}." for stage, at, _, _ in found),
        ),
        table=Table(
            f"Items to align by stage, {as_at(figure.as_at)}",
            (Column("Stage"), numeric("Stand there"), numeric("Have reached it"), numeric("All items")),
            tuple((names[stage], count(at), count(reached), count(items)) for stage, at, reached, items in found),
        ),
        as_at=figure.as_at,
        series=tuple(series) if found else (),
        rows=tuple(Row(stage, names[stage], f"{count(at)} of {count(items)}") for stage, at, _, items in found),
        nothing=nothing,
    )


def _stages_title(figure: Figure) -> str:
    value, of = figure.value or 0, figure.denominator or 0
    said = f"{count(value)} of {count(of)} items to align {'is' if value == 1 else 'are'} live ({share(value, of)})"
    return said if figure.target_to_date is None else f"{said}, {against_target(figure, count)}"


def _grade(row: dict[Any, Any]) -> str:
    return AUDIT_GRADE[AuditGrade(row["grade"])] if row["grade"] else "not given"


def _audited(row: dict[Any, Any]) -> str:
    return f"audited on {_day(row['audited_on'])}"


def _of(row: dict[Any, Any]) -> str:
    used, sampled = int(row["showing_use"]), int(row["sampled"])
    return f"{count(used)} of {count(sampled)} ({share(used, sampled)})" if sampled else "no file looked at"


def _day(value: Any) -> str:
    on = on_day(value)
    return day(on) if on else "not given"


def _short(name: object) -> str:
    words = str(name)
    return words if len(words) <= 70 else words[:69].rstrip() + "…"
