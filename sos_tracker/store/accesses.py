"""Who may see what: the access of people and of groups. Each change of it is one transaction with its change row.

A person is known by e-mail, and tied to the provider's account they first come with: an address that is given to
somebody else later does not bring the access along. What is noted when people come (the account, when they were last
seen) is no change of the programme: it moves no revision and has no change row.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Engine, Row, Select, bindparam, delete, func, insert, or_, select, update

from sos_tracker.records.access import Access, AccessHeld, Actor, GroupAccess, Identity, Role, highest
from sos_tracker.records.changes import Deed
from sos_tracker.store.access_tables import access, group_access
from sos_tracker.store.database import DatabaseBusy, reading, writing, writing_if_free
from sos_tracker.store.history import Written, moment, record_changes
from sos_tracker.store.programmes import locked_programme, programme_row
from sos_tracker.store.tables import programme
from sos_tracker.store.writing import reserve_ids

# asked at every page: built once
_OF_ADDRESS_OR_ACCOUNT: Select[Any] = (
    select(
        access.c.id, access.c.email, access.c.role, access.c.removed, access.c.account, access.c.other_account,
        access.c.last_seen, programme.c.code,
    )
    .join_from(access, programme)
    .where(or_(access.c.email == bindparam("email"), access.c.account == bindparam("account")))
)  # fmt: skip
_OF_GROUPS = (
    select(programme.c.code, group_access.c.role)
    .join_from(group_access, programme)
    .where(group_access.c.group_name.in_(bindparam("groups", expanding=True)))
    .distinct()
)
SEEN_EVERY = timedelta(minutes=1)  # how often it is noted that somebody is here


class UnknownAccess(LookupError):
    """Nobody has this access, so it cannot be taken away."""


class LastAdministrator(ValueError):
    """The programme would be left without an administrator."""


class Accesses:
    """Reads raise UnknownProgramme as writes do; ``now`` is the present unless given."""

    engine: Engine

    def accesses(self, code: str) -> tuple[AccessHeld, ...]:
        """Everybody who has or had access, by e-mail."""
        with reading(self.engine) as connection:
            number = programme_row(connection, code).id
            rows = connection.execute(select(access).where(access.c.programme_id == number).order_by(access.c.email))
            return tuple(_held(row) for row in rows)

    def group_accesses(self, code: str) -> tuple[GroupAccess, ...]:
        """Every group that has access, by name."""
        with reading(self.engine) as connection:
            number = programme_row(connection, code).id
            query = (
                select(group_access).where(group_access.c.programme_id == number).order_by(group_access.c.group_name)
            )
            return tuple(GroupAccess(group=row.group_name, role=Role(row.role)) for row in connection.execute(query))

    def give_access(
        self, code: str, given: Access, actor: Actor, *, reason: str = "", now: datetime | None = None
    ) -> None:
        """Gives somebody a role: for the first time, another one, or again; nothing where they have it.

        Giving it again after it was taken away, or after another account came with the address, ties it to whoever
        comes next. Raises LastAdministrator where the only one would become something else.
        """
        at = moment(now)
        with writing(self.engine) as connection:
            number = locked_programme(connection, code).id
            row = _row(connection, number, given.email)
            becomes: dict[str, Any] = {
                "role": given.role.value,
                "removed": False,
                "given_at": at,
                "given_by": actor.name,
            }
            if row is None:
                record_id = reserve_ids(connection, access, 1)[0]
                values = {"id": record_id, "programme_id": number, "email": given.email, **becomes}
                connection.execute(insert(access).values(values))
                change = Written("access", record_id, 1, Deed.ADDED, given.email, None, {"role": given.role.value})
            else:
                if row.role == given.role and not (row.removed or row.other_account):
                    return
                if given.role is not Role.ADMINISTRATOR:
                    _keep_an_administrator(connection, number, row)
                if row.removed:
                    becomes["last_seen"] = None
                if row.removed or row.other_account:
                    becomes |= {"account": "", "other_account": False}
                becomes["version"] = row.version + 1
                connection.execute(update(access).where(access.c.id == row.id).values(becomes))
                change = _given_again(row, given.role)
            _record(connection, number, change, actor, reason, at)

    def remove_access(
        self, code: str, email: str, actor: Actor, *, reason: str = "", now: datetime | None = None
    ) -> None:
        """Takes somebody's access away. Raises UnknownAccess, and LastAdministrator where nobody else is one."""
        at = moment(now)
        with writing(self.engine) as connection:
            number = locked_programme(connection, code).id
            row = _row(connection, number, email.strip().casefold())
            if row is None or row.removed:
                raise UnknownAccess(
                    f"{email} has no access to {code} of their own, so there is none to remove. To keep out "
                    "somebody who comes through a group, invite them first and remove them then."
                )
            _keep_an_administrator(connection, number, row)
            version = row.version + 1
            values = {"removed": True, "other_account": False, "version": version}
            connection.execute(update(access).where(access.c.id == row.id).values(values))
            change = Written("access", row.id, version, Deed.WITHDRAWN, row.email, {"role": row.role}, None)
            _record(connection, number, change, actor, reason, at)

    def give_group_access(
        self, code: str, given: GroupAccess, actor: Actor, *, reason: str = "", now: datetime | None = None
    ) -> None:
        """Gives everybody in a group of the provider a role; nothing where the group has it."""
        at = moment(now)
        role = {"role": given.role.value}
        with writing(self.engine) as connection:
            number = locked_programme(connection, code).id
            row = _group_row(connection, number, given.group)
            values = {**role, "given_at": at, "given_by": actor.name}
            if row is None:
                record_id = reserve_ids(connection, group_access, 1)[0]
                values |= {"id": record_id, "programme_id": number, "group_name": given.group}
                connection.execute(insert(group_access).values(values))
                change = Written("group_access", record_id, 1, Deed.ADDED, given.group, None, role)
            elif row.role == given.role:
                return
            else:
                values["version"] = row.version + 1
                connection.execute(update(group_access).where(group_access.c.id == row.id).values(values))
                change = Written(
                    "group_access", row.id, row.version + 1, Deed.REVISED, given.group, {"role": row.role}, role
                )
            _record(connection, number, change, actor, reason, at)

    def remove_group_access(
        self, code: str, group: str, actor: Actor, *, reason: str = "", now: datetime | None = None
    ) -> None:
        """Takes a group's access away. Raises UnknownAccess."""
        with writing(self.engine) as connection:
            number = locked_programme(connection, code).id
            row = _group_row(connection, number, group.strip())
            if row is None:
                raise UnknownAccess(f"The group {group} has no access to {code}, so there is none to remove.")
            connection.execute(delete(group_access).where(group_access.c.id == row.id))
            was = {"role": row.role}
            change = Written("group_access", row.id, row.version, Deed.WITHDRAWN, row.group_name, was, None)
            _record(connection, number, change, actor, reason, moment(now))

    def roles_of(self, identity: Identity, *, now: datetime | None = None) -> dict[str, Role]:
        """What somebody is now in each programme, by its code: the highest of their own role and their groups'.

        Notes that they are here, and whose account it is when they come first. An identity without a subject (behind
        a proxy) is known by e-mail alone.
        """
        at = moment(now)
        account = sha256(identity.subject.encode()).hexdigest() if identity.subject else ""
        with reading(self.engine) as connection:
            rows = _rows_of(connection, identity.email, account)
            groups = _group_roles(connection, identity.groups)
        own = [row for row in rows if row.email == identity.email and not row.removed]
        if account and any(_to_note(row, account) for row in own):
            with writing(self.engine) as connection:
                _tie(connection, identity.email, account)
                rows = _rows_of(connection, identity.email, account)
        here = [
            row.id for row in rows
            if row.email == identity.email and not row.removed and not _turned_away(row, account)
            and (row.last_seen is None or at - row.last_seen >= SEEN_EVERY)
        ]  # fmt: skip
        if here:
            with suppress(DatabaseBusy), writing_if_free(self.engine) as connection:
                seen = update(access).where(access.c.id.in_(here), access.c.removed.is_(False)).values(last_seen=at)
                connection.execute(seen)
        return _roles(rows, groups, identity.email, account)


