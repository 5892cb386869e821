"""Whether a database is whole: history, records, references, counts, papers, and the figures reckoned two ways."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import ColumnElement, Connection, ForeignKey, FromClause, Table, and_, func, or_, select, text

from sos_tracker.store import counts, tables
from sos_tracker.store.editions import edition_faults
from sos_tracker.store.history import broken_links, record_words
from sos_tracker.store.keeping.replay import records_not_as_told
from sos_tracker.store.keeping.second_reckoning import disagreements
from sos_tracker.store.programmes import programme_record

_NAMED = 5


def problems(connection: Connection, today: date) -> tuple[str, ...]:
    """Everything that is not whole, a sentence each; none when all is."""
    found = [*_pages_of_the_file(connection), *broken_references(connection), *records_not_as_told(connection)]
    for row in connection.execute(select(tables.programme).order_by(tables.programme.c.code)).all():
        programme = programme_record(row)
        found += broken_links(connection, row.id, row.code)
        found += edition_faults(connection, row.id, row.code)
        found += [f"{row.code}: {said}" for said in counts.differences(connection, row.id)]
        for on in dict.fromkeys((programme.usual_as_at or today, today)):
            found += disagreements(connection, row.id, programme, on)
    return tuple(found)


def broken_references(connection: Connection) -> list[str]:
    """Rows that refer to what is not there, or to a record of another programme."""
    found: list[str] = []
    for table in tables.metadata.sorted_tables:
        for key in sorted(table.foreign_keys, key=lambda key: str(key.parent.name)):
            found += _dangling(connection, table, key)
    found += _history_of_batches(connection)
    return found


def _dangling(connection: Connection, table: Table, key: ForeignKey) -> Iterator[str]:
    column, other = key.parent, key.column.table.alias("referred")
    astray: ColumnElement[bool] = other.c[key.column.name].is_(None)
    if "programme_id" in table.c and "programme_id" in other.c:
        astray = or_(astray, other.c.programme_id != table.c.programme_id)
    where = and_(column.is_not(None), astray)
    joined = table.outerjoin(other, column == other.c[key.column.name])
    number = connection.scalar(select(func.count()).select_from(joined).where(where)) or 0
    if number:
        named = _named(connection, table, joined, where)
        yield (
            f"{number:,} of the table {table.name} ({named}) refer to a {record_words(key.column.table.name)} that is "
            f"not there or is another programme's."
        )


def _named(connection: Connection, table: Table, joined: FromClause, where: ColumnElement[bool]) -> str:
    """The first few, by their key."""
    key = list(table.primary_key.columns)
    rows = connection.execute(select(*key).select_from(joined).where(where).order_by(*key).limit(_NAMED))
    return ", ".join(" ".join(f"{column.name} {value}" for column, value in zip(key, row, strict=True)) for row in rows)


def _history_of_batches(connection: Connection) -> Iterator[str]:
    """Links the database does not hold itself: from a change to its batch, and from a batch to its changes."""
    change, batch = tables.change.c, tables.batch.c
    lost = connection.scalar(
        select(func.count()).select_from(tables.change.outerjoin(tables.batch, change.batch_id == batch.id))
        .where(change.batch_id.is_not(None), batch.id.is_(None))
    )  # fmt: skip
    if lost:
        yield f"{lost:,} changes belong to a batch that is not there."
    of_batch = and_(
        change.programme_id == batch.programme_id, change.number.between(batch.first_change, batch.last_change),
        change.batch_id == batch.id,
    )  # fmt: skip
    told = select(func.count()).select_from(tables.change).where(of_batch).correlate(tables.batch).scalar_subquery()
    short = select(batch.id).where(batch.first_change.is_not(None), told != batch.last_change - batch.first_change + 1)
    for number in connection.scalars(short.order_by(batch.id)):
        yield f"Batch {number} does not have all its changes in the history."


def _pages_of_the_file(connection: Connection) -> list[str]:
    """What SQLite itself finds wrong with its file; PostgreSQL checks its pages as it reads them."""
    if connection.dialect.name != "sqlite":
        return []
    said = [str(line) for line in connection.scalars(text("PRAGMA integrity_check"))]
    return [] if said == ["ok"] else [f"The database file is damaged: {line}" for line in said[:_NAMED]]
