"""Spending: postings, virements and forecasts of the outturn, added, corrected and withdrawn by hand."""

from sos_tracker.records.access import Permission
from sos_tracker.ui.forms import spending
from sos_tracker.ui.session import current_actor
from sos_tracker.ui.view import the_view

actor = current_actor(Permission.RECORD)
view = the_view(actor, "Spending")

spending.show(view)
