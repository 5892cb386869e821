"""Whether the practice has taken hold, and what people say beside the figures: seven tables."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    _scale_rating()
    _case_audit()
    _survey_answer()
    _alignment_item()
    _programme_domain()
    _status_override()
    _annotation()


def _table(name: str, *parts: sa.schema.SchemaItem) -> None:
    """A table of records of a programme, with their version and batch."""
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        *parts,
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=f"fk_{name}_batch_id_batch"),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=f"fk_{name}_programme_id_programme"),
    )


def _scale_rating() -> None:
    _table(
        "scale_rating",
        sa.Column("rated_on", sa.Date(), nullable=False),
        sa.Column("agency", sa.String(300), nullable=False),
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("staff_level", sa.String(40), nullable=True),
        sa.Column("respondents", sa.String(40), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
    )
    op.create_index("ix_scale_rating_programme_id_rated_on", "scale_rating", ["programme_id", "rated_on"])


def _case_audit() -> None:
    _table(
        "case_audit",
        sa.Column("audited_on", sa.Date(), nullable=False),
        sa.Column("agency", sa.String(300), nullable=False),
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("files_sampled", sa.Integer(), nullable=False),
        sa.Column("files_showing_use", sa.Integer(), nullable=False),
        sa.Column("grade", sa.String(40), nullable=True),
    )
    op.create_index("ix_case_audit_programme_id_audited_on", "case_audit", ["programme_id", "audited_on"])


def _survey_answer() -> None:
    _table(
        "survey_answer",
        sa.Column("closed_on", sa.Date(), nullable=False),
        sa.Column("audience", sa.String(40), nullable=False),
        sa.Column("agency", sa.Text(), nullable=False),
        sa.Column("question", sa.String(300), nullable=False),
        sa.Column("invited", sa.Integer(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("favourable", sa.Integer(), nullable=False),
    )
    op.create_index("ix_survey_answer_programme_id_closed_on", "survey_answer", ["programme_id", "closed_on"])


def _alignment_item() -> None:
    _table(
        "alignment_item",
        sa.Column("reference", sa.String(120), nullable=False),
        sa.Column("title", sa.String(300), nullable=False),
        sa.Column("item_kind", sa.String(40), nullable=True),
        sa.Column("domain", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("identified_on", sa.Date(), nullable=True),
        sa.Column("drafted_on", sa.Date(), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("live_on", sa.Date(), nullable=True),
        sa.Column("reviewed_on", sa.Date(), nullable=True),
        sa.UniqueConstraint("programme_id", "reference", name="uq_alignment_item_programme_id_reference"),
    )


def _programme_domain() -> None:
    _table(
        "programme_domain",
        sa.Column("name", sa.String(300), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("measures", sa.JSON(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.UniqueConstraint("programme_id", "name", name="uq_programme_domain_programme_id_name"),
    )


def _status_override() -> None:
    _table(
        "status_override",
        sa.Column("measure", sa.String(120), nullable=False),
        sa.Column("of_forecast", sa.Boolean(), nullable=False),
        sa.Column("rating", sa.String(40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_by", sa.String(300), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.UniqueConstraint(
            "programme_id",
            "measure",
            "of_forecast",
            "made_on",
            name="uq_status_override_programme_id_measure_of_forecast_made_on",
        ),
    )


def _annotation() -> None:
    _table(
        "annotation",
        sa.Column("measure", sa.String(120), nullable=False),
        sa.Column("noted_on", sa.Date(), nullable=False),
        sa.Column("sentence", sa.String(300), nullable=False),
        sa.Column("written_by", sa.String(300), nullable=False),
        sa.UniqueConstraint(
            "programme_id",
            "measure",
            "noted_on",
            "sentence",
            name="uq_annotation_programme_id_measure_noted_on_sentence",
        ),
    )
