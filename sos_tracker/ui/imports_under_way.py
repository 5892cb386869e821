"""Imports being checked or stored, for the whole process: a reader may leave the page and come back to theirs.

One at a time is worked on; each reader has at most one in each programme.
"""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Lock

from sos_tracker.actions import importing
from sos_tracker.actions.importing import Committed, Preview
from sos_tracker.intake import SourceFile
from sos_tracker.records.access import Actor
from sos_tracker.records.people import PersonKeyer
from sos_tracker.store import Store

_Key = tuple[str, str]


@dataclass
class Progress:
    """How far the work is: what is being done, and the share done (0-1). Written by the worker, read by pages."""

    doing: str = "Waiting for its turn"
    share: float = 0.0

    def __call__(self, doing: str, done: int, of: int) -> None:
        self.doing, self.share = doing, min(max(done / of, 0.0), 1.0) if of else 0.0


@dataclass(frozen=True)
class UnderWay:
    """One import: its files, what was said about their words and columns, and the check that is made of them."""

    files: tuple[SourceFile, ...]
    means: Mapping[str, str]
    mappings: Mapping[str, Mapping[str, str]]
    checked: "Future[Preview]"
    progress: Progress = field(default_factory=Progress)
    stored: "Future[Committed] | None" = None

    @property
    def busy(self) -> bool:
        return not self.checked.done() or (self.stored is not None and not self.stored.done())


_workers = ThreadPoolExecutor(max_workers=1, thread_name_prefix="import")
_lock = Lock()
_imports: dict[_Key, UnderWay] = {}


def of(actor: Actor) -> UnderWay | None:
    """The actor's import in their programme, if there is one."""
    with _lock:
        return _imports.get(_key(actor))


def check(
    store: Store,
    actor: Actor,
    files: Sequence[SourceFile],
    keyer: PersonKeyer,
    *,
    means: Mapping[str, str] | None = None,
    mappings: Mapping[str, Mapping[str, str]] | None = None,
) -> UnderWay:
    """Starts the dry run in the background, in place of the actor's earlier one."""
    progress = Progress()

    def work() -> Preview:
        return importing.preview(store, actor, files, keyer, means=means, mappings=mappings, progress=progress)

    return _put(actor, UnderWay(tuple(files), means or {}, mappings or {}, _workers.submit(work), progress))


def commit(store: Store, actor: Actor, under_way: UnderWay, *, accept_questions: bool) -> UnderWay:
    """Starts storing what was checked, all of it or nothing."""
    preview = under_way.checked.result()
    progress = Progress("Storing")
    work: Callable[[], Committed] = lambda: importing.commit(  # noqa: E731 - one call, handed to the worker
        store, actor, preview, accept_questions=accept_questions
    )
    parts = (under_way.files, under_way.means, under_way.mappings, under_way.checked)
    return _put(actor, UnderWay(*parts, progress, _workers.submit(work)))


def forget(actor: Actor) -> None:
    with _lock:
        _imports.pop(_key(actor), None)


def forget_all() -> None:
    with _lock:
        _imports.clear()


def _put(actor: Actor, under_way: UnderWay) -> UnderWay:
    with _lock:
        _imports[_key(actor)] = under_way
    return under_way


def _key(actor: Actor) -> _Key:
    return actor.programme, actor.name
