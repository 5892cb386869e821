"""Behind a proxy that has signed people in and names them in a header."""

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from sos_tracker.records.access import Access, Actor, Role
from sos_tracker.store import Store
from tests.browser.conftest import free_port, started
from tests.browser.visit import Visit
from tests.conftest import CODE, PERSON_KEY

DIRECTOR = "director@example.gov.uk"
HEADER = "X-Council-Person"


@pytest.fixture(scope="module")
def address(example_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app, for which this computer is the proxy; one director has access."""
    folder = tmp_path_factory.mktemp("proxied")
    database = f"sqlite:///{shutil.copy(example_database, folder / 'tracker.db').as_posix()}"
    store = Store.open(database)
    store.give_access(CODE, Access(email=DIRECTOR, role=Role.DIRECTOR), Actor("Set-up", Role.ADMINISTRATOR, CODE))
    store.close()
    port = free_port()
    environment = {
        "DATABASE_URL": database,
        "SOS_TRACKER_PERSON_KEY": PERSON_KEY,
        "SOS_TRACKER_PROXY_ADDRESSES": "127.0.0.1",
        "SOS_TRACKER_PROXY_HEADER": HEADER,
    }
    command = [sys.executable, "-m", "sos_tracker.cli", "run", "--host", "127.0.0.1", "--port", str(port)]
    with started(command, environment, folder / "app.log", f"http://localhost:{port}/_stcore/health"):
        yield f"http://localhost:{port}"


@pytest.fixture
def through_the_proxy(browser: Browser, address: str) -> Iterator[Callable[..., Visit]]:
    """A browser whose every request comes with the header, saying this."""
    visits: list[Visit] = []

    def come(said: str) -> Visit:
        seen = Visit(browser, address, theme="light", width=1280)
        visits.append(seen)
        seen.context.set_extra_http_headers({HEADER: said} if said else {})
        seen.open("overview", {"role": "administrator"})
        return seen

    yield come
    for one in visits:
        one.close()


def test_whoever_the_proxy_names_is_here_with_their_own_role(through_the_proxy: Callable[..., Visit]) -> None:
    seen = through_the_proxy("Director@Example.gov.uk")

    expect(seen.page.get_by_text(f"Signed in as {DIRECTOR}")).to_be_visible()
    expect(seen.page.get_by_text("Role: Director")).to_be_visible()
    assert seen.page.get_by_role("link", name="People", exact=True).count() == 0
    assert seen.page.get_by_role("button", name="Sign out").count() == 0
    assert seen.faults() == []


@pytest.mark.parametrize("said", ["", "nobody", "stranger@example.gov.uk"])
def test_nobody_else_sees_anything(through_the_proxy: Callable[..., Visit], said: str) -> None:
    seen = through_the_proxy(said)

    expect(seen.page.get_by_role("heading", level=1)).to_have_text("Sign in to SoS Tracker")
    assert "Cheshire" not in seen.page.inner_text("body")
    assert seen.page.get_by_role("button", name="Sign in").count() == 0
    assert seen.faults() == []
