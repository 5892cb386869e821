"""Figures that are behind, those getting worse first: held against the end of the month, and of the quarter, before."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sos_tracker.measures.catalogue import reckoned
from sos_tracker.measures.earlier import NOT_KEPT, as_it_was, months_before
from sos_tracker.measures.found import Found
from sos_tracker.measures.frames import ProgrammeFrames
from sos_tracker.measures.published import rule_of
from sos_tracker.measures.rating import distance
from sos_tracker.records.figures import Direction, Figure, Rating
from sos_tracker.records.labels import amount, target
from sos_tracker.records.money import percent
from sos_tracker.records.periods import day
from sos_tracker.records.statuses import given_by

_MONTHS_BEFORE = (1, 3)
_WORSE_BY = 0.01  # a share of the target: what is less is no news
_LATE = (Rating.BEHIND, Rating.SLIGHTLY_BEHIND)
_DECISIONS: Mapping[str, str] = {
    **dict.fromkeys(("T1", "T2", "T3"), "Decide whether more sessions are held, or the target is revised and why."),
    "T4": "Decide what is done about places that are booked and left empty.",
    "L1": "Decide who leads in the teams without a trained lead, and by when.",
    "B1": "Decide whether the money is spent as planned, moved or given back.",
    "B3": "Decide what is bought or left, or whether money is moved or given back.",
    **dict.fromkeys(("M1", "M2"), "Agree with each owner what is done by when, or what is deferred by a decision."),
    "M3": "Accept the new dates, or find what brings them forward.",
}
_ANY_DECISION = "Decide what brings it back on track."


def late_figures(
    figures: Sequence[Figure], frames: ProgrammeFrames, on: date, said_by: Mapping[str, str]
) -> list[Found]:
    """Behind before slightly behind, and within each those getting worse first; ``said_by``: which figure another one
    speaks for where both have the same rating.

    A figure is as late as its rule or a person says, whichever is worse: a status that was given hides nothing.
    """
    shown = {figure.code: figure for figure in figures}
    earlier = [(then, as_it_was(frames, then)) for then in (months_before(on, number) for number in _MONTHS_BEFORE)]
    found: list[tuple[bool, Found]] = []
    for rating in _LATE:
        of_rating = []
        for figure in figures:
            spokesman = shown.get(said_by.get(figure.code, ""))
            if _lateness(figure) is rating and (spokesman is None or _lateness(spokesman) is not rating):
                worse = getting_worse(figure, frames, earlier)
                of_rating.append((bool(worse) and not worse.startswith("Whether"), _found(figure, worse)))
        found += sorted(of_rating, key=lambda each: not each[0])
    return [each for _, each in found]


def _lateness(figure: Figure) -> Rating | None:
    return next((rating for rating in _LATE if rating in (figure.rating, figure.status)), None)


def _found(figure: Figure, worse: str) -> Found:
    given = given_by(figure.given) if figure.given else ""
    stated, _, means = figure.rating_reason.partition(". ")
    reason = means if figure.finding.startswith(stated) else figure.rating_reason
    why = _joined((reason, given, worse))
    return Found(figure.sentence, why, figure.code, _DECISIONS.get(figure.code, _ANY_DECISION))


def _joined(sentences: Iterable[str]) -> str:
    return " ".join(sentence for sentence in sentences if sentence)


def getting_worse(figure: Figure, frames: ProgrammeFrames, earlier: Iterable[tuple[date, ProgrammeFrames]]) -> str:
    """``It is getting worse: on 30 April 2018 ...``, why that cannot be said, or "" where it is not so.

    ``earlier``: days to hold it against, and the programme as it was on each.
    """
    if figure.code in NOT_KEPT:
        return f"Whether it is getting worse cannot be said: {NOT_KEPT[figure.code]}."
    now = _off(figure, frames)
    for then, as_then in earlier:
        before = reckoned(as_then, figure.code, then)
        off = _off(before, frames)
        least = 0.0 if rule_of(frames, figure.code).direction is Direction.LOWER else _WORSE_BY
        if now is not None and off is not None and now > off + least:
            return f"It is getting worse: on {day(then)} it stood at {_stood(before)}."
    return ""


def _off(figure: Figure, frames: ProgrammeFrames) -> float | None:
    value = figure.rate if figure.target_is_rate else figure.value
    return distance(value, figure.target_to_date, rule_of(frames, figure.code))


def _stood(figure: Figure) -> str:
    value = figure.value or 0.0
    said = (
        percent(value, figure.denominator)
        if figure.target_is_rate and figure.denominator
        else amount(value, figure.unit)
    )
    if not figure.target_to_date:
        return said
    return f"{said} against {target(figure.target_to_date, figure)}"
