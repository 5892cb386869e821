"""People who come through an identity provider, as Streamlit hands their signed cookie to a page."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from sos_tracker.settings import settings
from sos_tracker.ui import menu, serving
from tests.pages.reader import AS_AT

CLIENT = "sos-tracker"
ISSUER = "https://login.example.gov.uk"


def by_provider(monkeypatch: pytest.MonkeyPatch) -> None:
    """The settings of a tracker that people sign in to."""
    for name, value in {
        "ADDRESS": "https://tracker.example.gov.uk",
        "OIDC_METADATA_URL": f"{ISSUER}/.well-known/openid-configuration",
        "OIDC_CLIENT_ID": CLIENT,
        "OIDC_CLIENT_SECRET": "a secret for tests and nothing else",
        "OIDC_NAME": "Example Council",
    }.items():
        monkeypatch.setenv(f"SOS_TRACKER_{name}", value)
    settings.cache_clear()


def claims(email: str, *, ago: timedelta = timedelta(0), **other: object) -> dict[str, Any]:
    """What the cookie says of somebody who signed in that long ago."""
    signed_in = datetime.now(UTC) - ago
    return {
        "is_logged_in": True, "provider": "council", "iss": ISSUER, "sub": f"account of {email}", "aud": CLIENT,
        "email": email, "email_verified": True, "name": "", "iat": int(signed_in.timestamp()),
        "exp": int((signed_in + timedelta(hours=1)).timestamp()), **other,
    }  # fmt: skip


def nobody() -> dict[str, Any]:
    return {"is_logged_in": False}


def came(user: dict[str, Any], address: str = "", **asked: str) -> AppTest:
    """The app as this person meets it at an address; at the bare one where none is said."""
    page = AppTest.from_file(str(serving.FRAME), default_timeout=60)
    page.user = user
    page.query_params.update({"as_at": AS_AT, **asked})
    page.run()
    if address:
        page.switch_page(f"../../pages/{menu.page_at(address).path}")
        page.query_params.update({"as_at": AS_AT, **asked})
        page.run()
    return page


def asked_for(user: dict[str, Any], address: str, **asked: str) -> AppTest:
    """The app on a session's first run, as the browser of somebody who opens a page's address asks for it."""
    page = AppTest.from_file(str(serving.FRAME), default_timeout=60)
    page.user = user
    page.query_params.update({"as_at": AS_AT, **asked})
    page._page_hash = calc_hash(address) if address else ""
    return page.run()


def alone(file: Path, user: dict[str, Any], remembered: dict[str, object] | None = None, **asked: str) -> AppTest:
    """A page's file run without the frame, with whatever somebody might have put into the session and the address."""
    page = AppTest.from_file(str(file), default_timeout=60)
    page.user = user
    page.query_params.update({"as_at": AS_AT, **asked})
    for name, value in (remembered or {}).items():
        page.session_state[name] = value
    return page.run()
