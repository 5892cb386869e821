"""Practice leads: which teams and partner agencies have a trained one in post, and which do not."""

from sos_tracker.measures.practice_leads import coverage_by_agency
from sos_tracker.records.access import Permission
from sos_tracker.ui import drill_down, parts, programme_charts, rows_behind
from sos_tracker.ui.session import current_actor
from sos_tracker.ui.view import head, nothing_yet, the_view

actor = current_actor(Permission.READ_PROGRESS)
view = the_view(actor, "Practice leads", ("agency",))
frames, figures, on = view.frames, view.figures, view.on

if figures["L1"].value is None:
    nothing_yet(view, "No practice leads have been recorded yet", "Import the list of practice leads.")

main = programme_charts.leads_over_time(frames, figures, on)
head(view, main.title)
parts.main_chart(main)
parts.cards(view, ("L1",), "The figure")
parts.spread("Teams with a trained lead", coverage_by_agency(frames.posts, on), ("agency",), "covered", "teams")
parts.charts("Where leads are missing", [programme_charts.leads_by_agency(frames, figures, on)])
drill_down.show(view, rows_behind.practice_leads(view))
