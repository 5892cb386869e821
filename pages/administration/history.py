"""History: who changed what, when and why, with what stood before and after."""

from sos_tracker.records.access import Permission
from sos_tracker.ui import history_parts
from sos_tracker.ui.session import current_actor
from sos_tracker.ui.view import the_view

actor = current_actor(Permission.RECORD)
view = the_view(actor, "History")

history_parts.show(view)
