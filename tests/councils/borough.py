"""A borough's one big workbook: every kind as a sheet, headings on row 6, hidden sheets, two tables in one sheet."""

import random
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from tests.councils.council import Council, dice_of, invented
from tests.councils.writing import workbook

MEANS: tuple[str, ...] = ()
_TITLES = {
    "introduction": ("2-day introduction to Signs of Safety", "SoS Foundation (2 day)"),
    "advanced": ("5-Day Advanced Signs of Safety",),
    "briefing": ("Half day briefing – SoS", "Signs of Safety Overview (½ day)"),
    "practice-lead day": ("Practice Lead Day",),
}
_STATUSES = {
    "attended": ("Y", "Yes"), "no-show": ("N", "No"), "cancelled": ("Cancelled",), "booked": ("Booked",),
    "walk-in": ("Walk-in",),
}  # fmt: skip


def council() -> Council:
    return invented(
        37,
        name="Southmere London Borough Council",
        as_at=date(2018, 3, 31),
        agencies={
            "Children's Social Care": ["Referral and Assessment", "Court Team", "Leaving Care"],
            "Early Help": ["Family Hubs", "Youth Service"],
            "SEND": ["SEND Casework"],
        },
        partners=["Met Police BCU", "NELFT", "Housing Association"],
        reference="S{:d}",
        number="7{:05d}",
        codes="SoS-{:d}",
    )


def files(council: Council) -> dict[str, bytes]:
    dice = dice_of(13)
    register = _register(council, dice)
    sheets: dict[str, Sequence[Sequence[Any]]] = {
        "READ ME": [["How to use this workbook"], ["Fill in the white cells only."], ["Contact: programme office"]],
        "1. Register": _topped("Attendance register", register),
        "OLD register": _topped("Attendance register 2016 (do not use)", [*register[:1], *register[1:30] * 2]),
        "2. Sessions & partners": _sessions_above_headcounts(council),
        "3. HR": _topped("Staff list from HR", _staff(council)),
        "4. Budget": _topped("Budget and profile, £000", _budget(council)),
        "5. Ledger": _topped("Ledger", _ledger(council)),
        "6. Leads & targets": _leads_beside_targets(council),
        "7. Milestones": _topped("Milestone plan", _milestones(council)),
        "Lists": [["Yes"], ["No"], ["Cancelled"]],
    }
    return {"SoS programme workbook v12 FINAL.xlsx": workbook(sheets, hidden=("OLD register", "Lists"))}


def _topped(title: str, rows: Sequence[Sequence[Any]]) -> list[Sequence[Any]]:
    """The table with its headings on row 6, from column B."""
    above: list[Sequence[Any]] = [[None, title], [None, "Programme office"], [], [None, "Version 12"], []]
    return [*above, *([None, *row] for row in rows)]


def _register(council: Council, dice: random.Random) -> list[list[Any]]:
    head = ["Session", "Date", "Course name", "Name", "Staff ID", "Work e-mail", "Service", "Team", "Role", "Attended?"]
    rows = [
        [booking.session.reference, booking.session.start, dice.choice(_TITLES[booking.session.level]),
         " ".join(booking.person.names), dice.choice((float(booking.person.number), booking.person.number)),
         booking.person.email, booking.person.agency, booking.person.team, booking.person.role,
         dice.choice(_STATUSES[booking.outcome])]
        for booking in council.bookings
    ]  # fmt: skip
    return [head, *rows]


def _sessions_above_headcounts(council: Council) -> list[Sequence[Any]]:
    states = {"delivered": "Yes", "cancelled": "Cancelled", "planned": "Planned"}
    sessions: list[Sequence[Any]] = [
        ["Session", "Course name", "Start", "Finish", "Where", "Max delegates", "Delivered?", "Cost £"]
    ]
    for one in council.sessions:
        starts = datetime.combine(one.start, time(9, 15))
        sessions.append([one.reference, _TITLES[one.level][0], starts, one.end, one.venue, one.places,
                         states[one.status], one.cost / 100])  # fmt: skip
    counts: list[Sequence[Any]] = [["Session", "Partner agency", "Headcount", "Booked"]]
    counts += [[line.session.reference, line.agency, line.attended, None] for line in council.headcounts]
    return [*_topped("Sessions", sessions), [], [], [None, "Partner headcounts"], *([None, *row] for row in counts)]


def _staff(council: Council) -> list[Sequence[Any]]:
    head = ["Staff ID", "Work e-mail", "Service", "Team", "Role", "WTE", "In scope?", "Joined", "Left"]
    return [head] + [
        [int(person.number), person.email, person.agency, person.team, person.role, f"{person.fte:.2f}",
         "Y" if person.in_scope else "N", person.started, person.left]
        for person in council.people if person.listed
    ]  # fmt: skip


def _budget(council: Council) -> list[Sequence[Any]]:
    months = sorted(council.lines[0].profile)
    head = ["Budget code", "Budget heading", "Approved budget £000", *(f"{at:%b %y}" for at in months)]
    rows: list[Sequence[Any]] = [
        [line.code, line.title, line.approved / 100_000, *(line.profile[at] / 100_000 for at in months)]
        for line in council.lines
    ]
    total = ["Total budget", None, sum(line.approved for line in council.lines) / 100_000]
    return [head, *rows, total]


def _ledger(council: Council) -> list[Sequence[Any]]:
    head = ["Date", "Budget code", "Supplier", "Details", "Actual/Commitment", "£", "Ref"]
    return [head] + [
        [posting.on, posting.line, posting.supplier, posting.narrative, posting.kind.title(),
         f"({-posting.pence / 100:,.2f})" if posting.pence < 0 else posting.pence / 100, posting.reference]
        for posting in council.postings
    ]  # fmt: skip


def _leads_beside_targets(council: Council) -> list[Sequence[Any]]:
    leads: list[list[Any]] = [["Service or partner", "Team", "Practice lead", "Staff ID", "Start", "End", "Trained?"]]
    for post in council.posts:
        if post.vacant:
            leads.append([post.agency, post.team, "Vacant", None, None, None, None])
            continue
        leads.append([post.agency, post.team, "(name held by L&D)", int(post.lead.number) if post.lead else None,
                      post.start, post.end, "Y" if post.trained else "N"])  # fmt: skip
    targets: list[list[Any]] = [
        ["Measure", "Baseline", "Baseline date", "Target", "Due", "Approved by", "Approved on"],
        ["Staff and partners trained", 0, council.starts, f"{council.people_target:,}", council.target_due, "Board",
         date(2017, 1, 9)],
        ["Milestones achieved", "0%", council.starts, "90 %", council.target_due, "Board", date(2017, 1, 9)],
    ]  # fmt: skip
    beside = targets + [[None] * 7] * (len(leads) - len(targets))
    return _topped(
        "Practice leads; targets to the right",
        [[*left, None, *right] for left, right in zip(leads, beside, strict=True)],
    )


def _milestones(council: Council) -> list[Sequence[Any]]:
    head = ["Milestone", "Theme", "Lead", "Planned date", "Forecast", "Actual date", "Status"]
    return [head] + [
        [one.title, one.domain, one.owner, one.baseline, one.forecast, one.achieved,
         "Complete" if one.achieved else "In progress"]
        for one in council.milestones
    ]  # fmt: skip
