"""The example programme: Cheshire East's two published figures and, around them, illustrative ones."""

from datetime import date

from sos_tracker.actions import importing, programmes
from sos_tracker.cli.importing import sources
from sos_tracker.records.access import Actor, Role
from sos_tracker.records.programme import Programme
from sos_tracker.settings import settings
from sos_tracker.store import Store

PROGRAMME = Programme(
    code="CE-SOS",
    name="Signs of Safety",
    authority="Cheshire East Council",
    notice="The 285 people trained and the grant of £165,000 are published figures; everything else here, targets "
    "included, is illustrative.",
    usual_as_at=date(2018, 5, 10),
)
_KINDS = (".xlsx", ".csv")


class NoExample(FileNotFoundError):
    """The example's files are not where they should be."""


def load(store: Store, person: str) -> str:
    """Adds the programme and imports its files; says what was done. Does nothing where it has been loaded before."""
    actor = Actor(person, Role.ADMINISTRATOR, PROGRAMME.code)
    if all(known.code != PROGRAMME.code for known in store.programmes()):
        programmes.add(store, actor, PROGRAMME)
    elif store.batches(PROGRAMME.code):
        return f"The example programme {PROGRAMME.code} is there already."
    folder = settings().data_dir / "example"
    loaded = 0
    for place, reason in ((folder, "The example programme"), (folder / "evidence", "Evidence of practice")):
        files = tuple(sorted(file for file in place.glob("*") if file.suffix in _KINDS))
        if not files:
            raise NoExample(f"The example's files are not in {place}.")
        preview = importing.preview(store, actor, sources(files), settings().keyer())
        importing.commit(store, actor, preview, accept_questions=True, reason=reason)
        loaded += len(files)
    return f"The example programme {PROGRAMME.code} is loaded from {loaded} files."
