"""What every answer says a browser may do with it."""

import re

import pytest

from sos_tracker.web.headers import pages_policy
from tests.web.conftest import ADDRESS, PROVIDER, STREAMLIT_PAGE, Shell

BROWSER = {"accept": "text/html"}


@pytest.mark.parametrize("path", ["/healthz", "/overview", "/fault", "/nothing/here", "/_stcore/metrics"])
def test_every_answer_has_the_headers(around: Shell, path: str) -> None:
    headers = around().get(path, headers=BROWSER).headers

    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]


def test_pages_run_scripts_of_this_server_and_no_others(around: Shell) -> None:
    policy = _policy(around().get("/overview", headers=BROWSER).headers["content-security-policy"])

    assert "'self'" in policy["script-src"]
    assert not {"'unsafe-inline'", "'unsafe-eval'", "blob:", "data:", "https:", "*"} & set(policy["script-src"])
    assert policy["connect-src"] == ["'self'", "ws://localhost:8501", "wss://localhost:8501"]


def test_every_inline_script_of_the_pinned_streamlit_is_known_by_its_hash() -> None:
    document = STREAMLIT_PAGE.read_bytes()
    inline = re.findall(rb"<script(?![^>]*\bsrc=)[^>]*>", document)

    assert pages_policy(document, "localhost").count("'sha256-") == len(inline) == 1


def test_plain_answers_run_no_script_at_all(around: Shell) -> None:
    policy = _policy(around().get("/healthz").headers["content-security-policy"])

    assert "script-src" not in policy
    assert policy["default-src"] == ["'none'"]


def test_a_host_that_is_none_is_not_written_into_the_policy() -> None:
    assert "evil" not in pages_policy(b"", "localhost; script-src evil")


def test_an_encrypted_address_stays_so(around: Shell) -> None:
    answer = around(at=ADDRESS, **PROVIDER).get("/oauth2callback")

    assert answer.headers["strict-transport-security"].startswith("max-age=31536000")
    assert all("; Secure" in cookie for cookie in answer.headers.get_list("set-cookie"))


def test_an_address_of_this_computer_promises_no_encryption(around: Shell) -> None:
    answer = around().get("/oauth2callback")

    assert "strict-transport-security" not in answer.headers
    assert not any("Secure" in cookie for cookie in answer.headers.get_list("set-cookie"))


def test_the_cookie_of_a_sign_in_goes_when_the_sign_in_may_last_no_longer(around: Shell) -> None:
    cookies = around(SOS_TRACKER_LONGEST_HOURS="8").get("/oauth2callback").headers.get_list("set-cookie")

    assert "Max-Age=28800" in next(cookie for cookie in cookies if cookie.startswith("_streamlit_user="))


def _policy(header: str) -> dict[str, list[str]]:
    return {name: values for name, *values in (part.split() for part in header.split(";"))}
