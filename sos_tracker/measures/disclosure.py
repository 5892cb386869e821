"""What members are shown of figures that count people: no number of 1 to 4, and nothing that gives one by subtraction.

A count of 1 to 4 people may point to somebody, so it is left out (primary suppression), and so is whatever would let
it be reckoned from a total and the other parts (secondary suppression). This is the practice of councils and the NHS
with published counts (NHS Information Centre, "Small Numbers Procedure", 2009) and of the Office for National
Statistics ("Policy on protecting confidentiality in tables of birth and death statistics"). 0 and the whole are told:
nobody is singled out by them.

Numbers are protected where they count people or what single people did: people, attendances, staff, places, and the
holders of practice leads' posts. Teams, milestones, days, files, items and money are not. A score of the
implementation scale is left out where fewer than 5 people gave one, and how many did is never told. Three things are
seen to, each with the same rule, that every number which can be reckoned by adding and taking away is 0 or at least 5:

- the figures of one day, with their notes (``_COUNTS`` says which number counts a part of which other);
- the same figures on another day: members choose among days between which every such number moves by 0 or at least 5;
- the months of a running total, which are left out where a step would be smaller.

It cannot see what was shown before a late correction came in: whoever kept an old print can still compare the two.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from itertools import chain, product

import numpy as np
import numpy.typing as npt
import pandas as pd

from sos_tracker.measures import catalogue
from sos_tracker.measures.frames import ProgrammeFrames
from sos_tracker.measures.training_series import cumulative_trained
from sos_tracker.records.figures import Figure, GivenStatus, Note, Status, Unit
from sos_tracker.records.labels import count_of
from sos_tracker.records.periods import month_of
from sos_tracker.records.programme import Programme

FEWEST = 5
"""The fewest people, but none, that members are told of."""

FEW = f"fewer than {FEWEST}"
ALL_BUT_FEW = f"all but fewer than {FEWEST}"
OF_FEW = f"not shown, as there are fewer than {FEWEST} in all"
FEW_SCORES = f"not shown, as fewer than {FEWEST} people gave a score"
GIVES_AWAY = "not shown, as a small number could be worked out from it"
_REASON = "It is rated by the same rule as ever. The numbers are not shown, because so few people could be recognised."

OF_PEOPLE = frozenset({Unit.PEOPLE, Unit.ATTENDANCES, Unit.STAFF, Unit.PLACES})
_KNOWN_BY_NAME = OF_PEOPLE | {Unit.TEAMS, Unit.SCORE}  # the working of these speaks of people
MONTHS_OFFERED = 12
_HAPPENINGS = ("T2", "B1", "M1")
"""Nobody has come, nothing is spent and nothing achieved: the programme has not begun."""

_NOT_FOR_MEMBERS = frozenset({"B4"})
"""Reckoned from money, which is told to the penny, and people trained: it would tell how many these are."""

Counts = Mapping[str, int]
"""Numbers of people by name: ``T3`` a figure's value, ``T3 of`` its denominator, ``T3 note 1`` a number in its note."""


def _attendances(*whose: str, how: Sequence[str] = ("as booked", "otherwise")) -> frozenset[str]:
    return frozenset(f"{each} {came}" for each, came in product(whose, how))


_STAFF, _LEAVERS, _OTHERS, _FURTHER = "trained staff in scope", "trained leavers", "others trained", "come again"
_TRAINED = _attendances(_STAFF, _LEAVERS, _OTHERS)
_BOOKED = _attendances(_STAFF, _LEAVERS, _OTHERS, _FURTHER, how=("as booked",))
_PARTNERS = frozenset({"partners trained", "partners at other courses"})

PARTNERS_COUNTED = "T1 note 1"
_COUNTS: dict[str, frozenset[str]] = {
    # in the order in which they are told: a number that would give a small one away beside those before it is not.
    # Each is the sum of groups of which nobody is in two; people are told apart by the attendance that trained them.
    "T1": _TRAINED | {"partners trained"},
    "T3 of": _attendances(_STAFF) | {"untrained staff"},
    "T3": _attendances(_STAFF),
    "T4 of": _BOOKED | {"did not come", "cancelled"},
    "T4": _BOOKED,
    "T2": _TRAINED | _attendances(_FURTHER) | _PARTNERS,
    PARTNERS_COUNTED: frozenset({"partners trained"}),
    "T2 note 1": _PARTNERS,
    "T3 note 1": _attendances(_LEAVERS),
    "T4 note 1": frozenset({"did not come"}),
    "T4 note 2": frozenset({"cancelled"}),
    "L1 note 1": frozenset({"untrained leads"}),
}
_NAMES = tuple(_COUNTS)
_LEADING_NO_FURTHER = ("T4 note 1", "T4 note 2", "L1 note 1")
"""The two of T4 are told together or not at all, and come to ``T4 of`` less ``T4``; the one of L1 stands alone."""


