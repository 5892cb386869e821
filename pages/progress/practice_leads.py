"""Practice leads: which teams and partner agencies have a trained one in post, and which do not."""

from sos_tracker.actions import programme_charts
from sos_tracker.records.access import Permission
from sos_tracker.ui import drill_down, parts, rows_behind, spreads
from sos_tracker.ui.session import current_actor
from sos_tracker.ui.view import head, nothing_yet, the_view

actor = current_actor(Permission.READ_PROGRESS)
view = the_view(actor, "Practice leads", ("agency",))
figures = view.figures

if figures["L1"].value is None:
    nothing_yet(view, "No practice leads have been recorded yet", "Import the list of practice leads.")

main = view.chart(programme_charts.leads_over_time)
head(view, main.title)
parts.main_chart(main)
parts.cards(view, ("L1",), "The figure")
spreads.leads(view)
parts.charts(view, "Where leads are missing", [programme_charts.leads_by_agency])
drill_down.show(view, rows_behind.practice_leads(view))
