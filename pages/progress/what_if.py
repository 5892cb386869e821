"""What if: sessions tried out, and where people trained, staff trained and the money would stand with them."""

from sos_tracker.records.access import Permission
from sos_tracker.ui.forms import what_if
from sos_tracker.ui.session import current_actor
from sos_tracker.ui.view import the_view

actor = current_actor(Permission.READ_PROGRESS)
view = the_view(actor, "What if")

what_if.show(view)
