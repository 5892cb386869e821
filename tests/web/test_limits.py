"""What is too large, too slow or too often."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.types import Message

from sos_tracker.web.limits import Attempts, Bounds, Limits
from tests.web.conftest import PROVIDER, PROXY, UPLOAD_BYTES, Shell

UPLOAD = "/_stcore/upload_file/session/file"
TOO_LARGE = UPLOAD_BYTES + 1024**2 + 1


def test_a_file_up_to_the_limit_is_taken(around: Shell) -> None:
    assert around().put(UPLOAD, content=b"x" * UPLOAD_BYTES).text == str(UPLOAD_BYTES)


def test_a_file_that_says_it_is_larger_is_refused_unread(around: Shell) -> None:
    answer = around().put(UPLOAD, content=b"x" * TOO_LARGE)

    assert answer.status_code == 413
    assert "larger than 1 MB" in answer.text


def test_a_file_that_does_not_say_how_large_it_is_is_counted(around: Shell) -> None:
    def pieces() -> Iterator[bytes]:
        for _ in range(TOO_LARGE // 65536 + 1):
            yield b"x" * 65536

    assert around().put(UPLOAD, content=pieces()).status_code == 413


def test_what_is_sent_elsewhere_is_small(around: Shell) -> None:
    assert around().post("/overview", content=b"x" * 70_000).status_code == 413

    for size in ("-1", "9" * 5000, "²"):
        assert around().get("/overview", headers={b"content-length": size.encode()}).status_code == 413


def test_a_body_that_trickles_in_is_not_waited_for() -> None:
    async def reads_it(_scope: Any, receive: Any, _send: Any) -> None:
        while (await receive()).get("more_body"):
            pass

    async def trickle() -> Message:
        await asyncio.sleep(0.02)
        return {"type": "http.request", "body": b"x", "more_body": True}

    bounds = Bounds(upload_bytes=1000, patience_seconds=0.05)

    assert _asked(Limits(reads_it, bounds=bounds), trickle)[0]["status"] == 408


def test_an_answer_may_take_its_time_once_the_request_is_whole(around: Shell) -> None:
    """The server's ``receive`` then waits for the reader to leave, which is no slow body."""

    async def takes_its_time(_scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await receive()
        await send({"type": "http.response.start", "status": 200, "headers": []})

    messages: list[Message] = [{"type": "http.request", "body": b""}, {"type": "http.disconnect"}]

    async def one_by_one() -> Message:
        await asyncio.sleep(0.03)
        return messages.pop(0)

    bounds = Bounds(upload_bytes=1000, patience_seconds=0.05)

    assert _asked(Limits(takes_its_time, bounds=bounds), one_by_one)[0]["status"] == 200


def test_addresses_and_headers_have_an_end(around: Shell) -> None:
    assert around().get("/overview?" + "x" * 9000).status_code == 414
    assert around().get("/overview", headers={"x-long": "x" * 50_000}).status_code == 431


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/script-health-check", "/_stcore/agent/openapi.json"])
def test_what_streamlit_tells_of_itself_is_not_there(around: Shell, path: str) -> None:
    assert around().get(path).status_code == 404
    assert around().post("/_stcore/agent/interact").status_code == 404


@pytest.mark.parametrize(
    "path", ["/assets/%2e%2e/serving.py", "/assets/..%2f..%2fsettings.py", "/media/..%5c..%5cx", "/x%00y", "/a%0d%0ab"]
)
def test_a_path_leads_nowhere_else(around: Shell, path: str) -> None:
    answer = around().get(path)

    assert answer.status_code == 400
    assert "import" not in answer.text


def test_two_hundred_attempts_to_sign_in_are_too_many_and_others_are_still_answered(around: Shell) -> None:
    client = around()

    answers = [client.get("/auth/login") for _ in range(200)]

    assert [answer.status_code for answer in answers] == [302] * 60 + [429] * 140
    assert answers[-1].headers["retry-after"] == "60"
    assert client.get("/overview").status_code == 200


def test_behind_a_proxy_attempts_are_counted_by_whom_it_answers_for(around: Shell) -> None:
    client = around("10.0.0.5", **PROXY)

    for _ in range(60):
        client.get("/auth/login", headers={"x-forwarded-for": "1.2.3.4, 192.168.0.1"})

    assert client.get("/auth/login", headers={"x-forwarded-for": "9.9.9.9, 192.168.0.1"}).status_code == 429
    assert client.get("/auth/login", headers={"x-forwarded-for": "192.168.0.2"}).status_code == 302


def test_nobody_escapes_the_count_by_inventing_addresses(around: Shell) -> None:
    client = around("203.0.113.9", "https://tracker.council.gov.uk", **PROVIDER)

    answers = [client.get("/auth/login", headers={"x-forwarded-for": f"10.1.1.{n}"}).status_code for n in range(61)]

    assert answers[-1] == 429


def test_a_minute_later_signing_in_can_be_tried_again() -> None:
    attempts = Attempts(2)

    assert [attempts.allow("a", now) for now in (0, 10, 20, 60, 61, 70)] == [True, True, False, True, False, True]


def test_attempts_from_everywhere_do_not_fill_the_memory() -> None:
    attempts = Attempts(2)

    for number in range(10_050):
        attempts.allow(str(number), 0)

    assert len(attempts._made) == 10_000


def test_one_address_has_so_many_pages_open_and_no_more() -> None:
    async def stays_open(_scope: Any, receive: Any, _send: Any) -> None:
        await receive()

    async def open_three() -> list[Message]:
        limits = Limits(stays_open, bounds=Bounds(upload_bytes=1, sockets=2))
        left = asyncio.Event()
        sent: list[Message] = []

        async def receive() -> Message:
            await left.wait()
            return {"type": "websocket.disconnect"}

        async def send(message: Message) -> None:
            sent.append(message)

        scope = {"type": "websocket", "client": ("10.0.0.9", 1), "headers": [], "path": "/_stcore/stream"}
        pages = [asyncio.create_task(limits(scope, receive, send)) for _ in range(3)]
        await asyncio.sleep(0)
        left.set()
        await asyncio.gather(*pages)
        assert not limits._sockets
        return sent

    assert asyncio.run(open_three()) == [{"type": "websocket.close", "code": 1013}]


def _asked(app: Limits, receive: Any) -> list[Message]:
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {
        "type": "http", "method": "PUT", "path": UPLOAD, "query_string": b"", "headers": [], "client": ("1.1.1.1", 1)
    }  # fmt: skip
    asyncio.run(app(scope, receive, send))
    return sent
