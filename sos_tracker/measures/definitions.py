"""What each published figure is, in plain words: one entry a code, in the order they are shown."""

from dataclasses import dataclass
from enum import StrEnum

from sos_tracker.records.figures import Direction, Unit


class Kind(StrEnum):
    CUMULATIVE_PEOPLE = "people so far"
    ATTENDANCES = "attendances so far"
    COVERAGE = "part of a whole"
    COUNT = "count on the day"
    MONEY = "money"
    DAYS = "days"
    SCALE = "score on a scale"


@dataclass(frozen=True)
class Entry:
    """One figure of the catalogue.

    ``page`` is where its rows are seen. ``counted_as`` follows a count in a sentence ("285 people trained"),
    ``shared_as`` a percentage ("70% of teams ..."), ``whole_as`` the number a figure stands beside where it is no
    part of it ("115 people still to train"). ``has_target``: a strategy is expected to set a target for it.
    """

    code: str
    title: str
    definition: str
    kind: Kind
    direction: Direction
    unit: Unit
    page: str
    counted_as: str
    shared_as: str = ""
    has_target: bool = False
    whole_as: str = ""


_ENTRIES = (
    Entry(
        "T1",
        "People trained",
        "People who came to a course that counts as training, each counted once. People whom partner agencies counted "
        "without names are added and shown apart: someone may be in such a count more than once.",
        Kind.CUMULATIVE_PEOPLE, Direction.HIGHER, Unit.PEOPLE, "training", "people trained", has_target=True,
    ),
    Entry(
        "T2",
        "Attendances",
        "Every time a person came to a session of any level, booked or not, with the people partner agencies counted "
        "without names. Someone who came to two sessions counts twice. Cancelled sessions are left out.",
        Kind.ATTENDANCES, Direction.HIGHER, Unit.ATTENDANCES, "training", "attendances",
    ),
    Entry(
        "T3",
        "Staff in scope who are trained",
        "Staff the strategy wants trained and who are in post on the date shown: how many of them have come to a "
        "course that counts as training. People who have left are not in either number.",
        Kind.COVERAGE, Direction.HIGHER, Unit.STAFF, "training", "staff trained",
        "of staff in scope and in post trained", has_target=True,
    ),
    Entry(
        "T4",
        "Booked and came",
        "Of all places booked on delivered sessions, those where the person came. Booked counts people who came, "
        "did not come, or cancelled. People who came without booking are in neither number.",
        Kind.COVERAGE, Direction.HIGHER, Unit.PLACES, "training", "booked places taken up",
        "of booked places taken up", has_target=True,
    ),
    Entry(
        "L1",
        "Teams and agencies with a trained practice lead",
        "Of all teams and partner agencies on the list of practice leads, those with a lead in post who has done the "
        "advanced course. An empty post does not count. Nor does a lead who is not yet trained.",
        Kind.COVERAGE, Direction.HIGHER, Unit.TEAMS, "practice_leads",
        "teams and agencies with a trained practice lead", "of teams and agencies with a trained practice lead",
        has_target=True,
    ),
    Entry(
        "B1",
        "Spend to date",
        "Money paid by the date shown, as a part of the approved budget. It is held against the spending planned to "
        "the end of that month: the plan counts whole months.",
        Kind.MONEY, Direction.NEAR, Unit.PENCE, "budget", "spent", has_target=True,
    ),
    Entry(
        "B2",
        "Commitments",
        "Money promised, such as orders placed, and not yet paid on the date shown.",
        Kind.MONEY, Direction.NEAR, Unit.PENCE, "budget", "committed",
    ),
    Entry(
        "B3",
        "Forecast outturn",
        "What will have been spent in the end: money paid, money committed, and the spending planned for the months "
        "after the month of the date shown. It is an estimate.",
        Kind.MONEY, Direction.NEAR, Unit.PENCE, "budget", "forecast to be spent", has_target=True,
    ),
    Entry(
        "B4",
        "Training runway",
        "How many more people the money left can train, beside those still to be trained. Money left is the approved "
        "budget, less what is spent and what is committed. It is divided by what one person trained has cost so far: "
        "all that is spent, of all people trained. Still to be trained are the people missing from the target for "
        "people trained or, without a target, the staff in scope and in post who are not trained. It is an estimate.",
        Kind.CUMULATIVE_PEOPLE, Direction.HIGHER, Unit.PEOPLE, "budget", "people the money left can train",
        whole_as="still to train",
    ),
    Entry(
        "M1",
        "Milestones achieved of those due",
        "Milestones whose first agreed date has come: how many of them have been achieved. The first agreed date "
        "(the baseline) does not move.",
        Kind.COVERAGE, Direction.HIGHER, Unit.MILESTONES, "milestones", "milestones achieved",
        "of milestones due achieved", has_target=True,
    ),
    Entry(
        "M2",
        "Milestones overdue",
        "Milestones whose first agreed date has come and which have not been achieved.",
        Kind.COUNT, Direction.LOWER, Unit.MILESTONES, "milestones", "milestones overdue", has_target=True,
    ),
    Entry(
        "M3",
        "Longest slip of a milestone",
        "The most days any milestone is later than its first agreed date: by the date it was achieved, or else by "
        "its latest forecast. Work is counted as late only against the first date.",
        Kind.DAYS, Direction.LOWER, Unit.DAYS, "milestones", "days", has_target=True,
    ),
    Entry(
        "E1",
        "Practice in use, on the scale of 0 to 10",
        "The middle score (the median) people gave in the newest round on the method's own scale: half of them gave "
        "this or less. 10 means that staff are thoroughly familiar with the practice, supervision and policies fit it "
        "and leaders live it; 0 means that there has been training, and no more. A round is all scores given in one "
        "calendar month. Everyone who gave a score counts once for each score.",
        Kind.SCALE, Direction.HIGHER, Unit.SCORE, "embedding", "as the middle score", has_target=True,
    ),
    Entry(
        "E2",
        "Case files that show the practice in use",
        "Of the case files looked at in audits, those that show the practice in use. Each team counts with its newest "
        "audit, where that is no more than twelve months old.",
        Kind.COVERAGE, Direction.HIGHER, Unit.FILES, "embedding", "files showing use", "of files audited showing use",
        has_target=True,
    ),
    Entry(
        "E3",
        "Forms, policies and formats aligned and live",
        "Of the forms, policies, meeting formats and other things that were found to need fitting to the practice, "
        "those that are live. Reviewed ones are live too.",
        Kind.COVERAGE, Direction.HIGHER, Unit.ITEMS, "embedding", "items live", "of items live", has_target=True,
    ),
)  # fmt: skip

CATALOGUE: dict[str, Entry] = {entry.code: entry for entry in _ENTRIES}
