"""Training: people trained against the strategy, who is left, and whether those who booked came."""

from sos_tracker.actions import programme_charts
from sos_tracker.records.access import Permission
from sos_tracker.ui import drill_down, outlook, parts, rows_behind, spreads
from sos_tracker.ui.session import current_actor
from sos_tracker.ui.view import ALL_FILTERS, head, nothing_yet, the_view

actor = current_actor(Permission.READ_PROGRESS)
view = the_view(actor, "Training", ALL_FILTERS)
figures = view.figures
codes = ("T1", "T2", "T3", "T4")

if parts.is_empty(figures[code] for code in codes):
    nothing_yet(view, "Nobody has been trained yet", "Import the training register on the page Import files.")

main = view.chart(programme_charts.trained_and_forecast)
head(view, main.title)
month = parts.main_chart(main)
outlook.sentence(view, "T1")
parts.cards(view, codes)
spreads.training(view)
parts.charts(
    view,
    "Where the people come from, and whether they came",
    [programme_charts.trained_by_agency, programme_charts.outcomes_by_level, programme_charts.coverage_by_team],
)
drill_down.show(view, rows_behind.training(view), month)
