"""Import files: check the council's own files, see what they would change, store all of it or nothing, take it back."""

from sos_tracker.records.access import Permission
from sos_tracker.ui import import_parts
from sos_tracker.ui.session import current_actor
from sos_tracker.ui.view import head, the_view

actor = current_actor(Permission.RECORD)
view = the_view(actor, "Import files")

head(view, "Import files")
import_parts.show(view)
import_parts.batches(view)
