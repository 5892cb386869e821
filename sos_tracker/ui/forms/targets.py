"""Strategy targets by hand: a ledger of versions for each figure, where it stands against the first and the newest.

Adding, correcting and issuing a version stands in ``target_versions``.
"""

from functools import partial

import pandas as pd
import streamlit as st

from sos_tracker.actions import programme_charts
from sos_tracker.actions.programme_charts import Reckoned
from sos_tracker.charts.chart import Column, Table, numeric
from sos_tracker.measures import catalogue
from sos_tracker.measures.catalogue import CATALOGUE
from sos_tracker.measures.targets import current_target, original_only
from sos_tracker.records import labels
from sos_tracker.records.figures import Figure
from sos_tracker.records.palette import RATING_MARKS
from sos_tracker.records.periods import day
from sos_tracker.records.recorded import Recorded
from sos_tracker.records.targets import StrategyTarget
from sos_tracker.ui import address, cached
from sos_tracker.ui.chart_parts import html_table, inline_svgs
from sos_tracker.ui.forms import target_values, target_versions, top
from sos_tracker.ui.view import View, head

_CHOSEN, _MOST = "measure", 1_000


def show(view: View) -> None:
    """The ledger of one figure where one is chosen, else every figure with its target."""
    chosen = address.read(_CHOSEN)
    found, _ = cached.records(view.code, StrategyTarget.kind, limit=_MOST)
    measure = chosen if chosen in CATALOGUE else ""
    head(view, _finding(measure, found))
    if not top.show(view.actor):
        return
    if measure:
        _one(view, measure, tuple(kept for kept in found if kept.of(StrategyTarget).measure == measure))
    else:
        _list(view, found)


def _finding(measure: str, found: tuple[Recorded, ...]) -> str:
    if measure:
        return f"Targets of {CATALOGUE[measure].title.lower()} ({measure})"
    if not found:
        return "No target has been set yet"
    measures = {kept.of(StrategyTarget).measure for kept in found}
    issued = sum(kept.of(StrategyTarget).issued for kept in found)
    targets = f"{len(found):,} {'target' if len(found) == 1 else 'targets'}"
    figures = f"{len(measures):,} {'figure' if len(measures) == 1 else 'figures'}"
    return f"{targets} of {figures}, {issued or 'none'} issued"


def _choose(measure: str) -> None:
    address.write(_CHOSEN, measure)


def _list(view: View, found: tuple[Recorded, ...]) -> None:
    """Every figure with a target, and a way to any figure."""
    rows = []
    for code, entry in CATALOGUE.items():
        versions = [kept.of(StrategyTarget) for kept in found if kept.of(StrategyTarget).measure == code]
        now = current_target(view.frames.targets, code, view.on)
        if versions:
            target = target_values.words(now.target, entry.unit, is_rate=now.is_rate) if now else "none in force yet"
            due = _day(now) if now else ""
            approvals = len({version.approved_on for version in versions})
            rows.append((f"{entry.title} ({code})", target, due, f"{approvals:,}", _how_many_issued(versions)))
    if rows:
        columns = (Column("Figure"), Column("Target"), Column("By"), numeric("Versions"), Column("Issued"))
        st.html(html_table(Table(f"Targets in force on {day(view.on)}", columns, tuple(rows))))
    code = st.selectbox(
        "Figure whose targets to open",
        list(CATALOGUE),
        format_func=lambda each: f"{CATALOGUE[each].title} ({each})",
        key="open targets which",
    )
    if st.button("Open its targets", key="open targets") and code:
        _choose(code)
        st.rerun()


def _how_many_issued(versions: list[StrategyTarget]) -> str:
    issued = sum(version.issued for version in versions)
    return "all" if issued == len(versions) else f"{issued:,} of {len(versions):,}" if issued else "none"


def _day(target: StrategyTarget) -> str:
    return day(target.due_on).replace(" ", "\u00a0")


# one figure


def _one(view: View, measure: str, versions: tuple[Recorded, ...]) -> None:
    """Where the figure stands, its targets as they stepped, the ledger, and what may be done."""
    if st.button("Back to every figure", key="back"):
        _choose("")
        st.rerun()
    if versions:
        _standing(view, measure)
        reckoned = Reckoned(view.frames, view.figures, view.on)
        st.html("<h2>How the target has stepped</h2>")
        inline_svgs([programme_charts.target_versions(reckoned, measure)])
        st.html("<h2>The ledger of versions</h2>" + _ledger(measure, versions))
    target_versions.add(view.actor, measure, opened=not versions)
    drafts = tuple(kept for kept in versions if not kept.of(StrategyTarget).issued)
    if drafts:
        target_versions.drafts(view.actor, measure, drafts)
    if versions:
        target_versions.stories(view, versions)


def _standing(view: View, measure: str) -> None:
    """The figure against its original and its current target, side by side."""
    original = catalogue.original_figure(view.frames, measure, view.on)
    sides = (
        _held(view, measure, original, original_only(view.frames.targets, measure)),
        _held(view, measure, view.figures[measure], view.frames.targets),
    )
    names = ("Approved", "Target to date", "Final target", "Status", "Why")
    rows = tuple(zip(names, *sides, strict=True))
    heads = ("Against", "Original target", "Current target")
    caption = f"{CATALOGUE[measure].title} on {day(view.on)}, against the original and the current target"
    st.html(html_table(Table(caption, tuple(Column(each) for each in heads), rows)))


def _held(view: View, measure: str, figure: Figure, targets: pd.DataFrame) -> tuple[str, ...]:
    target = current_target(targets, measure, view.on)
    shown = partial(labels.target, figure=figure)
    mark = RATING_MARKS[figure.rating]
    return (
        (day(target.approved_on) if target.approved_on else "no date given") if target else "not yet",
        shown(figure.target_to_date),
        f"{shown(figure.target_final)} by {day(figure.due_on)}" if figure.due_on else shown(figure.target_final),
        f"{mark.shape} {mark.word}",
        figure.rating_reason,
    )


def _ledger(measure: str, versions: tuple[Recorded, ...]) -> str:
    """Every version, newest first."""
    unit, rows = CATALOGUE[measure].unit, []
    for target in (one.of(StrategyTarget) for one in versions):
        shown = partial(target_values.words, unit=unit, is_rate=target.is_rate)
        points = "; ".join(f"{day(on)}: {shown(value)}" for on, value in target.points)
        rows.append((
            day(target.approved_on) if target.approved_on else "no date given",
            "Issued" if target.issued else "Draft",
            f"{shown(target.baseline)} on {day(target.baseline_on)}",
            points or "a straight line",
            f"{shown(target.target)} by {day(target.due_on)}",
            target.approved_by or "not given",
            target.reason or "not given",
        ))  # fmt: skip
    heads = ("Approved on", "State", "Baseline", "Points", "Target", "Approved by", "Reason")
    return html_table(Table("Versions of the target, newest first", tuple(Column(each) for each in heads), tuple(rows)))
