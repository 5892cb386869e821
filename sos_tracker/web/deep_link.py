"""The page somebody wanted when they went to sign in: kept through it in a cookie, and gone to after it."""

import re
from urllib.parse import quote, unquote, urlsplit

from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOGIN, RETURN = "/auth/login", "/oauth2callback"
COOKIE = "sos_wanted"
_SECONDS = 600
_A_PAGE = re.compile(r"/[a-z_]*(\?[\x21-\x7e]{0,1500})?")  # of ours, and nothing that leads elsewhere


class DeepLink:
    """Notes the page left for the identity provider; on the way back replaces the first page with it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] not in {LOGIN, RETURN}:
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if scope["path"] == LOGIN:
            change, page = _noted, _page_left(headers)
        else:
            change, page = _sent_to, _page_noted(headers)

        async def changed(message: Message) -> None:
            if message["type"] == "http.response.start" and 300 <= message["status"] < 400:
                message = {**message, "headers": change(list(message["headers"]), page)}
            await send(message)

        await self.app(scope, receive, changed)


_Headers = list[tuple[bytes, bytes]]


def _noted(headers: _Headers, page: str) -> _Headers:
    """With the cookie; without a page, with what takes away one left from before."""
    age = _SECONDS if page else 0
    cookie = f"{COOKIE}={quote(page, safe='')}; Path={RETURN}; Max-Age={age}; HttpOnly; SameSite=Lax"
    return [*headers, (b"set-cookie", cookie.encode())]


def _sent_to(headers: _Headers, page: str) -> _Headers:
    """To the page instead of the first one, and with the cookie taken away."""
    to = page.encode() or b"/"
    return _noted([(name, to if (name, value) == (b"location", b"/") else value) for name, value in headers], "")


def _page_left(headers: Headers) -> str:
    """The page that led to signing in; "" where another site did, or what is no page."""
    left = urlsplit(headers.get("referer", ""))
    page = left.path + (f"?{left.query}" if left.query else "")
    return page if left.netloc == headers.get("host") and _A_PAGE.fullmatch(page) else ""


def _page_noted(headers: Headers) -> str:
    page = unquote(cookie_parser(headers.get("cookie", "")).get(COOKIE, ""))
    return page if _A_PAGE.fullmatch(page) else ""
