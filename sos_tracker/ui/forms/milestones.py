"""Milestones by hand: the list with its moved dates, and one of them, whose forecast moves and whose baseline does not.

How one milestone's forecast is moved, and how it is said to be achieved, stands in ``milestone_moves``.
"""

from datetime import date
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from sos_tracker.charts import milestones as charts
from sos_tracker.charts.chart import Column, Table, numeric
from sos_tracker.measures import milestones as measures
from sos_tracker.measures.frames import FORECAST_MOVES, frame
from sos_tracker.records.access import Actor
from sos_tracker.records.figures import Unit
from sos_tracker.records.labels import count_of
from sos_tracker.records.milestones import ForecastMove, Milestone
from sos_tracker.records.periods import day
from sos_tracker.records.recorded import Add, Recorded, Revise
from sos_tracker.ui import cached, history_parts
from sos_tracker.ui.chart_parts import html_table, inline_svgs
from sos_tracker.ui.forms import milestone_moves, reason, saving, seen, top, withdrawing
from sos_tracker.ui.forms.fields import Form
from sos_tracker.ui.forms.opening import Opening
from sos_tracker.ui.meanings import plain_label
from sos_tracker.ui.view import View, head

MILESTONE = Opening(Milestone, "milestone")
_MOST = 1_000


def show(view: View) -> None:
    """One milestone where one is chosen, else the list of all and the form for another."""
    chosen, _ = MILESTONE.chosen(view.code)
    everything, total = cached.records(view.code, Milestone.kind, limit=_MOST)
    head(view, _finding(view, chosen, total))
    if not top.show(view.actor):
        return
    if chosen is not None:
        _one(view, chosen)
        return
    if everything:
        _list(view, everything)
    _add(view.actor, opened=not everything)


def _finding(view: View, chosen: Recorded | None, total: int) -> str:
    if chosen is not None:
        milestone = MILESTONE.of(chosen)
        return f"Milestone {milestone.reference}: {milestone.title}"
    if not total:
        return "No milestone has been recorded yet"
    moved = len(measures.times_moved(_moves(view.code)))
    return f"{count_of(total, Unit.MILESTONES)}, the dates of {moved or 'none'} of them moved"


# the list


def _list(view: View, everything: tuple[Recorded, ...]) -> None:
    moved = measures.times_moved(_moves(view.code))
    rows = tuple(_row(MILESTONE.of(kept), moved) for kept in everything)
    heads = ("Milestone", "What", "Owner", "Baseline", "Forecast", "Achieved")
    columns = (*(Column(each) for each in heads), numeric("Days late"), Column("Date moved"))
    st.html(html_table(Table("Every milestone, by its baseline", columns, rows)))
    MILESTONE.open_one(everything, _named, "milestone which")


def _row(milestone: Milestone, moved: dict[str, int]) -> tuple[str, ...]:
    slip, times = _slip(milestone), moved.get(milestone.reference, 0)
    return (
        milestone.reference,
        milestone.title,
        milestone.owner,
        _day(milestone.baseline_on),
        _day(milestone.forecast_on) if milestone.forecast_on else "none",
        _day(milestone.achieved_on) if milestone.achieved_on else "not yet",
        "" if slip is None else f"{slip:,}",
        charts.times_moved(times).capitalize() if times else "",
    )


def _moves(code: str, **narrow: Any) -> pd.DataFrame:
    """FORECAST_MOVES, those after the date shown too: what was recorded just now is seen at once."""
    found, _ = cached.records(code, ForecastMove.kind, limit=10 * _MOST, **narrow)
    return frame(FORECAST_MOVES, [[vars(one.record)[name] for name in FORECAST_MOVES] for one in reversed(found)])


def _slip(milestone: Milestone) -> int | None:
    """Days later than the baseline, of the day it was achieved or else is forecast for."""
    ends = milestone.achieved_on or milestone.forecast_on
    return (ends - milestone.baseline_on).days if ends else None


def _named(milestone: Milestone) -> str:
    return f"{milestone.reference} {milestone.title}"


def _day(on: date) -> str:
    return day(on).replace(" ", "\u00a0")


