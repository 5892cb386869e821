"""Case audits by hand: how many files of a team were looked at, and how many show the practice in use."""

import streamlit as st

from sos_tracker.intake.cells import parse_date
from sos_tracker.records import labels
from sos_tracker.records.access import Actor
from sos_tracker.records.embedding import CaseAudit
from sos_tracker.records.figures import Unit
from sos_tracker.records.periods import day
from sos_tracker.records.recorded import Add
from sos_tracker.ui.forms import saving
from sos_tracker.ui.forms.fields import Form
from sos_tracker.ui.forms.grid import GridColumn
from sos_tracker.ui.forms.opening import Opening
from sos_tracker.ui.forms.spelled import spelled
from sos_tracker.ui.forms.subject import Subject
from sos_tracker.ui.view import View

_GRADES = {grade.value: words for grade, words in labels.AUDIT_GRADE.items()}


def _named(audit: CaseAudit) -> str:
    files = labels.count_of(audit.files_sampled, Unit.FILES)
    unit = labels.unit_name(audit.agency, audit.team)
    return f"{unit}, {day(audit.audited_on)}: {audit.files_showing_use:,} of {files}"


def _fields(form: Form, actor: Actor, audit: CaseAudit | None) -> None:
    left, right = st.columns(2)
    with left:
        form.day("audited_on", "Date of the audit", audit.audited_on if audit else None)
        form.text("agency", "Agency", audit.agency if audit else "", read=spelled(actor, "agencies"))
        form.text("team", "Team (empty: the whole agency)", audit.team if audit else "", read=spelled(actor, "teams"))
    with right:
        form.whole("files_sampled", "Files looked at", audit.files_sampled if audit else None)
        form.whole("files_showing_use", "Files that show the practice", audit.files_showing_use if audit else None)
        form.choice("grade", "Quality found", _GRADES, audit.grade if audit else None, none="No grade given")


def _add(view: View, opened: bool) -> None:  # noqa: FBT001 - called by the subject
    with st.expander("Add a case audit", expanded=opened):
        st.text("Only numbers are kept. Never enter anything by which a child or a family could be known.")
        form = Form("add audit")
        with st.form(form.key("form"), enter_to_submit=False, border=False):
            _fields(form, view.actor, None)
            form.foot()
            asked = st.form_submit_button("Add the audit", type="primary", key="add audit")
        audit = form.record(CaseAudit, beside="files_showing_use") if asked else None
        if audit is not None and saving.save(form, view.actor, [Add(audit)], f"{_named(audit)} is added.") is not None:
            st.rerun()


SUBJECT = Subject(
    opening=Opening(CaseAudit, "audit"),
    title="Case audits",
    one="case audit",
    many="case audits",
    shown={
        "audited_on": "Audited on", "agency": "Agency", "team": "Team", "files_sampled": "Files looked at",
        "files_showing_use": "Show the practice", "grade": "Quality found",
    },
    order="newest first",
    named=_named,
    fields=_fields,
    add=_add,
    beside="files_showing_use",
    numbers=frozenset({"files_sampled", "files_showing_use"}),
    columns=(
        GridColumn("audited_on", "Audited on", lambda on: f"{on:%d/%m/%Y}", parse_date),
        GridColumn("agency", "Agency", read=str),
        GridColumn("team", "Team", read=str),
        GridColumn("files_sampled", "Files looked at", read=str),
        GridColumn("files_showing_use", "Show the practice", read=str),
    ),
)  # fmt: skip
