"""The walk of files from a council's folder to figures and back: check, explain, store, take back."""

import time

import pytest
from streamlit.testing.v1 import AppTest

from sos_tracker.intake import SourceFile
from sos_tracker.store import Store
from tests.pages.reader import faults, opened, words

CODE = "NEW"
REGISTER = (
    "Employee No,Email,Agency,Team,Session Ref,Course,Start Date,Status\n"
    "1001,a@example.org,Children's Social Care,Fostering,S1,Introduction (2 days),03/04/2018,Attended\n"
    "1002,b@example.org,Children's Social Care,Fostering,S1,Introduction (2 days),03/04/2018,{word}\n"
)


def settled(page: AppTest) -> AppTest:
    """Waits as the page does for the work in the background."""
    until = time.monotonic() + 30
    while "the work goes on" in words(page) and time.monotonic() < until:
        time.sleep(0.05)
        page.run()
    assert faults(page) == []
    return page


def checked(*files: SourceFile) -> AppTest:
    page = opened("import_files")
    page.file_uploader[0].set_value([(file.name, file.content, "text/csv") for file in files])
    page.button(key="check").click().run()
    return settled(page)


def register(word: str = "DNA", name: str = "register.csv") -> SourceFile:
    return SourceFile(name, REGISTER.format(word=word).encode())


def store_it(page: AppTest) -> AppTest:
    for box in page.checkbox:
        if box.key == "checked":
            box.check()
    page.button(key="store").click().run()
    return settled(page)


def test_files_are_checked_then_stored_then_taken_back(empty_programme: Store) -> None:
    page = checked(register())
    assert "Ready to be stored" in words(page)
    assert empty_programme.batches(CODE) == ()

    page = store_it(page)
    assert "is stored" in words(page)
    (batch,) = empty_programme.batches(CODE)
    assert batch.new["attendance"] == 2

    page.checkbox(key=f"undo sure {batch.number}").check().run()
    page.button(key="undo").click().run()
    assert "is taken back" in words(page)
    assert empty_programme.batches(CODE)[0].undone_at is not None


def test_taking_back_needs_the_tick(empty_programme: Store) -> None:
    page = store_it(checked(register()))

    page.button(key="undo").click().run()

    assert "Tick the box" in words(page)
    assert empty_programme.batches(CODE)[0].undone_at is None


@pytest.mark.usefixtures("empty_programme")
def test_the_same_file_again_says_so_and_changes_nothing() -> None:
    store_it(checked(register()))

    page = checked(register())

    assert "Imported before:" in words(page)
    assert "stored already" in words(page)


def test_an_unknown_word_is_given_a_meaning_on_the_spot_and_checked_again(empty_programme: Store) -> None:
    page = checked(register("Frobnicated"))
    assert "Nothing can be stored yet" in words(page)
    assert not [button for button in page.button if button.key == "store"]

    page.selectbox(key="means unknown status Frobnicated").select("no-show").run()
    page.button(key="check again").click().run()
    page = store_it(settled(page))

    assert "is stored" in words(page)
    assert empty_programme.known(CODE)["meanings"]


def test_a_table_nobody_knows_is_mapped_column_by_column(empty_programme: Store) -> None:
    page = checked(SourceFile("liste.csv", b"Wer,Woher,Was\n1001,Police,yes\n1002,Police,no\n"))
    kind = next(box for box in page.selectbox if str(box.key).startswith("kind "))

    page = kind.select("staff list").run()
    for heading, field in (("Wer", "number"), ("Woher", "agency"), ("Was", "in_scope")):
        box = next(each for each in page.selectbox if str(each.key).endswith(f" {heading}"))
        box.select(field)
    page.button(key="check again").click().run()
    page = settled(page)

    page = store_it(page)
    assert empty_programme.batches(CODE)[0].new["staff member"] == 2

    again = checked(SourceFile("spaeter.csv", b"Wer,Woher,Was\n1003,Police,yes\n"))
    assert "Say what these mean" not in words(again)


@pytest.mark.usefixtures("empty_programme")
def test_checking_without_a_file_says_what_to_do() -> None:
    page = opened("import_files")

    page.button(key="check").click().run()

    assert "No file has been chosen yet" in words(page)


@pytest.mark.usefixtures("empty_programme")
def test_a_file_that_is_no_table_is_refused_in_a_sentence() -> None:
    page = checked(SourceFile("photo.xlsx", b"\x89PNG not a workbook"))

    assert "Nothing can be stored yet" in words(page)
    assert "photo.xlsx" in words(page)


@pytest.mark.usefixtures("empty_programme")
def test_markup_in_a_file_stays_text() -> None:
    page = checked(register("<script>alert(1)</script>"))

    assert "<script>" not in words(page)
    assert "&lt;script&gt;" in words(page)


def test_an_import_left_alone_is_there_when_the_reader_comes_back(empty_programme: Store) -> None:
    checked(register())

    page = settled(opened("import_files"))

    assert "Ready to be stored" in words(page)
    assert empty_programme.batches(CODE) == ()


@pytest.mark.usefixtures("empty_programme")
def test_an_import_can_be_left_for_other_files() -> None:
    page = checked(register())

    page.button(key="discard").click().run()

    assert "Nothing was stored." in words(page)
    assert page.file_uploader
