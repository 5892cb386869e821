"""Milestone dates: forecasts moved with who approved it, against a baseline that does not move."""

from sos_tracker.records.access import Permission
from sos_tracker.ui.forms import milestones
from sos_tracker.ui.session import current_actor
from sos_tracker.ui.view import the_view

actor = current_actor(Permission.RECORD)
view = the_view(actor, "Milestone dates")

milestones.show(view)
