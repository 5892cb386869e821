"""Editions in the store: papers as they were published, and whether a programme's are open to everybody.

An edition is written once, with its files, and kept so by triggers; ``edition_faults`` proves that it is as published.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

from orjson import dumps, loads
from sqlalchemy import Connection, Engine, Row, func, insert, select, update

from sos_tracker.records.access import Actor
from sos_tracker.records.changes import Deed
from sos_tracker.records.editions import (
    Edition,
    EditionFile,
    EditionState,
    NewEdition,
    PaperFile,
    PaperFormat,
)
from sos_tracker.store import tables
from sos_tracker.store.database import reading, writing
from sos_tracker.store.edition_tables import edition, edition_file
from sos_tracker.store.history import Written, moment, record_changes
from sos_tracker.store.programmes import locked_programme, programme_row
from sos_tracker.store.writing import reserve_ids


class UnknownEdition(LookupError):
    """No published edition has this number, or it has no file of this name."""


class EditionTaken(ValueError):
    """Another edition was published under this number meanwhile."""


class Editions:
    """What the store does with editions; ``Store`` is one of these."""

    engine: Engine

    def editions(self, code: str) -> tuple[Edition, ...]:
        """Every edition that was published, newest first, superseded ones included. Raises UnknownProgramme."""
        with reading(self.engine) as connection:
            row = programme_row(connection, code)
            return editions_of(connection, row.id, row.code)

    def edition(self, code: str, number: int) -> Edition:
        """Raises UnknownEdition, UnknownProgramme."""
        found = next((one for one in self.editions(code) if one.number == number), None)
        if found is None:
            raise UnknownEdition(f"There is no edition {number} of {code}.")
        return found

    def edition_file(self, code: str, number: int, name: str) -> PaperFile:
        """A file as it was published, to the byte. Raises UnknownEdition, UnknownProgramme."""
        with reading(self.engine) as connection:
            query = (
                select(edition_file.c.format, edition_file.c.name, edition_file.c.content)
                .join(edition, edition.c.id == edition_file.c.edition_id)
                .where(edition.c.programme_id == programme_row(connection, code).id, edition.c.number == number)
                .where(edition.c.state != EditionState.DRAFT.value, edition_file.c.name == name)
            )
            row = connection.execute(query).first()
        if row is None:
            raise UnknownEdition(f"Edition {number} of {code} has no file {name}.")
        return PaperFile(PaperFormat(row.format), row.name, bytes(row.content))

    def edition_figures(self, code: str, number: int) -> Any:
        """What the edition says, as it was frozen, out of its JSON. Raises UnknownEdition, UnknownProgramme."""
        with reading(self.engine) as connection:
            return loads(published_row(connection, programme_row(connection, code).id, number).figures)

    def next_edition(self, code: str) -> int:
        """The number the next edition will have. Raises UnknownProgramme."""
        with reading(self.engine) as connection:
            return _next_number(connection, programme_row(connection, code).id)

    def publish_edition(
        self, code: str, number: int, new: NewEdition, actor: Actor, *, reason: str = "", now: datetime | None = None
    ) -> Edition:
        """Keeps the edition for good; an earlier one for the same meeting, or without one for the same day, is
        superseded. ``number`` is what its files say. Raises EditionTaken where that number is not the next."""
        at = moment(now)
        with writing(self.engine) as connection:
            programme = locked_programme(connection, code)
            if number != _next_number(connection, programme.id):
                raise EditionTaken(
                    f"Edition {number} was published by somebody else in the meantime. Look at it, and publish again "
                    "if yours is still needed."
                )
            seal = _seal(programme.code, number, new.as_at, new.meeting_on, at, actor.name, reason, new.figures,
                         [(file.name, file.format.value, file.sha256) for file in new.files])  # fmt: skip
            replaced = [_supersede(connection, row) for row in _replaced(connection, programme.id, new)]
            written = _write(connection, programme.id, number, new, seal, at, actor.name, reason)
            record_changes(connection, programme.id, [written, *replaced], actor=actor.name, reason=reason,
                           batch_id=None, now=at)  # fmt: skip
        return self.edition(code, number)

    def set_public_papers(
        self, code: str, actor: Actor, *, public: bool, reason: str = "", now: datetime | None = None
    ) -> None:
        """Whether anybody may read the programme's published papers. Does nothing where it is so already."""
        with writing(self.engine) as connection:
            row = locked_programme(connection, code)
            if row.public_papers == public:
                return
            connection.execute(
                update(tables.programme).where(tables.programme.c.id == row.id).values(public_papers=public)
            )
            before, after = {"public_papers": row.public_papers}, {"public_papers": public}
            change = Written("programme", row.id, 1, Deed.REVISED, row.code, before, after)
            record_changes(connection, row.id, [change], actor=actor.name, reason=reason, batch_id=None,
                           now=moment(now))  # fmt: skip


def edition_faults(connection: Connection, programme_id: int, code: str) -> list[str]:
    """Every edition that is not as it was published, named: its files, its hash, and the history must all agree."""
    problems: list[str] = []
    seals = _seals_in_the_history(connection, programme_id)
    query = select(edition).where(edition.c.programme_id == programme_id).order_by(edition.c.number)
    for row in connection.execute(query.where(edition.c.state != EditionState.DRAFT.value)).all():
        name = f"{code}: edition {row.number}"
        files = connection.execute(select(edition_file).where(edition_file.c.edition_id == row.id)).all()
        problems += [
            f"{name}: the file {file.name} is not as it was published."
            for file in files
            if sha256(file.content).hexdigest() != file.sha256
        ]
        seal = _seal(code, row.number, row.as_at, row.meeting_on, row.published_at, row.published_by, row.reason,
                     row.figures, [(file.name, file.format, file.sha256) for file in files])  # fmt: skip
        promised = seals.pop(row.id, None)
        if not seal == row.sha256 == promised:
            problems.append(f"{name} is not as it was published.")
    return [*problems, *(f"{code}: a published edition is missing, number {number}." for number in sorted(seals))]


