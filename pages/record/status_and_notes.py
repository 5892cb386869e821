"""Status and notes: a status given by a person with a reason and an end, and dated sentences to the charts."""

from sos_tracker.records.access import Permission
from sos_tracker.ui.forms import status_and_notes
from sos_tracker.ui.session import current_actor
from sos_tracker.ui.view import the_view

actor = current_actor(Permission.RECORD)
view = the_view(actor, "Status and notes")

status_and_notes.show(view)
