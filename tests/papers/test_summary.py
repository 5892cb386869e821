"""The committee's summary in words: short, plain, balanced, and silent on numbers that could point to somebody."""

from dataclasses import replace
from datetime import date

import pytest
import textstat

from sos_tracker.measures import catalogue
from sos_tracker.measures.disclosure import ALL_BUT_FEW, FEW, GIVES_AWAY, OF_FEW, for_members
from sos_tracker.papers.summary import now, overall_finding, summary_of
from sos_tracker.records.figures import Figure, Rating
from tests.measures.example import example_frames

AS_AT = date(2018, 5, 10)
MOST_WORDS = 350
OLDEST_READER = 14
YEARS_BEFORE_FIRST_GRADE = 5


@pytest.fixture(scope="module")
def figures() -> dict[str, Figure]:
    return for_members(catalogue.figures(example_frames(), AS_AT))


def withheld(figures: dict[str, Figure], words: str, *codes: str) -> dict[str, Figure]:
    hidden = {code: replace(figures[code], value=None, rate=None, withheld=words) for code in codes}
    return {**figures, **hidden}


@pytest.mark.parametrize("words", ["", FEW, ALL_BUT_FEW, OF_FEW, GIVES_AWAY])
def test_the_summary_is_at_most_350_words_for_a_reader_of_14(figures: dict[str, Figure], words: str) -> None:
    shown = withheld(figures, words, "T1", "T3", "T4") if words else figures

    prose = summary_of(shown).prose

    assert len(prose.split()) <= MOST_WORDS
    # the two measures of textstat that need no dictionary fetched from elsewhere
    for grade in (textstat.automated_readability_index(prose), textstat.coleman_liau_index(prose)):
        assert grade + YEARS_BEFORE_FIRST_GRADE <= OLDEST_READER


def test_every_rated_figure_is_on_the_side_its_rating_says(figures: dict[str, Figure]) -> None:
    behind = {**figures, "T1": replace(figures["T1"], rating=Rating.BEHIND)}

    said = summary_of(behind)

    assert not any("(T1)" in words for words in said.going_well)
    assert any("(T1)" in words for words in said.not_going_well)


def test_a_figure_without_data_is_said_to_be_so(figures: dict[str, Figure]) -> None:
    unknown = replace(figures["L1"], value=None, denominator=None, rate=None, rating=Rating.NO_DATA)

    said = summary_of({**figures, "L1": unknown})

    assert "no data yet on teams and agencies with a trained practice lead (L1)" in said.prose


def test_the_longest_prose_still_fits(figures: dict[str, Figure]) -> None:
    for rating in (Rating.BEHIND, Rating.ON_TRACK, Rating.NOT_DUE, Rating.NO_TARGET):
        all_alike = {
            code: replace(figure, rating=rating) for code, figure in withheld(figures, ALL_BUT_FEW, "T3", "T4").items()
        }

        assert len(summary_of(all_alike).prose.split()) <= MOST_WORDS


def test_a_small_number_is_said_in_words_and_its_target_stays(figures: dict[str, Figure]) -> None:
    said = summary_of(withheld(figures, FEW, "T1", "T3", "T4"))

    assert (
        "Fewer than 5 people have been trained (T1). The target is 176 by now, and 400 by 31 December 2018."
        in said.going_well
    )
    assert "Fewer than 5 of 335 staff who need the training have had it (T3). No target set." in said.unrated
    assert "People came to fewer than 5 of 508 places they had booked (T4). No target set." in said.unrated
    assert "We do not show a number of fewer than 5 people" in said.prose


def test_all_but_a_few_is_said_in_words(figures: dict[str, Figure]) -> None:
    said = summary_of(withheld(figures, ALL_BUT_FEW, "T3", "T4"))

    assert "All but fewer than 5 of 335 staff who need the training have had it (T3). No target set." in said.unrated
    assert "People came to all but fewer than 5 of 508 places they had booked (T4). No target set." in said.unrated


def test_a_number_that_gives_another_away_is_not_said_at_all(figures: dict[str, Figure]) -> None:
    for words in (OF_FEW, GIVES_AWAY):
        said = summary_of(withheld(figures, words, "T3"))

        assert any(
            "We do not show staff in scope who are trained (T3): it would tell of fewer than 5 people." in each
            for each in said.unrated
        )
        assert "no data yet" not in said.prose


def test_nothing_is_said_of_small_numbers_where_none_is_withheld(figures: dict[str, Figure]) -> None:
    assert "fewer than 5" not in summary_of(figures).prose


def test_the_scale_is_told_in_one_sentence_or_that_nothing_was_measured(figures: dict[str, Figure]) -> None:
    scored = {**figures, "E1": replace(figures["E1"], value=6.5, rating=Rating.NO_TARGET)}

    assert "Training alone scores 0 on the method's own scale (E1)." in summary_of(figures).prose
    assert "the middle score of those asked is 6.5 (E1)." in summary_of(scored).prose
    assert len(summary_of(scored).prose.split()) <= MOST_WORDS
    assert "(E1)" not in summary_of(withheld(figures, OF_FEW, "E1")).prose


def test_a_table_gives_the_value_or_why_there_is_none(figures: dict[str, Figure]) -> None:
    assert now(figures["B1"]) == "£41,951"
    assert now(withheld(figures, FEW, "T1")["T1"]) == FEW
    assert now(withheld(figures, GIVES_AWAY, "T1")["T1"]) == "not shown"
    assert now(replace(figures["T1"], value=None)) == "not known"


def test_the_finding_counts_the_ratings(figures: dict[str, Figure]) -> None:
    assert overall_finding(figures.values()) == "2 of 7 rated figures are on track, 5 behind"
