"""The history as people read it: saves newest first, the changes within one, and the story of one record.

Nothing here counts all that there ever was before it answers: a page of saves is read from its newest change back.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Select, func, not_, or_, select

from sos_tracker.measures.frames import ProgrammeFrames
from sos_tracker.records.changes import Change, Deed
from sos_tracker.store.database import reading
from sos_tracker.store.dialects import holds
from sos_tracker.store.history import changes_of, record_words
from sos_tracker.store.past import frames_after
from sos_tracker.store.programmes import programme_row
from sos_tracker.store.tables import change, metadata
from sos_tracker.store.telling import told

SHOWN_WHOLE = 5
"""A save of more changes than these is one line, to be opened."""
_READ_AT_ONCE = 200
_OF_A_SAVE = (change.c.recorded_at, change.c.actor, change.c.reason, change.c.batch_id)


@dataclass(frozen=True)
class Search:
    """Which changes are looked for; nothing set is all of them.

    ``since`` and ``until`` are moments, the second left out; ``text`` is looked for in what a record is called and in
    the reason; ``numbers`` are the first and the last of one save. ``kinds`` are in words, as ``Change`` has them;
    those in ``without`` are left out whatever else is asked.
    """

    actor: str = ""
    kinds: tuple[str, ...] = ()
    deed: Deed | None = None
    batch: int | None = None
    since: datetime | None = None
    until: datetime | None = None
    text: str = ""
    numbers: tuple[int, int] | None = None
    without: tuple[str, ...] = ()

    @property
    def of_one_save(self) -> bool:
        return self.batch is not None or self.numbers is not None


@dataclass(frozen=True)
class Save:
    """What was changed at once. ``count``: how many of its changes were looked for; ``first`` and ``last`` number them.

    ``kinds``: how many of each kind, by kind and deed. ``changes``: newest first, where they are few, and else none.
    """

    first: int
    last: int
    count: int
    recorded_at: datetime
    actor: str
    reason: str
    batch: int | None
    kinds: tuple[tuple[str, Deed, int], ...] = ()
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class Offered:
    """What the history can be searched by: everybody in it, and every kind of record."""

    actors: tuple[str, ...]
    kinds: tuple[str, ...]


class Stories:
    """What the store tells of its history; ``Store`` is one of these. Each raises UnknownProgramme."""

    engine: Engine

    def saves(
        self, code: str, search: Search, *, before: int | None = None, limit: int = 25, unfilled: bool = False
    ) -> tuple[tuple[Save, ...], int | None]:
        """Saves newest first, of changes numbered below ``before``; and what to ask with for older ones, if any.

        ``unfilled``: who, when and how many, without the changes or their kinds.
        """
        with reading(self.engine) as connection:
            number = programme_row(connection, code).id
            which = _which(connection, number, search)
            found = _saves(connection, which, before, limit + 1)
            older = found[limit - 1].first if len(found) > limit else None
            if unfilled:
                return tuple(found[:limit]), older
            return tuple(_filled(connection, number, which, save) for save in found[:limit]), older

    def newest_change(self, code: str, before: datetime | None = None) -> int:
        """The number of the newest change, or of the newest recorded before a moment; 0 where there is none."""
        with reading(self.engine) as connection:
            row, of = programme_row(connection, code), change.c
            if before is None:
                return int(row.change_number)
            earlier = select(of.number).where(of.programme_id == row.id, of.recorded_at < _stored(before))
            return int(connection.scalar(earlier.order_by(of.number.desc()).limit(1)) or 0)

    def frames_after(self, code: str, on: date, numbers: Sequence[int]) -> tuple[ProgrammeFrames, ...]:
        """The frames of one day as they were after each of these changes, whose numbers rise; 0 is before the first.

        Played again from the history: it costs about as much as importing all of it, and a little for each further one.
        """
        with reading(self.engine) as connection:
            return tuple(frames_after(connection, code, on, numbers))

    def found_changes(
        self, code: str, search: Search, *, before: int | None = None, limit: int = 100
    ) -> tuple[Change, ...]:
        """The changes themselves, newest first, with what they refer to by name."""
        with reading(self.engine) as connection:
            number = programme_row(connection, code).id
            query = select(change).where(*_which(connection, number, search)).order_by(change.c.number.desc())
            if before is not None:
                query = query.where(change.c.number < before)
            return told(connection, number, changes_of(connection.execute(query.limit(limit))))

    def count_changes(self, code: str, search: Search) -> int:
        """How many changes are found."""
        with reading(self.engine) as connection:
            row = programme_row(connection, code)
            if search == Search():
                return int(row.change_number)
            query = select(func.count()).select_from(change).where(*_which(connection, row.id, search))
            return int(connection.scalar(query) or 0)

    def history_offers(self, code: str) -> Offered:
        """What the history of this programme can be searched by."""
        with reading(self.engine) as connection:
            here = change.c.programme_id == programme_row(connection, code).id
            names = _distinct(connection, change.c.table_name, here)
            actors = _distinct(connection, change.c.actor, here)
            kinds = sorted({record_words(name) for name in names})
            return Offered(tuple(sorted(actors, key=str.casefold)), tuple(kinds))

    def story(self, code: str, kind: str, number: int, *, limit: int = 100, offset: int = 0) -> tuple[Change, ...]:
        """What the history says of one record, newest first, withdrawn or not. Raises ValueError for an unknown kind.

        Kinds are all those of ``Change``, not only those recorded by hand.
        """
        names = _tables_of((kind,))
        if not names:
            raise ValueError(f"There are no records of the kind “{kind}”.")
        with reading(self.engine) as connection:
            of, programme = change.c, programme_row(connection, code).id
            here = [of.programme_id == programme, of.table_name == names[0], of.record_id == number]
            # numbers first, for which an index is enough: asked for whole rows, SQLite reads all of the history
            numbers = select(of.number).where(*here).order_by(of.number.desc()).limit(limit).offset(offset)
            found = connection.scalars(numbers).all()
            query = select(change).where(here[0], of.number.in_(found)).order_by(of.number.desc())
            return told(connection, programme, changes_of(connection.execute(query)))


def _which(connection: Connection, programme_id: int, search: Search) -> list[ColumnElement[bool]]:
    of = change.c
    found: list[ColumnElement[bool]] = [of.programme_id == programme_id]
    if search.actor:
        found.append(of.actor == search.actor)
    if search.kinds:
        found.append(of.table_name.in_(_tables_of(search.kinds)))
    if search.without:
        found.append(of.table_name.not_in(_tables_of(search.without)))
    if search.deed is not None:
        found.append(of.deed == search.deed.value)
    if search.since is not None:
        found.append(of.recorded_at >= _stored(search.since))
    if search.until is not None:
        found.append(of.recorded_at < _stored(search.until))
    if search.numbers is not None:
        found.append(of.number.between(*search.numbers))
    if search.batch is not None:
        found += _of_batch(connection, search.batch)
    if search.text.strip():
        text = search.text.strip()
        found.append(or_(holds(connection, of.key, text), holds(connection, of.reason, text)))
    return found


def _of_batch(connection: Connection, number: int) -> list[ColumnElement[bool]]:
    """By the numbers the batch says are its own; a batch that is not there has none."""
    of = metadata.tables["batch"].c
    row = connection.execute(select(of.first_change, of.last_change).where(of.id == number)).first()
    first, last = (row.first_change, row.last_change) if row is not None else (None, None)
    return [change.c.number.between(first or 0, last or -1), change.c.batch_id == number]


def _saves(
    connection: Connection, which: Sequence[ColumnElement[bool]], before: int | None, limit: int
) -> list[Save]:  # fmt: skip
    """Read back from the newest change; where a save goes on past what was read, its beginning is looked for."""
    found: list[Save] = []
    light = select(change.c.number, *_OF_A_SAVE).where(*which).order_by(change.c.number.desc()).limit(_READ_AT_ONCE)
    while len(found) < limit:
        rows = connection.execute(light if before is None else light.where(change.c.number < before)).all()
        saves = [_save(list(of_save)) for _, of_save in groupby(rows, key=lambda row: row[1:])]
        if len(rows) == _READ_AT_ONCE:
            saves[-1] = _whole(connection, which, saves[-1], rows[-1])
        found += saves
        if len(rows) < _READ_AT_ONCE:
            break
        before = saves[-1].first
    return found[:limit]


def _save(rows: Sequence[Any]) -> Save:
    newest = rows[0]
    return Save(rows[-1].number, newest.number, len(rows), newest.recorded_at.replace(tzinfo=UTC), newest.actor,
                newest.reason, newest.batch_id)  # fmt: skip


def _whole(connection: Connection, which: Sequence[ColumnElement[bool]], save: Save, row: Any) -> Save:
    """A save that may go on past the rows read, with its beginning and its count."""
    of, told_alike = change.c, [column.is_not_distinct_from(row[place]) for place, column in enumerate(_OF_A_SAVE, 1)]
    other = not_(told_alike[0] & told_alike[1] & told_alike[2] & told_alike[3])
    newest_other: Select[Any] = select(func.max(of.number)).where(which[0], of.number < row.number, other)
    first = int(connection.scalar(newest_other) or 0) + 1
    within = select(func.count(), func.min(of.number)).where(*which, of.number.between(first, save.last))
    count, first = connection.execute(within).one()
    return Save(first, save.last, count, save.recorded_at, save.actor, save.reason, save.batch)


def _filled(
    connection: Connection, programme_id: int, which: Sequence[ColumnElement[bool]], save: Save
) -> Save:  # fmt: skip
    """With its changes where they are few, and else with how many there are of each kind."""
    of, here = change.c, [*which, change.c.number.between(save.first, save.last)]
    said = (save.first, save.last, save.count, save.recorded_at, save.actor, save.reason, save.batch)
    if save.count <= SHOWN_WHOLE:
        rows = connection.execute(select(change).where(*here).order_by(of.number.desc()))
        return Save(*said, changes=told(connection, programme_id, changes_of(rows)))
    query = select(of.table_name, of.deed, func.count()).where(*here).group_by(of.table_name, of.deed)
    counted = sorted(connection.execute(query).all(), key=lambda row: (-row[2], row[0], row[1]))
    return Save(*said, kinds=tuple((record_words(name), Deed(deed), number) for name, deed, number in counted))


def _distinct(connection: Connection, column: ColumnElement[Any], here: ColumnElement[bool]) -> list[str]:
    """Each value there is, looked up one after another."""
    return list(connection.scalars(select(column).where(here).distinct()))


def _tables_of(kinds: Sequence[str]) -> list[str]:
    """The tables whose records are called so; a table of its own name comes first."""
    names = [name for name in metadata.tables if record_words(name) in kinds]
    return sorted(names, key=lambda name: (record_words(name) != name.replace("_", " "), name))


def _stored(at: datetime) -> datetime:
    """As the history has its moments: UTC without a zone."""
    return at.astimezone(UTC).replace(tzinfo=None)
