"""Which sign-ins are still good."""

from datetime import UTC, datetime, timedelta

import pytest

from sos_tracker.store import SignInState, Store
from sos_tracker.store.database import reading
from tests.store.test_accesses import at_once

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
IDLE, LONGEST, FRESH = timedelta(hours=1), timedelta(hours=12), timedelta(minutes=10)
HERE, EXPIRED, ENDED, STALE = SignInState.HERE, SignInState.EXPIRED, SignInState.ENDED, SignInState.STALE


def seen(store: Store, after: timedelta = timedelta(0), sign_in: str = "a", made: datetime = NOW) -> SignInState:
    return store.sign_in_at(
        sign_in, now=NOW + after, idle=IDLE, longest=LONGEST, fresh_within=FRESH, signed_in_at=made
    )  # fmt: skip


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def test_a_sign_in_is_good_until_nobody_used_it_for_the_idle_time(any_store: Store) -> None:
    assert [seen(any_store, minutes(at)) for at in (0, 50, 109, 170, 171)] == [HERE, HERE, HERE, EXPIRED, EXPIRED]


def test_a_sign_in_ends_after_the_longest_time_however_much_it_is_used(any_store: Store) -> None:
    states = [seen(any_store, minutes(30 * half_hours)) for half_hours in range(27)]

    assert states == [HERE] * 25 + [EXPIRED] * 2


@pytest.mark.parametrize(
    ("minutes_late", "state"), [(9, HERE), (11, STALE), (-9, HERE), (-11, STALE), (60 * 24, STALE)]
)
def test_a_sign_in_not_seen_before_counts_only_shortly_after_it_was_made(
    any_store: Store, minutes_late: int, state: SignInState
) -> None:
    assert seen(any_store, minutes(minutes_late)) is state


def test_a_sign_in_that_was_ended_does_not_come_back(any_store: Store) -> None:
    seen(any_store)
    any_store.end_sign_in("a", NOW + minutes(1))

    assert seen(any_store, minutes(1)) is ENDED
    assert seen(any_store, minutes(20)) is ENDED
    assert seen(any_store, sign_in="b") is HERE


def test_a_sign_in_ended_before_it_was_ever_seen_does_not_begin(any_store: Store) -> None:
    any_store.end_sign_in("a", NOW)
    any_store.end_sign_in("a", NOW)

    assert seen(any_store) is ENDED


def test_a_sign_in_is_forgotten_when_it_is_long_over_and_is_stale_if_it_comes_again(any_store: Store) -> None:
    seen(any_store, sign_in="old")
    any_store.end_sign_in("old", NOW)
    later = timedelta(days=2)

    assert seen(any_store, later, "new", NOW + later) is HERE
    assert kept(any_store) == ["new"]
    assert seen(any_store, later, "old") is STALE


def test_the_first_page_and_what_it_loads_may_come_at_once(any_store: Store) -> None:
    states: list[SignInState] = []
    at_once([lambda: states.append(seen(any_store))] * 6)

    assert states == [HERE] * 6
    assert kept(any_store) == ["a"]


def test_two_hundred_sign_ins_at_once_are_each_known(any_store: Store) -> None:
    for number in range(200):
        assert seen(any_store, sign_in=f"{number}") is HERE

    assert len(kept(any_store)) == 200


def test_seeing_a_sign_in_is_written_once_a_minute(any_store: Store) -> None:
    seen(any_store)
    for seconds, noted in ((59, 0), (60, 60), (90, 60)):
        seen(any_store, timedelta(seconds=seconds))
        with reading(any_store.engine) as connection:
            last_seen = connection.exec_driver_sql("SELECT last_seen FROM sign_in").scalar()
        assert datetime.fromisoformat(str(last_seen)).replace(tzinfo=UTC) == NOW + timedelta(seconds=noted)


def kept(store: Store) -> list[str]:
    with reading(store.engine) as connection:
        return list(connection.exec_driver_sql("SELECT fingerprint FROM sign_in ORDER BY 1").scalars())
