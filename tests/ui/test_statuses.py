"""A status is read by those who do not see it: its word stands in the text, wherever a status is shown."""

import re
from collections.abc import Callable
from datetime import date

import pytest

from sos_tracker.papers import plain_html
from sos_tracker.records.figures import Figure, GivenStatus, Rating, Revision, Status
from sos_tracker.records.palette import RATING_MARKS
from sos_tracker.ui import figure_cards, summary
from tests.ui.test_words import BAD, a_figure

GIVEN = GivenStatus(Rating.ON_TRACK, "Two courses are booked", "Alex Hughes", date(2018, 5, 1), date(2018, 6, 30))
SHOWN: dict[str, Callable[[Figure], str]] = {
    "card": lambda figure: figure_cards.cards([figure]),
    "table of the summary": lambda figure: summary.figure_table({figure.code: figure}),
    "paper": lambda figure: plain_html._row(figure, None),
}


def heard(markup: str) -> str:
    """What a screen reader says: without what is hidden from it, and without tags."""
    without = re.sub(r'<span aria-hidden="true">[^<]*</span>', "", markup)
    return " ".join(re.sub(r"<[^>]+>", " ", without).split())


@pytest.mark.parametrize("rating", list(Rating))
@pytest.mark.parametrize("where", SHOWN)
def test_the_word_of_every_status_is_heard_wherever_it_is_shown(where: str, rating: Rating) -> None:
    markup = SHOWN[where](a_figure(rating=rating))

    assert RATING_MARKS[rating].word in heard(markup)
    assert f'<span aria-hidden="true">{RATING_MARKS[rating].shape}</span>' in markup


@pytest.mark.parametrize("where", SHOWN)
def test_a_status_that_was_given_and_that_of_its_rule_are_both_heard(where: str) -> None:
    said = heard(SHOWN[where](a_figure(rating=Rating.BEHIND, given=GIVEN)))

    assert said.index("On track") < said.index("Behind")
    assert "Alex Hughes" in said
    assert "by its rule" in said.lower()


def test_without_recent_data_the_last_month_is_heard() -> None:
    said = heard(figure_cards.cards([a_figure(rating=Rating.STALE, data_to=date(2018, 1, 1))]))

    assert "No data since January 2018" in said


def test_now_and_forecast_and_the_first_target_stand_apart_on_a_card() -> None:
    card = figure_cards.cards([
        a_figure(forecast=Status(Rating.BEHIND, "300 people trained are expected."),
                 revision=Revision("The target was lowered.", "It was missed.", Status(Rating.BEHIND, "Far off.")))
    ])  # fmt: skip

    said = heard(card)
    assert "Now On track Forecast Behind Against the first target Behind The target was lowered." in said
    assert "Forecast. 300 people trained are expected." in said


def test_a_reason_somebody_typed_is_words_and_nothing_more() -> None:
    given = GivenStatus(Rating.ON_TRACK, BAD, BAD, date(2018, 5, 1), date(2018, 6, 30))

    assert all("<script" not in show(a_figure(given=given)) for show in SHOWN.values())
