"""What people say beside the figures: statuses they give, and notes to a chart."""

from sos_tracker.records.judgements import Annotation, StatusOverride
from sos_tracker.ui import cached
from sos_tracker.ui.forms import annotations, given_statuses, top
from sos_tracker.ui.view import View, head


def show(view: View) -> None:
    head(view, _finding(view))
    if top.show(view.actor):
        given_statuses.show(view)
        annotations.show(view)


def _finding(view: View) -> str:
    given = sum(figure.given is not None or figure.given_forecast is not None for figure in view.figures.values())
    recorded = cached.records(view.code, StatusOverride.kind, limit=1)[1]
    notes = cached.records(view.code, Annotation.kind, limit=1)[1]
    if not recorded and not notes:
        return "No status given and no note yet"
    figures = "1 figure has" if given == 1 else f"{given or 'No'} figure{'s have' if given else ' has'}"
    return f"{figures} a status given by a person; {notes or 'no'} {'note' if notes == 1 else 'notes'}"
