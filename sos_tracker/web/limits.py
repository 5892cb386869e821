"""What is too much: large, slow or many. It is refused early, and the server stays there for everybody else."""

import asyncio
import time
from collections import Counter, OrderedDict, deque
from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sos_tracker.web import addresses, logs
from sos_tracker.web.answers import refusal

UPLOADS = "/_stcore/upload_file/"
SIGN_IN = frozenset({"/auth/login", "/oauth2callback"})
_CLOSED = ("/_stcore/metrics", "/_stcore/agent", "/_stcore/script-health-check")
"""Of Streamlit's own addresses, what tells more than anybody needs: answered as if they were not there."""

_LONGEST_NUMBER = 15  # digits of a size


@dataclass(frozen=True)
class Bounds:
    """How much is too much."""

    upload_bytes: int
    other_bytes: int = 64 * 1024
    address_bytes: int = 8 * 1024  # path and query
    header_bytes: int = 48 * 1024  # a sign-in with many groups is a cookie of some 20 KB
    patience_seconds: float = 20  # for a body, beyond what the slowest line needs
    slowest_bytes_a_second: int = 16 * 1024
    sign_ins_a_minute: int = 60  # from one address, which may be a whole council's; a sign-in is two
    sockets: int = 300  # open at once from one address: as many tabs


class TooMuch(Exception):
    """A body that is larger or slower than it may be."""

    def __init__(self, status: int, title: str, words: str) -> None:
        super().__init__(words)
        self.status, self.title, self.words = status, title, words

    def answer(self, scope: Scope) -> Response:
        # what is still coming is not read: the connection ends with the answer
        return refusal(scope, self.status, self.title, self.words, {"connection": "close"})


class Attempts:
    """Counts attempts to sign in by where they come from; the newest ten thousand places are remembered."""

    _PLACES = 10_000
    _SECONDS = 60.0

    def __init__(self, a_minute: int) -> None:
        self._a_minute = a_minute
        self._made: OrderedDict[str, deque[float]] = OrderedDict()
        self._told_at = float("-inf")

    def allow(self, place: str, now: float | None = None) -> bool:
        """Whether one more may be made. Refusals are logged, but not each of them."""
        now = time.monotonic() if now is None else now
        made = self._made.setdefault(place, deque(maxlen=self._a_minute))
        self._made.move_to_end(place)
        if len(self._made) > self._PLACES:
            self._made.popitem(last=False)
        while made and now - made[0] >= self._SECONDS:
            made.popleft()
        if len(made) < self._a_minute:
            made.append(now)
            return True
        if now - self._told_at >= self._SECONDS:
            self._told_at = now
            logs.LOG.warning("too many attempts to sign in from one address: more are refused for a minute")
        return False


class _Body:
    """The body of one request as it comes in, counted and timed."""

    def __init__(self, receive: Receive, largest: int, bounds: Bounds) -> None:
        self._receive = receive
        self._largest = largest
        self._bounds = bounds
        self._began = time.monotonic()
        self._bytes = 0
        self._whole = False

    async def receive(self) -> Message:
        if self._whole:  # what is waited for now is the reader leaving
            return await self._receive()
        allowed = self._bounds.patience_seconds + self._bytes / self._bounds.slowest_bytes_a_second
        left = self._began + allowed - time.monotonic()
        try:
            message = await asyncio.wait_for(self._receive(), max(left, 0))
        except TimeoutError:
            raise TooMuch(408, "Too slow", "What you sent came in too slowly. Try again.") from None
        self._bytes += len(message.get("body", b""))
        self._whole = not message.get("more_body", False)
        if self._bytes > self._largest:
            raise _too_large(self._largest)
        return message


def _too_large(largest: int) -> TooMuch:
    size = f"{largest // 1024**2} MB" if largest >= 1024**2 else f"{largest // 1024} KB"
    return TooMuch(413, "Too large", f"What you sent is larger than {size}, the most that is taken.")


class Limits:
    """Refuses what is too large, too slow or too often."""

    def __init__(self, app: ASGIApp, *, bounds: Bounds, proxies: frozenset[str] = frozenset()) -> None:
        self.app = app
        self._bounds = bounds
        self._proxies = proxies
        self._attempts = Attempts(bounds.sign_ins_a_minute)
        self._sockets: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await self._socket(scope, receive, send)
        elif scope["type"] == "http":
            answer = self._at_once(scope)
            await (answer or self._with_bounded_body)(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    def _at_once(self, scope: Scope) -> Response | None:
        """What can be refused before anything is read."""
        bounds, path = self._bounds, scope["path"]
        if path.startswith(_CLOSED):
            return refusal(scope, 404, "Not found", "There is nothing at this address.")
        if ".." in path.split("/") or "\\" in path or any(sign < " " for sign in path):
            return refusal(scope, 400, "No such address", "An address cannot be written like this.")
        if len(scope.get("raw_path") or path) + len(scope["query_string"]) > bounds.address_bytes:
            return refusal(scope, 414, "The address is too long", "Go to the first page and choose again.")
        if sum(len(name) + len(value) for name, value in scope["headers"]) > bounds.header_bytes:
            return refusal(scope, 431, "Too many cookies", "Delete this site's cookies and sign in again.")
        if path in SIGN_IN and not self._attempts.allow(addresses.asking(scope, self._proxies)):
            words = "There were too many attempts to sign in from your network. Wait a minute and try again."
            return refusal(scope, 429, "Wait a minute", words, {"retry-after": "60"})
        declared = Headers(scope=scope).get("content-length", "0")
        if not declared.isdecimal() or len(declared) > _LONGEST_NUMBER or int(declared) > self._largest(scope):
            return _too_large(self._largest(scope)).answer(scope)
        return None

    def _largest(self, scope: Scope) -> int:
        return self._bounds.upload_bytes if scope["path"].startswith(UPLOADS) else self._bounds.other_bytes

    async def _with_bounded_body(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = _Body(receive, self._largest(scope), self._bounds)
        begun = False

        async def watched(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(scope, body.receive, watched)
        except TooMuch as fault:
            logs.LOG.warning("%s", fault)
            if begun:
                raise
            await fault.answer(scope)(scope, receive, send)

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        who = addresses.asking(scope, self._proxies)
        if self._sockets[who] >= self._bounds.sockets:
            logs.LOG.warning("too many pages are open from one address")
            await send({"type": "websocket.close", "code": 1013})
            return
        self._sockets[who] += 1
        try:
            await self.app(scope, receive, send)
        finally:
            self._sockets[who] -= 1
            if not self._sockets[who]:
                del self._sockets[who]
