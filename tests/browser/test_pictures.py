"""Pictures of the pages for the README, taken only by ``make pictures``."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.conftest import ROOT, Served
from tests.browser.test_walks import FILES
from tests.browser.visit import Visit

PICTURES = ROOT / "docs" / "pictures"
_HEIGHT = 1000


def keep(seen: Visit, name: str) -> Path:
    PICTURES.mkdir(parents=True, exist_ok=True)
    seen.page.set_viewport_size({"width": 1280, "height": _HEIGHT})
    seen.page.mouse.move(0, 0)
    seen.settle()
    path = PICTURES / f"{name}.png"
    seen.page.screenshot(path=path)
    return path


@pytest.mark.parametrize("address", ["overview", "training", "progress_summary"])
def test_picture_of_a_page(visit: Callable[..., Visit], address: str) -> None:
    assert keep(visit(address), address).stat().st_size


def test_picture_of_a_dry_run(visit: Callable[..., Visit], served: Served) -> None:
    seen = visit("import_files", programme=served.walked)
    with seen.page.expect_file_chooser() as chooser:
        seen.page.get_by_role("button", name="Upload", exact=True).click()
    chooser.value.set_files(FILES)
    seen.settle()
    seen.page.get_by_role("button", name="Check the files").click()
    seen.page.get_by_role("heading", name="What these files would do").wait_for()

    assert keep(seen, "import_files").stat().st_size
