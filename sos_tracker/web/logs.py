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
_ALPHABET = "23456789BCDFGHJKMNPQRSTVWXZ"  # can be read out over a telephone
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
            line["traceback"] = "".join(traceback.format_exception(*record.exc_info))
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
    name = "".join(secrets.choice(_ALPHABET) for _ in range(8))
    LOG.error("%s failed.", where, exc_info=fault, extra={"reference": name})
    return name


def shown_path(path: str) -> str:
    """A path as it may stand in the log: without what opens a paper, a file or a session, and without e-mails."""
    for prefix in _SECRET_PREFIXES:
        if path.startswith(prefix):
            return f"{prefix}…"
    parts = ["…" if "@" in part else part for part in path.split("/")]
    return "/".join(parts)[:_LONGEST_PATH]
