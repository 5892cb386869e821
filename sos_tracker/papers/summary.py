"""The committee's summary in words: what is going well, what is not with equal room, and what the figures mean.

At most 350 words, short sentences and no names of staff. Numbers come from Figures as members get them
(``measures.disclosure``) and are not reckoned here.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from sos_tracker.measures.disclosure import ALL_BUT_FEW, FEW
from sos_tracker.measures.tally import GOOD, tally
from sos_tracker.records.figures import Figure, Rating
from sos_tracker.records.labels import amount, listed, score, target
from sos_tracker.records.money import percent
from sos_tracker.records.periods import day
from sos_tracker.records.statuses import given_in_words, word

_WELL = GOOD
_NOT_WELL = frozenset({Rating.BEHIND, Rating.SLIGHTLY_BEHIND})

_SAYS: Mapping[str, Callable[[str], str]] = {
    # a sentence about a number, "285" or "fewer than 5", or about a part of a whole, "189 of 335"
    "T1": lambda number: f"{number} people have been trained (T1).",
    "T3": lambda number: f"{number} staff who need the training have had it (T3).",
    "T4": lambda number: f"People came to {number} places they had booked (T4).",
    "L1": lambda number: f"{number} teams have a trained practice lead in post (L1).",
    "B1": lambda number: f"{number} has been spent (B1).",
    "M1": lambda number: f"{number} milestones due have been met (M1).",
}
_PARTS = frozenset({"T3", "T4", "L1", "M1"})
_MEANINGS = (
    "A person is trained once they have been on a course that counts, and each person is counted once.",
    "Partner agencies often send us a number and no names. We add that number and say so.",
    "A practice lead helps a team use what it has learned. Training alone does not change how families are helped.",
    "A milestone is late if it misses the first date we agreed, even when a new date is set.",
    "Targets rise in step with the plan, so each figure is held against where it should be by now.",
)
_ON_THE_SCALE = (
    "On the method's own scale of 0 to 10, where training alone scores 0, the middle score of those asked is {} (E1)."
)
_NOT_MEASURED = (
    "Whether the practice is used has not been measured yet. Training alone scores 0 on the method's own scale (E1)."
)
_FEW_MEANS = "We do not show a number of fewer than 5 people, or one that would give it away."


@dataclass(frozen=True)
class Summary:
    """Each a list of short paragraphs; ``unrated`` are figures that cannot be called good or bad."""

    going_well: tuple[str, ...]
    not_going_well: tuple[str, ...]
    unrated: tuple[str, ...]
    meanings: tuple[str, ...] = _MEANINGS

    @property
    def prose(self) -> str:
        return " ".join((*self.going_well, *self.not_going_well, *self.unrated, *self.meanings))


def summary_of(figures: Mapping[str, Figure]) -> Summary:
    known = [figures[code] for code in _SAYS if code in figures and _is_known(figures[code])]
    return Summary(
        tuple(_sentences(one) for one in known if one.status in _WELL),
        tuple(_sentences(one) for one in known if one.status in _NOT_WELL),
        _unrated([one for one in known if one.status not in _WELL | _NOT_WELL], figures),
        (*_MEANINGS, *_taken_hold(figures), *([_FEW_MEANS] if any(one.withheld for one in figures.values()) else [])),
    )


def _taken_hold(figures: Mapping[str, Figure]) -> tuple[str, ...]:
    """What stands for the practice itself: training is counted, and is not it."""
    on_the_scale = figures.get("E1")
    if on_the_scale is None or on_the_scale.withheld:
        return ()
    if on_the_scale.value is None:
        return (_NOT_MEASURED,)
    return (_ON_THE_SCALE.format(score(on_the_scale.value)),)


def overall_finding(figures: Iterable[Figure]) -> str:
    """The programme in one line: how many rated figures are where they should be."""
    shown = list(figures)
    found = tally(figure.status for figure in shown)
    if not found.rated:
        return "The figures so far, none of them rated against a target"
    of = f"{found.good} of {found.rated} rated figures {'is' if found.good == 1 else 'are'} on track"
    late = [f"{found.behind} behind"] * (found.behind > 0)
    late += [f"{found.slightly_behind} slightly behind"] * (found.slightly_behind > 0)
    given = sum(figure.given is not None for figure in shown)
    judged = f"; {given} status{'es are' if given > 1 else ' is'} given by a person" if given else ""
    return (f"{of}, {' and '.join(late)}" if late else of) + judged


def now(figure: Figure) -> str:
    """The value as printed in a table; without one ``fewer than 5``, ``not shown`` or ``not known``."""
    if figure.value is None:
        return figure.withheld.partition(",")[0] or "not known"
    return amount(figure.value, figure.unit)


def _is_known(figure: Figure) -> bool:
    return figure.value is not None or bool(figure.withheld)


def _sentences(figure: Figure) -> str:
    said = (
        f"{_says(figure)}{_against(figure)}",
        given_in_words(figure),
        figure.revision.what if figure.revision else "",
    )
    return " ".join(part for part in said if part)


def _says(figure: Figure) -> str:
    if figure.withheld not in ("", FEW, ALL_BUT_FEW):
        return f"We do not show {figure.title.lower()} ({figure.code}): it would tell of fewer than 5 people."
    whole = amount(figure.denominator or 0, figure.unit)
    said = _SAYS[figure.code](f"{now(figure)} of {whole}" if figure.code in _PARTS else now(figure))
    return f"{said[0].upper()}{said[1:]}{_share(figure) if figure.code in _PARTS else ''}"


def _share(figure: Figure) -> str:
    if figure.value is None or not figure.denominator:
        return ""
    return f" That is {percent(figure.value, figure.denominator)}."


def _against(figure: Figure) -> str:
    if figure.target_to_date is None:
        return ""
    by_now = target(figure.target_to_date, figure)
    if figure.target_final is None or figure.due_on is None or figure.as_at >= figure.due_on:
        return f" The target is {by_now}."
    if figure.target_final == figure.target_to_date:
        return f" The target is {by_now} by {day(figure.due_on)}."
    return f" The target is {by_now} by now, and {target(figure.target_final, figure)} by {day(figure.due_on)}."


def _unrated(known: list[Figure], figures: Mapping[str, Figure]) -> tuple[str, ...]:
    said = [f"{_says(one)} {word(one)}." for one in known]
    missing = [f"{figures[code].title.lower()} ({code})" for code in _SAYS if not _is_known(figures[code])]
    return (*said, f"We have no data yet on {listed(missing)}.") if missing else tuple(said)
