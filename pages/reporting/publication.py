"""Publish and share: freeze the members' summary as an edition, and decide who may read what was published."""

from sos_tracker.records.access import Permission
from sos_tracker.ui import publication_parts, sharing_parts
from sos_tracker.ui.session import current_actor
from sos_tracker.ui.view import head, the_view

actor = current_actor(Permission.PUBLISH)
view = the_view(actor, "Publish and share")

head(view, "Publish and share")
publication_parts.publish(view)
publication_parts.editions_so_far(view)
sharing_parts.open_reading(view)
sharing_parts.share(view)
