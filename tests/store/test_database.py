"""The database: its schema is what the tables say, its history cannot be rewritten, and writers take turns."""

import logging
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, delete, insert, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from sos_tracker.store.database import UnknownDatabase, is_current, migrate, open_engine, reading, writing
from sos_tracker.store.store import Store
from sos_tracker.store.tables import change, metadata, programme, setting


@pytest.fixture
def file_url(tmp_path: Path) -> str:
    return f"sqlite:///{(tmp_path / 'tracker.db').as_posix()}"


@pytest.fixture
def file_engine(file_url: str) -> Iterator[Engine]:
    engine = open_engine(file_url)
    migrate(engine)
    yield engine
    engine.dispose()


def add_programme(engine: Engine, code: str = "CE") -> int:
    with writing(engine) as connection:
        values = {"code": code, "name": "Signs of Safety", "authority": "A council", "trained_levels": ["advanced"]}
        return connection.scalars(insert(programme).values(values).returning(programme.c.id)).one()


def add_change(engine: Engine) -> None:
    number = add_programme(engine)
    with writing(engine) as connection:
        connection.execute(
            insert(change).values(
                programme_id=number, number=1, recorded_at=datetime(2018, 5, 10), actor="Pat", deed="added",
                table_name="milestone", record_id=1, record_version=1, key="M1", reason="", hash="0" * 64,
            )
        )  # fmt: skip


def test_the_migrations_build_the_tables_as_they_are_described(any_store: Store) -> None:
    with reading(any_store.engine) as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_a_sqlite_file_is_migrated_as_a_database_in_memory_is(file_engine: Engine) -> None:
    with reading(file_engine) as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_migrating_again_changes_nothing(any_store: Store) -> None:
    add_programme(any_store.engine)
    any_store.migrate()
    assert any_store.is_current()
    with reading(any_store.engine) as connection:
        assert connection.scalars(select(programme.c.code)).all() == ["CE"]


def test_an_empty_database_is_not_current(file_url: str) -> None:
    engine = open_engine(file_url)
    assert not is_current(engine)
    migrate(engine)
    assert is_current(engine)
    engine.dispose()


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_two_processes_may_migrate_at_once(kind: str, file_url: str, request: pytest.FixtureRequest) -> None:
    url = file_url if kind == "sqlite" else emptied(request.getfixturevalue("postgresql_url"))
    migrating = "import sys; from sos_tracker.store.database import *; migrate(open_engine(sys.argv[1]))"
    both = [subprocess.Popen([sys.executable, "-c", migrating, url], stderr=subprocess.PIPE) for _ in range(2)]
    assert [(process.communicate(timeout=60), process.returncode)[1] for process in both] == [0, 0]
    engine = open_engine(url)
    assert is_current(engine)
    engine.dispose()


def emptied(url: str) -> str:
    engine = open_engine(url)
    with writing(engine) as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()
    return url


def test_migrating_leaves_the_logging_of_the_application_alone(file_url: str) -> None:
    before = (logging.root.level, list(logging.root.handlers), logging.getLogger("alembic").level)
    engine = open_engine(file_url)
    migrate(engine)
    engine.dispose()
    assert (logging.root.level, list(logging.root.handlers), logging.getLogger("alembic").level) == before


@pytest.mark.parametrize("rewriting", [update(change).values(actor="Somebody else"), delete(change)])
def test_a_change_row_is_never_altered_or_removed(any_store: Store, rewriting: object) -> None:
    add_change(any_store.engine)
    with pytest.raises(DBAPIError, match="append-only"), writing(any_store.engine) as connection:
        connection.execute(rewriting)  # type: ignore[call-overload]  # either of two statements
    with reading(any_store.engine) as connection:
        assert connection.scalars(select(change.c.actor)).all() == ["Pat"]


def test_a_record_of_a_programme_that_is_not_there_is_refused(any_store: Store) -> None:
    with pytest.raises(IntegrityError), writing(any_store.engine) as connection:
        connection.execute(text("INSERT INTO person (programme_id, reference_key) VALUES (99, 'a')"))


def test_a_failed_write_leaves_nothing_behind_tables_included(any_store: Store) -> None:
    def fail() -> None:
        with writing(any_store.engine) as connection:
            connection.execute(insert(setting).values(name="a", value="b"))
            connection.execute(text("CREATE TABLE scratch (id INTEGER)"))
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    with reading(any_store.engine) as connection:
        assert connection.scalars(select(setting.c.name)).all() == []
        assert not connection.dialect.has_table(connection, "scratch")


def test_a_reader_cannot_write(any_store: Store) -> None:
    with pytest.raises(DBAPIError), reading(any_store.engine) as connection:
        connection.execute(insert(setting).values(name="a", value="b"))
    with writing(any_store.engine) as connection:
        connection.execute(insert(setting).values(name="a", value="b"))


def test_a_reader_sees_one_moment_while_another_writes(file_engine: Engine, postgresql_url: str) -> None:
    for engine in (file_engine, open_engine(postgresql_url)):
        with reading(engine) as connection:
            assert connection.scalars(select(setting.c.name)).all() == []
            with writing(engine) as other:
                other.execute(insert(setting).values(name="a", value="b"))
            assert connection.scalars(select(setting.c.name)).all() == []
        with reading(engine) as connection:
            assert connection.scalars(select(setting.c.name)).all() == ["a"]
        engine.dispose()


@pytest.mark.parametrize("kind", ["memory", "file", "postgresql"])
def test_writers_in_many_threads_take_turns_and_none_is_lost(
    kind: str, file_url: str, request: pytest.FixtureRequest
) -> None:
    urls = {"memory": "sqlite://", "file": file_url}
    engine = open_engine(urls.get(kind) or request.getfixturevalue("postgresql_url"))
    migrate(engine)
    with writing(engine) as connection:
        connection.execute(insert(setting).values(name="count", value="0"))

    def add_ten() -> None:
        for _ in range(10):
            with writing(engine) as connection:
                counted = connection.scalars(
                    select(setting.c.value).where(setting.c.name == "count").with_for_update()
                ).one()
                connection.execute(update(setting).values(value=str(int(counted) + 1)))

    threads = [threading.Thread(target=add_ten) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with reading(engine) as connection:
        assert connection.scalars(select(setting.c.value)).one() == "50"
    engine.dispose()


def test_a_file_has_a_write_ahead_log_and_foreign_keys(file_engine: Engine) -> None:
    with reading(file_engine) as connection:
        said = [connection.scalar(text(f"PRAGMA {name}")) for name in ("journal_mode", "foreign_keys", "busy_timeout")]
    assert said == ["wal", 1, 30_000]


@pytest.mark.parametrize("url", ["mysql://localhost/tracker", "tracker.db", "sqlite+aiosqlite:///tracker.db"])
def test_an_address_of_another_kind_of_database_is_refused_in_words(url: str) -> None:
    with pytest.raises(UnknownDatabase, match=r"write sqlite:///data/tracker\.db or postgresql://"):
        open_engine(url)


@pytest.mark.parametrize("url", ["postgresql://me@host/tracker", "postgres://me@host/tracker"])
def test_a_postgresql_address_goes_through_psycopg_3(url: str) -> None:
    assert open_engine(url).dialect.driver == "psycopg"