def _held(row: Row[Any]) -> AccessHeld:
    return AccessHeld(
        access=Access(email=row.email, role=Role(row.role)),
        given_at=row.given_at.replace(tzinfo=UTC),
        given_by=row.given_by,
        last_seen=row.last_seen and row.last_seen.replace(tzinfo=UTC),
        removed=row.removed,
        other_account=row.other_account,
    )


def _row(connection: Connection, number: int, email: str) -> Row[Any] | None:
    return connection.execute(select(access).where(access.c.programme_id == number, access.c.email == email)).first()


def _group_row(connection: Connection, number: int, group: str) -> Row[Any] | None:
    mine = (group_access.c.programme_id == number, group_access.c.group_name == group)
    return connection.execute(select(group_access).where(*mine)).first()


def _keep_an_administrator(connection: Connection, number: int, row: Row[Any]) -> None:
    """Whether somebody else stays one: asked in the transaction that holds the programme, so no two leave at once."""
    if row.removed or row.role != Role.ADMINISTRATOR:
        return
    others = select(func.count()).where(
        access.c.programme_id == number, access.c.id != row.id,
        access.c.role == Role.ADMINISTRATOR.value, access.c.removed.is_(False),
    )  # fmt: skip
    if connection.execute(others).scalar_one() == 0:
        raise LastAdministrator(
            f"{row.email} is the only administrator, and one must remain: make somebody else an administrator first."
        )


