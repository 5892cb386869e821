"""A city's files: delimited text from five systems, each with its own encoding, delimiter, line ends and columns."""

import random
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from tests.councils.council import Council, dice_of, invented
from tests.councils.writing import text

MEANS: tuple[str, ...] = ()
_TITLES = {
    "introduction": ("SOS-INT: Introduction, 2 day", "Signs of Safety; introductory course"),
    "advanced": ("SOS-ADV: Advanced; five days",),
    "briefing": ("SOS-BRF: Awareness session",),
    "practice-lead day": ("SOS-PLD: Practice lead forum day",),
}
_STATUSES = {
    "attended": ("Completed", "Attended - Full"), "no-show": ("Did not attend", "No-show"),
    "cancelled": ("Withdrawn", "Cancelled (late)"), "booked": ("Registered",), "walk-in": ("Attended - not booked",),
}  # fmt: skip


def council() -> Council:
    return invented(
        23,
        name="Westchester City Council",
        as_at=date(2019, 7, 31),
        agencies={
            "Children's Services": ["Front Door", "Locality 1", "Locality 2", "Fostering", "Care Experienced"],
            "Families First": ["Reducing Parental Conflict", "Youth Justice"],
        },
        partners=["City Police", "Mental Health Trust", "St. John's & St. Mary's Schools", "VCSE"],
        reference="LMS/2018/{:03d}",
        number="WC{:05d}",
        codes="C4{:02d}0",
    )


def files(council: Council) -> dict[str, bytes]:
    dice = dice_of(8)
    return {
        "lms_completions.csv": text(_register(council, dice), delimiter=";", encoding="utf-8-sig"),
        "lms_classes.txt": text(_sessions(council), delimiter="\t", encoding="utf-16", line_end="\n"),
        "partners.csv": text(_headcounts(council), encoding="cp1252"),
        "workforce.csv": text(_staff(council), encoding="utf-8", line_end="\r"),
        "budget_long.csv": text(_budget(council)),
        "payments.csv": text(_payments(council), encoding="cp1252"),
        "open orders.csv": text(_orders(council), encoding="cp1252"),
        "champions.csv": text(_leads(council), delimiter="|"),
        "milestones.csv": text(_milestones(council), encoding="utf-8-sig"),
        "kpis.csv": text(_targets(council), delimiter=";", encoding="cp1252"),
    }


def _register(council: Council, dice: random.Random) -> list[Sequence[Any]]:
    rows: list[Sequence[Any]] = []
    for booking in council.bookings:
        session, person = booking.session, booking.person
        rows.append([
            dice.choice(_STATUSES[booking.outcome]), dice.choice(person.names), person.names[1], "Learner",
            person.agency, person.team, dice.choice((person.number, person.number.lower(), f" {person.number}")),
            dice.choice((person.email, "", person.email.upper())), f"{session.start:%d-%b-%Y}",
            dice.choice(_TITLES[session.level]), session.reference, person.role,
        ])  # fmt: skip
    head = [
        "Completion status", "First name", "Last name", "User type", "Organisation", "Team name", "Employee ID",
        "Learner e-mail address", "Class start date", "Learning title", "Class ID", "Job title",
    ]  # fmt: skip
    return [head, *rows, *rows[3:10]]


def _sessions(council: Council) -> list[Sequence[Any]]:
    states = {"delivered": "Completed", "cancelled": "Cancelled", "planned": "Open for booking"}
    head = ["Class status", "Class ID", "Learning title", "Class start", "Class end", "Location", "Capacity",
            "Instructor", "Price"]  # fmt: skip
    return [head] + [
        [states[one.status], one.reference, _TITLES[one.level][0], datetime.combine(one.start, time(9, 30)),
         datetime.combine(one.end, time(16)), one.venue, one.places, "R. Jones; S. Müller", f"£{one.cost / 100:,.2f}"]
        for one in council.sessions
    ]  # fmt: skip


def _headcounts(council: Council) -> list[Sequence[Any]]:
    head = ["Date", "Class ID", "Partner agency", "Number of people attending", "Level"]
    return [head] + [
        [
            f"{line.session.start:%d/%m/%y}",
            line.session.reference,
            line.agency,
            line.attended,
            line.session.level.title(),
        ]
        for line in council.headcounts
    ]


