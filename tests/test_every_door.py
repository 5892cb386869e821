"""Every door: who may pass each page, plain route, file and action, asked of the real gates. What is new and has no
decision fails here.

``tests/pages/test_access.py`` asks each role at each page and each page's file alone; here is what it leaves: somebody
who is administrator of another programme, every plain route, every file to take away, and every action.
"""

import ast
import inspect
import pkgutil
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from importlib import import_module
from pathlib import Path
from types import FunctionType

import orjson
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from sos_tracker import actions
from sos_tracker.actions import publication
from sos_tracker.records.access import Access, Actor, NotAllowed, Permission, Role
from sos_tracker.records.programme import Programme
from sos_tracker.settings import settings
from sos_tracker.store import Store
from sos_tracker.ui import menu, serving, signed_cookie
from sos_tracker.web import routes, shell
from sos_tracker.web.plain import Open, PlainRoute
from tests.conftest import CODE, ROOT
from tests.pages.conftest import nothing_kept  # noqa: F401 - what pages keep is forgotten after each test here too
from tests.pages.reader import words
from tests.pages.signing_in import alone, asked_for, by_provider, claims

OTHER = "OTHER-SOS"
SITE = "https://tracker.example.gov.uk"
SET_UP = Actor("Whoever set it up", Role.ADMINISTRATOR, CODE)
ELSEWHERE = "administrator elsewhere"
PEOPLE: dict[str, Role | None] = {
    "nobody": None,
    "stranger": None,
    **{role.value: role for role in Role},
    ELSEWHERE: None,
}
PAGES = sorted(menu.SIGN_IN.parents[1].glob("**/*.py"))


