"""The rows behind a figure are as many as the figure says, newest first, each with why it counts or does not."""

import random
from datetime import date, timedelta
from itertools import product

import pandas as pd
import pytest

from sos_tracker.records.periods import next_month
from sos_tracker.records.training import CourseLevel, Outcome
from sos_tracker.store.programmes import UnknownProgramme
from sos_tracker.store.store import Store
from tests.store.council import ON, Council, new_council


@pytest.fixture
def council(any_store: Store) -> Council:
    return new_council(any_store.engine)


@pytest.fixture
def register(council: Council) -> list[tuple[date | None, str, str, str, str]]:
    """A register of 400 places: (held on, level, agency, status of the session, outcome) of each."""
    chance = random.Random(11)  # noqa: S311 - a made-up register, not a secret
    found = []
    with council.changing() as change:
        for number in range(50):
            day = None if number == 7 else date(2018, 1, 1) + timedelta(days=chance.randrange(180))
            level, status = chance.choice(["introduction", "advanced"]), chance.choice(["delivered", "cancelled"])
            change.session(f"S{number}", day, level, status=status)
            for who in range(8):
                outcome, agency = chance.choice(list(Outcome)).value, chance.choice(["Social Care", "Police"])
                change.attendance(f"S{number}", f"P{who}", outcome, agency=agency)
                found.append((day, level, agency, status, outcome))
    return found


def came(row: tuple[date | None, str, str, str, str]) -> bool:
    day, _, _, status, outcome = row
    return day is not None and day <= ON and status != "cancelled" and outcome in ("attended", "walk-in")


@pytest.mark.parametrize(
    ("outcome", "status", "day", "why"),
    [
        ("attended", "delivered", ON, "counted: came"),
        ("walk-in", "delivered", ON, "counted: came without booking"),
        ("no-show", "delivered", ON, "not counted: booked and did not come"),
        ("cancelled", "delivered", ON, "not counted: the person cancelled"),
        ("booked", "delivered", ON, "not counted: nothing says what became of the booking"),
        ("attended", "cancelled", ON, "not counted: the session was cancelled"),
        ("booked", "planned", date(2018, 5, 11), "not counted: the session is after 10 May 2018"),
        ("attended", "delivered", None, "not counted: the date of the session is not known"),
    ],
)
def test_each_attendance_says_why_it_counts_or_does_not(
    store: Store, outcome: str, status: str, day: date | None, why: str
) -> None:
    with new_council(store.engine).changing() as change:
        change.session("one", day, status=status)
        change.attendance("one", "ann", outcome)
    row = store.attendance_rows("CE", ON).frame.iloc[0]
    assert row["why"] == why
    assert store.attendance_rows("CE", ON, came=why.startswith("counted")).total == 1


def test_a_place_the_register_has_twice_is_counted_once_and_says_so(store: Store) -> None:
    with new_council(store.engine).changing() as change:
        change.session("one", ON)
        change.attendance("one", "ann", register_rows=2)
    rows = store.attendance_rows("CE", ON)
    assert rows.total == 1
    assert rows.frame.iloc[0]["why"] == "counted: came (once, though the register has it 2 times)"


def test_there_are_as_many_rows_as_the_register_has_whatever_is_chosen(
    any_store: Store, register: list[tuple[date | None, str, str, str, str]]
) -> None:
    months = [None, date(2018, 3, 1), date(2018, 5, 1), date(2018, 6, 1)]
    choices = product([None, "Police"], [None, CourseLevel.ADVANCED], [None, Outcome.NO_SHOW, Outcome.ATTENDED],
                      [None, True, False], months)  # fmt: skip
    for agency, level, outcome, counted, month in choices:
        expected = [
            row for row in register
            if agency in (None, row[2]) and level in (None, row[1]) and outcome in (None, row[4])
            and counted in (None, came(row)) and (month is None or (row[0] and month <= row[0] < next_month(month)))
        ]  # fmt: skip
        found = any_store.attendance_rows(
            "CE", ON, agency=agency, level=level, outcome=outcome, came=counted, month=month, limit=500
        )
        assert (found.total, len(found.frame)) == (len(expected), len(expected))


def test_pages_follow_each_other_newest_first_and_miss_nothing(
    any_store: Store, register: list[tuple[date | None, str, str, str, str]]
) -> None:
    whole = any_store.attendance_rows("CE", ON, limit=1000).frame
    pages = [any_store.attendance_rows("CE", ON, limit=37, offset=start).frame for start in range(0, len(register), 37)]
    assert pd.concat(pages, ignore_index=True).equals(whole)
    dates = whole["held_on"]
    assert dates.dropna().is_monotonic_decreasing
    assert dates.isna().tolist() == sorted(dates.isna().tolist())
    assert any_store.attendance_rows("CE", ON, offset=5000).frame.empty


def test_a_team_has_the_rows_of_its_people_only(any_store: Store, council: Council) -> None:
    with council.changing() as change:
        change.session("one", ON)
        for who, team in (("ann", "Duty"), ("ben", "Duty"), ("cat", "Fostering")):
            change.attendance("one", who, team=team)
    found = any_store.attendance_rows("CE", ON, agency="Social Care", team="Duty", limit=1)
    assert (found.total, found.frame["team"].tolist()) == (2, ["Duty"])


