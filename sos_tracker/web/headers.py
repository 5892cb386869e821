"""The headers of every answer: what a browser may do with it. The policies are built here and nowhere else."""

import base64
import hashlib
import re

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_INLINE_SCRIPT = re.compile(rb"<script>(.*?)</script>", re.DOTALL)
_A_HOST = re.compile(r"[A-Za-z0-9.\-]+(:\d+)?|\[[0-9a-fA-F:.]+\](:\d+)?")
PLAIN_POLICY = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""Of everything but Streamlit's document: no script at all."""

_NOT_NEEDED = (
    b"accelerometer", b"camera", b"display-capture", b"geolocation", b"gyroscope", b"magnetometer", b"microphone",
    b"midi", b"payment", b"usb",
)  # fmt: skip
_ALWAYS = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"content-security-policy", PLAIN_POLICY.encode()),
    (b"permissions-policy", b", ".join(b"%s=()" % each for each in _NOT_NEEDED)),
)
_STRICT_TRANSPORT = (b"strict-transport-security", b"max-age=31536000")
_SIGN_IN_COOKIES = (b"_streamlit_", b"sos_")


def pages_policy(document: bytes, host: str) -> str:
    """The policy of the pages: scripts of this server alone, and those written into Streamlit's own ``document``.

    Styles may be inline, as Streamlit writes them so; ``host`` is named for websockets, which not every browser takes
    'self' to include.
    """
    hashes = " ".join(f"'sha256-{_digest(script)}'" for script in _INLINE_SCRIPT.findall(document))
    sockets = f" ws://{host} wss://{host}" if _A_HOST.fullmatch(host) else ""
    return (
        f"default-src 'none'; script-src 'self' 'wasm-unsafe-eval' {hashes}; style-src 'self' 'unsafe-inline'; "
        f"img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'{sockets}; worker-src 'self'; "
        "manifest-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
    )


def _digest(script: bytes) -> str:
    return base64.b64encode(hashlib.sha256(script).digest()).decode()


class SecurityHeaders:
    """Adds the headers to every answer; what an answer brings of its own it keeps.

    Where the public address is https, cookies travel encrypted only; a sign-in's last no longer than
    ``longest_seconds``.
    """

    def __init__(self, app: ASGIApp, *, encrypted: bool, longest_seconds: int) -> None:
        self.app = app
        self._encrypted = encrypted
        self._ours = [*_ALWAYS, *([_STRICT_TRANSPORT] if encrypted else [])]
        self._max_age = f"Max-Age={longest_seconds}".encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] in {"http.response.start", "websocket.http.response.start", "websocket.accept"}:
                message = {**message, "headers": self._headers(list(message.get("headers") or ()))}
            await send(message)

        await self.app(scope, receive, with_headers)

    def _headers(self, given: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
        kept = [(name, self._cookie(value) if name == b"set-cookie" else value) for name, value in given]
        brought = {name for name, _ in kept}
        return [*kept, *((name, value) for name, value in self._ours if name not in brought)]

    def _cookie(self, value: bytes) -> bytes:
        if not value.startswith(_SIGN_IN_COOKIES):
            return value
        if value.startswith(b"_streamlit_user"):
            value = re.sub(rb"Max-Age=[1-9]\d*", self._max_age, value)
        return value + b"; Secure" if self._encrypted and b"; secure" not in value.lower() else value
