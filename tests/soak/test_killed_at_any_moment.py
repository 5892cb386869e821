"""A process killed in the middle of an import, a save or a backup costs nothing that was acknowledged.

Slow: ``make soak``. SOAK_KILLS says how many on each database.
"""

import os
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median

import pytest
from sqlalchemy import select

from sos_tracker.measures import catalogue
from sos_tracker.store import Store, tables
from sos_tracker.store.database import reading
from sos_tracker.store.dialects import among
from sos_tracker.store.keeping import BackupFile
from tests.soak.conftest import Databases
from tests.soak.deeds import ACTOR, CODE, DELEGATES, Said, chance_of, work
from tests.soak.workers import PROCESSES

pytestmark = pytest.mark.soak

KILLS = int(os.environ.get("SOAK_KILLS", "200"))
A_DATABASE_LASTS = 15  # its history grows with each import, and with it what verifying takes
VICTIMS = {"import": 1.2, "save": 1.2, "backup": 0.6}
"""Who is killed, and within how much of a usual deed's time: a backup is verified after it is written."""
ON, TRAINED = date(2018, 5, 10), 285


class Worker:
    """A process at work, and what it said until now."""

    def __init__(self, kind: str, address: str, name: str, folder: Path) -> None:
        self.kind = kind
        self.said: list[Said] = []
        self._hear, say = PROCESSES.Pipe(duplex=False)
        self._process = PROCESSES.Process(target=work, args=(kind, address, name, str(folder), say), daemon=True)
        self._process.start()
        say.close()

    def wait_for(self, sayings: int, seconds: float = 120) -> None:
        """Until it has said so many things. Fails where it has come to an end by itself."""
        until = time.monotonic() + seconds
        while len(self.said) < sayings:
            assert self._hear.poll(max(0, until - time.monotonic())), f"{self.kind} has stood still for {seconds} s"
            self.said.append(self._hear.recv())

    def kill(self) -> None:
        self._process.kill()
        self._process.join()
        assert self._process.exitcode == -9, f"{self.kind} ended by itself"
        self.said += _rest(self._hear)

    @property
    def acknowledged(self) -> list[Said]:
        return [said for said in self.said if said.done]

    @property
    def under_way(self) -> str:
        """The deed that was begun and not acknowledged."""
        return "" if not self.said or self.said[-1].done else self.said[-1].deed


def _rest(hear: Connection) -> Iterable[Said]:
    """What was said before the end; a last word cut short is none."""
    try:
        while hear.poll(0):
            yield hear.recv()
    except EOFError:
        return


@dataclass
class Tally:
    """What the kills fell into, for each kind of deed, and what was acknowledged over all."""

    moments: Counter[str] = field(default_factory=Counter)
    acknowledged: Counter[str] = field(default_factory=Counter)
    seconds: dict[str, list[float]] = field(default_factory=dict)
    left_over: int = 0

    def count(self, said: Iterable[Said]) -> None:
        for one in said:
            deed = one.deed.split()[0]
            self.acknowledged[deed] += 1
            self.seconds.setdefault(deed, []).append(one.seconds)

    def usual(self, deed: str) -> float:
        return median(self.seconds.get(deed, [0.2]))


def test_whatever_was_acknowledged_is_there_after_a_kill_at_any_moment(databases: Databases, tmp_path: Path) -> None:
    tally, rounds = Tally(), list(range(KILLS))
    began = time.perf_counter()
    while rounds:
        of_this, rounds = rounds[:A_DATABASE_LASTS], rounds[A_DATABASE_LASTS:]
        with databases() as address:
            _kill_at(address, of_this, tmp_path, tally)
    assert sum(tally.moments.values()) == KILLS
    print(f"\n{KILLS} kills in {time.perf_counter() - began:.0f} s; verified after each; {tally.left_over} unfinished "
          "files of backups, none under its own name")  # fmt: skip
    for moment, number in sorted(tally.moments.items()):
        print(f"  {number:4} killed {moment}")
    for deed, number in sorted(tally.acknowledged.items()):
        print(f"  {number:5} acknowledged: {deed:8} usually {tally.usual(deed) * 1000:.0f} ms")


