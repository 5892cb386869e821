"""An invented council: what is true of its programme. The figures that follow are in reckoning.py.

Nothing here knows the app. A style (shire, city, borough, trust) writes the same truth into files its own way.
"""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta


@dataclass(eq=False)
class Person:
    number: str
    email: str
    names: tuple[str, str]
    agency: str
    team: str
    role: str
    in_scope: bool = True
    fte: float = 1.0
    listed: bool = True
    started: date | None = None
    left: date | None = None
    agency_when_trained: str = ""


@dataclass(eq=False)
class Session:
    reference: str
    level: str
    start: date
    end: date
    status: str
    venue: str
    places: int = 20
    cost: int = 240_000


@dataclass(frozen=True)
class Booking:
    session: Session
    person: Person
    outcome: str


@dataclass(frozen=True)
class Headcount:
    session: Session
    agency: str
    attended: int


@dataclass(frozen=True)
class Post:
    agency: str
    team: str
    lead: Person | None
    start: date | None = None
    end: date | None = None
    trained: bool = False
    vacant: bool = False


@dataclass(frozen=True)
class Line:
    code: str
    title: str
    approved: int
    profile: dict[date, int]


@dataclass(frozen=True)
class Posting:
    on: date
    line: str
    supplier: str
    narrative: str
    kind: str
    pence: int
    reference: str


@dataclass(frozen=True)
class Milestone:
    reference: str
    domain: str
    title: str
    owner: str
    baseline: date
    forecast: date | None
    achieved: date | None


@dataclass
class Council:
    name: str
    as_at: date
    agencies: dict[str, list[str]]
    partners: list[str]
    domain: str
    people: list[Person] = field(default_factory=list)
    sessions: list[Session] = field(default_factory=list)
    bookings: list[Booking] = field(default_factory=list)
    headcounts: list[Headcount] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    postings: list[Posting] = field(default_factory=list)
    milestones: list[Milestone] = field(default_factory=list)
    people_target: int = 120
    target_due: date = date(2019, 12, 31)

    @property
    def starts(self) -> date:
        """The first day of the programme: a year before the as-at date."""
        return month(self.as_at, -12)


