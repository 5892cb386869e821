"""The app as people meet it: served by Streamlit, seen in a real Chromium."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from sos_tracker.records.access import Actor, Permission, Role
from sos_tracker.records.programme import Programme
from sos_tracker.ui.menu import page_at
from tests.browser.visit import PATIENCE, Visit
from tests.conftest import PERSON_KEY

ROOT = Path(__file__).parents[2]
EMPTY, WALKED = "NEW-SOS", "WALK-SOS"
_SECONDS_TO_START = 60
_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

expect.set_options(timeout=PATIENCE)  # a shared machine may be slow to answer: that is no fault of the page

collect_ignore = [] if os.environ.get("MAKE_PICTURES") else ["test_pictures.py"]


@dataclass(frozen=True)
class Served:
    """The running app: its address, and the programmes in its database (one with the example, one with nothing,
    one for tests that write)."""

    address: str
    example: str
    empty: str
    walked: str


@pytest.fixture(scope="session")
def served(example_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The app on a database of its own with three programmes."""
    from sos_tracker.store import Store

    folder = tmp_path_factory.mktemp("served")
    database = f"sqlite:///{shutil.copy(example_database, folder / 'tracker.db').as_posix()}"
    store = Store.open(database)
    example = store.programmes()[0].code
    for code, authority in ((EMPTY, "Brent Council"), (WALKED, "Wokingham Borough Council")):
        actor = Actor("Administrator", Role.ADMINISTRATOR, code)
        store.add_programme(Programme(code=code, name="Signs of Safety", authority=authority), actor)
    store.close()
    with _running(database, folder / "app.log") as address:
        yield Served(address, example, EMPTY, WALKED)


@contextmanager
def _running(database: str, log: Path) -> Iterator[str]:
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", "app.py"]
    command += ["--server.headless", "true", "--server.port", str(port)]
    environment = {"DATABASE_URL": database, "SOS_TRACKER_PERSON_KEY": PERSON_KEY}
    address = f"http://localhost:{port}"
    with started(command, environment, log, f"{address}/_stcore/health"):
        yield address


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def started(command: list[str], environment: dict[str, str], log: Path, answering: str) -> Iterator[None]:
    """A server as a process of its own, from when it answers at an address until the test is done."""
    with log.open("wb") as written:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            stdout=written,
            stderr=subprocess.STDOUT,
        )
    patience = time.monotonic() + _SECONDS_TO_START
    try:
        while not _answers(answering):
            if process.poll() is not None or time.monotonic() > patience:
                pytest.fail(f"The server did not start:\n{log.read_text(errors='replace')[-3000:]}")
            time.sleep(0.2)
        yield
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=2) as answer:  # noqa: S310 - our own address
            return bool(answer.status == 200)
    except (urllib.error.URLError, TimeoutError, ConnectionError):
        return False


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """One Chromium a module: playwright's event loop must be gone when other tests in this process need their own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(_FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def visit(browser: Browser, served: Served) -> Iterator[Callable[..., Visit]]:
    """Opens a page of the app: ``visit("overview", programme=…, theme="dark", width=320)``."""
    open_visits: list[Visit] = []

    def opening(
        address: str, *, programme: str = served.example, theme: str = "light", width: int = 1280, **query: str
    ) -> Visit:
        asked = {"programme": programme, **query}
        if programme == served.example:
            asked.setdefault("as_at", "2018-05-10")
        if page_at(address).permission is Permission.ADMINISTER:
            asked.setdefault("role", Role.ADMINISTRATOR.value)
        one = Visit(browser, served.address, theme=theme, width=width)
        open_visits.append(one)
        one.open(address, asked)
        return one

    yield opening
    for one in open_visits:
        one.close()
