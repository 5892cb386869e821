"""Charts of practice: the finding in the title, what must be read with care said beside it, and 60 teams legible."""

import pytest

from sos_tracker.charts.plotly_figure import plotly_figure
from sos_tracker.charts.svg import NARROW, WIDE, svg
from sos_tracker.measures.frames import EmbeddingFrames
from tests.charts.evidence import DRAWN, charts_of, evidence, evidence_charts
from tests.charts.test_svg import outside, texts
from tests.measures.by_hand import ON, programme, ratings

ALL = {chart.key: chart for chart in evidence_charts()}


@pytest.mark.parametrize(
    ("key", "title"),
    [
        (
            "scale-over-rounds",
            (
                "The middle score was 5.5 out of 10 in May 2018, up 2.5 since February 2018: "
                "2.1 points ahead of the target to date"
            ),
        ),
        ("scale-by-unit", "Teams and agencies range from 4 to 6 out of 10"),
        ("scale-by-staff-level", "No difference by staff level to be seen"),
        ("scale-by-who-gave-the-score", "Families: 5.5 out of 10; staff: 5"),
        (
            "trained-and-practising",
            "2 of 3 teams are trained but not practising: Family Service North and Duty and Assessment",
        ),
        ("audits-by-team", "11 of 30 case files show the practice in use (37%); teams range from 30% to 40%"),
        (
            "audits-over-time",
            "40% of files audited in May 2018 show the practice in use, against 30% in February 2018",
        ),
        (
            "survey-staff",
            "Staff agree least with “I have the time to prepare” (50%); 1 up and 0 down since the wave before",
        ),
        ("survey-families", "75% of families agree with “I was heard”"),
        ("alignment-stages", "2 of 4 items to align are live (50%)"),
    ],
)
def test_the_title_is_the_finding(key: str, title: str) -> None:
    assert ALL[key].title == title


def test_few_answers_are_said_beside_the_question_and_under_the_chart() -> None:
    families, staff = ALL["survey-families"], ALL["survey-staff"]

    assert families.rows[0].value_label == "75% of 20; only 20% answered"
    assert families.note.startswith("For 1 of 1 questions fewer than 30% of those asked answered")
    assert families.table.rows[0][-1] == "fewer than 30% answered"
    assert [row.value_label for row in staff.rows] == ["50% of 40", "75% of 40, up 25 points"]
    assert staff.note == ""


def test_a_team_without_a_score_is_said_to_be_without_one() -> None:
    chart = ALL["trained-and-practising"]

    assert chart.note == "Without a score in the newest round: Early Start (Early Help)."
    assert next(row for row in chart.table.rows if row[0] == "Early Start")[-4:] == (
        "no score",
        "0",
        "never",
        "no rating",
    )


@pytest.mark.parametrize("draw", DRAWN, ids=lambda draw: draw.__name__)
def test_a_programme_without_evidence_says_so_in_place_of_each_drawing(draw: object) -> None:
    chart = charts_of(programme())[DRAWN.index(draw)]  # type: ignore[arg-type]

    assert chart.is_empty
    assert chart.nothing
    assert not chart.table.rows
    assert chart.nothing.split()[0] in " ".join(texts(svg(chart)))


def test_one_rating_is_a_chart_with_one_point() -> None:
    frames = programme(embedding=EmbeddingFrames(scale=ratings({})))

    charts = {chart.key: chart for chart in charts_of(frames)}

    assert charts["scale-over-rounds"].title == "The middle score was 6 out of 10 in May 2018"
    assert charts["scale-by-unit"].title == "Every team and agency rated has 6 out of 10"
    assert charts["trained-and-practising"].title == "Training and practice cannot be compared yet"


@pytest.mark.parametrize("key", ["scale-by-unit", "trained-and-practising", "audits-by-team"])
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_60_teams_are_legible_each_in_a_row_of_its_own(key: str, width: int) -> None:
    names = tuple(f"Locality Team {place:02} for Child Protection" for place in range(60))
    chart = {chart.key: chart for chart in charts_of(evidence(names))}[key]
    drawn = svg(chart, width=width)

    assert outside(drawn) == []
    assert len(chart.rows) >= 59
    assert len(chart.alt) <= 450
    for row in chart.rows:
        assert row.value_label.split(",")[0].split(" (")[0] in " ".join(texts(drawn))
    figure = plotly_figure(chart)
    assert figure.layout.height > 60 * 40


def test_scores_stand_on_an_axis_of_0_to_10_in_both_drawings() -> None:
    chart = ALL["scale-over-rounds"]

    assert list(plotly_figure(chart).layout.yaxis.ticktext) == ["0", "2", "4", "6", "8", "10"]
    assert {"0", "2", "4", "6", "8", "10"} <= set(texts(svg(chart)))
    assert chart.as_at == ON
