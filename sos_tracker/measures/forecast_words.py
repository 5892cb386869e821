"""A forecast in sentences: with its method and its inputs, and in every case that has no date to name."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from math import ceil

from sos_tracker.measures import pace
from sos_tracker.measures.forecast import STALLED_MONTHS, Forecast, FullMonths, Met
from sos_tracker.records.figures import Unit
from sos_tracker.records.labels import amount, range_of
from sos_tracker.records.periods import day

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


@dataclass(frozen=True)
class Words:
    """How one running total is spoken of: ``of`` follows a number of it (" people"), ``done`` what has become of it."""

    unit: Unit
    of: str
    done: str
    nothing: str
    reached: str = "reached"

    def amount(self, value: float) -> str:
        return amount(value, self.unit)


def sentences(told: Forecast, words: Words) -> tuple[str, ...]:
    """What is forecast, how, and from what; the first sentence says most. Never none."""
    return tuple(_sentences(told, words))


def _sentences(told: Forecast, words: Words) -> Iterator[str]:
    final, history = told.goal.final, told.months
    if told.is_reached and final is not None:
        so_far = f"{words.amount(told.now)}{words.done} by {day(told.on)}"
        yield f"The target of {words.amount(final)} is reached: {so_far}."
    elif final is not None and final <= 0:
        yield "The target is nothing, so there is nothing to reach."
    if told.why_not or history is None:
        yield f"There is no forecast yet. {told.why_not}"
        yield from _needed(told, words)
        return
    if told.is_late and told.goal.due_on and final:
        so_far = f"{words.amount(told.now)}{words.done}"
        yield f"{words.amount(final)} was due by {day(told.goal.due_on)}, and it is {so_far} by {day(told.on)}."
    yield _first(told, history, words)
    yield from _stands(told, words)
    yield from _needed(told, words)
    yield from _left_out(history)


def _first(told: Forecast, history: FullMonths, words: Words) -> str:
    final, aim = told.goal.final, told.met is not None
    if history.has_stalled and not told.is_reached:
        end = f", and {words.amount(final)} will not be {words.reached}" if final and aim else ""
        since = f"the last {_number(STALLED_MONTHS)} full months, up to {history.last:%B %Y}"
        return f"{words.nothing} in {since}: at that rate nothing is added{end}."
    of = _rate(told, words)
    at = f"At the rate of the last {_number(history.used())} full months, {of} a month"
    if final and told.met is not None:
        return f"{at}, {words.amount(final)} {_when(told.met, words)}."
    last = told.path[-1]
    return f"{at}, it will be {range_of(last.low, last.high, words.unit)}{words.done} by {day(last.on)}."


def _when(met: Met, words: Words) -> str:
    if met.earliest is None:
        return f"will not be {words.reached} within five years"
    if met.latest is None:
        likely = f"most likely in {met.likely:%B %Y}" if met.likely else "more likely not within five years"
        earliest = f"in {met.earliest:%B %Y} at the earliest"
        return f"will be {words.reached} {earliest}, {likely}, and perhaps not within five years"
    return f"will be {words.reached} {_months(met.earliest, met.latest)}"


def _months(first: date, last: date) -> str:
    """``between August and November 2018``, or ``in August 2018``."""
    if (first.year, first.month) == (last.year, last.month):
        return f"in {last:%B %Y}"
    return f"between {first:{'%B' if first.year == last.year else '%B %Y'}} and {last:%B %Y}"


def _stands(told: Forecast, words: Words) -> Iterator[str]:
    """The value on the day due, where the first sentence has not said it."""
    due, due_on = told.on_due, told.goal.due_on
    if due is None or due_on is None:
        return
    likely = f"On {day(due_on)} it is likely to be {words.amount(round(due.likely))}"
    yield f"{likely}, and in four cases of five {range_of(due.low, due.high, words.unit)}."


def _needed(told: Forecast, words: Words) -> Iterator[str]:
    if told.needed is not None and told.goal.final and told.goal.due_on:
        yield (
            f"From now, {words.amount(ceil(told.needed))}{words.of} a month are needed to reach "
            f"{words.amount(told.goal.final)} by {day(told.goal.due_on)}."
        )


def _left_out(history: FullMonths) -> Iterator[str]:
    if history.part_month:
        yield f"{history.part_month:%B %Y} is not over and is left out."
    if len(history.added) > pace.NEWEST_MONTHS:
        yield f"Months before the last {pace.NEWEST_MONTHS} are left out."
    if history.quiet is not None:
        yield "August and December are counted apart, because they have added less than other months."


def _rate(told: Forecast, words: Words) -> str:
    rate = told.rate
    if rate is None:
        return ""
    return f"{range_of(rate.low, rate.high, words.unit)}{words.of}"


def _number(number: int) -> str:
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)
