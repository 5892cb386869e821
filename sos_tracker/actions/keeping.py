"""Keeping a copy of everything, bringing it back, verifying, and forgetting a person: for administrators."""

from pathlib import Path

from sos_tracker.actions.importing import require_person_key
from sos_tracker.records.access import Actor, Permission
from sos_tracker.records.people import PersonKeyer
from sos_tracker.store import Store
from sos_tracker.store.keeping import Archive, BackupFile, ExportFolder, Forgotten, KeptTable, Loaded, Replacing


class NoReason(ValueError):
    """What is done here is explained to those who read the history later, and was not."""


def backup(store: Store, actor: Actor, file: Path) -> tuple[KeptTable, ...]:
    """Writes everything into one file, while others go on. Raises KeepingRefused, NotAllowed."""
    actor.require(Permission.ADMINISTER)
    return store.backup(file)


def open_backup(actor: Actor, file: Path) -> BackupFile:
    """The backup, whole to the last byte. Raises KeepingRefused, NotAllowed."""
    actor.require(Permission.ADMINISTER)
    return BackupFile(file)


def export(store: Store, actor: Actor, folder: Path) -> tuple[KeptTable, ...]:
    """Writes everything into a folder of .csv files with a data dictionary. Raises KeepingRefused, NotAllowed."""
    actor.require(Permission.ADMINISTER)
    return store.export(folder)


def open_export(actor: Actor, folder: Path) -> ExportFolder:
    """The export, each file as it was written. Raises KeepingRefused, NotAllowed."""
    actor.require(Permission.ADMINISTER)
    return ExportFolder(folder)


def bring_back(
    store: Store, actor: Actor, archive: Archive, *, replace: bool = False, accept_problems: bool = False,
    reason: str = "",
) -> Loaded:  # fmt: skip
    """Fills the database from a backup or export, or changes nothing. Raises KeepingRefused, NotAllowed."""
    actor.require(Permission.ADMINISTER)
    replacing = Replacing(actor.name, reason) if replace else None
    return store.bring_back(archive, replacing=replacing, accept_problems=accept_problems)


def verify(store: Store, actor: Actor) -> tuple[str, ...]:
    """Everything that is not whole, a sentence each; none when all is. Raises NotAllowed."""
    actor.require(Permission.ADMINISTER)
    return store.verify()


def forget_person(store: Store, actor: Actor, keyer: PersonKeyer, reference: str, reason: str) -> Forgotten:
    """Removes the keys of a person of the actor's programme, named by employee number or e-mail; their counts stay.

    Raises UnknownPerson, SharedAddress, NoReason, WrongPersonKey, NotAllowed.
    """
    actor.require(Permission.ADMINISTER)
    if not reason.strip():
        raise NoReason("Say why the person is forgotten, such as --reason 'asked to be, letter of 3 May 2018'.")
    require_person_key(store, actor, keyer)
    keys = keyer.keys(None, reference) if "@" in reference else keyer.keys(reference, None)
    return store.forget_person(actor.programme, keys, actor, reason=reason.strip())
