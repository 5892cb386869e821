"""Whether the practice has taken hold: scores with their spread, case files, what is aligned, and what surveys say."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sos_tracker.intake.measure_names import code_of
from sos_tracker.measures import catalogue, disclosure
from sos_tracker.measures.alignment import alignment_stages, alignment_states
from sos_tracker.measures.case_audits import audits_by_month
from sos_tracker.measures.domains import domain_standings
from sos_tracker.measures.embedding import files_showing_use, implementation_scale, items_live
from sos_tracker.measures.filters import filtered
from sos_tracker.measures.frames import EmbeddingFrames, ProgrammeFrames, TrainingFrames
from sos_tracker.measures.practising import trained_and_practising
from sos_tracker.measures.scale_ratings import scale_by_level, scale_by_round, scale_by_unit, spread_of
from sos_tracker.measures.surveys import newest_answers, survey_waves
from sos_tracker.records.embedding import Audience, ProgrammeDomain
from sos_tracker.records.figures import Confidence, Figure, LeftOut, Rating
from tests.measures.by_hand import ON, answers, audits, items, programme, ratings, staff, targets

FEBRUARY, MARCH = date(2018, 2, 22), date(2018, 3, 31)
LIKE = Mapping[str, Any]
SEVEN = {"measure": "E1", "target": 7.0, "baseline": 3.0, "baseline_on": date(2017, 7, 1), "due_on": date(2019, 3, 31)}


def rated(*rows: LIKE, **frames: Any) -> ProgrammeFrames:
    return programme(embedding=EmbeddingFrames(scale=ratings(*rows)), **frames)


def scored(*rows: LIKE, on: date = ON) -> Figure:
    return implementation_scale(rated(*rows), on)


def scores(*pairs: tuple[float, int], **further: Any) -> list[LIKE]:
    return [{"score": score, "people": people, **further} for score, people in pairs]


@pytest.mark.parametrize(
    ("given_", "middle", "quartiles"),
    [
        ([(6, 1)], 6, (6, 6)),
        ([(6, 1), (7, 1)], 6.5, (6.25, 6.75)),
        ([(6, 1), (6.5, 1)], 6.25, (6.125, 6.375)),
        ([(2, 1), (5, 1), (9, 1)], 5, (3.5, 7)),
        ([(9, 1), (2, 4)], 2, (2, 2)),
        ([(4, 2), (8, 2)], 6, (4, 8)),
        ([(5, 60_000), (7, 60_000)], 6, (5, 7)),
    ],
)
def test_the_middle_score_weighs_every_person_alike(
    given_: list[tuple[float, int]], middle: float, quartiles: tuple[float, float]
) -> None:
    figure = scored(*scores(*given_))

    assert (figure.value, (figure.parts["lower"], figure.parts["upper"])) == (middle, quartiles)
    assert figure.confidence is Confidence.SELF_REPORTED


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(1, 30)), min_size=1, max_size=12))
def test_the_spread_is_that_of_the_scores_written_out_one_a_person(pairs: list[tuple[int, int]]) -> None:
    halves = pd.Series([half / 2 for half, _ in pairs])
    people = pd.Series([number for _, number in pairs])
    each = np.repeat(halves.to_numpy(), people.to_numpy())

    found = spread_of(halves, people)

    assert found.people == len(each)
    assert (found.lower, found.median, found.upper) == pytest.approx(tuple(np.percentile(each, (25, 50, 75))))
    assert (found.lowest, found.highest) == (each.min(), each.max())


def test_nothing_yet_says_what_to_record_and_that_training_alone_scores_0() -> None:
    figure = implementation_scale(programme(), ON)

    assert (figure.value, figure.rating) == (None, Rating.NO_DATA)
    assert "Practice evidence" in figure.sentence
    assert figure.sentence.endswith("On the method's own scale training alone scores 0.")


def test_the_newest_round_is_the_newest_month_by_the_day_and_earlier_ones_are_left_out() -> None:
    rounds = [*scores((3, 6), rated_on=FEBRUARY), *scores((6, 2), rated_on=date(2018, 5, 2)),
              *scores((8, 2), rated_on=date(2018, 5, 9)), *scores((10, 50), rated_on=date(2018, 5, 11))]  # fmt: skip

    figure = scored(*rounds)
    assert (figure.value, figure.parts["people"]) == (7, 4)
    assert figure.working is not None
    assert figure.working.left_out == (LeftOut("scores given in earlier rounds", 6),)
    assert figure.parts["by_round"] == {"2018-02": 3, "2018-05": 7}
    assert scored(*rounds, on=date(2018, 4, 30)).value == 3
    assert scored(*rounds, on=date(2018, 1, 1)).value is None
    months = scale_by_round(ratings(*rounds), ON)
    assert months["as_of"].tolist() == [pd.Timestamp(2018, 2, 28), pd.Timestamp(ON)]
    assert months["part_month"].tolist() == [False, True]


def test_all_units_that_share_the_lowest_or_the_highest_middle_are_named_with_it() -> None:
    rows = [*scores((4, 5), team="North"), *scores((4, 6), team="East"), *scores((9, 5), team="South"),
            *scores((0, 4), team="Too few"), *scores((6, 9), team="", agency="Police")]  # fmt: skip

    figure = scored(*rows)

    assert figure.parts["worst"] == {"East (Early Help)": 4, "North (Early Help)": 4}
    assert figure.parts["best"] == {"South (Early Help)": 9}
    assert "The lowest middle score is 4, in East (Early Help) and North (Early Help). The highest is 9, in South" in (
        figure.sentence
    )
    assert scale_by_unit(ratings(*rows), ON)["team"].tolist() == ["Too few", "East", "North", "", "South"]


def test_one_unit_or_units_all_alike_are_neither_best_nor_worst() -> None:
    for rows in (scores((6, 9)), [*scores((6, 9)), *scores((6, 9), team="South")]):
        figure = scored(*rows)
        assert (figure.parts["worst"], figure.parts["best"]) == ({}, {})
        assert "In the round of May 2018 every score is 6 out of 10." in figure.sentence


def test_scores_are_held_against_the_strategys_target_to_half_a_point() -> None:
    figure = implementation_scale(rated(*scores((4.5, 9)), targets=targets(SEVEN)), ON)

    assert (figure.target_to_date, figure.target_final) == (5, 7)
    assert figure.rating is Rating.SLIGHTLY_BEHIND
    assert figure.rating_reason.startswith(
        "4.5 out of 10 as the middle score against 5 out of 10 expected by 10 May 2018: 0.5 points behind."
    )
    assert implementation_scale(rated(*scores((7, 9)), targets=targets(SEVEN)), ON).rating is Rating.COMPLETE


def test_scores_are_shown_by_level_with_those_that_give_none_last() -> None:
    rows = [*scores((3, 2)), *scores((8, 2), staff_level="supervisor"), *scores((5, 2), staff_level="practitioner")]

    assert scale_by_level(ratings(*rows), ON)["group"].tolist() == ["practitioner", "supervisor", ""]


@pytest.mark.parametrize(("people", "told"), [(4, None), (5, 6.0)])
def test_members_are_told_no_score_of_fewer_than_5_people_and_never_how_many_gave_one(
    people: int, told: float | None
) -> None:
    found = disclosure.for_members(catalogue.figures(rated(*scores((6, people))), ON))["E1"]

    assert found.value == told
    assert (found.parts, found.working) == ({}, None)
    assert f"{people} people gave" not in found.sentence
    assert ("fewer than 5 people gave a score" in found.sentence) is (told is None)


def test_members_are_told_of_no_unit_in_which_fewer_than_5_people_gave_a_score() -> None:
    rows = [*scores((6, 9)), *scores((8, 9), team="South"), *scores((1, 4), team="Single out")]

    found = disclosure.for_members(catalogue.figures(rated(*rows), ON))["E1"]

    assert "North (Early Help)" in found.sentence
    assert "Single out" not in repr(found)


# case audits


def audited(*rows: LIKE) -> Figure:
    return files_showing_use(programme(embedding=EmbeddingFrames(audits=audits(*rows))), ON)


def test_each_team_counts_with_its_newest_audit_of_twelve_months() -> None:
    figure = audited(
        {"team": "North", "audited_on": FEBRUARY, "files_showing_use": 1},
        {"team": "North", "audited_on": MARCH, "files_sampled": 8, "files_showing_use": 6, "grade": "good"},
        {"team": "South", "audited_on": date(2017, 5, 11), "files_showing_use": 1},
        {"team": "East", "audited_on": date(2017, 5, 10)},
        {"team": "West", "audited_on": date(2018, 5, 11)},
    )

    assert (figure.value, figure.denominator) == (7, 18)
    assert figure.parts["grades"] == {"Good": 1, "No grade given": 1}
    assert figure.sentence.startswith(
        "7 of 18 files looked at (39%) show the practice in use, by the newest audit of 2 teams and agencies"
    )
    assert "The lowest share is 10%, in South (Early Help). The highest is 75%, in North (Early Help)." in (
        figure.sentence
    )
    assert figure.working is not None
    assert figure.working.left_out == (
        LeftOut("files looked at in earlier audits of the same team", 10),
        LeftOut("files looked at in audits more than twelve months old", 10),
    )


@pytest.mark.parametrize(
    ("row", "rating", "said"),
    [
        ({"files_sampled": 0, "files_showing_use": 0}, Rating.NOT_DUE, "so there is no share to give yet"),
        ({"files_sampled": 200, "files_showing_use": 199}, Rating.NO_TARGET, "199 of 200 files looked at (99%)"),
        ({"audited_on": date(2016, 1, 1)}, Rating.NO_DATA, "No case audit is less than twelve months old"),
    ],
)
def test_an_audit_of_no_file_or_of_long_ago_is_said_to_be(row: LIKE, rating: Rating, said: str) -> None:
    figure = audited(row)

    assert figure.rating is rating
    assert said in figure.sentence


def test_audits_are_added_up_month_by_month() -> None:
    found = audits_by_month(audits({"audited_on": MARCH}, {"team": "South", "audited_on": MARCH}, {}), ON)

    assert found["rate"].tolist() == [0.5, 0.5]
    assert found["audits"].tolist() == [2, 1]


# alignment


@pytest.mark.parametrize(
    ("dates", "stage"),
    [
        ({}, "identified"),
        ({"identified_on": FEBRUARY, "drafted_on": MARCH}, "drafted"),
        ({"approved_on": MARCH, "live_on": ON}, "live"),
        ({"approved_on": MARCH, "live_on": date(2018, 5, 11)}, "approved"),
        ({"live_on": FEBRUARY, "reviewed_on": MARCH}, "reviewed"),
        ({"identified_on": date(2018, 5, 11)}, None),
    ],
)
def test_an_item_stands_at_the_furthest_stage_dated_by_the_day(dates: LIKE, stage: str | None) -> None:
    found = alignment_states(items(dates), ON)

    assert found["stage"].tolist() == ([stage] if stage else [])


def test_items_live_or_reviewed_count_of_all_known_by_then() -> None:
    known = items(
        {"live_on": MARCH}, {"reference": "A2", "live_on": FEBRUARY, "reviewed_on": MARCH},
        {"reference": "A3", "title": "Referral form", "drafted_on": MARCH, "due_on": MARCH},
        {"reference": "A4", "identified_on": date(2018, 6, 1)},
    )  # fmt: skip

    figure = items_live(programme(embedding=EmbeddingFrames(alignment=known)), ON)

    assert (figure.value, figure.denominator) == (2, 3)
    assert figure.parts["by_stage"] == {"Identified": 0, "Drafted": 1, "Approved": 0, "Live": 1, "Reviewed": 1}
    assert figure.sentence.endswith("1 item is past the date due and not live: Referral form.")
    assert alignment_stages(known, ON)["reached"].tolist() == [3, 3, 2, 2, 1]


def test_items_all_identified_later_are_none_yet() -> None:
    known = items({"identified_on": date(2018, 6, 1)})

    figure = items_live(programme(embedding=EmbeddingFrames(alignment=known)), ON)

    assert (figure.value, figure.rating) == (0, Rating.NOT_DUE)
    assert figure.sentence == "No form, policy or format to align was known on 10 May 2018."


# surveys


def test_each_question_is_held_against_the_wave_before_that_asked_it() -> None:
    asked = answers(
        {"closed_on": FEBRUARY, "favourable": 10}, {"favourable": 30},
        {"question": "I have time", "answered": 0, "favourable": 0}, {"audience": "families"},
        {"closed_on": date(2018, 5, 11), "favourable": 40},
    )  # fmt: skip

    waves = survey_waves(asked, Audience.STAFF, ON)
    newest = newest_answers(asked, Audience.STAFF, ON).set_index("question")

    assert len(waves) == 3
    assert newest.loc["I use it", ["rate", "change", "response_rate"]].tolist() == [0.75, 0.5, 0.4]
    assert np.isnan(newest.loc["I have time", "rate"])
    assert len(survey_waves(asked, Audience.FAMILIES, ON)) == 1


# training beside practice


def team(name: str, trained: int, score: float | None, number: int = 10) -> tuple[LIKE, list[LIKE]]:
    return {"team": name, "staff": number, "trained": trained}, [] if score is None else scores((score, 5), team=name)


def compared(*teams: tuple[LIKE, list[LIKE]]) -> pd.DataFrame:
    frames = rated(
        *(row for _, rows in teams for row in rows), training=TrainingFrames(staff=staff(*(row for row, _ in teams)))
    )
    return trained_and_practising(frames, ON)


def test_teams_trained_but_not_practising_come_first() -> None:
    found = compared(
        team("Both", 8, 8),
        team("Trained", 9, 4),
        team("Practising", 2, 7),
        team("Neither", 2, 3),
        team("Unrated", 5, None),
    )

    assert dict(zip(found["team"], found["state"], strict=True)) == {
        "Trained": "trained, not practising", "Neither": "fewer trained, not practising",
        "Practising": "practising, fewer trained", "Both": "trained and practising", "Unrated": "no rating",
    }  # fmt: skip
    assert found["team"].tolist()[0] == "Trained"


def test_one_team_alone_is_neither_ahead_nor_behind_and_all_trained_does_not_excuse_a_low_score() -> None:
    assert compared(team("Only", 5, 6))["state"].tolist() == ["trained and practising"]
    found = compared(team("Low", 10, 3), team("High", 10, 8))
    assert found["state"].tolist() == ["trained, not practising", "trained and practising"]


def test_a_whole_agencys_scores_are_those_of_an_agency_that_is_its_own_team() -> None:
    frames = rated(
        *scores((6, 5), agency="Legal", team=""),
        training=TrainingFrames(staff=staff({"agency": "Legal", "team": "Legal", "staff": 4, "trained": 4})),
    )

    found = trained_and_practising(frames, ON)

    assert found[["team", "staff", "median"]].to_numpy().tolist() == [["Legal", 4, 6]]


def test_60_teams_are_compared_each_once() -> None:
    found = compared(*(team(f"Team {place:02}", place % 11, (place % 19) / 2) for place in range(60)))

    assert found["team"].nunique() == len(found) == 60
    behind = found[found["state"] == "trained, not practising"]
    assert len(behind)
    assert (behind["median"] < 4.5).all()


# one part of the programme, and its domains


def test_one_agency_has_its_own_scores_and_no_target_of_the_whole() -> None:
    whole = rated(*scores((4, 5)), *scores((8, 5), agency="Police", team=""), targets=targets(SEVEN))

    figure = implementation_scale(filtered(whole, agency="Police"), ON)

    assert (figure.value, figure.target_final, figure.parts["people"]) == (8, None, 5)


def test_a_councils_own_domains_stand_in_their_own_order_with_their_measures() -> None:
    own = (
        ProgrammeDomain(name="Build capacity to train", place=2, measures=("T1", "Z9")),
        ProgrammeDomain(name="Align policy and procedures", place=1, measures=("E3",)),
        ProgrammeDomain(name="Action research", place=3),
    )
    figures = {figure.code: figure for figure in catalogue.figures(programme(), ON)}

    found = domain_standings(own, figures)

    assert [(one.domain.name, tuple(f.code for f in one.figures), one.unknown) for one in found] == [
        ("Align policy and procedures", ("E3",), ()),
        ("Build capacity to train", ("T1",), ("Z9",)),
        ("Action research", (), ()),
    ]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Implementation scale, median", "E1"),
        ("Case files showing use of the practice", "E2"),
        ("Forms and policies aligned", "E3"),
        ("Number of case files audited", None),
    ],
)
def test_a_strategys_measure_is_known_by_its_name(name: str, code: str | None) -> None:
    assert code_of(name) == code
