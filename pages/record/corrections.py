"""Corrections: whole sessions moved or withdrawn, spellings merged, levels corrected, each seen before it is done."""

from sos_tracker.records.access import Permission
from sos_tracker.ui import bulk_parts
from sos_tracker.ui.session import current_actor
from sos_tracker.ui.view import head, the_view

actor = current_actor(Permission.RECORD)
view = the_view(actor, "Corrections")

head(view, "Corrections")
bulk_parts.show(view)
bulk_parts.so_far(view)
