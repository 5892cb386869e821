"""What stands around the pages, put together in its order, from the outside in."""

from starlette.middleware import Middleware

from sos_tracker.settings import Settings
from sos_tracker.web.answers import EveryRequest
from sos_tracker.web.deep_link import DeepLink
from sos_tracker.web.document import OurDocument
from sos_tracker.web.guards import Guard
from sos_tracker.web.headers import SecurityHeaders
from sos_tracker.web.identity import FilesForTheSignedIn, Identify
from sos_tracker.web.limits import Bounds, Limits


def middleware(known: Settings, identify: Identify, upload_bytes: int) -> list[Middleware]:
    """``identify`` knows a person by their cookies; ``upload_bytes`` is the largest file taken."""
    encrypted = known.address.startswith("https://")
    return [
        Middleware(SecurityHeaders, encrypted=encrypted, longest_seconds=known.longest_hours * 3600),
        Middleware(EveryRequest),
        Middleware(Guard, known=known),
        Middleware(Limits, bounds=Bounds(upload_bytes=upload_bytes + _FRAMING), proxies=known.proxy_addresses),
        Middleware(FilesForTheSignedIn, identify=identify),
        Middleware(DeepLink),
        Middleware(OurDocument),
    ]


_FRAMING = 1024 * 1024  # around the file, in the form it is sent in; Streamlit allows as much
