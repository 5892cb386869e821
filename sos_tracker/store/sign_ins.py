"""Which sign-ins are still good: each is known by its fingerprint, and a cookie kept from an old one opens nothing."""

from contextlib import suppress
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection, Engine, delete, select, update

from sos_tracker.store.access_tables import sign_in as table
from sos_tracker.store.accesses import SEEN_EVERY
from sos_tracker.store.database import DatabaseBusy, reading, writing, writing_if_free
from sos_tracker.store.dialects import insert_once
from sos_tracker.store.history import moment

_KEPT_LONGER = timedelta(days=1)  # than any sign-in lasts


class SignInState(StrEnum):
    """HERE: good. EXPIRED: idle or signed in too long. ENDED: signed out. STALE: first shown long after it was made."""

    HERE = "here"
    EXPIRED = "expired"
    ENDED = "ended"
    STALE = "stale"


class SignIns:
    """What is noted here belongs to no programme: it has no change rows and moves no revision."""

    engine: Engine

    def sign_in_at(
        self,
        sign_in: str,
        *,
        now: datetime,
        idle: timedelta,
        longest: timedelta,
        fresh_within: timedelta,
        signed_in_at: datetime,
    ) -> SignInState:
        """Whether a sign-in is good at this moment; notes that it was seen.

        One never seen before counts only within ``fresh_within`` of ``signed_in_at``: so one that was known once and
        was forgotten cannot come back.
        """
        at, made = moment(now), moment(signed_in_at)
        with reading(self.engine) as connection:
            row = connection.execute(select(table).where(table.c.fingerprint == sign_in)).first()
        if row is None:
            if abs(at - made) > fresh_within:
                return SignInState.STALE
            with writing(self.engine) as connection:
                _forget(connection, at - max(longest, fresh_within) - _KEPT_LONGER)
                return _meet(connection, sign_in, made, at)
        if row.ended_at is not None:
            return SignInState.ENDED
        if at - row.last_seen > idle or at - row.signed_in_at > longest:
            return SignInState.EXPIRED
        if at - row.last_seen >= SEEN_EVERY:
            seen = update(table).where(table.c.fingerprint == sign_in, table.c.ended_at.is_(None)).values(last_seen=at)
            with suppress(DatabaseBusy), writing_if_free(self.engine) as connection:
                connection.execute(seen)
        return SignInState.HERE

    def end_sign_in(self, sign_in: str, now: datetime) -> None:
        """Ends a sign-in for good, one never seen included."""
        at = moment(now)
        with writing(self.engine) as connection:
            insert_once(connection, table, _first_seen(sign_in, at, at))
            ended = update(table).where(table.c.fingerprint == sign_in, table.c.ended_at.is_(None)).values(ended_at=at)
            connection.execute(ended)


def _first_seen(sign_in: str, made: datetime, at: datetime) -> dict[str, object]:
    return {"fingerprint": sign_in, "signed_in_at": made, "first_seen": at, "last_seen": at}


def _meet(connection: Connection, sign_in: str, made: datetime, at: datetime) -> SignInState:
    """Notes a sign-in not seen before. The first page and what it loads may come at once, and a sign-out with them."""
    insert_once(connection, table, _first_seen(sign_in, made, at))
    ended = connection.execute(select(table.c.ended_at).where(table.c.fingerprint == sign_in)).scalar_one()
    return SignInState.HERE if ended is None else SignInState.ENDED


def _forget(connection: Connection, before: datetime) -> None:
    """Sign-ins made so long ago that they are over, and would be stale if they came again."""
    old = select(table.c.fingerprint).where(table.c.signed_in_at < before).with_for_update(skip_locked=True)
    connection.execute(delete(table).where(table.c.fingerprint.in_(old)))
