"""Giving and taking access to a programme. The actor must administer the programme they stand in."""

from collections.abc import Iterator
from contextlib import contextmanager

from sos_tracker.records.access import Access, AccessHeld, Actor, GroupAccess, Permission
from sos_tracker.store import LastAdministrator, Store, UnknownAccess


class AccessRefused(Exception):
    """Nothing was changed; the sentence says why."""


def accesses(store: Store, actor: Actor) -> tuple[AccessHeld, ...]:
    """Everybody who has or had access, by e-mail. Raises NotAllowed."""
    actor.require(Permission.ADMINISTER)
    return store.accesses(actor.programme)


def groups(store: Store, actor: Actor) -> tuple[GroupAccess, ...]:
    """Every group of the identity provider that has access, by name. Raises NotAllowed."""
    actor.require(Permission.ADMINISTER)
    return store.group_accesses(actor.programme)


def give(store: Store, actor: Actor, access: Access, reason: str = "") -> None:
    """Invites somebody, changes their role, or gives access back. Raises NotAllowed, AccessRefused."""
    actor.require(Permission.ADMINISTER)
    with _refusals():
        store.give_access(actor.programme, access, actor, reason=reason)


def remove(store: Store, actor: Actor, email: str, reason: str = "") -> None:
    """Takes somebody's access away, whatever group they are in. Raises NotAllowed, AccessRefused."""
    actor.require(Permission.ADMINISTER)
    with _refusals():
        store.remove_access(actor.programme, email, actor, reason=reason)


def give_group(store: Store, actor: Actor, access: GroupAccess, reason: str = "") -> None:
    """Gives everybody in a group a role. Raises NotAllowed."""
    actor.require(Permission.ADMINISTER)
    store.give_group_access(actor.programme, access, actor, reason=reason)


def remove_group(store: Store, actor: Actor, group: str, reason: str = "") -> None:
    """Takes a group's access away. Raises NotAllowed, AccessRefused."""
    actor.require(Permission.ADMINISTER)
    with _refusals():
        store.remove_group_access(actor.programme, group, actor, reason=reason)


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except (LastAdministrator, UnknownAccess) as refusal:
        raise AccessRefused(str(refusal)) from None
