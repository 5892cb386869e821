"""A backup and an export bring back the same figures and the same history, or nothing at all."""

import csv
import os
import random
import threading
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic.command import upgrade
from sqlalchemy import MetaData, text

from sos_tracker.measures import catalogue
from sos_tracker.records.access import Actor, Role
from sos_tracker.records.changes import BatchFile
from sos_tracker.records.people import PersonKeys
from sos_tracker.records.programme import Programme
from sos_tracker.records.record_set import RecordSet
from sos_tracker.records.training import Attendance, Outcome
from sos_tracker.store import Store, tables
from sos_tracker.store.database import reading, writing
from sos_tracker.store.keeping import (
    Archive,
    BackupFile,
    Damaged,
    ExportFolder,
    KeepingRefused,
    NotABackup,
    NotEmpty,
    NotWhole,
    Replacing,
    backup_file,
)
from sos_tracker.store.keeping.kept import COUNTS, LIVE, Layout, kept_tables, rows_of
from sos_tracker.store.keeping.loading import _config
from tests.conftest import CODE

ACTOR = Actor("Pat Manager", Role.ADMINISTRATOR, CODE)
DAYS = [date(2017, 8, 31), date(2018, 2, 14), date(2018, 5, 10), date(2026, 11, 22)]
FILE = BatchFile("register.xlsx", "0" * 64, ("training register",), 1)
AWKWARD = [
    "=1+1", "+44 20", "-", "@home", "'quoted", "''", "\ttab", "line\nbreak", "cr\ronly", 'a "quote", a comma', "é",
    "  spaces  ", "\x00",
]  # fmt: skip


def kept(store: Store, folder: Path, how: str) -> Archive:
    """The store, kept in a file or a folder."""
    if how == "backup":
        store.backup(folder / "council.backup")
        return BackupFile(folder / "council.backup")
    store.export(folder / "council")
    return ExportFolder(folder / "council")


def contents(store: Store) -> dict[str, list[Any]]:
    """Every row of every table that is kept."""
    with reading(store.engine) as connection:
        return {str(table.name): list(rows_of(connection, Layout.of(table))) for table in kept_tables()}


def figures(store: Store, code: str = CODE) -> list[Any]:
    return [catalogue.figures(store.frames(code, on), on) for on in DAYS]


def history(store: Store, code: str = CODE) -> Any:
    return store.changes(code, limit=10**6)


