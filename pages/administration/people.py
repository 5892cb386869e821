"""People: who has access to this programme, what each role may do, and giving, changing or taking access away."""

from sos_tracker.records.access import Permission
from sos_tracker.ui import people_parts
from sos_tracker.ui.session import current_actor
from sos_tracker.ui.view import the_programme

actor = current_actor(Permission.ADMINISTER)
programme = the_programme("People")

people_parts.show(actor, programme)
