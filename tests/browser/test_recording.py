"""Recording by hand as people do it: by keyboard alone, refused and mended, and two at once."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from sos_tracker.records.training import CourseLevel
from tests.browser.conftest import Served
from tests.browser.visit import Visit

Visiting = Callable[..., Visit]
FOLDS = (
    "Correct or withdraw one delegate", "Correct many in a table", "Partner headcounts, without names",
    "Correct the session", "Withdraw the session",
)  # fmt: skip
FIVE = (
    "4001, Police, , Officer, came",
    "4002; Police; ; ; DNA",
    "ann@example.org, Early Help, Duty, , came",
    "4004, Early Help, Duty, Social worker, booked",
    "4005, Probation, , , walk-in",
)


def press(seen: Visit, tag: str, name: str, key: str = "Enter") -> None:
    seen.tab_to(tag, name, within="main")
    seen.page.keyboard.press(key)
    seen.settle()


def type_into(seen: Visit, name: str, words: str, tag: str = "input") -> None:
    seen.tab_to(tag, name, within="main")
    seen.page.keyboard.type(words)


def back_to(seen: Visit, name: str) -> None:
    """Presses Shift and Tab until a control above is reached."""
    for _ in range(120):
        seen.page.keyboard.press("Shift+Tab")
        if seen.page.evaluate("document.activeElement.innerText").strip() == name:
            return
    raise AssertionError(f"“{name}” is not reached")


def choose(seen: Visit, name: str, words: str) -> None:
    """In a list one types into: the arrow opens it, the first that has the words is taken."""
    type_into(seen, name, words)
    seen.page.keyboard.press("ArrowDown")
    seen.page.keyboard.press("Enter")


def open_fold(seen: Visit, name: str) -> None:
    fold = seen.main.locator("details", has=seen.page.locator("summary", has_text=name)).first
    seen.tab_to("summary", name, within="main")
    if fold.get_attribute("open") is None:
        seen.page.keyboard.press("Enter")
        seen.settle()


def click(seen: Visit, name: str) -> None:
    """Leaves the field first, as the hand does on its way: what was typed is told to the page before the press."""
    seen.page.evaluate("document.activeElement.blur()")
    seen.settle()
    seen.main.get_by_role("button", name=name, exact=True).click()
    seen.settle()


def unfold(seen: Visit, name: str) -> None:
    seen.main.locator("details:not([open]) > summary", has_text=name).click()
    seen.settle()


def start(seen: Visit) -> None:
    """The form for a session stands open where there is none yet."""
    if not seen.main.get_by_label("Start date").is_visible():
        unfold(seen, "Add a session")


def fill(seen: Visit, name: str, words: str) -> None:
    seen.main.get_by_label(name).fill(words)


def axe_clean(seen: Visit) -> None:
    """In whatever state the page is: errors of ours are part of it."""
    size = seen.page.viewport_size
    seen.show_whole()
    told = [fault for fault in seen.faults() if not fault.startswith("error on the page")]
    assert told + seen.accessibility_faults() == []
    assert size is not None
    seen.page.set_viewport_size(size)
    seen.settle()


def test_a_session_with_five_delegates_is_added_one_corrected_and_taken_back_by_keyboard(
    visit: Visiting, served: Served
) -> None:
    seen = visit("training_sessions", programme=served.walked)

    open_fold(seen, "Add a session")
    type_into(seen, "Reference, as your register names it", "KEYS1")
    choose(seen, "Course level", "Introduction")
    type_into(seen, "Start date", "5/3/2018")
    choose(seen, "Status", "Delivered")
    press(seen, "button", "Add the session")
    expect(seen.page.get_by_role("heading", name="Training session KEYS1")).to_be_visible()
    assert CourseLevel.INTRODUCTION.capitalize() in seen.main.inner_text()

    seen.tab_to("textarea", "Delegates, one a line", within="main")
    for line in FIVE:
        seen.page.keyboard.type(line)
        seen.page.keyboard.press("Enter")
    open_box = seen.main.get_by_text("New agencies and teams in these lines are right")
    expect(open_box).to_be_visible()
    seen.tab_to("input", "New agencies and teams in these lines are right", within="main")
    seen.page.keyboard.press("Space")
    press(seen, "button", "Add to the register")
    expect(seen.main.get_by_text("5 delegates are added to the register of KEYS1.")).to_be_visible()

    open_fold(seen, "Correct or withdraw one delegate")
    type_into(seen, "Find by employee number or e-mail", "4004")
    seen.page.keyboard.press("Enter")
    seen.settle()
    choose(seen, "Outcome", "Came as booked")
    press(seen, "button", "Save the correction")
    expect(seen.main.get_by_text("on the register of KEYS1 is corrected.")).to_be_visible()
    expect(seen.main.get_by_text("5 places: 3 came as booked")).to_be_visible()
    assert "4004" not in seen.main.inner_text()

    back_to(seen, "Take back my last entry")
    seen.page.keyboard.press("Enter")
    seen.settle()
    expect(seen.main.get_by_text("Taken back: ")).to_be_visible()
    expect(seen.main.get_by_text("5 places: 1 booked, 2 came as booked")).to_be_visible()
    assert seen.console_errors == []


@pytest.mark.parametrize(("theme", "width"), [pytest.param("light", 1280, marks=pytest.mark.soak), ("dark", 320)])
def test_a_refused_form_can_be_read_and_used_by_everybody(
    visit: Visiting, served: Served, theme: str, width: int
) -> None:
    reference = f"WRONG{width}"
    seen = visit("training_sessions", programme=served.walked, theme=theme, width=width)
    start(seen)
    fill(seen, "Start date", "31/02/2018")
    fill(seen, "Number of places", "twelve")
    click(seen, "Add the session")
    expect(seen.main.get_by_text("that month has no day 31")).to_be_visible()
    expect(seen.main.get_by_text("Mend the reference, start date and number of places.")).to_be_visible()
    expect(seen.main.get_by_label("Number of places")).to_have_value("twelve")
    axe_clean(seen)

    fill(seen, "Reference, as your register names it", reference)
    fill(seen, "Start date", "05/03/2018")
    fill(seen, "Number of places", "12")
    click(seen, "Add the session")
    expect(seen.main.get_by_text(f"Session {reference} is added.")).to_be_visible()

    fill(seen, "Delegates, one a line", "4101, Fire and Rescue, , , came\nnobody here")
    seen.main.get_by_text("New agencies and teams in these lines are right").click()
    click(seen, "Add to the register")
    expect(seen.main.get_by_text("1 line is to be mended.").first).to_be_visible()
    expect(seen.main.get_by_label("Delegates, one a line")).to_have_value("nobody here")
    for fold in FOLDS:
        unfold(seen, fold)
    seen.main.get_by_text("Show the table").click()
    expect(seen.main.get_by_test_id("stDataFrame")).to_be_visible()
    click(seen, "Withdraw the session")
    expect(seen.main.get_by_text("Tick the box to say that the session is to be withdrawn.")).to_be_visible()
    axe_clean(seen)
    assert seen.console_errors == []


@pytest.mark.parametrize(("theme", "width"), [pytest.param("light", 1280, marks=pytest.mark.soak), ("dark", 320)])
def test_the_second_of_two_people_chooses_field_by_field(
    visit: Visiting, served: Served, theme: str, width: int
) -> None:
    reference = f"BOTH{width}"
    first = visit("training_sessions", programme=served.walked, theme=theme, width=width)
    start(first)
    fill(first, "Reference, as your register names it", reference)
    fill(first, "Start date", "5/3/2018")
    click(first, "Add the session")
    expect(first.main.get_by_text(f"Session {reference} is added.")).to_be_visible()
    number = first.page.url.partition("session=")[2].partition("&")[0]
    second = visit("training_sessions", programme=served.walked, theme=theme, width=width, session=number)

    for seen, venue in ((first, "Town Hall"), (second, "Library")):
        unfold(seen, "Correct the session")
        fill(seen, "Venue", venue)
    click(first, "Save the session")
    expect(first.main.get_by_text(f"Session {reference} is saved.")).to_be_visible()
    click(second, "Save the session")
    expect(second.main.get_by_role("heading", name="Somebody saved before you")).to_be_visible()
    expect(second.main.get_by_role("columnheader", name="As you saw it")).to_be_visible()
    click(second, "Save what I chose")
    expect(second.main.get_by_text("Choose one of the two.")).to_be_visible()
    axe_clean(second)

    second.main.get_by_role("combobox", name="Venue, to stand").click()
    second.page.get_by_role("option", name="You: Library").click()
    click(second, "Save what I chose")
    expect(second.main.get_by_text(f"Session {reference} is saved.")).to_be_visible()
    expect(second.main.get_by_text("Library").first).to_be_visible()
    expect(second.main.get_by_text("5 March 2018").first).to_be_visible()
    assert first.console_errors + second.console_errors == []
