"""Training runway: how many more people the money left can train, beside those still to be trained. Money is pence."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from sos_tracker.measures.budget import money
from sos_tracker.measures.frames import ProgrammeFrames
from sos_tracker.measures.published import NO_GOAL, Goal, publish, strategy_goal, unknown
from sos_tracker.measures.rating import DEFAULT_RULES
from sos_tracker.measures.totals import is_one, total
from sos_tracker.measures.training_series import trained_by_month
from sos_tracker.records.figures import Confidence, Figure, Note, Rating, RatingRule, Unit, Working
from sos_tracker.records.labels import count_of
from sos_tracker.records.money import percent, round_half_up, whole_pounds
from sos_tracker.records.periods import day, month_end, month_of, months, months_on
from sos_tracker.records.training import SessionStatus

RATE_MONTHS = 6
"""The full months whose rate tells when people and money run out: the last ones before the as-at date."""
_FURTHEST = 50 * 12


@dataclass(frozen=True)
class Runway:
    """Where the money and the people stand.

    ``budget_pence`` is None where no budget was approved. ``still_to_train`` is what is missing from ``target``, the
    people the strategy wants trained; where there is none (None), the staff in scope and in post, ``staff`` in all,
    who are not trained; None where there are no such staff either.
    """

    budget_pence: int | None
    spent_pence: int
    committed_pence: int
    trained: int
    still_to_train: int | None
    target: int | None = None
    staff: int = 0

    @property
    def left_pence(self) -> int:
        """The approved budget less what is spent and what is committed; below zero where more is gone."""
        return (self.budget_pence or 0) - self.spent_pence - self.committed_pence

    @property
    def is_known(self) -> bool:
        """Whether there is a budget, and a cost of one person trained."""
        return self.budget_pence is not None and self.trained > 0 and self.spent_pence > 0

    @property
    def person_pence(self) -> float:
        """What one person trained has cost: all that is spent, shared among all who are trained."""
        return self.spent_pence / self.trained

    @property
    def affordable(self) -> int:
        """People the money left trains at that cost, whole ones only."""
        return max(self.left_pence, 0) * self.trained // self.spent_pence

    @property
    def short_pence(self) -> int:
        """How much more money training all who are still to be trained takes; 0 where the money left is enough."""
        needed = -(-(self.still_to_train or 0) * self.spent_pence // self.trained)
        return max(needed - self.left_pence, 0)


class Pace(NamedTuple):
    """What some full months came to: people first trained, and pence spent."""

    first: date
    last: date
    people: int
    pence: int

    @property
    def months(self) -> int:
        return len(months(self.first, self.last))


def runway_on(frames: ProgrammeFrames, on: date) -> Runway:
    """The runway of the whole programme, whatever part of it is looked at: its money is for all agencies and levels."""
    whole = frames.whole or frames
    trained, goal, there = (
        sum(trained_by_month(whole.training).values()),
        strategy_goal(whole, "T1", on),
        money(whole.budget),
    )
    target = int(goal.final) if goal.final is not None and not goal.is_rate else None
    rows = whole.training.staff
    in_scope = rows["in_scope"].to_numpy()
    staff, untrained = total(rows["staff"], in_scope), total(rows["staff"] - rows["trained"], in_scope)
    still = max(target - trained, 0) if target is not None else untrained if staff else None
    return Runway(there.approved, there.spent, there.committed, trained, still, target, staff)


def training_runway(frames: ProgrammeFrames, on: date) -> Figure:
    """B4: people whom the money left can train at the cost of those trained so far, beside people still to train.

    On track where it trains all of them; the tolerances are shares of those still to train.
    """
    at = runway_on(frames, on)
    if not at.is_known:
        return unknown(frames, "B4", on, _why_not_known(at, on), row="person trained")
    pace = pace_by(frames, on)
    figure = publish(
        frames, "B4", on,
        value=at.affordable,
        denominator=at.still_to_train,
        says=_says(at),
        against="",
        notes=[Note(words) for words in (_whom(at), _what_it_takes(at), _how_long(at, pace, on), _basis(at, frames))],
        goal=NO_GOAL if at.still_to_train is None else Goal(to_date=1.0, is_rate=True),
        working=Working(at.trained, "a person trained, among whom what is spent is shared"),
        parts=_parts(at, pace, on),
        confidence=Confidence.ESTIMATED,
    )  # fmt: skip
    if at.still_to_train is None:
        return figure
    rating = figure.rating if at.still_to_train else Rating.COMPLETE
    return replace(
        figure,
        rating=rating,
        rating_reason=_reason(at, rating, frames.rules.get("B4", DEFAULT_RULES["B4"])),
        target_final=1.0,
        due_on=None if at.target is None else strategy_goal(frames.whole or frames, "T1", on).due_on,
    )


def pace_by(frames: ProgrammeFrames, on: date) -> Pace | None:
    """What the last six full months came to, or all there are since the first person or payment; None of none."""
    whole = frames.whole or frames
    people, paid = trained_by_month(whole.training), money(whole.budget).spent_by_month
    last = month_of(on) if on == month_end(on) else months_on(month_of(on), -1)
    begun = min([*people, *paid], default=None)
    if begun is None or begun > last:
        return None
    first = max(months_on(last, 1 - RATE_MONTHS), begun)
    there = months(first, last)
    return Pace(first, last, *(sum(each.get(month, 0) for month in there) for each in (people, paid)))


def used_up_in(amount: int, pace: Pace, at_pace: int, on: date) -> date | None:
    """The month in which ``amount`` is used up where ``at_pace`` went in the months of the pace; None where it is not
    within 50 years. Used up on the last day of a month, it is still that month."""
    if at_pace <= 0:
        return None
    days = month_end(on).day
    ahead = -(-(on.day * at_pace + max(amount, 0) * pace.months * days) // (at_pace * days)) - 1
    return months_on(month_of(on), ahead) if ahead <= _FURTHEST else None


def _why_not_known(at: Runway, on: date) -> str:
    if at.budget_pence is None:
        return "How many people the money left can train is not known, as there is no budget: import the budget book."
    if not at.trained:
        return f"Nobody has been trained by {day(on)}, so what training one person costs is not known yet."
    return f"Nothing has been spent by {day(on)}, so what training one person costs is not known yet."


def _says(at: Runway) -> str:
    budget, left = whole_pounds(at.budget_pence or 0), whole_pounds(at.left_pence)
    still = "" if at.still_to_train is None else _still(at.still_to_train)
    if at.still_to_train == 0:
        return f"Nobody is left to train, and {left} of the {budget} budget is neither spent nor promised"
    if at.left_pence <= 0:
        over = f", {whole_pounds(-at.left_pence)} more than there is" if at.left_pence < 0 else ""
        gone = f"The money has already gone: all of the {budget} budget is spent or promised{over}"
        return f"{gone}, and {still}" if still else gone
    trains = f"The {left} left of the {budget} budget trains {_more(at.affordable)} at {_each(at)} each"
    if at.still_to_train is None:
        return trains
    enough = "which is enough" if not at.short_pence else "which is not enough"
    return f"{trains}, {enough}: {still}"


def _whom(at: Runway) -> str:
    """Who is still to be trained."""
    if at.target is not None:
        return f"The target is {at.target:,} people trained, of whom {at.trained:,} are."
    if at.still_to_train is not None:
        trained = f"{at.staff - at.still_to_train:,} of {count_of(at.staff, Unit.STAFF)} in scope and in post"
        return f"There is no target for people trained; {trained} are trained."
    return "How many are still to be trained is not known: set a target for people trained, or import the staff list."


def _what_it_takes(at: Runway) -> str:
    if not at.still_to_train or not at.short_pence:
        return ""
    more = f"Training all {at.still_to_train:,} takes {_rounded_up(at.short_pence)} more"
    if at.left_pence <= 0:
        return f"{more}, at {_each(at)} each."
    return f"{more}, or a cost of {_rounded_down(at.left_pence // at.still_to_train)} each instead of {_each(at)}."


def _how_long(at: Runway, pace: Pace | None, on: date) -> str:
    """When people and money run out at the rate of the last full months."""
    if at.still_to_train == 0:
        return ""
    if pace is None:
        return "There is no full month yet to take a rate from."
    many = "full month" if pace.months == 1 else f"{pace.months} full months"
    rate = f"At the rate of the last {many} ({_monthly(pace.people, pace)} people and {_pounds_monthly(pace)} a month)"
    said = []
    if at.still_to_train:
        people = used_up_in(at.still_to_train, pace, pace.people, on)
        said.append(f"the last of them would be trained in {people:%B %Y}" if people else "not all would be trained")
    if at.left_pence > 0:
        until = used_up_in(at.left_pence, pace, pace.pence, on)
        said.append(f"the money would last until {until:%B %Y}" if until else "the money would not run out")
    return f"{rate} {' and '.join(said)}." if said else ""


def _basis(at: Runway, frames: ProgrammeFrames) -> str:
    """What the cost of a person is made of, and what it is not."""
    basis = (
        f"The cost of one person is all that is spent ({whole_pounds(at.spent_pence)}, credits taken off), shared "
        f"among the {at.trained:,} trained"
    )
    sessions = (frames.whole or frames).training.sessions
    held = sessions["held"].to_numpy() & ~is_one(sessions["status"], SessionStatus.CANCELLED.value)
    cost = total(sessions["cost_pence"], held)
    if cost <= 0:
        return f"{basis}."
    return f"{basis}, and not the {whole_pounds(cost)} recorded as the cost of the sessions held."


def _reason(at: Runway, rating: Rating, rule: RatingRule) -> str:
    if rating is Rating.COMPLETE:
        return "Nobody is left to train, so no more money is needed for it."
    near, far = percent(rule.on_track_within, 1), percent(rule.slightly_behind_within, 1)
    means = "money for all of them" if not rule.on_track_within else f"{near} short at most"
    return (
        f"There is money for {_more(at.affordable)}, and {_still(at.still_to_train or 0)}. On track means {means}; "
        f"up to {far} short is slightly behind."
    )


def _parts(at: Runway, pace: Pace | None, on: date) -> dict[str, Any]:
    until = [
        ("people_run_out", at.still_to_train, pace.people if pace else 0),
        ("money_runs_out", at.left_pence, pace.pence if pace else 0),
    ]
    ends = {name: used_up_in(left, pace, went, on) for name, left, went in until if pace and left and left > 0}
    return {
        "money_left_pence": at.left_pence,
        "cost_per_person_pence": int(round_half_up(at.person_pence)),
        "trained": at.trained,
        "still_to_train": at.still_to_train,
        "more_money_needed_pence": at.short_pence if at.still_to_train is not None else None,
        **{name: f"{month:%Y-%m}" if month else None for name, month in ends.items()},
    }


def _still(people: int) -> str:
    return f"{count_of(people, Unit.PEOPLE)} {'is' if people == 1 else 'are'} still to be trained"


def _more(people: int) -> str:
    return f"{people:,} more {'person' if people == 1 else 'people'}"


def _each(at: Runway) -> str:
    return whole_pounds(int(round_half_up(at.person_pence)))


def _monthly(number: int, pace: Pace) -> str:
    shown = int(round_half_up(number / pace.months))
    return "fewer than 1" if number and not shown else f"{shown:,}"


def _pounds_monthly(pace: Pace) -> str:
    return whole_pounds(int(round_half_up(pace.pence / pace.months)))


def _rounded_up(pence: int) -> str:
    """To the next whole pound, so that it is enough."""
    return f"£{-(-pence // 100):,}"


def _rounded_down(pence: int) -> str:
    return f"£{pence // 100:,}"