def _kill_at(address: str, rounds: list[int], tmp_path: Path, tally: Tally) -> None:
    folder = tmp_path / f"backups_{rounds[0]}"
    folder.mkdir()
    store = Store.open(address)
    neighbour = Worker("neighbour", address, f"neighbour{rounds[0]}", folder)
    neighbour.wait_for(2)
    kinds, acknowledged = list(VICTIMS), list[Said]()
    for round_ in rounds:
        chance = chance_of("kill", round_)
        kind = kinds[round_ % len(kinds)]
        victim = Worker(kind, address, f"{kind}{round_}", folder)
        victim.wait_for(1 + chance.randrange(4 if kind != "backup" else 2))
        time.sleep(chance.uniform(0, VICTIMS[kind] * tally.usual("add" if kind == "save" else kind)))
        victim.kill()
        acknowledged += victim.acknowledged
        tally.count(victim.acknowledged)
        tally.moments[_moment(store, victim, folder)] += 1
        _check_what_is_there(store, acknowledged)
        neighbour.wait_for(len(neighbour.said) + 2, seconds=60)  # goes on, whoever was killed
        for batch in store.batches(CODE):
            if batch.undone_at is None:
                store.undo(batch.number, ACTOR)
    neighbour.kill()
    _check_what_is_there(store, [*acknowledged, *neighbour.acknowledged])
    tally.count(neighbour.acknowledged)
    tally.left_over += _check_backups(folder, acknowledged)
    store.close()


def _moment(store: Store, victim: Worker, folder: Path) -> str:
    """When it was killed, by what is there of the deed that was under way: all of it or nothing."""
    deed, _, what = victim.under_way.partition(" ")
    standing = [batch for batch in store.batches(CODE) if batch.undone_at is None]
    assert _trained(store) == (TRAINED if standing else 0)
    if not deed:
        return "between two deeds"
    if deed == "backup":
        stored = (folder / what).exists()
    elif deed in ("import", "undo"):
        stored = bool(standing) == (deed == "import")
    else:
        stored = _saved(store, deed, what)
    return f"in {deed}, {'stored and not yet acknowledged' if stored else 'nothing stored'}"


def _saved(store: Store, deed: str, reference: str) -> bool:
    found, _ = store.records(CODE, "session", reference=reference)
    assert store.records(CODE, "attendance", session=reference)[1] == (DELEGATES if found else 0)
    if deed == "revise":
        return bool(found[0].record.model_dump()["places"])
    return bool(found) == (deed == "add")


def _trained(store: Store) -> float:
    figures = catalogue.figures(store.frames(CODE, ON), ON)
    return next(figure.value for figure in figures if figure.code == "T1") or 0


def _check_what_is_there(store: Store, acknowledged: list[Said]) -> None:
    """Everything is whole, and whatever was said to be stored is in the history, which verifying holds records to."""
    assert store.verify() == ()
    saved = {fact[2]: fact for said in acknowledged for fact in said.facts if isinstance(fact, tuple)}
    of = tables.change.c
    with reading(store.engine) as connection:
        query = select(of.number, of.table_name, of.record_id).where(among(connection, of.number, list(saved)))
        told = {number: (_KIND[table], record_id) for number, table, record_id in connection.execute(query)}
    assert told == {version: (kind, number) for kind, number, version in saved.values()}
    batches = {batch.number: batch.undone_at for batch in store.batches(CODE)}
    for said in acknowledged:
        if said.deed == "import":
            assert said.facts[0] in batches
        elif said.deed == "undo":
            assert batches[said.facts[0]] is not None
        elif said.deed.startswith("withdraw"):
            assert store.records(CODE, "session", reference=said.deed.split()[1])[1] == 0


_KIND = {"training_session": "session", "attendance": "attendance"}


def _check_backups(folder: Path, acknowledged: list[Said]) -> int:
    """Every backup that has its name is whole, and comes back whole; gives how many were left unfinished."""
    named = [path for path in folder.iterdir() if not path.name.startswith(".")]
    assert {Path(said.facts[0]) for said in acknowledged if said.deed.startswith("backup")} <= set(named)
    archives = [BackupFile(path) for path in named]  # to the last byte, or it raises Damaged
    for archive in archives[-2:]:
        other = Store.open("sqlite://")
        other.bring_back(archive)  # verifies
        other.close()
    return sum(path.name.startswith(".") for path in folder.iterdir())
