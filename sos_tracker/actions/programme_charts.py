"""Which measure each chart is drawn from, on a page or in a paper. Nothing is reckoned here: measures meet charts."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

import pandas as pd

from sos_tracker.charts import budget as budget_charts
from sos_tracker.charts import embedding as embedding_charts
from sos_tracker.charts import evidence as evidence_charts
from sos_tracker.charts import fan
from sos_tracker.charts import milestones as milestone_charts
from sos_tracker.charts import practice_leads as lead_charts
from sos_tracker.charts import targets as target_charts
from sos_tracker.charts import training as training_charts
from sos_tracker.charts.annotations import Noted, annotated
from sos_tracker.charts.chart import Chart
from sos_tracker.charts.sentences import count
from sos_tracker.measures import (
    alignment,
    budget,
    case_audits,
    forecast,
    milestones,
    outlook,
    practice_leads,
    practising,
    scale_ratings,
    surveys,
    targets,
    training_series,
)
from sos_tracker.measures.frames import ProgrammeFrames
from sos_tracker.measures.standing import notes_to
from sos_tracker.records import labels, periods
from sos_tracker.records.embedding import Audience
from sos_tracker.records.figures import Figure
from sos_tracker.records.money import whole_pounds


class Reckoned(NamedTuple):
    """What every chart is drawn from: the frames of one cut, its figures by code, and its day.

    ``trained`` is the running total of people trained as members may see it; None where all of it may be drawn.
    """

    frames: ProgrammeFrames
    figures: Mapping[str, Figure]
    on: date
    trained: pd.DataFrame | None = None


def trained_against_target(of: Reckoned) -> Chart:
    series = training_series.cumulative_trained(of.frames.training, of.on) if of.trained is None else of.trained
    ends = _ends(of.figures["T1"], series, of.on)
    chart = training_charts.trained_against_target(
        of.figures["T1"],
        series,
        targets.target_line(of.frames.targets, "T1", ends),
        targets.original_line(of.frames.targets, "T1", ends),
    )
    return _noted(of, chart, "T1")


def trained_and_forecast(of: Reckoned) -> Chart:
    """The same with what is ahead; not for members, whose months may be withheld."""
    told = outlook.people_trained(of.frames, of.on)
    return fan.with_fan(trained_against_target(of), forecast.fan(told), count)


def trained_by_agency(of: Reckoned) -> Chart:
    return training_charts.trained_by_agency(training_series.trained_by_agency(of.frames.training), of.on)


def outcomes_by_level(of: Reckoned) -> Chart:
    return training_charts.outcomes_by_level(training_series.outcomes_by_level(of.frames.training), of.on)


def coverage_by_team(of: Reckoned) -> Chart:
    return training_charts.coverage_by_team(training_series.coverage_by_team(of.frames.training), of.figures["T3"])


def leads_over_time(of: Reckoned) -> Chart:
    series = practice_leads.coverage_by_month(of.frames.posts, of.on)
    line = targets.target_line(of.frames.targets, "L1", _ends(of.figures["L1"], series, of.on))
    if not of.figures["L1"].target_is_rate and of.figures["L1"].denominator:
        line = line.assign(target=line["target"] / of.figures["L1"].denominator)
    return _noted(of, lead_charts.leads_over_time(series, line, of.figures["L1"]), "L1")


def leads_by_agency(of: Reckoned) -> Chart:
    return lead_charts.leads_by_agency(practice_leads.coverage_by_agency(of.frames.posts, of.on), of.figures["L1"])


def spend_against_profile(of: Reckoned) -> Chart:
    chart = budget_charts.spend_against_profile(of.figures["B1"], budget.spend_by_month(of.frames.budget, of.on))
    return _noted(of, chart, "B1")


def spending_and_forecast(of: Reckoned) -> Chart:
    """The same with what is ahead."""
    told = outlook.spending(of.frames, of.on)
    return fan.with_fan(spend_against_profile(of), forecast.fan(told), lambda pence: whole_pounds(round(pence)))


def spend_by_line(of: Reckoned) -> Chart:
    return budget_charts.spend_by_line(budget.spend_by_line(of.frames.budget, of.on), of.on)


def milestone_dates(of: Reckoned) -> Chart:
    states = milestones.milestone_states(of.frames.milestones, of.on, of.frames.moves)
    return milestone_charts.milestone_dates(states, of.on)


def achieved_by_domain(of: Reckoned) -> Chart:
    return milestone_charts.achieved_by_domain(milestones.achieved_by_domain(of.frames.milestones, of.on), of.on)


def scale_over_rounds(of: Reckoned) -> Chart:
    rounds = scale_ratings.scale_by_round(of.frames.embedding.scale, of.on)
    line = targets.target_line(of.frames.targets, "E1", _ends(of.figures["E1"], rounds, of.on))
    return embedding_charts.scale_over_rounds(rounds, line, of.figures["E1"])


def scale_by_unit(of: Reckoned) -> Chart:
    units = scale_ratings.scale_by_unit(of.frames.embedding.scale, of.on)
    return embedding_charts.scale_by_unit(units, of.figures["E1"])


def scale_by_level(of: Reckoned) -> Chart:
    groups = scale_ratings.scale_by_level(of.frames.embedding.scale, of.on)
    names = {"": labels.EVERY_LEVEL, **{level.value: words for level, words in labels.STAFF_LEVEL.items()}}
    return embedding_charts.scale_by_group(groups, names, of.figures["E1"], "staff level")


def scale_by_respondents(of: Reckoned) -> Chart:
    groups = scale_ratings.scale_by_respondents(of.frames.embedding.scale, of.on)
    names = {"": labels.UNKNOWN, **{group.value: words for group, words in labels.RESPONDENTS.items()}}
    return embedding_charts.scale_by_group(groups, names, of.figures["E1"], "who gave the score")


def trained_and_practising(of: Reckoned) -> Chart:
    teams = practising.trained_and_practising(of.frames, of.on)
    return embedding_charts.trained_and_practising(teams, practising.overall(of.frames, of.on).rate, of.figures["E1"])


def audits_by_team(of: Reckoned) -> Chart:
    audits = case_audits.audits_by_team(of.frames.embedding.audits, of.on)
    return evidence_charts.audits_by_team(audits, of.figures["E2"])


def audits_over_time(of: Reckoned) -> Chart:
    months = case_audits.audits_by_month(of.frames.embedding.audits, of.on)
    figure = of.figures["E2"]
    ends = _ends(figure, months, of.on) if figure.target_is_rate else []
    return evidence_charts.audits_over_time(months, targets.target_line(of.frames.targets, "E2", ends), figure)


def staff_survey(of: Reckoned) -> Chart:
    return _survey(of, Audience.STAFF)


def families_survey(of: Reckoned) -> Chart:
    return _survey(of, Audience.FAMILIES)


def _survey(of: Reckoned, audience: Audience) -> Chart:
    answers = surveys.newest_answers(of.frames.embedding.surveys, audience, of.on)
    return evidence_charts.survey_answers(answers, audience, surveys.FEW_ANSWERED, of.on)


def alignment_stages(of: Reckoned) -> Chart:
    stages = alignment.alignment_stages(of.frames.embedding.alignment, of.on)
    return evidence_charts.alignment_stages(stages, of.figures["E3"])


def target_versions(of: Reckoned, code: str) -> Chart:
    """One figure against its target as it steps from version to version, and against the original one."""
    if code == "T1":
        return trained_against_target(of)
    figure, known = of.figures[code], of.frames.targets[of.frames.targets["measure"] == code]
    first = known["baseline_on"].min().date() if len(known) else of.on
    ends = [periods.month_end(month) for month in periods.months(first, max(of.on, *_due(known, of.on)))]
    ends = sorted({end for end in ends if end < of.on} | {of.on} | {end for end in ends if end > of.on})
    chart = target_charts.against_versions(
        figure, targets.target_line(known, code, ends), targets.original_line(known, code, ends)
    )
    return _noted(of, chart, code)


def _noted(of: Reckoned, chart: Chart, code: str) -> Chart:
    """The chart with the notes to its figure; not before members, since what people write may name somebody."""
    if of.trained is not None or code in of.frames.narrowed:
        return chart
    return annotated(chart, [Noted(on, sentence, by) for on, sentence, by in notes_to(of.frames, code)])


def _due(known: pd.DataFrame, on: date) -> tuple[date, ...]:
    return (on, *(moment.date() for moment in known["due_on"]))


def _ends(figure: Figure, series: pd.DataFrame, on: date) -> list[date]:
    """The end of each month of the series, and on to the day the target is due."""
    ends = [moment.date() for moment in series["as_of"]]
    if ends and figure.due_on and figure.due_on > on:
        ahead = (periods.month_end(month) for month in periods.months(on, figure.due_on))
        ends += sorted({end for end in ahead if on < end < figure.due_on} | {figure.due_on})
    return ends
