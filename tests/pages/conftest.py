"""Every page in the real frame, over a database of the test's own."""

import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
import streamlit as st
from streamlit.components.v2 import manifest_scanner

from sos_tracker.records.access import Actor, Role
from sos_tracker.records.programme import Programme
from sos_tracker.settings import settings
from sos_tracker.store import Store
from sos_tracker.ui import imports_under_way
from tests.conftest import PERSON_KEY


@pytest.fixture(scope="session", autouse=True)
def _packages_looked_through_once() -> Iterator[None]:
    """AppTest looks for components in every installed package at each run, which a server does once at its start."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    """Cached resources and imports under way would leak from one test to the next."""
    yield
    st.cache_resource.clear()
    st.cache_data.clear()
    imports_under_way.forget_all()
    settings.cache_clear()


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Path | None], Store]:
    """Points the application at a database file: a copy of the one given, or an empty one."""

    def use(origin: Path | None = None) -> Store:
        path = tmp_path / "pages.db"
        if origin:
            shutil.copy(origin, path)
        monkeypatch.setenv("DATABASE_URL", f"sqlite:///{path.as_posix()}")
        monkeypatch.setenv("SOS_TRACKER_PERSON_KEY", PERSON_KEY)
        settings.cache_clear()
        store = Store.open(settings().database_url)
        store.migrate()
        return store

    return use


@pytest.fixture
def example(database: Callable[..., Store], example_database: Path) -> Store:
    return database(example_database)


@pytest.fixture
def empty_programme(database: Callable[..., Store]) -> Store:
    """A programme with nothing in it."""
    store = database()
    store.add_programme(
        Programme(code="NEW", name="Signs of Safety", authority="A <b>new</b> council"),
        Actor("Administrator", Role.ADMINISTRATOR),
    )
    return store


@pytest.fixture
def no_programme(database: Callable[..., Store]) -> Store:
    return database()
