"""The shell around a small application with Streamlit's addresses: what stands outside the pages, without the pages."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from sos_tracker.records.access import Access, Actor, Role
from sos_tracker.records.programme import Programme
from sos_tracker.settings import settings
from sos_tracker.store import Store
from sos_tracker.ui import serving, signed_cookie
from sos_tracker.web import routes, shell

STREAMLIT_PAGE = Path(streamlit.__file__).parent / "static" / "index.html"
HERE = "http://localhost:8501"
ADDRESS = "https://tracker.council.gov.uk"
PROVIDER = {
    "SOS_TRACKER_ADDRESS": ADDRESS,
    "SOS_TRACKER_OIDC_METADATA_URL": "https://login.council.gov.uk/.well-known/openid-configuration",
    "SOS_TRACKER_OIDC_CLIENT_ID": "tracker",
    "SOS_TRACKER_OIDC_CLIENT_SECRET": "known to the provider and to us",
    "SOS_TRACKER_COOKIE_SECRET": "what the cookies of these tests are signed with",
}
PROXY = {"SOS_TRACKER_PROXY_ADDRESSES": "10.0.0.5", "SOS_TRACKER_PROXY_HEADER": "X-Council-Email"}
CODE, OTHER = "CE-SOS", "MK-SOS"
PEOPLE = {"member": Role.MEMBER, "director": Role.DIRECTOR, "manager": Role.PROJECT_MANAGER}
UPLOAD_BYTES = 4096

Shell = Callable[..., TestClient]


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """Two programmes; one person of each role in the first."""
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{(tmp_path / 'tracker.db').as_posix()}")
    settings.cache_clear()
    store = Store.open(settings().database_url)
    store.migrate()
    for code in (CODE, OTHER):
        actor = Actor("Administrator", Role.ADMINISTRATOR, code)
        store.add_programme(Programme(code=code, name="Signs of Safety", authority="A Council"), actor)
    for name, role in PEOPLE.items():
        store.give_access(CODE, Access(email=f"{name}@council.gov.uk", role=role), actor)
    yield store
    store.close()
    settings.cache_clear()


@pytest.fixture
def around(database: Store, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """The shell as the settings have it: ``around(**PROVIDER)``. ``peer`` is the other end of the connection."""

    def standing(peer: str = "127.0.0.1", at: str = HERE, **set_to: str) -> TestClient:
        for name, value in set_to.items():
            monkeypatch.setenv(name, value)
        settings.cache_clear()
        serving.secrets(settings())
        app = Starlette(
            routes=[*routes.routes(), *_INSIDE],
            middleware=shell.middleware(settings(), signed_cookie.identify, UPLOAD_BYTES),
        )
        return TestClient(app, base_url=at, client=(peer, 5000), raise_server_exceptions=False, follow_redirects=False)

    return standing


def cookie_of(name: str, **claims: object) -> dict[str, str]:
    """The signed cookie of somebody who has signed in through the provider just now."""
    now = int(time.time())
    told = {
        "iss": "https://login.council.gov.uk", "sub": name, "aud": "tracker", "iat": now, "exp": now + 300,
        "email": f"{name}@council.gov.uk", "origin": ADDRESS, "is_logged_in": True, "provider": "council", **claims,
    }  # fmt: skip
    import orjson

    signed = create_signed_value(PROVIDER["SOS_TRACKER_COOKIE_SECRET"], "_streamlit_user", orjson.dumps(told))
    return {"_streamlit_user": signed.decode()}


def _page(_request: Request) -> Response:
    return FileResponse(STREAMLIT_PAGE, media_type="text/html")


def _fault(_request: Request) -> Response:
    raise ValueError("Jane Smith, employee 12345")


async def _upload(request: Request) -> Response:
    return PlainTextResponse(str(len(await request.body())))


def _login(_request: Request) -> Response:
    return RedirectResponse("https://login.council.gov.uk/authorize", 302)


def _callback(_request: Request) -> Response:
    answer = RedirectResponse("/", 302)
    answer.set_cookie("_streamlit_user", "signed", max_age=30 * 24 * 3600, httponly=True, samesite="lax")
    return answer


def _metrics(_request: Request) -> Response:
    return PlainTextResponse("how much memory there is")


async def _stream(websocket: WebSocket) -> None:
    await websocket.accept()
    await websocket.receive_bytes()


_INSIDE = [
    Route("/fault", _fault),
    Route("/_stcore/upload_file/{session}/{file}", _upload, methods=["PUT"]),
    Route("/_stcore/metrics", _metrics),
    Route("/_stcore/agent/interact", _metrics, methods=["POST"]),
    Route("/media/{file}", _metrics),
    Route("/auth/login", _login),
    Route("/oauth2callback", _callback),
    WebSocketRoute("/_stcore/stream", _stream),
    Route("/{page}", _page),
    Route("/", _page),
]
