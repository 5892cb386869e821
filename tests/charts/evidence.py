"""Charts of whether the practice has taken hold, drawn from a programme made by hand, of any number of teams."""

from datetime import date
from typing import Any

from sos_tracker.actions import programme_charts
from sos_tracker.actions.programme_charts import Reckoned
from sos_tracker.charts.chart import Chart
from sos_tracker.measures import catalogue
from sos_tracker.measures.frames import EmbeddingFrames, ProgrammeFrames, TrainingFrames
from tests.measures.by_hand import ON, answers, audits, items, programme, ratings, staff, targets

FEBRUARY = date(2018, 2, 22)
NAMES = ("Family Service North", "Duty and Assessment", "Youth Support", "Early Start")
DRAWN = (
    programme_charts.scale_over_rounds, programme_charts.scale_by_unit, programme_charts.scale_by_level,
    programme_charts.scale_by_respondents, programme_charts.trained_and_practising, programme_charts.audits_by_team,
    programme_charts.audits_over_time, programme_charts.staff_survey, programme_charts.families_survey,
    programme_charts.alignment_stages,
)  # fmt: skip


def evidence(names: tuple[str, ...] = NAMES) -> ProgrammeFrames:
    """Two rounds of scores, an audit of all but the last team, two waves, four items; the first team is trained and
    does not practise, the last has no score."""
    scored: list[dict[str, Any]] = []
    for place, name in enumerate(names[:-1]):
        given = {"team": name, "people": 5, "staff_level": "supervisor" if place % 2 else "practitioner"}
        scored += [{**given, "score": 2.0 + place % 4, "rated_on": FEBRUARY}, {**given, "score": 4.0 + place % 5}]
    scored.append({"team": "", "people": 6, "score": 5.5, "respondents": "families"})
    return programme(
        training=TrainingFrames(
            staff=staff(*({"team": name, "staff": 10, "trained": 9 - place % 8} for place, name in enumerate(names)))
        ),
        embedding=EmbeddingFrames(
            scale=ratings(*scored),
            audits=audits(
                *({"team": name, "audited_on": FEBRUARY, "files_showing_use": 2 + place % 6, "grade": "good"}
                  for place, name in enumerate(names[:-1])),
                {"team": names[0], "files_showing_use": 4},
            ),
            surveys=answers(
                {"closed_on": FEBRUARY}, {"favourable": 30}, {"question": "I have the time to prepare"},
                {"audience": "families", "question": "I was heard", "answered": 20, "favourable": 15},
            ),
            alignment=items(
                {"live_on": FEBRUARY}, {"reference": "A2", "drafted_on": FEBRUARY}, {"reference": "A3"},
                {"reference": "A4", "live_on": FEBRUARY, "reviewed_on": ON},
            ),
        ),
        targets=targets({"measure": "E1", "target": 7.0, "baseline_on": date(2017, 7, 1), "due_on": date(2019, 3, 31)}),
    )  # fmt: skip


def charts_of(frames: ProgrammeFrames) -> list[Chart]:
    reckoned = Reckoned(frames, {figure.code: figure for figure in catalogue.figures(frames, ON)}, ON)
    return [draw(reckoned) for draw in DRAWN]


def evidence_charts() -> list[Chart]:
    return charts_of(evidence())
