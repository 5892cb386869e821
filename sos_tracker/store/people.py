"""Finds the person each row means, among those known and those new; the rule itself is ``records.people``."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from sos_tracker.records.people import PeopleIndex, PersonKeys
from sos_tracker.store.dialects import among
from sos_tracker.store.tables import person, person_email


@dataclass
class PeoplePlan:
    """Who the rows of an import mean. New people have negative numbers until they are written.

    ``completed``: people known by e-mail alone whose employee number is now known.
    ``merged``: people known by e-mail alone who turn out to be somebody known by number (old id -> id kept).
    ``numbers``: the id each new person was given, once written.
    """

    ids: dict[PersonKeys, int] = field(default_factory=dict)
    new: dict[int, str | None] = field(default_factory=dict)
    completed: dict[int, str] = field(default_factory=dict)
    merged: dict[int, int] = field(default_factory=dict)
    new_emails: list[tuple[str, int]] = field(default_factory=list)
    numbers: dict[int, int] = field(default_factory=dict)

    @property
    def recognised(self) -> set[int]:
        """Those known before by a number or an e-mail, of whom another key is told now; not those who are merged."""
        known = {person_id for _, person_id in self.new_emails if person_id > 0}
        return (known | self.completed.keys()) - set(self.merged.values())


@dataclass
class _Known:
    by_reference: dict[str, int] = field(default_factory=dict)
    by_email_alone: dict[str, int] = field(default_factory=dict)
    emails: set[tuple[str, int]] = field(default_factory=set)
    links: list[PersonKeys] = field(default_factory=list)


def plan_people(connection: Connection, programme_id: int, rows: Iterable[PersonKeys]) -> PeoplePlan:
    """Resolves the keys of all rows together, so that the answer does not depend on their order."""
    distinct = sorted(set(rows), key=lambda keys: (keys.reference or "", keys.email or ""))
    known = _known(
        connection,
        programme_id,
        {keys.reference for keys in distinct if keys.reference},
        {keys.email for keys in distinct if keys.email},
    )
    index = PeopleIndex()
    index.learn(known.links)
    index.learn(distinct)
    numbers = {min(index.numbers_of[email]) for email in known.by_email_alone if index.numbers_of[email]}
    known.by_reference.update(_by_reference(connection, programme_id, numbers - known.by_reference.keys()))

    plan = PeoplePlan()
    for email, alone in sorted(known.by_email_alone.items()):
        if not index.numbers_of[email]:
            continue
        reference = min(index.numbers_of[email])
        kept = known.by_reference.setdefault(reference, alone)
        if kept == alone:
            plan.completed[alone] = reference
        else:
            plan.merged[alone] = kept
    for keys in distinct:
        identity = index.identity(keys)
        plan.ids[keys] = number = _person(plan, known, identity)
        if keys.email and (keys.email, number) not in known.emails:
            known.emails.add((keys.email, number))
            plan.new_emails.append((keys.email, number))
    return plan


def _person(plan: PeoplePlan, known: _Known, identity: PersonKeys) -> int:
    if identity.reference is not None:
        found = known.by_reference.get(identity.reference)
        if found is None:
            found = known.by_reference[identity.reference] = -1 - len(plan.new)
            plan.new[found] = identity.reference
        return found
    assert identity.email is not None  # noqa: S101 - PeopleIndex.identity gives one of the two
    found = known.by_email_alone.get(identity.email)
    if found is None:
        found = known.by_email_alone[identity.email] = -1 - len(plan.new)
        plan.new[found] = None
    return found


def _known(connection: Connection, programme_id: int, references: set[str], emails: set[str]) -> _Known:
    known = _Known(by_reference=_by_reference(connection, programme_id, references))
    linked = (
        select(person_email.c.email_key, person.c.id, person.c.reference_key)
        .join(person, person.c.id == person_email.c.person_id)
        .where(person_email.c.programme_id == programme_id)
    )
    for email, number, reference in connection.execute(
        linked.where(among(connection, person_email.c.email_key, emails))
    ):
        known.emails.add((email, number))
        known.links.append(PersonKeys(reference, email))
        if reference is None:
            known.by_email_alone[email] = number
        else:
            known.by_reference[reference] = number
    return known


def _by_reference(connection: Connection, programme_id: int, references: Collection[str]) -> dict[str, int]:
    if not references:
        return {}
    query = select(person.c.reference_key, person.c.id).where(
        person.c.programme_id == programme_id, among(connection, person.c.reference_key, references)
    )
    return {row.reference_key: row.id for row in connection.execute(query)}
