"""What three people do with the app, by mouse and by keyboard."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Served
from tests.browser.visit import Visit
from tests.conftest import EXAMPLE

Visiting = Callable[..., Visit]
FILES = sorted(file for file in EXAMPLE.iterdir() if file.suffix in (".xlsx", ".csv"))


def test_the_project_manager_checks_stores_and_takes_back_an_import_by_mouse(visit: Visiting, served: Served) -> None:
    seen = visit("import_files", programme=served.walked)
    page = seen.page

    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Upload", exact=True).click()
    chooser.value.set_files(FILES)
    seen.settle()
    page.get_by_role("button", name="Check the files").click()
    expect(page.get_by_role("heading", name="What these files would do")).to_be_visible()
    expect(page.get_by_role("row", name=re.compile("^Attendance 543 0 0", re.IGNORECASE))).to_be_visible()
    seen.show_whole()
    assert seen.faults() == []
    assert seen.accessibility_faults() == []

    asked = page.get_by_text("I have checked these questions, and the files are right")
    if asked.count():
        asked.click()
        seen.settle()
    page.get_by_role("button", name="Store this import").click()
    expect(page.get_by_text(re.compile(r"Import \d+ is stored"))).to_be_visible()
    seen.settle()

    page.get_by_text(re.compile(r"Yes, take back import \d+")).click()
    seen.settle()
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_text(re.compile(r"Import \d+ is taken back"))).to_be_visible()
    assert seen.faults() == []


def test_a_file_that_is_no_table_is_refused_in_a_sentence(visit: Visiting, served: Served, tmp_path: Path) -> None:
    picture = tmp_path / "register.xlsx"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    seen = visit("import_files", programme=served.empty)

    with seen.page.expect_file_chooser() as chooser:
        seen.page.get_by_role("button", name="Upload", exact=True).click()
    chooser.value.set_files(picture)
    seen.settle()
    seen.page.get_by_role("button", name="Check the files").click()

    expect(seen.page.get_by_text("This is a picture, not a table.").first).to_be_visible()
    expect(seen.page.get_by_role("button", name="Store this import")).to_have_count(0)
    assert seen.console_errors == []


def test_a_director_goes_from_what_needs_attention_to_the_rows_by_keyboard(visit: Visiting) -> None:
    seen = visit("overview")

    seen.tab_to("a", "Budget", within="main")
    seen.page.keyboard.press("Enter")
    expect(seen.page).to_have_url(re.compile("/budget"))
    expect(seen.page).to_have_url(re.compile("as_at=2018-05-10"))
    seen.settle()
    rows = seen.main.get_by_role("table", name=re.compile("rows 1 to"))
    expect(rows).to_have_count(1)
    before = rows.inner_text()
    seen.tab_to("input", "Show the rows behind", within="main")
    seen.page.keyboard.press("ArrowDown")
    seen.page.keyboard.press("ArrowDown")
    seen.page.keyboard.press("Enter")
    seen.settle()

    expect(rows).to_have_count(1)
    assert rows.inner_text() != before
    assert seen.faults() == []


def test_a_member_sees_the_figures_of_another_day(visit: Visiting) -> None:
    seen = visit("progress_summary", role="member")
    expect(seen.main.get_by_text("285").first).to_be_visible()

    seen.page.get_by_test_id("stSidebar").get_by_role("combobox", name="Figures as at").click()
    seen.page.get_by_role("option", name="31 January 2018").click()

    expect(seen.main.get_by_text("31 January 2018").first).to_be_visible()
    expect(seen.page).to_have_url(re.compile("as_at=2018-01-31"))
    assert seen.faults() == []


def test_a_member_is_not_shown_a_directors_page(visit: Visiting) -> None:
    seen = visit("overview", role="member")

    assert seen.page.get_by_role("link", name="Overview").count() == 0
    assert "attention" not in seen.page.inner_text("body")


def test_a_filter_is_kept_in_the_address(visit: Visiting) -> None:
    seen = visit("training", agency="Legal Services")

    expect(seen.main.get_by_text("Filtered: Legal Services.")).to_be_visible()
    seen.page.get_by_test_id("stSidebarNav").get_by_role("link", name="Practice leads").click()
    expect(seen.page).to_have_url(re.compile("/practice_leads.*agency=Legal"))


@pytest.mark.parametrize(("file_kind", "start"), [("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK")])
def test_figures_are_taken_away_as_a_file(visit: Visiting, file_kind: str, start: bytes) -> None:
    seen = visit("overview")

    with seen.page.expect_download() as download:
        seen.page.get_by_role("button", name=f"Download figures ({file_kind})").click()

    assert Path(download.value.path()).read_bytes().startswith(start)
    assert download.value.suggested_filename == f"ce-sos_figures_2018-05-10.{file_kind}"
