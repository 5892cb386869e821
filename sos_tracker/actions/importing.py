"""Bringing files in: a dry run that shows everything, then all or nothing, then undoable. Any door, same decision."""

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from sos_tracker.actions.plausibility import against_the_store
from sos_tracker.intake import Known, Reading, SourceFile, UnmappedTable, read_files
from sos_tracker.records.access import Actor, NotAllowed, Permission
from sos_tracker.records.changes import Batch, BatchFile, Comparison, UndoReport
from sos_tracker.records.issues import Issue, Weight
from sos_tracker.records.people import PersonKeyer
from sos_tracker.store import Store

_FINGERPRINT = "person_key_fingerprint"

Progress = Callable[[str, int, int], None]
"""Told what is being done, and how many of how many parts of the work are done."""


class WrongPersonKey(Exception):
    """The people in this database were keyed with another secret."""


class ImportRefused(Exception):
    """Nothing was stored. ``issues`` are those that stand in the way, ``unmapped`` the tables nobody could read."""

    def __init__(self, sentence: str, issues: tuple[Issue, ...] = (), unmapped: tuple[UnmappedTable, ...] = ()) -> None:
        super().__init__(sentence)
        self.issues = issues
        self.unmapped = unmapped


@dataclass(frozen=True)
class Preview:
    """A dry run: what the files say and what storing it would do. Nothing is stored.

    ``comparison`` is of what could be read, so it is not the whole where something is rejected or unmapped.
    ``already_imported``: files whose very bytes are in an earlier import that still stands.
    ``revision``: the programme's, when the comparison was made.
    """

    reading: Reading
    comparison: Comparison
    issues: tuple[Issue, ...]
    already_imported: tuple[BatchFile, ...] = ()
    meanings: Mapping[str, str] = field(default_factory=dict)
    mappings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    fingerprint: str = ""
    revision: int = 0

    def of_weight(self, weight: Weight) -> tuple[Issue, ...]:
        return tuple(issue for issue in self.issues if issue.weight is weight)

    @property
    def rejected(self) -> tuple[Issue, ...]:
        return self.of_weight(Weight.REJECTED)

    @property
    def questions(self) -> tuple[Issue, ...]:
        return self.of_weight(Weight.QUESTION)

    @property
    def may_be_stored(self) -> bool:
        """Nothing is rejected or unread; questions may still need an answer."""
        return not self.rejected and not self.reading.unmapped


@dataclass(frozen=True)
class Committed:
    """What was stored: ``batch`` is None where everything was stored already and there was nothing to do."""

    batch: Batch | None
    comparison: Comparison


def preview(
    store: Store,
    actor: Actor,
    files: Sequence[SourceFile],
    keyer: PersonKeyer,
    *,
    means: Mapping[str, str] | None = None,
    mappings: Mapping[str, Mapping[str, str]] | None = None,
    progress: Progress | None = None,
) -> Preview:
    """Reads the files and lays them beside the actor's programme; stores nothing.

    ``means`` gives words a meaning ("Attnd": "attended"), ``mappings`` heading rows one, beside those remembered;
    both are remembered with the import. Raises NotAllowed, UnknownProgramme, WrongPersonKey.
    """
    actor.require(Permission.RECORD)
    _require_same_key(store, keyer)
    revision = store.revision(actor.programme)
    known = Known(**store.known(actor.programme))
    known = replace(known, mappings={**known.mappings, **(mappings or {})})
    told = None if progress is None else lambda doing, share: progress(doing, round(share * 100), 100)
    with _collector_paused():
        reading = read_files(files, known, keyer, progress=told, means=means)
        comparison = store.compare(actor.programme, reading.records)
    return Preview(
        reading=reading,
        comparison=comparison,
        issues=(*reading.issues, *against_the_store(comparison, reading.files)),
        already_imported=_already_imported(store, actor.programme, reading.files),
        meanings=dict(means or {}),
        mappings=dict(mappings or {}),
        fingerprint=keyer.fingerprint,
        revision=revision,
    )


