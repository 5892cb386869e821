"""Why something is changed: asked of everybody, insisted on by the action where a dated or published fact moves."""

from sos_tracker.ui.forms.fields import Form

FIELD = "why"
"""Not ``reason``, which some records have as a field of their own."""


def field(form: Form, value: str = "") -> None:
    form.text(FIELD, "Reason for the change (kept in the history)", value)


def of(form: Form) -> str:
    return form.words(FIELD)
