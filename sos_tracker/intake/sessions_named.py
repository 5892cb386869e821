"""Which session each row means, and what the register and headcounts alone say of sessions no list describes."""

from collections import Counter, defaultdict
from datetime import date, timedelta
from typing import Any

from sos_tracker.intake.columns import Draft, Place, TableReader
from sos_tracker.intake.course_levels import level_of
from sos_tracker.intake.gathering import Gathering, RegisterRow, Spellings, spelling_key
from sos_tracker.records.issues import Weight
from sos_tracker.records.people import PersonKeys
from sos_tracker.records.periods import day
from sos_tracker.records.training import CAME, CourseLevel, Outcome, SessionStatus

_A_COURSE_RUNS_AT_MOST = timedelta(days=31)


def settle_references(gathering: Gathering) -> None:
    """Gives every row its session's reference: one spelling for each, made from date and level where none is given."""
    _part_runs(gathering)
    _make_references(gathering)
    spellings = Spellings(
        tuple(draft["reference"] for draft, _ in gathering.sessions) + tuple(gathering.known.sessions)
    )
    spellings.see(draft["reference"] for draft, _ in gathering.sessions)
    spellings.see(draft["session"] for draft, _ in gathering.headcounts)
    spellings.see(row.session for row in gathering.register)
    chosen = spellings.chosen()
    for draft, _ in gathering.sessions:
        draft["reference"] = chosen[draft["reference"]]
    for draft, _ in gathering.headcounts:
        draft["session"] = chosen[draft["session"]]
    for row in gathering.register:
        row.session = chosen[row.session]


_ONE_RUN = timedelta(days=7)


def _part_runs(gathering: Gathering) -> None:
    """A code that a register gives with dates weeks apart, and nobody on two of them, is a course and not a session."""
    listed = {spelling_key(draft["reference"]) for draft, _ in gathering.sessions}
    listed |= {spelling_key(reference) for reference in gathering.known.sessions}
    rows_of: dict[str, list[RegisterRow]] = defaultdict(list)
    for row in gathering.register:
        if row.session and row.start:
            rows_of[row.session].append(row)
    for reference, rows in rows_of.items():
        starts = {row.start for row in rows if row.start}
        if len(starts) == 1 or max(starts) - min(starts) <= _ONE_RUN or spelling_key(reference) in listed:
            continue
        days: dict[PersonKeys, set[date | None]] = defaultdict(set)
        for row in rows:
            days[row.keys].add(row.start)
        if any(len(found) > 1 for found in days.values()):
            continue
        first = rows[0]
        first.place.issue(
            Weight.QUESTION, "session",
            f"{reference} stands beside {len(starts)} dates, and nobody beside two of them: "
            f"it was read as {len(starts)} sessions.",
            "Accept it if the code is that of the course; else mend the dates.", "one code for several dates",
        )  # fmt: skip
        for row in rows:
            row.session = f"{reference} {row.start}"


def _made(start: date | None, level: CourseLevel | None, course: str, venue: str) -> str:
    words = " ".join(part for part in (f"{start:%Y-%m-%d}" if start else "", level or course, venue) if part)
    return words[:120]


def _make_references(gathering: Gathering) -> None:
    listed: dict[tuple[date | None, CourseLevel | None], list[tuple[str, str]]] = defaultdict(list)
    for draft, _ in gathering.sessions:
        if draft["reference"]:
            listed[draft["starts_on"], draft["level"]].append((draft["reference"], draft["venue"].casefold()))
    venues_told = any(row.venue for row in gathering.register if not row.session)
    for draft, _ in gathering.sessions:
        if not draft["reference"]:
            venue = draft["venue"] if venues_told or not gathering.register else ""
            draft["reference"] = _made(draft["starts_on"], draft["level"], draft["course"], venue)

    def reference(start: date | None, level: CourseLevel | None, course: str, venue: str) -> str:
        same_day = listed.get((start, level), [])
        here = [found for found, at in same_day if at == venue.casefold()] or [found for found, _ in same_day]
        return here[0] if len(here) == 1 else _made(start, level, course, venue)

    for row in gathering.register:
        if not row.session:
            row.session = reference(row.start, row.level, row.course, row.venue)
    for draft, _ in gathering.headcounts:
        if not draft["session"]:
            draft["session"] = reference(draft["starts_on"], draft["level"], draft["course"], draft["venue"])


