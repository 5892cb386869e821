"""The plain routes: every address that is answered beside the pages, with who may have it."""

from inspect import iscoroutinefunction
from pathlib import Path
from typing import cast

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from sos_tracker.settings import SignIn, settings
from sos_tracker.web.answers import refusal
from sos_tracker.web.document import ASSETS
from sos_tracker.web.health import healthz
from sos_tracker.web.identity import who
from sos_tracker.web.papers import PAPER_ROUTES
from sos_tracker.web.plain import Endpoint, Open, PlainRoute

__all__ = ["ROUTES", "Open", "PlainRoute", "decided", "routes"]

_STATIC = Path(__file__).parents[1] / "ui" / "static"

ROUTES: list[PlainRoute] = [
    PlainRoute("/healthz", healthz, Open("says whether the app is ready, and nothing else")),
    *PAPER_ROUTES,
]


def routes() -> list[BaseRoute]:
    """As the application takes them. Our stylesheets and script are files of the repository, open to everybody."""
    plain = [Route(one.path, decided(one), methods=["GET"]) for one in ROUTES]
    return [*plain, Mount(ASSETS, StaticFiles(directory=_STATIC))]


def decided(route: PlainRoute) -> Endpoint:
    """The endpoint behind its decision. A programme somebody has no role in is, to them, not there."""
    needed = route.decision
    if isinstance(needed, Open):
        return route.endpoint

    async def asked(request: Request) -> Response:
        signed_in = await run_in_threadpool(who, request)
        if signed_in is None:
            words = "Open the first page of SoS Tracker, sign in there, and come back."
            return refusal(request.scope, 403, "You are not signed in", words)
        code = request.path_params.get("code")
        codes = signed_in.roles if code is None else [code]
        actors = [actor for one in codes if (actor := signed_in.actor(one)) is not None]
        if code is not None and not actors:
            return refusal(request.scope, 404, "Not found", "There is nothing at this address.")
        nothing_yet = not signed_in.roles and settings().sign_in is SignIn.THIS_COMPUTER
        if not nothing_yet and not any(actor.may(needed) for actor in actors):
            return refusal(request.scope, 403, "You cannot open this", f"Your account may not {needed} here.")
        return await _answered(route.endpoint, request)

    return asked


async def _answered(endpoint: Endpoint, request: Request) -> Response:
    if iscoroutinefunction(endpoint):
        return cast("Response", await endpoint(request))
    return cast("Response", await run_in_threadpool(endpoint, request))
