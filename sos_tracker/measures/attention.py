"""What needs attention first: what is behind, then what a good total hides."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sos_tracker.measures.definitions import CATALOGUE
from sos_tracker.measures.frames import ProgrammeFrames
from sos_tracker.measures.milestones import standings_on
from sos_tracker.measures.published import some
from sos_tracker.measures.training_series import comparable_teams, level_outcomes, people_by_agency
from sos_tracker.records.figures import Figure, Rating, Unit
from sos_tracker.records.labels import count_of, level_name
from sos_tracker.records.money import percent

MOST = 9
WORTH_SAYING = 0.10  # how far below the average (as a share) a unit must be to be named beside it

# where several figures tell of one fact, the one that says most stands for the others
_SAID_BY = {"M1": "M2"}


@dataclass(frozen=True)
class Attention:
    """One thing to look at: ``sentence`` what, ``why`` it matters, ``code`` the figure and ``page`` where to look."""

    rank: int
    sentence: str
    why: str
    code: str
    page: str


_Found = tuple[str, str, str]  # sentence, why, code


def needs_attention(figures: Sequence[Figure], frames: ProgrammeFrames, on: date) -> tuple[Attention, ...]:
    """The most important things first: behind, slightly behind, hidden by a good total, without a target."""
    shown = {figure.code: figure for figure in figures}
    late = [
        *_rated(figures, Rating.BEHIND, shown),
        *_rated(figures, Rating.SLIGHTLY_BEHIND, shown),
    ]
    said = {code for _, _, code in late}
    hidden = [
        *_vacant_posts(shown),
        *_nobody_trained(frames),
        *_worst_team(shown, frames),
        *_worst_level(shown, frames),
        *_moved_dates(frames, on, said),
        *_without_target(figures),
    ]
    found = [*late, *hidden][:MOST]
    return tuple(
        Attention(rank, sentence, why, code, CATALOGUE[code].page)
        for rank, (sentence, why, code) in enumerate(found, start=1)
    )


def _rated(figures: Sequence[Figure], rating: Rating, shown: dict[str, Figure]) -> Iterator[_Found]:
    for figure in figures:
        spokesman = shown.get(_SAID_BY.get(figure.code, ""))
        if figure.rating is rating and (spokesman is None or spokesman.rating is not rating):
            yield figure.sentence, figure.rating_reason, figure.code


def _vacant_posts(shown: dict[str, Figure]) -> Iterator[_Found]:
    vacant = shown["L1"].parts.get("vacant_list", []) if "L1" in shown else []
    if vacant:
        has = "has" if len(vacant) == 1 else "have"
        yield (
            f"{count_of(len(vacant), Unit.TEAMS)} {has} no practice lead: {some(_team_name(team) for team in vacant)}.",
            "Without a practice lead nobody in the team keeps the practice going after the training.",
            "L1",
        )


def _nobody_trained(frames: ProgrammeFrames) -> Iterator[_Found]:
    """Agencies the programme knows, by its staff list, posts or headcounts, of which nobody is trained."""
    trained = {row.agency: row.people for row in people_by_agency(frames.training)}
    staff = frames.training.staff
    in_scope = staff["agency"].to_numpy(dtype=object)[staff["in_scope"].to_numpy()]
    known = {*trained, *in_scope.tolist(), *frames.posts["agency"].tolist()}
    left = sorted(agency for agency in known if not trained.get(agency))
    if left and len(left) < len(known):
        agencies = "1 agency" if len(left) == 1 else f"{len(left)} agencies"
        yield (
            f"Nobody from {agencies} has been trained yet: {some(left, most=4)}.",
            "The total counts people, so it grows while an agency is left out.",
            "T1",
        )


def _worst_team(shown: dict[str, Figure], frames: ProgrammeFrames) -> Iterator[_Found]:
    overall = shown["T3"].rate if "T3" in shown else None
    for agency, team, staff, trained, rate in comparable_teams(frames.training)[:1]:
        if overall is not None and overall - rate >= WORTH_SAYING:
            sentence = (
                f"In {_team_name(f'{agency} / {team}')} {trained} of {staff} staff are trained "
                f"({percent(trained, staff)}), against {percent(overall, 1)} overall."
            )
            yield sentence, "It is the team with the smallest share of its staff trained.", "T3"


def _worst_level(shown: dict[str, Figure], frames: ProgrammeFrames) -> Iterator[_Found]:
    overall = shown["T4"].rate if "T4" in shown else None
    levels = [row for row in level_outcomes(frames.training) if row.booked]
    if overall is not None and levels:
        worst = min(levels, key=lambda row: row.rate)
        if overall - worst.rate >= WORTH_SAYING:
            sentence = (
                f"{level_name(worst.level)}: people came to {worst.came} of {worst.booked} booked places "
                f"({percent(worst.came, worst.booked)}), against {percent(overall, 1)} overall."
            )
            yield sentence, "It is the kind of course where the fewest of those booked came.", "T4"


def _moved_dates(frames: ProgrammeFrames, on: date, said: set[str]) -> Iterator[_Found]:
    """Milestones not achieved and moved later, or left standing on a forecast date that has passed."""
    open_now = [one for one in standings_on(frames.milestones, on) if not one.achieved_on]
    moved = sorted((one for one in open_now if (one.slip_days or 0) > 0), key=lambda one: -(one.slip_days or 0))
    passed = [one for one in open_now if one.forecast_on and one.forecast_on < on]
    if passed:
        need = "needs" if len(passed) == 1 else "need"
        titles = some(one.title for one in passed)
        yield (
            f"{count_of(len(passed), Unit.MILESTONES)} {need} a new date: {titles}.",
            "The forecast date has passed and the work is not recorded as achieved.",
            "M2",
        )
    if moved and "M3" not in said:
        are = "is" if len(moved) == 1 else "are"
        titles = some(f"{one.title} ({count_of(one.slip_days or 0, Unit.DAYS)})" for one in moved)
        yield (
            f"{count_of(len(moved), Unit.MILESTONES)} to come {are} now forecast later than first agreed: {titles}.",
            "A date that moves hides a delay until it comes.",
            "M3",
        )


def _without_target(figures: Sequence[Figure]) -> Iterator[_Found]:
    bare = [
        figure
        for figure in figures
        if CATALOGUE[figure.code].has_target and figure.rating is Rating.NO_TARGET and figure.value is not None
    ]
    if bare:
        titles = some(f"{figure.title.lower()} ({figure.code})" for figure in bare)
        yield (
            f"The strategy sets no target for {titles}.",
            "Without a target nobody can say whether the number is good enough.",
            bare[0].code,
        )


def _team_name(team: str) -> str:
    """``Legal Services`` for ``Legal Services / Legal Services``: a partner agency is its own one team."""
    agency, _, name = team.partition(" / ")
    return agency if agency == name else f"{name} ({agency})"
