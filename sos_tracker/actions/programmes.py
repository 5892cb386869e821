"""Adding a programme: an authority, and the rules its figures are reckoned by."""

from sos_tracker.records.access import Actor, Permission
from sos_tracker.records.programme import Programme
from sos_tracker.store import Store


class ProgrammeExists(Exception):
    """There already is a programme with that code."""


def add(store: Store, actor: Actor, programme: Programme) -> None:
    """Adds the programme. Raises ProgrammeExists, NotAllowed."""
    actor.require(Permission.ADMINISTER)
    if any(known.code == programme.code for known in store.programmes()):
        raise ProgrammeExists(f"There already is a programme {programme.code}: choose another code.")
    store.add_programme(programme, actor)