@dataclass(frozen=True)
class ForMembers:
    """The figures of one day as members get them, by code, and the numbers of people they tell."""

    figures: dict[str, Figure]
    told: Counts


@dataclass(frozen=True)
class Members:
    """All that members of one programme may be shown: their days, newest first, and the figures of each.

    ``trained`` is the running total of people trained (CUMULATIVE_TRAINED) to the newest day, months left out where
    a step would be too small; without ``named`` and ``headcount`` where these would tell of a few.
    """

    days: Mapping[date, ForMembers]
    trained: pd.DataFrame

    @property
    def months(self) -> dict[date, Counts]:
        """The numbers of people that the running total tells, by the day each month is counted to."""
        return _months_told(self.trained)

    @property
    def dates(self) -> tuple[date, ...]:
        return tuple(sorted(self.days, reverse=True))

    def nearest(self, asked: date) -> date:
        """The newest of the days that is not after the day asked for; the newest of all where none is."""
        return next((on for on in self.dates if on <= asked), self.dates[0])

    def figures(self, on: date) -> dict[str, Figure]:
        return self.days[on].figures

    def trained_by(self, on: date) -> pd.DataFrame:
        """The running total up to one of the days."""
        return self.trained[self.trained["as_of"] <= pd.Timestamp(on)]


def members_of(programme: Programme, today: date, read: Callable[[date], ProgrammeFrames]) -> Members:
    """What members of the programme may be shown; ``read`` gives its frames on a day."""
    first, *earlier = candidate_dates(programme.usual_as_at, today)
    newest = read(first)
    figures = catalogue.figures(newest, first, is_ahead=False)
    trained = member_series(cumulative_trained(newest.training, first), over_days([(first, figures)]))
    others = ((on, catalogue.figures(read(on), on, is_ahead=False)) for on in earlier)
    return Members(over_days(chain([(first, figures)], others), _months_told(trained).values()), trained)


def candidate_dates(usual: date | None, today: date) -> tuple[date, ...]:
    """The days members might choose from: the programme's usual one, then the ends of the 12 months before it.

    Without a usual day the first is the end of the last whole month: a day that moved with the calendar would tell,
    day by day, who was trained on each.
    """
    first = usual or month_of(today + timedelta(days=1)) - timedelta(days=1)
    found = [first]
    for _ in range(MONTHS_OFFERED):
        found.append(month_of(found[-1]) - timedelta(days=1))
    return tuple(found)


def for_members(figures: Iterable[Figure]) -> dict[str, Figure]:
    """The figures of one day as members get them, by code. Where members may choose the day, use ``members_of``."""
    found = tuple(figures)
    return _suppressed(found, _told(_counts(found)))


def over_days(
    reckoned: Iterable[tuple[date, Iterable[Figure]]], charted: Iterable[Counts] = ()
) -> dict[date, ForMembers]:
    """The figures of several days, the most important first, as members get them who see a chart of ``charted`` too.

    A later day in the list is left out where a figure on it, beside the same on a day before it or in the chart, would
    give a small number away; a note that would is left out of the day. The first day on which nothing had happened yet
    ends the list, which is read no further than that.
    """
    found: dict[date, ForMembers] = {}
    months = tuple(charted)
    apart = any(PARTNERS_COUNTED in month for month in months)
    for on, each in reckoned:
        figures = tuple(each)
        counts, before = _counts(figures), [*months, *(day.told for day in found.values())]
        alone, beside = _told(counts), _told(counts, before)
        missing = apart and PARTNERS_COUNTED in counts and PARTNERS_COUNTED not in alone
        if found and not any(figure.value for figure in figures if figure.code in _HAPPENINGS):
            break
        if found and (missing or _core(alone) != _core(beside)):
            continue
        found[on] = ForMembers(_suppressed(figures, beside), beside)
    return found


def beside(figures: Iterable[Figure], others: Iterable[ForMembers]) -> ForMembers:
    """The figures of one more day, as members get them who may know those of the other days too."""
    found = tuple(figures)
    told = _told(_counts(found), [other.told for other in others])
    return ForMembers(_suppressed(found, told), told)


def _months_told(trained: pd.DataFrame) -> dict[date, Counts]:
    names = {"trained": "T1", "headcount": PARTNERS_COUNTED}
    told = trained[[column for column in names if column in trained]].rename(columns=names).to_dict("records")
    return {
        on.date(): {str(name): int(number) for name, number in month.items()}
        for on, month in zip(trained["as_of"].tolist(), told, strict=True)
    }


