"""The training register: who was booked on which session, and what became of it."""

from sos_tracker.intake.cells import Fault, absent, email_address, employee_number, optional_text, parse_first_day, text
from sos_tracker.intake.columns import TableReader
from sos_tracker.intake.course_levels import level_of
from sos_tracker.intake.gathering import Gathering, RegisterRow
from sos_tracker.intake.vocabulary import LEAVE_OUT
from sos_tracker.records.people import PersonKeys
from sos_tracker.records.training import CAME, CourseLevel, Outcome

_NOBODY = (
    "This row has neither an employee number nor an e-mail address, so the person cannot be told from others.",
    "Add the employee number or the e-mail address, or take the row out.",
)


def people(reader: TableReader, gathering: Gathering) -> list[PersonKeys | None]:
    """The keyed hashes each row names a person by, None where it names nobody."""
    numbers = reader.convert("number", employee_number)
    emails = _emails(reader, numbers)
    pairs = list(zip(numbers, emails, strict=True))
    keyed = {pair: gathering.keyer.keys(*pair) if any(pair) else None for pair in set(pairs)}
    return [keyed[pair] for pair in pairs]


def _emails(reader: TableReader, numbers: list[str | None]) -> list[str | None]:
    """The e-mail addresses; one that cannot be read is told of, and refused only where no number stands beside it."""
    raws = reader.raw("email")
    read = {raw: email_address(raw) for raw in set(raws)}
    found: list[str | None] = []
    for row, raw in enumerate(raws):
        address = read[raw]
        if not isinstance(address, Fault):
            found.append(address)
            continue
        found.append(None)
        tell = reader.reject_field if numbers[row] is None else reader.note
        tell(row, "email", address.problem, address.remedy, address.group)
    return found


def levels(reader: TableReader, gathering: Gathering) -> tuple[list[CourseLevel | str | None], list[str]]:
    """The course level of each row, by its level column, else its course title; and the titles."""
    by_level = reader.convert("level", gathering.vocabulary.level)
    titles = reader.texts("course")
    by_title = {title: gathering.vocabulary.level(title) for title in set(titles)}
    found: list[CourseLevel | str | None] = []
    for said, title in zip(by_level, titles, strict=True):
        named = said or by_title[title]
        found.append(named if isinstance(named, CourseLevel | str) else None)
    return found, titles


def _outcomes(reader: TableReader, gathering: Gathering) -> list[Outcome | str | None]:
    """What became of each booking, from the attendance column and, where there are, those for booking and walk-in."""
    vocabulary = gathering.vocabulary
    raws = reader.raw("outcome")
    said = vocabulary.outcome_in(raws)
    if not reader.has("booking") and not reader.has("walk_in"):
        return reader.convert("outcome", said)
    booked = reader.convert("booking", vocabulary.booking)
    walked = reader.convert("walk_in", vocabulary.yes_no)
    came = reader.convert("outcome", lambda raw: None if absent(raw) and reader.has("booking") else said(raw))
    found: list[Outcome | str | None] = []
    for row, (outcome, booking) in enumerate(zip(came, booked, strict=True)):
        if outcome in CAME and (walked[row] or booking is Outcome.WALK_IN):
            found.append(Outcome.WALK_IN)
        elif outcome is Outcome.NO_SHOW and booking is Outcome.CANCELLED:
            found.append(Outcome.CANCELLED)
        else:
            found.append(outcome if not absent(raws[row]) else booking)
        if found[row] is None and row not in reader.bad:
            reader.reject_field(
                row, "outcome", "There is no status in this row.", "Add what became of the booking.", "unknown status"
            )
    return found


def read_register(reader: TableReader, gathering: Gathering) -> None:
    """Rows of the register; those whose level is unknown are judged when all sessions are known."""
    keys = people(reader, gathering)
    outcomes = _outcomes(reader, gathering)
    found_levels, titles = levels(reader, gathering)
    sessions = reader.texts("session", optional_text)
    starts = reader.dates("start", parse_first_day)
    if reader.has("start") and not (reader.has("course") or reader.has("level")):
        named = {said: level_of(said) for said in set(sessions)}
        if all(named.values()):  # the column for the session holds the titles of courses
            found_levels, titles, sessions = [named[said] for said in sessions], sessions, [""] * len(reader)
    ends = reader.dates("end")
    agencies, teams = reader.texts("agency", optional_text), reader.texts("team", optional_text)
    roles, venues = reader.texts("role", optional_text), reader.texts("venue", text)
    left_out = {row for row in range(len(reader)) if outcomes[row] == LEAVE_OUT or found_levels[row] == LEAVE_OUT}
    for row in range(len(reader)):
        if row in left_out or row in reader.bad:
            continue
        if keys[row] is None:
            reader.reject_field(row, "number" if reader.has("number") else "email", *_NOBODY, "nobody named")
        elif not sessions[row] and starts[row] is None:
            reader.reject_field(
                row,
                "session" if reader.has("session") else "start",
                "This row names no session and no date.",
                "Add the session reference or the date of the course.",
                "no session",
            )
    gathering.findings.counts["register rows"] += len(reader)
    gathering.findings.counts["left out on request"] += len(left_out)
    add = gathering.register.append
    skip = reader.bad | left_out
    for row, (session, key, agency, team, role, outcome, level, title, start, end, venue) in enumerate(
        zip(sessions, keys, agencies, teams, roles, outcomes, found_levels, titles, starts, ends, venues, strict=True)
    ):
        if row in skip or key is None or not isinstance(outcome, Outcome):
            continue
        add(
            RegisterRow(
                session, key, agency, team, role, outcome,
                level if isinstance(level, CourseLevel) else None, title, start, end, venue, reader, row,
            )
        )  # fmt: skip
