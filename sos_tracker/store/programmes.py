"""Finds a programme by its code; every other query is scoped by the number it gives."""

from typing import Any

from sqlalchemy import Connection, Row, select

from sos_tracker.records.programme import Programme
from sos_tracker.store.tables import programme


class UnknownProgramme(LookupError):
    """No programme has this code."""


def programme_row(connection: Connection, code: str) -> Row[Any]:
    """The programme's row. Raises UnknownProgramme."""
    row = connection.execute(select(programme).where(programme.c.code == code.strip().upper())).first()
    if row is None:
        known = connection.scalars(select(programme.c.code).order_by(programme.c.code)).all()
        there = f"The programmes here are {', '.join(known)}." if known else "No programme has been added yet."
        raise UnknownProgramme(f"There is no programme with the code {code}. {there}")
    return row


def locked_programme(connection: Connection, code: str) -> Row[Any]:
    """The programme's row, held until the transaction ends: one writer at a time. Raises UnknownProgramme."""
    number = programme_row(connection, code).id
    return connection.execute(select(programme).where(programme.c.id == number).with_for_update()).one()


def programme_record(row: Row[Any]) -> Programme:
    """The programme as a record, from its row."""
    return Programme.model_validate({name: getattr(row, name) for name in Programme.model_fields})
