"""Training: people trained, attendances, staff trained, and whether those who booked came."""

from collections.abc import Iterator
from datetime import date
from itertools import product
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from sos_tracker.measures.frames import ProgrammeFrames, TrainingFrames
from sos_tracker.measures.published import NOTHING_YET, left_out, publish, strategy_goal, unknown
from sos_tracker.measures.training_series import (
    coverage_by_team,
    cumulative_trained,
    outcomes_by_level,
    sessions_by_month,
    trained_by_agency,
)
from sos_tracker.records.figures import Figure, LeftOut, Unit, Working
from sos_tracker.records.labels import count_of, courses
from sos_tracker.records.money import percent
from sos_tracker.records.periods import day
from sos_tracker.records.training import CAME, Outcome, SessionStatus

__all__ = [
    "attendances", "booked_and_came", "coverage_by_team", "cumulative_trained", "outcomes_by_level", "people_trained",
    "sessions_by_month", "staff_trained", "trained_by_agency",
]  # fmt: skip

_IMPORT_REGISTER = f"{NOTHING_YET}: import the training register."


def people_trained(frames: ProgrammeFrames, on: date) -> Figure:
    """T1: distinct people at a level that counts as training, with the partners' headcounts at those levels."""
    training, goal = frames.training, strategy_goal(frames, "T1", on)
    if _empty(training):
        return unknown(frames, "T1", on, _IMPORT_REGISTER, goal=goal, row="person")
    first = training.people[(training.people["level"] == "trained").to_numpy()]
    named = int(first["people"].sum())
    held = training.headcounts[training.headcounts["held"].to_numpy()]
    counts = held["level"].isin(list(training.trained_levels)).to_numpy()
    headcount = int(held["attended"].to_numpy()[counts].sum())
    by_month = first.groupby("month")["people"].sum()
    return publish(
        frames, "T1", on,
        value=named + headcount,
        says=f"{_have(named + headcount)} been trained by {day(on)}",
        notes=[_without_names(headcount)],
        goal=goal,
        working=Working(
            named + headcount,
            "a person, counted once by name, or in a partner agency's count",
            _not_counted_as_trained(training, named, int(held["attended"].sum()) - headcount),
        ),
        parts={
            "named": named,
            "headcount": headcount,
            "by_month": {f"{month:%Y-%m}": int(people) for month, people in by_month.items()},
            "by_agency": _summed(first, "people"),
            "headcount_by_agency": _summed(held.assign(attended=held["attended"].where(counts, 0)), "attended"),
        },
    )  # fmt: skip


def attendances(frames: ProgrammeFrames, on: date) -> Figure:
    """T2: every time somebody came to a session that was held, with the partners' headcounts."""
    training, goal = frames.training, strategy_goal(frames, "T2", on)
    if _empty(training):
        return unknown(frames, "T2", on, _IMPORT_REGISTER, goal=goal, row="attendance")
    places = list(_places(training))
    named = sum(place.number for place in places if _came(place))
    held = training.headcounts["held"].to_numpy()
    headcount = int(training.headcounts["attended"].to_numpy()[held].sum())
    bookings = sum(place.number for place in places)
    register_rows = int(training.attendances["register_rows"].sum())
    sessions = training.sessions.groupby("status")["sessions"].sum()
    total = named + headcount
    return publish(
        frames, "T2", on,
        value=total,
        says=f"There {_has(total)} been {count_of(total, Unit.ATTENDANCES)} at training by {day(on)}",
        notes=[_without_names(headcount)],
        goal=goal,
        working=Working(
            total,
            "one person at one session, by name or in a partner agency's count",
            left_out(
                *_did_not_come(places),
                ("rows of the register that repeat the same person and session", register_rows - bookings),
                ("lines of partner agencies' counts for sessions still to come",
                 int(training.headcounts["lines"].to_numpy()[~held].sum())),
            ),
        ),
        parts={
            "named": named,
            "headcount": headcount,
            "register_rows": register_rows,
            "repeated_rows": register_rows - bookings,
            "bookings": bookings,
            "sessions": int(training.sessions["sessions"].sum()),
            **{status.value: int(sessions.get(status.value, 0)) for status in
               (SessionStatus.DELIVERED, SessionStatus.CANCELLED, SessionStatus.PLANNED)},
        },
    )  # fmt: skip


