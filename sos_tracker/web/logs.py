"""The log: one line of JSON for each request and each fault. Nobody's address, name or e-mail stands in it."""

import logging
import secrets
import sys
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import TextIO

import orjson

LOG = logging.getLogger("sos_tracker")
request_id: ContextVar[str] = ContextVar("request_id", default="")
"""The request being answered; "" outside one."""

_FACTS = ("request", "method", "path", "status", "ms", "bytes", "reference")
_SECRET_PREFIXES = ("/shared/", "/media/", "/_stcore/upload_file/")  # what follows opens something
_ALPHABET = "ABCDEFGHJKLMNPQRTUVWXY346789"  # none that is mistaken for another when it is read out
_CAUSES = 5
_LONGEST_PATH = 200


class JsonLines(logging.Formatter):
    """A log record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "message": record.getMessage(),
        }
        line |= {"request": request_id.get()} if request_id.get() else {}
        line |= {name: record.__dict__[name] for name in _FACTS if name in record.__dict__}
        if record.exc_info and record.exc_info[0] is not None:
            line["traceback"] = places(record.exc_info[1])
        return orjson.dumps(line, default=str).decode()


def configure(stream: TextIO | None = None) -> None:
    """Sends everything this process logs to one place, as JSON; Streamlit's and the server's own words too.

    Called again, it takes over the loggers made meanwhile.
    """
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonLines())
    logging.root.handlers = [handler]
    logging.root.setLevel(logging.WARNING)
    LOG.setLevel(logging.INFO)
    for name in list(logging.root.manager.loggerDict):
        if name.partition(".")[0] in {"streamlit", "uvicorn"}:
            other = logging.getLogger(name)
            other.handlers, other.propagate = [], True
    # it names the address of everybody who connects
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)
    logging.getLogger("uvicorn.access").disabled = True


def reference(fault: BaseException | None = None, *, where: str = "A page") -> str:
    """A short name for a fault, told to the reader; it is in the log beside the traceback. ``where`` it happened."""
    name = "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(2))
    LOG.error("%s failed.", where, exc_info=fault, extra={"reference": name})
    return name


def places(fault: BaseException | None) -> list[str]:
    """What kind of fault, and the lines that led to it; then its causes. Its own words are left out: the database's
    quote the values it was given, and values are people's."""
    told: list[str] = []
    while fault is not None and len(told) < _CAUSES:
        lines = (f"{at.filename}:{at.lineno} {at.name}" for at in traceback.extract_tb(fault.__traceback__))
        told.append(f"{type(fault).__name__}: {' > '.join(lines)}")
        fault = fault.__cause__ or fault.__context__
    return told


def shown_path(path: str) -> str:
    """A path as it may stand in the log: without what opens a paper, a file or a session, and without e-mails."""
    for prefix in _SECRET_PREFIXES:
        if path.startswith(prefix):
            return f"{prefix}…"
    parts = ["…" if "@" in part else part for part in path.split("/")]
    return "/".join(parts)[:_LONGEST_PATH]