def _add(actor: Actor, *, opened: bool) -> None:
    with st.expander("Add a milestone", expanded=opened):
        form = Form("add milestone")
        with st.form(form.key("form"), enter_to_submit=False, border=False):
            form.text("reference", "Reference, as the plan names it")
            _words(form, None)
            form.day("baseline_on", "Baseline date, which does not move once it is saved")
            form.day("forecast_on", "Forecast date, where there is one")
            form.foot()
            asked = st.form_submit_button("Add the milestone", type="primary", key="add milestone")
        milestone = form.record(Milestone) if asked else None
        if milestone is not None:
            kept = saving.save(form, actor, [Add(milestone)], f"Milestone {_named(milestone)} is added.")
            if kept is not None:
                MILESTONE.choose(kept[0].number)
                st.rerun()


def _words(form: Form, milestone: Milestone | None) -> None:
    form.text("title", "What is to be reached", milestone.title if milestone else "")
    form.text("domain", "Workstream (optional)", milestone.domain if milestone else "")
    form.text("owner", "Owner (optional)", milestone.owner if milestone else "")
    form.text("comment", "Comment (optional)", milestone.comment if milestone else "", lines=2)


# one milestone


def _one(view: View, kept: Recorded) -> None:
    """A milestone's dates, how its forecast moved, and what may be done with it."""
    milestone = MILESTONE.of(kept)
    MILESTONE.back("Back to every milestone")
    moves = _moves(view.code, milestone=milestone.reference)
    st.html(_facts(milestone, moves))
    states = measures.milestone_states(view.frames.milestones, view.on, moves)
    found = states[states["reference"] == milestone.reference]
    if len(found):
        path = measures.forecast_path(moves, milestone.reference, milestone.baseline_on)
        st.html("<h2>How the forecast has moved</h2>")
        inline_svgs([charts.forecast_moves(path, found.iloc[0], view.on)])
    st.html("<h2>The milestone itself</h2>")
    milestone_moves.move(view.actor, kept)
    milestone_moves.achieve(view.actor, kept)
    _correct(view.actor, kept)
    _withdraw(view.actor, kept)
    history_parts.story(view, Milestone.kind, kept.number)


def _facts(milestone: Milestone, moves: pd.DataFrame) -> str:
    slip, deferred = _slip(milestone), moves[moves["deferred"]]
    late = "" if slip is None else f"{count_of(abs(slip), Unit.DAYS)} {'late' if slip > 0 else 'early'}"
    times = measures.times_moved(moves).get(milestone.reference, 0)
    facts = {
        "Baseline, which does not move": day(milestone.baseline_on),
        "Forecast": day(milestone.forecast_on) if milestone.forecast_on else "none given",
        "Achieved": day(milestone.achieved_on) if milestone.achieved_on else "not yet",
        "Against the baseline": "on its date" if slip == 0 else late,
        "Date moved": charts.times_moved(times) if times else "not moved",
        "Deferred by decision": ", ".join(dict.fromkeys(deferred["decision_reference"])),
        "Workstream": milestone.domain,
        "Owner": milestone.owner,
        "Comment": milestone.comment,
    }
    listed = "".join(f"<div><dt>{name}</dt><dd>{escape(said)}</dd></div>" for name, said in facts.items() if said)
    return f'<dl class="sos-spread">{listed}</dl>'


def _correct(actor: Actor, kept: Recorded) -> None:
    form, kept = seen.opened(MILESTONE.word, kept)
    milestone = MILESTONE.of(kept)
    with st.expander("Correct what it says: title, workstream, owner, comment"):
        with st.form(form.key("form"), enter_to_submit=False, border=False):
            _words(form, milestone)
            reason.field(form)
            form.foot()
            asked = st.form_submit_button("Save the milestone", key="save milestone")
        fixed = {name: getattr(milestone, name) for name in ("reference", "baseline_on", "forecast_on", "achieved_on")}
        becomes = form.record(Milestone, **fixed) if asked else None
        if becomes is None:
            return
        if becomes == milestone:
            form.refuse("", "Nothing was changed in the milestone.")
        elif saving.save(form, actor, [Revise(kept.number, kept.version, becomes)], milestone_moves.saved(becomes)):
            st.rerun()


def _withdraw(actor: Actor, kept: Recorded) -> None:
    reference = MILESTONE.of(kept).reference
    goes = "It is not counted any more, nor are the moves of its forecast. The history keeps them."
    sure, done = f"milestone {plain_label(reference)}", f"Milestone {reference} is withdrawn."
    if withdrawing.show(actor, (kept,), "milestone", done, key="milestone", sure=sure, goes=goes):
        MILESTONE.leave()
