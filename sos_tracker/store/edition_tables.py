"""The tables of published papers. Triggers keep an edition and its files as they were published.

Only ``state`` may move, from published to superseded. An edition is put together as a draft, within the transaction
that publishes it or before: its files can be added only while it is one.
"""

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)  # fmt: skip

from sos_tracker.store.tables import metadata

edition = Table(
    "edition",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("programme_id", ForeignKey("programme.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("as_at", Date, nullable=False),
    Column("meeting_on", Date),
    Column("state", String(20), nullable=False),
    Column("published_at", DateTime, nullable=False),  # UTC
    Column("published_by", String(300), nullable=False),
    Column("reason", Text, nullable=False),
    Column("figures", Text, nullable=False),  # JSON as hashed, to the letter
    Column("sha256", String(64), nullable=False),
    UniqueConstraint("programme_id", "number"),
    CheckConstraint("state IN ('draft', 'published', 'superseded')", name="known_state"),
)

edition_file = Table(
    "edition_file",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("programme_id", ForeignKey("programme.id"), nullable=False),
    Column("edition_id", ForeignKey("edition.id"), nullable=False),
    Column("format", String(20), nullable=False),
    Column("name", String(200), nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("sha256", String(64), nullable=False),
    UniqueConstraint("edition_id", "name"),
)

share_link = Table(
    "share_link",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("programme_id", ForeignKey("programme.id"), nullable=False),
    Column("edition_id", ForeignKey("edition.id"), nullable=False),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("made_at", DateTime, nullable=False),  # UTC, as the two below
    Column("made_by", String(300), nullable=False),
    Column("expires_at", DateTime, nullable=False),
    Column("revoked_at", DateTime),
    Column("revoked_by", String(300), nullable=False, default="", server_default=""),
    Index("ix_share_link_programme_id", "programme_id"),
)
