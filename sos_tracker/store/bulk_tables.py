"""The spellings that were merged: what later files mean by them."""

from sqlalchemy import Column, String, UniqueConstraint

from sos_tracker.store.tables import record_table

name_spelling = record_table(
    # ``name`` in a file means ``means``: a team of ``agency``, or an agency where ``agency`` is ""
    "name_spelling",
    Column("agency", String(300), nullable=False),
    Column("name", String(300), nullable=False),
    Column("means", String(300), nullable=False),
    UniqueConstraint("programme_id", "agency", "name"),
)
