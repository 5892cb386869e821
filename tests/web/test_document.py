"""Streamlit's page, made ours."""

from sos_tracker.web import document
from tests.web.conftest import STREAMLIT_PAGE, Shell

BROWSER = {"accept": "text/html"}


def test_the_document_speaks_british_english_and_has_a_title_and_our_files(around: Shell) -> None:
    answer = around().get("/overview", headers=BROWSER)

    assert '<html lang="en-GB">' in answer.text
    assert "<title>SoS Tracker</title>" in answer.text
    assert "/assets/accessibility.js" in answer.text
    assert answer.headers["content-length"] == str(len(answer.content))
    assert "etag" not in answer.headers


def test_without_javascript_the_page_points_to_the_plain_summary(around: Shell) -> None:
    text = around().get("/overview", headers=BROWSER).text

    without = text.partition("<noscript>")[2].partition("</noscript>")[0]
    assert 'href="/plain"' in without
    assert "agent" not in text.partition("<body>")[2]


def test_the_pinned_streamlit_still_has_the_marks_that_are_rewritten() -> None:
    page = STREAMLIT_PAGE.read_bytes()

    assert b'<html lang="en">' in page
    assert b"<title>Streamlit</title>" in page
    assert document.NOSCRIPT.search(page)
    assert len(document.UNWANTED_LINKS.findall(page)) == 2


def test_our_own_files_are_there(around: Shell) -> None:
    client = around()

    for name in ("accessibility.js", "accessibility.css", "pages.css", "charts/charts.js"):
        assert client.get(f"/assets/{name}").status_code == 200


def test_another_html_answer_is_left_as_it_is(around: Shell) -> None:
    answer = around().get("/fault", headers=BROWSER)

    assert "/assets/" not in answer.text
    assert "script-src" not in answer.headers["content-security-policy"]
