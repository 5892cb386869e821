"""A big programme, written straight into the tables: for benchmarks only, as it passes by every check of an import.

python -m benchmarks.generate sqlite:///big.db BIG 100000
"""

import random
import sys
from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import Connection, Engine, Table, func, insert, select

from sos_tracker.records.periods import month_of, months
from sos_tracker.records.programme import Programme
from sos_tracker.records.training import CourseLevel, Outcome, SessionStatus
from sos_tracker.store import counts, tables
from sos_tracker.store.bulk import insert_rows
from sos_tracker.store.database import migrate, open_engine, writing

FIRST_MONTH = date(2014, 1, 1)
AGENCIES = (
    "Children's Social Care", "Early Help and Prevention", "Legal Services", "Police", "Hospital Trust",
    "Community Health Trust", "Schools and colleges", "Probation", "Housing", "Voluntary sector",
)  # fmt: skip
TEAMS_AN_AGENCY = 12
MOST_PEOPLE = 50_000  # more than work with children in any one authority, or in ten
LINES = tuple(f"SOS{number:02d}" for number in range(1, 8))
_LEVELS = (
    (CourseLevel.INTRODUCTION,) * 6 + (CourseLevel.BRIEFING,) * 3 + (CourseLevel.ADVANCED,) * 2 + tuple(CourseLevel)
)
_OUTCOMES = (Outcome.ATTENDED,) * 16 + (Outcome.NO_SHOW,) * 2 + (Outcome.CANCELLED, Outcome.WALK_IN)
_AT_ONCE = 20_000


