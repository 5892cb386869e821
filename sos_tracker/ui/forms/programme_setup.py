"""Setting a programme up by hand: how each figure is rated, when its data are too old, the notice and the usual day."""

from collections.abc import Callable

import streamlit as st

from sos_tracker.actions import programme_setup
from sos_tracker.charts.chart import Column, Table
from sos_tracker.intake.cells import Fault, Quantity, parse_quantity
from sos_tracker.measures.catalogue import CATALOGUE
from sos_tracker.measures.freshness import PROJECT_MANAGER, WITH_A_RHYTHM
from sos_tracker.measures.rating import DEFAULT_RULES
from sos_tracker.records.access import Actor
from sos_tracker.records.figures import Direction, RatingRule
from sos_tracker.records.labels import courses
from sos_tracker.records.periods import day
from sos_tracker.records.recorded import RecordRefused
from sos_tracker.ui import cached
from sos_tracker.ui.chart_parts import html_table
from sos_tracker.ui.forms import reason, saving, top
from sos_tracker.ui.forms.fields import Form
from sos_tracker.ui.view import View, head

_RATED = {code: f"{entry.title} ({code})" for code, entry in CATALOGUE.items() if entry.has_target}
_SEEN = "rules seen"
_WAYS = {
    Direction.HIGHER: "Higher is better: so far below the target to date",
    Direction.NEAR: "Near the plan is better: so far over or under it",
    Direction.LOWER: "Lower is better: up to so much",
}


def show(view: View) -> None:
    own = sum(code in view.frames.rules for code in _RATED)
    some = f"{own} of {len(_RATED)} figures {'has' if own == 1 else 'have'} tolerances of the council’s own"
    head(view, some if own else "No figure has tolerances of the council’s own yet")
    if not top.show(view.actor):
        return
    st.html(f"<h2>How figures are rated</h2>{_table(view)}")
    _tolerances(view)
    _programme(view)


def _table(view: View) -> str:
    rows = []
    for code, named in _RATED.items():
        rule = view.frames.rules.get(code, DEFAULT_RULES[code])
        recent = f"{rule.data_months} months" if rule.data_months else "never"
        rows.append((
            named,
            _WAYS[rule.direction],
            _words(code, rule.on_track_within),
            _words(code, rule.slightly_behind_within),
            recent if code in WITH_A_RHYTHM else "does not apply",
            rule.data_owner or PROJECT_MANAGER,
            "the council’s own" if code in view.frames.rules else "usual",
        ))  # fmt: skip
    heads = ("Figure", "Which way is good", "On track within", "Slightly behind within", "No recent data after",
             "Who sees to the records", "Rule")  # fmt: skip
    caption = "Tolerances; further off is behind"
    return html_table(Table(caption, tuple(Column(each) for each in heads), tuple(rows)))


def _words(code: str, tolerance: float) -> str:
    return f"{tolerance:g} days" if programme_setup.is_in_days(code) else f"{tolerance * 100:g}%"


def _tolerances(view: View) -> None:
    """The rule of one figure, changed with a reason: it holds on every day that is shown."""
    with st.expander("Change how a figure is rated"):
        code = st.selectbox("Figure", list(_RATED), format_func=lambda each: _RATED[each], key="rule which")
        if code is None:
            return
        own = view.frames.rules.get(code)
        rule = own or DEFAULT_RULES[code]
        form, seen = Form(f"rule {code}"), _seen(view.code, code, own)
        unit = "days" if programme_setup.is_in_days(code) else "%"
        with st.form(form.key("form"), enter_to_submit=False, border=False):
            for field, label, value in (
                ("on_track_within", "On track within", rule.on_track_within),
                ("slightly_behind_within", "Slightly behind within", rule.slightly_behind_within),
            ):
                form.text(field, f"{label} ({unit})", _words(code, value).removesuffix(" days"), read=_reading(code))
            if code in WITH_A_RHYTHM:
                form.whole("data_months", "Whole months without a record, after which there are no recent data",
                           rule.data_months)  # fmt: skip
                form.text("data_owner", f"Who sees to the records (empty: {PROJECT_MANAGER.lower()})", rule.data_owner)
            reason.field(form)
            form.foot()
            asked = st.form_submit_button("Save the tolerances", type="primary", key="save rule")
        if asked and _saved(form, view.actor, code, seen, rule):
            st.rerun()


def _seen(programme: str, code: str, own: RatingRule | None) -> RatingRule | None:
    """The rule as it was when the form was opened; it is seen as it is after a save, or one that was refused for it."""
    opened: dict[tuple[str, str], RatingRule | None] = st.session_state.setdefault(_SEEN, {})
    return opened.setdefault((programme, code), own)


def _reading(code: str) -> Callable[[str], float | Fault | None]:
    """Reads a tolerance: days, or a percentage with or without its sign, as a share."""

    def read(typed: str) -> float | Fault | None:
        found = parse_quantity(typed)
        if not isinstance(found, Quantity):
            return found
        return found.value if found.is_percent or programme_setup.is_in_days(code) else found.value / 100

    return read


def _saved(form: Form, actor: Actor, code: str, seen: RatingRule | None, rule: RatingRule) -> bool:
    near, far = form.value("on_track_within"), form.value("slightly_behind_within")
    typed = form.value("data_months") if code in WITH_A_RHYTHM else str(rule.data_months)
    for field, value in (("on_track_within", near), ("slightly_behind_within", far), ("data_months", typed)):
        if value is None and not form.refused:
            form.refuse(field, "Give a number.")
    if typed is not None and not str(typed).isdigit():
        form.refuse("data_months", "Give a whole number of months, 0 for never.")
    if form.refused:
        return False
    owner = form.words("data_owner") if code in WITH_A_RHYTHM else rule.data_owner

    def deed() -> None:
        try:
            programme_setup.set_tolerances(
                cached.store(), actor, code, seen, on_track_within=near, slightly_behind_within=far,
                data_months=int(typed), data_owner=owner, reason=reason.of(form),
            )  # fmt: skip
        except RecordRefused as refusal:
            if not refusal.field:
                st.session_state.pop(_SEEN, None)
            raise

    done = f"{_RATED[code]} is rated by its new tolerances from now on."
    if not saving.attempt(form, deed, done):
        return False
    st.session_state.pop(_SEEN, None)
    return True  # fmt: skip


def _programme(view: View) -> None:
    programme = view.programme
    usual = day(programme.usual_as_at) if programme.usual_as_at else "the day it is"
    st.html(
        "<h2>The programme</h2>"
        f"<p>Figures are shown for {usual} until another day is chosen. A person is trained who came to any "
        f"{courses(programme.trained_levels)}: this was set when the programme was added and is not changed here, "
        "because every count of people trained, and every paper published, rests on it.</p>"
    )
    with st.expander("Change the notice or the usual date"):
        form = Form(f"programme {programme.notice} {programme.usual_as_at}")
        with st.form(form.key("form"), enter_to_submit=False, border=False):
            form.text("notice", "Notice, shown with every figure (empty for none)", programme.notice, lines=2)
            form.day("usual_as_at", "Date figures are usually shown for (empty: the day it is)", programme.usual_as_at)
            reason.field(form)
            form.foot()
            asked = st.form_submit_button("Save", type="primary", key="save programme")
        if not asked:
            return
        usual_as_at = form.value("usual_as_at")
        if not form.refused and saving.attempt(
            form,
            lambda: programme_setup.set_programme(
                cached.store(), view.actor, notice=form.words("notice"), usual_as_at=usual_as_at, reason=reason.of(form)
            ),
            "The notice and the usual date are saved.",
        ):
            st.rerun()
