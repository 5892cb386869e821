"""Every page: with the example, with an empty programme, with none; and each reader at each door."""

import pytest

from sos_tracker.records.access import Actor, Role
from sos_tracker.store import Store
from sos_tracker.ui import menu
from tests.pages.reader import faults, opened, words

ADDRESSES = [page.address for page in menu.MENU]
ROLES = [Role.PROJECT_MANAGER, Role.DIRECTOR, Role.MEMBER]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.usefixtures("example")
def test_a_page_of_the_example_opens_with_one_heading_its_date_and_its_authority(address: str) -> None:
    page = opened(address)

    assert faults(page) == []
    said = words(page)
    assert said.count("<h1>") == 1
    assert "As at 10 May 2018." in said
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


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.usefixtures("example")
def test_a_page_outside_ones_menu_cannot_be_opened(address: str, role: Role) -> None:
    allowed = menu.page_at(address) in menu.pages_for(Actor("Somebody", role))

    if allowed:
        assert faults(opened(address, role=role.value)) == []
    else:
        with pytest.raises(ValueError, match="Could not find a navigation page"):
            opened(address, role=role.value)


@pytest.mark.usefixtures("database")
def test_a_database_that_was_never_set_up_is_said_to_be_so(database, tmp_path) -> None:  # type: ignore[no-untyped-def]
    from streamlit.testing.v1 import AppTest

    from sos_tracker.settings import settings
    from sos_tracker.ui import serving

    database().close()
    (tmp_path / "pages.db").unlink()
    settings.cache_clear()

    page = AppTest.from_file(str(serving.FRAME), default_timeout=60).run()

    assert "sos-tracker init" in words(page)


@pytest.mark.usefixtures("example")
def test_the_bare_address_sends_each_reader_to_their_first_page(example: Store) -> None:
    from streamlit.testing.v1 import AppTest

    from sos_tracker.ui import serving

    page = AppTest.from_file(str(serving.FRAME), default_timeout=60)
    page.query_params["role"] = "member"
    page.run()

    assert faults(page) == []
    assert "What is going well" in words(page)
