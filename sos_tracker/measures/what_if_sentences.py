"""What if, in sentences: what was changed, what comes of it, and what it is reckoned with."""

from collections.abc import Iterator

from sos_tracker.measures.observed import Observed
from sos_tracker.measures.what_if import WhatIf
from sos_tracker.records.figures import Unit
from sos_tracker.records.labels import count_of, listed
from sos_tracker.records.money import percent, whole_pounds
from sos_tracker.records.periods import day, month_of
from sos_tracker.records.training import CourseLevel
from sos_tracker.records.what_if import Scenario, SessionsAdded, SessionsChanged

_MOST_NAMED = 2
_COURSES = frozenset({CourseLevel.INTRODUCTION, CourseLevel.ADVANCED, CourseLevel.E_LEARNING})


def finding(of: WhatIf) -> str:
    """What comes of the scenario, or of the sessions planned so far where nothing is changed."""
    if of.scenario.is_as_planned:
        number = sum(each.sessions for each in of.planned.sessions)
        planned = f"the {sessions(number)} planned so far" if number else "no more sessions planned"
        people = "people would be trained" if of.planned.trained != of.now.trained else "people are trained"
        return f"With {planned}, {_by(of, of.planned.trained, people)}."
    would = f"{_more(of.more)} would be trained: {_by(of, of.changed.trained)}"
    if not of.more:
        would = f"as many people would be trained as planned so far: {_by(of, of.changed.trained)}"
    changed = changes(of)
    return f"With {listed(changed) if len(changed) <= _MOST_NAMED else f'these {len(changed)} changes'}, {would}."


def when_met(of: WhatIf) -> str:
    """By which month the target for people trained would be met; "" where there is none."""
    if of.goal.final is None:
        return "No target is set for people trained, so nobody can say whether these sessions are enough."
    target = f"The target of {of.goal.final:,.0f}"
    if of.now.met_in:
        return f"{target} is met already."
    planned, changed = of.planned.met_in, of.changed.met_in
    if of.scenario.is_as_planned:
        return f"{target} would be met in {planned:%B %Y}." if planned else f"{target} would not be met."
    before = f"as planned so far {f'it would be in {planned:%B %Y}' if planned else 'it would not be'}"
    if changed and changed == planned:
        return f"{target} would be met in {changed:%B %Y}, as it would be as planned so far."
    if changed:
        return f"{target} would be met in {changed:%B %Y}; {before}."
    return f"{target} would not be met with these sessions" + (
        f"; {before}." if planned else ", nor as planned so far."
    )


def reckoned_with(seen: Observed) -> tuple[str, ...]:
    """What was observed so far of the courses that count as training, with what it is reckoned from."""
    said = []
    if seen.fill_rate is None:
        said.append("No delivered session that counts as training says how many places it had.")
    else:
        said.append(
            f"Places taken up so far: {seen.came:,} of {seen.places:,} on delivered courses that count as training "
            f"({percent(seen.fill_rate, 1)})."
        )
    if seen.new_share is None or seen.first is None or seen.last is None:
        said.append("Nobody has come to such a course yet.")
    else:
        said.append(
            f"New people among those who came, {seen.first:%B %Y} to {seen.last:%B %Y}: {seen.first_trained:,} of "
            f"{seen.attended:,} ({percent(seen.new_share, 1)})."
        )
    if seen.trained:
        said.append(
            f"Staff in scope and in post among all trained: {seen.in_scope:,} of {seen.trained:,} "
            f"({percent(seen.in_scope, seen.trained)})."
        )
    said.append(
        "Sessions to come cost what is recorded as their cost, which is taken off the money left, also where it is "
        "among the commitments already."
    )
    return tuple(said)


def left_out(of: WhatIf) -> Iterator[str]:
    """Sessions that are not reckoned with, and why."""
    if of.too_early:
        entries = "1 entry lies" if of.too_early == 1 else f"{of.too_early} entries lie"
        yield f"{entries} on or before {day(of.on)} and {'is' if of.too_early == 1 else 'are'} left out."
    if of.gone:
        entries, are = (
            ("1 entry moves or cancels", "is") if of.gone == 1 else (f"{of.gone} entries move or cancel", "are")
        )
        yield f"{entries} sessions that are not planned, and {are} left out."
    if of.undated:
        have, are = ("has", "is") if of.undated == 1 else ("have", "are")
        yield f"{sessions(of.undated)} planned already {have} no date, and {are} left out."
    if of.placeless:
        have, train = ("has", "trains") if of.placeless == 1 else ("have", "train")
        yield f"{sessions(of.placeless)} planned already {have} no number of places, and {train} nobody here."


def changes(of: WhatIf) -> list[str]:
    """Everything the scenario changes, each in a phrase."""
    scenario, seen = of.scenario, of.observed
    so_far = {"fill_rate": seen.fill_rate, "new_share": seen.new_share}
    said = [*map(added, scenario.added), *map(changed, scenario.changed)]
    return said + [f"{words}{_instead(so_far.get(name))}" for name, words in supposed(scenario).items()]


def supposed(scenario: Scenario) -> dict[str, str]:
    """What is supposed of all sessions to come, by the scenario's own names."""
    said = {}
    if scenario.fill_rate is not None:
        said["fill_rate"] = f"{percent(scenario.fill_rate, 1)} of places taken up"
    if scenario.new_share is not None:
        said["new_share"] = f"{percent(scenario.new_share, 1)} new people among those who come"
    if scenario.session_pence is not None:
        said["session_pence"] = f"{whole_pounds(scenario.session_pence)} for each session without a cost of its own"
    return said


def added(more: SessionsAdded) -> str:
    """``6 more introduction courses of 20 places by December 2018``; their cost is said apart."""
    last = more.months[-1]
    if not more.any_day:
        when = f"on {day(more.starts_on)}"
    else:
        when = f"in {last:%B %Y}" if last == month_of(more.starts_on) else f"by {last:%B %Y}"
    what = f"{more.sessions:,} more {courses(more.level, more.sessions)}"
    return f"{what} of {count_of(more.places, Unit.PLACES)} {when}"


def changed(one: SessionsChanged) -> str:
    """``1 introduction course moved from June 2018 to September 2018``."""
    what = f"{one.sessions:,} {courses(one.level, one.sessions)}"
    if one.moved_to is None:
        return f"{what} of {one.month:%B %Y} cancelled"
    return f"{what} moved from {one.month:%B %Y} to {one.moved_to:%B %Y}"


def courses(level: str, number: int) -> str:
    """``introduction courses``; a word that is no level is a session."""
    name = level or "session"
    name = f"{name} course" if level in _COURSES else name
    return name if number == 1 else f"{name}s"


def sessions(number: int) -> str:
    return f"{number:,} session{'' if number == 1 else 's'}"


def difference(before: int | None, after: int | None) -> str:
    """``61 more``, ``3 fewer``, ``none``."""
    if before is None or after is None:
        return "not known"
    if before == after:
        return "none"
    return f"{abs(after - before):,} {'more' if after > before else 'fewer'}"


def _more(number: int) -> str:
    people = "person" if abs(number) == 1 else "people"
    return f"{abs(number):,} {'more' if number > 0 else 'fewer'} {people}"


def _by(of: WhatIf, trained: int, people: str = "") -> str:
    whole = f" of {of.goal.final:,.0f}" if of.goal.final is not None else ""
    words = f" {people}" if people else ""
    return f"{trained:,}{whole}{words} by {day(of.until)}"


def _instead(observed: float | None) -> str:
    return "" if observed is None else f" instead of {percent(observed, 1)}"