def fill(
    engine: Engine, code: str, *, attendances: int, people: int | None = None, span: int = 60, seed: int = 1
) -> date:
    """Adds one programme with so many attendances over ``span`` months, a staff list, ledger, plan and targets.

    Gives the as-at date to look from: the middle of the month before the last two, so that something is to come.
    """
    chance = random.Random(seed)
    people = people or min(max(attendances // 5, 50), MOST_PEOPLE)
    days = [FIRST_MONTH + timedelta(days=day) for day in range(span * 30)]
    with writing(engine) as connection:
        number = _programme(connection, code)
        first_person = _next_id(connection, tables.person)
        _rows(connection, "person", ("id", "programme_id", "reference_key", "version"),
              ((first_person + place, number, f"{code}{place:x}", 1) for place in range(people)))  # fmt: skip
        sessions = _sessions(connection, number, code, days, max(attendances // 20, 1), chance)
        _attendances(connection, number, sessions, first_person, people, attendances, chance)
        _headcounts(connection, number, sessions[::10], chance)
        _staff(connection, number, first_person, people, days, chance)
        _plan_and_money(connection, number, first_person, days, chance)
        counts.rebuild(connection, number)
    return month_of(days[-75]) + timedelta(days=14)


def _programme(connection: Connection, code: str) -> int:
    record = Programme(code=code, name="Signs of Safety", authority="A large authority")
    fields = record.model_dump(mode="python") | {"trained_levels": [str(level) for level in record.trained_levels]}
    connection.execute(insert(tables.programme).values(**fields))
    return connection.scalars(select(tables.programme.c.id).where(tables.programme.c.code == record.code)).one()


def _sessions(
    connection: Connection, number: int, code: str, days: list[date], how_many: int, chance: random.Random
) -> list[tuple[int, date, str, str]]:
    """Sessions as (id, starts_on, level, status), in order of date; those of the last two months are planned."""
    first = _next_id(connection, tables.training_session)
    found = []
    for place in range(how_many):
        starts_on = days[place * len(days) // how_many]
        cancelled = chance.random() < 0.04
        status = SessionStatus.CANCELLED if cancelled else (
            SessionStatus.PLANNED if starts_on >= days[-60] else SessionStatus.DELIVERED
        )  # fmt: skip
        found.append((first + place, starts_on, chance.choice(_LEVELS).value, status.value))
    columns = ("id", "programme_id", "reference", "level", "course", "starts_on", "ends_on", "status", "venue",
               "trainer", "places", "cost_pence", "inferred", "version")  # fmt: skip
    _rows(connection, "training_session", columns, (
        (session, number, f"{code}-{session}", level, "Signs of Safety", starts_on, starts_on, status, "Town hall", "",
         24, 45_000, False, 1)
        for session, starts_on, level, status in found
    ))  # fmt: skip
    return found


def _attendances(
    connection: Connection, number: int, sessions: list[tuple[int, date, str, str]], first_person: int, people: int,
    how_many: int, chance: random.Random,
) -> None:  # fmt: skip
    def rows() -> Iterator[tuple[object, ...]]:
        for place in range(how_many):
            session, starts_on, level, status = sessions[place * len(sessions) // how_many]
            person = (place * 7 + place // people) % people
            outcome = Outcome.BOOKED if status == SessionStatus.PLANNED else chance.choice(_OUTCOMES)
            agency, team = _team(person)
            yield (number, session, first_person + person, agency, team, "Social worker", outcome.value, 1, starts_on,
                   level, status, 1)  # fmt: skip

    columns = ("programme_id", "session_id", "person_id", "agency", "team", "job_role", "outcome", "register_rows",
               "held_on", "level", "session_status", "version")  # fmt: skip
    _rows(connection, "attendance", columns, rows())


def _headcounts(
    connection: Connection, number: int, sessions: list[tuple[int, date, str, str]], chance: random.Random
) -> None:
    columns = ("programme_id", "session_id", "agency", "attended", "level", "version")
    _rows(connection, "headcount", columns, (
        (number, session, chance.choice(AGENCIES[3:]), chance.randrange(1, 12), None, 1) for session, *_ in sessions
    ))  # fmt: skip


def _staff(
    connection: Connection, number: int, first_person: int, people: int, days: list[date], chance: random.Random
) -> None:
    """Four people in five are on the staff list; a few have left, and one in five is out of scope."""
    columns = ("programme_id", "person_id", "agency", "team", "job_role", "fte", "in_scope", "started_on", "left_on",
               "listed", "version")  # fmt: skip
    _rows(connection, "staff_member", columns, (
        (number, first_person + person, *_team(person), "Social worker", 1.0, person % 5 != 1,
         chance.choice(days[:600]), chance.choice(days[600:]) if chance.random() < 0.1 else None, True, 1)
        for person in range(people) if person % 5
    ))  # fmt: skip


def _plan_and_money(
    connection: Connection, number: int, first_person: int, days: list[date], chance: random.Random
) -> None:
    every_month = months(days[0], days[-1])
    connection.execute(insert(tables.practice_lead_post), [
        {"programme_id": number, "agency": agency, "team": f"Team {team}", "filled": True, "holding": 0,
         "starts_on": chance.choice(days[:900]), "ends_on": None, "trained": None, "person_id": first_person + team}
        for agency in AGENCIES for team in range(TEAMS_AN_AGENCY)
    ])  # fmt: skip
    connection.execute(insert(tables.budget_line), [
        {"programme_id": number, "code": line, "title": f"Line {line}", "approved_pence": 1_000_000 * len(every_month),
         "profile": [[month.isoformat(), 1_000_000] for month in every_month]}
        for line in LINES
    ])  # fmt: skip
    columns = ("programme_id", "posted_on", "line", "supplier", "narrative", "reference", "entry_kind", "amount_pence",
               "occurrence", "version")  # fmt: skip
    _rows(connection, "ledger_entry", columns, (
        (number, chance.choice(days), chance.choice(LINES), f"Supplier {place % 40}", "Training", f"INV{place}",
         "commitment" if place % 12 == 0 else "actual", chance.randrange(1_000, 400_000), 0, 1)
        for place in range(50 * len(every_month))
    ))  # fmt: skip
    connection.execute(insert(tables.milestone), [
        {"programme_id": number, "reference": f"MS{place:02d}", "title": f"Milestone {place}", "domain": "Learning",
         "owner": "Programme manager", "baseline_on": days[place * 80], "forecast_on": days[place * 80 + 20],
         "achieved_on": days[place * 80 + 10] if place % 4 else None, "comment": ""}
        for place in range(20)
    ])  # fmt: skip
    connection.execute(insert(tables.strategy_target), [
        {"programme_id": number, "measure": measure, "name": measure, "is_rate": measure != "T1", "baseline": 0.0,
         "baseline_on": days[0], "target": target, "due_on": days[-1], "approved_by": "Programme board",
         "approved_on": days[0], "reason": ""}
        for measure, target in (("T1", 20_000.0), ("T3", 0.9), ("L1", 1.0))
    ])  # fmt: skip


def _team(person: int) -> tuple[str, str]:
    return AGENCIES[person % len(AGENCIES)], f"Team {person // len(AGENCIES) % TEAMS_AN_AGENCY}"


def _next_id(connection: Connection, table: Table) -> int:
    return (connection.scalar(select(func.max(table.c.id))) or 0) + 1


def _rows(connection: Connection, name: str, columns: tuple[str, ...], rows: Iterator[tuple[object, ...]]) -> None:
    table, waiting = tables.metadata.tables[name], []
    for row in rows:
        waiting.append(row)
        if len(waiting) == _AT_ONCE:
            insert_rows(connection, table, columns, waiting)
            waiting = []
    insert_rows(connection, table, columns, waiting)


if __name__ == "__main__":
    url, programme, size = sys.argv[1:]
    opened = open_engine(url)
    migrate(opened)
    sys.stdout.write(f"look from {fill(opened, programme, attendances=int(size))}\n")
