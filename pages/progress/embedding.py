"""Has it taken hold: how much was done, how well, and what difference it has made to practice."""

from sos_tracker.actions import programme_charts
from sos_tracker.records.access import Permission
from sos_tracker.ui import drill_down, evidence, parts, rows_behind, spreads
from sos_tracker.ui.session import current_actor
from sos_tracker.ui.view import head, nothing_yet, the_view

actor = current_actor(Permission.READ_PROGRESS)
view = the_view(actor, "Has it taken hold", ("agency",))

if evidence.is_empty(view):
    nothing_yet(view, "Nothing yet tells whether the practice has taken hold", evidence.RECORD_FIRST)

main = view.chart(programme_charts.scale_over_rounds)
head(view, main.title)
parts.main_chart(main)
evidence.anchors()
parts.cards(view, evidence.CODES)
spreads.scale(view)
evidence.charts(view)
evidence.domains(view)
drill_down.show(view, rows_behind.embedding(view))