def member_series(
    series: pd.DataFrame, days: Mapping[date, ForMembers], months: Mapping[date, Counts] | None = None
) -> pd.DataFrame:
    """The months of a running total (CUMULATIVE_TRAINED, to the newest of the days) that members may see.

    From the last backwards, a month is kept where the total below it is 0 or at least 5 less, and the first total is
    no number of 1 to 4. The totals of the days themselves always stay, and those of ``months`` told elsewhere.
    """
    told = {**(months or {}), **{on: day.told for on, day in days.items()}}
    fixed = {pd.Timestamp(on): counts["T1"] for on, counts in told.items() if "T1" in counts}
    totals = dict(zip(series["as_of"].tolist(), series["trained"].tolist(), strict=True))
    if any(totals.get(on, 0) != total for on, total in fixed.items()) or not fixed:
        return series.head(0)
    kept: list[pd.Timestamp] = []
    for on in sorted(totals, reverse=True):
        above = totals[kept[-1]] - totals[on] if kept else 0
        below = totals[on] - max((total for day, total in fixed.items() if day <= on), default=0)
        if on <= max(fixed) and not (_is_small(above) or _is_small(below)):
            kept.append(on)
    found = series[series["as_of"].isin(kept)]
    apart = all(PARTNERS_COUNTED in day.told for day in days.values() if "T1" in day.told)
    return found if apart and _steps_are_large(found) else found.drop(columns=["named", "headcount"])


def _steps_are_large(series: pd.DataFrame) -> bool:
    steps = series[["named", "headcount"]].diff().fillna(series[["named", "headcount"]])
    return not ((steps.abs() > 0) & (steps.abs() < FEWEST)).to_numpy().any()


def _is_small(number: float) -> bool:
    return 0 < abs(number) < FEWEST


def _counts(figures: Iterable[Figure]) -> Counts:
    """Every number of people in the figures. A note that is not there says that there are none."""
    found: dict[str, int] = {}
    for figure in figures:
        if figure.value is None or figure.code in _NOT_FOR_MEMBERS:
            continue
        if figure.unit in OF_PEOPLE:
            found[figure.code] = int(figure.value)
            if figure.denominator is not None:
                found[f"{figure.code} of"] = int(figure.denominator)
        told = [number for note in figure.notes for number in note.people]
        found |= {name: 0 for name in _NAMES if name.startswith(f"{figure.code} note")}
        found |= {f"{figure.code} note {place}": number for place, number in enumerate(told, start=1)}
    return found


def _told(counts: Counts, elsewhere: Sequence[Counts] = ()) -> Counts:
    """The numbers that may be told together, beside those told ``elsewhere`` of other days."""
    told: dict[str, int] = {}
    for name in _NAMES:
        whole = name.removesuffix(" of") + " of"
        unknown_whole = whole in counts and whole not in told and name != whole
        value_hidden = " note " in name and name.split()[0] in counts and name.split()[0] not in told
        if name in counts and not unknown_whole and not value_hidden:
            more = {**told, name: counts[name]}
            if not _gives_away(more, name, elsewhere):
                told = more
    return told


def _core(told: Counts) -> Counts:
    """What must be told alike on every day offered: the values and wholes, and the people partner agencies counted."""
    return {name: number for name, number in told.items() if " note " not in name or name == PARTNERS_COUNTED}


def _gives_away(told: Counts, newest: str, elsewhere: Sequence[Counts]) -> bool:
    """Whether a number of 1 to 4, on the day or between it and another, can be reckoned with the newest number."""
    ways, place = _reckonable(), _NAMES.index(newest)
    ways = ways[ways[:, place] != 0]
    numbers = _row(told)
    if _any_small(_within(ways, told) @ numbers):
        return True
    return any(
        _any_small(_within(ways, told.keys() & other.keys()) @ (numbers - _row(other)))
        for other in elsewhere
        if newest in other
    )


Ways = npt.NDArray[np.int64]


def _row(counts: Counts) -> Ways:
    return np.array([counts.get(name, 0) for name in _NAMES])


def _within(ways: Ways, names: Iterable[str]) -> Ways:
    """The ways that need no number but these."""
    missing = [place for place, name in enumerate(_NAMES) if name not in set(names)]
    found: Ways = ways[~ways[:, missing].any(axis=1)]
    return found


def _any_small(numbers: Ways) -> bool:
    return bool(((numbers != 0) & (np.abs(numbers) < FEWEST)).any())


