"""Signing in: what the provider says is taken for what it is, and what it must not be is refused in plain words."""

import math
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sos_tracker.actions import sign_in
from sos_tracker.actions.sign_in import SignInRefused, arrive, identity_from_proxy, identity_of, sign_out
from sos_tracker.records.access import Access, Actor, GroupAccess, Identity, Role, SignInRules
from sos_tracker.records.programme import Programme
from sos_tracker.store import Store

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
RULES = SignInRules("tracker", "email", "groups", idle=timedelta(hours=1), longest=timedelta(hours=12))
BEN = "ben@council.gov.uk"
COMMAND_LINE = Actor("command line", Role.ADMINISTRATOR)


def claims(**others: Any) -> dict[str, Any]:
    """What a provider says of Ben, signed in this moment; None leaves a claim out."""
    said = {
        "iss": "https://provider.example", "sub": "ben-1", "aud": "tracker", "iat": int(NOW.timestamp()),
        "exp": int(NOW.timestamp()) + 3600, "email": BEN, "email_verified": True, "name": "Ben Jones",
        "nonce": "once", "is_logged_in": True, **others,
    }  # fmt: skip
    return {name: value for name, value in said.items() if value is not None}


def of(now: datetime = NOW, **others: Any) -> Identity:
    return identity_of(claims(**others), RULES, now)


@pytest.fixture
def council(any_store: Store) -> Store:
    """A programme CE of which Ben is a director."""
    any_store.add_programme(Programme(code="CE", name="Signs of Safety", authority="A council"), COMMAND_LINE)
    any_store.give_access("CE", Access(email=BEN, role=Role.DIRECTOR), COMMAND_LINE)
    return any_store


# Who somebody is


def test_a_provider_says_who_somebody_is() -> None:
    identity = of(groups=["Directors", "Everybody", "Directors"], email="Ben@Council.gov.uk")

    assert identity.email == BEN
    assert identity.named == f"Ben Jones ({BEN})"
    assert identity.subject == "https://provider.example ben-1"
    assert identity.groups == ("Directors", "Everybody")
    assert identity.signed_in_at == NOW


def test_the_address_and_the_groups_are_where_the_settings_say() -> None:
    rules = SignInRules("tracker", "upn", "roles", RULES.idle, RULES.longest)

    identity = identity_of(claims(email=None, upn="Ben@council.gov.uk", roles="Directors"), rules, NOW)

    assert (identity.email, identity.groups) == (BEN, ("Directors",))


@pytest.mark.parametrize(
    "audience",
    [{"aud": ["tracker"]}, {"aud": ["other", "tracker"], "azp": "tracker"}, {"aud": "tracker", "azp": "tracker"}],
)
def test_a_token_for_this_tracker_is_taken(audience: dict[str, Any]) -> None:
    assert of(**audience).email == BEN


@pytest.mark.parametrize(
    "audience",
    [{"aud": "other"}, {"aud": None}, {"aud": ""}, {"aud": []}, {"aud": ["other"]}, {"aud": {"tracker": 1}}, {"aud": 7},
     {"aud": "tracker-2"}, {"aud": ["other", "tracker"]}, {"aud": ["other", "tracker"], "azp": "other"},
     {"aud": "tracker", "azp": "other"}, {"aud": "tracker", "azp": ["tracker"]}],
)  # fmt: skip
def test_a_token_for_another_service_is_refused(audience: dict[str, Any]) -> None:
    with pytest.raises(SignInRefused, match="made for another service"):
        of(**audience)


def test_without_a_client_of_its_own_no_token_is_for_the_tracker() -> None:
    with pytest.raises(SignInRefused):
        identity_of(claims(aud=""), SignInRules("", "email", "groups", RULES.idle, RULES.longest), NOW)


@pytest.mark.parametrize(
    "email",
    [None, "", 7, True, [BEN], {"a": 1}, "ben", "ben@", "@council.gov.uk", "b en@council.gov.uk",
     "ben@a@council.gov.uk", "b" * 10_000 + "@council.gov.uk", "ben\x00@council.gov.uk", "ben\ud800@council.gov.uk",
     "\u212aate@council.gov.uk"],
)  # fmt: skip
def test_without_an_address_that_can_be_used_nobody_is_signed_in(email: object) -> None:
    with pytest.raises(SignInRefused, match="Ask your IT service"):
        of(email=email)


