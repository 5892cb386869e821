"""What serving the pages needs of Streamlit: its settings, where it listens, the warm-up, the page of a fault."""

import gc
import os
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import click
import streamlit as st
from streamlit import config

FRAME = Path(__file__).parent / "frame.py"
_ANYWHERE = "0.0.0.0"  # noqa: S104 - what Streamlit listens on where it is told nothing
_WARMED = (
    "pandas", "plotly.graph_objects",
    "sos_tracker.charts.svg", "sos_tracker.charts.plotly_figure", "sos_tracker.measures.catalogue",
    "sos_tracker.measures.attention", "sos_tracker.actions.importing", "sos_tracker.exports", "sos_tracker.ui.cached",
    "sos_tracker.ui.chart_parts", "sos_tracker.ui.drill_down", "sos_tracker.ui.import_parts", "sos_tracker.ui.parts",
    "sos_tracker.ui.spreads", "sos_tracker.ui.summary",
)  # fmt: skip


def hold_settings_of(main_script: Path) -> None:
    """Makes ``.streamlit/config.toml`` beside the main script hold under ``uvicorn app:app`` from any folder too."""
    if config._main_script_path is None:  # noqa: SLF001 - what Streamlit's own App.run does; there is no public door
        config._main_script_path = str(main_script.resolve())  # noqa: SLF001


class Listening(NamedTuple):
    """Where the app was asked to listen ("" where that cannot be seen), and whether the server believes what requests
    say of the address they come from."""

    host: str
    rewrites_peers: bool


def listening() -> Listening:
    """How this process was asked to serve: by ``streamlit run``, ``uvicorn``, or ``sos-tracker run``."""
    if config._server_mode == "starlette-app":  # noqa: SLF001 - set by "streamlit run" and by nothing else
        return Listening(config.get_option("server.address") or _ANYWHERE, rewrites_peers=True)
    believes = os.environ.get("FORWARDED_ALLOW_IPS") != ""
    asked = click.get_current_context(silent=True)
    if asked is not None and "proxy_headers" in asked.params:
        return Listening(str(asked.params.get("host") or ""), rewrites_peers=bool(asked.params["proxy_headers"]))
    return Listening(os.environ.get("UVICORN_HOST", ""), believes)


def upload_bytes() -> int:
    """The largest file a person may send."""
    return int(config.get_option("server.maxUploadSize")) * 1024 * 1024


def lifespan(on_start: Callable[[], None]) -> Callable[[st.App], AbstractAsyncContextManager[dict[str, object]]]:
    """Imports what pages need and takes it out of the collector's sight: a rerun then costs a fifth of what it did."""

    @asynccontextmanager
    async def while_running(_app: st.App) -> AsyncIterator[dict[str, object]]:
        for module in _WARMED:
            import_module(module)
        on_start()
        gc.collect()
        gc.freeze()
        yield {}
        gc.unfreeze()

    return while_running


def error_page(reference: Callable[[BaseException], str]) -> Callable[[Exception], bool]:
    """What a reader sees of a fault on a page: a sentence and a reference, which the log has beside the traceback."""

    def show(fault: Exception) -> bool:
        told = reference(fault)
        st.error(
            f"This page could not be shown. Try again; if it happens again, give your administrator the reference "
            f"{told}."
        )
        return True

    return show
