"""What stands outermost: every request is named and logged, and a fault anywhere becomes an answer with a reference."""

import secrets
import time
from html import escape

from starlette.requests import ClientDisconnect
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sos_tracker.web import logs

_PAGE = (
    '<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title} – SoS Tracker</title>'
    "<style>body{{font:1.1rem/1.5 Arial,Helvetica,sans-serif;max-width:40rem;margin:3rem auto;padding:0 1rem;"
    "color:#0b0c0c;background:#fff}}a{{color:#1a65a6}}</style></head>"
    "<body><main><h1>{title}</h1><p>{words}</p></main></body></html>"
)


def refusal(scope: Scope, status: int, title: str, words: str, headers: dict[str, str] | None = None) -> Response:
    """An answer that says what is the matter: a page for a browser asking for one, else a line of text."""
    if wants_a_page(scope):
        return HTMLResponse(_PAGE.format(title=escape(title), words=escape(words)), status, headers)
    return PlainTextResponse(f"{words}\n", status, headers)


def wants_a_page(scope: Scope) -> bool:
    return scope.get("method") == "GET" and b"text/html" in dict(scope["headers"]).get(b"accept", b"")


class EveryRequest:
    """Names and logs each request, and answers for whatever raises."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        token = logs.request_id.set(secrets.token_hex(6))
        sent = _Sent(send)
        try:
            await self.app(scope, receive, sent.send)
        except ClientDisconnect:
            sent.broken = True  # whoever asked has gone
        except Exception as fault:
            told = logs.reference(fault, where=logs.shown_path(scope["path"]))
            if sent.status or scope["type"] == "websocket":
                sent.broken = True
                raise
            words = f"Try again. If it happens again, give your administrator the reference {told}."
            await refusal(scope, 500, "Something went wrong", words)(scope, receive, sent.send)
        finally:
            sent.log(scope)
            logs.request_id.reset(token)


class _Sent:
    """What has been sent of one answer."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._began = time.monotonic()
        self.status = 0
        self.bytes = 0
        self.broken = False

    async def send(self, message: Message) -> None:
        kind = message["type"]
        if kind in {"http.response.start", "websocket.http.response.start"}:
            self.status = message["status"]
        elif kind == "websocket.accept":
            self.status = 101
        elif kind == "websocket.close":
            self.status = self.status or 403
        self.bytes += len(message.get("body") or message.get("bytes") or b"")
        await self._send(message)

    def log(self, scope: Scope) -> None:
        facts = {
            "method": scope.get("method", "WEBSOCKET"),
            "path": logs.shown_path(scope["path"]),
            "status": self.status,
            "ms": round((time.monotonic() - self._began) * 1000, 1),
            "bytes": self.bytes,
        }
        logs.LOG.info("request broken off" if self.broken else "request", extra=facts)
