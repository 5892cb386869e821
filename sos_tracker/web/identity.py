"""Who asks for a plain route: the same person, with the same roles, as on the pages."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sos_tracker.actions import sign_in
from sos_tracker.actions.sign_in import SignedIn, SignInRefused
from sos_tracker.records.access import Identity, Permission, Role, SignInRules, permissions_of
from sos_tracker.settings import Settings, SignIn, settings
from sos_tracker.web.answers import refusal
from sos_tracker.web.database import store
from sos_tracker.web.limits import UPLOADS

Identify = Callable[[Mapping[str, str], SignInRules], Identity | None]
"""Reads the identity provider's word out of the cookies of a request. Raises SignInRefused."""

_IDENTIFY = "sos_tracker.identify"
_FILES = {UPLOADS: Permission.RECORD, "/media/": Permission.READ_PROGRESS}
"""Addresses of Streamlit's own under which files come in and go out, and what somebody must be allowed somewhere. What
members may take away are papers, which have routes of their own."""


def who(request: Request) -> SignedIn | None:
    """Who asks, and their roles at this moment; None for nobody. It asks the store: not for the event loop's thread."""
    known = settings()
    if known.sign_in is SignIn.THIS_COMPUTER:
        return _at_this_computer(request)
    try:
        identity = _identity(request, known)
        return sign_in.arrive(store(), identity, known.sign_in_rules, datetime.now(UTC)) if identity else None
    except SignInRefused:
        return None


def _at_this_computer(request: Request) -> SignedIn:
    """Whoever is at this computer tries the roles, as on the pages: project manager unless the address says another."""
    asked = request.query_params.get("role", "")
    role = Role(asked) if asked in set(Role) else Role.PROJECT_MANAGER
    name = role.capitalize()
    return SignedIn(Identity(name, name, subject=""), {one.code: role for one in store().programmes()})


def _identity(request: Request, known: Settings) -> Identity | None:
    if known.sign_in is SignIn.PROXY:
        named = request.headers.getlist(known.proxy_header)
        return sign_in.identity_from_proxy(named[0]) if len(named) == 1 else None
    identify: Identify = request.scope[_IDENTIFY]
    return identify(request.cookies, known.sign_in_rules)


class FilesForTheSignedIn:
    """Lets files in and out for those alone who may have them somewhere; tells plain routes how to know a person."""

    def __init__(self, app: ASGIApp, *, identify: Identify) -> None:
        self.app = app
        self._identify = identify

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        scope = {**scope, _IDENTIFY: self._identify}
        needed = _needed(scope["path"])
        if needed is None:
            await self.app(scope, receive, send)
        elif await run_in_threadpool(_may_somewhere, Request(scope), needed):
            await self.app(scope, receive, _not_kept(send))
        else:
            words = "Sign in with an account that has access, and try again."
            await refusal(scope, 403, "You cannot have this file", words)(scope, receive, send)


def _not_kept(send: Send) -> Send:
    """Of a file nothing stays behind in the browser or on the way: the next reader there may not have it."""

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            kept = [(name, value) for name, value in message["headers"] if name != b"cache-control"]
            message = {**message, "headers": [*kept, (b"cache-control", b"no-store")]}
        await send(message)

    return sent


def _needed(path: str) -> Permission | None:
    """What a file asks for. The icon of the pages is the one picture among them: charts are drawn in the page."""
    if path.startswith("/media/") and path.endswith((".png", ".jpg")):
        return None
    return next((needed for under, needed in _FILES.items() if path.startswith(under)), None)


def _may_somewhere(request: Request, needed: Permission) -> bool:
    if settings().sign_in is SignIn.THIS_COMPUTER:
        return True
    signed_in = who(request)
    return signed_in is not None and any(needed in permissions_of(role) for role in signed_in.roles.values())
