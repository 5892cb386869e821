"""Pictures of the pages for the README, taken only by ``make pictures``."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.conftest import ROOT, Served
from tests.browser.test_walks import FILES
from tests.browser.visit import Visit

PICTURES = ROOT / "docs" / "pictures"


def keep(seen: Visit, name: str, height: int = 1000) -> Path:
    PICTURES.mkdir(parents=True, exist_ok=True)
    seen.page.set_viewport_size({"width": 1280, "height": height})
    seen.page.mouse.move(0, 0)
    seen.settle()
    path = PICTURES / f"{name}.png"
    seen.page.screenshot(path=path)
    return path


@pytest.mark.parametrize(
    ("address", "role", "height"),
    [("overview", "director", 1500), ("training", "director", 1000), ("progress_summary", "member", 1250)],
)
def test_picture_of_a_page(visit: Callable[..., Visit], address: str, role: str, height: int) -> None:
    assert keep(visit(address, role=role), address, height).stat().st_size


def test_picture_of_a_dry_run(visit: Callable[..., Visit], served: Served) -> None:
    seen = visit("import_files", programme=served.walked)
    with seen.page.expect_file_chooser() as chooser:
        seen.page.get_by_role("button", name="Upload", exact=True).click()
    chooser.value.set_files(FILES)
    seen.settle()
    seen.page.get_by_role("button", name="Check the files").click()
    seen.page.get_by_role("heading", name="What these files would do").wait_for()

    assert keep(seen, "import_files").stat().st_size
