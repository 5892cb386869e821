"""What single cells say, as councils write them; and that no text whatever makes the reading of one fail."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sos_tracker.intake.cells import (
    Fault,
    Quantity,
    email_address,
    employee_number,
    parse_count,
    parse_date,
    parse_fte,
    parse_money,
    parse_month,
    parse_quantity,
    parse_span,
    parse_yes_no,
)

SIXTH = date(2017, 11, 6)


@pytest.mark.parametrize(
    "written",
    [
        "06/11/2017", "6/11/17", "6 Nov 2017", "6th November 2017", "Mon 6 Nov 2017", "Monday, 6 November 2017",
        "06-Nov-17", "6-11-2017", "06.11.17", "06.11.2017", "2017-11-06", "2017-11-06 09:30", "2017-11-06T09:30:00",
        "06/11/2017 09:30", "6 Nov 2017 at 9:30am", "November 6, 2017", "20171106", "43045", 43045.0, 43045,
        datetime(2017, 11, 6, 9, 30), SIXTH, " 6\u00a0Nov 2017 ", "6Nov17", "06 11 2017",
    ],
)  # fmt: skip
def test_a_day_is_read_however_it_is_written(written):
    assert parse_date(written) == SIXTH


def test_dates_are_read_day_first():
    assert parse_date("03/04/2018") == date(2018, 4, 3)


@pytest.mark.parametrize(
    "written",
    [
        "11/31/2018",
        "31/11/2018",
        "27-22-20",
        "Nov 2017",
        "soon",
        "29/02/2018",
        "6 Nov 20177",
        12.0,
        True,
        "Exempt under Section 43",
        "201609",
    ],
)
def test_what_is_no_day_is_refused_with_a_sentence(written):
    fault = parse_date(written)
    assert isinstance(fault, Fault)
    assert fault.problem.endswith(".")
    assert fault.remedy.endswith(".")


@pytest.mark.parametrize("written", ["", "  ", "-", "n/a", "N/A", "TBC"])
def test_an_empty_cell_is_no_date_and_no_fault(written):
    assert parse_date(written) is None


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("6-7 Nov 2017", SIXTH, date(2017, 11, 7)),
        ("6 & 7 November 2017", SIXTH, date(2017, 11, 7)),
        ("06/11/2017 - 07/11/2017", SIXTH, date(2017, 11, 7)),
        ("6 Nov to 4 Dec 2017", SIXTH, date(2017, 12, 4)),
    ],
)
def test_a_cell_may_name_the_first_and_the_last_day(written, first, last):
    assert parse_span(written) == (first, last)


@pytest.mark.parametrize(
    ("written", "pence"),
    [
        ("£1,250.50", 125050), ("(353.49)", -35349), ("-353.49", -35349), ("353.49-", -35349), ("353.49 CR", -35349),
        ("£ (1,250)", -125000), ("-£52.60", -5260), ("£-52.60", -5260), ("Â£10", 1000), ("\ufffd10.00", 1000),
        (353.49, 35349), (0.0, 0), ("Nil", 0), ("-", 0), ("£ -", 0), ("1250", 125000), ("1,250,000", 125_000_000),
        ("£0.05", 5), (".5", 50), ("12 500.00", 1250000), (1.005, 101), ("−5", -500),
    ],
)  # fmt: skip
def test_money_is_read_to_the_penny(written, pence):
    assert parse_money(written) == pence


@pytest.mark.parametrize(
    "written",
    [
        "1.250,5",
        "1.250,50",
        "1,25",
        "1.250.000",
        "1.250",
        "£165k",
        "4.7m",
        "about 50",
        "--5",
        "(-5)",
        "1,2,3",
        "£",
        "1e5",
        "12.50.1",
    ],
)
def test_an_amount_that_could_be_taken_two_ways_is_refused(written):
    assert isinstance(parse_money(written), Fault)


@pytest.mark.parametrize(
    "heading",
    [
        "Nov-17",
        "Nov 17",
        "November 2017",
        "2017-11",
        "11/2017",
        "01/11/2017",
        "Nov '17",
        "NOV-2017",
        date(2017, 11, 30),
        43040.0,
    ],
)
def test_a_month_is_read_however_a_budget_book_heads_it(heading):
    assert parse_month(heading) == date(2017, 11, 1)


@pytest.mark.parametrize("heading", ["P8", "201609", "Q3", "Total", "March", "", "13/2017"])
def test_what_names_no_month_is_none(heading):
    assert parse_month(heading) is None


def test_counts_shares_and_words():
    assert parse_count("24.0") == 24
    assert parse_count("1,024") == 1024
    assert parse_count("nil") == 0
    assert parse_count("n/a") is None
    assert isinstance(parse_count("7.5"), Fault)
    assert isinstance(parse_count(-1.0), Fault)
    assert parse_quantity("100 %") == Quantity(1.0, is_percent=True)
    assert parse_quantity("£165,000") == Quantity(165000.0, is_money=True)
    assert parse_fte("60%") == 0.6
    assert isinstance(parse_fte("37"), Fault)
    assert parse_yes_no("Y") is True
    assert parse_yes_no("Not yet") is False
    assert isinstance(parse_yes_no("maybe"), Fault)


def test_an_employee_number_is_the_same_with_a_spreadsheets_decimals_and_without_its_leading_zeros():
    assert employee_number(100207.0) == employee_number("100207.0") == "100207"
    assert employee_number("000123") == employee_number(123.0) == "123"
    assert employee_number("CE000123") == "CE000123"
    assert employee_number("n/a") is None
    assert email_address("unknown") is None
    assert isinstance(email_address("jane at north"), Fault)


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2068, 12, 31)))
def test_every_day_comes_back_from_every_way_of_writing_it(day):
    for pattern in ("%d/%m/%Y", "%d/%m/%y", "%d %b %Y", "%d-%b-%y", "%A %d %B %Y", "%Y-%m-%d", "%d.%m.%y"):
        assert parse_date(day.strftime(pattern)) == day
    assert parse_date(float((day - date(1899, 12, 30)).days)) == day
    assert parse_date(datetime(day.year, day.month, day.day) + timedelta(hours=9)) == day


@given(st.integers(min_value=-(10**11), max_value=10**11))
def test_every_amount_comes_back_from_every_way_of_writing_it(pence):
    pounds = Decimal(abs(pence)) / 100
    plain = f"{pounds:,.2f}"
    for written in (f"£{plain}", plain, f"{pounds:.2f}", f" £ {plain} "):
        assert parse_money(written) == abs(pence)
    for written in (f"({plain})", f"-{plain}", f"{plain}-", f"-£{plain}", f"{plain} CR", f"£({plain})"):
        assert parse_money(written) == -abs(pence)
    assert parse_money(pence / 100) == pence


@given(st.one_of(st.text(max_size=30), st.floats(), st.integers(), st.booleans(), st.timedeltas(), st.times()))
def test_no_cell_makes_the_reading_fail(raw):
    for parse in (
        parse_date,
        parse_money,
        parse_count,
        parse_quantity,
        parse_fte,
        parse_yes_no,
        email_address,
        parse_span,
    ):
        parse(raw)
    parse_month(raw)
    employee_number(raw)
