"""What stands around the pages: who may reach the app, the document's language and title, our files, the warm-up."""

import gc
import ipaddress
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config

FRAME = Path(__file__).parent / "frame.py"
ASSETS = "/assets"
_HEAD = (
    "<title>SoS Tracker</title>"
    f'<link rel="stylesheet" href="{ASSETS}/pages.css"><link rel="stylesheet" href="{ASSETS}/accessibility.css">'
    f'<script src="{ASSETS}/accessibility.js" defer></script>'
)
WEB_FONT = re.compile(rb'<link\s+rel="preload"\s+href="[^"]*"\s+as="font"[^>]*>')
"""Streamlit's own font, half a megabyte that our pages do not use."""
_SECURITY = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),
)
_OWN_HOSTS = {"localhost", "127.0.0.1", "[::1]", "testserver"}
_WARMED = (
    "pandas", "plotly.graph_objects",
    "sos_tracker.charts.svg", "sos_tracker.charts.plotly_figure", "sos_tracker.measures.catalogue",
    "sos_tracker.measures.attention", "sos_tracker.actions.importing", "sos_tracker.exports", "sos_tracker.ui.cached",
    "sos_tracker.ui.chart_parts", "sos_tracker.ui.drill_down", "sos_tracker.ui.import_parts", "sos_tracker.ui.parts",
    "sos_tracker.ui.spreads", "sos_tracker.ui.summary",
)  # fmt: skip


def hold_settings_of(main_script: Path) -> None:
    """Makes ``.streamlit/config.toml`` beside the main script hold under ``uvicorn app:app`` from any folder too."""
    if config._main_script_path is None:  # noqa: SLF001 - what Streamlit's own App.run does; there is no public door
        config._main_script_path = str(main_script.resolve())  # noqa: SLF001


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[dict[str, object]]:
    """Imports what pages need and takes it out of the collector's sight: a rerun then costs a fifth of what it did."""
    for module in _WARMED:
        import_module(module)
    gc.collect()
    gc.freeze()
    yield {}
    gc.unfreeze()


class ThisComputerOnly:
    """Refuses whoever is not on this computer: without sign-in everybody who reaches the app may do everything."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in {"http", "websocket"} or _is_local(scope):
            await self.app(scope, receive, send)
        elif scope["type"] == "http":
            words = "SoS Tracker has no sign-in set up, so it answers this computer only.\n"
            await PlainTextResponse(words, status_code=403)(scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": 1008})


def _is_local(scope: Scope) -> bool:
    client = scope.get("client")
    host = Request({**scope, "type": "http"}).headers.get("host", "").lower()
    name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
    return (client is None or client[0] == "testclient" or _is_loopback(client[0])) and name in _OWN_HOSTS


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


class OurDocument:
    """Gives Streamlit's page our language, a first title, and our stylesheets and script; adds the plain headers."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if b"text/html" in dict(scope["headers"]).get(b"accept", b""):
            unwanted = (b"accept-encoding", b"if-none-match", b"if-modified-since")
            scope = {**scope, "headers": [(name, value) for name, value in scope["headers"] if name not in unwanted]}
        await self.app(scope, receive, _Rewriter(send).send)


class _Rewriter:
    """Holds back an HTML answer until it is whole, and sends it rewritten; lets everything else through."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._start: Message | None = None
        self._body = b""

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = [*message["headers"], *_SECURITY]
            message = {**message, "headers": headers}
            if dict(headers).get(b"content-type", b"").startswith(b"text/html"):
                self._start = message
                return
        elif self._start is not None and message["type"] == "http.response.body":
            self._body += message.get("body", b"")
            if message.get("more_body"):
                return
            message = await self._begin()
        await self._send(message)

    async def _begin(self) -> Message:
        start = self._start
        if start is None:
            raise RuntimeError("The body of an answer came before its beginning.")
        body = self._body.replace(b'<html lang="en">', b'<html lang="en-GB">', 1)
        body = body.replace(b"<title>Streamlit</title>", _HEAD.encode(), 1)
        body = WEB_FONT.sub(b"", body, count=1)
        if self._body:
            stale = (b"content-length", b"etag", b"last-modified")
            headers = [(name, value) for name, value in start["headers"] if name not in stale]
            start = {**start, "headers": [*headers, (b"content-length", str(len(body)).encode())]}
        await self._send(start)
        self._start = None
        return {"type": "http.response.body", "body": body}


ROUTES = [Mount(ASSETS, StaticFiles(directory=Path(__file__).parent / "static"))]
MIDDLEWARE = [Middleware(ThisComputerOnly), Middleware(OurDocument)]
