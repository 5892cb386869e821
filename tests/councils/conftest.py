"""One command line on a database of its own, with an empty programme: made once, and copied."""

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from sos_tracker.cli import app
from sos_tracker.settings import settings
from tests.councils.door import CODE, Cli


def _run(*words: object) -> Result:
    settings.cache_clear()
    result = CliRunner().invoke(app, [str(word) for word in words])
    settings.cache_clear()
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def _stand_in(folder: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setenv("DATABASE_URL", f"sqlite:///{(folder / 'council.db').as_posix()}")
    for name in ("SOS_TRACKER_PERSON_KEY", "SOS_TRACKER_PERSON_KEY_FILE"):
        patch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def empty_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("empty")
    with pytest.MonkeyPatch.context() as patch:
        _stand_in(folder, patch)
        assert _run("init").exit_code == 0
        assert _run("programme", "add", CODE, "--name", "Signs of Safety", "--authority", "A council").exit_code == 0
    return folder


@pytest.fixture
def database(tmp_path: Path, empty_once: Path) -> Path:
    shutil.copytree(empty_once, tmp_path / "data")
    return tmp_path / "data" / "council.db"


@pytest.fixture
def cli(database: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    _stand_in(database.parent, monkeypatch)
    return _run
