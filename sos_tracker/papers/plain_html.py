"""The members' summary as one HTML file: no script, nothing fetched, fit for a screen of any width and for A4.

Every word is escaped here. Drawings come in as SVG markup, one for each theme and width, and are shown as they are.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from html import escape

from sos_tracker.papers.plain_style import POLICY, STYLE
from sos_tracker.papers.summary import Summary, now
from sos_tracker.records.figures import Figure
from sos_tracker.records.labels import amount, target
from sos_tracker.records.palette import RATING_MARKS, Theme
from sos_tracker.records.periods import day
from sos_tracker.records.programme import Programme
from sos_tracker.records.statuses import by_rule, word

_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class PlainTable:
    """A table of texts; the first column names the row. ``numeric``: the columns set to the right."""

    caption: str
    headings: tuple[str, ...]
    numeric: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class PlainChart:
    """A chart to be shown: its finding, what is counted, and one drawing for each theme, wide and narrow."""

    title: str
    subtitle: str
    wide: Mapping[Theme, str]
    narrow: Mapping[Theme, str]
    table: PlainTable | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Stamp:
    """What makes the file an edition."""

    edition: int
    published_on: date
    meeting_on: date | None = None


@dataclass(frozen=True)
class PlainSummary:
    """What the file says. ``stamp`` is None for the summary of today, which is no edition."""

    programme: Programme
    as_at: date
    finding: str
    words: Summary
    figures: tuple[Figure, ...]
    charts: tuple[PlainChart, ...] = ()
    stamp: Stamp | None = None


def plain_html(summary: PlainSummary) -> bytes:
    """The whole file, UTF-8. The same summary gives the same bytes."""
    programme = summary.programme
    title = f"{programme.name}, {programme.authority}: progress as at {day(summary.as_at)}"
    body = (
        f"{_head(summary)}{_news(summary.words)}{_charts(summary.charts)}{_all_figures(summary)}"
        f"{_meanings(summary.words)}"
    )
    return document(title, body)


def document(title: str, body: str) -> bytes:
    """A page of ours around markup that has been escaped: language, title, our style, and a policy without scripts."""
    return (
        '<!DOCTYPE html>\n<html lang="en-GB"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="referrer" content="no-referrer"><meta name="color-scheme" content="light dark">'
        f"<title>{text(title)}</title><style>{STYLE}</style></head>\n<body><main>{body}</main></body></html>\n"
    ).encode()


def text(words: str) -> str:
    """Words as text of the page, whatever is in them, without characters that are no text."""
    return escape(_NOT_TEXT.sub("", words))


def _head(summary: PlainSummary) -> str:
    programme, stamp = summary.programme, summary.stamp
    standing = [f"Figures as at {day(summary.as_at)}."]
    if stamp:
        meeting = f", for the meeting on {day(stamp.meeting_on)}" if stamp.meeting_on else ""
        standing.append(f"Edition {stamp.edition}{meeting}, published on {day(stamp.published_on)}.")
    notice = f'<p class="notice">{text(programme.notice)}</p>' if programme.notice else ""
    return (
        f'<header><p class="of">{text(programme.authority)}: {text(programme.name)}</p>'
        f"<h1>{text(summary.finding)}</h1><p>{text(' '.join(standing))}</p>{notice}</header>"
    )


def _news(words: Summary) -> str:
    """Good news and bad news side by side, the same size and look."""
    unrated = _column("No rating", words.unrated, "") if words.unrated else ""
    return (
        f'<div class="two">{_column("What is going well", words.going_well, "Nothing is on track yet.")}'
        f"{_column('What is not going well', words.not_going_well, 'Nothing is behind its target.')}</div>{unrated}"
    )


def _column(heading: str, paragraphs: Iterable[str], none: str) -> str:
    listed = "".join(f"<li>{text(each)}</li>" for each in paragraphs)
    return f"<section><h2>{heading}</h2>{f'<ul>{listed}</ul>' if listed else f'<p>{none}</p>'}</section>"


def _charts(charts: Iterable[PlainChart]) -> str:
    shown = "".join(_chart(place, chart) for place, chart in enumerate(charts, start=1))
    return f'<h2>How it came about</h2><div class="two">{shown}</div>' if shown else ""


def _chart(place: int, chart: PlainChart) -> str:
    """Four drawings, of which the style shows the one that fits the reader's theme and width."""
    drawn = "".join(
        f'<div class="{width} {"dark" if theme is Theme.DARK else "light"}">{markup}</div>'
        for width, drawings in (("wide", chart.wide), ("narrow", chart.narrow))
        for theme, markup in drawings.items()
    )
    notes = "".join(f'<p class="quiet">{text(note)}</p>' for note in chart.notes if note)
    folded = (
        f"<details><summary>Show the figures of chart {place} as a table</summary>{_table(chart.table)}</details>"
        if chart.table and chart.table.rows
        else ""
    )
    return (
        f'<section class="chart"><h3>{text(chart.title)}</h3><p class="quiet">{text(chart.subtitle)}</p>'
        f"{drawn}{notes}{folded}</section>"
    )


