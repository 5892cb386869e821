"""An import killed at any moment leaves all of it or nothing, and many at once lose nothing. Slow: ``make soak``."""

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from sos_tracker.measures import catalogue
from sos_tracker.records.access import Actor, Role
from sos_tracker.records.programme import Programme
from sos_tracker.store import Store
from tests.conftest import EXAMPLE, PERSON_KEY

pytestmark = pytest.mark.soak

ACTOR = Actor("Administrator", Role.ADMINISTRATOR)
ON = date(2018, 5, 10)
FILES = [str(path) for path in sorted(EXAMPLE.iterdir()) if path.suffix in (".xlsx", ".csv")]


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "postgresql":
        return str(request.getfixturevalue("postgresql_url"))
    url = f"sqlite:///{tmp_path / 'soak.db'}"
    store = Store.open(url)
    store.migrate()
    store.close()
    return url


def start_import(address: str, code: str, files: list[str]) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "DATABASE_URL": address, "SOS_TRACKER_PERSON_KEY": PERSON_KEY}
    command = [sys.executable, "-m", "sos_tracker.cli", "import", *files, "--programme", code, "--accept-questions"]
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def trained(store: Store, code: str) -> float | None:
    return next(f.value for f in catalogue.figures(store.frames(code, ON), ON) if f.code == "T1")


def with_programmes(address: str, *codes: str) -> Store:
    store = Store.open(address)
    for code in codes:
        store.add_programme(Programme(code=code, name="Signs of Safety", authority="A council"), ACTOR)
    return store


def test_a_killed_import_leaves_all_of_it_or_nothing(address: str) -> None:
    store = with_programmes(address, "CE")
    took = _seconds(lambda: start_import(address, "CE", FILES).wait())
    for batch in store.batches("CE"):
        store.undo(batch.number, ACTOR)
    chance, cut, whole = random.Random(7), 0, 0  # noqa: S311 - moments, not secrets
    for _ in range(40):
        process = start_import(address, "CE", FILES)
        time.sleep(chance.uniform(took * 0.4, took * 1.6))
        process.kill()
        process.wait()
        standing = [batch for batch in store.batches("CE") if batch.undone_at is None]
        assert trained(store, "CE") == (285 if standing else None)
        cut, whole = cut + (not standing), whole + bool(standing)
        for batch in standing:
            store.undo(batch.number, ACTOR)
    assert store.verify() == ()
    store.close()
    print(f"40 kills: {cut} left nothing, {whole} were whole")


def test_imports_at_once_neither_deadlock_nor_lose(address: str) -> None:
    codes = [f"P{number}" for number in range(4)]
    store = with_programmes(address, *codes)
    for turn in range(len(FILES)):  # each programme takes its own file each turn, so that no two do the same
        processes = [start_import(address, code, [FILES[turn - at]]) for at, code in enumerate(codes)]
        assert [process.wait(timeout=300) for process in processes] == [0] * len(processes)
    assert [trained(store, code) for code in codes] == [285] * 4
    assert store.verify() == ()
    store.close()


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
