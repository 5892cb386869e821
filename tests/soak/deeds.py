"""What the processes of the slow tests do, each in a process of its own, and what they say of it as they go."""

import os
import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from functools import partial
from io import StringIO
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple

from sos_tracker.actions import importing, recording
from sos_tracker.cli import main
from sos_tracker.intake import SourceFile
from sos_tracker.records.access import Actor, Role
from sos_tracker.records.people import PersonKeyer
from sos_tracker.records.recorded import Add, Recorded, Revise, Withdraw, Write
from sos_tracker.records.training import Attendance, CourseLevel, Outcome, SessionStatus, TrainingSession
from sos_tracker.store import Store
from sos_tracker.store.keeping import BackupFile
from tests.conftest import EXAMPLE, PERSON_KEY

CODE = "CE"
ACTOR = Actor("Administrator", Role.ADMINISTRATOR, CODE)
KEYER = PersonKeyer(PERSON_KEY.encode())
DELEGATES = 3


class Said(NamedTuple):
    """``done`` False: it is about to be done. ``facts``: what must be there from now on, whatever happens."""

    deed: str
    done: bool
    facts: tuple[Any, ...] = ()
    seconds: float = 0


Deeds = Iterator[tuple[str, Callable[[], tuple[Any, ...]]]]


def work(kind: str, address: str, name: str, folder: str, say: Connection) -> None:
    """Does one deed after another until it is killed; an acknowledgement follows each, after it is stored."""
    store = Store.open(address)
    deeds = {"import": _imports, "save": _saves, "backup": _backups, "neighbour": _saves}[kind]
    for deed, carry_out in deeds(store, name, Path(folder)):
        say.send(Said(deed, done=False))
        start = time.perf_counter()
        facts = carry_out()
        say.send(Said(deed, done=True, facts=facts, seconds=time.perf_counter() - start))
        if kind == "neighbour":
            time.sleep(0.1)


def example_files() -> tuple[SourceFile, ...]:
    paths = sorted(path for path in EXAMPLE.iterdir() if path.suffix in (".xlsx", ".csv"))
    return tuple(SourceFile(path.name, path.read_bytes()) for path in paths)


def _imports(store: Store, name: str, folder: Path) -> Deeds:
    """The example programme, brought in and taken back, and again."""
    files = example_files()
    while True:
        yield "import", partial(_bring_in, store, importing.preview(store, ACTOR, files, KEYER))
        yield "undo", partial(_take_back, store, store.batches(CODE)[0].number)


def _bring_in(store: Store, preview: importing.Preview) -> tuple[int]:
    batch = importing.commit(store, ACTOR, preview, accept_questions=True).batch
    assert batch is not None
    return (batch.number,)


def _take_back(store: Store, batch: int) -> tuple[int]:
    return (importing.undo(store, ACTOR, batch).batch,)


def _saves(store: Store, name: str, folder: Path) -> Deeds:
    """A session with its register; then it is moved; every third is withdrawn."""
    kept = list[Recorded]()

    def save(writes: Sequence[Write]) -> tuple[tuple[str, int, int], ...]:
        kept[:] = recording.record(store, ACTOR, writes, reason="Told by the trainer")
        return tuple((record.kind, record.number, record.version) for record in kept)

    for number in count(1):
        session = a_session(f"{name}-{number}")
        register = [Add(a_place(session.reference, person)) for person in range(DELEGATES)]
        yield f"add {session.reference}", partial(save, [Add(session), *register])
        moved = session.model_copy(update={"places": number})
        yield f"revise {session.reference}", partial(save, [Revise(kept[0].number, kept[0].version, moved)])
        if number % 3 == 0:
            gone = Withdraw(kept[0].kind, kept[0].number, kept[0].version)
            yield f"withdraw {session.reference}", partial(save, [gone])


def _backups(store: Store, name: str, folder: Path) -> Deeds:
    """By the command itself, each into a file of its own."""
    os.environ["DATABASE_URL"] = store.engine.url.render_as_string(hide_password=False)
    sys.stdout = StringIO()
    for number in count(1):
        file = folder / f"{name}-{number}.backup"
        yield f"backup {file.name}", partial(_back_up, file)


def _back_up(file: Path) -> tuple[str]:
    sys.argv = ["sos-tracker", "backup", str(file)]
    with suppress(SystemExit):  # how a command ends, well or not
        main()
    BackupFile(file)
    return (str(file),)


def a_session(reference: str, **fields: Any) -> TrainingSession:
    said = {"level": CourseLevel.BRIEFING, "starts_on": date(2018, 3, 1), "status": SessionStatus.DELIVERED}
    return TrainingSession.model_validate({"reference": reference, **said, **fields})


def a_place(session: str, person: int) -> Attendance:
    keys = KEYER.keys(f"N{person}", f"n{person}@council.example")
    return Attendance(session=session, person=keys, agency="Social Care", team="Duty", outcome=Outcome.ATTENDED)


def chance_of(*parts: object) -> random.Random:
    """Moments and choices, not secrets: the same in each run of the same test."""
    return random.Random(" ".join(map(str, parts)))  # noqa: S311
