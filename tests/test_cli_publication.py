"""Publishing from the command line."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from sos_tracker.cli import app
from sos_tracker.settings import settings
from sos_tracker.store import Store

Cli = Callable[..., Result]


@pytest.fixture
def cli(tmp_path: Path, example_database: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Runs one command on a copy of the example programme."""
    shutil.copy(example_database, tmp_path / "council.db")
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{(tmp_path / 'council.db').as_posix()}")

    def run(*words: object) -> Result:
        settings.cache_clear()
        result = CliRunner().invoke(app, [str(word) for word in words])
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run


@pytest.fixture
def kept(cli: Cli) -> Iterator[Store]:
    settings.cache_clear()
    store = Store.open(settings().database_url)
    yield store
    store.close()
    settings.cache_clear()


PUBLISH = ("publish", "--programme", "ce-sos", "--as-at", "2018-05-10")


def test_a_summary_is_published_for_a_meeting(cli: Cli, kept: Store) -> None:
    result = cli(*PUBLISH, "--meeting-on", "2018-05-17", "--reason", "For the committee")

    assert result.exit_code == 0
    (edition,) = kept.editions("CE-SOS")
    assert result.stdout == (
        f"Edition 1 of CE-SOS is published.\nce-sos-2018-05-10-edition-1.html  sha256 {edition.files[0].sha256}\n"
    )
    assert (str(edition.meeting_on), edition.reason) == ("2018-05-17", "For the committee")
    assert cli("verify").exit_code == 0


@pytest.mark.parametrize(
    ("words", "why", "code"),
    [
        ((*PUBLISH, "--meeting-on", "2018-05-01"), "is before 10 May 2018", 1),
        (("publish", "--programme", "ce-sos", "--as-at", "2090-01-01"), "is still to come", 1),
        (("publish", "--programme", "none", "--as-at", "2018-05-10"), "no programme with the code", 1),
        (("publish", "--programme", "ce-sos", "--as-at", "10/05/2018"), "", 2),
        (("publish", "--programme", "ce-sos"), "", 2),
    ],
)
def test_what_cannot_be_published_is_refused_in_words(
    cli: Cli, kept: Store, words: tuple[str, ...], why: str, code: int
) -> None:
    result = cli(*words)

    assert result.exit_code == code
    assert why in result.stderr
    assert kept.editions("CE-SOS") == ()
