"""Puts a figure together: the number, where its target stands, its rating and its sentence."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sos_tracker.measures.definitions import CATALOGUE, Entry
from sos_tracker.measures.frames import ProgrammeFrames
from sos_tracker.measures.rating import DEFAULT_RULES, Wording, rate, rate_final, rate_forecast
from sos_tracker.measures.targets import position_of
from sos_tracker.records.figures import (
    Confidence,
    Figure,
    LeftOut,
    Note,
    Rating,
    RatingRule,
    Status,
    Unit,
    Working,
)
from sos_tracker.records.labels import amount, courses, listed, score
from sos_tracker.records.money import percent, round_half_up, whole_pounds
from sos_tracker.records.periods import day

NOTHING_YET = "Nothing has been recorded yet"


@dataclass(frozen=True)
class Goal:
    """What a figure is held against: by now, in the end, and from when on."""

    to_date: float | None = None
    final: float | None = None
    due_on: date | None = None
    is_rate: bool = False
    starts_on: date | None = None


NO_GOAL = Goal()


def strategy_goal(frames: ProgrammeFrames, code: str, on: date) -> Goal:
    """The strategy's current target for a figure, or no goal."""
    at = position_of(frames.target_versions.get(code, ()), on)
    return Goal(at.to_date, at.final, at.due_on, at.is_rate, at.target.baseline_on) if at else NO_GOAL


def publish(
    frames: ProgrammeFrames,
    code: str,
    on: date,
    *,
    value: float,
    says: str,
    working: Working,
    goal: Goal,
    denominator: float | None = None,
    notes: Iterable[Note] = (),
    parts: dict[str, Any] | None = None,
    confidence: Confidence = Confidence.COUNTED,
    measured: float | None = None,
    words: Wording | None = None,
    against: str | None = None,
) -> Figure:
    """A figure with its rating and sentence.

    ``says`` is the sentence without its full stop and targets; ``against`` replaces what is said of the targets.
    Notes without words are left out.
    ``measured`` is what the rule rates where that is neither the value nor its share; ``words`` how the reason speaks.
    """
    entry = CATALOGUE[code]
    share = value / denominator if denominator else None
    nothing_due = denominator == 0
    fits = not goal.is_rate or share is not None
    rule, in_the_end = rule_of(frames, code), None
    if nothing_due:
        rating, reason = Rating.NOT_DUE, f"{says}."
    elif not fits:
        rating, reason = Rating.NO_TARGET, "The target is a percentage, and this figure is no part of a whole."
    else:
        rated = measured if measured is not None else share if goal.is_rate else value
        said_as = words or wording(entry, value, denominator, is_rate=goal.is_rate or goal.final is None)
        rating, reason = rate(
            rated, goal.to_date, goal.final, goal.due_on, on, rule, said_as, starts_on=goal.starts_on
        )  # fmt: skip
        if rated is not None and goal.final != goal.to_date:
            in_the_end = rate_final(rated, goal.final, goal.due_on, on, rule, said_as)
    targets = "" if nothing_due or not fits else (against_targets(entry, goal, on) if against is None else against)
    finding, said = f"{says}{targets}.", tuple(note for note in notes if note.words)
    return Figure(
        code=code,
        title=entry.title,
        value=value,
        unit=entry.unit,
        as_at=on,
        sentence=" ".join([finding, *(note.words for note in said)]),
        rating=rating,
        rating_reason=reason,
        working=working,
        definition=definition(frames, code),
        denominator=denominator,
        rate=share,
        target_to_date=goal.to_date if fits else None,
        target_final=goal.final if fits else None,
        target_is_rate=goal.is_rate and fits,
        due_on=goal.due_on if fits else None,
        confidence=confidence,
        parts=parts or {},
        finding=finding,
        notes=said,
        against_final=in_the_end,
    )


def rule_of(frames: ProgrammeFrames, code: str) -> RatingRule:
    """The council's own rule for a figure, or the one it begins with."""
    return frames.rules.get(code, DEFAULT_RULES[code])


def forecast_status(frames: ProgrammeFrames, figure: Figure, expected: float | None) -> Status | None:
    """How the value expected on the due date stands against the final target; None where either is missing.

    ``expected`` is in the figure's own unit, or a share 0-1 where its target is one; money is in pence.
    """
    if expected is None or figure.target_final is None:
        return None
    entry, amount = CATALOGUE[figure.code], _amount(figure.unit, is_rate=figure.target_is_rate)
    counted_as = entry.shared_as if figure.target_is_rate and entry.shared_as else entry.counted_as
    gap = _points if figure.target_is_rate else amount
    words = Wording(f"{amount(expected)} {counted_as}", amount, gap)
    return rate_forecast(expected, figure.target_final, figure.due_on, rule_of(frames, figure.code), words)


