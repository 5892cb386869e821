"""Who may reach the app, by how people sign in."""

from collections.abc import Mapping

import pytest
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from sos_tracker.settings import settings
from sos_tracker.web.guards import CannotServe, Server, require_safe
from tests.web.conftest import ADDRESS, HERE, PROVIDER, PROXY, Shell

BROWSER = {"accept": "text/html"}


@pytest.mark.parametrize(
    ("peer", "at"), [("127.0.0.1", HERE), ("::1", "http://[::1]:8501"), ("::ffff:127.0.0.1", HERE)]
)
def test_without_sign_in_this_computer_is_answered(around: Shell, peer: str, at: str) -> None:
    assert around(peer, at).get("/overview").status_code == 200


@pytest.mark.parametrize(
    ("peer", "headers"),
    [
        ("10.0.0.7", {}),
        ("127.0.0.1", {"host": "evil.example"}),
        ("127.0.0.1", {"host": "localhost@evil.example"}),
        ("127.0.0.1", {"x-forwarded-for": "127.0.0.1"}),
        ("127.0.0.1", {"forwarded": "for=10.0.0.7"}),
        ("not an address", {}),
    ],
)
def test_without_sign_in_nobody_else_is(around: Shell, peer: str, headers: Mapping[str, str]) -> None:
    answer = around(peer).get("/overview", headers=dict(headers))

    assert answer.status_code == 403
    assert "this computer only" in answer.text


def test_a_websocket_from_elsewhere_or_of_another_site_is_closed(around: Shell) -> None:
    assert not _opens(around("10.0.0.7"))
    assert not _opens(around(), origin="http://localhost:3000")
    assert _opens(around(), origin=HERE)


def test_another_site_cannot_send_anything(around: Shell) -> None:
    assert around().put("/_stcore/upload_file/a/b", headers={"origin": "https://evil.example"}).status_code == 403
    assert around().put("/_stcore/upload_file/a/b", headers={"origin": HERE}).status_code == 200


def test_with_a_provider_only_the_public_name_is_served(around: Shell) -> None:
    client = around("10.0.0.7", ADDRESS, **PROVIDER)

    assert client.get("/overview").status_code == 200
    assert client.get("/overview", headers={"host": "tracker.council.gov.uk:443"}).status_code == 200
    assert client.get("/overview", headers={"host": "10.0.0.1"}).status_code == 403
    assert client.get("/healthz", headers={"host": "localhost:8501"}).status_code == 403
    assert not _opens(client, origin="https://evil.example")
    assert _opens(client, origin=ADDRESS)


def test_health_can_be_asked_from_the_same_computer_however_people_sign_in(around: Shell) -> None:
    assert around(**PROVIDER).get("/healthz").status_code == 200
    assert around(**PROVIDER).get("/overview").status_code == 403


def test_a_sign_in_holds_under_one_name_so_other_names_of_this_computer_lead_there(around: Shell) -> None:
    client = around(at="http://127.0.0.1:8501", **(PROVIDER | {"SOS_TRACKER_ADDRESS": HERE}))

    answer = client.get("/training?programme=CE-SOS", headers=BROWSER)

    assert answer.headers["location"] == f"{HERE}/training?programme=CE-SOS"
    assert (
        client.get("http://127.0.0.1:8501//evil.example", headers=BROWSER).headers["location"] == f"{HERE}/evil.example"
    )


def test_behind_a_proxy_only_the_proxy_is_answered(around: Shell) -> None:
    inside, outside, here = around("10.0.0.5", **PROXY), around("10.0.0.6", **PROXY), around(**PROXY)

    assert inside.get("/overview").status_code == 200
    assert outside.get("/overview", headers={"x-forwarded-for": "10.0.0.5"}).status_code == 403
    assert here.get("/overview").status_code == 403
    assert here.get("/healthz").status_code == 200


@pytest.mark.parametrize(
    ("set_to", "server", "says"),
    [
        ({}, Server("0.0.0.0", rewrites_peers=True), "SOS_TRACKER_OIDC_METADATA_URL"),  # noqa: S104 - refused
        ({}, Server("tracker.council.gov.uk", rewrites_peers=False), "no sign-in is set up"),
        (PROXY, Server("10.0.0.1", rewrites_peers=True), "sos-tracker run"),
    ],
)
def test_what_would_let_in_anybody_is_not_started(
    monkeypatch: pytest.MonkeyPatch, set_to: Mapping[str, str], server: Server, says: str
) -> None:
    with pytest.raises(CannotServe, match=says):
        _require_safe(monkeypatch, set_to, server)


@pytest.mark.parametrize(
    ("set_to", "server"),
    [
        ({}, Server("localhost", rewrites_peers=True)),
        ({}, Server("", rewrites_peers=True)),
        (PROXY, Server("10.0.0.1", rewrites_peers=False)),
        (PROVIDER, Server("0.0.0.0", rewrites_peers=True)),  # noqa: S104 - people sign in
    ],
)
def test_what_is_safe_is_started(monkeypatch: pytest.MonkeyPatch, set_to: Mapping[str, str], server: Server) -> None:
    _require_safe(monkeypatch, set_to, server)


def _require_safe(monkeypatch: pytest.MonkeyPatch, set_to: Mapping[str, str], server: Server) -> None:
    for name, value in set_to.items():
        monkeypatch.setenv(name, value)
    settings.cache_clear()
    try:
        require_safe(settings(), server)
    finally:
        settings.cache_clear()


def _opens(client: TestClient, **headers: str) -> bool:
    try:
        address = str(client.base_url).replace("http", "ws", 1)
        with client.websocket_connect(f"{address}/_stcore/stream", headers=headers) as opened:
            opened.send_bytes(b"")
    except WebSocketDisconnect:
        return False
    return True
