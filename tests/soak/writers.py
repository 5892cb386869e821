"""One of many who write at once: sessions with registers, the ledger, imports and undos, each through its door."""

import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from multiprocessing.connection import Connection
from random import Random

from sos_tracker.actions import importing, recording
from sos_tracker.intake import SourceFile
from sos_tracker.records.budget import LedgerEntry
from sos_tracker.records.recorded import Add, Recorded, Revise, StaleRecord, Withdraw, Write
from sos_tracker.store import Store
from tests.soak.deeds import ACTOR, CODE, KEYER, a_place, a_session, chance_of

SHARED = "SHARED"
"""The session whose places everybody raises by one."""
WHY = "Told by the trainer"
PEOPLE = 30
"""Known to all writers alike, so that two often name somebody new at the same moment."""


@dataclass
class Outcome:
    """What one writer was told is stored, and what it met on the way."""

    done: Counter[str] = field(default_factory=Counter)
    raised: int = 0
    stale: int = 0
    sessions: set[str] = field(default_factory=set)
    places: int = 0
    pence: int = 0
    slowest: float = 0
    """Of the writes, each by itself, how long the slowest took; one refused as stale too."""


def write_much(address: str, name: str, writes: int, say: Connection) -> None:
    """Makes so many writes and says what came of them, or the fault that stopped it."""
    store = Store.open(address)
    try:
        say.send(_Writer(store, name).write(writes))
    except Exception:  # noqa: BLE001 - a process's fault is told by the test that began it
        say.send(traceback.format_exc())
    finally:
        store.close()


class _Writer:
    def __init__(self, store: Store, name: str) -> None:
        self.store, self.name, self.chance = store, name, chance_of("write", name)
        self.outcome = Outcome()
        self.number = 0
        self.mine: dict[str, tuple[Recorded, int]] = {}
        self.postings: list[Recorded] = []
        self.imports: list[tuple[int, str, int]] = []

    def write(self, writes: int) -> Outcome:
        deeds: dict[str, tuple[Callable[[], bool], int]] = {
            "raised the shared one": (self._raise_shared, 30), "sessions added": (self._add_session, 20),
            "sessions revised": (self._revise_session, 12), "sessions withdrawn": (self._withdraw_session, 6),
            "postings added": (self._post, 10), "postings revised": (self._revise_posting, 5),
            "postings withdrawn": (self._withdraw_posting, 3), "imports": (self._bring_in, 9), "undos": (self._undo, 5),
        }  # fmt: skip
        names, weights = list(deeds), [weight for _, weight in deeds.values()]
        while self.outcome.done.total() < writes:
            (name,) = self.chance.choices(names, weights)
            if deeds[name][0]():
                self.outcome.done[name] += 1
        self.outcome.sessions |= set(self.mine) | {reference for _, reference, _ in self.imports}
        self.outcome.places = sum(places for _, places in self.mine.values()) + sum(n for *_, n in self.imports)
        self.outcome.pence = sum(one.record.model_dump()["amount_pence"] for one in self.postings)
        return self.outcome

    def _save(self, *writes: Write) -> tuple[Recorded, ...]:
        with self._timed():
            return recording.record(self.store, ACTOR, writes, reason=WHY)

    @contextmanager
    def _timed(self) -> Iterator[None]:
        start = time.perf_counter()
        try:
            yield
        finally:
            self.outcome.slowest = max(self.outcome.slowest, time.perf_counter() - start)

    def _raise_shared(self) -> bool:
        """Reads, adds one and saves; begins anew as often as somebody else was quicker."""
        while True:
            (seen,), _ = self.store.records(CODE, "session", reference=SHARED)
            more = seen.record.model_copy(update={"places": seen.record.model_dump()["places"] + 1})
            try:
                self._save(Revise(seen.number, seen.version, more))
            except StaleRecord:
                self.outcome.stale += 1
                continue
            self.outcome.raised += 1
            return True

    def _add_session(self) -> bool:
        self.number += 1
        session = a_session(f"{self.name}-{self.number}", places=12)
        register = [Add(a_place(session.reference, person)) for person in self._people()]
        saved, *_ = self._save(Add(session), *register)
        self.mine[session.reference] = (saved, len(register))
        return True

    def _revise_session(self) -> bool:
        if not self.mine:
            return False
        reference = self.chance.choice(list(self.mine))
        was, places = self.mine[reference]
        moved = was.record.model_copy(update={"starts_on": date(2018, self.chance.randrange(1, 13), 1)})
        (now,) = self._save(Revise(was.number, was.version, moved))
        self.mine[reference] = (now, places)
        return True

    def _withdraw_session(self) -> bool:
        if not self.mine:
            return False
        was, _ = self.mine.pop(self.chance.choice(list(self.mine)))
        self._save(Withdraw(was.kind, was.number, was.version))
        return True

    def _post(self) -> bool:
        self.number += 1
        entry = LedgerEntry(posted_on=date(2018, 2, 1), line="SOS01", reference=f"{self.name}-{self.number}",
                            amount_pence=self.chance.randrange(1, 99_999))  # fmt: skip
        self.postings += self._save(Add(entry))
        return True

    def _revise_posting(self) -> bool:
        if not self.postings:
            return False
        was = self.postings.pop(0)
        other = was.record.model_copy(update={"amount_pence": self.chance.randrange(1, 99_999)})
        self.postings += self._save(Revise(was.number, was.version, other))
        return True

    def _withdraw_posting(self) -> bool:
        if not self.postings:
            return False
        was = self.postings.pop(0)
        self._save(Withdraw(was.kind, was.number, was.version))
        return True

    def _bring_in(self) -> bool:
        self.number += 1
        reference, people = f"{self.name}-{self.number}", self._people()
        preview = importing.preview(self.store, ACTOR, [_register(reference, people, self.chance)], KEYER)
        with self._timed():
            batch = importing.commit(self.store, ACTOR, preview, accept_questions=True).batch
        assert batch is not None
        self.imports.append((batch.number, reference, len(people)))
        return True

    def _undo(self) -> bool:
        if not self.imports:
            return False
        number, *_ = self.imports.pop(self.chance.randrange(len(self.imports)))
        with self._timed():
            report = importing.undo(self.store, ACTOR, number)
        assert report.taken_back.get("session") == 1, report
        return True

    def _people(self) -> list[int]:
        return self.chance.sample(range(PEOPLE), self.chance.randrange(1, 4))


def _register(reference: str, people: list[int], chance: Random) -> SourceFile:
    """A small register as councils send them."""
    day = f"{chance.randrange(1, 28):02}/03/2018"
    rows = [f"{reference},Introduction,{day},N{person},n{person}@council.example,"
            "Social Care,Duty,Social worker,Attended" for person in people]  # fmt: skip
    heading = "Session ref,Course,Date,Employee no,E-mail,Agency,Team,Job role,Outcome"
    return SourceFile(f"{reference}.csv", "\r\n".join([heading, *rows]).encode())
