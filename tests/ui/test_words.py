"""Somebody's words never become markup, and values are printed as this project prints them."""

from datetime import date, datetime

import pandas as pd
import pytest

from sos_tracker.records.figures import Figure, LeftOut, Rating, Unit, Working
from sos_tracker.ui import figure_cards, tables
from sos_tracker.ui.meanings import plain_text

BAD = "<script>alert(1)</script> & **bold** $x^2$"


def a_figure(**fields: object) -> Figure:
    usual: dict[str, object] = {
        "code": "T1", "title": "People trained", "value": 285, "unit": Unit.PEOPLE, "as_at": date(2018, 5, 10),
        "sentence": "285 people.", "rating": Rating.ON_TRACK, "rating_reason": "Ahead.", "definition": "People.",
        "working": Working(285, "a person"),
    }  # fmt: skip
    return Figure(**{**usual, **fields})  # type: ignore[arg-type]  # the fields are given by name


def test_a_card_escapes_every_word_it_shows() -> None:
    card = figure_cards.cards(
        [a_figure(title=BAD, sentence=BAD, rating_reason=BAD, definition=BAD,
                  working=Working(1, BAD, (LeftOut(BAD, 2),)))]
    )  # fmt: skip

    assert "<script" not in card
    assert card.count("&lt;script&gt;") >= 5


def test_a_status_is_a_word_and_a_shape_and_not_colour_alone() -> None:
    said = figure_cards.status(Rating.BEHIND)

    assert "Behind" in said
    assert 'aria-hidden="true"' in said


def test_a_card_shows_its_whole_target_due_date_date_and_code() -> None:
    card = figure_cards.cards(
        [a_figure(value=189, denominator=335, unit=Unit.STAFF, target_to_date=0.5, target_final=1.0,
                  target_is_rate=True, due_on=date(2018, 12, 31))]
    )  # fmt: skip

    for words in ("189", "of 335 staff (56%)", "50%", "100%", "31 December 2018", "10 May 2018", "T1", "Why?"):
        assert words in card


def test_a_figure_nobody_can_reckon_says_so_and_not_zero() -> None:
    card = figure_cards.cards([a_figure(value=None, rating=Rating.NO_DATA)])

    assert "Not known" in card
    assert "No data" in card


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("amount_pence", -5260, "-£52.60"),
        ("rate", 0.995, "99%"),
        ("trained", True, "yes"),
        ("held_on", datetime(2018, 5, 1), "1\u00a0May\u00a02018"),
        ("held_on", pd.NaT, "not given"),
        ("achieved_on", pd.NaT, "not yet"),
        ("comment", "", ""),
        ("outcome", "no-show", "Did not come"),
        ("attended", 1200, "1,200"),
        ("narrative", "=1+1", "=1+1"),
    ],
)
def test_a_cell_is_printed_in_words(name: str, value: object, said: str) -> None:
    assert tables.cell(name, value) == said


def test_a_table_names_its_columns_and_says_which_are_numbers() -> None:
    frame = pd.DataFrame({"agency": ["Police"], "attended": [3]})

    table = tables.table_of(frame, {"agency": "Agency", "attended": "People"}, "Counts")

    assert [column.numeric for column in table.columns] == [False, True]
    assert table.rows == (("Police", "3"),)


def test_a_word_in_a_label_means_nothing_to_markdown() -> None:
    shown = plain_text("**x** [a](b) :red[y] :smile: $z$ jane@example.org www.example.org")

    assert "\\*\\*x\\*\\*" in shown
    assert ":red" not in shown
    assert ":smile" not in shown
    assert "\\$z\\$" in shown
    assert "@example" not in shown
    assert "www." not in shown
