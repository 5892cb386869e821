"""Who is asking, as far as the connection tells: the peer's address, and the host it asked for."""

import ipaddress
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import Scope

from sos_tracker.settings import LOOPBACK_NAMES

FORWARDED = ("x-forwarded-for", "forwarded", "x-real-ip")
_DEFAULT_PORTS = {"http": 80, "https": 443}


def peer(scope: Scope) -> str:
    """The other end of the connection, written one way; "" where it is not known."""
    client = scope.get("client")
    try:
        address = ipaddress.ip_address(client[0]) if client else None
    except ValueError:
        return ""
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(address or "")


def is_loopback(address: str) -> bool:
    return bool(address) and ipaddress.ip_address(address).is_loopback


def asking(scope: Scope, proxies: frozenset[str]) -> str:
    """Whom to count a request to: behind a proxy of ours the last address it passed on, else the peer.

    Good enough to count by; never to let anybody in by.
    """
    near = peer(scope)
    passed_on = Headers(scope=scope).get("x-forwarded-for", "").rpartition(",")[2].strip()
    return passed_on[:64] if passed_on and (is_loopback(near) or near in proxies) else near


def was_passed_on(scope: Scope) -> bool:
    headers = Headers(scope=scope)
    return any(name in headers for name in FORWARDED)


def host_asked(scope: Scope) -> tuple[str, int | None]:
    """The name and port of the Host header; ("", None) where it has none or what cannot be a host."""
    return _host_of(f"//{Headers(scope=scope).get('host', '')}")


def host_of(address: str) -> tuple[str, int | None]:
    """The name and port of a public address, the usual port named too: https://x -> ("x", 443)."""
    name, port = _host_of(address)
    return name, port or _DEFAULT_PORTS.get(urlsplit(address).scheme)


def asks_for(scope: Scope, address: str) -> bool:
    """Whether the Host header names this public address."""
    name, port = host_asked(scope)
    wanted, wanted_port = host_of(address)
    return name == wanted and (port or _DEFAULT_PORTS.get(urlsplit(address).scheme)) == wanted_port


def asks_for_this_computer(scope: Scope) -> bool:
    return host_asked(scope)[0] in LOOPBACK_NAMES


def from_elsewhere(scope: Scope, address: str = "") -> bool:
    """Whether a page of another site asks, going by the Origin header (which programs other than browsers do not send).

    ``address`` is the public one; without it, the host that was asked.
    """
    headers = Headers(scope=scope)
    origin = headers.get("origin")
    if origin is None:
        return False
    if address:
        return origin != "{0.scheme}://{0.netloc}".format(urlsplit(address))
    return urlsplit(origin).netloc != headers.get("host", "")


def _host_of(address: str) -> tuple[str, int | None]:
    try:
        parts = urlsplit(address)
        if parts.username is not None or parts.path.strip("/") or parts.query:
            return "", None
        return (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return "", None