def test_rows_of_people_name_nobody(any_store: Store, council: Council) -> None:
    with council.changing() as change:
        change.session("one", ON)
        change.attendance("one", "ann")
        change.staff("ann")
    for rows in (any_store.attendance_rows, any_store.first_trained_rows, any_store.staff_rows):
        frame = rows("CE", ON).frame
        assert not {"person", "person_id", "reference_key", "name", "email"} & set(frame.columns)
        assert "ann" not in frame.astype(str).to_numpy()


def test_people_first_trained_are_as_many_as_the_figure_says(
    any_store: Store, register: list[tuple[date | None, str, str, str, str]]
) -> None:
    people = any_store.frames("CE", ON).training.people
    trained = people[people["level"] == "trained"]
    assert any_store.first_trained_rows("CE", ON).total == trained["people"].sum()
    for agency, number in trained.groupby("agency")["people"].sum().items():
        assert any_store.first_trained_rows("CE", ON, agency=str(agency)).total == number
    for month, number in trained.groupby("month")["people"].sum().items():
        assert any_store.first_trained_rows("CE", ON, month=month.date()).total == number


def test_a_person_first_trained_stands_with_the_session_that_did_it(any_store: Store, council: Council) -> None:
    with council.changing() as change:
        change.session("first", date(2018, 2, 1), "advanced")
        change.session("second", date(2018, 3, 1))
        change.attendance("second", "ann", team="Fostering")
        change.attendance("first", "ann", team="Duty")
    row = any_store.first_trained_rows("CE", ON).frame.iloc[0]
    assert (row["session"], row["level"], row["team"], row["held_on"]) == (
        "first", "advanced", "Duty", pd.Timestamp(2018, 2, 1),
    )  # fmt: skip


def test_staff_rows_are_those_in_post_with_the_day_they_were_trained(any_store: Store, council: Council) -> None:
    with council.changing() as change:
        change.session("by then", date(2018, 2, 1))
        change.session("after", date(2018, 5, 11))
        change.attendance("by then", "ann")
        change.attendance("after", "ben")
        for who in ("ann", "ben"):
            change.staff(who)
        change.staff("left", left_on=ON)
        change.staff("elsewhere", in_scope=False, team="Finance")
    trained, untrained = (any_store.staff_rows("CE", ON, trained=said).frame for said in (True, False))
    assert trained["first_trained_on"].tolist() == [pd.Timestamp(2018, 2, 1)]
    assert untrained["first_trained_on"].isna().tolist() == [True]
    assert any_store.staff_rows("CE", ON).total == 2
    assert any_store.staff_rows("CE", ON, in_scope=None).total == 3
    assert any_store.staff_rows("CE", ON, in_scope=False).frame["team"].tolist() == ["Finance"]


def test_headcounts_not_counted_yet_are_shown_only_when_asked_for(any_store: Store, council: Council) -> None:
    with council.changing() as change:
        for name, day, status in (("held", ON, "delivered"), ("off", ON, "cancelled"), ("no date", None, None)):
            change.session(name, day, "briefing", status=status)
            change.headcount(name, "Police", 4)
    counted = any_store.headcount_rows("CE", ON)
    assert (counted.total, counted.frame["session"].tolist(), counted.frame["level"].tolist()) == (
        1, ["held"], ["briefing"],
    )  # fmt: skip
    left_out = any_store.headcount_rows("CE", ON, counted=False).frame
    assert left_out["why"].tolist() == [
        "not counted: the session was cancelled",
        "not counted: the date of the session is not known",
    ]


def test_the_ledger_is_cut_at_the_day_unless_later_entries_are_asked_for(any_store: Store, council: Council) -> None:
    with council.changing() as change:
        for day, line, kind in ((ON, "A", "actual"), (date(2018, 5, 11), "A", "actual"), (ON, "B", "commitment")):
            change.entry(day, 5, line=line, entry_kind=kind)
    totals = [any_store.ledger_rows("CE", ON, **choice).total for choice in (
        {}, {"later": True}, {"later": None}, {"line": "A"}, {"entry_kind": "commitment"}, {"month": date(2018, 5, 1)},
    )]  # fmt: skip
    assert totals == [2, 1, 3, 1, 1, 2]


def test_sessions_say_whether_they_were_held_by_then(any_store: Store, council: Council) -> None:
    with council.changing() as change:
        change.session("later", date(2018, 5, 11), status="planned")
        change.session("held", ON)
        change.session("no date", None, None, status=None)
    frame = any_store.session_rows("CE", ON).frame
    assert frame["session"].tolist() == ["later", "held", "no date"]
    assert frame["held"].tolist() == [False, True, False]
    assert any_store.session_rows("CE", ON, status="planned").total == 1


def test_rows_of_an_unknown_programme_are_refused(any_store: Store) -> None:
    with pytest.raises(UnknownProgramme):
        any_store.attendance_rows("NOPE", ON)