def _staff(council: Council) -> list[Sequence[Any]]:
    head = ["Surname", "First names", "Primary Email", "Person Number", "Department", "Team", "Position",
            "Contract FTE", "In scope (Y/N)", "Start date", "Leaving date"]  # fmt: skip
    return [head] + [
        [person.names[1], person.names[0], person.email, person.number, person.agency, person.team, person.role,
         person.fte, "Y" if person.in_scope else "N", _slashed(person.started), _slashed(person.left)]
        for person in council.people if person.listed
    ]  # fmt: skip


def _slashed(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def _budget(council: Council) -> list[Sequence[Any]]:
    """One month to a row, which gives no more than the profile: the budget is what the months come to."""
    head = ["Cost code", "Description", "Period", "Budget amount (£)"]
    return [head] + [
        [line.code, line.title, f"{at:%B %Y}", f"{pence / 100:,.2f}"]
        for line in council.lines for at, pence in line.profile.items()
    ]  # fmt: skip


def _payments(council: Council) -> list[Sequence[Any]]:
    """Payments only: nothing says actual, debits stand beside credits, and credits are above zero."""
    rows: list[Sequence[Any]] = [
        [
            "Posting Date",
            "Doc. No.",
            "Cost centre",
            "Cost code",
            "Vendor name",
            "Line description",
            "Debit (£)",
            "Credit (£)",
        ]
    ]
    for posting in council.postings:
        if posting.kind == "actual":
            pounds = f"{abs(posting.pence) / 100:,.2f}"
            both = [pounds, ""] if posting.pence >= 0 else ["", pounds]
            rows.append([f"{posting.on:%Y-%m-%d}", posting.reference, "9001", posting.line, posting.supplier,
                         posting.narrative, *both])  # fmt: skip
    debits = sum(max(posting.pence, 0) for posting in council.postings if posting.kind == "actual") / 100
    credited = sum(max(-posting.pence, 0) for posting in council.postings if posting.kind == "actual") / 100
    return [*rows, ["Totals", "", "", "", "", "", f"{debits:,.2f}", f"{credited:,.2f}"]]


def _orders(council: Council) -> list[Sequence[Any]]:
    """Purchase orders not yet paid: the heading of the amount alone says that it is a commitment."""
    head = ["Order date", "PO number", "Cost code", "Vendor name", "Line description", "Committed amount (£)"]
    return [head] + [
        [f"{posting.on:%d/%m/%Y}", posting.reference, posting.line, posting.supplier, posting.narrative,
         f"{posting.pence / 100:.2f}"]
        for posting in council.postings if posting.kind == "commitment"
    ]  # fmt: skip


def _leads(council: Council) -> list[Sequence[Any]]:
    head = ["Organisation", "Team name", "SoS Champion", "Champion email", "Champion since", "Champion until",
            "Advanced training completed (Y/N)"]  # fmt: skip
    rows: list[Sequence[Any]] = []
    for post in council.posts:
        if post.vacant:
            rows.append([post.agency, post.team, "VACANCY", "", "", "", ""])
            continue
        rows.append([
            post.agency, post.team, "Named", post.lead.email if post.lead else "", _slashed(post.start),
            _slashed(post.end), "Y" if post.trained else "N",
        ])  # fmt: skip
    return [head, *rows]


def _milestones(council: Council) -> list[Sequence[Any]]:
    head = ["ID", "Work stream", "Deliverable", "Responsible officer", "Baseline finish", "Forecast finish",
            "Actual finish", "% complete"]  # fmt: skip
    return [head] + [
        [one.reference, one.domain, one.title, one.owner, f"{one.baseline:%d-%b-%y}",
         f"{one.forecast:%d-%b-%y}" if one.forecast else "TBC", f"{one.achieved:%d-%b-%y}" if one.achieved else "NA",
         "100%" if one.achieved else "40%"]
        for one in council.milestones
    ]  # fmt: skip


def _targets(council: Council) -> list[Sequence[Any]]:
    approved = "27 September 2017"
    return [
        ["KPI", "Baseline", "Baseline date", "Target", "Target date", "Approved by", "Approved", "Rationale"],
        ["People trained", "0", _slashed(council.starts), council.people_target, _slashed(council.target_due),
         "Programme board", approved, "Strategy"],
        ["Attendance rate", "60%", _slashed(council.starts), "85%", _slashed(council.target_due), "Programme board",
         approved, "Strategy"],
    ]  # fmt: skip
