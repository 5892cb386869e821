"""The committee's summary: short, plain, balanced, and with every figure's target, whole, date and code."""

from dataclasses import replace
from datetime import date

import pytest
import textstat

from sos_tracker.measures import catalogue
from sos_tracker.records.figures import Figure, Rating
from sos_tracker.store import Store
from sos_tracker.ui import summary

AS_AT = date(2018, 5, 10)
MOST_WORDS = 350
OLDEST_READER = 14
YEARS_BEFORE_FIRST_GRADE = 5


@pytest.fixture
def figures(example_store: Store) -> dict[str, Figure]:
    frames = example_store.frames("CE-SOS", AS_AT)
    return {figure.code: figure for figure in catalogue.figures(frames, AS_AT)}


def test_the_summary_is_at_most_350_words_for_a_reader_of_14(figures: dict[str, Figure]) -> None:
    prose = summary.summary_of(figures).prose

    assert len(prose.split()) <= MOST_WORDS
    # the two measures of textstat that need no dictionary fetched from elsewhere
    for grade in (textstat.automated_readability_index(prose), textstat.coleman_liau_index(prose)):
        assert grade + YEARS_BEFORE_FIRST_GRADE <= OLDEST_READER


def test_good_and_bad_news_stand_side_by_side_in_the_same_dress(figures: dict[str, Figure]) -> None:
    columns = summary.two_columns(summary.summary_of(figures))

    assert columns.index("What is going well") < columns.index("What is not going well")
    assert columns.count("<section><h2>") == 3


def test_every_rated_figure_is_on_the_side_its_rating_says(figures: dict[str, Figure]) -> None:
    behind = {**figures, "T1": replace(figures["T1"], rating=Rating.BEHIND)}

    said = summary.summary_of(behind)

    assert not any("(T1)" in words for words in said.going_well)
    assert any("(T1)" in words for words in said.not_going_well)


def test_the_table_has_every_figure_with_target_whole_date_status_and_code(figures: dict[str, Figure]) -> None:
    table = summary.figure_table(figures)

    assert table.count("<tr>") == len(figures) + 1
    assert table.count("10 May 2018") >= len(figures)
    assert all(f"<td>{code}</td>" in table for code in figures)
    assert "400 by 31 December 2018" in table


def test_a_figure_without_data_is_said_to_be_so(figures: dict[str, Figure]) -> None:
    unknown = replace(figures["L1"], value=None, denominator=None, rate=None, rating=Rating.NO_DATA)

    said = summary.summary_of({**figures, "L1": unknown})

    assert "no data yet on teams and agencies with a trained practice lead (L1)" in said.prose


def test_the_longest_prose_still_fits(figures: dict[str, Figure]) -> None:
    for rating in (Rating.BEHIND, Rating.ON_TRACK, Rating.NOT_DUE, Rating.NO_TARGET):
        all_alike = {code: replace(figure, rating=rating) for code, figure in figures.items()}

        assert len(summary.summary_of(all_alike).prose.split()) <= MOST_WORDS
