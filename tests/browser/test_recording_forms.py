"""Posts, spending, milestones and targets by hand, in a real Chromium: each record's page, and each refusal."""

from collections.abc import Callable

import pytest

from tests.browser.visit import Visit

ONE = [
    ("milestone_dates", {"milestone": "1"}, "Move the forecast", ("New forecast date", "in spring")),
    ("strategy_targets", {"measure": "T1"}, "Add the version as a draft", ("Target, a number", "many")),
    ("practice_lead_posts", {"post": "1"}, "Save the post", ("Date from which", "31/2/2018")),
    ("spending", {"entry": "1"}, "Save the entry", ("Amount, below zero", "a lot")),
]  # fmt: skip


def open_every_fold(seen: Visit) -> None:
    """One after another: opening one takes it out of those that are folded."""
    folded = seen.main.locator("details:not([open]) > summary:visible")
    for _ in range(12):
        if not folded.count():
            return
        folded.first.click()
        seen.settle()


@pytest.mark.parametrize(("address", "which", "button", "wrong"), ONE, ids=[one[0] for one in ONE])
@pytest.mark.parametrize(("theme", "width"), [pytest.param("light", 1280, marks=pytest.mark.soak), ("dark", 320)])
def test_a_records_page_has_no_fault_and_its_refusal_stands_beside_the_field(
    visit: Callable[..., Visit],
    address: str,
    which: dict[str, str],
    button: str,
    wrong: tuple[str, str],
    theme: str,
    width: int,
) -> None:
    seen = visit(address, theme=theme, width=width, **which)
    open_every_fold(seen)
    seen.show_whole()
    assert seen.faults() == []
    assert seen.accessibility_faults() == []

    field, typed = wrong
    seen.main.get_by_label(field).first.fill(typed)
    seen.main.get_by_role("button", name=button).click()
    seen.settle()
    seen.show_whole()

    refused = seen.main.get_by_test_id("stAlertContentError")
    assert f"“{typed}” is not" in refused.first.inner_text().replace("\u2060", "")
    assert seen.main.get_by_label(field).first.input_value() == typed
    assert [fault for fault in seen.faults() if not fault.startswith("error on the page")] == []
    assert seen.accessibility_faults() == []
