"""The plain routes: each with a decision, each decision kept; the same people as on the pages."""

from pathlib import Path

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route

from sos_tracker.records.access import Permission
from sos_tracker.store import Store
from sos_tracker.web import routes, who
from sos_tracker.web.plain import Open, PlainRoute
from tests.web.conftest import ADDRESS, CODE, OTHER, PROVIDER, PROXY, Shell, cookie_of

UPLOAD = "/_stcore/upload_file/session/file"


def test_every_route_has_a_decision() -> None:
    served = routes.routes()

    assert [one.path for one in served if isinstance(one, Route)] == [one.path for one in routes.ROUTES]
    assert [one.path for one in served if isinstance(one, Mount)] == ["/assets"]
    assert [one.path for one in routes.ROUTES if not isinstance(one.decision, Permission | Open)] == []
    assert [one.path for one in routes.ROUTES if isinstance(one.decision, Open) and not one.decision.why] == []


def test_health_is_ready_and_says_nothing_else(around: Shell) -> None:
    answer = around().get("/healthz")

    assert (answer.status_code, answer.text) == (200, "ready\n")


@pytest.mark.parametrize("name", ["none.db", "empty.db"])
def test_health_is_not_ready_without_a_database_of_this_version(around: Shell, tmp_path: Path, name: str) -> None:
    (tmp_path / "empty.db").touch()
    _let_health_ask_again()

    answer = around(DATABASE_URL=f"sqlite:///{(tmp_path / name).as_posix()}").get("/healthz")

    assert (answer.status_code, answer.text) == (503, "not ready\n")
    assert not (tmp_path / "none.db").exists()
    _let_health_ask_again()


@pytest.mark.parametrize("url", ["nonsense", "postgresql://nobody@127.0.0.1:1/none"])
def test_health_is_not_ready_where_no_database_answers(around: Shell, url: str) -> None:
    _let_health_ask_again()

    assert around(DATABASE_URL=url).get("/healthz").status_code == 503
    _let_health_ask_again()


@pytest.mark.parametrize(
    ("person", "path", "status"),
    [
        (None, f"/one/{CODE}", 403),
        ("stranger", f"/one/{CODE}", 404),
        ("member", f"/one/{CODE}", 403),
        ("director", f"/one/{CODE}", 200),
        ("director", f"/one/{CODE.lower()}", 200),
        ("director", f"/one/{OTHER}", 404),
        ("director", "/one/NONE", 404),
        ("member", "/any", 403),
        ("director", "/any", 200),
        (None, "/open", 200),
    ],
)
def test_a_decision_is_kept(with_routes: Shell, person: str | None, path: str, status: int) -> None:
    client = with_routes(at=ADDRESS, **PROVIDER)
    client.cookies.update(cookie_of(person) if person else {})

    assert client.get(path).status_code == status


@pytest.mark.parametrize(
    "claims",
    [
        {"aud": "another"},
        {"origin": "https://evil.example"},
        {"is_logged_in": False},
        {"iat": 1_500_000_000},
        {"email": ""},
    ],
)
def test_a_cookie_that_is_not_a_sign_in_here_is_nobody(with_routes: Shell, claims: dict[str, object]) -> None:
    client = with_routes(at=ADDRESS, **PROVIDER)
    client.cookies.update(cookie_of("director", **claims))

    assert client.get("/open").text == "nobody"


def test_a_forged_cookie_is_nobody(with_routes: Shell) -> None:
    client = with_routes(at=ADDRESS, **PROVIDER)
    client.cookies.update({"_streamlit_user": cookie_of("director")["_streamlit_user"][:-3] + "abc"})

    assert client.get("/open").text == "nobody"


def test_behind_a_proxy_its_header_is_the_person(with_routes: Shell) -> None:
    client = with_routes("10.0.0.5", **PROXY)

    named = client.get("/open", headers={"x-council-email": "Director@council.gov.uk"}).text
    twice = client.get("/open", headers=[("x-council-email", "a@b.uk"), ("x-council-email", "director@council.gov.uk")])

    assert named == "director@council.gov.uk director"
    assert twice.text == client.get("/open").text == "nobody"


def test_on_this_computer_the_address_says_which_role_is_tried(with_routes: Shell) -> None:
    client = with_routes()

    assert client.get("/open").text == "Project manager project manager"
    assert client.get("/open?role=member").text == "Member member"
    assert client.get("/one/CE-SOS?role=member").status_code == 403


@pytest.mark.parametrize(
    ("person", "read", "sent"), [(None, 403, 403), ("member", 403, 403), ("director", 200, 403), ("manager", 200, 200)]
)
def test_files_go_out_to_people_with_access_and_come_in_from_those_who_import(
    around: Shell, person: str | None, read: int, sent: int
) -> None:
    client = around(at=ADDRESS, **PROVIDER)
    client.cookies.update(cookie_of(person) if person else {})

    assert client.get("/media/figures.csv").status_code == read
    assert read == 403 or client.get("/media/figures.csv").headers["cache-control"] == "no-store"
    assert client.put(UPLOAD, content=b"a file").status_code == sent


def test_access_taken_away_is_gone_at_the_next_request(around: Shell, database: Store, administrator: object) -> None:
    from sos_tracker.records.access import Actor, Role

    client = around(at=ADDRESS, **PROVIDER)
    client.cookies.update(cookie_of("director"))
    assert client.get("/media/figures.csv").status_code == 200

    database.remove_access(CODE, "director@council.gov.uk", Actor("Administrator", Role.ADMINISTRATOR, CODE))

    assert client.get("/media/figures.csv").status_code == 403


def seen(request: Request) -> Response:
    found = who(request)
    return PlainTextResponse(f"{found.identity.email} {found.roles[CODE]}" if found else "nobody")


@pytest.fixture
def with_routes(around: Shell, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """The shell with a route of each kind."""
    kinds = [
        PlainRoute("/one/{code}", seen, Permission.READ_PROGRESS),
        PlainRoute("/any", seen, Permission.READ_PROGRESS),
        PlainRoute("/open", seen, Open("says who asks")),
    ]
    monkeypatch.setattr(routes, "ROUTES", kinds)
    return around


def _let_health_ask_again() -> None:
    from sos_tracker.web import health

    health._readiness = health._Readiness()
