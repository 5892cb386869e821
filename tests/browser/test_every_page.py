"""Every page of the menu, as it is drawn. A page added to the menu is looked at here without a word more."""

from collections.abc import Callable

import pytest

from sos_tracker.ui.menu import MENU, MenuPage
from tests.browser.conftest import Served
from tests.browser.visit import Visit

every_page = pytest.mark.parametrize("page", MENU, ids=lambda page: page.address)


@every_page
def test_a_page_can_be_used_by_everybody_at_a_desk_and_on_a_phone_in_the_dark(
    visit: Callable[..., Visit], page: MenuPage
) -> None:
    seen = visit(page.address)
    assert page.title in seen.page.title()
    assert _looked_over(seen) == []

    seen.turn_to(theme="dark", width=320)
    assert _looked_over(seen) == []


@every_page
def test_a_page_of_a_new_programme_says_what_is_not_there_yet(
    visit: Callable[..., Visit], served: Served, page: MenuPage
) -> None:
    seen = visit(page.address, programme=served.empty)

    assert seen.faults() == []
    assert "nan" not in seen.main.inner_text().lower().split()


@pytest.mark.soak
@every_page
def test_a_page_of_a_new_programme_can_be_used_by_everybody(
    visit: Callable[..., Visit], served: Served, page: MenuPage
) -> None:
    seen = visit(page.address, programme=served.empty)
    assert _looked_over(seen) == []

    seen.turn_to(theme="dark", width=320)
    assert _looked_over(seen) == []


def _looked_over(seen: Visit) -> list[str]:
    """What is wrong with the page as it stands, with everything on it unfolded and in sight."""
    seen.unfold()
    seen.show_whole()
    return [*seen.faults(), *seen.accessibility_faults()]
