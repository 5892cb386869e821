"""Training: people trained, attendances, staff trained, and whether those who booked came."""

from collections.abc import Sequence
from datetime import date

from sos_tracker.measures.frames import ProgrammeFrames, TrainingFrames
from sos_tracker.measures.places import Places
from sos_tracker.measures.published import NOTHING_YET, left_out, publish, strategy_goal, unknown
from sos_tracker.measures.totals import total, totals
from sos_tracker.measures.training_series import (
    TeamCoverage,
    comparable_teams,
    coverage_by_team,
    cumulative_trained,
    headcount_by_agency,
    outcomes_by_level,
    sessions_by_month,
    trained_by_agency,
)
from sos_tracker.records.figures import Figure, LeftOut, Note, Unit, Working
from sos_tracker.records.labels import count_of
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
    people, counts = training.people, training.headcounts
    first, held = training.first_trained, counts["held"].to_numpy()
    named = total(people["people"], first)
    headcounts = headcount_by_agency(training)
    headcount = sum(headcounts.values())
    return publish(
        frames, "T1", on,
        value=named + headcount,
        says=f"{_have(named + headcount)} been trained by {day(on)}",
        notes=[_without_names(headcount)],
        goal=goal,
        working=Working(
            named + headcount,
            "a person, counted once by name, or in a partner agency's count",
            _not_counted_as_trained(training, named, total(counts["attended"], held) - headcount),
        ),
        parts={
            "named": named,
            "headcount": headcount,
            "by_month": {f"{month:%Y-%m}": number for month, number in training.named_by_month.items()},
            "by_agency": totals(people["agency"], people["people"], first),
            "headcount_by_agency": headcounts,
        },
    )  # fmt: skip


def attendances(frames: ProgrammeFrames, on: date) -> Figure:
    """T2: every time somebody came to a session that was held, with the partners' headcounts."""
    training, goal = frames.training, strategy_goal(frames, "T2", on)
    if _empty(training):
        return unknown(frames, "T2", on, _IMPORT_REGISTER, goal=goal, row="attendance")
    places = training.places
    named = sum(place.number for place in places if _came(place))
    held = training.headcounts["held"].to_numpy()
    headcount = total(training.headcounts["attended"], held)
    bookings = sum(place.number for place in places)
    register_rows = total(training.attendances["register_rows"])
    sessions = totals(training.sessions["status"], training.sessions["sessions"])
    value = named + headcount
    return publish(
        frames, "T2", on,
        value=value,
        says=f"There {_has(value)} been {count_of(value, Unit.ATTENDANCES)} at training by {day(on)}",
        notes=[_without_names(headcount)],
        goal=goal,
        working=Working(
            value,
            "one person at one session, by name or in a partner agency's count",
            left_out(
                *_did_not_come(places),
                ("rows of the register that repeat the same person and session", register_rows - bookings),
                ("lines of partner agencies' counts for sessions still to come",
                 total(training.headcounts["lines"], ~held)),
            ),
        ),
        parts={
            "named": named,
            "headcount": headcount,
            "register_rows": register_rows,
            "repeated_rows": register_rows - bookings,
            "bookings": bookings,
            "sessions": total(training.sessions["sessions"]),
            **{status.value: sessions.get(status.value, 0) for status in
               (SessionStatus.DELIVERED, SessionStatus.CANCELLED, SessionStatus.PLANNED)},
        },
    )  # fmt: skip


def staff_trained(frames: ProgrammeFrames, on: date) -> Figure:
    """T3: staff in scope and in post on the day who are trained, of all staff in scope and in post."""
    training, goal = frames.training, strategy_goal(frames, "T3", on)
    if not training.staff_listed and training.staff.empty:
        why = "The share of staff trained is not known: import the staff list, or choose all course levels."
        return unknown(frames, "T3", on, why, goal=goal, row="member of staff")
    in_scope = training.staff["in_scope"].to_numpy()
    of, value = total(training.staff["staff"], in_scope), total(training.staff["trained"], in_scope)
    teams = comparable_teams(training)
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
        notes=[Note(gone, (leavers,))] if leavers else (),
        goal=goal,
        working=Working(
            of,
            "a member of staff in scope and in post",
            left_out(
                ("staff in post whom the strategy does not cover", total(training.staff["staff"], ~in_scope)),
                ("people trained who are not on the staff list or have left", leavers),
            ),
        ),
        parts={"leavers": leavers, "worst_team": _team(teams[:1]), "best_team": _team(teams[-1:])},
    )  # fmt: skip


def booked_and_came(frames: ProgrammeFrames, on: date) -> Figure:
    """T4: of the places booked on delivered sessions, those where the person came. Walk-ins are in neither number."""
    training, goal = frames.training, strategy_goal(frames, "T4", on)
    if training.attendances.empty:
        return unknown(frames, "T4", on, _IMPORT_REGISTER, goal=goal, row="booked place")
    places = training.places
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
        notes=[Note(f"{missed:,} did not come and {cancelled:,} cancelled.", (missed, cancelled))] if booked else (),
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


def _empty(training: TrainingFrames) -> bool:
    return (
        training.attendances.empty and training.people.empty and training.headcounts.empty and training.sessions.empty
    )


def _came(place: Places) -> bool:
    return place.held and place.status != SessionStatus.CANCELLED and place.outcome in CAME


def _number(places: Sequence[Places], outcome: Outcome) -> int:
    return sum(place.number for place in places if place.outcome == outcome)


def _number_at(places: Sequence[Places], status: SessionStatus) -> int:
    return sum(place.number for place in places if place.status == status)


def _still_to_come(places: Sequence[Places]) -> tuple[str, int]:
    return "bookings on sessions still to come or without a date", sum(p.number for p in places if not p.held)


def _did_not_come(places: Sequence[Places]) -> list[tuple[str, int]]:
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
    places = training.places
    came = [place for place in places if _came(place)]
    counting = sum(place.number for place in came if place.level in training.trained_levels)
    return left_out(
        *_did_not_come(places),
        ("attendances at courses that do not count as training", sum(place.number for place in came) - counting),
        ("further attendances of people already counted", max(counting - named, 0)),
        ("people in partner agencies' counts at courses that do not count as training", headcount_elsewhere),
    )


def _have(people: int) -> str:
    if people == 0:
        return "Nobody has"
    return f"{count_of(people, Unit.PEOPLE)} {_has(people)}"


def _has(number: int) -> str:
    return "has" if number == 1 else "have"


def _without_names(headcount: int) -> Note:
    if not headcount:
        return Note("")
    were = "was" if headcount == 1 else "were"
    return Note(f"{headcount:,} of them {were} counted by partner agencies without names.", (headcount,))


def _team(teams: list[TeamCoverage]) -> dict[str, object] | None:
    """The team as plain values, or None where there is none to compare."""
    for agency, team, staff, trained, rate in teams:
        return {"team": f"{agency} / {team}", "staff": staff, "trained": trained, "rate": rate}
    return None
