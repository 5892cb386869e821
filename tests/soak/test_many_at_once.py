"""Eight processes writing at once lose nothing, refuse nothing they should take, and leave every count exact.

Slow: ``make soak``. SOAK_WRITES says how many each of them makes.
"""

import os
import time
from collections import Counter
from threading import Barrier, Thread

import pytest
from sqlalchemy import func, select

from sos_tracker.records.changes import Deed
from sos_tracker.records.recorded import Add
from sos_tracker.store import Store, tables
from sos_tracker.store.database import reading
from tests.soak.conftest import Databases
from tests.soak.deeds import ACTOR, CODE, a_session
from tests.soak.workers import PROCESSES
from tests.soak.writers import SHARED, Outcome, write_much

pytestmark = pytest.mark.soak

WRITERS, WRITES = 8, int(os.environ.get("SOAK_WRITES", "200"))


def test_eight_writers_at_once_lose_nothing(databases: Databases) -> None:
    with databases() as address:
        store = Store.open(address)
        (shared,) = store.write(CODE, [Add(a_session(SHARED, places=0))], ACTOR)
        began = time.perf_counter()
        outcomes = _all_at_once(address)
        took = time.perf_counter() - began

        (now,), _ = store.records(CODE, "session", reference=SHARED)
        assert now.record.model_dump()["places"] == sum(outcome.raised for outcome in outcomes)
        revised = [c for c in store.story(CODE, "session", shared.number, limit=10**6) if c.deed is Deed.REVISED]
        assert len(revised) == sum(outcome.raised for outcome in outcomes)
        sessions, _ = store.records(CODE, "session", limit=10**6)
        assert {one.record.key[0] for one in sessions} == {SHARED}.union(*(outcome.sessions for outcome in outcomes))
        with reading(store.engine) as connection:
            places = connection.scalar(select(func.count()).select_from(tables.attendance))
            pence = connection.scalar(select(func.sum(tables.ledger_entry.c.amount_pence)))
        assert places == sum(outcome.places for outcome in outcomes)
        assert (pence or 0) == sum(outcome.pence for outcome in outcomes)
        assert store.verify() == ()
        changes = store.changes(CODE, limit=1)[0].number
        store.close()
    stale, slowest = sum(outcome.stale for outcome in outcomes), max(outcome.slowest for outcome in outcomes)
    print(f"\n{WRITERS} writers x {WRITES} writes in {took:.0f} s ({WRITERS * WRITES / took:.0f} a second)")
    print(f"  {changes:,} changes; {stale} refused as stale and done again; the slowest took {slowest:.1f} s")
    for deed, number in sum((outcome.done for outcome in outcomes), Counter[str]()).most_common():
        print(f"  {number:5} {deed}")


def test_one_person_key_is_settled_by_many_who_begin_at_once(databases: Databases) -> None:
    for _ in range(3):
        with databases() as address:
            store, begin, found = Store.open(address), Barrier(WRITERS), list[str]()

            def settle(number: int, store: Store = store, begin: Barrier = begin, found: list[str] = found) -> None:
                begin.wait()
                found.append(store.settle("person_key_fingerprint", f"key {number}"))

            threads = [Thread(target=settle, args=(number,)) for number in range(WRITERS)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            assert found == [store.setting("person_key_fingerprint")] * WRITERS
            store.close()


def _all_at_once(address: str) -> list[Outcome]:
    heard = []
    for number in range(WRITERS):
        hear, say = PROCESSES.Pipe(duplex=False)
        process = PROCESSES.Process(target=write_much, args=(address, f"W{number}", WRITES, say), daemon=True)
        process.start()
        say.close()
        heard.append((process, hear))
    outcomes = []
    for process, hear in heard:
        outcome = hear.recv()  # EOFError where it ended without a word
        assert isinstance(outcome, Outcome), outcome
        outcomes.append(outcome)
        process.join()
    return outcomes
