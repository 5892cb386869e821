"""How long a figure may be without a record before it has no recent data, and who sees to its records."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("rating_rule", sa.Column("data_months", sa.Integer(), server_default="3", nullable=False))
    op.add_column("rating_rule", sa.Column("data_owner", sa.String(300), server_default="", nullable=False))
