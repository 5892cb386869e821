"""Parts pages are made of: what needs attention, cards of figures, and the worst and best unit beside an average."""

from collections.abc import Iterable, Sequence
from datetime import date
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from sos_tracker.charts.chart import Chart
from sos_tracker.measures import budget, milestones
from sos_tracker.measures.attention import Attention
from sos_tracker.records.figures import Figure, Rating, Unit
from sos_tracker.records.labels import count_of, level_name
from sos_tracker.records.money import percent, whole_pounds
from sos_tracker.ui import address, cached, figure_cards, menu
from sos_tracker.ui.chart_parts import inline_svgs, plotly_block
from sos_tracker.ui.view import View

_SHOWN_FIRST = 5
IMPORT_FIRST = (
    "No files have been imported for this programme yet. The project manager brings them in on the page Import files: "
    "the training register, partner headcounts, staff list, budget, ledger, practice leads, milestones and targets, "
    "together or one by one."
)


def is_empty(figures: Iterable[Figure]) -> bool:
    return all(figure.value is None for figure in figures)


def overall_finding(figures: Iterable[Figure]) -> str:
    """The programme in one line: how many rated figures are where they should be."""
    ratings = [figure.rating for figure in figures]
    good = sum(rating in {Rating.ON_TRACK, Rating.COMPLETE} for rating in ratings)
    behind, slightly = ratings.count(Rating.BEHIND), ratings.count(Rating.SLIGHTLY_BEHIND)
    if not good + behind + slightly:
        return "The figures so far, none of them rated against a target"
    of = f"{good} of {good + behind + slightly} rated figures {'is' if good == 1 else 'are'} on track"
    late = [f"{behind} behind"] * (behind > 0) + [f"{slightly} slightly behind"] * (slightly > 0)
    return f"{of}, {' and '.join(late)}" if late else of


def attention(view: View) -> None:
    """What to look at first, ranked, each with a way to the page that shows it."""
    found = cached.needs_attention(view.cut)
    if not found:
        st.html("<h2>What needs attention first</h2><p>Nothing is behind its target or stands out.</p>")
        return
    first, rest = found[:_SHOWN_FIRST], found[_SHOWN_FIRST:]
    more = f"<details><summary>{len(rest)} more to look at</summary>{_attention_list(rest)}</details>" if rest else ""
    st.html(f"<h2>What needs attention first</h2>{_attention_list(first)}{more}")


def _attention_list(items: Sequence[Attention]) -> str:
    listed = "".join(map(_attention_item, items))
    return f'<ol class="sos-attention" start="{items[0].rank}" style="--before:{items[0].rank - 1}">{listed}</ol>'


def _attention_item(item: Attention) -> str:
    page = menu.page_at(item.page)
    link = f'<a class="sos-link" href="{escape(address.link(page.address))}" target="_self">{page.title}</a>'
    first, _, rest = item.sentence.partition(". ")
    said = f"<strong>{escape(first.removesuffix('.'))}.</strong> {escape(rest)}"
    return f"<li><div>{said}<br>{escape(item.why)} See {link} ({item.code}).</div></li>"


def cards(view: View, codes: Sequence[str], heading: str = "The figures") -> None:
    st.html(f"<h2>{escape(heading)}</h2>{figure_cards.cards(view.figures[code] for code in codes)}")


def all_cards(view: View) -> None:
    st.html(figure_cards.grouped_cards(view.figures))


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


def spread(what: str, units: pd.DataFrame, name: Sequence[str], part: str, whole: str) -> None:
    """The worst and the best unit beside the average. ``units`` is a measure's frame, a unit a row.

    ``name`` the columns that name a unit, ``part`` and ``whole`` the columns its share is of.
    """
    known = units[units[whole] > 0]
    known = known.iloc[(known[part] / known[whole]).argsort(kind="stable")]
    if len(known) < 2:
        return
    _facts(
        f"{what}: lowest, highest and all together",
        [
            *((label, f"{_unit_name(known.iloc[at], name)}: {_share(known.iloc[at][part], known.iloc[at][whole])}")
              for label, at in (("Lowest", 0), ("Highest", -1))),
            ("All together", _share(known[part].sum(), known[whole].sum())),
        ],
    )  # fmt: skip


def _unit_name(row: "pd.Series[Any]", name: Sequence[str]) -> str:
    said = (level_name(str(row[column])) if column == "level" else str(row[column]) for column in reversed(name))
    return ", ".join(dict.fromkeys(word for word in said if word))


def _share(part: float, whole: float) -> str:
    return f"{part:,.0f} of {whole:,.0f} ({percent(float(part), float(whole))})"


def charts(view: View, heading: str, draws: Sequence[cached.Draw]) -> None:
    """Supporting charts, drawn on the server, in one component."""
    st.html(f"<h2>{escape(heading)}</h2>")
    inline_svgs([view.chart(draw) for draw in draws])


def budget_spread(view: View) -> None:
    """The lines furthest under and over their profile, beside the whole budget."""
    lines = budget.spend_by_line(view.frames.budget, view.on).dropna(subset="variance_pence")
    if len(lines) < 2:
        return
    ordered = lines.sort_values("variance_pence")
    total = lines["variance_pence"].sum()
    _facts(
        "Against the profile to date: furthest under, furthest over and all together",
        [
            ("Furthest under", _variance(ordered.iloc[0])),
            ("Furthest over", _variance(ordered.iloc[-1])),
            ("All lines together", _over_or_under(float(total))),
        ],
    )


def _variance(line: "pd.Series[Any]") -> str:
    return f"{line['title']} ({line['code']}): {_over_or_under(float(line['variance_pence']))}"


def _over_or_under(pence: float) -> str:
    return "on the profile" if not pence else f"{whole_pounds(round(abs(pence)))} {'over' if pence > 0 else 'under'}"


def slip_spread(view: View) -> None:
    """The milestone that has moved most, the one that has moved least, and the median."""
    states = milestones.milestone_states(view.frames.milestones, view.on).dropna(subset="slip_days")
    figure = view.figures["M3"]
    if len(states) < 2 or figure.value is None:
        return
    ordered = states.sort_values("slip_days")
    _facts(
        "Against the dates first agreed: most late, least late and the middle one",
        [
            ("Most late", _slip(ordered.iloc[-1])),
            ("Least late", _slip(ordered.iloc[0])),
            ("The middle one of all", _days(figure.parts["median_days"])),
        ],
    )


def _slip(milestone: "pd.Series[Any]") -> str:
    return f"{milestone['title']}: {_days(milestone['slip_days'])}"


def _days(days: float) -> str:
    if not days:
        return "on its date"
    return f"{count_of(abs(days), Unit.DAYS)} {'late' if days > 0 else 'early'}"


def _facts(heading: str, facts: Sequence[tuple[str, str]]) -> None:
    listed = "".join(f"<div><dt>{escape(name)}</dt><dd>{escape(words)}</dd></div>" for name, words in facts)
    st.html(f'<h2>{escape(heading)}</h2><dl class="sos-spread">{listed}</dl>')