@pytest.fixture(scope="module")
def peopled(example_database: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A database with the example programme, an edition that is not open to everybody and a link to it; one person of
    each role; and another programme, which has an administrator of its own. With it, the secret of the link."""
    path = Path(shutil.copy(example_database, tmp_path_factory.mktemp("doors") / "council.db"))
    store = Store.open(f"sqlite:///{path.as_posix()}")
    store.add_programme(Programme(code=OTHER, name="Signs of Safety", authority="Other Council"), SET_UP)
    for name, role in PEOPLE.items():
        if role:
            store.give_access(CODE, Access(email=email_of(name), role=role), SET_UP)
    store.give_access(OTHER, Access(email=email_of(ELSEWHERE), role=Role.ADMINISTRATOR), SET_UP)
    publication.publish(store, SET_UP, date(2018, 5, 10))
    token = publication.share(store, SET_UP, 1, 1).token
    store.close()
    return path, token


@pytest.fixture
def council(peopled: tuple[Path, str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """That database, which no test of a door writes to but for who was seen when."""
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{peopled[0].as_posix()}")
    by_provider(monkeypatch)
    store = Store.open(settings().database_url)
    yield store
    store.close()


def email_of(name: str) -> str:
    return f"{name.replace(' ', '.')}@example.gov.uk"


@pytest.fixture
def asking(council: Store) -> Callable[[str], TestClient]:
    """The whole shell, as one person asks it."""
    serving.secrets(settings())
    app = Starlette(
        routes=routes.routes(), middleware=shell.middleware(settings(), signed_cookie.identify, 1024 * 1024)
    )

    def by(name: str) -> TestClient:
        client = TestClient(app, base_url=SITE, raise_server_exceptions=False, follow_redirects=False)
        if name != "nobody":
            told = orjson.dumps({**claims(email_of(name)), "origin": SITE})
            signed = create_signed_value(settings().cookie_secret(), "_streamlit_user", told)
            client.cookies.set("_streamlit_user", signed.decode())
        return client

    return by


# Pages


@pytest.mark.parametrize("page", menu.MENU, ids=lambda page: page.address)
def test_the_administrator_of_another_programme_finds_nothing_of_this_one(council: Store, page: menu.MenuPage) -> None:
    for said in (
        words(asked_for(claims(email_of(ELSEWHERE)), page.address, programme=CODE)),
        words(alone(page.file, claims(email_of(ELSEWHERE)), programme=CODE)),
    ):
        assert said
        assert "Cheshire East" not in said


def test_every_file_under_pages_is_in_the_menu_or_is_the_sign_in_page() -> None:
    assert {page.file.resolve() for page in menu.MENU} == {file.resolve() for file in PAGES} - {menu.SIGN_IN.resolve()}
    assert [page.path for page in menu.MENU if not isinstance(page.permission, Permission)] == []


# Plain routes


EDITION = "/papers/{code}/{number}"
DECIDED: dict[str, Open | Permission] = {
    "/healthz": Open("everybody"),
    "/papers": Open("everybody"),
    "/papers/{code}": Permission.READ_SUMMARY,
    EDITION: Permission.READ_SUMMARY,
    f"{EDITION}/{{name}}": Permission.READ_SUMMARY,
    "/shared/{token}": Open("everybody who has the address"),
    "/shared/{token}/{name}": Open("everybody who has the address"),
    "/plain": Permission.READ_SUMMARY,
    "/plain/{code}": Permission.READ_SUMMARY,
}
"""What each route comes to where no paper is open to everybody: a second writing down, on purpose. A route that is new
or whose decision has changed is decided here again, by somebody who has read this."""


def test_every_route_is_decided_here_too() -> None:
    assert {route.path for route in routes.ROUTES} == set(DECIDED)
    for route in routes.ROUTES:
        if isinstance(route.decision, Permission):
            assert route.decision is DECIDED[route.path]


@pytest.mark.parametrize("route", routes.ROUTES, ids=lambda route: route.path)
@pytest.mark.parametrize("person", PEOPLE)
def test_a_route_answers_whom_it_may_and_nobody_else(
    asking: Callable[[str], TestClient], council: Store, peopled: tuple[Path, str], route: PlainRoute, person: str
) -> None:
    answer = asking(person).get(_filled(route.path, council, peopled[1]))

    decision, role = DECIDED[route.path], PEOPLE[person]
    may = isinstance(decision, Open) or (role is not None and Actor(person, role, CODE).may(decision))
    if route.path == "/plain" and person == ELSEWHERE:
        assert (answer.status_code, answer.headers["location"]) == (303, f"/plain/{OTHER}")
        return
    assert answer.status_code in ((200, 303) if may else (403, 404))
    assert ("Cheshire East" in answer.text) is (may and answer.status_code == 200 and "{" in route.path)


@pytest.mark.parametrize("person", PEOPLE)
def test_streamlits_own_addresses_for_files_are_closed_to_whoever_may_not(
    asking: Callable[[str], TestClient], person: str
) -> None:
    """404 is past the gate: no such file is there."""
    role = PEOPLE[person] or (Role.ADMINISTRATOR if person == ELSEWHERE else None)
    client = asking(person)

    def past(permission: Permission) -> int:
        return 404 if role and Actor(person, role).may(permission) else 403

    assert client.get("/media/figures.csv").status_code == past(Permission.READ_PROGRESS)
    assert client.put("/_stcore/upload_file/session/file", content=b"x").status_code == past(Permission.RECORD)


def _filled(path: str, store: Store, token: str) -> str:
    """The route's address for this programme; a name in it that this test does not know fails."""
    name = store.edition(CODE, 1).files[0].name
    filled = path.format(code=CODE, number=1, token=token, name=name)
    assert "{" not in filled
    return filled


# Files to take away


def _calls(name: str) -> Iterator[tuple[Path, ast.Call]]:
    """Every call of something of this name in the pages and the application."""
    for file in (*ROOT.glob("pages/**/*.py"), *ROOT.glob("sos_tracker/**/*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            called = node.func if isinstance(node, ast.Call) else None
            if isinstance(node, ast.Call) and name in (getattr(called, "attr", ""), getattr(called, "id", "")):
                yield file, node


def test_files_leave_a_page_through_one_door_only() -> None:
    doors = {
        file.relative_to(ROOT).as_posix() for name in ("download_button", "link_button") for file, _ in _calls(name)
    }

    assert doors == {"sos_tracker/ui/downloads.py"}


def test_every_file_offered_names_what_one_must_be_allowed() -> None:
    """And it is more than a member may: what members take away are papers, by their routes."""
    offers = [(file, call) for file, call in _calls("offer") if "downloads" in ast.unparse(call.func)]

    assert offers
    for file, call in offers:
        (asked,) = [word.value for word in call.keywords if word.arg == "permission"]
        permission = Permission[ast.unparse(asked).removeprefix("Permission.")]
        assert not Actor("A member", Role.MEMBER).may(permission), file


# Actions


def _actions() -> list[FunctionType]:
    """Every public function of the actions that does something as somebody."""
    rooms = [import_module(f"{actions.__name__}.{module.name}") for module in pkgutil.iter_modules(actions.__path__)]
    return [
        found
        for room in rooms
        for name, found in vars(room).items()
        if isinstance(found, FunctionType) and found.__module__ == room.__name__ and not name.startswith("_")
        and "actor" in inspect.signature(found).parameters
    ]  # fmt: skip


@pytest.mark.parametrize("action", _actions(), ids=lambda each: f"{each.__module__.rpartition('.')[2]} {each.__name__}")
def test_an_action_asks_its_actor_before_anything_else(action: FunctionType) -> None:
    """Nothing but the actor is there: whatever it touched before asking would fail differently."""
    needed = [each for each in inspect.signature(action).parameters.values() if each.default is each.empty]
    given = {each.name: None for each in needed if each.kind not in (each.VAR_POSITIONAL, each.VAR_KEYWORD)}

    with pytest.raises(NotAllowed):
        action(**{**given, "actor": _Nobody("Somebody", Role.MEMBER, CODE)})


class _Nobody(Actor):
    """May nothing at all, not even what every role may."""

    def may(self, permission: Permission) -> bool:
        return False