def sessions_of(gathering: Gathering) -> list[Draft]:
    """Every session: as listed, with gaps filled from the register; else as the register or a headcount names it."""
    rows_of: dict[str, list[RegisterRow]] = defaultdict(list)
    for row in gathering.register:
        rows_of[row.session].append(row)
    found: dict[str, Draft] = {}
    for draft, place in gathering.sessions:
        reference = draft["reference"]
        if reference in found:
            _check_listed_twice(found[reference][0], draft, place)
            continue
        found[reference] = (draft, place)
    for reference, (draft, place) in found.items():
        if reference in rows_of:
            _check_against_list(draft, rows_of[reference])
            found[reference] = (
                _filled(draft, _from_register(reference, rows_of[reference], ask=False)),
                place,
            )
    for reference, rows in rows_of.items():
        if reference not in found:
            _check_against_known(gathering, reference, rows)
            found[reference] = (_from_register(reference, rows, ask=True), rows[0].place)
    for draft, place in gathering.headcounts:
        reference = draft["session"]
        if reference not in found and reference not in gathering.known.sessions:
            bare: dict[str, Any] = {"reference": reference, "inferred": True}
            if draft["starts_on"]:
                bare |= {name: draft[name] for name in ("starts_on", "level", "course", "venue")}
                bare["status"] = SessionStatus.DELIVERED if draft["attended"] else None
            found[reference] = (bare, place)
    return [
        drafted
        for drafted in found.values()
        if drafted[0].keys() - {"reference", "inferred"} or drafted[0]["reference"] not in gathering.known.sessions
    ]


def _filled(listed: dict[str, Any], inferred: dict[str, Any]) -> dict[str, Any]:
    """The list's own words win; the register fills what the list leaves empty."""
    return {
        **inferred,
        "inferred": False,
        **{name: value for name, value in listed.items() if value is not None and value != ""},
    }


def _check_against_known(gathering: Gathering, reference: str, rows: list[RegisterRow]) -> None:
    """Asks where the register's date is far from the one the programme knows the session by."""
    known_on = gathering.known.sessions.get(reference)
    if known_on is None:
        return
    odd = next((row for row in rows if row.start and abs(row.start - known_on) > _A_COURSE_RUNS_AT_MOST), None)
    if odd is not None and odd.start is not None:
        odd.place.issue(
            Weight.QUESTION, "start",
            f"{reference} is known to start on {day(known_on)}; this row says {day(odd.start)}.",
            "Mend the date, or import the list of sessions with the new one.", "dates that disagree",
        )  # fmt: skip


def _from_register(reference: str, rows: list[RegisterRow], *, ask: bool) -> dict[str, Any]:
    """What the register says of a session: its commonest course and level, first day, and what became of it."""
    starts = sorted({row.start for row in rows if row.start})
    levels = Counter(row.level for row in rows if row.level)
    courses = Counter(row.course for row in rows if row.course)
    venues = Counter(row.venue for row in rows if row.venue)
    if ask and len(levels) > 1:
        rows[0].place.issue(
            Weight.QUESTION, "course",
            f"Rows of {reference} name different levels: {', '.join(sorted(levels))}.",
            "Mend the course titles, or give each course its own session reference.", "levels that disagree",
        )  # fmt: skip
    if ask and starts and starts[-1] - starts[0] > _A_COURSE_RUNS_AT_MOST:
        odd = next(row for row in rows if row.start == starts[-1])
        odd.place.issue(
            Weight.QUESTION, "start", f"Rows of {reference} give dates from {day(starts[0])} to {day(starts[-1])}.",
            "Mend the dates, or give each run its own session reference.", "dates that disagree",
        )  # fmt: skip
    return {
        "reference": reference,
        "level": _commonest(levels),
        "course": _commonest(courses) or "",
        "starts_on": starts[0] if starts else None,
        "ends_on": max((row.end for row in rows if row.end and row.end >= starts[0]), default=None) if starts else None,
        "status": _status([row.outcome for row in rows]),
        "venue": _commonest(venues) or "",
        "inferred": True,
    }


def _commonest(counted: Counter[Any]) -> Any:
    return min(counted, key=lambda value: (-counted[value], value), default=None)


