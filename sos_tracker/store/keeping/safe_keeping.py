"""What the store does to keep its records safe: backups, exports, bringing either back, verifying, forgetting."""

from datetime import UTC, date, datetime
from pathlib import Path

from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, Engine, select

from sos_tracker.records.access import Actor
from sos_tracker.records.people import PersonKeys
from sos_tracker.store import tables
from sos_tracker.store.database import reading, writing
from sos_tracker.store.keeping.archive import Archive, KeptTable, Label
from sos_tracker.store.keeping.backup_file import write_backup
from sos_tracker.store.keeping.checks import problems
from sos_tracker.store.keeping.export_folder import write_export
from sos_tracker.store.keeping.forgetting import Forgotten, forget_person
from sos_tracker.store.keeping.loading import Loaded, Replacing, load


class SafeKeeping:
    """What the store does for safe keeping; ``Store`` is one of these."""

    engine: Engine

    def backup(self, file: Path, *, now: datetime | None = None) -> tuple[KeptTable, ...]:
        """Writes the database, as it is at one moment, into one file; others go on writing. Raises KeepingRefused."""
        with reading(self.engine) as connection:
            return tuple(write_backup(connection, file, _label(connection, now)))

    def export(self, folder: Path, *, now: datetime | None = None) -> tuple[KeptTable, ...]:
        """Writes the database, as it is at one moment, into a folder of .csv files. Raises KeepingRefused."""
        with reading(self.engine) as connection:
            return tuple(write_export(connection, folder, _label(connection, now)))

    def bring_back(
        self, archive: Archive, *, replacing: Replacing | None = None, accept_problems: bool = False,
        now: datetime | None = None,
    ) -> Loaded:  # fmt: skip
        """Fills the database from a backup or an export: all of it, verified, or nothing. It needs no tables before.

        Raises NotEmpty unless it is empty or ``replacing`` says that what is there may go; NotWhole where what was
        brought back does not verify, unless ``accept_problems``; Damaged, KeepingRefused.
        """
        return load(
            self.engine, archive, _today(now), replacing=replacing, accept_problems=accept_problems, now=now
        )  # fmt: skip

    def verify(self, *, today: date | None = None) -> tuple[str, ...]:
        """Everything that is not whole, a sentence each; none when all is.

        The chain of changes, records beside it, references, published editions, kept counts, and each figure reckoned
        a second way at the programme's usual date and today.
        """
        with reading(self.engine) as connection:
            return problems(connection, today or _today(None))

    def forget_person(
        self, code: str, keys: PersonKeys, actor: Actor, *, reason: str, now: datetime | None = None
    ) -> Forgotten:
        """Removes a person's keys and keeps what they did. Raises UnknownPerson, SharedAddress, UnknownProgramme."""
        with writing(self.engine) as connection:
            return forget_person(connection, code, keys, actor, reason=reason, now=now)


def _today(now: datetime | None) -> date:
    return (now or datetime.now(UTC)).astimezone().date()


def _label(connection: Connection, now: datetime | None) -> Label:
    codes = connection.scalars(select(tables.programme.c.code).order_by(tables.programme.c.code)).all()
    schema = MigrationContext.configure(connection).get_current_heads()
    return Label((now or datetime.now(UTC)).astimezone(UTC).replace(microsecond=0), tuple(schema), tuple(codes))