def _seals_in_the_history(connection: Connection, programme_id: int) -> dict[int, str]:
    """The hash each edition was published with, by the edition's own number in the table."""
    change = tables.change
    query = select(change.c.record_id, change.c.after).where(
        change.c.programme_id == programme_id, change.c.table_name == "edition", change.c.deed == Deed.ADDED.value
    )
    return {row.record_id: loads(row.after)["sha256"] for row in connection.execute(query)}


def _seal(code: str, number: int, as_at: date, meeting_on: date | None, published_at: datetime, published_by: str,
          reason: str, figures: str, files: Sequence[tuple[str, str, str]]) -> str:  # fmt: skip
    """The hash over a whole edition. Its order may never change: every seal published before would break."""
    said = (code, number, as_at, meeting_on, published_at, published_by, reason, figures, sorted(files))
    return sha256(dumps(said)).hexdigest()


def _write(connection: Connection, programme_id: int, number: int, new: NewEdition, seal: str, at: datetime, by: str,
           reason: str) -> Written:  # fmt: skip
    """The edition and its files, as a draft until it is whole and then published."""
    row = reserve_ids(connection, edition, 1)[0]
    facts = {"number": number, "as_at": new.as_at, "meeting_on": new.meeting_on, "sha256": seal}
    connection.execute(
        insert(edition).values(
            id=row, programme_id=programme_id, **facts, state=EditionState.DRAFT.value, published_at=at,
            published_by=by, reason=reason, figures=new.figures,
        )
    )  # fmt: skip
    for file in new.files:
        values = {"format": file.format.value, "name": file.name, "content": file.content, "sha256": file.sha256}
        connection.execute(insert(edition_file).values(programme_id=programme_id, edition_id=row, **values))
    connection.execute(update(edition).where(edition.c.id == row).values(state=EditionState.PUBLISHED.value))
    files = {file.name: file.sha256 for file in new.files}
    return Written("edition", row, 1, Deed.ADDED, f"edition {number}", None, {**facts, "files": files})


def _replaced(connection: Connection, programme_id: int, new: NewEdition) -> Sequence[Row[Any]]:
    """The published editions that a new one for the same meeting takes the place of."""
    query = select(edition).where(edition.c.programme_id == programme_id)
    query = query.where(edition.c.state == EditionState.PUBLISHED.value, *_for_the_same(new.meeting_on, new.as_at))
    return connection.execute(query.order_by(edition.c.number)).all()


def _for_the_same(meeting_on: date | None, as_at: date) -> list[Any]:
    if meeting_on is not None:
        return [edition.c.meeting_on == meeting_on]
    return [edition.c.meeting_on.is_(None), edition.c.as_at == as_at]


def _supersede(connection: Connection, row: Row[Any]) -> Written:
    becomes = EditionState.SUPERSEDED.value
    connection.execute(update(edition).where(edition.c.id == row.id).values(state=becomes))
    return Written("edition", row.id, 2, Deed.REVISED, f"edition {row.number}", {"state": row.state},
                   {"state": becomes})  # fmt: skip


def _next_number(connection: Connection, programme_id: int) -> int:
    newest = connection.scalar(select(func.max(edition.c.number)).where(edition.c.programme_id == programme_id))
    return int(newest or 0) + 1


def published_row(connection: Connection, programme_id: int, number: int) -> Row[Any]:
    query = select(edition).where(edition.c.programme_id == programme_id, edition.c.number == number)
    row = connection.execute(query.where(edition.c.state != EditionState.DRAFT.value)).first()
    if row is None:
        raise UnknownEdition(f"There is no edition {number}.")
    return row


def editions_of(connection: Connection, programme_id: int, code: str) -> tuple[Edition, ...]:
    of_edition: dict[int, list[EditionFile]] = {}
    file = edition_file.c
    listed = select(file.edition_id, file.format, file.name, file.sha256, func.length(file.content).label("size"))
    for row in connection.execute(listed.where(file.programme_id == programme_id).order_by(file.id)):
        one = EditionFile(PaperFormat(row.format), row.name, row.sha256, row.size)
        of_edition.setdefault(row.edition_id, []).append(one)
    query = select(*(column for column in edition.c if column.name != "figures"))
    query = query.where(edition.c.programme_id == programme_id, edition.c.state != EditionState.DRAFT.value)
    newest: dict[tuple[date | None, date | None], int] = {}
    found = []
    for row in connection.execute(query.order_by(edition.c.number.desc())):
        latest = newest.setdefault((row.meeting_on, None if row.meeting_on else row.as_at), row.number)
        found.append(_edition(code, row, of_edition.get(row.id, []), latest))
    return tuple(found)


def _edition(code: str, row: Any, files: Sequence[EditionFile], latest: int) -> Edition:
    state = EditionState(row.state)
    return Edition(
        programme=code,
        number=row.number,
        as_at=row.as_at,
        meeting_on=row.meeting_on,
        published_at=row.published_at.replace(tzinfo=UTC),
        published_by=row.published_by,
        reason=row.reason,
        state=state,
        sha256=row.sha256,
        files=tuple(files),
        replaced_by=latest if state is EditionState.SUPERSEDED else None,
    )
