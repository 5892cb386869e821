"""The app, served: what ``sos-tracker run`` does that other ways of starting it leave to chance."""

import os

import typer
import uvicorn

from sos_tracker.settings import project_root

_LARGEST_MESSAGE = 25 * 1024 * 1024  # as much as Streamlit takes of what a page sends
_MOST_AT_ONCE = 2000  # connections, pages left open included
_SECONDS_TO_FINISH = 10


def run(host: str, port: int) -> None:
    """Serves until it is stopped. Where it may listen is decided by app.py, which knows how people sign in.

    No word of a request is believed about where it comes from, and the server does not name itself.
    """
    folder = project_root()
    if not (folder / "app.py").is_file():
        typer.echo(f"There is no app.py in {folder}: run this in the folder of SoS Tracker.", err=True)
        raise typer.Exit(1)
    os.environ |= {"UVICORN_HOST": host, "FORWARDED_ALLOW_IPS": ""}  # what app.py goes by
    uvicorn.run(
        "app:app", app_dir=str(folder), host=host, port=port, proxy_headers=False, server_header=False,
        access_log=False, log_config=None, ws="websockets-sansio", ws_max_size=_LARGEST_MESSAGE, ws_ping_interval=30,
        ws_ping_timeout=30, ws_per_message_deflate=False, limit_concurrency=_MOST_AT_ONCE,
        timeout_graceful_shutdown=_SECONDS_TO_FINISH,
    )  # fmt: skip


def shown(host: str) -> str:
    """A host as it is typed into a browser."""
    if host in {"0.0.0.0", "::"}:  # noqa: S104 - compared, not listened on
        return "localhost"
    return f"[{host}]" if ":" in host else host
