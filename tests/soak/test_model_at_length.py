"""The model of ``tests/store/test_model.py`` at length, on both databases.

Slow: ``make soak``. SOAK_PROGRAMMES says how many programmes in SQLite; PostgreSQL has a tenth of them.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest

from sos_tracker.store import Store
from tests.store.test_model import emptied, work_at_random

pytestmark = pytest.mark.soak

PROGRAMMES = int(os.environ.get("SOAK_PROGRAMMES", "500"))


def test_many_programmes_in_sqlite_are_as_the_model_says(store: Store) -> None:
    work_at_random(emptied(store), programmes=PROGRAMMES, steps=40)


def test_many_programmes_in_postgresql_are_as_the_model_says(
    postgresql_databases: Callable[[], AbstractContextManager[str]],
) -> None:
    @contextmanager
    def another() -> Iterator[Store]:
        with postgresql_databases() as address:
            store = Store.open(address)
            yield store
            store.close()

    work_at_random(another, programmes=max(1, PROGRAMMES // 10), steps=40)
