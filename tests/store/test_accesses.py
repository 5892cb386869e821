"""Who may see what: given and taken with a history, tied to accounts, and never without an administrator."""

import threading
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pydantic import ValidationError
from sqlalchemy import event

from sos_tracker.records.access import Access, Actor, GroupAccess, Identity, Role
from sos_tracker.records.changes import Deed
from sos_tracker.records.programme import Programme
from sos_tracker.store import LastAdministrator, Store, UnknownAccess, UnknownProgramme
from sos_tracker.store.database import reading, writing

COMMAND_LINE = Actor("command line", Role.ADMINISTRATOR)
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
ANN, BEN, CAT = "ann@council.gov.uk", "ben@council.gov.uk", "cat@council.gov.uk"


@pytest.fixture
def council(any_store: Store) -> Store:
    """A programme CE that Ann administers."""
    add_programme(any_store, "CE")
    give(any_store, ANN, Role.ADMINISTRATOR)
    return any_store


def add_programme(store: Store, code: str) -> None:
    store.add_programme(Programme(code=code, name="Signs of Safety", authority="A council"), COMMAND_LINE)


def give(store: Store, email: str, role: Role, code: str = "CE", reason: str = "") -> None:
    store.give_access(code, Access(email=email, role=role), COMMAND_LINE, reason=reason, now=NOW)


def remove(store: Store, email: str, code: str = "CE", reason: str = "") -> None:
    store.remove_access(code, email, COMMAND_LINE, reason=reason, now=NOW)


def give_group(store: Store, group: str, role: Role, code: str = "CE") -> None:
    store.give_group_access(code, GroupAccess(group=group, role=role), COMMAND_LINE, now=NOW)


def someone(email: str, account: str = "", groups: Sequence[str] = ()) -> Identity:
    subject = f"https://provider.example {account or email}"
    return Identity(email=email, name="", subject=subject, groups=tuple(groups), signed_in_at=NOW, sign_in="1")


