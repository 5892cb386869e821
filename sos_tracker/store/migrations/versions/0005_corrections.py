"""Corrections of many records at once: batches without files, in words, and the spellings that were merged."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("batch", sa.Column("title", sa.Text(), server_default="", nullable=False))
    op.add_column("batch", sa.Column("withdrawn", sa.JSON(), server_default="{}", nullable=False))
    op.create_table(
        "name_spelling",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("agency", sa.String(300), nullable=False),
        sa.Column("name", sa.String(300), nullable=False),
        sa.Column("means", sa.String(300), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_name_spelling"),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name="fk_name_spelling_batch_id_batch"),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name="fk_name_spelling_programme_id_programme"),
        sa.UniqueConstraint("programme_id", "agency", "name", name="uq_name_spelling_programme_id_agency_name"),
    )
