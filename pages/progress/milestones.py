"""Milestones: what was due, what was achieved, and how far dates have moved from those first agreed."""

from sos_tracker.actions import programme_charts
from sos_tracker.records.access import Permission
from sos_tracker.ui import drill_down, moved_dates, parts, rows_behind, spreads
from sos_tracker.ui.session import current_actor
from sos_tracker.ui.view import head, nothing_yet, the_view

actor = current_actor(Permission.READ_PROGRESS)
view = the_view(actor, "Milestones")
figures = view.figures
codes = ("M1", "M2", "M3")

if parts.is_empty(figures[code] for code in codes):
    nothing_yet(view, "No milestones have been recorded yet", "Import the milestone plan on the page Import files.")

main = view.chart(programme_charts.milestone_dates)
head(view, main.title)
parts.main_chart(main)
parts.cards(view, codes)
spreads.slips(view)
moved_dates.show(view)
parts.charts(view, "Workstream by workstream", [programme_charts.achieved_by_domain])
drill_down.show(view, rows_behind.milestones(view))