def commit(
    store: Store, actor: Actor, preview: Preview, *, accept_questions: bool = False, reason: str = ""
) -> Committed:
    """Stores what the preview showed, all of it or nothing; a preview gone stale is compared again first.

    Raises ImportRefused while anything is rejected, unmapped or asked and not accepted, and NotAllowed.
    """
    actor.require(Permission.RECORD)
    comparison, issues = preview.comparison, preview.issues
    if store.revision(actor.programme) != preview.revision:
        comparison = store.compare(actor.programme, preview.reading.records)
        issues = (*preview.reading.issues, *against_the_store(comparison, preview.reading.files))
    _refuse_unless_storable(preview.reading, issues, accept_questions=accept_questions)
    _remember_key(store, preview.fingerprint)
    with _collector_paused():
        batch = store.commit(
            actor.programme,
            preview.reading.records,
            actor,
            preview.reading.files,
            reason=reason,
            meanings=preview.meanings,
            mappings=preview.mappings,
            compared=comparison,
        )
    return Committed(batch, comparison)


def require_storable(preview: Preview, *, accept_questions: bool = False) -> None:
    """Raises ImportRefused, with what stands in the way, where ``commit`` would."""
    _refuse_unless_storable(preview.reading, preview.issues, accept_questions=accept_questions)


def undo(store: Store, actor: Actor, batch: int, reason: str = "") -> UndoReport:
    """Takes an import back; records edited since are kept and listed.

    Raises NotAllowed (a batch of another programme included), UnknownBatch, AlreadyUndone.
    """
    actor.require(Permission.RECORD)
    programme = store.batch_programme(batch)
    if programme != actor.programme:
        raise NotAllowed(
            f"Batch {batch} belongs to {programme}, and {actor.name} stands in {actor.programme or 'none'}."
        )
    return store.undo(batch, actor, reason=reason)


def batches(store: Store, actor: Actor) -> tuple[Batch, ...]:
    """The imports of the actor's programme, newest first."""
    actor.require(Permission.RECORD)
    return store.batches(actor.programme)


def remember_mapping(store: Store, actor: Actor, table: UnmappedTable, kind: str, mapping: Mapping[str, str]) -> None:
    """Keeps what the columns of such a heading row hold (heading -> field), for this programme's later files."""
    actor.require(Permission.RECORD)
    store.remember_mapping(actor.programme, table.fingerprint, {"kind": kind, **mapping}, actor)


def require_person_key(store: Store, actor: Actor, keyer: PersonKeyer) -> None:
    """Ties a database to the secret its people are keyed with, once. Raises WrongPersonKey where it has another."""
    actor.require(Permission.RECORD)
    _require_same_key(store, keyer)
    _remember_key(store, keyer.fingerprint)


def is_keyed(store: Store) -> bool:
    """Whether the database is tied to a person key already."""
    return store.setting(_FINGERPRINT) is not None


def _require_same_key(store: Store, keyer: PersonKeyer) -> None:
    _refuse_another_key(store.setting(_FINGERPRINT), keyer.fingerprint)


def _refuse_another_key(known: str | None, fingerprint: str) -> None:
    if known is not None and known != fingerprint:
        raise WrongPersonKey(
            "The person key is not the one this database was set up with, so people in new files could not be matched "
            "to people already stored. Put the first key back (SOS_TRACKER_PERSON_KEY, or the file person.key beside "
            "the database) and import again."
        )


def _remember_key(store: Store, fingerprint: str) -> None:
    """The first of several who import into a new database at once settles it, and the others are held to it."""
    if store.setting(_FINGERPRINT) is None:
        _refuse_another_key(store.settle(_FINGERPRINT, fingerprint), fingerprint)


def _already_imported(store: Store, programme: str, files: Sequence[BatchFile]) -> tuple[BatchFile, ...]:
    known = {file.sha256 for batch in store.batches(programme) if batch.undone_at is None for file in batch.files}
    return tuple(file for file in files if file.sha256 in known)


def _refuse_unless_storable(reading: Reading, issues: Sequence[Issue], *, accept_questions: bool) -> None:
    rejected = tuple(issue for issue in issues if issue.weight is Weight.REJECTED)
    if rejected or reading.unmapped:
        raise ImportRefused("Nothing was stored: the files need mending first.", rejected, tuple(reading.unmapped))
    questions = tuple(issue for issue in issues if issue.weight is Weight.QUESTION)
    if questions and not accept_questions:
        raise ImportRefused("Nothing was stored: there are questions to answer first.", questions)


@contextmanager
def _collector_paused() -> Iterator[None]:
    """An import makes a hundred thousand small things and no circles: the collector would walk them forty times, which
    takes a third of the whole import."""
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()
