"""One command line on a database of its own, with an empty programme."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from sos_tracker.cli import app
from sos_tracker.settings import settings
from tests.councils.door import CODE, Cli


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "data" / "council.db"


@pytest.fixture
def cli(database: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{database.as_posix()}")
    for name in ("SOS_TRACKER_PERSON_KEY", "SOS_TRACKER_PERSON_KEY_FILE"):
        monkeypatch.delenv(name, raising=False)

    def run(*words: object) -> Result:
        settings.cache_clear()
        result = CliRunner().invoke(app, [str(word) for word in words])
        settings.cache_clear()
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    assert run("init").exit_code == 0
    assert run("programme", "add", CODE, "--name", "Signs of Safety", "--authority", "A council").exit_code == 0
    return run
