"""Every page: with the example, with an empty programme, with none; and each reader at each door."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from sos_tracker.records.access import Actor, Role
from sos_tracker.settings import settings
from sos_tracker.store import Store
from sos_tracker.ui import cached, menu, serving, session
from tests.pages.reader import faults, opened, words

ADDRESSES = [page.address for page in menu.MENU]
UNDATED = {"history", "people", "published_papers"}  # show no figure


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.usefixtures("example")
def test_a_page_of_the_example_opens_with_one_heading_its_date_and_its_authority(address: str) -> None:
    page = opened(address)

    assert faults(page) == []
    said = words(page)
    assert said.count("<h1>") == 1
    assert address in UNDATED or "As at 10 May 2018." in said
    assert "Cheshire East Council" in said


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.usefixtures("empty_programme")
def test_a_page_of_an_empty_programme_says_that_there_is_nothing_yet(address: str) -> None:
    page = opened(address)

    assert faults(page) == []
    said = words(page)
    assert said.count("<h1>") == 1
    assert "yet" in said
    assert "A &lt;b&gt;new&lt;/b&gt; council" in said


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.usefixtures("no_programme")
def test_a_page_without_any_programme_says_how_to_add_one(address: str) -> None:
    page = opened(address)

    assert faults(page) == []
    assert "sos-tracker programme add" in words(page)


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.MEMBER])
@pytest.mark.usefixtures("example")
def test_a_page_outside_ones_menu_cannot_be_opened(role: Role) -> None:
    for page in set(menu.MENU) - set(menu.pages_for(Actor("Somebody", role))):
        with pytest.raises(ValueError, match="Could not find a navigation page"):
            opened(page.address, role=role.value)


@pytest.mark.usefixtures("example")
def test_a_director_opens_what_is_in_their_menu() -> None:
    assert faults(opened("budget", role="director")) == []


@pytest.mark.parametrize("address", ["overview", "import_files"])
@pytest.mark.usefixtures("example")
def test_a_page_opened_without_its_menu_still_asks_who_is_there(address: str) -> None:
    """The gate of the page itself: its file run alone; what a session remembers of somebody else counts for nothing."""
    alone = AppTest.from_file(str(menu.page_at(address).file), default_timeout=60)
    alone.query_params["role"] = "member"
    alone.session_state["visit"] = session.Visit(Actor("Administrator", Role.ADMINISTRATOR, "CE-SOS"), None, ())

    alone.run()

    assert [title.value for title in alone.title] == ["You cannot open this page"]
    assert not alone.get("html")


@pytest.mark.usefixtures("example")
def test_a_page_that_fails_is_told_with_a_reference_and_without_its_inside(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def failing(*_: object) -> None:
        raise RuntimeError("SELECT jane.smith@example.gov.uk")

    monkeypatch.setattr(cached, "figures", failing)

    page = opened("overview")

    assert not page.exception
    said = words(page)
    reference = re.search(r"reference <strong>([A-Z0-9]{4}-[A-Z0-9]{4})</strong>", said)
    assert reference
    assert "RuntimeError" not in said
    assert reference[1] in caplog.text
    assert "RuntimeError" in caplog.text
    assert "jane.smith" not in said + caplog.text


def test_a_database_that_was_never_set_up_is_said_to_be_so(database: Callable[..., Store], tmp_path: Path) -> None:

    database().close()
    (tmp_path / "pages.db").unlink()
    settings.cache_clear()

    page = AppTest.from_file(str(serving.FRAME), default_timeout=60).run()

    assert "sos-tracker init" in words(page)


@pytest.mark.usefixtures("example")
def test_the_bare_address_sends_each_reader_to_their_first_page() -> None:

    page = AppTest.from_file(str(serving.FRAME), default_timeout=60)
    page.query_params["role"] = "member"
    page.run()

    assert faults(page) == []
    assert "What is going well" in words(page)
