import io
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sos_tracker.exports import Sheet, TooManyRows, workbook, xlsx_bytes

HEADINGS = {"held_on": "Held on", "agency": "Agency", "people": "People", "cost_pence": "Cost", "fill_rate": "Filled"}


def sessions() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "held_on": pd.to_datetime(["2017-11-06", None]),
            "agency": ["Schools and colleges", "=Licence renewal"],
            "people": [24, 0],
            "cost_pence": [240_000, -35_349],
            "fill_rate": [0.875, None],
            "key": ["kept", "back"],
        }
    )


def opened(*sheets: Sheet, about: tuple[str, ...] = ()) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(xlsx_bytes(sheets, about=about)))


def cells(title: str = "Sessions") -> list[list[object]]:
    return [[cell.value for cell in row] for row in opened(Sheet(title, sessions(), HEADINGS))[title].iter_rows()]


def test_dates_numbers_and_money_are_real() -> None:
    assert cells()[:2] == [list(HEADINGS.values()), [datetime(2017, 11, 6), "Schools and colleges", 24, 2400, 0.875]]


def test_text_that_looks_like_a_formula_stays_text_even_when_it_is_edited() -> None:
    cell = opened(Sheet("Sessions", sessions(), HEADINGS))["Sessions"]["B3"]

    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=Licence renewal", "s", True)


def test_an_address_is_not_made_a_link() -> None:
    frame = pd.DataFrame({"venue": ["https://example.org"]})

    assert opened(Sheet("Venues", frame, {"venue": "Venue"}))["Venues"]["A2"].hyperlink is None


def test_a_credit_is_a_negative_number_and_missing_is_empty() -> None:
    assert cells()[2] == [None, "=Licence renewal", 0, -353.49, None]


def test_the_headings_stay_in_sight_and_print_on_every_page() -> None:
    page = opened(Sheet("Sessions", sessions(), HEADINGS))["Sessions"]

    assert page.freeze_panes == "A2"
    assert page.print_title_rows == "$1:$1"
    assert page.column_dimensions["B"].width > len("Schools and colleges")


def test_the_same_tables_give_the_same_bytes() -> None:
    assert xlsx_bytes([Sheet("Sessions", sessions(), HEADINGS)]) == xlsx_bytes(
        [Sheet("Sessions", sessions(), HEADINGS)]
    )


def test_an_empty_table_still_says_what_it_would_hold() -> None:
    page = opened(Sheet("Sessions", sessions().head(0), HEADINGS))["Sessions"]

    assert [cell.value for cell in page[1]] == list(HEADINGS.values())


def test_a_sheet_may_be_called_what_excel_does_not_allow() -> None:
    title = "Children's Social Care: [Duty/Assessment] *all* teams"
    book = opened(*[Sheet(name, sessions(), HEADINGS) for name in (title, title, "history", "'")])

    assert book.sheetnames == [
        "Children's Social Care Duty Ass",
        "Children's Social Care Duty (2)",
        "History of changes",
        "Sheet",
    ]


def test_what_the_table_is_about_stands_on_its_own_sheet() -> None:
    book = opened(Sheet("Sessions", sessions(), HEADINGS), about=("As at 10 May 2018.", "Illustrative."))

    assert [cell.value for cell in book["About"]["A"]] == ["As at 10 May 2018.", "Illustrative."]


def test_a_table_longer_than_a_sheet_is_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 1)

    with pytest.raises(TooManyRows, match="“Sessions” has 2 rows and an Excel sheet holds 1"):
        xlsx_bytes([Sheet("Sessions", sessions(), HEADINGS)])


def test_a_date_before_excels_calendar_is_written_out() -> None:
    frame = pd.DataFrame({"held_on": [date(218, 3, 4), date(2018, 3, 4)]})
    page = opened(Sheet("Sessions", frame, {"held_on": "Held on"}))["Sessions"]

    assert [page["A2"].value, page["A3"].value] == ["0218-03-04", datetime(2018, 3, 4)]


def test_a_moment_keeps_its_time_in_utc() -> None:
    frame = pd.DataFrame({"recorded_at": [datetime(2018, 5, 10, 9, 30, tzinfo=UTC)]})
    page = opened(Sheet("History", frame, {"recorded_at": "Recorded at (UTC)"}))["History of changes"]

    assert page["A2"].value == datetime(2018, 5, 10, 9, 30)


@given(st.text(max_size=60))
def test_any_text_comes_back_as_text(text: str) -> None:
    frame = pd.DataFrame({"narrative": ["first", text]})
    page = opened(Sheet("Ledger", frame, {"narrative": "Narrative"}))["Ledger"]

    assert page["A2"].value == "first"
    assert page["A3"].data_type in ("s", "n")
    assert page["A3"].value is None or isinstance(page["A3"].value, str)


def test_nothing_is_written_to_disc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    xlsx_bytes([Sheet("Sessions", sessions(), HEADINGS)])

    assert list(tmp_path.iterdir()) == []
