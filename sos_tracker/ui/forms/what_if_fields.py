"""The forms that change a scenario: sessions added, those planned moved or cancelled, and what is supposed of all."""

from collections.abc import Callable, Sequence
from datetime import date
from html import escape
from typing import Any

import streamlit as st

from sos_tracker.intake.cells import Fault, parse_date, parse_money, parse_month
from sos_tracker.measures.observed import observed_by
from sos_tracker.measures.what_if import FURTHEST, ToCome
from sos_tracker.measures.what_if_sentences import reckoned_with
from sos_tracker.records.labels import LEVEL, level_name
from sos_tracker.records.money import percent
from sos_tracker.records.periods import day, month_end, month_of, months_on
from sos_tracker.records.training import CourseLevel
from sos_tracker.records.what_if import MOST_ENTRIES, Scenario, SessionsAdded, SessionsChanged
from sos_tracker.ui import what_if_address
from sos_tracker.ui.forms.fields import Form
from sos_tracker.ui.view import View

_WHEN = "Write a month, such as September 2018, or a day, such as 12/09/2018."
_MONTH = "Write a month, such as September 2018."
_FULL = f"This is as much as can be tried out at once: {MOST_ENTRIES} entries. Take one out first."


def go_on_with(scenario: Scenario) -> None:
    """Shows the page again, with this scenario."""
    what_if_address.write(scenario)
    st.rerun()


def add(view: View, scenario: Scenario) -> None:
    levels = {level.value: LEVEL[level] for level in CourseLevel if level in view.programme.trained_levels}
    with st.expander("Add sessions", expanded=scenario.is_as_planned):
        form = Form("try sessions")
        with st.form(form.key("form"), enter_to_submit=False, border=False):
            left, right = st.columns(2)
            with left:
                form.whole("sessions", "How many sessions")
                form.choice("level", "Course level", levels, next(iter(levels), None))
                form.whole("places", "Places in each")
            with right:
                form.text("starts_on", "Month, or day of all of them", read=_when(view.on))
                form.text("last_month", "Last month, if they are spread out (optional)", read=_month(view.on))
                form.text("cost_pence", "Cost of each in £ (optional)", read=parse_money)
            asked = st.form_submit_button("Try these sessions", type="primary", key="try sessions")
        if not asked:
            return
        if not form.words("starts_on"):
            form.refuse("starts_on", f"Say when. {_WHEN}")
        added = form.record(SessionsAdded, beside="last_month", any_day=_is_month(form.words("starts_on")))
        if added is not None and len(scenario.added) >= MOST_ENTRIES:
            form.refuse("sessions", _FULL)
        elif added is not None and not form.refused:
            form.begin_anew()
            go_on_with(scenario.model_copy(update={"added": (*scenario.added, added)}))


def change(view: View, scenario: Scenario, there: Sequence[ToCome]) -> None:
    """Sessions planned already, of a known level, moved to another month or cancelled."""
    known = {f"{each.level} {each.month:%Y-%m}": each for each in there if each.level in set(CourseLevel)}
    with st.expander("Move or cancel sessions that are planned"):
        if not known:
            st.text(f"No sessions are planned for after {day(view.on)}.")
            return
        form = Form("change sessions")
        with st.form(form.key("form"), enter_to_submit=False, border=False):
            left, right = st.columns(2)
            with left:
                words = {key: _named(each) for key, each in known.items()}
                form.choice("which", "Planned sessions", words, next(iter(known)))
                form.whole("sessions", "How many of them", 1)
            with right:
                form.choice("deed", "What becomes of them", {"move": "Moved", "cancel": "Cancelled"}, "move")
                form.text("moved_to", "Month they move to", read=_month(view.on))
            asked = st.form_submit_button("Try this change", key="change sessions")
        if asked:
            _changed(form, scenario, known)


