"""One person's visit: a page opened, waited for, and looked over for faults."""

import re
from functools import cache
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlencode, urlsplit

import axe_playwright_python
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Route

AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"
LOOK_OVER = Path(__file__).with_name("look_over.js")
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
_HEIGHT = 900
PATIENCE = 60_000
# Opened at a page's address, Streamlit first asks whether that is a folder it is served under: no fault of the page.
_PROBE = re.compile(r"^/\w+/_stcore/(health|host-config)$")

_SETTLED = r"""() => {
  const app = document.querySelector('[data-testid=stApp]');
  if (!app || app.getAttribute('data-test-script-state') !== 'notRunning') return false;
  if (document.querySelector('[data-testid=stAppSkeleton],[data-testid=stSkeleton],[data-stale=true]')) return false;
  if (!document.querySelector('h1')) return false;
  const charts = [...document.querySelectorAll('[data-testid=stPlotlyChart]')];
  if (!charts.every(c => !c.getClientRects().length || c.querySelector('.main-svg'))) return false;
  return document.readyState === 'complete';
}"""
_TALLEST = """() => Math.max(...[document.scrollingElement,
  ...document.querySelectorAll('[data-testid=stMain],[data-testid=stSidebarContent]')].map(e => e.scrollHeight))"""
_MOST_STOPS = 120
_STOP = """within => {
  let e = document.activeElement;
  while (e && e.shadowRoot && e.shadowRoot.activeElement) e = e.shadowRoot.activeElement;
  if (!e || e === document.body) return null;
  const labels = [...(e.labels || [])].map(label => label.innerText);
  const named = (e.getAttribute('aria-labelledby') || '').split(' ').map(id => document.getElementById(id)?.innerText);
  const words = [e.getAttribute('aria-label'), ...named, ...labels, e.innerText, e.title].filter(Boolean).join(' ');
  const box = e.getBoundingClientRect();
  const seen = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  const inside = within === 'body' || !!e.getRootNode().host || !!e.closest('[data-testid=stMain]');
  return {tag: e.tagName.toLowerCase(), name: words.trim().slice(0, 120), seen, within: inside};
}"""
_AXE_RUN = """async tags => {
  const rules = {'target-size': {enabled: true}};
  const found = await axe.run(document, {runOnly: {type: 'tag', values: tags}, rules, resultTypes: ['violations']});
  const places = fault => fault.nodes.map(node => node.target.flat().join(' '));
  return found.violations.map(fault => (
    {rule: fault.id, impact: fault.impact, help: fault.help, nodes: places(fault)}
  ));
}"""


class Visit:
    """A browser context of its own, and everything that went wrong in it."""

    def __init__(
        self, browser: Browser, site: str, *, theme: Literal["light", "dark"], width: int, besides: str = ""
    ) -> None:
        """``besides`` is another site that may be asked, such as the one people sign in at."""
        self.site = site
        self._may_be_asked = {site, besides}
        self.context = browser.new_context(
            viewport={"width": width, "height": _HEIGHT},
            color_scheme=theme,
            locale="en-GB",
            timezone_id="Europe/London",
            reduced_motion="reduce",
        )
        self.context.set_default_timeout(PATIENCE)
        self.console_errors: list[str] = []
        self.asked_elsewhere: list[str] = []
        self.context.route("**/*", self._keep_in)
        self.page: Page = self.context.new_page()
        self.page.on("console", self._listen)
        self.page.on("pageerror", lambda error: self.console_errors.append(str(error)))

    def open(self, address: str, query: dict[str, str]) -> None:
        answer = self.page.goto(f"{self.site}/{address}?{urlencode(query)}", wait_until="load")
        assert answer is not None
        assert answer.ok, f"{address} answered {answer.status}"
        self.settle()

    def turn_to(self, *, theme: Literal["light", "dark"], width: int) -> None:
        """The same page, opened anew with another theme and width: what the browser has fetched it keeps."""
        self.page.emulate_media(color_scheme=theme)
        self.page.set_viewport_size({"width": width, "height": _HEIGHT})
        self.page.reload(wait_until="load")
        self.settle()

    def settle(self) -> None:
        """Waits until the script is done, twice with a breath between: a click takes a moment to reach it."""
        for _ in range(2):
            self.page.wait_for_timeout(150)
            self.page.wait_for_function(_SETTLED)

    @property
    def main(self) -> Locator:
        return self.page.get_by_test_id("stMain")

    def unfold(self) -> None:
        """Opens whatever is folded, so that it is judged too."""
        folds = self.main.locator("details:not([open]) > summary").element_handles()
        for folded in folds:  # handles, not places in a list that grows shorter with each click
            if folded.is_visible():
                folded.click()
        self.settle()

    def show_whole(self) -> None:
        """Grows the window until nothing is left to scroll: axe does not judge contrast of what is out of sight."""
        for _ in range(3):
            size = self.page.viewport_size
            assert size is not None
            needed = self.page.evaluate(_TALLEST)
            if needed <= size["height"]:
                return
            self.page.set_viewport_size({"width": size["width"], "height": min(needed + 50, 20_000)})
            self.settle()

    def tab_to(self, tag: str, name: str, *, within: str = "body") -> None:
        """Presses Tab until the control is reached; every stop on the way must have a name and be seen."""
        passed: list[str] = []
        for _ in range(_MOST_STOPS):
            self.page.keyboard.press("Tab")
            stop = self.page.evaluate(_STOP, within)
            assert stop is not None, f"Tab left the page before “{name}” was reached: {passed}"
            assert stop["name"], f"a stop without a name: {stop['tag']}, after {passed[-3:]}"
            assert stop["seen"], f"the focus is out of sight: {stop['name']}"
            if stop["tag"] == tag and stop["within"] and name in stop["name"]:
                return
            passed.append(stop["name"])
        raise AssertionError(f"“{name}” is not reached in {_MOST_STOPS} stops: {passed}")

    def faults(self) -> list[str]:
        """What a look over the page as it stands finds: errors shown or logged, and what ``look_over.js`` checks."""
        shown = self.page.locator("[data-testid=stException], [data-testid=stAlertContentError]").all_inner_texts()
        return [
            *(f"error on the page: {text}" for text in shown),
            *(f"console: {text}" for text in self.console_errors),
            *(f"asked of another site: {url}" for url in self.asked_elsewhere),
            *self.page.evaluate(LOOK_OVER.read_text("utf-8")),
        ]

    def accessibility_faults(self) -> list[str]:
        """What axe-core finds that is serious or critical, against WCAG 2.2 A and AA."""
        self.page.evaluate(_axe())
        found: list[dict[str, Any]] = self.page.evaluate(_AXE_RUN, WCAG)
        return [
            f"{fault['impact']}: {fault['help']} ({fault['rule']}): {fault['nodes'][:3]}"
            for fault in found
            if fault["impact"] in ("serious", "critical")
        ]

    def close(self) -> None:
        self.context.close()

    def _listen(self, message: ConsoleMessage) -> None:
        asked = str(message.location.get("url", ""))
        if message.type == "error" and not _PROBE.search(urlsplit(asked).path):
            self.console_errors.append(f"{message.text} ({asked})")

    def _keep_in(self, route: Route) -> None:
        asked = urlsplit(route.request.url)
        if asked.scheme in ("data", "blob") or f"{asked.scheme}://{asked.netloc}" in self._may_be_asked:
            route.continue_()
        else:
            self.asked_elsewhere.append(route.request.url)
            route.abort()


@cache
def _axe() -> str:
    return AXE.read_text("utf-8")
