"""Brings an archive back into a database: all of it, checked, or nothing.

The tables are built as they were when the archive was made, filled, read back and held against it, brought to this
version, counted, and verified, all in one transaction. Triggers that keep published things as they are rest meanwhile.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from alembic.command import upgrade
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, select, text, update

from sos_tracker.records.changes import Deed
from sos_tracker.store import counts, tables
from sos_tracker.store.bulk import insert_rows
from sos_tracker.store.database import MIGRATIONS, writing
from sos_tracker.store.history import Written, moment, record_changes
from sos_tracker.store.keeping.archive import Archive, Damaged, KeepingRefused, KeptRows, KeptTable
from sos_tracker.store.keeping.checks import problems
from sos_tracker.store.keeping.kept import Fingerprint, line_of, rows_of, typed

_ROWS_AT_ONCE = 5_000
_LOCK_SECONDS = 60


class NotEmpty(KeepingRefused):
    """The database has programmes, and nobody said that they may be replaced."""


class NotWhole(KeepingRefused):
    """What was brought back does not verify; ``problems`` says what is wrong."""

    def __init__(self, place: str, found: tuple[str, ...]) -> None:
        super().__init__(
            f"{place} was read as it was written, but what is in it is not whole, and nothing was changed. Use an "
            "earlier one, or bring it back as it is with --accept-problems."
        )
        self.problems = found


@dataclass(frozen=True)
class Replacing:
    """That what is in the database may go: who says so and why, for the history."""

    actor: str
    reason: str = ""


@dataclass(frozen=True)
class Loaded:
    """What was brought back; ``lost`` are programmes that were in the database and are not in the archive."""

    tables: tuple[KeptTable, ...]
    problems: tuple[str, ...]
    lost: tuple[str, ...]


@dataclass(frozen=True)
class _Held:
    revision: int
    changes: int


def load(
    engine: Engine, archive: Archive, today: date, *, replacing: Replacing | None = None,
    accept_problems: bool = False, now: datetime | None = None,
) -> Loaded:  # fmt: skip
    """Fills the database from the archive, or changes nothing. Raises NotEmpty, NotWhole, Damaged, KeepingRefused."""
    _refuse_a_later_version(archive)
    with writing(engine) as connection:
        held = _held(connection)
        if held and replacing is None:
            raise NotEmpty(
                f"The database is not empty: it has {', '.join(sorted(held))}. Use an empty database, or let what is "
                "there be replaced with --replace."
            )
        _take_down(connection)
        upgrade(_config(connection), archive.label.schema[0])
        loaded = _fill(connection, archive)
        upgrade(_config(connection), "head")
        _count(connection)
        if replacing is not None:
            _tell_what_was_replaced(connection, archive, replacing, held, moment(now))
        found = problems(connection, today)
        if found and not accept_problems:
            raise NotWhole(archive.place, found)
        lost = sorted(held.keys() - set(archive.label.programmes))
        return Loaded(tuple(loaded), found, tuple(lost))


def _refuse_a_later_version(archive: Archive) -> None:
    known = {step.revision for step in ScriptDirectory(str(MIGRATIONS)).walk_revisions()}
    if len(archive.label.schema) != 1 or not known.issuperset(archive.label.schema):
        raise KeepingRefused(
            f"{archive.place} was made by a newer version of the tracker (its tables are of version "
            f"{', '.join(archive.label.schema)}). Install that version, then bring it back."
        )


def _config(connection: Connection) -> Config:
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config


def _held(connection: Connection) -> dict[str, _Held]:
    """The programmes of the database before; none where it has no tables yet."""
    of = tables.programme.c
    if not connection.dialect.has_table(connection, tables.programme.name):
        return {}
    return {
        code: _Held(revision, changes)
        for code, revision, changes in connection.execute(select(of.code, of.revision, of.change_number))
    }


def _take_down(connection: Connection) -> None:
    """Every table of ours, with the functions of its triggers: what others keep in the database stays."""
    named = [*tables.metadata.tables, "alembic_version"]
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SET LOCAL lock_timeout = '{_LOCK_SECONDS}s'"))
        functions = text(
            "SELECT DISTINCT CAST(CAST(tgfoid AS regprocedure) AS text) FROM pg_trigger JOIN pg_class ON"
            " pg_class.oid = tgrelid WHERE NOT tgisinternal AND relnamespace = CAST(current_schema() AS regnamespace)"
            " AND relname = ANY(:named)"
        )
        of_triggers = connection.scalars(functions, {"named": named}).all()
        tables.metadata.drop_all(connection)
        for function in of_triggers:
            connection.execute(text(f"DROP FUNCTION {function}"))
    else:
        tables.metadata.drop_all(connection)
    connection.execute(text("DROP TABLE IF EXISTS alembic_version"))


def _fill(connection: Connection, archive: Archive) -> list[KeptTable]:
    loaded = []
    with _triggers_resting(connection), archive.tables() as kept:
        for one in kept:
            try:
                loaded.append(_fill_table(connection, archive, one))
            except (ValueError, TypeError):
                raise Damaged(f"{archive.place} is damaged: {one.layout.table} cannot be read. Use another.") from None
        _number_on(connection)
    return loaded


def _fill_table(connection: Connection, archive: Archive, kept: KeptRows) -> KeptTable:
    """The rows of one table, then read back: they must be what the archive says."""
    layout, table, written = kept.layout, kept.layout.as_table(), Fingerprint()

    def passing() -> Iterator[list[object]]:
        for row in kept.rows:
            written.add(line_of(row))
            yield row

    rows = typed(layout, passing())
    while some := list(islice(rows, _ROWS_AT_ONCE)):
        insert_rows(connection, table, list(layout.columns), some)
    read = Fingerprint()
    for row in rows_of(connection, layout):
        read.add(line_of(row))
    if (read.rows, read.sha256) != (written.rows, written.sha256):
        raise KeepingRefused(
            f"The table {layout.table} does not read back as {archive.place} has it; nothing was changed."
        )
    return KeptTable(layout.table, read.rows)


@contextmanager
def _triggers_resting(connection: Connection) -> Iterator[None]:
    """Published editions, say, take no files once they are out: what is brought back was out already."""
    if connection.dialect.name == "postgresql":
        named = connection.scalars(text(
            "SELECT DISTINCT CAST(CAST(tgrelid AS regclass) AS text) FROM pg_trigger JOIN pg_class ON"
            " pg_class.oid = tgrelid WHERE NOT tgisinternal AND relnamespace = CAST(current_schema() AS regnamespace)"
        )).all()  # fmt: skip
        for table in named:
            connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
        yield
        for table in named:
            connection.execute(text(f"ALTER TABLE {table} ENABLE TRIGGER USER"))
        return
    of_ours = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")).all()
    for name, _ in of_ours:
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
    yield
    for _, said in of_ours:
        connection.exec_driver_sql(said)


def _number_on(connection: Connection) -> None:
    """New rows go on numbering where the history ends: a number once given is never given to another."""
    if connection.dialect.name != "postgresql":
        return  # SQLite asks the rows and the history each time
    for table in tables.metadata.sorted_tables:
        if "id" in table.c and connection.dialect.has_table(connection, table.name):
            connection.execute(
                text(
                    f"SELECT setval(pg_get_serial_sequence(:name, 'id'), greatest((SELECT max(id) FROM {table.name}),"
                    " (SELECT max(record_id) FROM change WHERE table_name = :name), 1))"
                ),
                {"name": table.name},
            )


def _count(connection: Connection) -> None:
    for number in connection.scalars(select(tables.programme.c.id)).all():
        counts.rebuild(connection, number)


def _tell_what_was_replaced(
    connection: Connection, archive: Archive, replacing: Replacing, held: Mapping[str, _Held], now: datetime
) -> None:
    """A change row in each programme that was there before; its revision goes on, as pages are kept by it."""
    of = tables.programme.c
    for row in connection.execute(select(of.id, of.code, of.revision, of.change_number)).all():
        before = held.get(row.code)
        if before is None:
            continue
        revision = max(row.revision, before.revision)
        connection.execute(update(tables.programme).where(of.id == row.id).values(revision=revision))
        told = Written(
            "programme", row.id, 1, Deed.REVISED, row.code, {"changes_in_the_history": before.changes},
            {"changes_in_the_history": row.change_number, "brought_back_as_of": archive.label.made_at.isoformat()},
        )  # fmt: skip
        record_changes(connection, row.id, [told], actor=replacing.actor, reason=replacing.reason, batch_id=None,
                       now=now)  # fmt: skip
