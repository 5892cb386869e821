"""A children's trust's files: OpenDocument and old Excel, people named by e-mail here and by number there."""

import random
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tests.councils.council import Booking, Council, Person, dice_of, invented
from tests.councils.writing import open_document, text

MEANS = ("D=no-show",)
_TITLES = {
    "introduction": "Signs of Safety: Two Day", "advanced": "Signs of Safety: Five Day", "briefing": "SofS briefing",
    "practice-lead day": "Practice Lead Development",
}  # fmt: skip
_LETTERS = {"attended": "A", "no-show": "D", "cancelled": "C", "booked": "B", "walk-in": "W"}
OLD_EXCEL = Path(__file__).parent / "fixtures" / "trust_targets.xls"
"""Written once with xlwt, which is not needed otherwise: the targets of council()."""


def council() -> Council:
    found = invented(
        41,
        name="Eastvale Children's Trust",
        as_at=date(2019, 2, 28),
        agencies={
            "Social Care": ["Safeguarding 1", "Safeguarding 2", "Children in Care"],
            "Early Intervention": ["Locality A", "Locality B"],
        },
        partners=["Eastvale Police", "Community Health", "Primary Schools"],
        reference="{:05d}",
        number="ET{:04d}",
        codes="{:d}000",
    )
    _move_agency(found)
    return found


def _move_agency(council: Council) -> None:
    """Some trained in one agency work in another now: they were trained where they were then."""
    trained = sorted({booking.person for booking in council.bookings}, key=lambda person: person.number)
    for person in [one for one in trained if one.listed and not one.left][:6]:
        person.agency = "Early Intervention" if person.agency == "Social Care" else "Social Care"
        person.team = council.agencies[person.agency][0]


def files(council: Council) -> dict[str, bytes]:
    dice = dice_of(21)
    return {
        "register.ods": open_document({"Register": _register(council, dice), "Sheet2": []}),
        "courses.ods": open_document({"Courses": _sessions(council)}),
        "partners.ods": open_document({"Partners": _headcounts(council)}),
        "staff.csv": text(_staff(council, dice)),
        "budget.ods": open_document({"Budget": _budget(council)}),
        "ledger.csv": text(_ledger(council), encoding="cp1252"),
        "leads.ods": open_document({"Leads": _leads(council, dice)}),
        "plan.ods": open_document({"Plan": _milestones(council)}),
        "targets.xls": OLD_EXCEL.read_bytes(),
    }


def _register(council: Council, dice: random.Random) -> list[Sequence[Any]]:
    """E-mail only, with the agency each person was of on the day."""
    return [
        ["Course code", "Date attended", "Email", "Organisation", "Job title", "Attendance code"],
        *(_booking(booking, dice) for booking in council.bookings),
    ]


def _booking(booking: Booking, dice: random.Random) -> list[Any]:
    session, person = booking.session, booking.person
    email = dice.choice((person.email, person.email.upper(), f" {person.email} "))
    return [session.reference, session.start.isoformat() + "T00:00:00", email, person.agency_when_trained, person.role,
            _LETTERS[booking.outcome]]  # fmt: skip


def _sessions(council: Council) -> list[Sequence[Any]]:
    states = {"delivered": "Ran", "cancelled": "Did not run", "planned": "Scheduled"}
    return [["Course code", "Course", "First day", "Last day", "Venue", "Trainer", "Spaces", "Status"]] + [
        [one.reference, _TITLES[one.level], one.start, one.end, one.venue, "LP", one.places, states[one.status]]
        for one in council.sessions
    ]


def _headcounts(council: Council) -> list[Sequence[Any]]:
    rows: list[Sequence[Any]] = [["Course code", "Organisation", "Attendees"]]
    rows += [[line.session.reference, line.agency, line.attended or "nil"] for line in council.headcounts]
    return [*rows, ["", "Total", sum(line.attended for line in council.headcounts)]]