def _all_figures(summary: PlainSummary) -> str:
    heads = ("Figure", "Code", "Now", "Out of", "Target by now", "Final target", "Status", "As at")
    rows = "".join(_row(figure, summary.stamp) for figure in summary.figures)
    head = "".join(f'<th scope="col">{each}</th>' for each in heads)
    return (
        '<h2 id="all-figures">All figures</h2>'
        + _scrolling("Each figure, what it is out of, its target and its status", head, rows)
    )  # fmt: skip


def _row(figure: Figure, stamp: Stamp | None) -> str:
    code = f"{figure.code} · edition {stamp.edition}" if stamp else figure.code
    due = f" by {day(figure.due_on)}" if figure.due_on and figure.target_final is not None else ""
    cells = (
        now(figure),
        "–" if figure.denominator is None else amount(figure.denominator, figure.unit),
        target(figure.target_to_date, figure),
        f"{target(figure.target_final, figure)}{due}",
    )
    return (
        f'<tr><th scope="row">{text(figure.title)}</th><td class="whole">{text(code)}</td>'
        f"{''.join(f'<td>{text(cell)}</td>' for cell in cells)}"
        f'<td class="whole">{_status(figure)}</td><td class="whole">{day(figure.as_at)}</td></tr>'
    )


def _status(figure: Figure) -> str:
    """The status as shape and word; where a person gave it, who, and what its rule comes to."""
    lines = [(figure.status, word(figure)), *([(figure.rating, by_rule(figure))] if figure.given else [])]
    first, *others = (
        f'<span class="status {rating.name.lower()}"><span aria-hidden="true">{RATING_MARKS[rating].shape}</span>'
        f" {text(said)}</span>"
        for rating, said in lines
    )
    given = f" (given by {text(figure.given.made_by)})" if figure.given else ""
    return first + given + "".join(f"<br>By its rule: {other}" for other in others)


def _table(table: PlainTable) -> str:
    kinds = [' class="number"' if numeric else "" for numeric in table.numeric]
    head = "".join(f'<th scope="col"{kind}>{text(each)}</th>' for each, kind in zip(table.headings, kinds, strict=True))
    rows = "".join(
        f'<tr><th scope="row">{text(row[0])}</th>'
        + "".join(f"<td{kind}>{text(cell)}</td>" for cell, kind in zip(row[1:], kinds[1:], strict=True))
        + "</tr>"
        for row in table.rows
    )
    return _scrolling(table.caption, head, rows)


def _scrolling(caption: str, head: str, rows: str) -> str:
    """A table in a box that scrolls by keyboard where the table is wider than the page."""
    named = text(caption)
    return (
        f'<div class="table" role="region" aria-label="{named}" tabindex="0"><table><caption>{named}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _meanings(words: Summary) -> str:
    return _column("What the figures mean", words.meanings, "") if words.meanings else ""
