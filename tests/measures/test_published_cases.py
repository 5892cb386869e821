"""Figures that councils published come out as they published them."""

from datetime import date

from sos_tracker.measures.catalogue import figure
from sos_tracker.measures.frames import BudgetFrames, TrainingFrames
from sos_tracker.measures.tally import tally
from sos_tracker.records.figures import Rating
from sos_tracker.records.money import percent
from sos_tracker.records.statuses import statuses
from tests.measures.by_hand import budget_lines, profile, programme, spending, staff

THOUSAND_POUNDS = 1_000_00
SEPTEMBER = date(2011, 9, 1)


def the_monitor_of_september_2011() -> BudgetFrames:
    """A council's monthly budget monitor, in thousands of pounds: original 111,548 and 4,106 moved in, profile to date
    49,812 and 65,670 to come, actual 51,568."""
    return BudgetFrames(
        budget_lines({"approved_pence": 111_548 * THOUSAND_POUNDS}),
        profile(
            {"month": SEPTEMBER, "profile_pence": 49_812 * THOUSAND_POUNDS},
            {"month": date(2012, 3, 1), "profile_pence": 65_670 * THOUSAND_POUNDS},
        ),
        spending(
            {"month": SEPTEMBER, "amount_pence": 51_568 * THOUSAND_POUNDS},
            {"month": SEPTEMBER, "amount_pence": 4_106 * THOUSAND_POUNDS, "entry_kind": "virement"},
        ),
    )


def test_the_monitor_of_september_2011_is_amber_to_date_and_green_in_the_end_at_once() -> None:
    frames, on = programme(budget=the_monitor_of_september_2011()), date(2011, 9, 30)

    to_date, outturn = figure(frames, "B1", on), figure(frames, "B3", on)

    assert (to_date.value, to_date.target_to_date, to_date.denominator) == (
        51_568 * THOUSAND_POUNDS, 49_812 * THOUSAND_POUNDS, 115_654 * THOUSAND_POUNDS,
    )  # fmt: skip
    assert to_date.rating is Rating.SLIGHTLY_BEHIND
    assert "£1,756,000 (3.5%) over" in to_date.rating_reason
    assert outturn.value == 117_238 * THOUSAND_POUNDS
    assert outturn.rating is Rating.ON_TRACK
    assert "£1,584,000 (1.4%) over" in outturn.rating_reason
    assert [(told.name, told.word) for told in statuses(to_date)] == [
        ("Now", "Slightly behind"), ("Forecast", "On track"),
    ]  # fmt: skip


def test_havering_rated_46_of_its_50_indicators() -> None:
    green, amber, red, unrated = (
        [Rating.ON_TRACK] * 38, [Rating.SLIGHTLY_BEHIND] * 2, [Rating.BEHIND] * 6, [Rating.NO_DATA] * 4,
    )  # fmt: skip

    assert tally([*green, *amber, *red, *unrated]).sentence == (
        "46 of 50 figures are rated: 38 complete or on track (83%), 2 slightly behind (4%) and 6 behind (13%)."
    )


def test_northern_ireland_trained_68_per_cent_by_1_700_of_a_derived_2_500() -> None:
    derived = round(1_700 / 0.68)
    frames = programme(training=TrainingFrames(staff=staff({"staff": derived, "trained": 1_700}), staff_listed=True))

    found = figure(frames, "T3", date(2019, 10, 2))

    assert derived == 2_500
    assert found.sentence == ("1,700 of 2,500 staff in scope and in post (68%) have been trained by 2 October 2019.")
    assert percent(1_700 + 500, derived) == "88%"  # the 500 more planned by March 2020
