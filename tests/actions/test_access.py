"""Giving and taking access through the actions: who may, and what is refused in which words."""

from collections.abc import Callable

import pytest

from sos_tracker.actions import access, programmes
from sos_tracker.actions.access import AccessRefused
from sos_tracker.cli.example import PROGRAMME
from sos_tracker.records.access import Access, Actor, GroupAccess, NotAllowed, Permission, Role
from sos_tracker.store import Store

CODE = PROGRAMME.code
ANN, BEN = "ann@council.gov.uk", "ben@council.gov.uk"
DOORS: dict[str, Callable[[Store, Actor], object]] = {
    "list people": access.accesses,
    "list groups": access.groups,
    "give": lambda store, actor: access.give(store, actor, Access(email=BEN, role=Role.ADMINISTRATOR)),
    "remove": lambda store, actor: access.remove(store, actor, ANN),
    "give group": lambda store, actor: access.give_group(store, actor, GroupAccess(group="All", role=Role.MEMBER)),
    "remove group": lambda store, actor: access.remove_group(store, actor, "All"),
}


@pytest.fixture
def council(store: Store, administrator: Actor) -> Store:
    programmes.add(store, administrator, PROGRAMME)
    access.give(store, administrator, Access(email=ANN, role=Role.ADMINISTRATOR), "the first")
    access.give_group(store, administrator, GroupAccess(group="All", role=Role.MEMBER))
    return store


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_nobody_but_an_administrator_sees_or_changes_who_has_access(council: Store, role: Role, door: str) -> None:
    before = council.changes(CODE)

    with pytest.raises(NotAllowed, match=str(Permission.ADMINISTER)):
        DOORS[door](council, Actor("Somebody", role, CODE))

    assert council.changes(CODE) == before


def test_an_administrator_changes_their_own_programme_and_no_other(council: Store, administrator: Actor) -> None:
    programmes.add(council, administrator, PROGRAMME.model_copy(update={"code": "OTHER"}))
    elsewhere = Actor("Somebody", Role.ADMINISTRATOR, "OTHER")

    access.give(council, elsewhere, Access(email=BEN, role=Role.MEMBER), "elected in May")

    assert [held.access.email for held in access.accesses(council, administrator)] == [ANN]
    assert [held.access.email for held in access.accesses(council, elsewhere)] == [BEN]
    newest = council.changes("OTHER")[0]
    assert (newest.actor, newest.key, newest.reason) == ("Somebody", BEN, "elected in May")


def test_what_cannot_be_done_is_refused_in_a_sentence(council: Store, administrator: Actor) -> None:
    with pytest.raises(AccessRefused, match="make somebody else an administrator first"):
        access.remove(council, administrator, ANN)
    with pytest.raises(AccessRefused, match="make somebody else an administrator first"):
        access.give(council, administrator, Access(email=ANN, role=Role.MEMBER))
    with pytest.raises(AccessRefused, match="there is none to remove"):
        access.remove(council, administrator, BEN)
    with pytest.raises(AccessRefused, match="there is none to remove"):
        access.remove_group(council, administrator, "Nobody")


def test_groups_are_listed_with_their_role(council: Store, administrator: Actor) -> None:
    access.give_group(council, administrator, GroupAccess(group="Directors", role=Role.DIRECTOR))
    access.remove_group(council, administrator, "All")

    assert access.groups(council, administrator) == (GroupAccess(group="Directors", role=Role.DIRECTOR),)
