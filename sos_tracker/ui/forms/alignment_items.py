"""Forms, policies and formats to align by hand, each with the day it came to each stage."""

import streamlit as st

from sos_tracker.records import labels
from sos_tracker.records.access import Actor
from sos_tracker.records.embedding import AlignmentItem, AlignmentStage
from sos_tracker.records.recorded import Add
from sos_tracker.ui.forms import saving
from sos_tracker.ui.forms.fields import Form
from sos_tracker.ui.forms.opening import Opening
from sos_tracker.ui.forms.subject import Subject
from sos_tracker.ui.view import View

_KINDS = {kind.value: words for kind, words in labels.ALIGNMENT_KIND.items()}


def _named(item: AlignmentItem) -> str:
    return f"{item.reference} {item.title}"


def _fields(form: Form, _actor: Actor, item: AlignmentItem | None) -> None:
    left, right = st.columns(2)
    with left:
        form.text("reference", "Reference", item.reference if item else "")
        form.text("title", "What it is", item.title if item else "")
        form.choice("item_kind", "Kind", _KINDS, item.item_kind if item else None, none=labels.UNKNOWN)
        form.text("domain", "Domain (optional)", item.domain if item else "")
        form.text("owner", "Owner (optional)", item.owner if item else "")
        form.day("due_on", "Date it is due to be live (optional)", item.due_on if item else None)
    with right:
        for stage in AlignmentStage:
            name = f"{stage.value}_on"
            on = getattr(item, name) if item else None
            form.day(name, f"Date {labels.ALIGNMENT_STAGE[stage].lower()}, where it is", on)


def _add(view: View, opened: bool) -> None:  # noqa: FBT001 - called by the subject
    with st.expander("Add a form, policy or format to align", expanded=opened):
        form = Form("add item")
        with st.form(form.key("form"), enter_to_submit=False, border=False):
            _fields(form, view.actor, None)
            form.foot()
            asked = st.form_submit_button("Add the item", type="primary", key="add item")
        item = form.record(AlignmentItem, beside="reviewed_on") if asked else None
        if item is not None and saving.save(form, view.actor, [Add(item)], f"{_named(item)} is added.") is not None:
            st.rerun()


SUBJECT = Subject(
    opening=Opening(AlignmentItem, "item"),
    title="Forms, policies and formats to align",
    one="item",
    many="items to align",
    shown={
        "reference": "Reference", "title": "What", "item_kind": "Kind", "owner": "Owner", "due_on": "Due to be live",
        **{f"{stage.value}_on": labels.ALIGNMENT_STAGE[stage] for stage in AlignmentStage},
    },
    order="by reference",
    named=_named,
    fields=_fields,
    add=_add,
    beside="reviewed_on",
    look_for="reference, title, domain or owner",
)  # fmt: skip