@cache
def _reckonable() -> Ways:
    """Every way of adding and taking away numbers that comes to a number of people: 1, -1 or 0 for each name.

    It comes to one where each group is in the outcome once or not at all.
    """
    groups = sorted(frozenset[str]().union(*_COUNTS.values()))
    made_of = np.array([[group in _COUNTS[name] for group in groups] for name in _NAMES], dtype=np.float32)
    linked = [place for place, name in enumerate(_NAMES) if name not in _LEADING_NO_FURTHER]
    ways = np.zeros((3 ** len(linked), len(_NAMES)), dtype=np.float32)
    ways[:, linked] = np.indices((3,) * len(linked)).reshape(len(linked), -1).T - 1
    outcome = ways @ made_of
    counted = ((outcome == 0) | (outcome == 1)).all(axis=1) & outcome.any(axis=1)
    alone = np.eye(len(_NAMES), dtype=np.float32)
    return _not_put_together(np.unique(np.vstack([ways[counted], alone]), axis=0).astype(np.int64))


def _not_put_together(ways: Ways) -> Ways:
    """The ways that are no sum of two others: what is known of two apart is known of both together."""
    known = {way.tobytes() for way in ways}

    def is_put_together(way: Ways) -> bool:
        parts = ways[((ways == 0) | (ways == way)).all(axis=1) & (ways != way).any(axis=1)]
        return any((way - part).tobytes() in known for part in parts)

    return np.array([way for way in ways if not is_put_together(way)])


def _suppressed(figures: Sequence[Figure], told: Counts) -> dict[str, Figure]:
    return {figure.code: _suppress(figure, told) for figure in figures if figure.code not in _NOT_FOR_MEMBERS}


def _suppress(figure: Figure, told: Counts) -> Figure:
    working = None if figure.unit in _KNOWN_BY_NAME else figure.working
    figure = replace(
        _as_it_is_now(figure), given=_unnamed(figure.given), given_forecast=_unnamed(figure.given_forecast)
    )
    if figure.value is not None and _is_to_be_withheld(figure, told):
        return _withheld(replace(figure, working=working, parts={}), told)
    notes = tuple(_notes_told(figure, told))
    sentence = " ".join([figure.finding, *(note.words for note in notes)])
    return replace(figure, working=working, parts={}, notes=notes, sentence=sentence)


def _is_to_be_withheld(figure: Figure, told: Counts) -> bool:
    return (figure.unit in OF_PEOPLE and figure.code not in told) or (figure.unit is Unit.SCORE and _of_few(figure))


def _of_few(figure: Figure) -> bool:
    """Whether a score is the middle one of so few that it would tell what single people think."""
    return figure.working is None or figure.working.counted < FEWEST


def _as_it_is_now(figure: Figure) -> Figure:
    """The figure without what it was on days members may not choose, when its target was revised, and without a
    forecast of people, from which the months it was made of could be guessed."""
    if figure.unit not in _KNOWN_BY_NAME:
        return figure
    revision = replace(figure.revision, then="") if figure.revision else None
    return replace(figure, revision=revision, forecast=None)


def _unexplained(status: Status | None) -> Status | None:
    return replace(status, reason=_REASON) if status else None


def _unnamed(given: GivenStatus | None) -> GivenStatus | None:
    """Members are told what is said and why, and no names of staff."""
    return replace(given, made_by="The programme") if given else None


def _unargued(given: GivenStatus | None) -> GivenStatus | None:
    """A person's words may hold the number."""
    return replace(given, reason="") if given else None


def _notes_told(figure: Figure, told: Counts) -> Iterator[Note]:
    """The notes all of whose numbers of people may be told."""
    place = 0
    for note in figure.notes:
        names = [f"{figure.code} note {place + each}" for each in range(1, len(note.people) + 1)]
        place += len(note.people)
        if all(name in told for name in names):
            yield note


def _withheld(figure: Figure, told: Counts) -> Figure:
    """The figure without its number, and what may be said instead."""
    whole = told.get(f"{figure.code} of")
    value, of = figure.value or 0, figure.denominator
    if figure.unit is Unit.SCORE:
        words = FEW_SCORES
    elif of is not None and whole is None:
        words = OF_FEW
    elif _is_small(value):
        words = FEW
    elif of is not None and _is_small(of - value):
        words = ALL_BUT_FEW
    else:
        words = GIVES_AWAY
    all_of = f" of {count_of(whole, figure.unit)}" if whole is not None and words in (FEW, ALL_BUT_FEW) else ""
    finding = f"{figure.title}: {words}{all_of}."
    return replace(
        figure, value=None, rate=None, denominator=whole, withheld=words, finding=finding, sentence=finding, notes=(),
        rating_reason=_REASON, against_final=_unexplained(figure.against_final),
        forecast=_unexplained(figure.forecast), given=_unargued(figure.given),
        given_forecast=_unargued(figure.given_forecast),
        revision=replace(figure.revision, status=replace(figure.revision.status, reason=_REASON))
        if figure.revision
        else None,
    )  # fmt: skip