def _changed(form: Form, scenario: Scenario, known: dict[str, ToCome]) -> None:
    which = known[form.value("which")]
    moves = form.value("deed") == "move"
    if moves and not form.words("moved_to"):
        form.refuse("moved_to", f"Say where they move to. {_MONTH}")
    fixed: dict[str, Any] = {"level": which.level, "month": which.month}
    made = form.record(SessionsChanged, **fixed)
    if made is None or form.refused:
        return
    made = made if moves else made.model_copy(update={"moved_to": None})
    alike = [each for each in scenario.changed if (each.level, each.month) == (made.level, made.month)]
    if made.sessions + sum(each.sessions for each in alike) > which.sessions:
        form.refuse(
            "sessions", f"There {'is' if which.sessions == 1 else 'are'} only {which.sessions:,} of them to change."
        )
    elif len(scenario.changed) >= MOST_ENTRIES:
        form.refuse("sessions", _FULL)
    else:
        form.begin_anew()
        go_on_with(scenario.model_copy(update={"changed": (*scenario.changed, made)}))


def suppose(view: View, scenario: Scenario) -> None:
    """What is supposed of all sessions to come, with what was observed so far and from what."""
    seen = observed_by(view.frames, view.on)
    with st.expander("Change how full sessions are, how many come anew, and what a session costs"):
        st.html("".join(f"<p>{escape(words)}</p>" for words in reckoned_with(seen)))
        form = Form("suppose")
        with st.form(form.key("form"), enter_to_submit=False, border=False):
            left, right = st.columns(2)
            with left:
                _share(form, "fill_rate", "Places taken up, in %", scenario.fill_rate, seen.fill_rate)
                _share(form, "new_share", "New people among those who come, in %", scenario.new_share, seen.new_share)
            with right:
                form.text(
                    "session_pence",
                    "Cost in £ of a session without a cost of its own (empty: each person costs what one has so far)",
                    _pounds(scenario.session_pence),
                    read=parse_money,
                )
            asked = st.form_submit_button("Reckon with these", key="suppose")
        made = form.record(Scenario, added=scenario.added, changed=scenario.changed) if asked else None
        if made is not None and not form.refused:
            form.begin_anew()
            go_on_with(made)


def _share(form: Form, field: str, label: str, value: float | None, observed: float | None) -> None:
    so_far = "" if observed is None else f" (empty: {percent(observed, 1)}, as so far)"
    form.text(field, f"{label}{so_far}", "" if value is None else f"{value * 100:g}", read=_percentage)


def _percentage(typed: str) -> float | Fault | None:
    words = typed.strip().removesuffix("%").strip()
    if not words:
        return None
    fault = Fault(f"“{typed.strip()}” is not a percentage.", "Write a number from 0 to 100, such as 85.", "percentage")
    try:
        share = float(words) / 100
    except ValueError:
        return fault
    return share if 0 <= share <= 1 else fault


def _when(on: date) -> Callable[[str], date | Fault | None]:
    """A month or a day after ``on``, five years ahead at most."""

    def read(typed: str) -> date | Fault | None:
        found = parse_date(typed)
        if isinstance(found, date):
            return _in_reach(found, found, on, typed)
        month = parse_month(typed)
        if month is None:
            return None if found is None else Fault(found.problem, _WHEN, found.group)
        return _in_reach(month, month_end(month), on, typed)

    return read


def _is_month(typed: str) -> bool:
    """Whether it names no day."""
    return not isinstance(parse_date(typed), date)


def _month(on: date) -> Callable[[str], date | Fault | None]:
    def read(typed: str) -> date | Fault | None:
        if not typed.strip():
            return None
        month = parse_month(typed)
        if month is None:
            return Fault(f"“{typed.strip()}” is not a month this can read.", _MONTH, "month")
        return _in_reach(month, month_end(month), on, typed)

    return read


def _in_reach(found: date, last: date, on: date, typed: str) -> date | Fault:
    said = typed.strip()
    if last <= on:
        return Fault(f"“{said}” is not after {day(on)}.", "Only sessions to come can be tried out.", "too early")
    if month_of(found) > months_on(month_of(on), FURTHEST):
        return Fault(f"“{said}” is more than {FURTHEST // 12} years ahead.", "Give an earlier month.", "too late")
    return found


def _named(each: ToCome) -> str:
    number = f"{each.sessions:,} session{'' if each.sessions == 1 else 's'}"
    return f"{level_name(each.level)}, {each.month:%B %Y}: {number}, {each.places:,.0f} places"


def _pounds(pence: int | None) -> str:
    return "" if pence is None else f"{pence / 100:,.2f}".removesuffix(".00")
