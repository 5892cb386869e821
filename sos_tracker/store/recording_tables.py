"""The tables of what is recorded by hand beside the imports: moves of forecasts, and outturn forecasts."""

from sqlalchemy import BigInteger, Boolean, Column, Date, ForeignKey, Index, Text

from sos_tracker.store.tables import record_table

forecast_move = record_table(
    "forecast_move",
    Column("milestone_id", ForeignKey("milestone.id"), nullable=False),
    Column("forecast_from", Date),
    Column("forecast_to", Date),
    Column("moved_on", Date, nullable=False),
    Column("reason", Text, nullable=False),
    Column("approved_by", Text, nullable=False),
    Column("decision_reference", Text, nullable=False),
    Column("deferred", Boolean, nullable=False),
    Index("ix_forecast_move_milestone_id", "milestone_id"),
    Index("ix_forecast_move_programme_id_moved_on", "programme_id", "moved_on"),
)

outturn_forecast = record_table(
    "outturn_forecast",
    Column("line", Text, nullable=False),
    Column("made_on", Date, nullable=False),
    Column("forecast_pence", BigInteger, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Index("ix_outturn_forecast_programme_id_made_on", "programme_id", "made_on"),
)
