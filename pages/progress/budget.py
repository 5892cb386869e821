"""Budget: spending to date against its profile, what is committed, and where the year is likely to end."""

from sos_tracker.actions import programme_charts
from sos_tracker.records.access import Permission
from sos_tracker.ui import drill_down, outlook, parts, rows_behind, spreads
from sos_tracker.ui.session import current_actor
from sos_tracker.ui.view import head, nothing_yet, the_view

actor = current_actor(Permission.READ_PROGRESS)
view = the_view(actor, "Budget")
figures = view.figures
codes = ("B1", "B2", "B3", "B4")

if parts.is_empty(figures[code] for code in codes):
    nothing_yet(view, "No spending has been recorded yet", "Import the budget book and the ledger extract.")

main = view.chart(programme_charts.spending_and_forecast)
head(view, main.title)
month = parts.main_chart(main)
outlook.sentence(view, "B1")
parts.cards(view, codes)
outlook.outturns(view)
spreads.spending(view)
parts.charts(view, "Line by line", [programme_charts.spend_by_line])
drill_down.show(view, rows_behind.budget(view), month)