def _given_again(row: Row[Any], role: Role) -> Written:
    """The change row of giving a role to somebody who has or had one."""
    version, becomes = row.version + 1, {"role": role.value}
    if row.removed:
        return Written("access", row.id, version, Deed.ADDED, row.email, None, becomes)
    before: dict[str, Any] = {} if row.role == role else {"role": row.role}
    after: dict[str, Any] = {} if row.role == role else becomes
    if row.other_account:
        before["held_by"], after["held_by"] = "an earlier account", "the next account that signs in"
    return Written("access", row.id, version, Deed.REVISED, row.email, before, after)


def _record(connection: Connection, number: int, change: Written, actor: Actor, reason: str, at: datetime) -> None:
    record_changes(connection, number, [change], actor=actor.name, reason=reason, batch_id=None, now=at)


def _rows_of(connection: Connection, email: str, account: str) -> Sequence[Row[Any]]:
    """The accesses of an address, and those an account was tied to under any address."""
    rows: Sequence[Row[Any]] = connection.execute(
        _OF_ADDRESS_OR_ACCOUNT, {"email": email, "account": account or None}
    ).all()
    return rows


def _group_roles(connection: Connection, groups: Sequence[str]) -> dict[str, list[Role]]:
    if not groups:
        return {}
    found: dict[str, list[Role]] = {}
    for row in connection.execute(_OF_GROUPS, {"groups": groups}):
        found.setdefault(row.code, []).append(Role(row.role))
    return found


def _turned_away(row: Row[Any], account: str) -> bool:
    """Whether the access is somebody else's, who had the address before."""
    return bool(account) and row.account not in ("", account)


def _to_note(row: Row[Any], account: str) -> bool:
    return row.account == "" or (_turned_away(row, account) and not row.other_account)


def _tie(connection: Connection, email: str, account: str) -> None:
    """Whoever comes first with an address is who has its access; whoever comes later is noted. Locks in order."""
    mine = (access.c.email == email, access.c.removed.is_(False))
    rows = connection.execute(select(access).where(*mine).order_by(access.c.id).with_for_update()).all()
    free = [row.id for row in rows if row.account == ""]
    others = [row.id for row in rows if _turned_away(row, account)]
    connection.execute(update(access).where(access.c.id.in_(free)).values(account=account))
    connection.execute(update(access).where(access.c.id.in_(others)).values(other_account=True))


def _roles(rows: Sequence[Row[Any]], groups: Mapping[str, Sequence[Role]], email: str, account: str) -> dict[str, Role]:
    """What was taken from a person, or is another's, no group gives back; an invitation counts over both."""
    found: dict[str, Role] = {}
    own = {row.code: row for row in rows if row.email == email}
    taken = {row.code for row in rows if row.removed}
    for code in {*own, *groups}:
        row = own.get(code)
        if row is None:
            mine = [] if code in taken else [*groups[code]]
        elif row.removed or _turned_away(row, account):
            mine = []
        else:
            mine = [Role(row.role), *groups.get(code, ())]
        role = highest(mine)
        if role is not None:
            found[code] = role
    return dict(sorted(found.items()))
