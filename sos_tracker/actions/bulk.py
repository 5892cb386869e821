"""Correcting many records at once: the figures before and after are shown first, then all or nothing, and undoable."""

from dataclasses import dataclass
from datetime import date

from sos_tracker.actions.recording import ReasonNeeded
from sos_tracker.measures import catalogue
from sos_tracker.records.access import Actor, Permission
from sos_tracker.records.bulk import BulkChange, BulkOutcome
from sos_tracker.records.changes import Batch
from sos_tracker.records.figures import Figure
from sos_tracker.store import MovedOn, Store


@dataclass(frozen=True)
class BulkPreview:
    """What a correction would do, and every figure of the catalogue on one day, before and after it."""

    outcome: BulkOutcome
    on: date
    figures: tuple[tuple[Figure, Figure], ...]

    @property
    def moved(self) -> tuple[tuple[Figure, Figure], ...]:
        """The figures it changes: by what they say, not by their working."""
        return tuple((before, after) for before, after in self.figures if _says(before) != _says(after))

    def same_as(self, other: "BulkPreview") -> bool:
        """Does as much to the records, and the same to the figures."""
        counted = [(one.outcome.changed, one.outcome.withdrawn, one.outcome.notes) for one in (self, other)]
        return counted[0] == counted[1] and self.figures == other.figures


class PreviewMoved(Exception):
    """The records have changed since, and the correction would do something else now. ``preview``: what it would do."""

    def __init__(self, preview: BulkPreview) -> None:
        super().__init__(
            "The records have changed since you saw this. Nothing was changed. This is what it would do now."
        )
        self.preview = preview


def preview(store: Store, actor: Actor, change: BulkChange, on: date) -> BulkPreview:
    """What it would do to the records and figures of the actor's programme; stores nothing.

    Raises NotAllowed, and RecordRefused with the field of the correction that cannot be.
    """
    actor.require(Permission.RECORD)
    trial = store.try_bulk(actor.programme, change, on)
    both = zip(catalogue.figures(trial.before, on), catalogue.figures(trial.after, on), strict=True)
    return BulkPreview(trial.outcome, on, tuple(both))


def carry_out(store: Store, actor: Actor, shown: BulkPreview, *, reason: str) -> Batch:
    """Makes the correction as one batch, which ``importing.undo`` takes back. A preview gone stale is reckoned again.

    Raises NotAllowed, ReasonNeeded, RecordRefused, and PreviewMoved where it would do something else now.
    """
    actor.require(Permission.RECORD)
    if not reason.strip():
        raise ReasonNeeded("Say why: this changes many records at once, and whoever asks later finds it here.")
    change, code = shown.outcome.change, actor.programme
    while True:
        try:
            return store.bulk(code, change, actor, reason=reason.strip(), revision=shown.outcome.revision)
        except MovedOn:
            now = preview(store, actor, change, shown.on)
            if not now.same_as(shown):
                raise PreviewMoved(now) from None
            shown = now


def corrections(store: Store, actor: Actor) -> tuple[Batch, ...]:
    """The corrections of the actor's programme, newest first, those taken back included."""
    actor.require(Permission.RECORD)
    return tuple(batch for batch in store.batches(actor.programme) if batch.title)


def _says(figure: Figure) -> tuple[object, ...]:
    return (figure.value, figure.denominator, figure.target_to_date, figure.rating, figure.sentence)
