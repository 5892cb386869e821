"""What may break though the figures look well: one person, a date that moves again, old data, money nobody spends."""

from collections.abc import Iterator, Sequence
from datetime import date

from sos_tracker.measures.budget import spend_by_line
from sos_tracker.measures.found import Found
from sos_tracker.measures.frames import ProgrammeFrames
from sos_tracker.measures.milestones import standings_on, times_moved
from sos_tracker.measures.practice_leads import trained_leads_by_agency
from sos_tracker.measures.published import rule_of, some
from sos_tracker.measures.totals import is_one, total
from sos_tracker.records.figures import Figure, Rating, Unit
from sos_tracker.records.labels import count_of, listed
from sos_tracker.records.money import whole_pounds
from sos_tracker.records.periods import month_end
from sos_tracker.records.training import CourseLevel

_OFTEN = 2


def hanging_on_one_person(frames: ProgrammeFrames, on: date) -> Iterator[Found]:
    """Agencies with a single trained practice lead in post, and a programme with a single in-house trainer."""
    alone = sorted(agency for agency, leads in trained_leads_by_agency(frames.posts, on).items() if leads == 1)
    if alone:
        many = f"{len(alone)} agencies have one trained practice lead each"
        one = f"{alone[0]} has one trained practice lead"
        yield Found(
            f"{one}." if len(alone) == 1 else f"{many}: {some(alone, most=4)}.",
            "When that person leaves, nobody there leads the practice.",
            "L1",
            "Decide who is trained next as a second lead, and by when.",
        )
    people = frames.training.people
    trainers = total(people["people"], is_one(people["level"], CourseLevel.TRAINER_COURSE.value))
    if trainers == 1:
        yield Found(
            "1 person has done the in-house trainer course.",
            "Every course the programme holds itself hangs on that person.",
            "T1",
            "Decide who becomes the second trainer, or who is paid to stand in.",
        )


def moved_twice(frames: ProgrammeFrames, on: date) -> Iterator[Found]:
    """Milestones not achieved whose forecast was moved twice or more."""
    moved = times_moved(frames.moves)
    again = sorted(
        (one for one in standings_on(frames.milestones, on)
         if not one.achieved_on and moved.get(one.reference, 0) >= _OFTEN),
        key=lambda one: -moved[one.reference],
    )  # fmt: skip
    if again:
        has = "has" if len(again) == 1 else "have"
        titles = some(f"{one.title} ({moved[one.reference]} times)" for one in again)
        yield Found(
            f"{count_of(len(again), Unit.MILESTONES)} {has} had the date moved twice or more: {titles}.",
            "A date that was moved twice is seldom the last.",
            "M3",
            "Decide whether the work goes on as it is, changes, or is deferred.",
        )


def without_recent_data(figures: Sequence[Figure]) -> Iterator[Found]:
    """Figures whose records are older than their rhythm, told once for those that rest on the same records."""
    told: dict[str, list[Figure]] = {}
    for figure in figures:
        if figure.rating is Rating.STALE:
            told.setdefault(figure.rating_reason.partition(". ")[0], []).append(figure)
    for sentence, of in told.items():
        owner = of[0].rating_reason.partition(". ")[2].partition(" is to bring")[0]
        yield Found(
            f"{sentence}.",
            f"What is shown of {listed(figure.code for figure in of)} may not be so any more.",
            of[0].code,
            f"{owner} brings the records in, or says that there were none.",
        )


def idle_money(frames: ProgrammeFrames, on: date) -> Iterator[Found]:
    """Budget lines far under their profile to date, with nothing ordered against what is left."""
    within = rule_of(frames, "B1").slightly_behind_within
    lines = spend_by_line(frames.budget, on)
    idle = [
        (title or code, planned - actual)
        for code, title, planned, actual, committed in zip(
            *(lines[name].tolist() for name in ("code", "title", "profile_pence", "actual_pence", "commitment_pence")),
            strict=True,
        )
        if planned > 0 and not committed and actual < planned * (1 - within)
    ]
    if idle:
        idle.sort(key=lambda line: -line[1])
        left = whole_pounds(int(sum(pence for _, pence in idle)))
        titles = some(f"{title} {whole_pounds(int(pence))}" for title, pence in idle)
        yield Found(
            f"{left} planned by the end of {month_end(on):%B %Y} is neither spent nor promised: {titles}.",
            "Money that waits may be lost when the grant ends.",
            "B1",
            "Decide what it is spent on, or give it to another line.",
        )
