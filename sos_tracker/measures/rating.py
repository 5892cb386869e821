"""On track or behind: by rules whose tolerances are data, with the reason in words."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sos_tracker.measures.definitions import CATALOGUE
from sos_tracker.records.figures import Direction, Rating, RatingRule, Status
from sos_tracker.records.money import percent, round_half_up
from sos_tracker.records.periods import day

_TOLERANCES: dict[Direction, tuple[float, float]] = {Direction.HIGHER: (0.0, 0.10), Direction.NEAR: (0.02, 0.05)}

# Councils differ, so these are only where they begin: within 10 % of the target, and for money 2 to 5 % of the budget
# is slightly behind and more is behind. HIGHER and NEAR: shares of the target to date, as RatingRule says. LOWER has
# the target 0, of which there are no shares, so its tolerances are in a unit of its own: M2 shares of the milestones
# due, M3 days of slip.
DEFAULT_RULES: dict[str, RatingRule] = {
    code: RatingRule(code, entry.direction, *_TOLERANCES[entry.direction])
    for code, entry in CATALOGUE.items()
    if entry.direction in _TOLERANCES
} | {
    "M2": RatingRule("M2", Direction.LOWER, 0.0, 0.0),
    "M3": RatingRule("M3", Direction.LOWER, 30, 60),
}

_EXACTNESS = 1e-9  # a share reckoned in binary may miss its tolerance by less than this


@dataclass(frozen=True)
class Wording:
    """How the reason speaks of one measure.

    ``stated`` is the value in words ("285 people trained"), ``amount`` says a target, ``gap`` a difference,
    ``limit`` a tolerance of a figure that should be low ("a slip of up to 30 days"), ``expected`` what the target to
    date is ("planned by 31 May 2018").
    """

    stated: str
    amount: Callable[[float], str]
    gap: Callable[[float], str]
    limit: Callable[[float], str] = str
    expected: str = "expected"


def rate(
    value: float | None,
    target_to_date: float | None,
    final: float | None,
    due_on: date | None,
    on: date,
    rule: RatingRule,
    words: Wording,
    *,
    starts_on: date | None = None,
) -> tuple[Rating, str]:
    """The rating of a value (a share where the targets are shares) and the sentence that says why.

    ``starts_on``: the day the target's line starts; before it nothing is due.
    """
    if value is None:
        return Rating.NO_DATA, "There are no figures to rate."
    if target_to_date is None:
        return Rating.NO_TARGET, f"{words.stated}. No target is set, so there is nothing to rate it against."
    if rule.direction is Direction.LOWER:
        return _lower(value - target_to_date, rule, words)
    if rule.direction is Direction.NEAR:
        return _near(value, target_to_date, rule, words)
    return _higher(value, target_to_date, final, due_on, on, rule, words, starts_on)


def _higher(
    value: float,
    expected: float,
    final: float | None,
    due_on: date | None,
    on: date,
    rule: RatingRule,
    words: Wording,
    starts_on: date | None,
) -> tuple[Rating, str]:
    if final is not None and final <= 0:
        return Rating.NOT_DUE, f"The target is {words.amount(final)}, so nothing is asked that could be rated."
    if final is not None and value >= final - _EXACTNESS:
        return Rating.COMPLETE, f"{words.stated}: {_reached(final, due_on, on, words)}."
    if starts_on and on < starts_on:
        return Rating.NOT_DUE, f"Nothing is expected before {day(starts_on)}, when the target starts to count."
    if expected <= 0 and value <= 0:
        return Rating.NOT_DUE, f"Nothing was expected by {day(on)}."
    late = due_on is not None and on >= due_on
    by = f"due by {day(due_on)}" if due_on and late else f"{words.expected} by {day(on)}"
    against = f"{words.stated} against {words.amount(expected)} {by}: {_difference(value - expected, words)}."
    short = (expected - value) / expected if expected > 0 else 0.0
    rating = _within(short, rule)
    target = "target" if late else "target to date"
    nearly, far = percent(rule.on_track_within, 1), percent(rule.slightly_behind_within, 1)
    means = f"at least the {target}" if not rule.on_track_within else f"no more than {nearly} below the {target}"
    return rating, f"{against} On track means {means}{_further(rating, far)}."


def _reached(final: float, due_on: date | None, on: date, words: Wording) -> str:
    by = f" due by {day(due_on)}" if due_on else ""
    return f"the target of {words.amount(final)}{by} is reached{_days_early(due_on, on)}"


def _days_early(due_on: date | None, on: date) -> str:
    left = (due_on - on).days if due_on else 0
    return f", with {left:,} day{'' if left == 1 else 's'} to go" if left > 0 else ""


def rate_final(
    value: float, final: float | None, due_on: date | None, on: date, rule: RatingRule, words: Wording
) -> Status | None:
    """The value against the target in the end: how much is still to come, and once it is due how it was met.

    None where there is no such target, or where the target is none at all (a figure that should be low).
    """
    if final is None or due_on is None or final <= 0 or rule.direction is Direction.LOWER:
        return None
    target = f"the final target of {words.amount(final)}"
    over = value > final + _EXACTNESS
    if rule.direction is Direction.HIGHER and value >= final - _EXACTNESS:
        return Status(Rating.COMPLETE, f"{words.stated}: {_reached(final, due_on, on, words)}.")
    if on < due_on and not (over and rule.direction is Direction.NEAR):
        reached = f"{percent(value, final)} of {target} is reached" if value > 0 else f"nothing of {target} is reached"
        left = f"{words.gap(final - value)} still to come by {day(due_on)}"
        return Status(Rating.NOT_DUE, f"{words.stated}: {reached}, {left}.")
    off = abs(value - final) / final
    rating = _within(off, rule)
    gap = f"{words.gap(abs(value - final))} {'over' if over else 'short'}"
    gap = "exactly met" if abs(value - final) < _EXACTNESS else f"{gap} ({_shown(off, rating, rule)})"
    return Status(rating, f"{words.stated} against {target} due by {day(due_on)}: {gap}.")


def rate_forecast(
    expected: float, final: float | None, due_on: date | None, rule: RatingRule, words: Wording
) -> Status | None:
    """Where the figure is likely to stand when its target is due, against that target; None without one.

    ``words.stated`` says the value expected ("380 people trained"). Money is against its budget, over or under.
    """
    if final is None or final <= 0 or rule.direction is Direction.LOWER:
        return None
    by = f" by {day(due_on)}" if due_on else " in the end"
    gap, rating = expected - final, rating_ahead(expected, final, rule)
    is_near = rule.direction is Direction.NEAR
    share = _shown(abs(gap) / final, rating, rule) if is_near or gap < 0 else percent(gap, final)
    way = ("over" if gap > 0 else "under") if is_near else "more than that" if gap > 0 else "short"
    said = "exactly that" if abs(gap) < _EXACTNESS else f"{words.gap(abs(gap))} ({share}) {way}"
    within = percent(rule.on_track_within, 1)
    means = f"within {within} over or under" if is_near else f"no more than {within} short"
    if not rule.on_track_within:
        means = "no difference" if is_near else "nothing short"
    against = f"{words.stated} {'is' if is_near else 'are'} expected{by}, against {words.amount(final)}: {said}."
    return Status(rating, f"{against} On track means {means}.")


def rating_ahead(expected: float, final: float, rule: RatingRule) -> Rating:
    """The rating of a value expected on the day a target (above 0) is due, by the same tolerances as that of now."""
    gap = expected - final
    return _within((abs(gap) if rule.direction is Direction.NEAR else -gap) / final, rule)


def distance(value: float | None, target_to_date: float | None, rule: RatingRule) -> float | None:
    """How far a figure is off what was asked by then, so that two days can be compared: 0 is not off at all.

    A share of the target to date; for a figure that should be low the figure itself. None where it is not known.
    """
    if value is None or target_to_date is None:
        return None
    if rule.direction is Direction.LOWER:
        return max(value - target_to_date, 0.0)
    if target_to_date <= 0:
        return 0.0
    off = (target_to_date - value) / target_to_date
    return abs(off) if rule.direction is Direction.NEAR else max(off, 0.0)


def _difference(gap: float, words: Wording) -> str:
    if abs(gap) < _EXACTNESS:
        return f"exactly as {words.expected}"
    return f"{words.gap(abs(gap))} {'ahead' if gap > 0 else 'behind'}"


def _further(rating: Rating, far: str) -> str:
    if rating is Rating.SLIGHTLY_BEHIND:
        return f"; up to {far} below it is slightly behind"
    return f"; more than {far} below it is behind" if rating is Rating.BEHIND else ""


def _near(value: float, expected: float, rule: RatingRule, words: Wording) -> tuple[Rating, str]:
    if expected <= 0:
        if value <= 0:
            return Rating.NOT_DUE, f"Nothing was {words.expected}."
        return Rating.BEHIND, f"{words.stated}, and nothing was {words.expected}."
    off = (value - expected) / expected
    rating = _within(abs(off), rule)
    gap = f"{words.gap(abs(value - expected))} ({_shown(abs(off), rating, rule)}) {'over' if off > 0 else 'under'}"
    if abs(off) < _EXACTNESS:
        gap = "no difference"
    nearly, far = percent(rule.on_track_within, 1), percent(rule.slightly_behind_within, 1)
    return rating, (
        f"{words.stated} against {words.amount(expected)} {words.expected}: {gap}. "
        f"On track means within {nearly} over or under, slightly behind within {far}."
    )


def _shown(off: float, rating: Rating, rule: RatingRule) -> str:
    """A share as budget monitors print it, to one decimal, or with as many as show its rating: 2.04 % is not within
    2 %, so it is not shown as 2 %."""
    for digits in range(1, 5):
        shown = round_half_up(off * 100, digits)
        if shown and _within(float(shown) / 100, rule) is rating:
            return f"{str(shown).removesuffix('.0')}%"
    return percent(off, 1)


def _lower(over: float, rule: RatingRule, words: Wording) -> tuple[Rating, str]:
    means = f"On track means {words.limit(rule.on_track_within)}"
    if rule.slightly_behind_within > rule.on_track_within:
        means += f"; slightly behind means {words.limit(rule.slightly_behind_within)}"
    return _within(over, rule), f"{words.stated}. {means}."


def _within(off: float, rule: RatingRule) -> Rating:
    if off <= rule.on_track_within + _EXACTNESS:
        return Rating.ON_TRACK
    return Rating.SLIGHTLY_BEHIND if off <= rule.slightly_behind_within + _EXACTNESS else Rating.BEHIND
