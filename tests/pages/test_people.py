"""The page People: who has access, and giving, changing and taking it away."""

from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from sos_tracker.records.access import Access, Actor, GroupAccess, Role
from sos_tracker.store import Store
from tests.pages.reader import faults, opened, words
from tests.pages.signing_in import by_provider, came, claims

CODE = "NEW"
CHIEF, JANE = "chief@example.gov.uk", "jane.smith@example.gov.uk"
SET_UP = Actor("Whoever set it up", Role.ADMINISTRATOR, CODE)


@pytest.fixture
def council(empty_programme: Store) -> Store:
    """A programme with one administrator."""
    empty_programme.give_access(CODE, Access(email=CHIEF, role=Role.ADMINISTRATOR), SET_UP)
    return empty_programme


@pytest.fixture
def roles(council: Store) -> Callable[[], dict[str, Role | None]]:
    """Everybody's role as it is stored; None for those whose access was taken away."""
    return lambda: {one.access.email: None if one.removed else one.access.role for one in council.accesses(CODE)}


def field(page: AppTest, label: str, kind: str = "text_input") -> Any:
    (found,) = (each for each in getattr(page, kind) if each.label == label)
    return found


def press(page: AppTest, label: str) -> AppTest:
    (button,) = (each for each in page.button if each.label == label)
    button.click()
    page.run()
    assert faults(page) == []
    return page


def give(page: AppTest, email: str, role: Role = Role.MEMBER) -> AppTest:
    field(page, "E-mail address").input(email)
    field(page, "Role", "selectbox").select(role)
    return press(page, "Give access")


@pytest.mark.usefixtures("empty_programme")
def test_a_programme_nobody_has_access_to_says_so() -> None:
    said = words(opened("people"))

    assert "<h1>Nobody has been given access yet</h1>" in said
    assert "No group has been given a role yet." in said
    assert "Sign-in is not set up here" in said


@pytest.mark.usefixtures("council")
def test_the_page_says_who_has_access_and_what_each_role_may_do() -> None:
    said = words(opened("people"))

    assert "<h1>1 person has access, as administrator</h1>" in said
    assert f'<th scope="row">{CHIEF}</th><td>Administrator</td><td>Whoever set it up</td>' in said
    assert "<td>not yet</td>" in said
    assert ('<th scope="row">Give and take access</th><td>no</td><td>no</td><td>no</td><td>yes</td>') in said


def test_somebody_is_given_access_and_the_fields_are_empty_again(
    council: Store, roles: Callable[[], dict[str, Role | None]]
) -> None:
    page = give(opened("people"), "Jane.Smith@Example.gov.uk ", Role.DIRECTOR)

    assert roles()[JANE] is Role.DIRECTOR
    assert "has access as director." in page.success[0].value
    assert field(page, "E-mail address").value == ""
    assert "<h1>2 people have access, one of them an administrator</h1>" in words(page)


@pytest.mark.usefixtures("council")
@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("", "The e-mail address is empty."), ("jane", "An e-mail address looks like"), ("ab", "is too short")],
)
def test_what_is_no_address_is_refused_beside_the_field_and_kept(typed: str, sentence: str) -> None:
    page = give(opened("people"), typed)

    assert sentence in page.error[0].value
    assert field(page, "E-mail address").value == typed


def test_a_role_is_changed_with_a_reason(council: Store, roles: Callable[[], dict[str, Role | None]]) -> None:
    council.give_access(CODE, Access(email=JANE, role=Role.MEMBER), SET_UP)
    page = opened("people")
    field(page, "Person", "selectbox").select_index(1)
    page.run()
    field(page, "Role from now on", "selectbox").select(Role.PROJECT_MANAGER)

    page = press(page, "Change the role")

    assert roles()[JANE] is Role.PROJECT_MANAGER
    assert "was committee member and is project manager now." in page.success[0].value


def test_access_is_taken_away_after_a_tick_and_given_back(
    council: Store, roles: Callable[[], dict[str, Role | None]]
) -> None:
    council.give_access(CODE, Access(email=JANE, role=Role.MEMBER), SET_UP)
    page = opened("people")
    field(page, "Person", "selectbox").select_index(1)
    page.run()

    page = press(page, "Take the access away")
    assert "Tick the box" in page.error[0].value
    assert roles()[JANE] is Role.MEMBER

    (box,) = page.checkbox
    box.check()
    page = press(page, "Take the access away")
    assert roles()[JANE] is None
    assert "<h2>Access taken away</h2>" in words(page)

    page = press(page, "Give access back")
    assert roles()[JANE] is Role.MEMBER
    assert "<h2>Access taken away</h2>" not in words(page)


def test_the_last_administrator_stays_one(council: Store, roles: Callable[[], dict[str, Role | None]]) -> None:
    page = opened("people")
    field(page, "Role from now on", "selectbox").select(Role.MEMBER)
    page = press(page, "Change the role")
    assert "administrator" in page.error[0].value

    page.checkbox[0].check()
    page = press(page, "Take the access away")
    assert "administrator" in page.error[0].value
    assert roles() == {CHIEF: Role.ADMINISTRATOR}


def test_a_group_is_given_a_role_and_loses_it(council: Store) -> None:
    page = opened("people")
    page = press(page, "Give the group this role")
    assert "The group is empty." in page.error[0].value

    field(page, "Group").input("Scrutiny <b>members</b>")
    page = press(page, "Give the group this role")
    assert council.group_accesses(CODE) == (GroupAccess(group="Scrutiny <b>members</b>", role=Role.MEMBER),)
    assert "Scrutiny &lt;b&gt;members&lt;/b&gt;" in words(page)

    page = press(page, "Take the role away")
    assert "Tick the box" in page.error[0].value
    field(page, "Yes, take the role from this group", "checkbox").check()
    page = press(page, "Take the role away")
    assert council.group_accesses(CODE) == ()


def test_whoever_takes_their_own_access_away_is_out(council: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    by_provider(monkeypatch)
    council.give_access(CODE, Access(email="other@example.gov.uk", role=Role.ADMINISTRATOR), SET_UP)
    page = came(claims(CHIEF), "people")
    page.checkbox[0].check()

    page = press(page, "Take the access away")

    assert "Sign in to SoS Tracker" in words(page)
    assert "nobody has given this address access yet" in page.warning[0].value
