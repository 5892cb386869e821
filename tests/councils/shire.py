"""A shire's files: Excel with title rows, merged bands, spacer columns, totals, footnotes and every kind of date."""

import random
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from tests.councils.council import Booking, Council, Person, dice_of, invented
from tests.councils.writing import workbook

MEANS = ("Apologies=cancelled",)
HARD_SPACE = "\u00a0"
_TITLES = {
    "introduction": ("SoS Introduction (2 days)", "Signs of Safety: two-day introduction", "Signs of Safety – Intro "),
    "advanced": ("SoS Advanced Practitioner – 5 day", "Signs of Safety Five Day Advanced"),
    "briefing": ("Signs of Safety half-day briefing",),
    "practice-lead day": ("Practice Leads' development day",),
}  # fmt: skip
_STATUSES = {
    "attended": ("Present", "present", "Present "),
    "no-show": ("Absent", "ABSENT"),
    "cancelled": ("Cancelled by delegate", "Apologies"),
    "booked": ("Enrolled",),
    "walk-in": ("Walk in - attended",),
}


def council() -> Council:
    return invented(
        11,
        name="Northshire County Council",
        as_at=date(2018, 11, 14),
        agencies={
            "Children & Families": ["Assessment East", "Assessment West", "Looked After Children", "MASH"],
            "Early Help": ["Hub North", "Hub South"],
            "Legal": ["Child Law"],
        },
        partners=["Northshire Police", "Northshire Healthcare NHS FT", "Academies"],
    )


def files(council: Council) -> dict[str, bytes]:
    dice = dice_of(5)
    return {
        "Delegate report.xlsx": _register(council, dice),
        "Partner sign in.xlsx": _headcounts(council),
        "Establishment list.xlsx": _staff(council),
        "Budget 2017-19.xlsx": _budget(council),
        "GL detail.xlsx": _ledger(council),
        "PL register.xlsx": _leads(council),
        "Plan on a page.xlsx": _milestones(council),
        "Targets.xlsx": _targets(council),
    }


