"""The tables of who may see what, and of sign-ins. An account is the provider's lasting name for somebody, hashed."""

from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    false,
)  # fmt: skip

from sos_tracker.store.tables import metadata

access = Table(
    # Kept when it is taken away (``removed``), so that a group does not give back what was taken from a person.
    "access",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("programme_id", ForeignKey("programme.id"), nullable=False),
    Column("email", String(254), nullable=False),
    Column("role", String(40), nullable=False),
    Column("removed", Boolean, nullable=False, default=False, server_default=false()),
    Column("given_at", DateTime, nullable=False),  # UTC
    Column("given_by", String(300), nullable=False),
    Column("account", String(64), nullable=False, default="", server_default=""),  # whose it is; "" until they come
    Column("other_account", Boolean, nullable=False, default=False, server_default=false()),  # came with the address
    Column("last_seen", DateTime),  # UTC, to the minute
    Column("version", Integer, nullable=False, default=1, server_default="1"),
    UniqueConstraint("programme_id", "email"),
    Index("ix_access_email", "email"),
    Index("ix_access_account", "account"),
)

group_access = Table(
    "group_access",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("programme_id", ForeignKey("programme.id"), nullable=False),
    Column("group_name", String(120), nullable=False),
    Column("role", String(40), nullable=False),
    Column("given_at", DateTime, nullable=False),  # UTC
    Column("given_by", String(300), nullable=False),
    Column("version", Integer, nullable=False, default=1, server_default="1"),
    UniqueConstraint("programme_id", "group_name"),
    Index("ix_group_access_group_name", "group_name"),
)

sign_in = Table(
    # Who it was does not stand here: only that this sign-in was seen, and whether it is over. Times are UTC.
    "sign_in",
    metadata,
    Column("fingerprint", String(64), primary_key=True),
    Column("signed_in_at", DateTime, nullable=False),
    Column("first_seen", DateTime, nullable=False),
    Column("last_seen", DateTime, nullable=False),
    Column("ended_at", DateTime),
    Index("ix_sign_in_signed_in_at", "signed_in_at"),
)
