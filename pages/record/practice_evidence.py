"""Practice evidence: scores, case audits, surveys, what is aligned, and the domains; added and corrected by hand."""

from sos_tracker.records.access import Permission
from sos_tracker.ui.forms import evidence
from sos_tracker.ui.session import current_actor
from sos_tracker.ui.view import the_view

actor = current_actor(Permission.RECORD)
view = the_view(actor, "Practice evidence")

evidence.show(view)
