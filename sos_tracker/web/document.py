"""Streamlit's own page made ours: language, first title, our files, what it says without JavaScript, its policy."""

import re

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sos_tracker.web.headers import pages_policy

ASSETS = "/assets"
_HEAD = (
    "<title>SoS Tracker</title>"
    f'<link rel="stylesheet" href="{ASSETS}/pages.css"><link rel="stylesheet" href="{ASSETS}/accessibility.css">'
    f'<script src="{ASSETS}/accessibility.js" defer></script>'
)
_WITHOUT_SCRIPT = (
    "<noscript><h1>SoS Tracker</h1><p>These pages need JavaScript, which is switched off in this browser. "
    '<a href="/plain">Read the progress summary as a plain page</a> instead.</p></noscript>'
)
NOSCRIPT = re.compile(rb"<noscript>.*?</noscript>", re.DOTALL)
UNWANTED_LINKS = re.compile(rb'<link\s+rel="(?:preload"\s+href="[^"]*"\s+as="font|service-desc)"[^>]*>')
"""Streamlit's own font, half a megabyte that our pages do not use, and its description of an interface we close."""

_MARK = b"<title>Streamlit</title>"


def rewritten(document: bytes) -> bytes:
    """Streamlit's page as ours; whatever is not Streamlit's page comes back as it is."""
    if _MARK not in document:
        return document
    ours = document.replace(b'<html lang="en">', b'<html lang="en-GB">', 1)
    ours = ours.replace(_MARK, _HEAD.encode(), 1)
    ours = UNWANTED_LINKS.sub(b"", ours)
    return NOSCRIPT.sub(_WITHOUT_SCRIPT.encode(), ours, count=1)


class OurDocument:
    """Gives Streamlit's page its ours-ness on the way out; every other answer passes untouched."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        host = Headers(scope=scope).get("host", "")
        if b"text/html" in dict(scope["headers"]).get(b"accept", b""):
            unwanted = (b"accept-encoding", b"if-none-match", b"if-modified-since")
            scope = {**scope, "headers": [(name, value) for name, value in scope["headers"] if name not in unwanted]}
        await self.app(scope, receive, _Rewriter(send, host).send)


class _Rewriter:
    """Holds back an HTML answer until it is whole, and sends it rewritten; lets everything else through."""

    def __init__(self, send: Send, host: str) -> None:
        self._send = send
        self._host = host
        self._start: Message | None = None
        self._body = b""

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = dict(message["headers"])
            html = headers.get(b"content-type", b"").startswith(b"text/html")
            if html and b"content-encoding" not in headers:
                self._start = message
                return
        elif self._start is not None and message["type"] == "http.response.body":
            self._body += message.get("body", b"")
            if message.get("more_body"):
                return
            message = await self._begin(self._start)
        await self._send(message)

    async def _begin(self, start: Message) -> Message:
        body = rewritten(self._body)
        if body != self._body:
            stale = (b"content-length", b"etag", b"last-modified", b"content-security-policy")
            headers = [(name, value) for name, value in start["headers"] if name not in stale]
            headers += [
                (b"content-length", str(len(body)).encode()),
                (b"content-security-policy", pages_policy(self._body, self._host).encode()),
            ]
            start = {**start, "headers": headers}
        await self._send(start)
        self._start = None
        return {"type": "http.response.body", "body": body}
