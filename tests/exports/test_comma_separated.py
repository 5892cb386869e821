import csv
import io
from datetime import date

import pandas as pd
import pytest

from sos_tracker.exports import csv_bytes

LEDGER = {"posted_on": "Posted on", "supplier": "Supplier", "amount_pence": "Amount (£)"}


def ledger(*rows: tuple[object, ...]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=["posted_on", "supplier", "amount_pence"])


def read_back(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_excel_is_told_that_the_file_is_utf_8() -> None:
    assert csv_bytes(ledger(), LEDGER).startswith(b"\xef\xbb\xbfPosted on,Supplier,Amount (\xc2\xa3)\r\n")


def test_money_comes_out_in_pounds_and_dates_sort() -> None:
    rows = read_back(csv_bytes(ledger((date(2017, 11, 2), "ICT Services", 323618)), LEDGER))

    assert rows[1] == ["2017-11-02", "ICT Services", "3236.18"]


def test_a_credit_stays_a_number() -> None:
    rows = read_back(csv_bytes(ledger((date(2017, 11, 2), "ICT Services", -35349)), LEDGER))

    assert rows[1][2] == "-353.49"


@pytest.mark.parametrize("text", ["=Licence renewal", "+44 1270", "-Schools", "@home", "\tTab", "\rReturn", "\uff1d1"])
def test_text_that_looks_like_a_formula_gets_an_apostrophe(text: str) -> None:
    rows = read_back(csv_bytes(ledger((date(2017, 11, 2), text, 1)), LEDGER))

    assert rows[1][1] == f"'{text}"


def test_a_heading_that_looks_like_a_formula_gets_one_too() -> None:
    content = csv_bytes(pd.DataFrame({"people": [1]}), {"people": "=1+1"})

    assert read_back(content)[0] == ["'=1+1"]


def test_missing_is_an_empty_cell_and_not_zero() -> None:
    frame = pd.DataFrame({"agency": ["Schools", None], "trained": pd.array([None, True], dtype="boolean")})

    rows = read_back(csv_bytes(frame, {"agency": "Agency", "trained": "Trained"}))

    assert rows[1:] == [["Schools", ""], ["", "yes"]]


def test_only_the_columns_that_are_headed_come_out_and_in_that_order() -> None:
    frame = ledger((date(2017, 11, 2), "ICT Services", 1))

    assert read_back(csv_bytes(frame, {"amount_pence": "£", "posted_on": "When"}))[0] == ["£", "When"]


def test_lines_and_commas_inside_a_cell_stay_inside_it() -> None:
    rows = read_back(csv_bytes(ledger((date(2017, 11, 2), 'Hall, "large"\nSandbach', 1)), LEDGER))

    assert rows[1][1] == 'Hall, "large"\nSandbach'
