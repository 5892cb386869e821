"""Forms as a project manager fills them in."""

from typing import Any

from streamlit.testing.v1 import AppTest

from tests.pages import reader
from tests.pages.reader import faults


def said(page: AppTest) -> str:
    """As it is read: without the signs that keep Streamlit from reading Markdown."""
    plain = reader.words(page).replace("\u2060", "").replace("\\", "").replace("\u00a0", " ")
    return plain + " ".join(str(chart.proto.json) for chart in page.get("bidi_component"))


def fill(page: AppTest, form: str, **typed: Any) -> AppTest:
    """Types into the fields of a form, by the record's names."""
    for field, value in typed.items():
        (box,) = [
            each
            for each in (*page.text_input, *page.text_area, *page.selectbox, *page.checkbox)
            if str(each.key).startswith(form) and str(each.key).rsplit(" ", 1)[0].endswith(f" {field}")
        ]
        box.set_value(value)
    return page


def press(page: AppTest, key: str) -> AppTest:
    page.button(key=key).click().run()
    assert faults(page) == []
    return page