def month(day: date, later: int) -> date:
    """The first day of the month so many months after that of the day."""
    months = day.year * 12 + day.month - 1 + later
    return date(months // 12, months % 12 + 1, 1)


def dice_of(seed: int) -> random.Random:
    """The same throws every time."""
    return random.Random(seed)  # noqa: S311  # an invented council is no secret


def invented(
    seed: int,
    *,
    name: str,
    as_at: date,
    agencies: dict[str, list[str]],
    partners: list[str],
    reference: str = "EV-{:04d}",
    number: str = "{:d}",
    codes: str = "ZX{:02d}",
) -> Council:
    """The truth of one council, in the order a programme grows."""
    dice = dice_of(seed)
    council = Council(name, as_at, agencies, partners, name.split()[0].casefold() + ".example")
    council.target_due = month(as_at, 9) - timedelta(days=1)
    _hire(council, dice, number)
    _hold_sessions(council, dice, reference)
    _book(council, dice)
    _sign_in_partners(council, dice)
    _name_leads(council, dice)
    _spend(council, dice, codes)
    _plan(council, dice)
    return council


_ROLES = ("Social worker", "Team manager", "Family support worker", "Senior practitioner", "Personal adviser")
_FORENAMES = ("Asha", "Ben", "Carys", "Dev", "Elin", "Femi", "Grace", "Huw", "Ines", "Jo", "Siân", "Zoë", "Noël")
_SURNAMES = ("Ashworth", "Begum", "Clarke", "Davies", "Evans", "Fraser", "Griffiths", "Hall", "O'Brien", "Müller")


def _hire(council: Council, dice: random.Random, number: str) -> None:
    teams = [(agency, team) for agency, teams in council.agencies.items() for team in teams]
    for place in range(130):
        agency, team = teams[place % len(teams)]
        names = (dice.choice(_FORENAMES), dice.choice(_SURNAMES))
        person = Person(
            number.format(4100 + 7 * place),
            f"p{place}.staff@{council.domain}",
            names,
            agency,
            team,
            dice.choice(_ROLES),
        )
        person.in_scope = dice.random() < 0.8
        person.fte = dice.choice((1.0, 1.0, 0.6, 0.5, 0.81))
        person.agency_when_trained = agency
        if place % 17 == 3:
            person.listed = False
        elif place % 19 == 5:
            person.left = council.as_at - timedelta(days=dice.randint(5, 90))
        elif place % 23 == 7:  # on the list, yet to start
            person.started = council.as_at + timedelta(days=dice.randint(5, 40))
        else:
            person.started = council.starts - timedelta(days=dice.randint(100, 3000))
        council.people.append(person)


_RUNS = (
    "introduction", "introduction", "briefing", "introduction", "advanced", "introduction", "introduction", "briefing",
    "advanced", "introduction", "practice-lead day", "introduction",
)  # fmt: skip
_DAYS = {"introduction": 2, "advanced": 5, "briefing": 1, "practice-lead day": 1}
_VENUES = ("Civic Centre", "Guildhall", "Online", "The Hub, Room 2")


def _hold_sessions(council: Council, dice: random.Random, reference: str) -> None:
    for place, level in enumerate(_RUNS):
        start = month(council.starts, place) + timedelta(days=dice.randint(0, 8))
        status = "cancelled" if place == 5 else "delivered"
        end = start + timedelta(days=_DAYS[level] - 1)
        council.sessions.append(
            Session(reference.format(place + 1), level, start, end, status, dice.choice(_VENUES), 16 + place % 5)
        )
    for place in (12, 13):
        start = council.as_at + timedelta(days=14 * (place - 11))
        council.sessions.append(
            Session(
                reference.format(place + 1), "introduction", start, start + timedelta(days=1), "planned", "Guildhall"
            )
        )


def _book(council: Council, dice: random.Random) -> None:
    starters = [person for person in council.people if not person.started or person.started <= council.as_at]
    for session in council.sessions:
        there = [person for person in starters if person.left is None or person.left > session.end]
        for place, person in enumerate(dice.sample(there, dice.randint(14, 22))):
            if session.status == "planned":
                outcome = "booked"
            elif session.status == "cancelled":
                outcome = "cancelled"
            else:
                outcome = "attended" if place < 8 else dice.choice(
                    ("attended", "attended", "attended", "no-show", "cancelled", "walk-in")
                )  # fmt: skip
            council.bookings.append(Booking(session, person, outcome))
    council.bookings.sort(key=lambda booking: (booking.session.reference, booking.person.email))
    dice.shuffle(council.bookings)


def _sign_in_partners(council: Council, dice: random.Random) -> None:
    delivered = [session for session in council.sessions if session.status == "delivered"]
    for place, session in enumerate(delivered):
        for partner in dice.sample(council.partners, 1 + place % 2):
            council.headcounts.append(Headcount(session, partner, 0 if place == 4 else dice.randint(3, 11)))


def _name_leads(council: Council, dice: random.Random) -> None:
    here = [person for person in council.people if person.listed and not person.left]
    teams = [(agency, team) for agency, teams in council.agencies.items() for team in teams]
    for place, (agency, team) in enumerate([*teams, *((partner, partner) for partner in council.partners)]):
        start = council.starts + timedelta(days=dice.randint(30, 200))
        own = [person for person in here if person.team == team]
        if place % 5 == 3:
            council.posts.append(Post(agency, team, None, vacant=True))
            continue
        if place % 4 == 1:  # somebody held it before
            council.posts.append(Post(agency, team, None, council.starts, start - timedelta(days=20), trained=True))
        if place % 6 == 4:  # somebody held it, and nobody has taken it up
            council.posts.append(Post(agency, team, None, council.starts, start, trained=True))
            continue
        council.posts.append(Post(agency, team, own[0] if own else None, start, None, trained=place % 7 != 2))


_LINES = ("Consultancy and external training", "Lead practitioner", "Venues", "Books and licences", "Evaluation")
_SUPPLIERS = ("Training Partners Ltd", "Café Röda", "Payroll", "Smith & Sons (Printers)", "=HALL HIRE")


def _spend(council: Council, dice: random.Random, codes: str) -> None:
    for place, title in enumerate(_LINES, start=1):
        monthly = dice.randint(40, 400) * 1000 * 5
        profile = {month(council.starts, later): monthly for later in range(18)}
        council.lines.append(Line(codes.format(place), title, sum(profile.values()), profile))
    for number in range(60):
        line = dice.choice(council.lines)
        on = council.starts + timedelta(days=dice.randint(0, (council.as_at - council.starts).days - 1))
        kind = "commitment" if number % 6 == 5 else "actual"
        pence = dice.randint(9_000, 260_000)
        if number % 13 == 4:
            kind, pence = "actual", -dice.randint(9_000, 40_000)
        council.postings.append(
            Posting(on, line.code, dice.choice(_SUPPLIERS), f"Posting {number}", kind, pence, f"T{number:05d}")
        )
    later = council.as_at + timedelta(days=9)
    council.postings.append(Posting(later, council.lines[0].code, "Payroll", "Next period", "actual", 55_555, "T80001"))
    again = council.postings[0]  # two payments alike in everything but their number are two payments
    council.postings.append(Posting(**{**vars(again), "reference": "T90001"}))


_TASKS = ("Board agrees the strategy", "First leads trained", "Forms aligned", "Supervision policy rewritten",
          "Audit reported", "Trainers trained", "Procedures rewritten", "Second survey of families")  # fmt: skip
_DOMAINS = ("Leadership", "Learning", "Organisational alignment", "Meaningful measures")


def _plan(council: Council, dice: random.Random) -> None:
    for place, title in enumerate(_TASKS, start=1):
        baseline = month(council.starts, place * 2 - 1) + timedelta(days=dice.randint(0, 20))
        slip = (0, 3, 45, 12, 70, 0, 33, 0)[place - 1]
        due = baseline + timedelta(days=slip)
        achieved = due if due < council.as_at and place not in (3, 5) else None
        forecast = None if achieved is None and place == 8 else due
        council.milestones.append(
            Milestone(f"MS{place:02d}", _DOMAINS[place % 4], title, "Head of service", baseline, forecast, achieved)
        )
