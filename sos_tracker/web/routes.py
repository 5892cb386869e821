"""The plain routes: every address that is answered beside the pages, with who may have it."""

from pathlib import Path

from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from sos_tracker.web.document import ASSETS
from sos_tracker.web.health import healthz
from sos_tracker.web.plain import Open, PlainRoute

__all__ = ["ROUTES", "Open", "PlainRoute", "routes"]

_STATIC = Path(__file__).parents[1] / "ui" / "static"

ROUTES: list[PlainRoute] = [
    PlainRoute("/healthz", healthz, Open("says whether the app is ready, and nothing else")),
]


def routes() -> list[BaseRoute]:
    """As the application takes them. Our stylesheets and script are files of the repository, open to everybody."""
    plain = [Route(one.path, one.endpoint, methods=["GET"]) for one in ROUTES]
    return [*plain, Mount(ASSETS, StaticFiles(directory=_STATIC))]
