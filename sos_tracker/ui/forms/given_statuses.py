"""Statuses given by a person: who says what until when, always beside what the rule comes to."""

from collections.abc import Mapping, Sequence

import streamlit as st

from sos_tracker.charts.chart import Column, Table
from sos_tracker.measures.catalogue import CATALOGUE
from sos_tracker.records.access import Actor
from sos_tracker.records.judgements import JUDGED, StatusOverride
from sos_tracker.records.palette import RATING_MARKS
from sos_tracker.records.periods import day
from sos_tracker.records.recorded import Add, Recorded, Revise
from sos_tracker.records.statuses import by_rule
from sos_tracker.ui import cached
from sos_tracker.ui.chart_parts import html_table
from sos_tracker.ui.forms import reason, saving, seen, withdrawing
from sos_tracker.ui.forms.fields import Form
from sos_tracker.ui.view import View

_MOST = 500
RATED: Mapping[str, str] = {code: f"{entry.title} ({code})" for code, entry in CATALOGUE.items() if entry.has_target}
_RATINGS = {rating.value: RATING_MARKS[rating].word for rating in JUDGED}
_HINT = (
    "Give a status where the rule does not say all: with a reason and a day on which it ends. What the rule comes to "
    "is shown beside it on every page and paper."
)


def show(view: View) -> None:
    """Every status given, a new one, and one of them to correct or withdraw."""
    found, _ = cached.records(view.code, StatusOverride.kind, limit=_MOST)
    nobody = "<p>Nobody has given a status yet: every figure has that of its rule.</p>"
    st.html(f"<h2>Statuses given by a person</h2><p>{_HINT}</p>{_table(view, found) if found else nobody}")
    _add(view)
    if found:
        _change(view.actor, found)


def _table(view: View, found: Sequence[Recorded]) -> str:
    rows = []
    for given in (one.of(StatusOverride) for one in found):
        figure = view.figures.get(given.measure)
        rows.append((
            RATED.get(given.measure, given.measure),
            "Forecast" if given.of_forecast else "Now",
            RATING_MARKS[given.rating].word,
            _in_force(view, given),
            by_rule(figure) if figure and not given.of_forecast else "",
            given.made_by,
            given.reason,
        ))  # fmt: skip
    heads = ("Figure", "Of", "Status given", "In force", "By its rule", "Given by", "Reason")
    caption = f"Statuses given, newest first, as at {day(view.on)}"
    return html_table(Table(caption, tuple(Column(each) for each in heads), tuple(rows)))


def _in_force(view: View, given: StatusOverride) -> str:
    until = f"until {day(given.expires_on)}"
    if view.on < given.made_on:
        return f"from {day(given.made_on)} {until}"
    return until if view.on <= given.expires_on else f"no longer: it ended on {day(given.expires_on)}"


def _add(view: View) -> None:
    with st.expander("Give a status"):
        form = Form("give status")
        with st.form(form.key("form"), enter_to_submit=False, border=False):
            form.choice("measure", "Figure", RATED)
            _fields(form, None, view.actor)
            form.foot()
            asked = st.form_submit_button("Give the status", type="primary", key="give status")
        given = _given(form) if asked else None
        if given is not None and saving.save(form, view.actor, [Add(given)], _done(given)) is not None:
            st.rerun()


def _fields(form: Form, given: StatusOverride | None, actor: Actor) -> None:
    form.choice("rating", "Status", _RATINGS, given.rating.value if given else None)
    form.tick("of_forecast", "It is about the forecast, not about now", value=bool(given and given.of_forecast))
    form.text(
        "reason", "Why, in one sentence without names: members are shown it", given.reason if given else "", lines=2
    )
    form.text("made_by", "Who says so", given.made_by if given else actor.name)
    form.day("made_on", "From", given.made_on if given else None)
    form.day("expires_on", "Last day on which it holds", given.expires_on if given else None)


def _given(form: Form, **fixed: str) -> StatusOverride | None:
    given = form.record(StatusOverride, beside="expires_on", **fixed)
    return None if form.refused else given


def _done(given: StatusOverride) -> str:
    word = RATING_MARKS[given.rating].word.lower()
    return f"{given.measure} is given as {word} from {day(given.made_on)} until {day(given.expires_on)}."


def _change(actor: Actor, found: Sequence[Recorded]) -> None:
    key = "given which"
    known = seen.choices("given status", found, key)
    number = st.selectbox(
        "Status to correct or withdraw",
        list(known),
        format_func=lambda each: _named(known[each].of(StatusOverride)),
        key=key,
    )
    if number is None:
        return
    _correct(actor, known[number])
    done = "The status is withdrawn: the figure has that of its rule."
    if withdrawing.show(actor, (known[number],), "status", done, key="given status", sure="this status"):
        st.rerun()


def _correct(actor: Actor, kept: Recorded) -> None:
    with st.expander("Correct the status given"):
        form, kept = seen.opened("given status", kept)
        given = kept.of(StatusOverride)
        with st.form(form.key("form"), enter_to_submit=False, border=False):
            _fields(form, given, actor)
            reason.field(form)
            form.foot()
            asked = st.form_submit_button("Save the status", type="primary", key="save given status")
        becomes = _given(form, measure=given.measure) if asked else None
        if becomes == given:
            form.refuse("", "Nothing was changed in the status.")
        if form.refused or becomes is None:
            return
        if saving.save(form, actor, [Revise(kept.number, kept.version, becomes)], _done(becomes)) is not None:
            st.rerun()


def _named(given: StatusOverride) -> str:
    of = "forecast, " if given.of_forecast else ""
    return f"{given.measure}: {of}{RATING_MARKS[given.rating].word.lower()}, from {day(given.made_on)}"
