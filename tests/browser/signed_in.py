"""The app as people sign in to it, and people who have: their cookie is made here, signed as the app signs it."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import orjson
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from tests.browser.conftest import free_port, started
from tests.browser.test_sign_in import CLIENT, COOKIE, COOKIE_SECRET
from tests.conftest import PERSON_KEY

NOWHERE = "http://localhost:9"
"""A provider that does not answer: whoever has a cookie already does not go there."""
CLIENT_SECRET = "known to the provider and to the app alone"


@contextmanager
def signing_in_app(database: str, folder: Path) -> Iterator[str]:
    """The app on a database, for people who sign in through a provider; its address. Its log is ``folder/app.log``."""
    port = free_port()
    address = f"http://localhost:{port}"
    environment = {
        "DATABASE_URL": database,
        "SOS_TRACKER_PERSON_KEY": PERSON_KEY,
        "SOS_TRACKER_ADDRESS": address,
        "SOS_TRACKER_OIDC_METADATA_URL": f"{NOWHERE}/.well-known/openid-configuration",
        "SOS_TRACKER_OIDC_CLIENT_ID": CLIENT,
        "SOS_TRACKER_OIDC_CLIENT_SECRET": CLIENT_SECRET,
        "SOS_TRACKER_COOKIE_SECRET": COOKIE_SECRET,
    }
    command = [sys.executable, "-m", "sos_tracker.cli", "run", "--host", "127.0.0.1", "--port", str(port)]
    with started(command, environment, folder / "app.log", f"{address}/_stcore/health"):
        yield address


def cookies_of(email: str, address: str, **claims: object) -> dict[str, str]:
    """The cookie of somebody who has signed in just now, by name."""
    now = int(time.time())
    told = {
        "origin": address, "is_logged_in": True, "provider": "council", "iss": NOWHERE, "sub": f"account of {email}",
        "aud": CLIENT, "email": email, "email_verified": True, "iat": now, "exp": now + 3600, **claims,
    }  # fmt: skip
    return {COOKIE: create_signed_value(COOKIE_SECRET, COOKIE, orjson.dumps(told)).decode()}
