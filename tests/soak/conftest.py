"""Databases for the slow tests: a SQLite file and a PostgreSQL database, both with one programme."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import count
from pathlib import Path

import pytest

from sos_tracker.records.programme import Programme
from sos_tracker.store import Store
from tests.soak.deeds import ACTOR, CODE

Databases = Callable[[], AbstractContextManager[str]]


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def databases(request: pytest.FixtureRequest, tmp_path: Path) -> Databases:
    """Makes databases with an empty programme, each gone after use; gives their addresses."""
    made: Databases = (
        request.getfixturevalue("postgresql_databases") if request.param == "postgresql" else _files(tmp_path)
    )

    @contextmanager
    def with_programme() -> Iterator[str]:
        with made() as address:
            store = Store.open(address)
            store.migrate()
            store.add_programme(Programme(code=CODE, name="Signs of Safety", authority="A council"), ACTOR)
            store.close()
            yield address

    return with_programme


def _files(folder: Path) -> Databases:
    numbers = count(1)

    @contextmanager
    def another() -> Iterator[str]:
        file = folder / f"council_{next(numbers)}.db"
        yield f"sqlite:///{file.as_posix()}"
        for part in folder.glob(f"{file.name}*"):
            part.unlink()

    return another