def _staff(council: Council, dice: random.Random) -> list[Sequence[Any]]:
    head = ["Assignment No.", "Work Email", "Directorate", "Team", "Job Title", "FTE", "Target group", "Start Date",
            "Termination Date"]  # fmt: skip
    rows: list[Sequence[Any]] = []
    for place, person in enumerate(one for one in council.people if one.listed):
        row = [person.number, person.email, person.agency, person.team, person.role, person.fte,
               "TRUE" if person.in_scope else "FALSE", _stamp(person.started), _stamp(person.left)]  # fmt: skip
        rows.append(row)
        if place % 11 == 4:  # the same person's second post, half a week
            rows.append([*row[:4], "Practice educator", 0.2, *row[6:]])
    dice.shuffle(rows)
    return [head, *rows]


def _stamp(day: date | None) -> str:
    return f"{day.isoformat()}T00:00:00" if day else ""


def _budget(council: Council) -> list[Sequence[Any]]:
    """Months without their years, under the financial years they belong to."""
    months = sorted(council.lines[0].profile)
    years = [f"{at.year - (at.month < 4)}/{(at.year - (at.month < 4) + 1) % 100:02d}" for at in months]
    over = [year if place == 0 or years[place - 1] != year else "" for place, year in enumerate(years)]
    rows: list[Sequence[Any]] = [["", "", "", *over], ["Account code", "Account description", "Total allocation",
                                                     *(f"{at:%b}" for at in months)]]  # fmt: skip
    for line in council.lines:
        rows.append([int(line.code), line.title, line.approved / 100, *(line.profile[at] / 100 for at in months)])
    return rows


def _ledger(council: Council) -> list[Sequence[Any]]:
    head = ["Effective date", "Account code", "Account", "Payee", "Narrative", "Value", "Type", "Transaction ref"]
    kinds = {"actual": "Actual", "commitment": "PO"}
    return [head] + [
        [f"{posting.on:%Y%m%d}", posting.line, "Programme", posting.supplier, posting.narrative,
         f"{abs(posting.pence) / 100:,.2f} CR" if posting.pence < 0 else f"{posting.pence / 100:,.2f} DR",
         kinds[posting.kind], posting.reference]
        for posting in council.postings
    ]  # fmt: skip


def _leads(council: Council, dice: random.Random) -> list[Sequence[Any]]:
    """Leads by employee number; the vacant ones in every way people leave a cell empty."""
    empty = iter(("Vacant", "TBC", "-", "", "vacancy (recruiting)", "None") * 3)
    rows: list[Sequence[Any]] = [["Organisation", "Team", "Lead", "Assignment No.", "From", "To", "5 day completed?"]]
    for post in council.posts:
        if post.vacant:
            rows.append([post.agency, post.team, next(empty), "", "", "", ""])
            continue
        yes = dice.choice(("Yes", "Y", "Yes - Mar 18", "Completed", "12/03/2018", "✓"))
        rows.append([post.agency, post.team, "Post filled", _number(post.lead), post.start, post.end,
                     yes if post.trained else dice.choice(("No", "Not yet", "N", "booked"))])  # fmt: skip
    return rows


def _number(person: Person | None) -> str:
    return person.number.lower() if person else ""


def _milestones(council: Council) -> list[Sequence[Any]]:
    head = ["Ref", "Priority", "Milestone", "Owner", "Baseline", "Expected", "Actual", "Status"]
    return [head] + [
        [
            one.reference,
            one.domain,
            one.title,
            one.owner,
            _stamp(one.baseline),
            one.forecast or "TBC",
            one.achieved or "-",
            "Complete" if one.achieved else "On track",
        ]
        for one in council.milestones
    ]


def target_rows(council: Council) -> list[Sequence[Any]]:
    """What fixtures/trust_targets.xls says."""
    approved = council.starts - timedelta(days=30)
    return [
        ["Performance measure", "Baseline", "Baseline date", "Target", "Due date", "Approved by", "Date approved"],
        ["People trained", 0, council.starts, council.people_target, council.target_due, "Trust board", approved],
        ["Teams with practice lead", "0%", council.starts, "100%", council.target_due, "Trust board", approved],
        ["Total spend", 0, council.starts, "£400,000", council.target_due, "Trust board", approved],
    ]
