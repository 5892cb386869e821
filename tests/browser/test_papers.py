"""Papers as they are read: plain pages in a real Chromium, without script, on a screen, a phone and paper."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Served
from tests.browser.visit import AXE, LOOK_OVER, Visit

A4 = re.compile(rb"/Type ?/Page\b")
_AXE_RUN = "async () => (await axe.run(document)).violations.map(fault => `${fault.id}: ${fault.nodes[0].html}`)"


@pytest.fixture
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    theme, width = getattr(request, "param", ("light", 1280))
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=theme, bypass_csp=True)
    yield context.new_page()
    context.close()


SCREENS = pytest.mark.parametrize(
    "page", [("light", 1280), ("dark", 1280), ("light", 320), ("dark", 320)], indirect=True, ids=str
)


@SCREENS
@pytest.mark.parametrize("address", ["papers", "plain/{example}", "plain/{empty}", "papers/{example}"])
def test_a_plain_page_can_be_used_by_everybody(page: Page, served: Served, address: str) -> None:
    answer = page.goto(f"{served.address}/{address.format(example=served.example, empty=served.empty)}")
    for folded in page.locator("summary").all():
        folded.click()

    assert answer is not None
    assert answer.ok
    page.evaluate(AXE.read_text("utf-8"))
    assert page.evaluate(_AXE_RUN) == []
    assert page.evaluate(LOOK_OVER.read_text("utf-8")) == []


def test_the_plain_summary_prints_on_two_pages_at_most(page: Page, served: Served) -> None:
    page.goto(f"{served.address}/plain/{served.example}")

    assert len(A4.findall(page.pdf(prefer_css_page_size=True))) <= 2


def test_the_plain_summary_says_the_same_without_javascript(browser: Browser, served: Served) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served.address}/plain/{served.example}")

    expect(page.get_by_role("row", name=re.compile("People trained T1 285"))).to_be_visible()
    context.close()


def test_an_edition_is_published_shared_and_its_address_dies_when_revoked(browser: Browser, served: Served) -> None:
    seen = Visit(browser, served.address, theme="light", width=1280)
    seen.open("publication", {"programme": served.example, "as_at": "2018-05-10"})
    page = seen.page
    page.get_by_text("I have read these figures").click()
    page.get_by_role("button", name="Publish as edition").click()
    expect(page.get_by_text(re.compile(r"Edition \d+ is published"))).to_be_visible()
    seen.settle()
    page.get_by_role("button", name="Make a link").click()
    address = page.locator("code").inner_text()
    seen.settle()
    assert seen.faults() == []
    assert seen.accessibility_faults() == []

    reader = browser.new_context().new_page()
    reader.goto(address)
    expect(reader.get_by_role("heading", level=1)).to_be_visible()
    expect(reader.get_by_text(re.compile(r"T1 · edition \d+"))).to_be_visible()
    page.get_by_role("button", name="Revoke the link").click()
    expect(page.get_by_text("its address leads nowhere from now on")).to_be_visible()
    answer = reader.goto(address)

    assert answer is not None
    assert answer.status == 404
    reader.context.close()
    seen.close()
