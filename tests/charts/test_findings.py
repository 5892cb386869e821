"""What charts say: the finding in the title, the latest value in the text alternative, the figures in the table."""

from datetime import date

import pandas as pd
import pytest

from sos_tracker.charts import budget, milestones, practice_leads, training
from sos_tracker.charts.chart import ALT_LONGEST, ALT_SHORTEST, Chart, Column, Table
from sos_tracker.charts.sentences import alternative
from sos_tracker.measures import budget as budget_measures
from sos_tracker.measures import milestones as milestone_measures
from sos_tracker.measures import practice_leads as lead_measures
from sos_tracker.measures import targets as target_measures
from sos_tracker.measures import training_series
from sos_tracker.measures.frames import frame
from sos_tracker.records.figures import Unit
from tests.charts import examples

ALL = {chart.key: chart for chart in examples.all_charts()}
LATEST = {
    "trained-against-target": "285", "trained-by-agency": "285", "outcomes-by-level": "448 of 508",
    "coverage-by-team": "189 of 335", "leads-by-agency": "14 of 20", "leads-over-time": "70%",
    "spend-against-profile": "£41,951", "spend-by-line": "£41,951", "milestone-dates": "5 of 12",
    "achieved-by-domain": "5 of 12",
}  # fmt: skip


def empty_charts() -> list[Chart]:
    """Every chart of a programme that has recorded nothing, from the frames measures make then."""
    on, nobody = examples.AS_AT, examples.figure(None, target_to_date=None, target_final=None, due_on=None)
    line = frame(target_measures.TARGET_LINE)
    return [
        training.trained_against_target(nobody, frame(training_series.CUMULATIVE_TRAINED), line),
        training.trained_by_agency(frame(training_series.TRAINED_BY_AGENCY), on),
        training.outcomes_by_level(frame(training_series.OUTCOMES_BY_LEVEL), on),
        training.coverage_by_team(frame(training_series.COVERAGE_BY_TEAM), nobody),
        practice_leads.leads_by_agency(frame(lead_measures.COVERAGE_BY_AGENCY), nobody),
        practice_leads.leads_over_time(frame(lead_measures.COVERAGE_BY_MONTH), line, nobody),
        budget.spend_against_profile(nobody, frame(budget_measures.SPEND_BY_MONTH)),
        budget.spend_by_line(frame(budget_measures.SPEND_BY_LINE), on),
        milestones.milestone_dates(frame(milestone_measures.MILESTONE_STATES), on),
        milestones.achieved_by_domain(pd.DataFrame(columns=["domain", "total", "due", "achieved", "overdue"]), on),
    ]


@pytest.mark.parametrize(
    ("key", "title"),
    [
        ("trained-against-target", "285 people trained, 109 ahead of the target to date"),
        ("trained-by-agency", "125 of the 285 people trained come from Children's Social Care"),
        ("outcomes-by-level", "448 of 508 booked places were taken up (88%)"),
        ("coverage-by-team", "189 of 335 staff in scope are trained (56%); teams range from 42% to 74%"),
        (
            "leads-by-agency",
            "14 of 20 teams and agencies have a trained practice lead; 3 of 7 agencies have none",
        ),
        (
            "leads-over-time",
            "14 of 20 teams and agencies have a trained practice lead, 3 percentage points ahead of the target to date",
        ),
        ("spend-against-profile", "£41,951 spent, £25,970 below the profile to date"),
        ("spend-by-line", "£41,951 of £165,000 spent (25%); no line is above the profile to date"),
        ("milestone-dates", "5 of 12 milestones achieved, 3 overdue"),
        ("achieved-by-domain", "5 of 12 milestones achieved, 3 overdue"),
    ],
)
def test_the_title_is_the_finding(key: str, title: str) -> None:
    assert ALL[key].title == title


@pytest.mark.parametrize("key", list(LATEST))
def test_the_text_alternative_holds_the_latest_value(key: str) -> None:
    alt = ALL[key].alt

    assert ALT_SHORTEST <= len(alt) <= ALT_LONGEST
    assert LATEST[key] in alt


def test_every_chart_says_which_day_it_stands_for() -> None:
    for chart in ALL.values():
        assert "10 May 2018" in chart.alt
        assert "10 May 2018" in chart.table.caption


def test_behind_the_target_is_said_as_plainly_as_ahead() -> None:
    behind = examples.figure(120)

    chart = training.trained_against_target(behind, examples.trained_frame(), examples.target_frame())

    assert chart.title == "120 people trained, 56 behind the target to date"


def test_exactly_on_target_is_neither_ahead_nor_behind() -> None:
    level = examples.figure(176)

    chart = training.trained_against_target(level, examples.trained_frame(), examples.target_frame())

    assert chart.title == "176 people trained, level with the target to date"


def test_without_a_target_the_title_says_so() -> None:
    alone = examples.figure(285, target_to_date=None, target_final=None, due_on=None)

    chart = training.trained_against_target(alone, examples.trained_frame(), frame(target_measures.TARGET_LINE))

    assert chart.title == "285 people trained, no target set"
    assert chart.goal is None
    assert [series.name for series in chart.series] == ["People trained"]


def test_a_part_month_is_marked_in_the_drawing_the_table_and_a_note() -> None:
    chart = ALL["trained-against-target"]

    assert [point.part for point in chart.series[0].points] == [False] * 6 + [True]
    assert chart.table.rows[-1][0] == "May 2018, to 10 May"
    assert chart.note == "May 2018 is a part month, counted to 10 May 2018; its marker is hollow."


def test_a_point_of_a_month_is_found_again_by_its_month() -> None:
    ids = [point.id for point in ALL["trained-against-target"].series[0].points]

    assert ids[0] == "2017-11"
    assert ids[-1] == "2018-05"


