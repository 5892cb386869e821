"""Who somebody is by Streamlit's signed cookie, for requests that no page answers."""

from collections.abc import Mapping
from datetime import UTC, datetime

from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME
from streamlit.web.server.starlette.starlette_websocket import (
    _get_signed_cookie_with_chunks,
    _parse_decoded_user_cookie,
)

from sos_tracker.actions.sign_in import identity_of
from sos_tracker.records.access import Identity, SignInRules
from sos_tracker.settings import settings

# Streamlit has no public door to what it signed: these two are how its own pages read it, and tests sign in with them.


def identify(cookies: Mapping[str, str], rules: SignInRules) -> Identity | None:
    """The person the cookie names, if it is signed by us and made for our address. Raises SignInRefused."""
    signed = _get_signed_cookie_with_chunks(dict(cookies), USER_COOKIE_NAME)
    claims = _parse_decoded_user_cookie(signed, settings().address) if signed else {}
    if claims.get("is_logged_in") is not True:
        return None
    return identity_of(claims, rules, datetime.now(UTC))
