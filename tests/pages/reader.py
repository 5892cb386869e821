"""A page as a reader meets it, and what it says."""

from typing import Any

from streamlit.testing.v1 import AppTest

from sos_tracker.records.access import Permission, Role
from sos_tracker.ui import menu, serving

AS_AT = "2018-05-10"


def opened(address: str, **asked: str) -> AppTest:
    """The page as a reader meets it who opens its address with these query parameters."""
    page = AppTest.from_file(str(serving.FRAME), default_timeout=60)
    if menu.page_at(address).permission is Permission.ADMINISTER:
        asked = {"role": Role.ADMINISTRATOR.value, **asked}
    page.query_params.update({"as_at": AS_AT, **asked})
    page.run()
    page.switch_page(f"../../pages/{menu.page_at(address).path}")
    page.query_params.update(asked)
    return page.run()


def words(page: AppTest) -> str:
    """Everything the page says, as one text."""
    return " ".join([*(str(block.proto.body) for block in page.get("html")), *(each.value for each in page.text),
                     *(each.value for each in (*page.success, *page.error, *page.title))])  # fmt: skip


def faults(page: AppTest) -> list[Any]:
    """What went wrong: told by Streamlit, or by the frame with a reference."""
    told = [str(block.proto.body) for block in page.get("html") if "Something went wrong" in block.proto.body]
    return [*(fault.value for fault in page.exception), *told]