def at_once(deeds: Sequence[Callable[[], object]]) -> list[Exception | None]:
    """What came of deeds done by several people at the same moment."""
    outcomes: list[Exception | None] = [None] * len(deeds)
    gate = threading.Barrier(len(deeds))

    def do(place: int) -> None:
        gate.wait()
        try:
            deeds[place]()
        except (LastAdministrator, UnknownAccess) as refusal:
            outcomes[place] = refusal

    threads = [threading.Thread(target=do, args=(place,)) for place in range(len(deeds))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


# Giving and taking


def test_whoever_is_invited_has_the_role_in_that_programme_alone(council: Store) -> None:
    add_programme(council, "OTHER")
    give(council, BEN, Role.DIRECTOR)

    assert council.roles_of(someone(BEN)) == {"CE": Role.DIRECTOR}
    assert council.roles_of(someone(CAT)) == {}


def test_an_address_in_other_letters_is_the_same_person(council: Store) -> None:
    give(council, " Ben@Council.GOV.uk ", Role.DIRECTOR)
    give(council, "BEN@council.gov.uk", Role.MEMBER)

    assert [held.access.email for held in council.accesses("CE")] == [ANN, BEN]
    assert council.roles_of(someone(BEN)) == {"CE": Role.MEMBER}
    remove(council, "bEN@council.gov.uk")
    assert council.roles_of(someone(BEN)) == {}


@pytest.mark.parametrize(
    "address",
    ["ſmith@council.gov.uk", "\u212aate@council.gov.uk", "straße@council.gov.uk", "ann\u200b@council.gov.uk",
     "ann\x00@council.gov.uk", "ann@council.gov.uk\u202e"],
)  # fmt: skip
def test_an_address_that_could_be_taken_for_another_is_refused(address: str) -> None:
    with pytest.raises(ValidationError, match="could be taken for others"):
        Access(email=address, role=Role.MEMBER)


@pytest.mark.parametrize("group", ["a\x00b", "a\nb", "a\u202eb"])
def test_a_group_whose_name_cannot_be_seen_whole_is_refused(group: str) -> None:
    with pytest.raises(ValidationError, match="signs that can be seen"):
        GroupAccess(group=group, role=Role.MEMBER)


def test_every_change_is_in_the_history_and_moves_the_revision(council: Store) -> None:
    before = council.revision("CE")
    give(council, BEN, Role.MEMBER, reason="new on the committee")
    give(council, BEN, Role.DIRECTOR)
    remove(council, BEN, reason="left")
    give(council, BEN, Role.MEMBER)
    give_group(council, "Directors", Role.MEMBER)
    give_group(council, "Directors", Role.DIRECTOR)
    council.remove_group_access("CE", "Directors", COMMAND_LINE, reason="reorganised", now=NOW)

    told = [
        (change.deed, change.kind, change.key, change.before, change.after, change.reason)
        for change in reversed(council.changes("CE")[:7])
    ]
    member, director = {"role": "member"}, {"role": "director"}
    assert told == [
        (Deed.ADDED, "access", BEN, None, member, "new on the committee"),
        (Deed.REVISED, "access", BEN, member, director, ""),
        (Deed.WITHDRAWN, "access", BEN, director, None, "left"),
        (Deed.ADDED, "access", BEN, None, member, ""),
        (Deed.ADDED, "group access", "Directors", None, member, ""),
        (Deed.REVISED, "group access", "Directors", member, director, ""),
        (Deed.WITHDRAWN, "group access", "Directors", director, None, "reorganised"),
    ]
    assert council.revision("CE") == before + 7
    assert council.verify() == ()


def test_giving_what_somebody_has_changes_nothing(council: Store) -> None:
    give_group(council, "Directors", Role.DIRECTOR)
    council.roles_of(someone(ANN))
    before = (council.revision("CE"), council.changes("CE"))

    give(council, ANN, Role.ADMINISTRATOR)
    give_group(council, "Directors", Role.DIRECTOR)

    assert (council.revision("CE"), council.changes("CE")) == before


def test_what_nobody_has_cannot_be_removed(council: Store) -> None:
    give(council, BEN, Role.MEMBER)
    remove(council, BEN)

    for email in (BEN, CAT):
        with pytest.raises(UnknownAccess, match=email):
            remove(council, email)
    with pytest.raises(UnknownAccess, match="The group Directors"):
        council.remove_group_access("CE", "Directors", COMMAND_LINE)


def test_there_is_no_access_to_a_programme_that_is_not_there(council: Store) -> None:
    with pytest.raises(UnknownProgramme):
        council.accesses("NONE")
    with pytest.raises(UnknownProgramme):
        give(council, ANN, Role.MEMBER, code="NONE")


def test_whoever_was_removed_stays_listed_and_says_so(council: Store) -> None:
    give(council, BEN, Role.MEMBER)
    remove(council, BEN)

    assert [(held.access.email, held.removed) for held in council.accesses("CE")] == [(ANN, False), (BEN, True)]


# One administrator remains


def test_the_only_administrator_can_be_neither_removed_nor_made_something_else(council: Store) -> None:
    give(council, BEN, Role.DIRECTOR)
    give_group(council, "Administrators", Role.ADMINISTRATOR)

    with pytest.raises(LastAdministrator, match=r"ann@council\.gov\.uk is the only administrator"):
        remove(council, ANN)
    with pytest.raises(LastAdministrator):
        give(council, ANN, Role.MEMBER)

    give(council, BEN, Role.ADMINISTRATOR)
    remove(council, ANN)
    with pytest.raises(LastAdministrator):
        remove(council, BEN)


def test_an_administrator_of_another_programme_is_no_reason_to_leave(council: Store) -> None:
    add_programme(council, "OTHER")
    give(council, BEN, Role.ADMINISTRATOR, code="OTHER")

    with pytest.raises(LastAdministrator):
        remove(council, ANN)


def test_two_administrators_who_remove_each_other_at_the_same_moment_leave_one(council: Store) -> None:
    for number in range(5):
        code = f"P{number}"
        add_programme(council, code)
        give(council, ANN, Role.ADMINISTRATOR, code)
        give(council, BEN, Role.ADMINISTRATOR, code)

        outcomes = at_once([lambda code=code: remove(council, BEN, code), lambda code=code: remove(council, ANN, code)])

        assert sorted(str(type(outcome).__name__) for outcome in outcomes) == ["LastAdministrator", "NoneType"]
        assert sum(not held.removed for held in council.accesses(code)) == 1


def test_two_who_step_back_at_the_same_moment_leave_one(council: Store) -> None:
    give(council, BEN, Role.ADMINISTRATOR)

    at_once([lambda: give(council, ANN, Role.MEMBER), lambda: remove(council, BEN)])

    staying = [held for held in council.accesses("CE") if held.access.role is Role.ADMINISTRATOR and not held.removed]
    assert len(staying) == 1


PEOPLE = (ANN, BEN, CAT)
DEEDS = st.lists(
    st.one_of(
        st.tuples(st.just("give"), st.sampled_from(PEOPLE), st.sampled_from(Role)),
        st.tuples(st.just("remove"), st.sampled_from(PEOPLE), st.none()),
        st.tuples(st.just("group"), st.just("Everybody"), st.sampled_from(Role)),
        st.tuples(st.just("come"), st.sampled_from(PEOPLE), st.sampled_from(["one account", "another"])),
    ),
    max_size=20,
)
_NUMBERS = count(1)


@given(DEEDS)
@hypothesis_settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_given_and_taken_an_administrator_remains_and_the_history_tells_it(
    any_store: Store, deeds: list[tuple[str, str, Role | str | None]]
) -> None:
    code = f"P{next(_NUMBERS)}"
    add_programme(any_store, code)
    holding: dict[str, Role] = {}
    groups: dict[str, Role] = {}
    there_was_one = False
    for deed, who, what in deeds:
        if deed == "come":
            before = any_store.revision(code)
            any_store.roles_of(someone(who, str(what)))
            assert any_store.revision(code) == before
            continue
        others = [one for one, role in holding.items() if role is Role.ADMINISTRATOR and one != who]
        leaves = holding.get(who) is Role.ADMINISTRATOR and not others and what is not Role.ADMINISTRATOR
        if deed == "group":
            assert isinstance(what, Role)
            give_group(any_store, who, what, code)
            groups[who] = what
        elif leaves:
            with pytest.raises(LastAdministrator):
                give(any_store, who, what, code) if isinstance(what, Role) else remove(any_store, who, code)
        elif isinstance(what, Role):
            give(any_store, who, what, code)
            holding[who] = what
        elif who in holding:
            remove(any_store, who, code)
            del holding[who]
        else:
            with pytest.raises(UnknownAccess):
                remove(any_store, who, code)

        there_was_one = there_was_one or Role.ADMINISTRATOR in holding.values()
        assert not there_was_one or Role.ADMINISTRATOR in holding.values()
        held = {one.access.email: one.access.role for one in any_store.accesses(code) if not one.removed}
        assert held == holding
    assert {one.group: one.role for one in any_store.group_accesses(code)} == groups
    assert told(any_store, code) == (holding, groups)


def told(store: Store, code: str) -> tuple[dict[str, Role], dict[str, Role]]:
    """Who has what, by the history alone."""
    found: dict[str, dict[str, Role]] = {"access": {}, "group access": {}}
    for change in reversed(store.changes(code, limit=1000)):
        if change.kind not in found:
            continue
        if change.after is None:
            del found[change.kind][change.key]
        elif "role" in change.after:
            found[change.kind][change.key] = Role(change.after["role"])
    return found["access"], found["group access"]


# Groups


def test_somebody_has_the_highest_of_their_own_role_and_their_groups(council: Store) -> None:
    give(council, BEN, Role.DIRECTOR)
    give_group(council, "Committee", Role.MEMBER)
    give_group(council, "Programme office", Role.PROJECT_MANAGER)

    assert council.roles_of(someone(CAT, groups=["Committee", "Elsewhere"])) == {"CE": Role.MEMBER}
    assert council.roles_of(someone(BEN, groups=["Committee"])) == {"CE": Role.DIRECTOR}
    assert council.roles_of(someone(BEN, groups=["Committee", "Programme office"])) == {"CE": Role.PROJECT_MANAGER}
    assert council.roles_of(someone(CAT, groups=["committee", "Committee "])) == {}


def test_no_group_gives_back_what_was_taken_from_a_person_also_under_another_address(council: Store) -> None:
    add_programme(council, "OTHER")
    give_group(council, "Everybody", Role.DIRECTOR)
    give_group(council, "Everybody", Role.DIRECTOR, code="OTHER")
    give(council, BEN, Role.MEMBER)
    council.roles_of(someone(BEN, "account of Ben"))
    remove(council, BEN)

    assert council.roles_of(someone(BEN, "account of Ben", ["Everybody"])) == {"OTHER": Role.DIRECTOR}
    renamed = someone("ben.jones@council.gov.uk", "account of Ben", ["Everybody"])
    assert council.roles_of(renamed) == {"OTHER": Role.DIRECTOR}

    give(council, "ben.jones@council.gov.uk", Role.MEMBER)
    assert council.roles_of(renamed) == {"CE": Role.DIRECTOR, "OTHER": Role.DIRECTOR}


def test_a_group_without_access_any_more_gives_nothing(council: Store) -> None:
    give_group(council, "Everybody", Role.DIRECTOR)
    council.remove_group_access("CE", "Everybody", COMMAND_LINE)

    assert council.roles_of(someone(CAT, groups=["Everybody"])) == {}


# Accounts


def test_an_address_that_somebody_else_has_now_opens_nothing_until_invited_again(council: Store) -> None:
    give(council, BEN, Role.DIRECTOR)
    give_group(council, "Everybody", Role.MEMBER)
    assert council.roles_of(someone(BEN, "the first")) == {"CE": Role.DIRECTOR}
    history = council.changes("CE")

    assert council.roles_of(someone(BEN, "the second", ["Everybody"])) == {}
    assert council.roles_of(someone(BEN, "the first")) == {"CE": Role.DIRECTOR}
    assert [held.other_account for held in council.accesses("CE")] == [False, True]
    assert council.changes("CE") == history

    give(council, BEN, Role.DIRECTOR)
    assert [held.other_account for held in council.accesses("CE")] == [False, False]
    assert council.roles_of(someone(BEN, "the second")) == {"CE": Role.DIRECTOR}
    assert council.roles_of(someone(BEN, "the first")) == {}
    newest = council.changes("CE")[0]
    assert (newest.before, newest.after) == (
        {"held_by": "an earlier account"},
        {"held_by": "the next account that signs in"},
    )


def test_another_role_alone_does_not_hand_the_access_to_another_account(council: Store) -> None:
    give(council, BEN, Role.DIRECTOR)
    council.roles_of(someone(BEN, "the first"))

    give(council, BEN, Role.MEMBER)

    assert council.roles_of(someone(BEN, "the second")) == {}
    assert council.roles_of(someone(BEN, "the first")) == {"CE": Role.MEMBER}


def test_access_given_back_after_removal_is_for_whoever_has_the_address_then(council: Store) -> None:
    give(council, BEN, Role.DIRECTOR)
    council.roles_of(someone(BEN, "the first"), now=NOW)
    remove(council, BEN)
    give(council, BEN, Role.DIRECTOR)

    assert council.accesses("CE")[1].last_seen is None
    assert council.roles_of(someone(BEN, "the second")) == {"CE": Role.DIRECTOR}
    assert council.roles_of(someone(BEN, "the first")) == {}


def test_two_accounts_that_come_first_at_the_same_moment_are_not_both_let_in(council: Store) -> None:
    for number in range(5):
        email = f"new{number}@council.gov.uk"
        give(council, email, Role.DIRECTOR)
        let_in: list[dict[str, Role]] = []

        def come(account: str, email: str = email, let_in: list[dict[str, Role]] = let_in) -> None:
            let_in.append(council.roles_of(someone(email, account)))

        at_once([lambda: come("one"), lambda: come("other")])

        assert sorted(let_in, key=len) == [{}, {"CE": Role.DIRECTOR}]


def test_behind_a_proxy_the_address_alone_says_who_it_is(council: Store) -> None:
    give(council, BEN, Role.DIRECTOR)
    behind_a_proxy = Identity(email=BEN, name=BEN, subject="")

    assert council.roles_of(behind_a_proxy) == {"CE": Role.DIRECTOR}
    assert council.roles_of(someone(BEN, "the first")) == {"CE": Role.DIRECTOR}
    assert council.roles_of(behind_a_proxy) == {"CE": Role.DIRECTOR}
    remove(council, BEN)
    assert council.roles_of(behind_a_proxy) == {}


# When people were last here


def test_being_here_is_noted_once_a_minute_and_moves_no_revision(council: Store) -> None:
    before = council.revision("CE"), council.changes("CE")

    for seconds, noted in ((0, 0), (59, 0), (60, 60), (119, 60), (300, 300)):
        council.roles_of(someone(ANN), now=NOW + timedelta(seconds=seconds))
        assert council.accesses("CE")[0].last_seen == NOW + timedelta(seconds=noted)

    assert (council.revision("CE"), council.changes("CE")) == before


def test_a_page_run_again_asks_one_question_of_people_and_one_of_groups_and_writes_nothing(council: Store) -> None:
    council.roles_of(someone(ANN, groups=["Everybody"]), now=NOW)
    asked: list[str] = []

    @event.listens_for(council.engine, "before_cursor_execute")
    def note(connection: object, cursor: object, statement: str, *_: object) -> None:
        asked.append(statement.split()[0])

    council.roles_of(someone(ANN, groups=["Everybody"]), now=NOW)

    assert [word for word in asked if word not in ("PRAGMA", "BEGIN")] == ["SELECT", "SELECT"]


def test_whoever_is_turned_away_is_not_noted_as_here(council: Store) -> None:
    council.roles_of(someone(ANN, "the first"), now=NOW)
    council.roles_of(someone(ANN, "the second"), now=NOW + timedelta(hours=1))

    assert council.accesses("CE")[0].last_seen == NOW


def test_a_page_does_not_wait_for_an_import_to_note_who_is_here(tmp_path: Path) -> None:
    store = Store.open(f"sqlite:///{(tmp_path / 'tracker.db').as_posix()}")
    store.migrate()
    add_programme(store, "CE")
    give(store, ANN, Role.ADMINISTRATOR)
    store.roles_of(someone(ANN), now=NOW)
    later = NOW + timedelta(minutes=5)

    with writing(store.engine):
        assert store.roles_of(someone(ANN), now=later) == {"CE": Role.ADMINISTRATOR}
    assert store.accesses("CE")[0].last_seen == NOW
    store.roles_of(someone(ANN), now=later)
    assert store.accesses("CE")[0].last_seen == later
    with reading(store.engine) as connection:
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == 30_000
    store.close()


def test_the_address_of_somebody_who_may_come_is_all_that_is_kept_of_them(council: Store) -> None:
    council.roles_of(someone(ANN, "00000000-secret-account", ["A group they are in"]))

    with reading(council.engine) as connection:
        kept = " ".join(str(connection.exec_driver_sql("SELECT * FROM access").all()).split())
    assert ANN in kept
    assert "secret-account" not in kept
    assert "A group" not in kept
