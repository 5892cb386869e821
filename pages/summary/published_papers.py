"""Published papers: every edition of the members' paper, as it was published, with the files to read and keep."""

from sos_tracker.records.access import Permission
from sos_tracker.ui import publication_parts
from sos_tracker.ui.session import current_actor
from sos_tracker.ui.view import the_programme

actor = current_actor(Permission.READ_SUMMARY)
programme = the_programme("Published papers")

publication_parts.published(actor, programme)
