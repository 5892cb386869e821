"""Signing in for real: Chromium, the app, and an OpenID provider, each a process of its own."""

import json
import re
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from playwright.sync_api import Browser, expect
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from sos_tracker.records.access import Access, Actor, Role
from sos_tracker.store import Store
from sos_tracker.ui.menu import pages_for
from tests.browser.conftest import free_port, started
from tests.browser.visit import Visit
from tests.conftest import CODE, PERSON_KEY

CLIENT = "sos-tracker"
COOKIE_SECRET = "signs the cookies of these tests and of nothing else"
COOKIE = "_streamlit_user"
SET_UP = Actor("Whoever set it up", Role.ADMINISTRATOR, CODE)
MEMBER, DIRECTOR, MANAGER = "member@example.gov.uk", "director@example.gov.uk", "manager@example.gov.uk"
ROLES = {MEMBER: Role.MEMBER, DIRECTOR: Role.DIRECTOR, MANAGER: Role.PROJECT_MANAGER}
MENUS = {email: [page.title for page in pages_for(Actor(email, role))] for email, role in ROLES.items()}
BUTTON = "Sign in with Example Council"


@dataclass(frozen=True)
class Council:
    """The app people sign in to: where it is, where the provider is, and its database."""

    address: str
    provider: str
    store: Store


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    port = free_port()
    address = f"http://localhost:{port}"
    log = tmp_path_factory.mktemp("provider") / "provider.log"
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), "--host", "localhost"]
    with started(command, {}, log, f"{address}/.well-known/openid-configuration"):
        yield address


@pytest.fixture(scope="module")
def council(example_database: Path, provider: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Council]:
    folder = tmp_path_factory.mktemp("council")
    database = f"sqlite:///{shutil.copy(example_database, folder / 'tracker.db').as_posix()}"
    port = free_port()
    address = f"http://localhost:{port}"
    environment = {
        "DATABASE_URL": database,
        "SOS_TRACKER_PERSON_KEY": PERSON_KEY,
        "SOS_TRACKER_ADDRESS": address,
        "SOS_TRACKER_OIDC_METADATA_URL": f"{provider}/.well-known/openid-configuration",
        "SOS_TRACKER_OIDC_CLIENT_ID": CLIENT,
        "SOS_TRACKER_OIDC_CLIENT_SECRET": "any will do for this provider",
        "SOS_TRACKER_OIDC_NAME": "Example Council",
        "SOS_TRACKER_COOKIE_SECRET": COOKIE_SECRET,
    }
    command = [sys.executable, "-m", "sos_tracker.cli", "run", "--host", "127.0.0.1", "--port", str(port)]
    store = Store.open(database)
    with started(command, environment, folder / "app.log", f"{address}/_stcore/health"):
        yield Council(address, provider, store)
    store.close()


@pytest.fixture(autouse=True)
def people(council: Council) -> None:
    """Three people of the council, each with their own role, known to the provider."""
    for email, role in ROLES.items():
        council.store.give_access(CODE, Access(email=email, role=role), SET_UP)
        known_to(council.provider, email)


def known_to(provider: str, email: str, account: str = "", **claims: object) -> None:
    """What the provider says of this person, who signs in with an account of the same name unless it is said."""
    told = {"email": email, "email_verified": True, "name": email.partition("@")[0].title(), **claims}
    answer = httpx.put(f"{provider}/users/{quote(account or email)}", json=told)
    assert answer.status_code == 204


@pytest.fixture
def somebody(browser: Browser, council: Council) -> Iterator[Callable[[], Visit]]:
    """A browser nobody has signed in with yet."""
    visits: list[Visit] = []

    def new() -> Visit:
        visits.append(Visit(browser, council.address, theme="light", width=1280, besides=council.provider))
        return visits[-1]

    yield new
    for one in visits:
        one.close()


def sign_in(seen: Visit, email: str, page: str = "", **asked: str) -> None:
    """Opens a page, goes to the provider from the sign-in page, and comes back."""
    seen.open(page, asked)
    seen.page.get_by_role("button", name=BUTTON).click()
    seen.page.get_by_placeholder("sub").fill(email)
    seen.page.get_by_role("button", name="Authorize").click()
    seen.page.wait_for_url(f"{seen.site}/**")
    seen.settle()
    seen.console_errors.clear()  # the provider's own page asks another site for its stylesheet
    seen.asked_elsewhere.clear()


def menu_of(seen: Visit) -> list[str]:
    return seen.page.get_by_test_id("stSidebarNavLink").all_inner_texts()


def with_cookie(seen: Visit, secret: str, council: Council, **claims: object) -> None:
    """Puts a cookie into the browser: what it says of a director, signed with this secret."""
    now = int(time.time())
    told = {
        "origin": council.address, "is_logged_in": True, "provider": "council", "iss": council.provider,
        "sub": DIRECTOR, "aud": CLIENT, "email": DIRECTOR, "iat": now, "exp": now + 3600, **claims,
    }  # fmt: skip
    value = create_signed_value(secret, COOKIE, json.dumps(told)).decode()
    seen.context.add_cookies([{"name": COOKIE, "value": value, "url": council.address}])


