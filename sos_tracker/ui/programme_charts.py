"""Which measure each chart of the pages is drawn from. Nothing is reckoned or drawn here: measures meet charts."""

from collections.abc import Mapping
from datetime import date

import pandas as pd

from sos_tracker.charts import budget as budget_charts
from sos_tracker.charts import milestones as milestone_charts
from sos_tracker.charts import practice_leads as lead_charts
from sos_tracker.charts import training as training_charts
from sos_tracker.charts.chart import Chart
from sos_tracker.measures import budget, milestones, practice_leads, targets, training_series
from sos_tracker.measures.frames import ProgrammeFrames
from sos_tracker.records import periods
from sos_tracker.records.figures import Figure

Figures = Mapping[str, Figure]


def trained_against_target(frames: ProgrammeFrames, figures: Figures, on: date) -> Chart:
    series = training_series.cumulative_trained(frames.training, on)
    return training_charts.trained_against_target(
        figures["T1"], series, _target_line(frames, figures["T1"], series, on)
    )


def trained_by_agency(frames: ProgrammeFrames, on: date) -> Chart:
    return training_charts.trained_by_agency(training_series.trained_by_agency(frames.training), on)


def outcomes_by_level(frames: ProgrammeFrames, on: date) -> Chart:
    return training_charts.outcomes_by_level(training_series.outcomes_by_level(frames.training), on)


def coverage_by_team(frames: ProgrammeFrames, figures: Figures) -> Chart:
    return training_charts.coverage_by_team(training_series.coverage_by_team(frames.training), figures["T3"])


def leads_over_time(frames: ProgrammeFrames, figures: Figures, on: date) -> Chart:
    series = practice_leads.coverage_by_month(frames.posts, on)
    line = _target_line(frames, figures["L1"], series, on)
    if not figures["L1"].target_is_rate and figures["L1"].denominator:
        line = line.assign(target=line["target"] / figures["L1"].denominator)
    return lead_charts.leads_over_time(series, line, figures["L1"])


def leads_by_agency(frames: ProgrammeFrames, figures: Figures, on: date) -> Chart:
    return lead_charts.leads_by_agency(practice_leads.coverage_by_agency(frames.posts, on), figures["L1"])


def spend_against_profile(frames: ProgrammeFrames, figures: Figures, on: date) -> Chart:
    return budget_charts.spend_against_profile(figures["B1"], budget.spend_by_month(frames.budget, on))


def spend_by_line(frames: ProgrammeFrames, on: date) -> Chart:
    return budget_charts.spend_by_line(budget.spend_by_line(frames.budget, on), on)


def milestone_dates(frames: ProgrammeFrames, on: date) -> Chart:
    return milestone_charts.milestone_dates(milestones.milestone_states(frames.milestones, on), on)


def _target_line(frames: ProgrammeFrames, figure: Figure, series: pd.DataFrame, on: date) -> pd.DataFrame:
    """The target at the end of each month of the series, and on to the day it is due."""
    ends = [moment.date() for moment in series["as_of"]]
    if ends and figure.due_on and figure.due_on > on:
        ahead = (periods.month_end(month) for month in periods.months(on, figure.due_on))
        ends += sorted({end for end in ahead if on < end < figure.due_on} | {figure.due_on})
    return targets.target_line(frames.targets, figure.code, ends)