def _status(outcomes: list[Outcome]) -> SessionStatus:
    if any(outcome in CAME for outcome in outcomes):
        return SessionStatus.DELIVERED
    return (
        SessionStatus.CANCELLED if all(outcome is Outcome.CANCELLED for outcome in outcomes) else SessionStatus.PLANNED
    )


def _check_listed_twice(first: dict[str, Any], second: dict[str, Any], place: Place) -> None:
    if first != second:
        place.issue(
            Weight.REJECTED, "session", f"{second['reference']} is listed twice, with different particulars.",
            "Keep the row that is right, or give the other session its own reference.", "listed twice",
        )  # fmt: skip


def _check_against_list(listed: dict[str, Any], rows: list[RegisterRow]) -> None:
    """Asks where register and list disagree on date or level, and where people came to what has not been held."""
    reference, start = listed["reference"], listed["starts_on"]
    last = listed["ends_on"] or start
    if start is not None:
        odd = next((row for row in rows if row.start and not start <= row.start <= last), None)
        if odd is not None and odd.start is not None:
            near = abs(odd.start - start) <= timedelta(days=7)
            odd.place.issue(
                Weight.NOTE if near else Weight.QUESTION, "start",
                f"The list of sessions says that {reference} starts on {day(start)}; this row says {day(odd.start)}.",
                "The list is believed; mend whichever is wrong.", "dates that disagree",
            )  # fmt: skip
    unlike = next((row for row in rows if row.level and listed["level"] and row.level != listed["level"]), None)
    if unlike is not None:
        unlike.place.issue(
            Weight.NOTE, "course",
            f"The list of sessions says that {reference} is {listed['level']}; this row says {unlike.level}.",
            "The list is believed; mend whichever is wrong.", "levels that disagree",
        )  # fmt: skip
    came = next((row for row in rows if row.outcome in CAME), None)
    if came is not None and listed["status"] is SessionStatus.CANCELLED:
        came.place.issue(
            Weight.QUESTION, "outcome",
            f"This row says that somebody came, but the list says that {reference} was cancelled.",
            "Bring the list of sessions up to date, or mend the row.", "came to what was not held",
        )  # fmt: skip
    if came is not None and listed["status"] is SessionStatus.PLANNED:
        listed["status"] = SessionStatus.DELIVERED
        came.place.issue(
            Weight.NOTE, "outcome",
            f"Somebody came to {reference}, which the list says is still planned: it was read as delivered.",
            "Nothing, if it was held; else mend the row.", "held since it was listed",
        )  # fmt: skip


def check_days_to_come(gathering: Gathering) -> None:
    """Asks about people who came on a day still to come."""
    told: set[str] = set()
    for row in gathering.register:
        if row.start and row.start > gathering.today and row.outcome in CAME and row.session not in told:
            told.add(row.session)
            row.place.issue(
                Weight.QUESTION, "start", f"This row says that somebody came on {day(row.start)}, a day still to come.",
                "Mend the date or the status.", "came to what was not held",
            )  # fmt: skip


def reject_unknown_courses(gathering: Gathering) -> None:
    """A row whose course names no level is refused, unless its session's level is known another way.

    A register that has no column for it waits for the list of sessions.
    """
    told = {draft["reference"] for draft, _ in gathering.sessions if draft["level"]}
    told |= {row.session for row in gathering.register if row.level}
    told |= {reference for reference, on in gathering.known.sessions.items() if on is not None}
    waiting: dict[int, TableReader] = {}
    for row in gathering.register:
        if row.level is None and row.session not in told:
            titled = row.reader.has("course") or row.reader.has("level")
            if not titled and row.session != _made(row.start, None, "", row.venue):
                waiting[id(row.reader)] = row.reader
                continue
            fault = gathering.vocabulary.level(row.course)
            problem = getattr(fault, "problem", f"Nothing says what level {row.session} is.")
            remedy = getattr(fault, "remedy", "Add the course title, or import the list of sessions with it.")
            row.place.reader.reject_field(
                row.place.row, "course" if row.course else "session", problem, remedy, "unknown course",
                row.course if level_of(row.course) is None else "",
            )  # fmt: skip
    for reader in waiting.values():
        reader.about_table(
            Weight.NOTE,
            "The register names no courses: nobody in it counts as trained until the list of sessions says which.",
            "Import the list of sessions too.", "unknown course",
        )  # fmt: skip