def staff_trained(frames: ProgrammeFrames, on: date) -> Figure:
    """T3: staff in scope and in post on the day who are trained, of all staff in scope and in post."""
    training, goal = frames.training, strategy_goal(frames, "T3", on)
    if not training.staff_listed and training.staff.empty:
        why = "No staff list has been imported, so nobody can say what share of the staff is trained. Import it."
        return unknown(frames, "T3", on, why, goal=goal, row="member of staff")
    in_scope = training.staff["in_scope"].to_numpy()
    staff, trained = training.staff["staff"].to_numpy(), training.staff["trained"].to_numpy()
    of, value = int(staff[in_scope].sum()), int(trained[in_scope].sum())
    teams = coverage_by_team(training)
    leavers = training.trained_leavers
    said = (
        f"{value:,} of {of:,} staff in scope and in post ({percent(value, of)}) have been trained by {day(on)}"
        if of
        else f"No staff in scope are in post on {day(on)}, so none are due to be trained yet"
    )
    gone = f"{count_of(leavers, Unit.PEOPLE)} trained {'is' if leavers == 1 else 'are'} not on the staff list now."
    return publish(
        frames, "T3", on,
        value=value,
        denominator=of,
        says=said,
        notes=[gone if leavers else ""],
        goal=goal,
        working=Working(
            of,
            "a member of staff in scope and in post",
            left_out(
                ("staff in post whom the strategy does not cover", int(staff[~in_scope].sum())),
                ("people trained who are not on the staff list or have left", leavers),
            ),
        ),
        parts={"leavers": leavers, "worst_team": _team(teams.head(1)), "best_team": _team(teams.tail(1))},
    )  # fmt: skip


def booked_and_came(frames: ProgrammeFrames, on: date) -> Figure:
    """T4: of the places booked on delivered sessions, those where the person came. Walk-ins are in neither number."""
    training, goal = frames.training, strategy_goal(frames, "T4", on)
    if training.attendances.empty:
        return unknown(frames, "T4", on, _IMPORT_REGISTER, goal=goal, row="booked place")
    places = list(_places(training))
    delivered = [place for place in places if place.held and place.status == SessionStatus.DELIVERED]
    came = _number(delivered, Outcome.ATTENDED)
    missed, cancelled = _number(delivered, Outcome.NO_SHOW), _number(delivered, Outcome.CANCELLED)
    booked = came + missed + cancelled
    said = (
        f"People came to {came:,} of {booked:,} booked places ({percent(came, booked)}) by {day(on)}"
        if booked
        else f"No places have been booked on sessions delivered by {day(on)}, so there is no share to give yet"
    )
    unsettled = [place for place in places if place.held and place.status != SessionStatus.DELIVERED]
    return publish(
        frames, "T4", on,
        value=came,
        denominator=booked,
        says=said,
        notes=[f"{missed:,} did not come and {cancelled:,} cancelled." if booked else ""],
        goal=goal,
        working=Working(
            booked,
            "a place booked on a delivered session",
            left_out(
                _still_to_come(places),
                ("places on sessions that were cancelled", _number_at(unsettled, SessionStatus.CANCELLED)),
                ("places on sessions past their date but not recorded as delivered",
                 sum(place.number for place in unsettled if place.status != SessionStatus.CANCELLED)),
                ("people who came without booking", _number(delivered, Outcome.WALK_IN)),
                ("places with no record of what became of them", _number(delivered, Outcome.BOOKED)),
            ),
        ),
        parts={
            "no_shows": _number(places, Outcome.NO_SHOW),
            "cancellations": _number(places, Outcome.CANCELLED),
            "walk_ins": _number(places, Outcome.WALK_IN),
            "no_shows_of_booked": missed,
            "cancellations_of_booked": cancelled,
        },
    )  # fmt: skip


