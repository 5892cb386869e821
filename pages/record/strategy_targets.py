"""Strategy targets: each figure's target as a ledger of versions, approved, issued, and superseded by newer ones."""

from sos_tracker.records.access import Permission
from sos_tracker.ui.forms import targets
from sos_tracker.ui.session import current_actor
from sos_tracker.ui.view import the_view

actor = current_actor(Permission.RECORD)
view = the_view(actor, "Strategy targets")

targets.show(view)
