"""Safe keeping from the command line: what a person types at night, and on the day the disk has failed."""

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from typer.testing import CliRunner, Result

from sos_tracker.cli import app
from sos_tracker.settings import settings
from tests.conftest import CODE, PERSON_KEY
from tests.councils import door, shire, trust
from tests.councils.writing import write

Cli = Callable[..., Result]


@pytest.fixture
def cli(monkeypatch: pytest.MonkeyPatch) -> Cli:
    monkeypatch.setenv("SOS_TRACKER_PERSON_KEY", PERSON_KEY)

    def run(*words: object) -> Result:
        settings.cache_clear()
        result = CliRunner().invoke(app, [str(word) for word in words])
        settings.cache_clear()
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[str], Path]:
    """Turns to another database, by name."""

    def turn(name: str) -> Path:
        monkeypatch.setenv("DATABASE_URL", f"sqlite:///{(tmp_path / name / 'council.db').as_posix()}")
        return tmp_path / name / "council.db"

    return turn


@pytest.fixture
def example(at: Callable[[str], Path], example_database: Path) -> Path:
    path = at("first")
    path.parent.mkdir()
    return Path(shutil.copy(example_database, path))


def figures(cli: Cli, code: str = CODE) -> list[str]:
    shown = [cli("figures", "--programme", code, "--as-at", day, "--json") for day in ("2018-01-31", "2018-05-10")]
    assert [result.exit_code for result in shown] == [0, 0]
    return [result.stdout for result in shown]


def test_a_backup_is_restored_on_a_new_computer_without_setting_up_a_database_first(
    example: Path, cli: Cli, at: Callable[[str], Path], tmp_path: Path
) -> None:
    before = figures(cli)

    made = cli("backup", tmp_path / "nightly.backup")
    at("second")
    restored = cli("restore", tmp_path / "nightly.backup")

    assert made.exit_code == 0, made.output
    assert "The person key is not in it" in made.stdout
    assert restored.exit_code == 0, restored.output
    assert "Brought back as it was on" in restored.stdout
    assert "It verifies." in restored.stdout
    assert "person key" not in restored.output
    assert figures(cli) == before
    assert cli("verify").stdout == "The history, the references, the counts and the figures are whole.\n"


def test_restoring_over_a_database_is_refused_unless_it_may_be_replaced(
    example: Path, cli: Cli, tmp_path: Path
) -> None:
    before = figures(cli)
    cli("backup", tmp_path / "b")
    cli("undo", 1)

    refused = cli("restore", tmp_path / "b")
    assert (refused.exit_code, f"it has {CODE}" in refused.stderr) == (1, True)
    assert figures(cli) != before

    assert cli("restore", tmp_path / "b", "--replace", "--reason", "Undone by mistake").exit_code == 0
    assert figures(cli) == before


def test_a_damaged_backup_and_other_files_are_refused_in_words(example: Path, cli: Cli, tmp_path: Path) -> None:
    cli("backup", tmp_path / "b")
    whole = (tmp_path / "b").read_bytes()
    (tmp_path / "b").write_bytes(whole[:5000] + b"\x00" + whole[5001:])

    damaged, foreign = cli("restore", tmp_path / "b", "--replace"), cli("restore", example, "--replace")
    missing = cli("restore", tmp_path / "none", "--replace")

    assert [result.exit_code for result in (damaged, foreign, missing)] == [1, 1, 1]
    assert "is damaged: it is not as it was written. Nothing was changed." in damaged.stderr
    assert "is not a backup: choose a file that 'sos-tracker backup' wrote." in foreign.stderr
    assert "cannot be read: No such file or directory." in missing.stderr
    assert cli("verify").exit_code == 0


def test_a_place_that_cannot_be_written_to_is_said(example: Path, cli: Cli, tmp_path: Path) -> None:
    backup, export = cli("backup", tmp_path / "none" / "b"), cli("export", tmp_path / "none" / "e")

    assert (backup.exit_code, export.exit_code) == (1, 1)
    assert "cannot be written to" in backup.stderr
    assert "cannot be written to" in export.stderr


def test_another_person_key_is_told_when_a_backup_is_restored(
    example: Path, cli: Cli, at: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli("backup", tmp_path / "b")
    at("second")
    monkeypatch.setenv("SOS_TRACKER_PERSON_KEY", "another secret, of some other council")

    restored = cli("restore", tmp_path / "b")

    assert restored.exit_code == 0
    assert "The person key here is not the one of what was brought back" in restored.stderr


@pytest.mark.parametrize("style", [shire, trust], ids=["shire", "trust"])
def test_an_export_brought_back_gives_another_councils_figures_again(
    style: ModuleType, cli: Cli, at: Callable[[str], Path], tmp_path: Path
) -> None:
    at("first")
    council = style.council()
    cli("init")
    cli("programme", "add", door.CODE, "--name", "Signs of Safety", "--authority", "A council")
    door.imported(cli, write(tmp_path / "files", style.files(council)), style.MEANS)
    days = ["2015-01-31", council.as_at, "2030-12-31"]
    before = [door.figures(cli, day) for day in days]
    batches = cli("batches", "--programme", door.CODE).stdout

    exported = cli("export", tmp_path / "out")
    at("second")
    back = cli("import-export", tmp_path / "out")

    assert exported.exit_code == 0, exported.output
    assert back.exit_code == 0, back.output
    assert [door.figures(cli, day) for day in days] == before
    assert cli("batches", "--programme", door.CODE).stdout == batches
    assert cli("verify").exit_code == 0
    again = door.imported(cli, write(tmp_path / "again", style.files(council)), style.MEANS)
    assert not any(again["new"].values())


def test_an_export_is_not_brought_into_a_database_that_has_something(example: Path, cli: Cli, tmp_path: Path) -> None:
    cli("export", tmp_path / "out")

    refused = cli("import-export", tmp_path / "out")

    assert (refused.exit_code, f"it has {CODE}" in refused.stderr) == (1, True)


def test_a_backup_says_that_what_it_holds_is_not_whole(example: Path, cli: Cli, tmp_path: Path) -> None:
    with sqlite3.connect(example) as connection:
        connection.execute("UPDATE people_count SET people = people + 1 WHERE level = 'trained'")
    made = cli("backup", tmp_path / "b")

    assert made.exit_code == 0
    assert "Not everything in it is whole:" in made.stderr
    assert cli("verify").exit_code == 1


def test_a_person_is_forgotten_by_employee_number_and_the_figures_stay(cli: Cli, at: Callable[[str], Path]) -> None:
    at("first")
    cli("init")
    cli("demo")
    before = figures(cli)
    number = "CE100207"

    forgotten = cli("forget-person", number, "--programme", CODE, "--reason", "Asked to be")
    again = cli("forget-person", number, "--programme", CODE, "--reason", "Asked to be")
    unsaid = cli("forget-person", number, "--programme", CODE, "--reason", " ")

    assert forgotten.exit_code == 0, forgotten.output
    assert "Removed: the employee number" in forgotten.stdout
    assert "makes somebody new of them" in forgotten.stdout
    assert number not in forgotten.output
    assert (again.exit_code, "Nobody in CE-SOS is known by that" in again.stderr) == (1, True)
    assert (unsaid.exit_code, "Say why" in unsaid.stderr) == (1, True)
    assert figures(cli) == before
    assert cli("verify").exit_code == 0