class _Places(NamedTuple):
    """How many places on sessions are alike in these."""

    level: str
    status: str
    outcome: str
    held: bool
    number: int


def _places(training: TrainingFrames) -> Iterator[_Places]:
    """The register's places, counted by what the figures ask of them: one groupby is too slow on 20,000 rows."""
    rows = training.attendances
    if rows.empty:
        return
    columns = [rows[name].to_numpy(dtype=object) for name in ("level", "session_status", "outcome")]
    (levels, level), (statuses, status), (outcomes, outcome) = map(_codes, columns)
    code = ((level * len(statuses) + status) * len(outcomes) + outcome) * 2 + rows["held"].to_numpy()
    numbers = np.bincount(code, weights=rows["attendances"].to_numpy()).tolist()
    for place, number in zip(product(levels, statuses, outcomes, (False, True)), numbers, strict=False):
        if number:
            yield _Places(*place, number=int(number))


def _codes(column: npt.NDArray[np.object_]) -> tuple[list[str], npt.NDArray[np.int64]]:
    """The different values of a column, and for each row the place of its value among them."""
    codes, values = pd.factorize(column, use_na_sentinel=False)
    return list(values), codes.astype(np.int64)


def _empty(training: TrainingFrames) -> bool:
    return (
        training.attendances.empty and training.people.empty and training.headcounts.empty and training.sessions.empty
    )


def _came(place: _Places) -> bool:
    return place.held and place.status != SessionStatus.CANCELLED and place.outcome in CAME


def _number(places: list[_Places], outcome: Outcome) -> int:
    return sum(place.number for place in places if place.outcome == outcome)


def _number_at(places: list[_Places], status: SessionStatus) -> int:
    return sum(place.number for place in places if place.status == status)


def _still_to_come(places: list[_Places]) -> tuple[str, int]:
    return "bookings on sessions still to come or without a date", sum(p.number for p in places if not p.held)


def _did_not_come(places: list[_Places]) -> list[tuple[str, int]]:
    held = [place for place in places if place.held]
    ran = [place for place in held if place.status != SessionStatus.CANCELLED]
    return [
        _still_to_come(places),
        ("bookings on sessions that were cancelled", _number_at(held, SessionStatus.CANCELLED)),
        ("bookings where the person did not come", _number(ran, Outcome.NO_SHOW)),
        ("bookings the person cancelled", _number(ran, Outcome.CANCELLED)),
        ("bookings with no record of what became of them", _number(ran, Outcome.BOOKED)),
    ]


def _not_counted_as_trained(training: TrainingFrames, named: int, headcount_elsewhere: int) -> tuple[LeftOut, ...]:
    places = list(_places(training))
    came = [place for place in places if _came(place)]
    counting = sum(place.number for place in came if place.level in training.trained_levels)
    other = f"that are no {courses(training.trained_levels)}"
    return left_out(
        *_did_not_come(places),
        (f"attendances at sessions {other}", sum(place.number for place in came) - counting),
        ("further attendances of people already counted", max(counting - named, 0)),
        (f"people in partner agencies' counts at sessions {other}", headcount_elsewhere),
    )


def _have(people: int) -> str:
    if people == 0:
        return "Nobody has"
    return f"{count_of(people, Unit.PEOPLE)} {_has(people)}"


def _has(number: int) -> str:
    return "has" if number == 1 else "have"


def _without_names(headcount: int) -> str:
    if not headcount:
        return ""
    return f"{headcount:,} of them {'was' if headcount == 1 else 'were'} counted by partner agencies without names."


def _summed(rows: pd.DataFrame, amount: str) -> dict[str, int]:
    return {str(agency): int(number) for agency, number in rows.groupby("agency")[amount].sum().items()}


def _team(teams: pd.DataFrame) -> dict[str, object] | None:
    """One team of ``coverage_by_team`` as plain values."""
    for agency, team, staff, trained, rate in teams.itertuples(index=False):
        return {"team": f"{agency} / {team}", "staff": int(staff), "trained": int(trained), "rate": float(rate)}
    return None
