"""Starting the app for real, each of the ways there are: what is refused, in which words, and what the server says."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
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


@pytest.fixture(scope="module")
def running(example_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, Path]]:
    """The app as ``sos-tracker run`` serves it: its port, and the file its log goes to."""
    folder = tmp_path_factory.mktemp("running")
    database = shutil.copy(example_database, folder / "tracker.db")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = folder / "app.log"
    with log.open("wb") as written:
        process = subprocess.Popen(
            [sys.executable, "-m", "sos_tracker.cli", "run", "--port", str(port)], cwd=ROOT,
            env={**os.environ, "DATABASE_URL": f"sqlite:///{database.as_posix()}"},
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=written,
        )  # fmt: skip
    patience = time.monotonic() + _SECONDS
    while not _listens(port):
        if process.poll() is not None or time.monotonic() > patience:
            pytest.fail(f"The app did not start:\n{log.read_text(errors='replace')[-3000:]}")
        time.sleep(0.1)
    yield port, log
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()


def test_the_server_is_ready_does_not_name_itself_and_logs_in_json(running: tuple[int, Path]) -> None:
    port, log = running

    answer = _said(port, b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")

    assert answer.startswith(b"HTTP/1.1 200")
    assert answer.endswith(b"ready\n")
    assert b"\r\nserver:" not in answer.lower()
    assert json.loads(log.read_text("utf-8").splitlines()[-1])["path"] == "/healthz"


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"GET /../../etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n", b"400"),
        (b"GET /assets/..%2f..%2fsettings.py HTTP/1.1\r\nHost: localhost\r\n\r\n", b"400"),
        (b"PUT /_stcore/upload_file/a/b HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\n\r\n", b"413"),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"x" * 100_000 + b"\r\n\r\n", b"431"),
        (b"GET /healthz HTTP/1.1\r\n\r\n", b"400"),
        (b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n", b"400"),
        (b"\x16\x03\x01 not a request\r\n\r\n", b"400"),
        (b"GET /overview HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: 127.0.0.1\r\n\r\n", b"403"),
    ],
    ids=["climbs", "climbs encoded", "too large", "header too long", "no host", "two hosts", "no request", "passed on"],
)
def test_what_is_wrong_is_refused_and_others_are_still_answered(
    running: tuple[int, Path], sent: bytes, status: bytes
) -> None:
    port, _ = running

    assert _said(port, sent).startswith(b"HTTP/1.1 " + status)
    assert _said(port, b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n").startswith(b"HTTP/1.1 200")


def _said(port: int, sent: bytes) -> bytes:
    """What comes back for these very bytes, until the connection ends or falls silent."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(sent)
        answer = b""
        try:
            while piece := connection.recv(65536):
                answer += piece
                connection.settimeout(0.2)
        except TimeoutError:
            pass  # a connection kept open for the next request
        return answer


def _listens(port: int) -> bool:
    with socket.socket() as asking:
        return asking.connect_ex(("127.0.0.1", port)) == 0
