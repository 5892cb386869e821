"""Overview: what needs attention first, then every figure with its target, then how it came about."""

from sos_tracker.actions import programme_charts
from sos_tracker.papers.summary import overall_finding
from sos_tracker.records.access import Permission
from sos_tracker.ui import downloads, outlook, parts
from sos_tracker.ui.session import current_actor
from sos_tracker.ui.view import ALL_FILTERS, head, nothing_yet, the_view

actor = current_actor(Permission.READ_PROGRESS)
view = the_view(actor, "Overview", ALL_FILTERS)
figures = view.figures

if parts.is_empty(figures.values()):
    nothing_yet(view, "Nothing has been recorded yet", parts.IMPORT_FIRST)

head(view, overall_finding(figures.values()))
parts.attention(view)
outlook.table(view)
parts.all_cards(view)
parts.charts(
    view,
    "How it came about",
    [
        programme_charts.trained_against_target,
        programme_charts.leads_by_agency,
        programme_charts.spend_against_profile,
        programme_charts.milestone_dates,
    ],
)
downloads.offer(
    view,
    "figures",
    lambda: downloads.figure_frame(figures.values()),
    downloads.FIGURE_HEADINGS,
    permission=Permission.READ_PROGRESS,
)
