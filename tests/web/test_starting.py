"""Starting the app for real, each of the ways there are: what is refused, in which words, and what the server says."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.conftest import PROXY

ROOT = Path(__file__).parents[2]
PORT = "0"
ELSEWHERE = {
    "sos-tracker": ["-m", "sos_tracker.cli", "run", "--host", "0.0.0.0"],  # noqa: S104 - refused
    "uvicorn": ["-m", "uvicorn", "app:app", "--port", PORT, "--host", "0.0.0.0"],  # noqa: S104 - refused
    "streamlit": ["-m", "streamlit", "run", "app.py", "--server.port", PORT, "--server.address", "::"],
    "proxy": ["-m", "streamlit", "run", "app.py", "--server.port", PORT],
}
SET = {"proxy": PROXY}
_SECONDS = 60


@pytest.fixture(scope="module")
def refused(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, subprocess.Popen[str]]]:
    """Every way of asking for too much, all started at once."""
    folder = tmp_path_factory.mktemp("refused")
    usual = {**os.environ, "DATABASE_URL": f"sqlite:///{(folder / 'none.db').as_posix()}"}
    started = {
        name: subprocess.Popen(
            [sys.executable, *command], cwd=ROOT, env=usual | SET.get(name, {}), text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )
        for name, command in ELSEWHERE.items()
    }  # fmt: skip
    yield started
    for process in started.values():
        process.kill()


@pytest.mark.parametrize("way", ELSEWHERE)
def test_it_does_not_start_where_it_could_not_tell_people_apart(
    refused: dict[str, subprocess.Popen[str]], way: str
) -> None:
    _, said = refused[way].communicate(timeout=_SECONDS)

    assert refused[way].returncode == 1
    assert ("start SoS Tracker with 'sos-tracker run'" if way == "proxy" else "no sign-in is set up") in said
    assert "Traceback" not in said