def ordinal(day: date) -> str:
    """``6th April 2018``."""
    ending = "th" if 10 < day.day < 14 else {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
    return f"{day.day}{ending} {day:%B %Y}"


def serial(day: date) -> int:
    return (day - date(1899, 12, 30)).days


_DATES: tuple[Callable[[date], Any], ...] = (
    ordinal, serial, lambda day: day, lambda day: f"{day:%a %d/%m/%Y}", lambda day: f"{day:%d.%m.%y}",
    lambda day: f"{day:%A} {ordinal(day)}", lambda day: f"{day:%d %b %Y} 09:30",
)  # fmt: skip


def _number(person: Person, dice: random.Random) -> Any:
    """The payroll number as a number, as text, or as text with the zeros the payroll system writes before it."""
    return dice.choice((int(person.number), person.number, f"00{person.number}", f" {person.number} "))


def _register(council: Council, dice: random.Random) -> bytes:
    rows = [_booking(booking, dice) for booking in council.bookings]
    rows += [list(row) for row in dice.sample(rows, 9)]  # some lines come twice
    width = 13
    head: list[list[Any]] = [
        ["Northshire County Council"],
        ["Delegates by event", *[None] * (width - 1)],
        [],
        ["Event", None, None, None, "Delegate", None, None, None, None, None, None, "Outcome", None],
        [
            "Event ID", "Event title", "Date of event", None, "Email address", "Payroll\nnumber", "Directorate ",
            "Service area / Team", "Post title", None, "Line manager", "Attendance", "Notes",
        ],
    ]  # fmt: skip
    foot = [
        [],
        ["Grand total", len(rows)],
        [],
        ["* Attendance is marked by the trainer on the day; see the L&D handbook."],
    ]
    merged = [(1, 0, 1, 6), (3, 0, 3, 2), (3, 4, 3, 8)]
    return workbook({"Delegates": [*head, *rows, *foot]}, merged={"Delegates": merged})


def _booking(booking: Booking, dice: random.Random) -> list[Any]:
    session, person = booking.session, booking.person
    email = dice.choice((person.email, person.email.upper(), f"{person.email}{HARD_SPACE}", f"  {person.email}"))
    agency = dice.choice((person.agency, f"{person.agency} ", person.agency.replace(" & ", f" &{HARD_SPACE}")))
    return [
        dice.choice((session.reference, session.reference.lower(), f"{session.reference} ")),
        dice.choice(_TITLES[session.level]), dice.choice(_DATES)(session.start), None, email, _number(person, dice),
        agency, person.team, person.role, None, "A Manager", dice.choice(_STATUSES[booking.outcome]), None,
    ]  # fmt: skip


def _headcounts(council: Council) -> bytes:
    rows: list[Sequence[Any]] = [["Signing-in sheets, partner agencies"], []]
    rows.append(["Event ID", "Event title", "Partner organisation", "No. signed in", "Checked by"])
    for line in council.headcounts:
        count: Any = f"{line.attended} " if line.attended % 3 else line.attended
        rows.append([line.session.reference, _TITLES[line.session.level][0], line.agency, count, "LP"])
    rows.append([])
    rows.append(["Total", None, None, sum(line.attended for line in council.headcounts)])
    return workbook({"Sheet1": rows, "Sheet2": [], "Sheet3": []})


def _staff(council: Council) -> bytes:
    rows: list[Sequence[Any]] = [[f"Establishment at {council.as_at:%d %B %Y} – OFFICIAL SENSITIVE"]]
    rows.append([
        "Payroll number", "Surname", "First name", "E-mail", "Directorate", "Service area / Team", "Post title", "FTE",
        "Required for SoS?", "Date started", "Date of leaving",
    ])  # fmt: skip
    for person in council.people:
        if person.listed:
            forename, surname = person.names
            rows.append([
                f"{int(person.number):06d}", surname, forename, person.email.title(), person.agency, person.team,
                person.role, person.fte, "Yes" if person.in_scope else "No", person.started, person.left,
            ])  # fmt: skip
    return workbook({"Establishment": rows})


def _budget(council: Council) -> bytes:
    months = sorted(council.lines[0].profile)
    rows: list[Sequence[Any]] = [["Transformation Reserve: Signs of Safety"], ["£"], []]
    rows.append(["Detail code", "Description", "Budget approved", *months, "Total"])
    for line in council.lines:
        spread = [line.profile[at] / 100 for at in months]
        rows.append([line.code, line.title, line.approved / 100, *spread, sum(spread)])
    totals = [sum(line.profile[at] for line in council.lines) / 100 for at in months]
    rows.append(["TOTAL", None, sum(totals), *totals, sum(totals)])
    return workbook({"Profile": rows})


def _ledger(council: Council) -> bytes:
    rows: list[Sequence[Any]] = [
        ["Transaction date", "Detail code", "Subjective", "Payee", "Text", "Net amount (£)", "VAT", "Gross", "Doc no",
         "Posting type"]
    ]  # fmt: skip
    for number, posting in enumerate(council.postings):
        pounds = posting.pence / 100
        amount: Any = pounds
        if number % 3 == 1:
            amount = f"£{pounds:,.2f}" if pounds >= 0 else f"-£{-pounds:,.2f}"
        elif number % 3 == 2:
            amount = f"{pounds:,.2f}" if pounds >= 0 else f"{-pounds:,.2f}-"
        kind = ("Invoice", "Journal")[number % 2] if posting.kind == "actual" else "Commitment"
        on: Any = posting.on if number % 2 else ordinal(posting.on)
        vat = round(pounds / 5, 2)
        code = posting.line.lower() if number % 7 == 3 else f"{posting.line} "
        rows.append([on, code, "R4000", posting.supplier, posting.narrative, amount, vat, round(pounds + vat, 2),
                     posting.reference, kind])  # fmt: skip
    rows.append([None, None, None, None, "Grand total", sum(posting.pence for posting in council.postings) / 100])
    return workbook({"Transactions": rows})


def _leads(council: Council) -> bytes:
    rows: list[Sequence[Any]] = [["Practice lead register"], []]
    rows.append(["Directorate or agency", "Service area / Team", "Name of practice lead", "Payroll number",
                 "In post from", "In post to", "5 day advanced course completed?"])  # fmt: skip
    for post in council.posts:
        if post.vacant:
            rows.append([post.agency, post.team, "Vacant - out to advert"])
            continue
        rows.append([
            post.agency, post.team, "A. N. Other", int(post.lead.number) if post.lead else None, post.start, post.end,
            "Yes" if post.trained else "No",
        ])  # fmt: skip
    return workbook({"Leads": rows})


def _milestones(council: Council) -> bytes:
    rows: list[Sequence[Any]] = [["Plan"], []]
    rows.append(["No.", "Workstream", "Key milestone", "Lead officer", "Original target date", "Revised target date",
                 "Date completed", "RAG", "Commentary"])  # fmt: skip
    for number, one in enumerate(council.milestones):
        baseline: Any = one.baseline if number % 2 else ordinal(one.baseline)
        rows.append([one.reference, one.domain, one.title, one.owner, baseline, one.forecast, one.achieved,
                     "G" if one.achieved else "A", None])  # fmt: skip
    return workbook({"Milestones": rows})


def _targets(council: Council) -> bytes:
    approved = date(2017, 9, 27)
    return workbook({
        "Targets": [
            ["Indicator", "Baseline", "Baseline date", "Target", "By when", "Agreed by", "Date agreed", "Rationale"],
            ["Number of people trained (2 day or 5 day)", 0, council.starts, council.people_target, council.target_due,
             "Cabinet", approved, "Strategy"],
            ["% of teams with a practice lead", 0, council.starts, 0.95, ordinal(council.target_due), "Cabinet",
             approved, ""],
        ]
    })  # fmt: skip
