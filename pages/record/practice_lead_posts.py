"""Practice-lead posts: who leads where, trained or not, left on a day, vacant; added and corrected by hand."""

from sos_tracker.records.access import Permission
from sos_tracker.ui.forms import posts
from sos_tracker.ui.session import current_actor
from sos_tracker.ui.view import the_view

actor = current_actor(Permission.RECORD)
view = the_view(actor, "Practice-lead posts")

posts.show(view)