@pytest.mark.parametrize("verified", [False, "false", "no", 0, "", [], {}])
def test_an_address_the_provider_has_not_checked_is_refused(verified: object) -> None:
    with pytest.raises(SignInRefused, match="has not checked your e-mail address"):
        of(email_verified=verified)


@pytest.mark.parametrize("verified", [True, "true", None])
def test_an_address_the_provider_has_checked_or_says_nothing_of_is_taken(verified: object) -> None:
    assert of(email_verified=verified).email == BEN


@pytest.mark.parametrize("missing", ["iss", "sub", "iat", "exp"])
@pytest.mark.parametrize(
    "value", [None, "", 0, True, -1, [], "a\nb", "x" * 10_000, math.nan, math.inf, 10**400, 10**17]
)
def test_a_token_that_does_not_say_who_or_when_is_refused(missing: str, value: object) -> None:
    with pytest.raises(SignInRefused):
        of(**{missing: value})


def test_clocks_may_differ_by_two_minutes() -> None:
    assert of(NOW - timedelta(minutes=2)).email == BEN
    with pytest.raises(SignInRefused, match="time of this sign-in cannot be right"):
        of(NOW - timedelta(minutes=2, seconds=1))


def test_a_token_that_expired_before_it_was_made_is_refused() -> None:
    with pytest.raises(SignInRefused, match="time of this sign-in cannot be right"):
        of(exp=int(NOW.timestamp()) - 1)


def test_a_name_is_one_line_that_fits_the_history() -> None:
    assert of(name="x" * 10_000).named == f"{'x' * 100} ({BEN})"
    assert of(name=" Ben\x00\n\u202e Jones\ud800 ").name == "Ben Jones"
    long_address = "b" * 60 + "@" + "c" * 180 + ".gov.uk"
    assert len(of(name="x" * 10_000, email=long_address).named) == 300
    for nothing in (None, "", "\n", 7, ["Ben"], {"first": "Ben"}):
        assert of(name=nothing).named == BEN


@pytest.mark.parametrize(
    ("said", "taken"),
    [(None, ()), (7, ()), ({"a": "b"}, ()), ("Directors", ("Directors",)), (["", " a ", 7, None, ["b"], "a"], ("a",)),
     (["x" * 121, "x" * 120, "a\x00"], ("x" * 120,))],
)  # fmt: skip
def test_groups_that_are_no_names_are_left_out(said: object, taken: tuple[str, ...]) -> None:
    assert of(groups=said).groups == taken


def test_five_thousand_groups_are_cut_and_do_no_harm(council: Store) -> None:
    identity = of(groups=[f"group {number}" for number in range(5000)])

    assert len(identity.groups) == 1000
    assert arrive(council, identity, RULES, NOW).roles == {"CE": Role.DIRECTOR}


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from([*claims(), "groups", "azp", "sid"]), ANYTHING, max_size=6))
def test_whatever_a_token_says_somebody_is_named_or_refused(others: dict[str, Any]) -> None:
    try:
        identity = identity_of({**claims(), **others}, RULES, NOW)
    except SignInRefused:
        return
    assert identity.email.isprintable()
    assert identity.named.isprintable()
    assert len(identity.named) <= 300
    assert identity.subject
    assert len(identity.sign_in) == 64
    identity.subject.encode()


# What they may do here


def test_somebody_who_arrives_has_their_role_in_each_programme(council: Store) -> None:
    council.add_programme(Programme(code="OTHER", name="Signs of Safety", authority="A council"), COMMAND_LINE)
    council.give_group_access("OTHER", GroupAccess(group="Members", role=Role.MEMBER), COMMAND_LINE)

    here = arrive(council, of(groups=["Members"]), RULES, NOW)

    assert here.roles == {"CE": Role.DIRECTOR, "OTHER": Role.MEMBER}
    assert here.actor("ce") == Actor(f"Ben Jones ({BEN})", Role.DIRECTOR, "CE")
    assert here.actor("NONE") is None


def test_whoever_is_removed_has_no_access_at_their_next_page(council: Store) -> None:
    identity = of()
    assert arrive(council, identity, RULES, NOW).actor("CE")
    council.remove_access("CE", BEN, Actor("command line", Role.ADMINISTRATOR))

    assert arrive(council, identity, RULES, NOW).actor("CE") is None


