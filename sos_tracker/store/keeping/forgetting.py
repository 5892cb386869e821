"""Forgets who a person was: their keys go, what they did stays as counts of somebody nobody can name."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, func, select, update

from sos_tracker.records.access import Actor
from sos_tracker.records.changes import Deed
from sos_tracker.records.people import PersonKeys
from sos_tracker.store import tables
from sos_tracker.store.history import Written, moment, record_changes
from sos_tracker.store.programmes import locked_programme


class UnknownPerson(LookupError):
    """Nobody in the programme is known by these keys."""


class SharedAddress(LookupError):
    """An e-mail address is known beside several employee numbers: it does not say which person is meant."""


@dataclass(frozen=True)
class Forgotten:
    """What was removed, and how much is kept without it."""

    employee_number: bool
    emails: int
    attendances: int
    staff_lines: int
    posts: int


def forget_person(
    connection: Connection, code: str, keys: PersonKeys, actor: Actor, *, reason: str, now: datetime | None = None
) -> Forgotten:
    """Within the caller's transaction. Raises UnknownPerson, SharedAddress, UnknownProgramme."""
    programme = locked_programme(connection, code)
    person_id = _person(connection, programme.id, programme.code, keys)
    person, email = tables.person.c, tables.person_email.c
    row = connection.execute(select(tables.person).where(person.id == person_id)).one()
    emails = connection.execute(delete(tables.person_email).where(email.person_id == person_id)).rowcount
    connection.execute(
        update(tables.person).where(person.id == person_id).values(reference_key=None, version=row.version + 1)
    )
    had = {"employee_number": "known" if row.reference_key else None, "e_mails": emails}
    told = Written(
        "person", person_id, row.version + 1, Deed.REVISED, f"person {person_id}", had,
        {"employee_number": None, "e_mails": 0},
    )  # fmt: skip
    record_changes(connection, programme.id, [told], actor=actor.name, reason=reason, batch_id=None, now=moment(now))
    kept = {
        name: connection.scalar(select(func.count()).select_from(table).where(table.c.person_id == person_id)) or 0
        for name, table in (
            ("attendances", tables.attendance), ("staff_lines", tables.staff_member),
            ("posts", tables.practice_lead_post),
        )
    }  # fmt: skip
    return Forgotten(row.reference_key is not None, emails, **kept)


def _person(connection: Connection, programme_id: int, code: str, keys: PersonKeys) -> int:
    person, email = tables.person.c, tables.person_email.c
    if keys.reference is not None:
        query = select(person.id).where(person.programme_id == programme_id, person.reference_key == keys.reference)
    else:
        query = select(email.person_id).where(email.programme_id == programme_id, email.email_key == keys.email)
    found: set[int] = set(connection.scalars(query))
    if not found:
        raise UnknownPerson(
            f"Nobody in {code} is known by that. Nothing was changed. Check how it is written, and whether the person "
            "is known by the other of employee number and e-mail."
        )
    if len(found) > 1:
        raise SharedAddress(
            f"That e-mail stands beside {len(found)} employee numbers in {code}: give the employee number of the "
            "person to forget. Nothing was changed."
        )
    return found.pop()