@pytest.fixture(params=["backup", "export"])
def how(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_what_is_brought_back_has_the_same_figures_at_every_date_and_the_same_history(
    example_store: Store, any_store: Store, tmp_path: Path, how: str
) -> None:
    any_store.bring_back(kept(example_store, tmp_path, how))

    assert figures(any_store) == figures(example_store)
    assert history(any_store) == history(example_store)
    assert contents(any_store) == contents(example_store)
    assert any_store.verify() == example_store.verify() == ()
    assert any_store.revision(CODE) == example_store.revision(CODE)


def test_what_is_brought_back_into_postgresql_can_be_taken_to_sqlite_again(
    example_store: Store, store: Store, postgresql_url: str, tmp_path: Path
) -> None:
    postgresql = Store.open(postgresql_url)
    postgresql.bring_back(kept(example_store, tmp_path, "backup"))
    (tmp_path / "again").mkdir()

    store.bring_back(kept(postgresql, tmp_path / "again", "backup"))

    assert contents(store) == contents(example_store)
    postgresql.close()


def test_an_import_goes_on_where_the_database_brought_back_ended(
    example_store: Store, any_store: Store, tmp_path: Path, how: str
) -> None:
    any_store.bring_back(kept(example_store, tmp_path, how))
    newest = {row["record_id"] for row in _changed(any_store, "attendance")}

    batch = any_store.commit(CODE, _one_walk_in("new-person"), ACTOR, [FILE])

    assert batch is not None
    added = {row["record_id"] for row in _changed(any_store, "attendance")} - newest
    assert added
    assert min(added) > max(newest)
    assert any_store.verify() == ()
    any_store.undo(batch.number, ACTOR)
    assert figures(any_store) == figures(example_store)


def test_the_history_still_refuses_to_be_rewritten_afterwards(
    example_store: Store, any_store: Store, tmp_path: Path, how: str
) -> None:
    any_store.bring_back(kept(example_store, tmp_path, how))

    with pytest.raises(Exception, match="append-only"), writing(any_store.engine) as connection:
        connection.execute(text("UPDATE change SET actor = 'Nobody'"))


def test_text_a_spreadsheet_would_run_is_safe_in_the_export_and_comes_back_exactly(
    store: Store, tmp_path: Path
) -> None:
    store.add_programme(Programme(code=CODE, name="Signs of Safety", authority="A council"), ACTOR)
    with writing(store.engine) as connection:
        for number, awkward in enumerate([*AWKWARD, ""]):
            connection.execute(
                tables.word_meaning.insert().values(programme_id=1, word=f"{number}", meaning=awkward)
            )  # fmt: skip
            connection.execute(tables.column_mapping.insert().values(
                programme_id=1, fingerprint=f"{number}", mapping={"said": awkward}))  # fmt: skip
    before = contents(store)

    folder = kept(store, tmp_path, "export")

    with (tmp_path / "council" / "word_meaning.csv").open(encoding="utf-8-sig", newline="") as source:
        cells = [cell for row in csv.reader(source) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    other = Store.open(f"sqlite:///{(tmp_path / 'other.db').as_posix()}")
    other.bring_back(folder)
    assert contents(other) == before
    other.close()


def test_a_blank_that_may_be_blank_is_not_the_empty_text(store: Store, tmp_path: Path) -> None:
    store.add_programme(Programme(code=CODE, name="Signs of Safety", authority="A council"), ACTOR)
    with writing(store.engine) as connection:
        for key in ("", None, "'"):
            connection.execute(tables.person.insert().values(programme_id=1, reference_key=key))
    before = contents(store)["person"]

    other = Store.open("sqlite://")
    other.bring_back(kept(store, tmp_path, "export"), accept_problems=True)

    assert contents(other)["person"] == before
    other.close()


def test_every_table_and_column_stands_in_the_data_dictionary(example_store: Store, tmp_path: Path) -> None:
    example_store.export(tmp_path / "out")

    with (tmp_path / "out" / "data_dictionary.csv").open(encoding="utf-8-sig", newline="") as source:
        rows = list(csv.DictReader(source))
    for file in (tmp_path / "out").glob("*.csv"):
        if file.stem != "data_dictionary":
            with file.open(encoding="utf-8-sig", newline="") as source:
                heading = next(csv.reader(source))
            assert [row["column"] for row in rows if row["table"] == file.stem] == ["", *heading]
    assert all(row["what it is"] for row in rows)


def test_every_table_is_taken_along_but_counts_sign_ins_and_in_an_export_share_links(
    example_store: Store, tmp_path: Path
) -> None:
    every = {str(name) for name in tables.metadata.tables}
    backed_up = {one.table for one in example_store.backup(tmp_path / "b")}
    exported = {one.table for one in example_store.export(tmp_path / "e")}

    assert every >= COUNTS | LIVE
    assert every - backed_up == COUNTS | LIVE
    assert backed_up - exported == {"share_link"}


# Refusals


def test_a_byte_changed_anywhere_in_a_backup_is_noticed(example_store: Store, tmp_path: Path) -> None:
    file = tmp_path / "council.backup"
    example_store.backup(file)
    whole = file.read_bytes()
    chance = random.Random(4)  # noqa: S311 - places, not secrets
    places = {0, 10, 30, len(whole) - 1, len(whole) - 32, len(whole) - 33, *chance.sample(range(len(whole)), 120)}

    for place in places:
        file.write_bytes(whole[:place] + bytes([whole[place] ^ (1 << chance.randrange(8))]) + whole[place + 1 :])
        with pytest.raises(KeepingRefused):
            BackupFile(file)
    for length in (0, 5, 29, 60, len(whole) // 2, len(whole) - 1):
        file.write_bytes(whole[:length])
        with pytest.raises(KeepingRefused):
            BackupFile(file)
    file.write_bytes(whole)
    assert BackupFile(file).label.programmes == (CODE,)


def test_an_export_that_was_edited_is_refused_and_the_file_named(example_store: Store, tmp_path: Path) -> None:
    example_store.export(tmp_path / "out")
    ledger = tmp_path / "out" / "ledger_entry.csv"
    ledger.write_bytes(ledger.read_bytes().replace(b"SOS01", b"SOS02", 1))

    with pytest.raises(Damaged, match=r"ledger_entry\.csv is not as it was written"):
        ExportFolder(tmp_path / "out")
    ledger.unlink()
    with pytest.raises(Damaged, match=r"ledger_entry\.csv is missing"):
        ExportFolder(tmp_path / "out")


def test_the_seal_of_an_export_is_sealed_too(example_store: Store, tmp_path: Path) -> None:
    example_store.export(tmp_path / "out")
    seal = tmp_path / "out" / "export.json"
    whole = seal.read_text("utf-8")

    seal.write_text(whole.replace(CODE, "XX-SOS"), "utf-8")
    with pytest.raises(Damaged, match=r"export\.json is not as it was written"):
        ExportFolder(tmp_path / "out")
    seal.write_text("{", "utf-8")
    with pytest.raises(KeepingRefused):
        ExportFolder(tmp_path / "out")


def test_other_files_and_folders_are_no_backup(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("Not a backup", "utf-8")

    with pytest.raises(NotABackup, match="is not a backup: choose a file"):
        BackupFile(tmp_path / "notes.txt")
    with pytest.raises(KeepingRefused, match="cannot be read"):
        BackupFile(tmp_path / "missing")
    with pytest.raises(NotABackup, match="is not an export"):
        ExportFolder(tmp_path)
    with pytest.raises(NotABackup, match="is not an export"):
        ExportFolder(tmp_path / "notes.txt")


def test_a_backup_of_a_newer_version_is_refused(example_store: Store, store: Store, tmp_path: Path) -> None:
    with writing(example_store.engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(KeepingRefused, match="newer version of the tracker"):
        store.bring_back(kept(example_store, tmp_path, "backup"))


def test_a_backup_of_an_earlier_version_is_brought_to_this_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first schema had no access and no editions."""
    earlier = Store.open(f"sqlite:///{(tmp_path / 'earlier.db').as_posix()}")
    with writing(earlier.engine) as connection:
        upgrade(_config(connection), "0001")
        connection.execute(text(
            "INSERT INTO programme (code, name, authority, trained_levels, notice, revision, change_number,"
            " change_hash) VALUES ('OLD', 'Signs of Safety', 'A council', '[\"advanced\"]', '', 3, 0, '')"
        ))  # fmt: skip
    file = tmp_path / "earlier.backup"
    _write_as_of(earlier, file, monkeypatch)

    fresh = Store.open(f"sqlite:///{(tmp_path / 'fresh.db').as_posix()}")
    fresh.bring_back(BackupFile(file))

    assert fresh.is_current()
    assert [programme.code for programme in fresh.programmes()] == ["OLD"]
    assert fresh.verify() == ()
    fresh.close()
    earlier.close()


def test_a_database_that_is_not_empty_is_left_as_it_is(
    example_store: Store, any_store: Store, tmp_path: Path, how: str
) -> None:
    any_store.add_programme(Programme(code="MINE", name="Signs of Safety", authority="A council"), ACTOR)
    before = contents(any_store)

    with pytest.raises(NotEmpty, match="is not empty: it has MINE"):
        any_store.bring_back(kept(example_store, tmp_path, how))

    assert contents(any_store) == before


def test_replacing_tells_the_history_and_moves_the_revision_past_both(example_store: Store, tmp_path: Path) -> None:
    archive = kept(example_store, tmp_path, "backup")
    before = figures(example_store)
    example_store.add_programme(Programme(code="LATER", name="Signs of Safety", authority="A council"), ACTOR)
    example_store.commit(CODE, _one_walk_in("new-person"), ACTOR, [FILE])
    revision, changes = example_store.revision(CODE), len(history(example_store))

    loaded = example_store.bring_back(archive, replacing=Replacing("Pat Manager", "The disk failed"))

    assert figures(example_store) == before
    assert loaded.lost == ("LATER",)
    assert example_store.revision(CODE) > revision
    newest = history(example_store)[0]
    assert (newest.actor, newest.reason, newest.before) == (
        "Pat Manager", "The disk failed", {"changes_in_the_history": changes},
    )  # fmt: skip
    assert example_store.verify() == ()


def test_what_does_not_verify_is_not_brought_back_unless_that_is_accepted(
    example_store: Store, any_store: Store, tmp_path: Path
) -> None:
    _doctor_the_history(example_store)
    archive, before = kept(example_store, tmp_path, "backup"), contents(any_store)

    with pytest.raises(NotWhole) as refused:
        any_store.bring_back(archive)

    assert any("is not as it was written" in problem for problem in refused.value.problems)
    assert contents(any_store) == before
    assert any_store.bring_back(archive, accept_problems=True).problems == refused.value.problems


def test_a_fault_half_way_leaves_the_database_as_it_was(example_store: Store, any_store: Store, tmp_path: Path) -> None:
    class CutShort(BackupFile):
        def _tables(self, lines: Any) -> Any:
            for number, one in enumerate(super()._tables(lines)):
                if number == 12:
                    raise OSError("The stick was pulled out")
                yield one

    any_store.add_programme(Programme(code="MINE", name="Signs of Safety", authority="A council"), ACTOR)
    before = contents(any_store)
    kept(example_store, tmp_path, "backup")

    with pytest.raises(OSError, match="pulled out"):
        any_store.bring_back(CutShort(tmp_path / "council.backup"), replacing=Replacing("Pat"))

    assert contents(any_store) == before
    assert any_store.verify() == ()


# Where it is written


def test_a_backup_takes_the_place_of_a_backup_and_of_nothing_else(example_store: Store, tmp_path: Path) -> None:
    example_store.backup(tmp_path / "nightly")
    example_store.backup(tmp_path / "nightly", now=datetime(2030, 1, 1, tzinfo=UTC))
    (tmp_path / "register.xlsx").write_bytes(b"The only copy")

    with pytest.raises(KeepingRefused, match="is not a backup: name another file"):
        example_store.backup(tmp_path / "register.xlsx")

    assert BackupFile(tmp_path / "nightly").label.made_at == datetime(2030, 1, 1, tzinfo=UTC)
    assert (tmp_path / "register.xlsx").read_bytes() == b"The only copy"


def test_what_a_killed_backup_left_is_cleared_by_the_next_once_it_is_a_day_old(
    example_store: Store, tmp_path: Path
) -> None:
    left, under_way = tmp_path / ".nightly.abc", tmp_path / ".nightly.def"
    for unfinished in (left, under_way):
        unfinished.write_bytes(b"half of a backup")
    os.utime(left, (0, 0))

    example_store.backup(tmp_path / "nightly")

    assert not left.exists()
    assert under_way.exists()


def test_a_place_that_cannot_be_written_to_is_said_and_nothing_is_left(example_store: Store, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("Dear", "utf-8")

    with pytest.raises(KeepingRefused, match="cannot be written"):
        example_store.backup(tmp_path / "missing" / "b")
    with pytest.raises(KeepingRefused, match="cannot be written"):
        example_store.backup(tmp_path / "full")
    with pytest.raises(KeepingRefused, match="cannot be written"):
        example_store.export(tmp_path / "missing" / "e")
    with pytest.raises(KeepingRefused, match="is not an empty folder"):
        example_store.export(tmp_path / "full")

    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_only_this_account_can_read_a_backup_and_an_export(example_store: Store, tmp_path: Path) -> None:
    example_store.backup(tmp_path / "b")
    (tmp_path / "e").mkdir()
    example_store.export(tmp_path / "e")

    assert (tmp_path / "b").stat().st_mode & 0o077 == 0
    assert (tmp_path / "e").stat().st_mode & 0o077 == 0


# While others write


@pytest.mark.soak
@pytest.mark.parametrize("database", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def test_backups_made_while_others_write_are_each_of_one_moment(
    database: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    url = (f"sqlite:///{(tmp_path / 'busy.db').as_posix()}" if database == "sqlite"
           else request.getfixturevalue("postgresql_url"))  # fmt: skip
    store = Store.open(url)
    store.migrate()
    store.add_programme(Programme(code=CODE, name="Signs of Safety", authority="A council"), ACTOR)
    done, faults = threading.Event(), list[BaseException]()

    def write() -> None:
        try:
            for number in range(25):
                people = [PersonKeys(f"p{number}-{person}", f"m{number}-{person}") for person in range(20)]
                store.commit(CODE, RecordSet(attendances=tuple(
                    Attendance(session=f"S{number}", person=keys, agency="Care", team="Duty", outcome=Outcome.ATTENDED)
                    for keys in people
                )), ACTOR, [FILE])  # fmt: skip
        except BaseException as fault:  # noqa: BLE001 - told by the test itself
            faults.append(fault)
        done.set()

    writer = threading.Thread(target=write)
    writer.start()
    files = list[Path]()
    while not done.is_set():
        files.append(tmp_path / f"{len(files)}.backup")
        store.backup(files[-1])
        done.wait(0.05)
    writer.join()

    assert not faults
    seen = set[int]()
    for file in files[:: max(1, len(files) // 4)]:
        other = Store.open("sqlite://")
        other.bring_back(BackupFile(file))  # verifies
        attendances, sessions = (len(contents(other)[name]) for name in ("attendance", "training_session"))
        assert attendances == 20 * sessions
        seen.add(sessions)
        other.close()
    assert len(seen) > 1
    store.close()


# Verifying


def _damage(*statements: str) -> Callable[[Store], None]:
    def carry_out(store: Store) -> None:
        store.close()
        with store.engine.connect() as connection:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
            for statement in statements:
                connection.exec_driver_sql(statement)
        store.close()

    return carry_out


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (_damage("UPDATE attendance SET person_id = 999999 WHERE id = 5"), "attendance (id 5) refer to a person"),
        (_damage("DELETE FROM training_session WHERE id = 3"), "refer to a session that is not there"),
        (
            _damage(
                "INSERT INTO programme SELECT 77, 'OTHER', name, authority, trained_levels, notice, usual_as_at,"
                " public_papers, 0, 0, '' FROM programme",
                "UPDATE person SET programme_id = 77 WHERE id = 7",
            ),
            "another programme's",
        ),
        (_damage("DELETE FROM batch_file", "DELETE FROM batch"), "belong to a batch that is not there"),
        (_damage("UPDATE batch SET last_change = last_change + 1"), "does not have all its changes"),
        (
            _damage(
                "UPDATE attendance SET outcome = 'attended' WHERE id = (SELECT min(id) FROM attendance WHERE"
                " outcome = 'no-show')"
            ),
            "is not as its history says: outcome is 'attended' and should be 'no-show'",
        ),
        (_damage("UPDATE milestone SET version = version + 1 WHERE id = 2"), "it is version 2 and should be 1"),
        (_damage("DELETE FROM ledger_entry WHERE id = 4"), "is gone, and its history says otherwise"),
        (
            _damage("INSERT INTO person (id, programme_id, version) VALUES (99999, 1, 1)"),
            "A person (number 99999) has no history",
        ),
        (_damage("UPDATE people_count SET people = people + 1"), "T1 on 10 May 2018 is"),
        (_damage("UPDATE staff_count SET trained = trained - 1"), "T3 on 10 May 2018 is"),
        (_damage("UPDATE spending_count SET amount_pence = amount_pence + 1"), "B1 on 10 May 2018 is"),
        (_damage("UPDATE attendance_count SET attendances = attendances + 1"), "T4 on 10 May 2018 is"),
    ],
)
def test_verify_says_what_is_not_whole(example_store: Store, damage: Callable[[Store], None], said: str) -> None:
    damage(example_store)

    assert [problem for problem in example_store.verify() if said in problem]


def test_an_empty_programme_and_one_half_filled_verify(any_store: Store) -> None:
    any_store.add_programme(Programme(code="EMPTY", name="Signs of Safety", authority="A council"), ACTOR)
    assert any_store.verify() == ()


def _one_walk_in(name: str) -> RecordSet:
    walk_in = Attendance(
        session="TS01", person=PersonKeys(name, None), agency="Care", team="Duty", outcome=Outcome.WALK_IN
    )
    return RecordSet(attendances=(walk_in,))


def _changed(store: Store, table: str) -> Any:
    with reading(store.engine) as connection:
        query = tables.change.select().where(tables.change.c.table_name == table)
        return connection.execute(query).mappings().all()


def _doctor_the_history(store: Store) -> None:
    with writing(store.engine) as connection:
        connection.execute(text("DROP TRIGGER change_refuses_update"))
        connection.execute(text("UPDATE change SET actor = 'Nobody' WHERE number = 9"))


def _write_as_of(store: Store, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A backup as the version of that database wrote it: with its tables, and no later ones."""
    reflected = MetaData()
    with reading(store.engine) as connection:
        reflected.reflect(connection)
    own = [table for table in reflected.sorted_tables if table.name not in COUNTS | {"alembic_version"}]
    monkeypatch.setattr(backup_file, "kept_tables", lambda: own)
    store.backup(file)