def test_somebody_without_access_is_signed_in_and_may_nothing(council: Store) -> None:
    stranger = of(email="eve@elsewhere.example", sub="eve")

    assert arrive(council, stranger, RULES, NOW).roles == {}


def test_a_sign_in_ends_after_being_idle_and_after_the_longest_time(council: Store) -> None:
    identity = of()
    arrive(council, identity, RULES, NOW)
    with pytest.raises(SignInRefused, match="some time has passed"):
        arrive(council, identity, RULES, NOW + timedelta(minutes=61))

    busy = of(nonce="another")
    for half_hours in range(25):
        arrive(council, busy, RULES, NOW + timedelta(minutes=30 * half_hours))
    with pytest.raises(SignInRefused, match="some time has passed"):
        arrive(council, busy, RULES, NOW + timedelta(hours=12, minutes=1))


def test_a_copied_cookie_opens_nothing_after_its_sign_in_was_ended(council: Store) -> None:
    arrive(council, of(), RULES, NOW)
    sign_out(council, of(), NOW + timedelta(minutes=1))

    for later in (timedelta(minutes=1), timedelta(hours=5), timedelta(days=20)):
        with pytest.raises(SignInRefused):
            arrive(council, of(NOW + later), RULES, NOW + later)
    again = NOW + timedelta(days=20)
    fresh = of(again, iat=again.timestamp(), exp=again.timestamp() + 60, nonce="new")
    assert arrive(council, fresh, RULES, again).actor("CE")
    with pytest.raises(SignInRefused, match="too old"):
        arrive(council, of(again), RULES, again)


def test_ending_one_of_two_sign_ins_made_in_one_second_leaves_the_other(council: Store) -> None:
    at_work, at_home = of(nonce="work"), of(nonce="home")
    arrive(council, at_work, RULES, NOW)
    arrive(council, at_home, RULES, NOW)

    sign_out(council, at_work, NOW)

    assert arrive(council, at_home, RULES, NOW).roles


def test_an_old_cookie_never_seen_here_is_refused(council: Store) -> None:
    with pytest.raises(SignInRefused, match="too old"):
        arrive(council, of(), RULES, NOW + timedelta(minutes=11))


def test_a_token_that_has_expired_when_it_is_first_seen_is_refused(council: Store) -> None:
    short = of(exp=int(NOW.timestamp()) + 60)
    with pytest.raises(SignInRefused, match="too old"):
        arrive(council, short, RULES, NOW + timedelta(minutes=4))

    assert arrive(council, short, RULES, NOW + timedelta(minutes=3)).roles
    assert arrive(council, short, RULES, NOW + timedelta(minutes=30)).roles


def test_a_refusal_is_the_same_for_those_who_have_access_and_those_who_have_not(council: Store) -> None:
    def said(email: str, subject: str, minutes: int, *, out: bool = False) -> str:
        identity = of(email=email, sub=subject, nonce=f"{minutes}{out}")
        arrive(council, identity, RULES, NOW)
        if out:
            sign_out(council, identity, NOW)
        with pytest.raises(SignInRefused) as refused:
            arrive(council, identity, RULES, NOW + timedelta(minutes=minutes))
        return str(refused.value)

    for minutes, out in ((61, False), (1, True)):
        assert said(BEN, "ben", minutes, out=out) == said("eve@elsewhere.example", "eve", minutes, out=out)


def test_the_sentences_of_refusal_are_plain() -> None:
    assert len(sign_in._OVER) == 3
    assert all(sentence.endswith("Sign in again.") for sentence in sign_in._OVER.values())


# Behind a proxy


def test_a_proxy_names_somebody_by_address_and_keeps_its_own_sign_ins(council: Store) -> None:
    identity = identity_from_proxy(" Ben@council.gov.uk ")

    assert arrive(council, identity, RULES, NOW + timedelta(days=300)).actor("CE") == Actor(BEN, Role.DIRECTOR, "CE")
    sign_out(council, identity, NOW)
    assert arrive(council, identity, RULES, NOW).roles


@pytest.mark.parametrize("header", ["", "ben", "ben@council.gov.uk, eve@council.gov.uk", "ben@council.gov.uk\r\nx: y"])
def test_a_proxy_that_names_nobody_is_refused(header: str) -> None:
    with pytest.raises(SignInRefused):
        identity_from_proxy(header)
