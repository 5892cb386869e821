"""What members are told of a programme on a day, put together for a paper: the figures, the words, the two charts."""

from collections.abc import Iterable, Mapping
from datetime import date

import pandas as pd

from sos_tracker.actions import programme_charts
from sos_tracker.actions.programme_charts import Reckoned
from sos_tracker.charts.chart import Chart
from sos_tracker.charts.svg import NARROW, WIDE, svg
from sos_tracker.measures import catalogue, disclosure
from sos_tracker.measures.disclosure import ForMembers
from sos_tracker.measures.frames import ProgrammeFrames
from sos_tracker.measures.training_series import cumulative_trained
from sos_tracker.papers.plain_html import PlainChart, PlainSummary, PlainTable, Stamp
from sos_tracker.papers.summary import overall_finding, summary_of
from sos_tracker.records.palette import Theme
from sos_tracker.records.programme import Programme
from sos_tracker.store import Store

_THEMES = (Theme.LIGHT, Theme.DARK)


def newest_summary(store: Store, programme: Programme, today: date) -> PlainSummary:
    """The newest that members may be told: what the page of the summary opens with."""
    on = disclosure.candidate_dates(programme.usual_as_at, today)[0]
    frames = store.frames(programme.code, on)
    return _composed(frames, on, disclosure.over_days([(on, catalogue.figures(frames, on, is_ahead=False))]))


def summary_of_edition(
    store: Store, programme: Programme, as_at: date, today: date, stamp: Stamp | None = None
) -> PlainSummary:
    """The summary on any day, told so that no small number comes out beside what else members are told: on the days
    they may choose, and in the editions published before."""

    def read(on: date) -> ProgrammeFrames:
        return frames if on == as_at else store.frames(programme.code, on)

    frames = store.frames(programme.code, as_at)
    told = dict(disclosure.members_of(programme, today, read).days)
    published = (edition.as_at for edition in reversed(store.editions(programme.code)))
    for on in (*dict.fromkeys(published), as_at):
        if on not in told:
            told[on] = disclosure.beside(catalogue.figures(read(on), on, is_ahead=False), told.values())
    return _composed(frames, as_at, told, stamp)


def _composed(
    frames: ProgrammeFrames, on: date, told: Mapping[date, ForMembers], stamp: Stamp | None = None
) -> PlainSummary:
    figures = told[on].figures
    known = any(figure.value is not None or figure.withheld for figure in figures.values())
    return PlainSummary(
        programme=frames.programme,
        as_at=on,
        finding=overall_finding(figures.values()) if known else "There is nothing to report yet",
        words=summary_of(figures),
        figures=tuple(figures.values()),
        charts=_drawn(_charts(Reckoned(frames, figures, on, _trained(frames, on, told)))) if known else (),
        stamp=stamp,
    )


def _trained(frames: ProgrammeFrames, on: date, told: Mapping[date, ForMembers]) -> pd.DataFrame:
    """The running total of people trained as members may see it."""
    series = cumulative_trained(frames.training, on)
    ends = set(series["as_of"])
    return disclosure.member_series(series, {day: each for day, each in told.items() if pd.Timestamp(day) in ends})


def _charts(of: Reckoned) -> tuple[Chart, ...]:
    return programme_charts.trained_against_target(of), programme_charts.spend_against_profile(of)


def _drawn(charts: Iterable[Chart]) -> tuple[PlainChart, ...]:
    """Each chart in light and dark, wide and narrow; one with nothing to draw says so in its drawing."""
    return tuple(
        PlainChart(
            title=chart.title,
            subtitle=chart.subtitle,
            wide={theme: svg(chart, theme=theme.value, width=WIDE) for theme in _THEMES},
            narrow={theme: svg(chart, theme=theme.value, width=NARROW) for theme in _THEMES},
            table=PlainTable(
                chart.table.caption,
                tuple(column.heading for column in chart.table.columns),
                tuple(column.numeric for column in chart.table.columns),
                chart.table.rows,
            ),
            notes=(chart.note, chart.notice),
        )
        for chart in charts
    )