@pytest.mark.parametrize("key", ["trained-against-target", "leads-over-time", "spend-against-profile"])
def test_the_table_of_a_line_holds_every_point_drawn(key: str) -> None:
    chart = ALL[key]

    drawn = [point.label.split("\n")[0].split(" ")[0] for point in chart.series[0].points if point.label]

    assert len(chart.table.rows) == len(chart.series[0].points)
    assert drawn == [chart.table.rows[-1][-2]]


@pytest.mark.parametrize("key", ["trained-by-agency", "coverage-by-team", "leads-by-agency", "milestone-dates"])
def test_the_table_has_a_row_for_every_row_drawn(key: str) -> None:
    chart = ALL[key]

    names = [row.name for row in chart.rows]

    assert len(names) == len(chart.table.rows)
    assert all(cells[0] in name for cells, name in zip(chart.table.rows, names, strict=True))


def test_walk_ins_are_named_and_never_stacked_on_places_booked() -> None:
    chart = ALL["outcomes-by-level"]

    drawn = sum(point.value or 0 for series in chart.series for point in series.points)

    assert drawn == examples.outcomes_frame()["booked"].sum()
    assert chart.rows[0].value_label == "108 of 120 (90%) came + 4 walk-ins"


def test_the_worst_team_stands_first() -> None:
    shares = [point.value for point in ALL["coverage-by-team"].series[0].points]

    assert shares == sorted(shares)


def test_199_of_200_staff_is_never_shown_as_all() -> None:
    team = pd.DataFrame([("A", "B", 200, 199, 0.995)], columns=["agency", "team", "staff", "trained", "rate"])

    chart = training.coverage_by_team(team, examples.figure(199, denominator=200, rate=0.995))

    assert chart.rows[0].value_label == "199 of 200 (99%)"


def test_a_code_the_budget_does_not_know_is_drawn_and_named() -> None:
    lines = pd.DataFrame(
        [("SOS99", "Not in the budget book", 0, 0.0, 5000, 5000.0, 0, float("nan")),
         ("SOS01", "Training", 100000, float("nan"), 2000, float("nan"), 0, 0.02)],
        columns=list(budget_measures.SPEND_BY_LINE),
    )  # fmt: skip

    chart = budget.spend_by_line(lines, examples.AS_AT)

    assert chart.rows[0].name == "Not in the budget book: SOS99"
    assert chart.rows[0].value_label == "£50 spent, no budget"
    assert "no profile" in chart.table.rows[1]


def test_milestones_say_what_became_of_them() -> None:
    became = {row.name[:3]: row.value_label for row in ALL["milestone-dates"].rows}

    assert became["M01"] == "Achieved 6 Nov 2017, 100 days late"
    assert became["M03"] == "Achieved 6 Nov 2017"
    assert became["M05"] == "Overdue, forecast 23 Aug 2018, 120 days late"
    assert became["M09"] == "Overdue, the forecast of 5 Apr 2018 has passed"
    assert became["M06"] == "Forecast 25 May 2018"


def test_every_state_of_a_milestone_has_a_series_of_its_own() -> None:
    names = {series.name: len(series.points) for series in ALL["milestone-dates"].series}

    assert names == {"Baseline": 12, "Achieved": 5, "Forecast, not due yet": 4, "Forecast, overdue": 3}


@pytest.mark.parametrize("chart", empty_charts(), ids=lambda chart: chart.key)
def test_nothing_recorded_is_a_sentence(chart: Chart) -> None:
    assert chart.is_empty
    assert chart.nothing.endswith(".")
    assert chart.title
    assert chart.table.rows == ()


def test_one_month_is_a_chart() -> None:
    chart = training.trained_against_target(
        examples.figure(50), examples.trained_frame().head(1), examples.target_frame().head(1)
    )

    assert not chart.is_empty
    assert len(chart.table.rows) == 1


def test_a_month_nobody_has_figures_for_says_no_data_and_not_nought() -> None:
    months = pd.DataFrame(
        [(date(2018, 3, 31), 0, 0, float("nan")), (date(2018, 4, 30), 3, 4, 0.75)],
        columns=["as_of", "covered", "teams", "rate"],
    )

    chart = practice_leads.leads_over_time(months, frame(target_measures.TARGET_LINE), examples.lead_figure())

    assert chart.table.rows[0][-2] == "no data"
    assert chart.series[0].points[0].value is None


def test_a_text_alternative_that_is_too_short_or_too_long_is_refused() -> None:
    table = Table("Figures", (Column("Name"),), ())
    for alt in ("chart", "x" * 451):
        with pytest.raises(ValueError, match="needs 40 to 450"):
            Chart(**{**vars_of(ALL["trained-by-agency"]), "alt": alt, "table": table})


def vars_of(chart: Chart) -> dict[str, object]:
    return {name: value for name, value in vars(chart).items() if name != "row_names"}


def test_a_text_alternative_is_kept_within_its_length() -> None:
    assert len(alternative("a" * 1000)) == ALT_LONGEST
    assert len(alternative("Short.")) >= ALT_SHORTEST
    assert alternative("One sentence that is just as long as is needed.", "b" * 440).endswith("needed.")


def test_a_table_whose_row_misses_a_column_is_refused() -> None:
    with pytest.raises(ValueError, match="2 columns and a row of 1"):
        Table("Figures", (Column("Name"), Column("Number")), (("only",),))


def test_spending_above_its_profile_is_said_in_the_title() -> None:
    spent = examples.figure(
        7000000, code="B1", unit=Unit.PENCE, target_to_date=6792100, target_final=16500000, due_on=date(2019, 3, 1)
    )

    chart = budget.spend_against_profile(spent, examples.spending_frame())

    assert chart.title == "£70,000 spent, £2,079 above the profile to date"
