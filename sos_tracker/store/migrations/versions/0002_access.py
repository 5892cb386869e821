"""Who may see what: the access of people and of groups, and the sign-ins that are known."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    _access()
    _group_access()
    _sign_in()


def _access() -> None:
    op.create_table(
        "access",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("role", sa.String(40), nullable=False),
        sa.Column("removed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("given_at", sa.DateTime(), nullable=False),
        sa.Column("given_by", sa.String(300), nullable=False),
        sa.Column("account", sa.String(64), server_default="", nullable=False),
        sa.Column("other_account", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("last_seen", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_access"),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name="fk_access_programme_id_programme"),
        sa.UniqueConstraint("programme_id", "email", name="uq_access_programme_id_email"),
    )
    op.create_index("ix_access_email", "access", ["email"])
    op.create_index("ix_access_account", "access", ["account"])


def _group_access() -> None:
    op.create_table(
        "group_access",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("group_name", sa.String(120), nullable=False),
        sa.Column("role", sa.String(40), nullable=False),
        sa.Column("given_at", sa.DateTime(), nullable=False),
        sa.Column("given_by", sa.String(300), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_group_access"),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name="fk_group_access_programme_id_programme"),
        sa.UniqueConstraint("programme_id", "group_name", name="uq_group_access_programme_id_group_name"),
    )
    op.create_index("ix_group_access_group_name", "group_access", ["group_name"])


def _sign_in() -> None:
    op.create_table(
        "sign_in",
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("signed_in_at", sa.DateTime(), nullable=False),
        sa.Column("first_seen", sa.DateTime(), nullable=False),
        sa.Column("last_seen", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("fingerprint", name="pk_sign_in"),
    )
    op.create_index("ix_sign_in_signed_in_at", "sign_in", ["signed_in_at"])
