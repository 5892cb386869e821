"""Whether the app is ready: the database answers and has the newest schema. It says nothing else."""

import asyncio
import time

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from sos_tracker.settings import settings
from sos_tracker.store import DatabaseFailure, UnknownDatabase
from sos_tracker.web.database import store

_SECONDS_TO_ANSWER = 5
_SECONDS_REMEMBERED = 1


class _Readiness:
    """Asks the database at most once a second, however often and by however many it is asked itself."""

    def __init__(self) -> None:
        self._asking = asyncio.Lock()
        self._asked_at = float("-inf")
        self._ready = False

    async def is_ready(self) -> bool:
        async with self._asking:
            if time.monotonic() - self._asked_at > _SECONDS_REMEMBERED:
                self._ready = await _database_is_ready()
                self._asked_at = time.monotonic()
            return self._ready


async def _database_is_ready() -> bool:
    try:
        asked = to_thread.run_sync(_is_current, abandon_on_cancel=True)
        return await asyncio.wait_for(asked, _SECONDS_TO_ANSWER)
    except (TimeoutError, DatabaseFailure, UnknownDatabase, OSError):
        return False


def _is_current() -> bool:
    file = settings().database_file
    return (file is None or file.exists()) and store().is_current()  # a look at a file that is not there makes one


_readiness = _Readiness()


async def healthz(_request: Request) -> Response:
    ready = await _readiness.is_ready()
    words, status = ("ready\n", 200) if ready else ("not ready\n", 503)
    return PlainTextResponse(words, status, {"cache-control": "no-store"})
