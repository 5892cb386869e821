"""What serving the pages needs of Streamlit: its settings and secrets, where it listens, the warm-up."""

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
from streamlit.runtime.secrets import SecretsValue

from sos_tracker.settings import Settings, SignIn

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


def secrets(known: Settings) -> dict[str, SecretsValue] | None:
    """What Streamlit's login is told of the identity provider; None where people do not sign in through one."""
    if known.sign_in is not SignIn.PROVIDER:
        return None
    from sos_tracker.ui.session import PROVIDER  # not before it is known whether the app may start: it takes a second

    address, signed_with = known.address.rstrip("/"), known.cookie_secret()
    config.set_option("server.cookieSecret", signed_with)  # of the cookie that holds while somebody is at the provider
    scope = "openid email profile"
    if "group_claim" in known.model_fields_set and known.group_claim == "groups":
        scope += " groups"  # asked for only when set: some providers refuse a scope they do not know
    council: dict[str, SecretsValue] = {
        "client_id": known.oidc_client_id,
        "client_secret": known.client_secret(),
        "server_metadata_url": known.oidc_metadata_url,
        "client_kwargs": {"scope": scope, "prompt": "select_account"},
    }
    return {"auth": {"redirect_uri": f"{address}/oauth2callback", "cookie_secret": signed_with, PROVIDER: council}}


def upload_bytes() -> int:
    """The largest file a person may send."""
    return int(config.get_option("server.maxUploadSize")) * 1024 * 1024


def close_what_anybody_may_ask() -> None:
    """Leaves two messages unanswered that whoever has a page open may send, signed in or not: to empty every reader's
    caches, and to tell the repository this runs from, with the names of files changed in it."""
    from streamlit.runtime.app_session import AppSession

    for asked in UNANSWERED:
        setattr(AppSession, asked, _unanswered)


UNANSWERED = ("_handle_clear_cache_request", "_handle_git_information_request")


def _unanswered(_session: object) -> None:
    return


def lifespan(on_start: Callable[[], None]) -> Callable[[st.App], AbstractAsyncContextManager[dict[str, object]]]:
    """Imports what pages need and takes it out of the collector's sight: a rerun then costs a fifth of what it did."""

    @asynccontextmanager
    async def while_running(_app: st.App) -> AsyncIterator[dict[str, object]]:
        for module in _WARMED:
            import_module(module)
        on_start()
        close_what_anybody_may_ask()
        gc.collect()
        gc.freeze()
        yield {}
        gc.unfreeze()

    return while_running