def test_a_fresh_server_visited_first_at_a_deep_address_shows_the_sign_in_page_and_nothing_else(
    somebody: Callable[[], Visit],
) -> None:
    """The first test of this file: nobody has been on this server before."""
    seen = somebody()

    seen.open("training", {"programme": CODE, "role": "administrator"})

    expect(seen.page.get_by_role("heading", level=1)).to_have_text("Sign in to SoS Tracker")
    assert seen.page.title() == "Sign in – SoS Tracker"
    assert "Cheshire" not in seen.page.inner_text("body")
    assert menu_of(seen) == []
    assert seen.faults() == []
    assert seen.accessibility_faults() == []


def test_three_people_sign_in_and_find_three_menus(somebody: Callable[[], Visit]) -> None:
    found = {}
    for email in (MEMBER, DIRECTOR, MANAGER):
        seen = somebody()
        sign_in(seen, email)
        expect(seen.page.get_by_text(email)).to_be_visible()
        found[email] = menu_of(seen)
        assert seen.faults() == []

    assert found == MENUS
    assert "Progress summary" in found[MEMBER]
    assert "Overview" not in found[MEMBER]
    assert "Import files" not in found[DIRECTOR]
    assert "People" not in found[MANAGER]


def test_the_page_asked_for_first_is_the_one_seen_after_signing_in(somebody: Callable[[], Visit]) -> None:
    seen = somebody()

    sign_in(seen, DIRECTOR, "training", programme=CODE, as_at="2018-01-31")

    expect(seen.main.get_by_text("As at 31 January 2018.").first).to_be_visible()
    expect(seen.page).to_have_url(re.compile(r"/training\?.*as_at=2018-01-31"))


def test_signing_out_leaves_only_the_sign_in_page_also_for_a_copy_of_the_cookie(
    somebody: Callable[[], Visit],
) -> None:
    seen = somebody()
    sign_in(seen, DIRECTOR)
    copied = [cookie for cookie in seen.context.cookies() if cookie["name"].startswith(COOKIE)]

    seen.page.get_by_role("button", name="Sign out").click()
    seen.page.wait_for_url(re.compile("end_session|localhost"))
    thief = somebody()
    thief.context.add_cookies(copied)  # type: ignore[arg-type]  # playwright's own two types of one cookie
    thief.open("overview", {})

    seen.open("overview", {})
    for each in (seen, thief):
        expect(each.page.get_by_role("button", name=BUTTON)).to_be_visible()
        assert "Cheshire" not in each.page.inner_text("body")
    expect(thief.page.get_by_text("You are signed out.")).to_be_visible()


def test_somebody_removed_loses_access_at_the_next_run_and_the_download_before_it(
    somebody: Callable[[], Visit], council: Council
) -> None:
    seen = somebody()
    sign_in(seen, DIRECTOR, "overview", programme=CODE, as_at="2018-05-10")
    offered = seen.page.get_by_role("button", name="Download figures (csv)")
    expect(offered).to_be_visible()

    council.store.remove_access(CODE, DIRECTOR, SET_UP)
    files: list[object] = []
    seen.page.on("download", lambda file: files.append(file))
    offered.click()
    seen.page.wait_for_timeout(1500)

    assert files == []
    seen.open("training", {"programme": CODE})
    expect(seen.page.get_by_text("nobody has given this address access yet")).to_be_visible()
    assert "Cheshire" not in seen.page.inner_text("body")


def test_an_address_given_to_somebody_else_does_not_bring_the_access_along(
    somebody: Callable[[], Visit], council: Council
) -> None:
    sign_in(somebody(), MEMBER)
    known_to(council.provider, MEMBER, "somebody-else")

    other = somebody()
    sign_in(other, "somebody-else")

    assert menu_of(other) == []
    expect(other.page.get_by_text("nobody has given this address access yet")).to_be_visible()


def test_a_token_for_another_service_is_refused(somebody: Callable[[], Visit], council: Council) -> None:
    known_to(council.provider, DIRECTOR, aud="another-service")
    seen = somebody()

    sign_in(seen, DIRECTOR)

    assert menu_of(seen) == []
    expect(seen.page.get_by_role("button", name=BUTTON)).to_be_visible()


@pytest.mark.parametrize(
    ("secret", "claims", "sentence"),
    [
        (COOKIE_SECRET, {"aud": "another-service"}, "made for another service"),
        (COOKIE_SECRET, {"iat": 1_500_000_000, "exp": 1_500_003_600}, "too old"),
        (COOKIE_SECRET, {"email_verified": False}, "has not checked your e-mail address"),
        (COOKIE_SECRET, {"origin": "https://elsewhere.example.org"}, ""),
        ("a secret somebody made up", {}, ""),
    ],
    ids=["for another service", "expired", "unverified", "of another site", "forged"],
)
def test_a_cookie_that_is_not_right_lets_nobody_in(
    somebody: Callable[[], Visit], council: Council, secret: str, claims: dict[str, object], sentence: str
) -> None:
    seen = somebody()
    with_cookie(seen, secret, council, **claims)

    seen.open("overview", {"programme": CODE})

    expect(seen.page.get_by_role("button", name=BUTTON)).to_be_visible()
    expect(seen.main).to_contain_text(sentence)
    assert menu_of(seen) == []
    assert "Cheshire" not in seen.page.inner_text("body")


def test_the_same_cookie_rightly_made_lets_the_director_in(somebody: Callable[[], Visit], council: Council) -> None:
    """What the refusals above are worth."""
    seen = somebody()
    with_cookie(seen, COOKIE_SECRET, council)

    seen.open("overview", {"programme": CODE})

    assert menu_of(seen) == MENUS[DIRECTOR]
