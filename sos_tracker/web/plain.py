"""A plain route: an address answered without Streamlit, and who may have it. No route is without a decision."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from sos_tracker.records.access import Permission

Endpoint = Callable[[Request], Response] | Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True)
class Open:
    """Answered whoever asks: ``why`` that is right stands beside the route, and what the endpoint itself checks."""

    why: str


@dataclass(frozen=True)
class PlainRoute:
    """``path`` as Starlette writes it. Where ``decision`` is a permission it is asked before the endpoint is reached:
    in the programme ``{code}`` of the path, or in any programme where the path names none."""

    path: str
    endpoint: Endpoint
    decision: Permission | Open
