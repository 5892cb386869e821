"""Training sessions: added, corrected and withdrawn by hand, each with its register and partner headcounts."""

from sos_tracker.records.access import Permission
from sos_tracker.ui.forms import sessions
from sos_tracker.ui.session import current_actor
from sos_tracker.ui.view import the_view

actor = current_actor(Permission.RECORD)
view = the_view(actor, "Training sessions")

sessions.show(view)