def unknown(
    frames: ProgrammeFrames, code: str, on: date, why: str, *, goal: Goal = NO_GOAL, row: str = "row", counted: int = 0
) -> Figure:
    """A figure that cannot be reckoned: its value is None and ``why`` is its sentence."""
    entry = CATALOGUE[code]
    return Figure(
        code=code,
        title=entry.title,
        value=None,
        unit=entry.unit,
        as_at=on,
        sentence=why,
        finding=why,
        rating=Rating.NO_DATA,
        rating_reason=why,
        working=Working(counted, row),
        definition=definition(frames, code),
        target_to_date=goal.to_date,
        target_final=goal.final,
        target_is_rate=goal.is_rate,
        due_on=goal.due_on,
    )


def definition(frames: ProgrammeFrames, code: str) -> str:
    """The catalogue's definition, with the levels that count as training where it speaks of them."""
    said = CATALOGUE[code].definition
    if "counts as training" not in said:
        return said
    return f"{said} Here that is any {courses(frames.programme.trained_levels)}."


def against_targets(entry: Entry, goal: Goal, on: date) -> str:
    """``, against 176 expected by now and 400 by 31 December 2018``, or nothing where there is no target."""
    if goal.final is None or goal.due_on is None:
        return ""
    said = _amount(entry.unit, is_rate=goal.is_rate)
    final = f"{said(goal.final)} by {day(goal.due_on)}"
    if goal.to_date is None or on >= goal.due_on or (goal.starts_on and on <= goal.starts_on):
        return f", against a target of {final}"
    return f", against {said(goal.to_date)} expected by now and {final}"


def wording(entry: Entry, value: float, denominator: float | None, *, is_rate: bool) -> Wording:
    """How a reason speaks of a figure: in percentages where its target is one."""
    if is_rate and denominator and entry.shared_as:
        said = _amount(entry.unit, is_rate=True)
        return Wording(f"{percent(value, denominator)} {entry.shared_as}", said, _points)
    said, counted_as = _amount(entry.unit, is_rate=False), entry.counted_as
    if value == 1 and entry.unit in _COUNTED_AS_ONE:
        counted_as = _COUNTED_AS_ONE[entry.unit] + counted_as.removeprefix(entry.unit.value)
    gap = _scale_points if entry.unit is Unit.SCORE else said
    return Wording(f"{said(value)} {counted_as}", said, gap)


_COUNTED_AS_ONE = {
    Unit.PEOPLE: "person",
    Unit.MILESTONES: "milestone",
    Unit.ATTENDANCES: "attendance",
    Unit.FILES: "file",
    Unit.ITEMS: "item",
}


def amount_of(code: str, value: float, *, is_rate: bool) -> str:
    """A target of this figure in words: ``400``, ``80%``, ``£165,000``."""
    return _amount(CATALOGUE[code].unit, is_rate=is_rate)(value)


def _amount(unit: Unit, *, is_rate: bool) -> Callable[[float], str]:
    if is_rate:
        return lambda share: percent(share, 1)
    if unit is Unit.PENCE:
        return lambda pence: whole_pounds(int(pence))
    if unit is Unit.SCORE:
        return lambda scored: amount(scored, unit)
    return lambda count: f"{int(round_half_up(count)):,}"


def _points(share: float) -> str:
    points = int(round_half_up(share * 100))
    if points == 0:
        return "less than 1 percentage point"
    return f"{points} percentage point{'s' if points != 1 else ''}"


def _scale_points(scores: float) -> str:
    return f"{score(scores)} point{'' if score(scores) == '1' else 's'}"


def left_out(*reasons: tuple[str, int]) -> tuple[LeftOut, ...]:
    """The reasons that left any rows out, in the order given."""
    return tuple(LeftOut(why, int(rows)) for why, rows in reasons if rows)


def some(names: Iterable[str], most: int = 3) -> str:
    """``a, b and c``, or ``a, b, c and 4 more``; with semicolons where a name has a comma or an "and" of its own."""
    named = list(names)
    shown = named if len(named) <= most + 1 else [*named[:most], f"{len(named) - most} more"]
    return "; ".join(shown) if any("," in name or " and " in name for name in shown) else listed(shown)
