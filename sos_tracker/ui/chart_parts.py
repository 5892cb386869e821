"""Charts on a page: the finding, one sentence, the drawing, and the same figures as a table for whoever asks."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from html import escape
from typing import Any, Literal

import streamlit as st

from sos_tracker.charts.chart import Chart, Table
from sos_tracker.charts.drawing import plain, slug
from sos_tracker.charts.plotly_figure import CONFIG, plotly_figure
from sos_tracker.charts.svg import NARROW, WIDE, svg
from sos_tracker.records.palette import Theme
from sos_tracker.records.periods import day

_CSS = """
.sos-charts { display: grid; gap: 2rem; align-items: start;
  grid-template-columns: repeat(auto-fit, minmax(min(100%, 28rem), 1fr)); }
.sos-chart { container-type: inline-size; min-width: 0; margin: 0; }
.sos-charts .sos-chart :is(h2, h3) { font-size: 1.2rem; line-height: 1.3; font-weight: 700; margin: 0;
  padding: 0 0 .2rem; overflow-wrap: anywhere; }
.sos-chart p { margin: 0 0 .75rem; max-width: 46rem; }
.sos-chart .sos-beside { color: light-dark(#484949, #c8ccd0); }
.sos-chart .sos-standing { margin: .6rem 0 0; }
.sos-notes { margin: 0 0 .4rem; padding-left: 1.6rem; }
.sos-chart details { margin-top: .4rem; }
.sos-chart svg { display: block; height: auto; }
.sos-wide svg { max-width: 39rem; }
.sos-narrow { display: none; }
.sos-narrow svg { max-width: 26rem; }
@container (max-width: 27.5rem) { .sos-wide { display: none; } .sos-narrow { display: block; } }
@media print {
  .sos-charts { display: block; }
  .sos-chart { break-inside: avoid; margin-bottom: 1.5rem; }
  .sos-chart[data-theme=dark] svg { background: #0b0c0c; filter: invert(1) hue-rotate(180deg);
    print-color-adjust: exact; }
}
"""


@cache
def _component() -> Callable[..., object]:
    """Its script is a file (ui/static/charts, named in sos_tracker/pyproject.toml), because the content-security policy
    lets no script run that is made in the page. Made at first use: the file is found once Streamlit runs."""
    return st.components.v2.component(
        "sos-tracker.charts", html='<div class="sos-charts"></div>', css=_CSS, js="charts.js", isolate_styles=False
    )


def theme_of_reader() -> Theme:
    """Light or dark, as the reader has chosen; light until their browser has said."""
    return Theme.DARK if st.context.theme.type == "dark" else Theme.LIGHT


def inline_svgs(charts: Sequence[Chart], *, theme: str | None = None, heading: int = 3, key: str | None = None) -> None:
    """Shows charts drawn on the server, all through one component: two to a row where the page is wide enough.

    ``heading`` is the level of their titles. Chart keys must differ on one page.
    """
    shown = theme or theme_of_reader()
    markup = "".join(chart_block(chart, theme=shown, heading=heading) for chart in charts)
    _component()(data=markup, key=key or "charts " + " ".join(chart.key for chart in charts))


@lru_cache(maxsize=256)
def chart_block(chart: Chart, *, theme: str = "light", heading: int = 3) -> str:
    """One chart as markup: heading, subtitle, the drawing for wide and for narrow places, notes, and its table."""
    return (
        f'<section class="sos-chart" data-theme="{escape(theme)}">'
        f"<h{heading}>{plain(chart.title)}</h{heading}>"
        f'<p class="sos-beside">{plain(chart.subtitle)}</p>'
        f'<div class="sos-wide">{svg(chart, theme=theme, width=WIDE)}</div>'
        f'<div class="sos-narrow">{svg(chart, theme=theme, width=NARROW)}</div>'
        f"{_notes(chart)}{table_details(chart)}</section>"
    )


def html_table(table: Table) -> str:
    """A table for readers: caption, headings with scope, the first column naming the row, in a box that scrolls by
    keyboard where the table is wider than the page."""
    label = plain(table.caption)
    numbers = ["number" if column.numeric else "" for column in table.columns]
    heads = "".join(
        f'<th scope="col"{_class(kind)}>{plain(column.heading)}</th>'
        for column, kind in zip(table.columns, numbers, strict=True)
    )
    rows = "".join(_table_row(row, numbers) for row in table.rows)
    return (
        f'<div class="sos-table" role="region" aria-label="{label}" tabindex="0"><table><caption>{label}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def table_details(chart: Chart) -> str:
    """The chart's figures as a table, folded; "" where there are none."""
    if not chart.table.rows:
        return ""
    return (
        f'<details id="{slug(chart.key)}-table"><summary>Show the figures as a table</summary>'
        f"{html_table(chart.table)}</details>"
    )


def plotly_block(
    chart: Chart,
    theme: str | None = None,
    key: str | None = None,
    on_select: Literal["rerun", "ignore"] = "rerun",
    *,
    heading: int = 3,
) -> tuple[str, ...]:
    """The chart to explore; returns the ids of the points the reader has selected, each once, in order.

    ``heading`` 0 leaves the title out, where the page's own title is the chart's finding.
    """
    title = f"<h{heading}>{plain(chart.title)}</h{heading}>" if heading else ""
    st.html(f'{title}<p class="sos-standing">{plain(chart.subtitle)}</p>')
    figure = _figure(chart, theme or theme_of_reader())
    selected: tuple[str, ...] = ()
    if on_select == "rerun":
        event = st.plotly_chart(
            figure, theme=None, key=key or chart.key, on_select="rerun", selection_mode="points", config=CONFIG,
            alt=chart.alt,
        )  # fmt: skip
        selected = selected_ids(event["selection"]["points"])
    else:
        st.plotly_chart(figure, theme=None, key=key or chart.key, config=CONFIG, alt=chart.alt)
    st.html(f"{_notes(chart)}{table_details(chart)}")
    return selected


def selected_ids(points: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """The ids of plotly's selected points, each once; a point that stands for nothing on the page has none."""
    ids = [str(point["customdata"][0]) for point in points if point.get("customdata")]
    return tuple(dict.fromkeys(found for found in ids if found))


@lru_cache(maxsize=64)
def _figure(chart: Chart, theme: str) -> Any:
    """Made once for each chart and theme: a figure costs ten milliseconds, and nobody changes it."""
    return plotly_figure(chart, theme)


def _notes(chart: Chart) -> str:
    said = "".join(f'<p class="sos-standing">{plain(words)}</p>' for words in (chart.note, chart.notice) if words)
    return said + _annotations(chart)


def _annotations(chart: Chart) -> str:
    """The notes, by the numbers they have on the drawing."""
    if not chart.annotations:
        return ""
    listed = "".join(f"<li>{plain(day(note.on))}: {plain(note.sentence)}</li>" for note in chart.annotations)
    return f'<p class="sos-standing">Notes, by their numbers on the chart:</p><ol class="sos-notes">{listed}</ol>'


def _class(kind: str) -> str:
    return f' class="{kind}"' if kind else ""


def _table_row(row: tuple[str, ...], kinds: list[str]) -> str:
    first, *rest = row
    cells = "".join(f"<td{_class(kind)}>{plain(cell)}</td>" for cell, kind in zip(rest, kinds[1:], strict=True))
    return f'<tr><th scope="row">{plain(first)}</th>{cells}</tr>'
