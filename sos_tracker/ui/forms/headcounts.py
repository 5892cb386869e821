"""Partner headcounts by hand: how many people of an agency came to a session, where it gives no names."""

from collections.abc import Sequence

import streamlit as st

from sos_tracker.intake.gathering import Spellings
from sos_tracker.records.access import Actor
from sos_tracker.records.recorded import Add, Recorded, Revise, Withdraw
from sos_tracker.records.training import PartnerHeadcount, TrainingSession
from sos_tracker.ui import cached
from sos_tracker.ui.forms import reason, saving, seen
from sos_tracker.ui.forms.fields import Form
from sos_tracker.ui.meanings import plain_label


def show(actor: Actor, session: TrainingSession, counted: Sequence[Recorded]) -> None:
    """A new headcount, and those there are, to correct or withdraw."""
    with st.expander("Partner headcounts, without names"):
        _add(actor, session)
        key = f"headcount of {session.reference}"
        known = seen.choices("headcount", counted, key)
        if not known:
            return
        number = st.selectbox(
            "Headcount to correct or withdraw", list(known), format_func=lambda each: _named(known[each]), key=key
        )
        if number is not None:
            _correct(actor, known[number])


def _named(kept: Recorded) -> str:
    said = vars(kept.record)
    return f"{said['agency']}: {said['attended']:,}"


def _add(actor: Actor, session: TrainingSession) -> None:
    form = Form(f"add headcount {session.reference}")
    with st.form(form.key("form"), enter_to_submit=False, border=False):
        form.text("agency", "Partner agency", read=lambda typed: _spelled(actor, typed.strip()))
        form.whole("attended", "Number of people who came")
        form.foot()
        asked = st.form_submit_button("Add the headcount", key="add headcount")
    counted = form.record(PartnerHeadcount, session=session.reference) if asked else None
    if counted is not None:
        done = f"{counted.agency}: {counted.attended:,} people at {counted.session} are recorded."
        if saving.save(form, actor, [Add(counted)], done) is not None:
            st.rerun()


def _spelled(actor: Actor, agency: str) -> str:
    """As the programme spells the agency already, else as typed."""
    spellings = Spellings(cached.store().known(actor.programme)["agencies"])
    spellings.see([agency])
    return spellings.chosen()[agency]


def _correct(actor: Actor, kept: Recorded) -> None:
    form, kept = seen.opened("headcount", kept)
    counted = kept.record
    if not isinstance(counted, PartnerHeadcount):
        return
    with st.form(form.key("form"), enter_to_submit=False, border=False):
        form.whole("attended", f"Number of people of {plain_label(counted.agency)} who came", counted.attended)
        reason.field(form)
        form.foot()
        with st.container(horizontal=True):
            asked = st.form_submit_button("Save the headcount", type="primary", key="save headcount")
            gone = st.form_submit_button("Withdraw the headcount", key="withdraw headcount")
    if gone:
        done = f"The headcount of {counted.agency} is withdrawn."
        if saving.save(form, actor, [Withdraw(kept.kind, kept.number, kept.version)], done) is not None:
            st.rerun()
        return
    fixed = {name: getattr(counted, name) for name in ("session", "agency", "level")}
    becomes = form.record(PartnerHeadcount, **fixed) if asked else None
    if becomes is None:
        return
    if becomes == counted:
        form.refuse("", "Nothing was changed.")
        return
    done = f"{becomes.agency}: {becomes.attended:,} people at {becomes.session} are recorded."
    if saving.save(form, actor, [Revise(kept.number, kept.version, becomes)], done) is not None:
        st.rerun()
