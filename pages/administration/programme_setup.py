"""Programme setup: tolerances of each figure, when data are too old, the notice, and the day figures are shown for."""

from sos_tracker.records.access import Permission
from sos_tracker.ui.forms import programme_setup
from sos_tracker.ui.session import current_actor
from sos_tracker.ui.view import the_view

actor = current_actor(Permission.RECORD)
view = the_view(actor, "Programme setup")

programme_setup.show(view)
