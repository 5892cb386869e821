"""What stands around the pages, asked of the running application and of the pinned Streamlit."""

import asyncio
import os
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from starlette.types import Message, Scope

from sos_tracker.ui import serving

ROOT = Path(__file__).parents[2]
SETTINGS = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
PAGE = b'<!DOCTYPE html><html lang="en"><head><title>Streamlit</title></head><body></body></html>'


async def a_page(_scope: Scope, _receive: Any, send: Any) -> None:
    headers = [(b"content-type", b"text/html; charset=utf-8"), (b"content-length", b"%d" % len(PAGE)), (b"etag", b"x")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": PAGE[:40], "more_body": True})
    await send({"type": "http.response.body", "body": PAGE[40:]})


def asked(app: Any, *, client: str = "127.0.0.1", host: str = "localhost:8501", kind: str = "http") -> list[Message]:
    sent: list[Message] = []
    scope = {
        "type": kind, "method": "GET", "path": "/", "query_string": b"", "client": (client, 5000),
        "headers": [(b"host", host.encode()), (b"accept", b"text/html")],
    }  # fmt: skip

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request"}

    asyncio.run(app(scope, receive, send))
    return sent


def test_the_document_speaks_british_english_and_has_a_title_and_our_script() -> None:
    start, body = asked(serving.OurDocument(a_page))

    assert b'<html lang="en-GB">' in body["body"]
    assert b"<title>SoS Tracker</title>" in body["body"]
    assert b"/assets/accessibility.js" in body["body"]
    assert (b"content-length", b"%d" % len(body["body"])) in start["headers"]
    assert b"etag" not in dict(start["headers"])


def test_the_pinned_streamlit_still_has_the_marks_that_are_rewritten() -> None:
    import streamlit

    page = (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")

    assert '<html lang="en">' in page
    assert "<title>Streamlit</title>" in page
    assert serving.WEB_FONT.search(page.encode())


@pytest.mark.parametrize(("client", "host"), [("10.0.0.7", "localhost"), ("127.0.0.1", "evil.example")])
def test_whoever_is_not_on_this_computer_is_refused(client: str, host: str) -> None:
    start, body = asked(serving.ThisComputerOnly(a_page), client=client, host=host)

    assert start["status"] == 403
    assert b"this computer only" in body["body"]


def test_a_websocket_from_elsewhere_is_closed() -> None:
    sent = asked(serving.ThisComputerOnly(a_page), client="10.0.0.7", kind="websocket")

    assert sent == [{"type": "websocket.close", "code": 1008}]


@pytest.mark.parametrize(("client", "host"), [("127.0.0.1", "localhost:8501"), ("::1", "[::1]:8501"), ("::1", "[::1]")])
def test_this_computer_is_answered(client: str, host: str) -> None:
    start, *_ = asked(serving.ThisComputerOnly(a_page), client=client, host=host)

    assert start["status"] == 200


def test_every_setting_is_known_to_the_pinned_streamlit() -> None:
    from streamlit import config

    known = config.get_config_options()

    names = [f"{section}.{name}" for section, values in SETTINGS.items() for name in _flat(values)]
    assert [name for name in names if name not in known] == []
    assert SETTINGS["runner"]["postScriptGC"] is False


def _flat(values: dict[str, Any], before: str = "") -> list[str]:
    return [
        each
        for name, value in values.items()
        for each in (_flat(value, f"{before}{name}.") if isinstance(value, dict) else [f"{before}{name}"])
    ]


def test_the_address_is_this_computer() -> None:
    assert SETTINGS["server"]["address"] == "localhost"
    assert SETTINGS["server"]["port"] == 8501


def test_the_settings_hold_under_uvicorn_from_any_folder(tmp_path: Path) -> None:
    asked = (
        "import app; from streamlit import config; print(config.get_option('runner.postScriptGC'), app.app.script_path)"
    )

    said = subprocess.run(
        [sys.executable, "-c", asked], cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert said.stdout.split() == ["False", str(serving.FRAME)]
