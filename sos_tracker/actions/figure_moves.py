"""What moved a figure since a moment: its value then and now, and after each save between that may have moved it.

The value of an earlier moment is reckoned from the records as they were then, played again from the history, for the
same as-at date and by today's rules; so the steps from then to now add up by what they are, and not by a guess.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from sos_tracker.measures import catalogue
from sos_tracker.records.access import Actor, Permission
from sos_tracker.records.figures import Figure
from sos_tracker.store import Store
from sos_tracker.store.stories import Save, Search

MOST_STEPS = 24
"""A figure is reckoned after no more saves than these one by one; of more, those of a day, month or year together."""
_MOST_SAVES = 100_000

COUNTED_FROM: dict[str, tuple[str, ...]] = {
    "T1": ("attendance", "headcount", "programme", "session"),
    "T2": ("attendance", "headcount", "session"),
    "T3": ("attendance", "programme", "session", "staff member"),
    "T4": ("attendance", "session"),
    "L1": ("attendance", "practice-lead post", "session"),
    "B1": ("budget line", "ledger entry"),
    "B2": ("budget line", "ledger entry"),
    "B3": ("budget line", "ledger entry"),
    "B4": (
        "attendance",
        "budget line",
        "headcount",
        "ledger entry",
        "programme",
        "session",
        "staff member",
        "strategy target",
    ),
    "M1": ("milestone",),
    "M2": ("milestone",),
    "M3": ("milestone",),
    "E1": ("scale rating",),
    "E2": ("case audit",),
    "E3": ("alignment item",),
}
"""The kinds of record each figure, and what it is a part of, is reckoned from."""


@dataclass(frozen=True)
class Step:
    """Saves one after another, oldest first, and the figure before and after them."""

    saves: tuple[Save, ...]
    before: Figure
    after: Figure

    @property
    def moved(self) -> bool:
        return _said(self.before) != _said(self.after)


@dataclass(frozen=True)
class Moved:
    """A figure as it would have stood at a moment, as it stands, and the steps between, oldest first.

    ``agrees``: whether what the history adds up to is what is shown; where it is not, ``verify`` says what is wrong.
    """

    since: datetime
    then: Figure
    now: Figure
    steps: tuple[Step, ...]
    agrees: bool

    @property
    def moving(self) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if step.moved)

    @property
    def saves_without_effect(self) -> int:
        return sum(len(step.saves) for step in self.steps if not step.moved)


def moved_since(store: Store, actor: Actor, code: str, since: datetime, on: date) -> Moved:
    """What moved one figure of the actor's programme, as at ``on``, since a moment. Raises NotAllowed."""
    actor.require(Permission.RECORD)
    here = actor.programme
    begin = store.newest_change(here, before=since)
    search = Search(kinds=COUNTED_FROM[code], numbers=(begin + 1, max(begin + 1, store.newest_change(here))))
    saves, _ = store.saves(here, search, limit=_MOST_SAVES, unfilled=True)
    groups = _groups(tuple(reversed(saves)))
    frames = store.frames_after(here, on, [begin, *(group[-1].last for group in groups)])
    figures = [_figure(code, catalogue.figures(each, on)) for each in frames]
    steps = tuple(
        Step(group, before, after) for group, before, after in zip(groups, figures, figures[1:], strict=False)
    )  # fmt: skip
    now = _figure(code, catalogue.figures(store.frames(here, on), on))
    return Moved(since, figures[0], now, steps, _said(figures[-1]) == _said(now))


def _figure(code: str, figures: Sequence[Figure]) -> Figure:
    return next(figure for figure in figures if figure.code == code)


def _said(figure: Figure) -> tuple[float | None, float | None]:
    return figure.value, figure.denominator


_Key = Callable[[Save], object]
_TOGETHER: tuple[_Key, ...] = (
    lambda save: save.last,
    lambda save: save.recorded_at.astimezone().date(),
    lambda save: (save.recorded_at.astimezone().year, save.recorded_at.astimezone().month),
    lambda save: save.recorded_at.astimezone().year,
)


def _groups(saves: tuple[Save, ...]) -> list[tuple[Save, ...]]:
    """One by one where they are few, else by the finest of day, month and year that leaves few."""
    found: list[tuple[Save, ...]] = []
    for key in _TOGETHER:
        found = [tuple(group) for _, group in groupby(saves, key=key)]
        if len(found) <= MOST_STEPS:
            break
    return found
