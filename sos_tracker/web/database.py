"""The store behind the plain routes, opened once a process."""

from functools import cache

from sos_tracker.settings import settings
from sos_tracker.store import Store


def store() -> Store:
    """The store at DATABASE_URL."""
    return _opened(settings().database_url)


@cache
def _opened(url: str) -> Store:
    return Store.open(url)
