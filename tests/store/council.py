"""A small council, written straight into the tables, for tests of counts, frames and rows."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection, Engine, Table, delete, insert, update

from sos_tracker.store import counts
from sos_tracker.store.database import writing
from sos_tracker.store.dialects import number_of_month
from sos_tracker.store.tables import (
    attendance,
    headcount,
    ledger_entry,
    person,
    programme,
    staff_member,
    training_session,
)

ON = date(2018, 5, 10)


@dataclass
class Council:
    """One programme. Writes within ``changing`` are counted when it ends, by the sessions and people they touched."""

    engine: Engine
    id: int
    sessions: dict[str, int] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)

    def changing(self) -> "Changing":
        return Changing(self)


class Changing:
    def __init__(self, council: Council) -> None:
        self.council = council
        self.touched_sessions: set[int] = set()
        self.touched_people: set[int] = set()
        self.touched_teams: set[tuple[str, str]] = set()
        self.touched_months: set[int] = set()

    def __enter__(self) -> "Changing":
        self._writing = writing(self.council.engine)
        self.connection: Connection = self._writing.__enter__()
        return self

    def __exit__(self, kind: Any, error: Any, trace: Any) -> None:
        if error is None:
            counts.refresh(
                self.connection, self.council.id, sessions=self.touched_sessions, people=self.touched_people,
                teams=self.touched_teams, months_posted=self.touched_months,
            )  # fmt: skip
        self._writing.__exit__(kind, error, trace)

    def session(self, name: str, starts_on: date | None, level: str | None = "introduction", **values: Any) -> int:
        said = {"status": "delivered", "course": "Two-day course", "venue": "", "trainer": "", "inferred": False}
        values = {"reference": name, "starts_on": starts_on, "level": level, **said, **values}
        if name in self.council.sessions:
            number = self.council.sessions[name]
            self.connection.execute(update(training_session).where(training_session.c.id == number).values(values))
        else:
            number = self.council.sessions[name] = self._add(training_session, values)
        self.touched_sessions.add(number)
        return number

    def cancel_session_record(self, name: str) -> None:
        number = self.council.sessions.pop(name)
        for table in (attendance, headcount):
            self.connection.execute(delete(table).where(table.c.session_id == number))
        self.connection.execute(delete(training_session).where(training_session.c.id == number))
        self.touched_sessions.add(number)

    def attendance(self, session: str, who: str, outcome: str = "attended", **values: Any) -> int:
        said = {"agency": "Social Care", "team": "Duty", "job_role": "Social worker", "register_rows": 1}
        keys = {"session_id": self.council.sessions[session], "person_id": self.person(who)}
        self.touched_sessions.add(keys["session_id"])
        self.touched_people.add(keys["person_id"])
        return self._add(attendance, {**said, **keys, "outcome": outcome, **values})

    def remove_attendances(self, which: Any, sessions: Iterable[int], people: Iterable[int]) -> None:
        self.connection.execute(delete(attendance).where(which))
        self.touched_sessions.update(sessions)
        self.touched_people.update(people)

    def headcount(self, session: str, agency: str, attended: int, level: str | None = None) -> None:
        number = self.council.sessions[session]
        self.touched_sessions.add(number)
        self._add(headcount, {"session_id": number, "agency": agency, "attended": attended, "level": level})

    def staff(self, who: str, **values: Any) -> None:
        said = {"agency": "Social Care", "team": "Duty", "job_role": "Social worker", "in_scope": True, "listed": True}
        self.touched_people.add(self.person(who))
        said |= values
        self.touched_teams.add((str(said["agency"]), str(said["team"])))
        self._add(staff_member, {"person_id": self.person(who), **said})

    def entry(self, posted_on: date, amount_pence: int, **values: Any) -> int:
        said = {"line": "SOS01", "supplier": "", "narrative": "", "reference": "", "entry_kind": "actual"}
        self.touched_months.add(number_of_month(posted_on))
        return self._add(
            ledger_entry, {"posted_on": posted_on, "amount_pence": amount_pence, "occurrence": 0, **said, **values}
        )

    def person(self, who: str) -> int:
        if who not in self.council.people:
            self.council.people[who] = self._add(person, {"reference_key": who})
        return self.council.people[who]

    def add(self, table: Table, **values: Any) -> int:
        return self._add(table, values)

    def _add(self, table: Table, values: dict[str, Any]) -> int:
        adding = insert(table).values(programme_id=self.council.id, **values).returning(table.c.id)
        return self.connection.scalars(adding).one()


def new_council(engine: Engine, code: str = "CE") -> Council:
    with writing(engine) as connection:
        values = {
            "code": code, "name": "Signs of Safety", "authority": "A council",
            "trained_levels": ["introduction", "advanced"],
        }  # fmt: skip
        number = connection.scalars(insert(programme).values(values).returning(programme.c.id)).one()
    return Council(engine, number)
