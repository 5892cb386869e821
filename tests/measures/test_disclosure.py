"""Members are told of no 1 to 4 people, and of nothing that gives such a number away by subtraction."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from itertools import combinations, product

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sos_tracker.measures import catalogue, disclosure, training
from sos_tracker.measures.disclosure import ALL_BUT_FEW, FEW, OF_FEW, OF_PEOPLE, for_members, members_of
from sos_tracker.measures.frames import ProgrammeFrames, TrainingFrames
from sos_tracker.records.figures import Figure, Rating
from tests.measures.by_hand import ON, PROGRAMME, attendances, headcounts, people, posts, programme, staff
from tests.measures.example import PROGRAMME as EXAMPLE
from tests.measures.example import example_frames

TODAY = date(2018, 5, 22)
_MADE = ("staff", "leavers", "others")
_GROUPS = (
    *(f"{who} {how}" for who, how in product((*_MADE, "again"), ("booked", "walked in"))),
    "untrained", "partners trained", "partners elsewhere", "did not come", "cancelled",
)  # fmt: skip
Groups = Mapping[str, int]


def _sum(groups: Groups, *starts: str) -> int:
    return sum(number for name, number in groups.items() if name.startswith(starts))


def _booked(groups: Groups) -> int:
    return sum(number for name, number in groups.items() if name.endswith(" booked"))


def frames_of(months: Mapping[date, Groups], on: date) -> ProgrammeFrames:
    """A programme whose groups grew by these numbers in these months, as it stood on a day."""
    past = {month: groups for month, groups in months.items() if month <= on}
    total = {name: sum(groups[name] for groups in past.values()) for name in _GROUPS}
    came: dict[str, Callable[[Groups], int]] = {
        "attended": _booked,
        "walk-in": lambda one: _sum(one, *_MADE, "again") - _booked(one),
        "no-show": lambda one: one["did not come"],
        "cancelled": lambda one: one["cancelled"],
    }
    return programme(
        training=TrainingFrames(
            attendances=attendances(
                *({"month": month, "outcome": outcome, "attendances": number(groups)}
                  for month, groups in past.items() for outcome, number in came.items() if number(groups))
            ),
            people=people(*({"month": month, "people": _sum(one, *_MADE)} for month, one in past.items())),
            headcounts=headcounts(
                *({"month": month, "level": level, "attended": one[name]} for month, one in past.items()
                  for level, name in (("introduction", "partners trained"), ("briefing", "partners elsewhere"))
                  if one[name])
            ),
            staff=staff({"staff": _sum(total, "staff") + total["untrained"], "trained": _sum(total, "staff")}),
            trained_leavers=_sum(total, "leavers"),
            staff_listed=True,
        )
    )  # fmt: skip


def one_day(**numbers: int) -> tuple[Figure, ...]:
    """All figures of a programme in which these groups (names with _ for spaces) are not empty."""
    groups = dict.fromkeys(_GROUPS, 0) | {name.replace("_", " "): number for name, number in numbers.items()}
    return catalogue.figures(frames_of({date(2018, 5, 1): groups}, ON), ON)


def told(figures: Iterable[Figure]) -> dict[str, int]:
    """Every number of people that figures as members get them hold, read off their public face."""
    found: dict[str, int] = {}
    for figure in figures:
        if figure.unit in OF_PEOPLE and figure.value is not None:
            found[figure.code] = int(figure.value)
            if figure.denominator is not None:
                found[f"{figure.code} of"] = int(figure.denominator)
        elif figure.unit in OF_PEOPLE and figure.denominator is not None:
            found[f"{figure.code} of"] = int(figure.denominator)
        words = " ".join(note.words for note in figure.notes)
        if figure.code in {"T1", "T2", "T3", "T4"}:
            numbers = [int(number.replace(",", "")) for number in re.findall(r"\d[\d,]*", words)]
            found |= {f"{figure.code} note {place}": number for place, number in enumerate(numbers)}
    return found


_PEOPLE = tuple(f"{who} {how}" for who, how in product(_MADE, ("booked", "walked in")))
_AGAIN = ("again booked", "again walked in")
_BOOKED = tuple(f"{who} booked" for who in (*_MADE, "again"))
_STAFF = ("staff booked", "staff walked in")
_SUMS: dict[str, tuple[str, ...]] = {
    "T1": (*_PEOPLE, "partners trained"), "T1 note 0": ("partners trained",),
    "T2": (*_PEOPLE, *_AGAIN, "partners trained", "partners elsewhere"),
    "T2 note 0": ("partners trained", "partners elsewhere"),
    "T3": _STAFF, "T3 of": (*_STAFF, "untrained"), "T3 note 0": ("leavers booked", "leavers walked in"),
    "T4": _BOOKED, "T4 of": (*_BOOKED, "did not come", "cancelled"),
    "T4 note 0": ("did not come",), "T4 note 1": ("cancelled",),
}  # fmt: skip


@cache
def _every_subset() -> npt.NDArray[np.float64]:
    return np.array(list(product((0.0, 1.0), repeat=len(_GROUPS))))


def small_groups_found_out(numbers: Iterable[str], truth: Groups) -> list[tuple[str, ...]]:
    """Sets of 1 to 4 people whose number follows from those told, by any reckoning with +, - and fractions."""
    known = np.array([[name in _SUMS[number] for name in _GROUPS] for number in numbers], dtype=np.float64)
    subsets = _every_subset()
    if not len(known):
        return []
    follows = np.abs(subsets - subsets @ np.linalg.pinv(known) @ known).max(axis=1) < 1e-6
    people_in = subsets @ np.array([truth[name] for name in _GROUPS])
    small = subsets[follows & (people_in > 0) & (people_in < 5)]
    return [tuple(name for name, is_in in zip(_GROUPS, row, strict=True) if is_in) for row in small]


def small_numbers_in(text: str) -> list[str]:
    """Numbers of 1 to 4 in words about people; dates, codes and the words for a number withheld are none."""
    bare = re.sub(r"\d{1,2} [A-Z][a-z]+ \d{4}|\d{4}-\d\d-\d\d|\b[TLBME]\d\b|\(\d+%\)|\d+%|\(\d days?\)", "", text)
    return re.findall(r"(?<![\d.,])[1-4](?![\d.,]*\d)", bare)


def _apart(numbers: Iterable[float]) -> Iterator[tuple[float, float]]:
    yield from ((one, other) for one, other in combinations(sorted(set(numbers)), 2) if 0 < abs(one - other) < 5)


FEW_OR_MANY = st.one_of(st.integers(0, 8), st.integers(0, 60))
ANY_GROUPS = st.fixed_dictionaries(dict.fromkeys(_GROUPS, FEW_OR_MANY))
MONTHS = st.lists(ANY_GROUPS | st.just(dict.fromkeys(_GROUPS, 0)), min_size=1, max_size=8)


@settings(max_examples=100, deadline=None)
@given(ANY_GROUPS)
def test_no_number_of_1_to_4_people_follows_from_the_figures_of_one_day(groups: Groups) -> None:
    figures = for_members(catalogue.figures(frames_of({date(2018, 5, 1): groups}, ON), ON)).values()

    assert small_groups_found_out(told(figures), groups) == []
    for figure in figures:
        said = {key: value for key, value in figure.as_json().items() if key not in ("code", "definition", "rate")}
        assert small_numbers_in(json.dumps(said)) == []


def _by_month(grown: list[dict[str, int]]) -> dict[date, Groups]:
    months = [(pd.Timestamp(2018, 5, 1) - pd.DateOffset(months=back)).date() for back in range(len(grown))]
    return dict(zip(months, grown, strict=True))


@settings(max_examples=40, deadline=None)
@given(MONTHS, st.none() | st.dates(date(2018, 4, 1), date(2018, 5, 31)))
def test_two_of_the_days_offered_give_nothing_away_that_one_does_not(
    grown: list[dict[str, int]], usual: date | None
) -> None:
    months = _by_month(grown)
    members = members_of(PROGRAMME.model_copy(update={"usual_as_at": usual}), TODAY, lambda on: frames_of(months, on))

    by_day = {on: told(members.figures(on).values()) for on in members.dates}
    for on, numbers in by_day.items():
        past = [groups for month, groups in months.items() if month <= on]
        truth = {name: sum(groups[name] for groups in past) for name in _GROUPS}
        assert small_groups_found_out(numbers, truth) == []
    parts = [(whole, part) for whole, part in product(_SUMS, repeat=2) if set(_SUMS[part]) < set(_SUMS[whole])]
    for one, other in combinations(by_day.values(), 2):
        both = one.keys() & other.keys()
        assert [list(_apart([one[name], other[name]])) for name in both if list(_apart([one[name], other[name]]))] == []
        for whole, part in parts:
            if {whole, part} <= both:
                assert list(_apart([one[whole] - one[part], other[whole] - other[part]])) == [], (whole, part)


@settings(max_examples=40, deadline=None)
@given(MONTHS, st.none() | st.dates(date(2018, 4, 1), date(2018, 5, 31)))
def test_no_two_months_of_the_charts_of_all_days_offered_are_a_few_people_apart(
    grown: list[dict[str, int]], usual: date | None
) -> None:
    months = _by_month(grown)
    members = members_of(PROGRAMME.model_copy(update={"usual_as_at": usual}), TODAY, lambda on: frames_of(months, on))

    drawn = [members.trained_by(on) for on in members.dates]
    values = [value for figure in (members.figures(on)["T1"] for on in members.dates) if (value := figure.value)]
    assert list(_apart([0, *values, *(total for series in drawn for total in series["trained"])])) == []
    for column in ("named", "headcount"):
        assert list(_apart([0, *(total for series in drawn for total in series.get(column, []))])) == []
    for on, series in zip(members.dates, drawn, strict=True):
        if members.figures(on)["T1"].value:
            assert series["trained"].iloc[-1] == members.figures(on)["T1"].value


@pytest.mark.parametrize(
    ("trained", "of", "value", "withheld", "sentence"),
    [
        (0, 0, 0, "", "No staff in scope are in post on 10 May 2018, so none are due to be trained yet."),
        (3, 200, None, FEW, "Staff in scope who are trained: fewer than 5 of 200 staff."),
        (198, 200, None, ALL_BUT_FEW, "Staff in scope who are trained: all but fewer than 5 of 200 staff."),
        (200, 200, 200, "", "200 of 200 staff in scope and in post (100%) have been trained by 10 May 2018."),
        (0, 200, 0, "", "0 of 200 staff in scope and in post (0%) have been trained by 10 May 2018."),
        (2, 3, None, OF_FEW, "Staff in scope who are trained: not shown, as there are fewer than 5 in all."),
    ],
)
def test_a_part_of_a_whole(trained: int, of: int, value: int | None, withheld: str, sentence: str) -> None:
    figure = for_members(one_day(staff_booked=trained, untrained=of - trained))["T3"]

    assert (figure.value, figure.withheld, figure.sentence) == (value, withheld, sentence)
    assert figure.denominator == (None if withheld == OF_FEW else of)
    assert (figure.rate is None) == (value is None or of == 0)


def test_a_headcount_of_3_in_285_is_not_told_and_the_285_are() -> None:
    figure = for_members(one_day(others_booked=282, partners_trained=3))["T1"]

    assert figure.value == 285
    assert figure.sentence == "285 people have been trained by 10 May 2018."


def test_a_headcount_that_leaves_3_named_people_is_not_told_either() -> None:
    assert for_members(one_day(others_booked=3, partners_trained=282))["T1"].notes == ()


def test_attendances_are_not_told_where_they_are_2_more_than_the_people() -> None:
    figures = for_members(one_day(others_booked=20, again_booked=2))

    assert figures["T1"].value == 20
    assert (figures["T2"].value, figures["T2"].withheld) == (None, disclosure.GIVES_AWAY)


def test_a_total_of_3_is_withheld_with_all_that_speaks_of_it() -> None:
    withheld = for_members(one_day(others_booked=3))["T1"]

    assert withheld.value is None
    assert withheld.sentence == withheld.finding == "People trained: fewer than 5."
    assert (withheld.parts, withheld.working, withheld.notes) == ({}, None, ())
    assert "3" not in withheld.rating_reason
    assert withheld.rating is Rating.NO_TARGET


def test_one_month_of_2_is_joined_to_the_next() -> None:
    month = dict.fromkeys(_GROUPS, 0)
    grown = [{**month, "others booked": number} for number in (10, 2, 10)]

    programme_of = PROGRAMME.model_copy(update={"usual_as_at": ON})
    members = members_of(programme_of, TODAY, lambda on: frames_of(_by_month(grown), on))

    assert members.trained_by(ON)["trained"].tolist() == [12, 22]
    assert date(2018, 3, 31) not in members.dates


def test_the_example_keeps_every_figure_and_every_month() -> None:
    on = date(2018, 5, 10)
    all_of_it = {figure.code: figure for figure in catalogue.figures(example_frames(on), on)}

    members = members_of(EXAMPLE.model_copy(update={"usual_as_at": on}), TODAY, example_frames)

    assert members.dates[0] == on
    for code, figure in members.figures(on).items():
        assert (figure.value, figure.denominator, figure.rating) == (
            all_of_it[code].value, all_of_it[code].denominator, all_of_it[code].rating
        )  # fmt: skip
    pd.testing.assert_frame_equal(
        members.trained_by(on), training.cumulative_trained(example_frames(on).training, on), check_dtype=True
    )
    assert date(2018, 3, 31) not in members.dates  # the walk-ins of April can be reckoned from the two days
    assert members.nearest(date(2018, 3, 31)) == date(2018, 1, 31)
    assert members.nearest(date(2000, 1, 1)) == on


def test_no_team_and_no_small_number_of_people_stands_in_the_leads() -> None:
    lines = [{"agency": "Early Help", "team": f"Team {number}", "trained": number > 2} for number in range(20)]
    figure = for_members(catalogue.figures(programme(posts=posts(*lines)), ON))["L1"]

    assert (figure.value, figure.denominator) == (17, 20)
    said = json.dumps(figure.as_json())
    assert "Team " not in said
    assert small_numbers_in(said) == []
    assert figure.working is None


def test_a_day_that_moves_with_the_calendar_is_never_offered() -> None:
    days = [disclosure.candidate_dates(None, TODAY + timedelta(days=later))[0] for later in range(9)]

    assert days == [date(2018, 4, 30)] * 9
    assert disclosure.candidate_dates(None, date(2018, 5, 31))[0] == date(2018, 5, 31)


def test_members_are_not_told_the_runway_from_which_the_people_trained_could_be_reckoned() -> None:
    figures = catalogue.figures(example_frames(), date(2018, 5, 10))

    assert "B4" in {figure.code for figure in figures}
    assert "B4" not in for_members(figures)


def test_every_number_of_people_of_the_catalogue_is_known_here() -> None:
    found = catalogue.figures(example_frames(), date(2018, 5, 10))

    assert set(disclosure._counts(found)) <= set(disclosure._COUNTS)


def test_a_number_nobody_has_placed_is_not_told() -> None:
    figure = replace(one_day(others_booked=30)[0], code="T9")

    assert for_members([figure])["T9"].value is None
