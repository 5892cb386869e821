"""Forecasts of the outturn by hand: what somebody expects to be spent in the end, line by line, and why."""

from collections.abc import Sequence

import streamlit as st

from sos_tracker.charts.chart import Column, Table
from sos_tracker.records.access import Actor
from sos_tracker.records.budget import OutturnForecast
from sos_tracker.records.money import pounds
from sos_tracker.records.periods import day
from sos_tracker.records.recorded import Add, Recorded, Revise, Withdraw
from sos_tracker.ui import cached
from sos_tracker.ui.chart_parts import html_table
from sos_tracker.ui.forms import reason, saving, seen
from sos_tracker.ui.forms.fields import Form

_WHOLE = "The whole programme"
_MOST = 500


def show(actor: Actor, lines: dict[str, str]) -> None:
    """The forecasts there are, newest first, a new one, and one of them to correct or withdraw."""
    found, _ = cached.records(actor.programme, OutturnForecast.kind, limit=_MOST)
    st.html("<h2>Forecasts of the outturn</h2>" + (_table(found) if found else "<p>None has been made yet.</p>"))
    _add(actor, lines)
    if found:
        _change(actor, found)


def _table(found: Sequence[Recorded]) -> str:
    rows = tuple(
        (
            one.line or _WHOLE,
            day(one.made_on).replace(" ", "\u00a0"),
            pounds(one.forecast_pence),
            one.made_by or "not given",
            one.reason or "not given",
        )
        for one in (one.of(OutturnForecast) for one in found)
    )
    heads = ("Line", "Made on", "Forecast", "Made by", "Reason")
    columns = tuple(Column(each, numeric=each == "Forecast") for each in heads)
    return html_table(Table("Forecasts of what will be spent in the end, newest first", columns, rows))


def _add(actor: Actor, lines: dict[str, str]) -> None:
    with st.expander("Add a forecast of the outturn"):
        form = Form("add forecast")
        with st.form(form.key("form"), enter_to_submit=False, border=False):
            form.choice("line", "Budget line", lines, none=_WHOLE)
            _fields(form, None)
            form.foot()
            asked = st.form_submit_button("Add the forecast", type="primary", key="add forecast")
        made = _forecast(form) if asked else None
        if made is not None and saving.save(form, actor, [Add(made)], _done(made)) is not None:
            st.rerun()


def _fields(form: Form, made: OutturnForecast | None) -> None:
    form.day("made_on", "Date of the forecast", made.made_on if made else None)
    form.pounds("forecast_pence", "Expected to be spent in the end", made.forecast_pence if made else None)
    form.text("made_by", "Made by (optional)", made.made_by if made else "")
    form.text("reason", "Why this is expected", made.reason if made else "", lines=2)


def _forecast(form: Form, **fixed: str) -> OutturnForecast | None:
    made = form.record(OutturnForecast, **fixed)
    return None if form.refused else made


def _done(made: OutturnForecast) -> str:
    return f"The forecast of {pounds(made.forecast_pence)} for {made.line or 'the whole programme'} is saved."


def _change(actor: Actor, found: Sequence[Recorded]) -> None:
    with st.expander("Correct or withdraw a forecast"):
        known = seen.choices("forecast", found, "forecast which")
        number = st.selectbox(
            "Forecast",
            list(known),
            format_func=lambda each: _named(known[each].of(OutturnForecast)),
            key="forecast which",
        )
        if number is None:
            return
        form, kept = seen.opened("forecast", known[number])
        made = kept.of(OutturnForecast)
        with st.form(form.key("form"), enter_to_submit=False, border=False):
            _fields(form, made)
            reason.field(form)
            form.foot()
            with st.container(horizontal=True):
                asked = st.form_submit_button("Save the forecast", type="primary", key="save forecast")
                gone = st.form_submit_button("Withdraw the forecast", key="withdraw forecast")
        if gone:
            done = f"{_named(made)} is withdrawn."
            if saving.save(form, actor, [Withdraw(kept.kind, kept.number, kept.version)], done) is not None:
                st.rerun()
            return
        becomes = _forecast(form, line=made.line) if asked else None
        if becomes is None:
            return
        if becomes == made:
            form.refuse("", "Nothing was changed in the forecast.")
        elif saving.save(form, actor, [Revise(kept.number, kept.version, becomes)], _done(becomes)) is not None:
            st.rerun()


def _named(made: OutturnForecast) -> str:
    return f"{made.line or _WHOLE}: {pounds(made.forecast_pence)}, made on {day(made.made_on)}"
