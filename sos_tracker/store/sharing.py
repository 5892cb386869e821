"""Share links in the store: each leads to one edition, for whoever has its secret, until it expires or is revoked."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine, Row, insert, select, update

from sos_tracker.records.access import Actor
from sos_tracker.records.changes import Deed
from sos_tracker.records.editions import Edition, ShareLink
from sos_tracker.store import tables
from sos_tracker.store.database import reading, writing
from sos_tracker.store.edition_tables import edition, share_link
from sos_tracker.store.editions import editions_of, published_row
from sos_tracker.store.history import Written, moment, record_changes
from sos_tracker.store.programmes import locked_programme, programme_row
from sos_tracker.store.writing import reserve_ids


class UnknownShareLink(LookupError):
    """No share link has this number."""


class Sharing:
    """What the store does with share links; ``Store`` is one of these."""

    engine: Engine

    def share_links(self, code: str) -> tuple[ShareLink, ...]:
        """Every link of the programme, newest first, expired and revoked ones included. Raises UnknownProgramme."""
        with reading(self.engine) as connection:
            row = programme_row(connection, code)
            query = _links().where(share_link.c.programme_id == row.id).order_by(share_link.c.id.desc())
            return tuple(_link(found, row.code) for found in connection.execute(query))

    def add_share_link(
        self, code: str, number: int, token_hash: str, expires_at: datetime, actor: Actor, *,
        reason: str = "", now: datetime | None = None,
    ) -> ShareLink:  # fmt: skip
        """A way to one edition for whoever has the secret of this hash. Raises UnknownEdition, UnknownProgramme."""
        at = moment(now)
        with writing(self.engine) as connection:
            programme = locked_programme(connection, code)
            shared = published_row(connection, programme.id, number)
            link = reserve_ids(connection, share_link, 1)[0]
            until = moment(expires_at)
            connection.execute(
                insert(share_link).values(
                    id=link, programme_id=programme.id, edition_id=shared.id, token_hash=token_hash, made_at=at,
                    made_by=actor.name, expires_at=until, revoked_by="",
                )
            )  # fmt: skip
            after = {"edition": number, "expires_at": until}
            change = Written("share_link", link, 1, Deed.ADDED, _link_key(number, link), None, after)
            record_changes(connection, programme.id, [change], actor=actor.name, reason=reason, batch_id=None,
                           now=at)  # fmt: skip
        return next(one for one in self.share_links(code) if one.number == link)

    def revoke_share_link(
        self, code: str, link: int, actor: Actor, *, reason: str = "", now: datetime | None = None
    ) -> None:
        """Ends a link for good; does nothing where it was revoked before. Raises UnknownShareLink."""
        at = moment(now)
        with writing(self.engine) as connection:
            programme = locked_programme(connection, code)
            query = _links().where(share_link.c.programme_id == programme.id, share_link.c.id == link)
            row = connection.execute(query).first()
            if row is None:
                raise UnknownShareLink(f"There is no share link {link} in {programme.code}.")
            if row.revoked_at is not None:
                return
            connection.execute(
                update(share_link).where(share_link.c.id == link).values(revoked_at=at, revoked_by=actor.name)
            )
            change = Written("share_link", link, 2, Deed.WITHDRAWN, _link_key(row.edition, link),
                             {"revoked_at": None}, {"revoked_at": at})  # fmt: skip
            record_changes(connection, programme.id, [change], actor=actor.name, reason=reason, batch_id=None,
                           now=at)  # fmt: skip

    def shared(self, token_hash: str, *, now: datetime | None = None) -> Edition | None:
        """The edition a link leads to; None where there is no such link, or it has expired or been revoked."""
        with reading(self.engine) as connection:
            query = (
                select(tables.programme.c.id, tables.programme.c.code, edition.c.number)
                .select_from(share_link)
                .join(edition, edition.c.id == share_link.c.edition_id)
                .join(tables.programme, tables.programme.c.id == share_link.c.programme_id)
                .where(share_link.c.token_hash == token_hash, share_link.c.revoked_at.is_(None))
                .where(share_link.c.expires_at > moment(now))
            )
            row = connection.execute(query).first()
            if row is None:
                return None
            return next(one for one in editions_of(connection, row.id, row.code) if one.number == row.number)


def _links() -> Any:
    return select(share_link, edition.c.number.label("edition")).join(edition, edition.c.id == share_link.c.edition_id)


def _link_key(number: int, link: int) -> str:
    return f"edition {number}, link {link}"


def _link(row: Row[Any], code: str) -> ShareLink:
    return ShareLink(
        number=row.id,
        programme=code,
        edition=row.edition,
        made_at=row.made_at.replace(tzinfo=UTC),
        made_by=row.made_by,
        expires_at=row.expires_at.replace(tzinfo=UTC),
        revoked_at=row.revoked_at.replace(tzinfo=UTC) if row.revoked_at else None,
        revoked_by=row.revoked_by,
    )
