"""Sessions that were tried out become planned ones: what is to be recorded, with references of their own."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count

from sos_tracker.records.access import Actor, Permission
from sos_tracker.records.periods import month_end, month_of
from sos_tracker.records.recorded import Add
from sos_tracker.records.training import SessionStatus, TrainingSession
from sos_tracker.records.what_if import Scenario
from sos_tracker.store import Store

_SATURDAY, _A_PAGE = 5, 1_000


def as_planned_sessions(store: Store, actor: Actor, scenario: Scenario, on: date) -> tuple[Add, ...]:
    """What ``recording.record`` is to write so that the sessions added are planned; what lies before ``on`` is not.

    A reference is PLAN, the month, and the next number there: PLAN-2018-09-1. Where only a month is given, a session
    stands on its first weekday after ``on``, to be corrected when the day is known. Raises NotAllowed.
    """
    actor.require(Permission.RECORD)
    numbers: dict[date, Iterator[int]] = {}
    found = []
    for added in scenario.added:
        for month in added.months if added.is_after(on) else ():
            next_number = numbers.setdefault(month, count(_first_free(store, actor.programme, month)))
            found.append(
                Add(
                    TrainingSession(
                        reference=f"{_stem(month)}{next(next_number)}",
                        level=added.level,
                        starts_on=_weekday(month, on) if added.any_day else added.starts_on,
                        status=SessionStatus.PLANNED,
                        places=added.places,
                        cost_pence=added.cost_pence,
                    )
                )
            )
    return tuple(found)


def _stem(month: date) -> str:
    return f"PLAN-{month:%Y-%m}-"


def _first_free(store: Store, code: str, month: date) -> int:
    kept, _ = store.records(code, TrainingSession.kind, text=_stem(month), limit=_A_PAGE)
    ends = [one.of(TrainingSession).reference.removeprefix(_stem(month)) for one in kept]
    return max((int(end) for end in ends if end.isascii() and end.isdigit()), default=0) + 1


def _weekday(month: date, on: date) -> date:
    """The first weekday of the month after that day; its last day where no weekday is left."""
    day, last = max(month_of(month), on + timedelta(days=1)), month_end(month)
    while day.weekday() >= _SATURDAY and day < last:
        day += timedelta(days=1)
    return day
