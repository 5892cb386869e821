"""Who may reach the app at all, by how people sign in here; and whether it may be started where it was asked to."""

from dataclasses import dataclass
from urllib.parse import quote

from starlette.datastructures import Headers
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from sos_tracker.settings import LOOPBACK_NAMES, Settings, SignIn
from sos_tracker.web import addresses, logs
from sos_tracker.web.answers import refusal, wants_a_page

HEALTH = "/healthz"


class CannotServe(Exception):
    """The app would be reached by whom it cannot tell apart; the sentence says what to configure."""


@dataclass(frozen=True)
class Server:
    """How the app is being started. ``host``: what it is to listen on; "" where that is not known.

    ``rewrites_peers``: whether the server takes a request's own word for where it comes from.
    """

    host: str
    rewrites_peers: bool


def require_safe(known: Settings, server: Server) -> None:
    """Raises CannotServe, or SettingsIncomplete, where starting would let in whom it should not."""
    sign_in = known.sign_in
    if sign_in is SignIn.THIS_COMPUTER and server.host not in LOOPBACK_NAMES | {""}:
        raise CannotServe(
            f"SoS Tracker was asked to listen on {server.host}, where other computers can reach it, and no sign-in is "
            "set up: whoever reached it could do everything. Set up an OpenID provider (SOS_TRACKER_ADDRESS, "
            "SOS_TRACKER_OIDC_METADATA_URL, SOS_TRACKER_OIDC_CLIENT_ID and SOS_TRACKER_OIDC_CLIENT_SECRET) or a "
            "trusted proxy (SOS_TRACKER_PROXY_ADDRESSES and SOS_TRACKER_PROXY_HEADER), or let it listen on localhost."
        )
    if sign_in is SignIn.PROXY:
        known.proxy_addresses  # noqa: B018 - says now what is no address, not at the first request
        if server.rewrites_peers:
            raise CannotServe(
                "Behind a trusted proxy, start SoS Tracker with 'sos-tracker run' (or uvicorn app:app "
                "--no-proxy-headers): as started, the server would take a request's own word for the address it comes "
                "from, and the proxy could not be told from others."
            )


class Guard:
    """Refuses whoever may not reach the app."""

    def __init__(self, app: ASGIApp, *, known: Settings) -> None:
        self.app = app
        self._known = known
        self._sign_in = known.sign_in
        self._proxies = frozenset(known.proxy_addresses)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        answer = self._answer(scope)
        if answer is None:
            await self.app(scope, receive, send)
        elif scope["type"] == "http":
            await answer(scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": 1008})

    def _answer(self, scope: Scope) -> Response | None:
        """What to say to somebody who may not come in; None for who may."""
        near = addresses.peer(scope)
        if scope["path"] == HEALTH and addresses.is_loopback(near) and addresses.asks_for_this_computer(scope):
            return None
        if self._sign_in is SignIn.THIS_COMPUTER:
            return self._unless_here(scope, near)
        if self._sign_in is SignIn.PROXY and near not in self._proxies:
            return _refused(scope, "SoS Tracker is reached through your council's own sign-in page only.")
        return self._unless_its_address(scope)

    def _unless_here(self, scope: Scope, near: str) -> Response | None:
        here = addresses.is_loopback(near) and addresses.asks_for_this_computer(scope)
        if here and not addresses.was_passed_on(scope) and not _crosses_sites(scope):
            return None
        return _refused(scope, "SoS Tracker has no sign-in set up, so it answers this computer only.")

    def _unless_its_address(self, scope: Scope) -> Response | None:
        address = self._known.address
        if address and not addresses.asks_for(scope, address):
            if addresses.asks_for_this_computer(scope) and wants_a_page(scope) and _is_of_this_computer(address):
                return RedirectResponse(_at(address, scope))  # a sign-in holds under one name only
            return _refused(scope, "SoS Tracker is not served under this name.")
        if _crosses_sites(scope, address):
            return _refused(scope, "SoS Tracker does not answer pages of other sites.")
        return None


def _crosses_sites(scope: Scope, address: str = "") -> bool:
    """A page of another site opening a websocket, or asking for more than to read."""
    return scope.get("method") not in {"GET", "HEAD"} and addresses.from_elsewhere(scope, address)


def _is_of_this_computer(address: str) -> bool:
    return addresses.host_of(address)[0] in LOOPBACK_NAMES


def _at(address: str, scope: Scope) -> str:
    query = scope["query_string"].decode("latin-1")
    return address.rstrip("/") + "/" + quote(scope["path"].lstrip("/\\")) + (f"?{query}" if query else "")


def _refused(scope: Scope, words: str) -> Response:
    logs.LOG.warning("refused at the door: %s", words)
    several = len(Headers(scope=scope).getlist("host")) > 1
    return refusal(scope, 400 if several else 403, "You cannot open this", words)
