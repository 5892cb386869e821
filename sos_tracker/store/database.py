"""The database at the end of the address: connections, transactions, and the migrations that build it.

SQLite (write-ahead log, foreign keys on) or PostgreSQL through psycopg 3; everything above is alike on both.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from random import uniform
from sqlite3 import SQLITE_BUSY
from sqlite3 import Connection as SqliteConnection
from sqlite3 import OperationalError as SqliteRefusal
from threading import Lock
from time import monotonic, sleep

from alembic.command import upgrade
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, Engine, create_engine, event, func, make_url, select
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection, QueuePool

MIGRATIONS = Path(__file__).parent / "migrations"
BUSY_SECONDS = 30
_ASKS_EVERY = (0.002, 0.01)  # seconds, at random between the two, so that writers do not ask in step
_MIGRATION_LOCK = 7_206_118_017  # a number of our own, under which PostgreSQL lets one process migrate at a time
_COPYING = Lock()


# a whole import fits in the cache (64 MB), and is copied into the file after it rather than during it; what was
# acknowledged is on the disk (FULL), also when the computer loses its power in the next moment
_PRAGMAS = (
    "foreign_keys = ON", "journal_mode = WAL", "synchronous = FULL", "temp_store = MEMORY", "cache_size = -65536",
    "wal_autocheckpoint = 8000",
)  # fmt: skip


class UnknownDatabase(ValueError):
    """The database address is not one the tracker can keep its records at."""


class DatabaseBusy(Exception):
    """Somebody else is writing to SQLite, and what was to be written could wait."""


def open_engine(url: str) -> Engine:
    """The engine for ``sqlite://`` (in memory), ``sqlite:///file`` or ``postgresql://``. Raises UnknownDatabase.

    A database in memory is one connection, at which threads take turns.
    """
    address = _address(url)
    if address.get_backend_name() == "postgresql":
        return create_engine(address, pool_size=10, max_overflow=20, pool_pre_ping=True, hide_parameters=True)
    in_memory = _in_memory(address)
    engine = create_engine(
        address,
        poolclass=QueuePool,
        pool_size=1 if in_memory else 10,
        max_overflow=0 if in_memory else 20,
        connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False},
        hide_parameters=True,  # what a fault says ends in a log, and values are people's
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection that sees the database as it was at its first look, and cannot write."""
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        else:
            connection.execution_options(sqlite_reads_only=True)
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A connection in one transaction: all of it is kept, or none. SQLite lets one writer in at a time."""
    with engine.begin() as connection:
        yield connection


@contextmanager
def trying(engine: Engine) -> Iterator[Connection]:
    """As ``writing``, to see what would come of it: all of it is taken back in the end, and nobody else sees it."""
    with engine.connect() as connection:
        transaction = connection.begin()
        try:
            yield connection
        finally:
            transaction.rollback()


@contextmanager
def writing_if_free(engine: Engine) -> Iterator[Connection]:
    """As ``writing``, for what can wait for another time. Raises DatabaseBusy at once while SQLite has a writer."""
    with engine.connect() as connection:
        connection.execution_options(sqlite_waits=False)
        try:
            transaction = connection.begin()
        except OperationalError as failure:
            raise DatabaseBusy from failure
        with transaction:
            yield connection


def migrate(engine: Engine) -> None:
    """Brings the database to the newest schema; does nothing where it is there. Others who try meanwhile wait."""
    if is_current(engine):
        return
    if _in_memory(engine.url):
        _copy_migrated(engine)
        return
    with writing(engine) as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(select(func.pg_advisory_xact_lock(_MIGRATION_LOCK)))
        upgrade(_config(connection), "head")


def is_current(engine: Engine) -> bool:
    """Whether the database has the newest schema."""
    with reading(engine) as connection:
        return MigrationContext.configure(connection).get_current_heads() == _newest()


@cache
def _newest() -> tuple[str, ...]:
    return tuple(ScriptDirectory(MIGRATIONS).get_heads())


def _config(connection: Connection) -> Config:
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config


@cache
def _migrated() -> SqliteConnection:
    """A database in memory that went through every migration, to be copied: the steps cost 50 times a copy."""
    engine = open_engine("sqlite://")
    with writing(engine) as connection:
        upgrade(_config(connection), "head")
    kept = engine.raw_connection()
    kept.detach()
    return _driver_connection(kept)


def _copy_migrated(engine: Engine) -> None:
    borrowed = engine.raw_connection()
    try:
        with _COPYING:
            _migrated().backup(_driver_connection(borrowed))
    finally:
        borrowed.close()


def _driver_connection(connection: PoolProxiedConnection) -> SqliteConnection:
    found = connection.dbapi_connection
    assert isinstance(found, SqliteConnection)  # noqa: S101 - of a SQLite address there is no other driver
    return found


def _in_memory(address: URL) -> bool:
    return address.get_backend_name() == "sqlite" and address.database in (None, "", ":memory:")


def _address(url: str) -> URL:
    try:
        address = make_url(url)
    except ArgumentError:
        raise UnknownDatabase(
            f"“{url}” is not a database address: write sqlite:///data/tracker.db or postgresql://user@host/name."
        ) from None
    if address.drivername in ("postgresql", "postgres", "postgresql+psycopg"):
        return address.set(drivername="postgresql+psycopg")
    if address.drivername in ("sqlite", "sqlite+pysqlite"):
        return address.set(drivername="sqlite")
    raise UnknownDatabase(
        f"The tracker keeps its records in SQLite or PostgreSQL and not in {address.get_backend_name()}: "
        "write sqlite:///data/tracker.db or postgresql://user@host/name."
    )


def _prepare_sqlite(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    """The driver's own idea of when a transaction begins is switched off: ``_begin_sqlite`` says it."""
    connection.isolation_level = None
    for said in _PRAGMAS:
        connection.execute(f"PRAGMA {said}")


def _begin_sqlite(connection: Connection) -> None:
    """A reader may not write; a writer takes its place at once, since one that read first could be refused later."""
    options = connection.get_execution_options()
    reads_only = options.get("sqlite_reads_only", False)
    connection.exec_driver_sql(f"PRAGMA query_only = {int(reads_only)}")
    if reads_only:
        connection.exec_driver_sql("BEGIN")
        return
    connection.exec_driver_sql("PRAGMA busy_timeout = 0")
    try:
        if not _let_in(connection, BUSY_SECONDS if options.get("sqlite_waits", True) else 0):
            connection.exec_driver_sql("BEGIN IMMEDIATE")
    finally:
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")


def _let_in(connection: Connection, seconds: float) -> bool:
    """Waits for the one writer's place, and asks as often however long it waits.

    SQLite's own waiting asks less often the longer it has waited, so that of many writers the first may come last.
    """
    driver = connection.connection.driver_connection
    assert isinstance(driver, SqliteConnection)  # noqa: S101 - of a SQLite address there is no other driver
    until = monotonic() + seconds
    while monotonic() < until:
        try:
            driver.execute("BEGIN IMMEDIATE")
        except SqliteRefusal as refusal:
            if refusal.sqlite_errorcode & 0xFF != SQLITE_BUSY:
                return False
            sleep(uniform(*_ASKS_EVERY))  # noqa: S311 - a moment, not a secret
        else:
            return True
    return False
