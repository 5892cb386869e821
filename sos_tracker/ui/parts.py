"""Parts pages are made of: what needs attention, cards of figures, the chart to explore and those beside it."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial
from html import escape

import streamlit as st

from sos_tracker.charts.chart import Chart
from sos_tracker.measures.attention import RANKED, Attention
from sos_tracker.measures.catalogue import CATALOGUE
from sos_tracker.measures.standing import notes_to
from sos_tracker.measures.tally import tally
from sos_tracker.records.figures import Figure
from sos_tracker.records.periods import day
from sos_tracker.ui import address, cached, figure_cards, menu, rows_behind
from sos_tracker.ui.chart_parts import inline_svgs, plotly_block
from sos_tracker.ui.view import View

_SHOWN_FIRST = 5
IMPORT_FIRST = (
    "No files have been imported for this programme yet. The project manager brings them in on the page Import files: "
    "the training register, partner headcounts, staff list, budget, ledger, practice leads, milestones and targets, "
    "together or one by one."
)


def is_empty(figures: Iterable[Figure]) -> bool:
    return all(figure.value is None and not figure.withheld for figure in figures)


def attention(view: View) -> None:
    """What to look at first, ranked, each with a way to the page that shows it."""
    found = cached.needs_attention(view.cut)
    if not found:
        st.html("<h2>What needs attention first</h2><p>Nothing is behind its target or stands out.</p>")
        return
    first, rest = found[:_SHOWN_FIRST], found[_SHOWN_FIRST:]
    more = f"<details><summary>{len(rest)} more to look at</summary>{_attention_list(rest)}</details>" if rest else ""
    st.html(f"<h2>What needs attention first</h2><p>{escape(RANKED)}</p>{_attention_list(first)}{more}")


def _attention_list(items: Sequence[Attention]) -> str:
    listed = "".join(map(_attention_item, items))
    return f'<ol class="sos-attention" start="{items[0].rank}" style="--before:{items[0].rank - 1}">{listed}</ol>'


def _attention_item(item: Attention) -> str:
    link = _link(item.page, menu.page_at(item.page).title)
    first, _, rest = item.sentence.partition(". ")
    said = f"<strong>{escape(first.removesuffix('.'))}.</strong> {escape(rest)}"
    decision = f"<br><strong>To decide:</strong> {escape(item.decision)}" if item.decision else ""
    return f"<li><div>{said}<br>{escape(item.why)}{decision}<br>See {link} ({item.code}).</div></li>"


def cards(view: View, codes: Sequence[str], heading: str = "The figures") -> None:
    drawn = figure_cards.cards((view.figures[code] for code in codes), history=partial(_fold, view))
    st.html(f"<h2>{escape(heading)}</h2>{drawn}")


def all_cards(view: View) -> None:
    def way(code: str) -> str:
        seen = f'See the rows<span class="sos-unseen"> of {escape(view.figures[code].title)}</span>'
        href = escape(address.link(CATALOGUE[code].page, rows=rows_behind.FIRST[code]))
        return f'<p><a class="sos-rows" href="{href}#rows" target="_self">{seen}</a></p>'

    st.html(f"<p>{escape(tally(figure.status for figure in view.figures.values()).sentence)}</p>")
    st.html(figure_cards.grouped_cards(view.figures, way, history=partial(_fold, view)))


def _fold(view: View, code: str) -> str:
    """What stands last in a card's fold: the notes to its figure, and the way to what moved it."""
    notes = [] if code in view.frames.narrowed else notes_to(view.frames, code)
    listed = "".join(f"<li>{day(on)}: {escape(said)} ({escape(by)})</li>" for on, said, by in reversed(notes))
    said = f"<p><strong>Notes.</strong></p><ul>{listed}</ul>" if listed else ""
    return said + _what_moved_it(view, code)


def _what_moved_it(view: View, code: str) -> str:
    """The way to the history of one figure, for those who may read it."""
    if not view.actor.may(menu.page_at("history").permission):
        return ""
    seen = f'What moved it<span class="sos-unseen">: {escape(view.figures[code].title)}</span>'
    href = escape(address.link("history", figure=code))
    return f'<p><a class="sos-link" href="{href}" target="_self">{seen}</a></p>'


def _link(page: str, markup: str) -> str:
    return f'<a class="sos-link" href="{escape(address.link(page))}" target="_self">{markup}</a>'


def main_chart(chart: Chart) -> date | None:
    """The page's chart to explore, whose title is the page's own; returns the month chosen in it, if one is."""
    selected = plotly_block(chart, heading=0)
    months = [found for found in map(_month, selected) if found]
    return months[0] if months else None


def _month(point: str) -> date | None:
    try:
        return date.fromisoformat(f"{point}-01")
    except ValueError:
        return None


def charts(view: View, heading: str, draws: Sequence[cached.Draw]) -> None:
    """Supporting charts, drawn on the server, in one component."""
    st.html(f"<h2>{escape(heading)}</h2>")
    inline_svgs([view.chart(draw) for draw in draws])
