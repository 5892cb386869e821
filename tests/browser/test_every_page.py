"""Every page of the menu, as it is drawn. A page added to the menu is looked at here without a word more."""

from collections.abc import Callable

import pytest

from sos_tracker.ui.menu import MENU, MenuPage
from tests.browser.conftest import Served
from tests.browser.visit import Visit

every_page = pytest.mark.parametrize("page", MENU, ids=lambda page: page.address)


@every_page
def test_a_page_has_no_fault_and_can_be_used_by_everybody(visit: Callable[..., Visit], page: MenuPage) -> None:
    seen = visit(page.address)
    seen.unfold()
    seen.show_whole()

    assert page.title in seen.page.title()
    assert seen.faults() == []
    assert seen.accessibility_faults() == []


@every_page
def test_a_page_can_be_read_on_a_phone_in_the_dark(visit: Callable[..., Visit], page: MenuPage) -> None:
    seen = visit(page.address, theme="dark", width=320)
    seen.unfold()
    seen.show_whole()

    assert seen.faults() == []
    assert seen.accessibility_faults() == []


@every_page
def test_a_page_of_a_new_programme_says_what_is_not_there_yet(
    visit: Callable[..., Visit], served: Served, page: MenuPage
) -> None:
    seen = visit(page.address, programme=served.empty)
    seen.show_whole()

    assert seen.faults() == []
    assert seen.accessibility_faults() == []
    assert "nan" not in seen.main.inner_text().lower().split()
