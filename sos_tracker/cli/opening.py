"""The database behind the doors: opened, or refused in a sentence and exit 1."""

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

import typer

if TYPE_CHECKING:
    from sos_tracker.records.access import Actor
    from sos_tracker.store import Store


def set_up() -> "Store":
    """The store, created or upgraded, and tied to its person key."""
    from sos_tracker.actions.importing import WrongPersonKey, is_keyed, require_person_key
    from sos_tracker.settings import settings
    from sos_tracker.store import Store

    known = settings()
    if known.database_file is not None:
        known.database_file.parent.mkdir(parents=True, exist_ok=True)
    store = Store.open(known.database_url)
    store.migrate()
    if not known.has_person_key():
        if is_keyed(store):
            raise WrongPersonKey(
                f"This database was set up with a person key, and it is not at {known.person_key_file}. Put it back: "
                "with another key, people in new files could not be matched to people already stored."
            )
        typer.echo(f"A person key was made: {known.make_person_key()}. Keep a copy of it apart from the database.")
    require_person_key(store, actor_here(), known.keyer())
    return store


@contextmanager
def open_store() -> Iterator["Store"]:
    """The store at DATABASE_URL; whatever it foreseeably refuses ends as a sentence and exit 1."""
    from sos_tracker.settings import settings
    from sos_tracker.store import Store

    file = settings().database_file
    if file is not None and not file.exists():
        _refuse(f"There is no database at {file} yet: run 'sos-tracker init' first.")
    with refusals_in_words():
        store = Store.open(settings().database_url)
        try:
            if not store.is_current():
                _refuse("The database is not set up for this version: run 'sos-tracker init' first.")
            yield store
        finally:
            store.close()


@contextmanager
def refusals_in_words() -> Iterator[None]:
    from sos_tracker import store
    from sos_tracker.actions.access import AccessRefused
    from sos_tracker.actions.importing import ImportRefused, WrongPersonKey
    from sos_tracker.actions.programmes import ProgrammeExists
    from sos_tracker.actions.publication import PublicationRefused
    from sos_tracker.records.access import NotAllowed
    from sos_tracker.settings import PersonKeyUnusable

    try:
        yield
    except store.DatabaseFailure as failure:
        why = next(iter(str(failure.orig).splitlines()), "")
        _refuse(f"The database cannot be used: {why}. Check DATABASE_URL, and that nothing else is holding it.")
    except (
        store.AlreadyUndone, store.DuplicateProgramme, store.UnknownBatch, store.UnknownDatabase,
        store.UnknownProgramme, AccessRefused, ImportRefused, NotAllowed, OSError, PersonKeyUnusable, ProgrammeExists,
        PublicationRefused, WrongPersonKey,
    ) as refusal:  # fmt: skip
        _refuse(str(refusal))


def actor_here(programme: str = "") -> "Actor":
    """Whoever can run commands on the computer the database is on may do everything."""
    from sos_tracker.records.access import Actor, Role

    return Actor(name_of_the_person(), Role.ADMINISTRATOR, programme)


def name_of_the_person() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # an account without a name, as in some containers
        return "command line"


def _refuse(sentence: str) -> NoReturn:
    typer.echo(sentence, err=True)
    raise typer.Exit(1)
