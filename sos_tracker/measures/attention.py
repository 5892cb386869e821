"""What needs attention first: what is behind and getting worse, then what a good total hides.

What is looked for beside the figures' own ratings stands in ``worsening`` and ``fragile``.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sos_tracker.measures.definitions import CATALOGUE
from sos_tracker.measures.found import Found, team_name
from sos_tracker.measures.fragile import hanging_on_one_person, idle_money, moved_twice, without_recent_data
from sos_tracker.measures.frames import ProgrammeFrames
from sos_tracker.measures.milestones import standings_on
from sos_tracker.measures.published import some
from sos_tracker.measures.training_series import comparable_teams, level_outcomes, people_by_agency
from sos_tracker.measures.worsening import late_figures
from sos_tracker.records.figures import Figure, Rating, Unit
from sos_tracker.records.labels import count_of, level_name
from sos_tracker.records.money import percent

MOST = 12
WORTH_SAYING = 0.10  # how far below the average (as a share) a unit must be to be named beside it
RANKED = (
    "Figures behind come first, those getting worse before the others. Then what hangs on one person, dates moved "
    "twice or more, figures without recent data, money that lies idle, and what a good total hides."
)

# where several figures tell of one fact, the one that says most stands for the others
_SAID_BY = {"M1": "M2"}


@dataclass(frozen=True)
class Attention:
    """One thing to decide: ``sentence`` what, ``why`` it matters, ``decision`` what is needed, ``code`` the figure and
    ``page`` where to look."""

    rank: int
    sentence: str
    why: str
    code: str
    page: str
    decision: str = ""


def needs_attention(figures: Sequence[Figure], frames: ProgrammeFrames, on: date) -> tuple[Attention, ...]:
    """The most important things first, in the order ``RANKED`` says."""
    shown = {figure.code: figure for figure in figures}
    late = late_figures(figures, frames, on, _SAID_BY)
    said = {one.code for one in late}
    hidden = [
        *hanging_on_one_person(frames, on),
        *moved_twice(frames, on),
        *without_recent_data(figures),
        *idle_money(frames, on),
        *_vacant_posts(shown),
        *_nobody_trained(frames),
        *_worst_team(shown, frames),
        *_worst_level(shown, frames),
        *_moved_dates(frames, on, said),
        *_without_target(figures),
    ]
    found = [*late, *hidden][:MOST]
    return tuple(
        Attention(rank, one.sentence, one.why, one.code, CATALOGUE[one.code].page, one.decision)
        for rank, one in enumerate(found, start=1)
    )


def _vacant_posts(shown: dict[str, Figure]) -> Iterator[Found]:
    vacant = shown["L1"].parts.get("vacant_list", []) if "L1" in shown else []
    if vacant:
        has = "has" if len(vacant) == 1 else "have"
        yield Found(
            f"{count_of(len(vacant), Unit.TEAMS)} {has} no practice lead: {some(team_name(team) for team in vacant)}.",
            "Without a practice lead nobody in the team keeps the practice going after the training.",
            "L1",
            "Decide who leads there, and by when.",
        )


def _nobody_trained(frames: ProgrammeFrames) -> Iterator[Found]:
    """Agencies the programme knows, by its staff list, posts or headcounts, of which nobody is trained."""
    trained = {row.agency: row.people for row in people_by_agency(frames.training)}
    staff = frames.training.staff
    in_scope = staff["agency"].to_numpy(dtype=object)[staff["in_scope"].to_numpy()]
    known = {*trained, *in_scope.tolist(), *frames.posts["agency"].tolist()}
    left = sorted(agency for agency in known if not trained.get(agency))
    if left and len(left) < len(known):
        agencies = "1 agency" if len(left) == 1 else f"{len(left)} agencies"
        yield Found(
            f"Nobody from {agencies} has been trained yet: {some(left, most=4)}.",
            "The total counts people, so it grows while an agency is left out.",
            "T1",
            "Decide whether they are to be trained, and ask them for names.",
        )


def _worst_team(shown: dict[str, Figure], frames: ProgrammeFrames) -> Iterator[Found]:
    overall = shown["T3"].rate if "T3" in shown else None
    for agency, team, staff, trained, rate in comparable_teams(frames.training)[:1]:
        if overall is not None and overall - rate >= WORTH_SAYING:
            sentence = (
                f"In {team_name(f'{agency} / {team}')} {trained} of {staff} staff are trained "
                f"({percent(trained, staff)}), against {percent(overall, 1)} overall."
            )
            why = "It is the team with the smallest share of its staff trained."
            yield Found(sentence, why, "T3", "Decide which courses its staff are given places on.")


def _worst_level(shown: dict[str, Figure], frames: ProgrammeFrames) -> Iterator[Found]:
    overall = shown["T4"].rate if "T4" in shown else None
    levels = [row for row in level_outcomes(frames.training) if row.booked]
    if overall is not None and levels:
        worst = min(levels, key=lambda row: row.rate)
        if overall - worst.rate >= WORTH_SAYING:
            sentence = (
                f"{level_name(worst.level)}: people came to {worst.came} of {worst.booked} booked places "
                f"({percent(worst.came, worst.booked)}), against {percent(overall, 1)} overall."
            )
            why = "It is the kind of course where the fewest of those booked came."
            yield Found(sentence, why, "T4", "Decide what is done about places that are booked and left empty.")


def _moved_dates(frames: ProgrammeFrames, on: date, said: set[str]) -> Iterator[Found]:
    """Milestones not achieved and moved later, or left standing on a forecast date that has passed."""
    open_now = [one for one in standings_on(frames.milestones, on) if not one.achieved_on]
    moved = sorted((one for one in open_now if (one.slip_days or 0) > 0), key=lambda one: -(one.slip_days or 0))
    passed = [one for one in open_now if one.forecast_on and one.forecast_on < on]
    if passed:
        need = "needs" if len(passed) == 1 else "need"
        titles = some(one.title for one in passed)
        yield Found(
            f"{count_of(len(passed), Unit.MILESTONES)} {need} a new date: {titles}.",
            "The forecast date has passed and the work is not recorded as achieved.",
            "M2",
            "Agree a new date with its owner, or record that it is achieved.",
        )
    if moved and "M3" not in said:
        are = "is" if len(moved) == 1 else "are"
        titles = some(f"{one.title} ({count_of(one.slip_days or 0, Unit.DAYS)})" for one in moved)
        yield Found(
            f"{count_of(len(moved), Unit.MILESTONES)} to come {are} now forecast later than first agreed: {titles}.",
            "A date that moves hides a delay until it comes.",
            "M3",
            "Accept the new date, or find what brings it forward.",
        )


def _without_target(figures: Sequence[Figure]) -> Iterator[Found]:
    bare = [
        figure
        for figure in figures
        if CATALOGUE[figure.code].has_target and figure.rating is Rating.NO_TARGET and figure.value is not None
    ]
    if bare:
        titles = some(f"{figure.title.lower()} ({figure.code})" for figure in bare)
        yield Found(
            f"The strategy sets no target for {titles}.",
            "Without a target nobody can say whether the number is good enough.",
            bare[0].code,
            "Set a target, or say that the figure needs none.",
        )
