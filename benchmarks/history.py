"""What the history costs to read after a busy year: 2,000 sessions, 40,000 attendances, 30,000 changes by hand.

Prints medians of one run; the goal is the issue's: the history and each record's story in under 100 ms of data time.
The year is made by real imports and real saves, which takes some minutes. Nothing is cached.

    python -m benchmarks.history [--sessions 2000] [--saves 2000] [--runs 9] [--wall] [--url postgresql://...]
"""

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from timing import measure

from sos_tracker.actions import figure_moves
from sos_tracker.records.access import Actor, Role
from sos_tracker.records.changes import BatchFile, Deed
from sos_tracker.records.people import PersonKeys
from sos_tracker.records.programme import Programme
from sos_tracker.records.record_set import RecordSet
from sos_tracker.records.recorded import Recorded, Revise
from sos_tracker.records.training import Attendance, CourseLevel, Outcome, SessionStatus, TrainingSession
from sos_tracker.store import Store
from sos_tracker.store.stories import Search

CODE, BEGIN, ON = "YEAR", datetime(2018, 1, 1, 9, tzinfo=UTC), date(2018, 12, 15)
PAT, SAM = (Actor(f"{name} Manager ({name.lower()}@council.example)", Role.PROJECT_MANAGER, CODE)
            for name in ("Pat", "Sam"))  # fmt: skip
MONTHS, CAME_TO_ONE, REVISED_AT_ONCE, PEOPLE = 12, 20, 15, 9_000


def fill(store: Store, sessions: int, saves: int) -> None:
    """A year of monthly imports, with saves by hand between them."""
    store.migrate()
    store.add_programme(Programme(code=CODE, name="Signs of Safety", authority="A large authority"), PAT, now=BEGIN)
    chance = random.Random(1)
    for month in range(MONTHS):
        now = BEGIN + timedelta(days=30 * month)
        numbers = range(month * sessions // MONTHS, (month + 1) * sessions // MONTHS)
        file = BatchFile(f"register {month + 1}.xlsx", "0" * 64, ("training register",), len(numbers) * CAME_TO_ONE)
        store.commit(CODE, _month(numbers, now.date(), chance), PAT, [file], now=now)
        known, _ = store.records(CODE, "attendance", limit=40_000)
        for save in range(saves // MONTHS):
            at = now + timedelta(minutes=10 * (save + 1))
            known = _corrected(store, known, chance, at)


def _month(numbers: range, first: date, chance: random.Random) -> RecordSet:
    sessions = [
        TrainingSession(reference=f"TS{number:04d}", level=chance.choice(list(CourseLevel)), venue="Town hall",
                        starts_on=first + timedelta(days=number % 28), status=SessionStatus.DELIVERED, places=24)
        for number in numbers
    ]  # fmt: skip
    attendances = [
        Attendance(session=one.reference, person=PersonKeys(f"number-{person}"), agency="Children's Social Care",
                   team=f"Team {person % 40}", job_role="Social worker", outcome=Outcome.ATTENDED)
        for one in sessions
        for person in chance.sample(range(PEOPLE), CAME_TO_ONE)
    ]  # fmt: skip
    return RecordSet(sessions=sessions, attendances=attendances)


def _corrected(
    store: Store, known: tuple[Recorded, ...], chance: random.Random, at: datetime
) -> tuple[Recorded, ...]:  # fmt: skip
    """Some attendances corrected by hand in one save."""
    places = chance.sample(range(len(known)), REVISED_AT_ONCE)
    writes = []
    for place in places:
        was = known[place].record
        becomes = Outcome.NO_SHOW if was.model_dump()["outcome"] == Outcome.ATTENDED else Outcome.ATTENDED
        writes.append(Revise(known[place].number, known[place].version, was.model_copy(update={"outcome": becomes})))
    saved = store.write(CODE, writes, chance.choice([PAT, SAM]), reason="Register of the door", now=at)
    found = list(known)
    for place, one in zip(places, saved, strict=True):
        found[place] = one
    return tuple(found)


def tasks(store: Store) -> dict[str, Callable[[], object]]:
    """What the page of the history and a record's form ask for."""
    everything, middle = Search(), store.changes(CODE, limit=1)[0].number // 2
    corrected = store.found_changes(CODE, Search(deed=Deed.REVISED), limit=1)[0]
    since = BEGIN + timedelta(days=330, minutes=55)

    def page(search: Search, before: int | None = None) -> Callable[[], object]:
        return lambda: (
            store.history_offers(CODE), store.batches(CODE), store.count_changes(CODE, everything),
            store.saves(CODE, search, before=before),
        )  # fmt: skip

    return {
        "the page of the history": page(everything),
        "the page, older changes": page(everything, middle),
        "the page, one person": page(Search(actor=SAM.name)),
        "the page, one kind": page(Search(kinds=("session",))),
        "the page, a rare word": page(Search(text="TS0007")),
        "the page, nothing found": page(Search(deed=Deed.WITHDRAWN, text="no such word")),
        "an import opened": lambda: store.found_changes(CODE, Search(batch=MONTHS), limit=50),
        "a record's story": lambda: store.story(CODE, "attendance", corrected.record),
        "a session's story": lambda: store.story(CODE, "session", 7),
        "what moved T1 since": lambda: figure_moves.moved_since(store, PAT, "T1", since, ON),
    }


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--sessions", type=int, default=2_000)
    asked.add_argument("--saves", type=int, default=2_000)
    asked.add_argument("--runs", type=int, default=9)
    asked.add_argument(
        "--url", help="an empty database, or one this has filled; SQLite in a temporary folder unless told"
    )
    asked.add_argument("--wall", action="store_true", help="time by the clock, where the database is another process")
    options = asked.parse_args()
    clock = time.perf_counter if options.wall else time.process_time
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(options.url or f"sqlite:///{Path(folder, 'year.db').as_posix()}")
        if not (store.is_current() and store.programmes()):
            fill(store, options.sessions, options.saves)
        lines = [f"{store.changes(CODE, limit=1)[0].number:,} changes, median ms"]
        for name, task in tasks(store).items():
            few = min(options.runs, 2) if name.startswith("what moved") else options.runs
            lines.append(f"{name.ljust(30)}{measure(task, few, clock):>10.1f}")
        store.close()
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
