"""The tables of what tells whether the practice has taken hold, and of what people say beside the figures.

A rating whose level is not given, and an agency or team of any length, stand in keys: those tables have no constraint
on their key, which is held against what is kept in the write's own transaction.
"""

from sqlalchemy import JSON, Boolean, Column, Date, Float, Index, Integer, String, Text, UniqueConstraint

from sos_tracker.store.tables import record_table

scale_rating = record_table(
    # people of one group who gave one team one score
    "scale_rating",
    Column("rated_on", Date, nullable=False),
    Column("agency", String(300), nullable=False),
    Column("team", Text, nullable=False),
    Column("staff_level", String(40)),
    Column("respondents", String(40), nullable=False),
    Column("score", Float, nullable=False),
    Column("people", Integer, nullable=False),
    Index("ix_scale_rating_programme_id_rated_on", "programme_id", "rated_on"),
)

case_audit = record_table(
    "case_audit",
    Column("audited_on", Date, nullable=False),
    Column("agency", String(300), nullable=False),
    Column("team", Text, nullable=False),
    Column("files_sampled", Integer, nullable=False),
    Column("files_showing_use", Integer, nullable=False),
    Column("grade", String(40)),
    Index("ix_case_audit_programme_id_audited_on", "programme_id", "audited_on"),
)

survey_answer = record_table(
    "survey_answer",
    Column("closed_on", Date, nullable=False),
    Column("audience", String(40), nullable=False),
    Column("agency", Text, nullable=False),
    Column("question", String(300), nullable=False),
    Column("invited", Integer, nullable=False),
    Column("answered", Integer, nullable=False),
    Column("favourable", Integer, nullable=False),
    Index("ix_survey_answer_programme_id_closed_on", "programme_id", "closed_on"),
)

alignment_item = record_table(
    "alignment_item",
    Column("reference", String(120), nullable=False),
    Column("title", String(300), nullable=False),
    Column("item_kind", String(40)),
    Column("domain", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("due_on", Date),
    Column("identified_on", Date),
    Column("drafted_on", Date),
    Column("approved_on", Date),
    Column("live_on", Date),
    Column("reviewed_on", Date),
    UniqueConstraint("programme_id", "reference"),
)

programme_domain = record_table(
    "programme_domain",
    Column("name", String(300), nullable=False),
    Column("about", Text, nullable=False),
    Column("measures", JSON, nullable=False),  # ["T1", "T2", ...], the codes of figures
    Column("place", Integer, nullable=False),
    UniqueConstraint("programme_id", "name"),
)

status_override = record_table(
    "status_override",
    Column("measure", String(120), nullable=False),
    Column("of_forecast", Boolean, nullable=False),
    Column("rating", String(40), nullable=False),
    Column("reason", Text, nullable=False),
    Column("made_by", String(300), nullable=False),
    Column("made_on", Date, nullable=False),
    Column("expires_on", Date, nullable=False),
    UniqueConstraint("programme_id", "measure", "of_forecast", "made_on"),
)

annotation = record_table(
    "annotation",
    Column("measure", String(120), nullable=False),
    Column("noted_on", Date, nullable=False),
    Column("sentence", String(300), nullable=False),
    Column("written_by", String(300), nullable=False),
    UniqueConstraint("programme_id", "measure", "noted_on", "sentence"),
)
