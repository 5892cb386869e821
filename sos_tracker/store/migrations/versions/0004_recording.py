"""Recording by hand: moves of forecasts, outturn forecasts, baselines and issued targets that do not change."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_BASELINE = "A baseline of a milestone does not change: give the new date as the forecast."
_ISSUED = "An issued target does not change: a newer version supersedes it."


def upgrade() -> None:
    _forecast_moves()
    _outturn_forecasts()
    op.add_column("strategy_target", sa.Column("points", sa.JSON(), server_default="[]", nullable=False))
    op.add_column("strategy_target", sa.Column("issued", sa.Boolean(), server_default=sa.false(), nullable=False))
    if op.get_bind().dialect.name == "sqlite":
        _refuse_in_sqlite()
    else:
        _refuse_in_postgresql()


def _refuse_in_sqlite() -> None:
    for name, on, condition, said in (
        ("milestone_keeps_its_baseline", "UPDATE OF baseline_on ON milestone", "OLD.baseline_on IS NOT NEW.baseline_on",
         _BASELINE),
        ("strategy_target_refuses_update", "UPDATE ON strategy_target", "OLD.issued", _ISSUED),
        ("strategy_target_refuses_delete", "DELETE ON strategy_target", "OLD.issued", _ISSUED),
    ):  # fmt: skip
        op.execute(f"CREATE TRIGGER {name} BEFORE {on} WHEN {condition} BEGIN SELECT RAISE(ABORT, '{said}'); END")


def _refuse_in_postgresql() -> None:
    for name, on, condition, said in (
        ("milestone_keeps_its_baseline", "UPDATE OF baseline_on ON milestone",
         "OLD.baseline_on IS DISTINCT FROM NEW.baseline_on", _BASELINE),
        ("strategy_target_stays_issued", "UPDATE OR DELETE ON strategy_target", "OLD.issued", _ISSUED),
    ):  # fmt: skip
        op.execute(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{said}'; END $$"
        )
        op.execute(f"CREATE TRIGGER {name} BEFORE {on} FOR EACH ROW WHEN ({condition}) EXECUTE FUNCTION {name}()")


def _forecast_moves() -> None:
    op.create_table(
        "forecast_move",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("milestone_id", sa.Integer(), nullable=False),
        sa.Column("forecast_from", sa.Date(), nullable=True),
        sa.Column("forecast_to", sa.Date(), nullable=True),
        sa.Column("moved_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("approved_by", sa.Text(), nullable=False),
        sa.Column("decision_reference", sa.Text(), nullable=False),
        sa.Column("deferred", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_forecast_move"),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name="fk_forecast_move_batch_id_batch"),
        sa.ForeignKeyConstraint(["milestone_id"], ["milestone.id"], name="fk_forecast_move_milestone_id_milestone"),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name="fk_forecast_move_programme_id_programme"),
    )
    op.create_index("ix_forecast_move_milestone_id", "forecast_move", ["milestone_id"])
    op.create_index("ix_forecast_move_programme_id_moved_on", "forecast_move", ["programme_id", "moved_on"])


def _outturn_forecasts() -> None:
    op.create_table(
        "outturn_forecast",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("forecast_pence", sa.BigInteger(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_outturn_forecast"),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name="fk_outturn_forecast_batch_id_batch"),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name="fk_outturn_forecast_programme_id_programme"),
    )
    op.create_index("ix_outturn_forecast_programme_id_made_on", "outturn_forecast", ["programme_id", "made_on"])
