"""Correcting many records in a browser: by keyboard, and usable by everybody in every state of the page."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.visit import Visit

Visiting = Callable[..., Visit]


def usable(seen: Visit) -> None:
    seen.unfold()
    seen.show_whole()
    assert seen.faults() == []
    assert seen.accessibility_faults() == []


@pytest.mark.parametrize("width", [pytest.param(1280, marks=pytest.mark.soak), 320])
def test_what_a_merge_would_change_is_seen_and_left(visit: Visiting, width: int) -> None:
    seen = visit("corrections", width=width)
    page = seen.page
    page.get_by_text("Merge two spellings of an agency").click()
    seen.settle()
    for label, agency in (("that is to go", "Cheshire Constabulary"), ("that is to stand", "Children's Social Care")):
        page.get_by_label(re.compile(f"Spelling {label}")).fill(agency)
        page.keyboard.press("Enter")
        seen.settle()
    page.get_by_role("button", name="Show what this would change").click()
    expect(page.get_by_role("heading", name="What this would change")).to_be_visible()
    usable(seen)

    page.get_by_role("button", name="Make this correction").click()
    expect(page.get_by_text("Say why", exact=False).first).to_be_visible()
    seen.settle()
    seen.show_whole()
    assert seen.accessibility_faults() == []

    page.get_by_role("button", name="Leave it as it is").click()
    expect(page.get_by_text("Nothing was changed.")).to_be_visible()


def test_a_session_is_moved_by_keyboard_as_far_as_its_figures(visit: Visiting) -> None:
    seen = visit("corrections")
    keys = seen.page.keyboard
    seen.tab_to("input", "Session", within="main")
    keys.press("ArrowDown")
    keys.press("Enter")
    seen.settle()
    seen.tab_to("input", "New first day", within="main")
    keys.type("31/02/2018")
    seen.tab_to("button", "Show what this would change", within="main")
    keys.press("Enter")
    seen.settle()
    seen.show_whole()
    assert seen.accessibility_faults() == []
    expect(seen.page.get_by_label(re.compile("New first day"))).to_have_value("31/02/2018")

    seen.page.get_by_label(re.compile("New first day")).focus()
    keys.press("Control+A")
    keys.type("02/07/2018")
    seen.tab_to("button", "Show what this would change", within="main")
    keys.press("Enter")
    expect(seen.page.get_by_text(re.compile("moved to 2 July 2018"))).to_be_visible()
    usable(seen)
