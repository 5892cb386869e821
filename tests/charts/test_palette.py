"""Every colour is legible on the page it is used on."""

from itertools import combinations

import pytest

from sos_tracker.records.figures import Rating
from sos_tracker.records.palette import INKS, RATING_MARKS, Theme, contrast

TEXT, SHAPE = 4.5, 3.0


def test_black_on_white_has_the_greatest_contrast_there_is() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#ffffff", "#000000") == pytest.approx(21)


@pytest.mark.parametrize("theme", list(Theme))
def test_letters_reach_four_and_a_half_to_one(theme: Theme) -> None:
    ink = INKS[theme]

    letters = (ink.text, ink.quiet_text, ink.target, *ink.text_series)

    assert [colour for colour in letters if contrast(colour, ink.background) < TEXT] == []


@pytest.mark.parametrize("theme", list(Theme))
def test_shapes_reach_three_to_one(theme: Theme) -> None:
    ink = INKS[theme]

    shapes = (ink.axis, ink.track, ink.target, *ink.series)

    assert [colour for colour in shapes if contrast(colour, ink.background) < SHAPE] == []


@pytest.mark.parametrize("rating", list(Rating))
def test_a_rating_is_legible_in_both_themes_and_has_a_word(rating: Rating) -> None:
    mark = RATING_MARKS[rating]

    assert mark.word.lower() == rating.value
    assert contrast(mark.light, INKS[Theme.LIGHT].background) >= TEXT
    assert contrast(mark.dark, INKS[Theme.DARK].background) >= TEXT


def test_no_two_ratings_share_a_shape() -> None:
    assert len({mark.shape for mark in RATING_MARKS.values()}) == len(Rating)


@pytest.mark.parametrize(("one", "other"), list(combinations(Rating, 2)))
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_any_two_statuses_are_told_apart_in_greyscale(one: Rating, other: Rating, theme: str) -> None:
    """By their greys, or else by a shape and a word of their own."""
    first, second = RATING_MARKS[one], RATING_MARKS[other]

    greys_differ = contrast(getattr(first, theme), getattr(second, theme)) >= SHAPE
    marks_differ = first.shape != second.shape and first.word != second.word
    assert greys_differ or marks_differ


def test_the_series_of_a_theme_are_all_different() -> None:
    for ink in INKS.values():
        assert len(set(ink.series)) == len(ink.series) == len(ink.text_series)
