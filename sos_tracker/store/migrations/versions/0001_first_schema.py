"""The first schema: programmes, their records, the append-only history, and the counts kept beside the records."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    _programmes_and_history()
    _people_and_training()
    _plan_and_money()
    _counts()
    _refuse_to_rewrite_history()


def _refuse_to_rewrite_history() -> None:
    """``change`` takes new rows and nothing else, whoever asks."""
    said = "The history is append-only: a change row is never altered or removed."
    if op.get_bind().dialect.name == "sqlite":
        for deed in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER change_refuses_{deed.lower()} BEFORE {deed} ON change"
                f" BEGIN SELECT RAISE(ABORT, '{said}'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION refuse_to_rewrite_history() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN RAISE EXCEPTION '{said}'; END $$"
    )
    op.execute(
        "CREATE TRIGGER change_refuses_to_be_rewritten BEFORE UPDATE OR DELETE OR TRUNCATE ON change"
        " FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_rewrite_history()"
    )


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.Integer(), autoincrement=True, nullable=False)


def _programme() -> sa.Column[int]:
    return sa.Column("programme_id", sa.Integer(), nullable=False)


def _programmes_and_history() -> None:
    op.create_table(
        "programme",
        _id(),
        sa.Column("code", sa.String(120), nullable=False),
        sa.Column("name", sa.String(300), nullable=False),
        sa.Column("authority", sa.String(300), nullable=False),
        sa.Column("trained_levels", sa.JSON(), nullable=False),
        sa.Column("notice", sa.Text(), nullable=False),
        sa.Column("usual_as_at", sa.Date(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("change_number", sa.Integer(), nullable=False),
        sa.Column("change_hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_programme"),
        sa.UniqueConstraint("code", name="uq_programme_code"),
    )
    op.create_table(
        "setting",
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_setting"),
    )
    op.create_table(
        "batch",
        _id(),
        _programme(),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("actor", sa.String(300), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("new", sa.JSON(), nullable=False),
        sa.Column("changed", sa.JSON(), nullable=False),
        sa.Column("same", sa.JSON(), nullable=False),
        sa.Column("undone_at", sa.DateTime(), nullable=True),
        sa.Column("undone_by", sa.String(300), nullable=False),
        sa.Column("first_change", sa.Integer(), nullable=True),
        sa.Column("last_change", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_batch"),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name="fk_batch_programme_id_programme"),
    )
    op.create_index("ix_batch_programme_id", "batch", ["programme_id"])
    op.create_table(
        "batch_file",
        _id(),
        _programme(),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("kinds", sa.JSON(), nullable=False),
        sa.Column("row_count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_batch_file"),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name="fk_batch_file_batch_id_batch"),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name="fk_batch_file_programme_id_programme"),
    )
    op.create_index("ix_batch_file_batch_id", "batch_file", ["batch_id"])
    op.create_index("ix_batch_file_programme_id_sha256", "batch_file", ["programme_id", "sha256"])
    op.create_table(
        "change",
        _programme(),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("actor", sa.String(300), nullable=False),
        sa.Column("deed", sa.String(20), nullable=False),
        sa.Column("table_name", sa.String(60), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("record_version", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("programme_id", "number", name="pk_change"),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name="fk_change_programme_id_programme"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_change_programme_id_table_name_record_id", "change", ["programme_id", "table_name", "record_id"]
    )
    op.create_table(
        "word_meaning",
        _id(),
        _programme(),
        sa.Column("word", sa.String(300), nullable=False),
        sa.Column("meaning", sa.String(120), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_word_meaning"),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name="fk_word_meaning_programme_id_programme"),
        sa.UniqueConstraint("programme_id", "word", name="uq_word_meaning_programme_id_word"),
    )
    op.create_table(
        "column_mapping",
        _id(),
        _programme(),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_column_mapping"),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name="fk_column_mapping_programme_id_programme"),
        sa.UniqueConstraint("programme_id", "fingerprint", name="uq_column_mapping_programme_id_fingerprint"),
    )


def _people_and_training() -> None:
    op.create_table(
        "person",
        _id(),
        _programme(),
        sa.Column("reference_key", sa.String(64), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False, server_default="1"),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name="fk_person_programme_id_programme"),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name="fk_person_batch_id_batch"),
        sa.UniqueConstraint("programme_id", "reference_key", name="uq_person_programme_id_reference_key"),
    )
    op.create_table(
        "person_email",
        _id(),
        _programme(),
        sa.Column("email_key", sa.String(64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, server_default="1"),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_person_email"),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name="fk_person_email_programme_id_programme"),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name="fk_person_email_batch_id_batch"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_person_email_person_id_person"),
        sa.UniqueConstraint(
            "programme_id", "email_key", "person_id", name="uq_person_email_programme_id_email_key_person_id"
        ),
    )
    op.create_index("ix_person_email_person_id", "person_email", ["person_id"])
    op.create_table(
        "training_session",
        _id(),
        _programme(),
        sa.Column("reference", sa.String(120), nullable=False),
        sa.Column("level", sa.String(40), nullable=True),
        sa.Column("course", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("status", sa.String(20), nullable=True),
        sa.Column("venue", sa.Text(), nullable=False),
        sa.Column("trainer", sa.Text(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=True),
        sa.Column("cost_pence", sa.BigInteger(), nullable=True),
        sa.Column("inferred", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, server_default="1"),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_training_session"),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name="fk_training_session_programme_id_programme"),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name="fk_training_session_batch_id_batch"),
        sa.UniqueConstraint("programme_id", "reference", name="uq_training_session_programme_id_reference"),
    )
    op.create_index("ix_training_session_programme_id_starts_on", "training_session", ["programme_id", "starts_on"])
    op.create_table(
        "attendance",
        _id(),
        _programme(),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("agency", sa.String(300), nullable=False),
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("job_role", sa.Text(), nullable=False),
        sa.Column("outcome", sa.String(20), nullable=False),
        sa.Column("register_rows", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("level", sa.String(40), nullable=True),
        sa.Column("session_status", sa.String(20), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False, server_default="1"),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_attendance"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_attendance_person_id_person"),
        sa.ForeignKeyConstraint(
            ["session_id"], ["training_session.id"], name="fk_attendance_session_id_training_session"
        ),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name="fk_attendance_batch_id_batch"),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name="fk_attendance_programme_id_programme"),
        sa.UniqueConstraint("session_id", "person_id", name="uq_attendance_session_id_person_id"),
    )
    op.create_index("ix_attendance_person_id", "attendance", ["person_id"])
    op.create_index("ix_attendance_programme_id_agency_team", "attendance", ["programme_id", "agency", "team"])
    op.create_index(
        "ix_attendance_by_day",
        "attendance",
        ["programme_id", "held_on", "agency", "level", "outcome", "session_status", "register_rows"],
    )
    op.create_table(
        "headcount",
        _id(),
        _programme(),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("agency", sa.String(300), nullable=False),
        sa.Column("attended", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(40), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False, server_default="1"),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_headcount"),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name="fk_headcount_batch_id_batch"),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name="fk_headcount_programme_id_programme"),
        sa.ForeignKeyConstraint(
            ["session_id"], ["training_session.id"], name="fk_headcount_session_id_training_session"
        ),
        sa.UniqueConstraint("session_id", "agency", name="uq_headcount_session_id_agency"),
    )
    op.create_index("ix_headcount_programme_id", "headcount", ["programme_id"])
    op.create_table(
        "staff_member",
        _id(),
        _programme(),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("agency", sa.String(300), nullable=False),
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("job_role", sa.Text(), nullable=False),
        sa.Column("fte", sa.Float(), nullable=True),
        sa.Column("in_scope", sa.Boolean(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("listed", sa.Boolean(), nullable=False),
        sa.Column("trained_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False, server_default="1"),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_staff_member"),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name="fk_staff_member_programme_id_programme"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_staff_member_person_id_person"),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name="fk_staff_member_batch_id_batch"),
        sa.UniqueConstraint("programme_id", "person_id", name="uq_staff_member_programme_id_person_id"),
    )
    op.create_index(
        "ix_staff_member_by_team",
        "staff_member",
        [
            "programme_id",
            "agency",
            "team",
            "job_role",
            "in_scope",
            "listed",
            "started_on",
            "left_on",
            "trained_on",
        ],
    )
    op.create_index("ix_staff_member_person_id", "staff_member", ["person_id"])
    op.create_table(
        "practice_lead_post",
        _id(),
        _programme(),
        sa.Column("agency", sa.String(300), nullable=False),
        sa.Column("team", sa.String(300), nullable=False),
        sa.Column("filled", sa.Boolean(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("trained", sa.Boolean(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("holding", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, server_default="1"),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_practice_lead_post"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_practice_lead_post_person_id_person"),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name="fk_practice_lead_post_batch_id_batch"),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name="fk_practice_lead_post_programme_id_programme"
        ),
    )
    op.create_index("ix_practice_lead_post_person_id", "practice_lead_post", ["person_id"])
    op.create_index("ix_practice_lead_post_programme_id", "practice_lead_post", ["programme_id"])


def _plan_and_money() -> None:
    op.create_table(
        "rating_rule",
        _id(),
        _programme(),
        sa.Column("measure", sa.String(20), nullable=False),
        sa.Column("direction", sa.String(40), nullable=False),
        sa.Column("on_track_within", sa.Float(), nullable=False),
        sa.Column("slightly_behind_within", sa.Float(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, server_default="1"),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_rating_rule"),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name="fk_rating_rule_batch_id_batch"),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name="fk_rating_rule_programme_id_programme"),
        sa.UniqueConstraint("programme_id", "measure", name="uq_rating_rule_programme_id_measure"),
    )
    op.create_table(
        "budget_line",
        _id(),
        _programme(),
        sa.Column("code", sa.String(120), nullable=False),
        sa.Column("title", sa.String(300), nullable=False),
        sa.Column("approved_pence", sa.BigInteger(), nullable=False),
        sa.Column("profile", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, server_default="1"),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_budget_line"),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name="fk_budget_line_batch_id_batch"),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name="fk_budget_line_programme_id_programme"),
        sa.UniqueConstraint("programme_id", "code", name="uq_budget_line_programme_id_code"),
    )
    op.create_table(
        "ledger_entry",
        _id(),
        _programme(),
        sa.Column("posted_on", sa.Date(), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("supplier", sa.Text(), nullable=False),
        sa.Column("narrative", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("entry_kind", sa.String(20), nullable=False),
        sa.Column("amount_pence", sa.BigInteger(), nullable=False),
        sa.Column("occurrence", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, server_default="1"),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_ledger_entry"),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name="fk_ledger_entry_programme_id_programme"),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name="fk_ledger_entry_batch_id_batch"),
    )
    op.create_index("ix_ledger_entry_programme_id_posted_on", "ledger_entry", ["programme_id", "posted_on"])
    op.create_table(
        "milestone",
        _id(),
        _programme(),
        sa.Column("reference", sa.String(120), nullable=False),
        sa.Column("title", sa.String(300), nullable=False),
        sa.Column("domain", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("baseline_on", sa.Date(), nullable=False),
        sa.Column("forecast_on", sa.Date(), nullable=True),
        sa.Column("achieved_on", sa.Date(), nullable=True),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, server_default="1"),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_milestone"),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name="fk_milestone_programme_id_programme"),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name="fk_milestone_batch_id_batch"),
        sa.UniqueConstraint("programme_id", "reference", name="uq_milestone_programme_id_reference"),
    )
    op.create_table(
        "strategy_target",
        _id(),
        _programme(),
        sa.Column("measure", sa.String(120), nullable=False),
        sa.Column("name", sa.String(300), nullable=False),
        sa.Column("is_rate", sa.Boolean(), nullable=False),
        sa.Column("baseline", sa.Float(), nullable=False),
        sa.Column("baseline_on", sa.Date(), nullable=False),
        sa.Column("target", sa.Float(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("approved_by", sa.Text(), nullable=False),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, server_default="1"),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_strategy_target"),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name="fk_strategy_target_programme_id_programme"),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name="fk_strategy_target_batch_id_batch"),
    )
    op.create_index("ix_strategy_target_programme_id", "strategy_target", ["programme_id"])


def _counts() -> None:
    op.create_table(
        "attendance_count",
        _programme(),
        sa.Column("agency", sa.String(300), nullable=False),
        sa.Column("level", sa.String(40), nullable=False),
        sa.Column("session_status", sa.String(20), nullable=False),
        sa.Column("outcome", sa.String(20), nullable=False),
        sa.Column("month_number", sa.Integer(), nullable=False),
        sa.Column("attendances", sa.Integer(), nullable=False),
        sa.Column("register_rows", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "programme_id", "agency", "level", "session_status", "outcome", "month_number", name="pk_attendance_count"
        ),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name="fk_attendance_count_programme_id_programme"),
        sa.CheckConstraint("register_rows < 4000000", name="ck_attendance_count_packable"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "first_attended",
        _programme(),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(40), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("attendance_id", sa.Integer(), nullable=False),
        sa.Column("agency", sa.String(300), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "level", name="pk_first_attended"),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name="fk_first_attended_programme_id_programme"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_first_attended_programme_id_level_held_on_agency",
        "first_attended",
        ["programme_id", "level", "held_on", "agency"],
    )
    op.create_table(
        "people_count",
        _programme(),
        sa.Column("level", sa.String(40), nullable=False),
        sa.Column("agency", sa.String(300), nullable=False),
        sa.Column("month_number", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("programme_id", "level", "agency", "month_number", name="pk_people_count"),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name="fk_people_count_programme_id_programme"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "session_count",
        _programme(),
        sa.Column("level", sa.String(40), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("month_number", sa.Integer(), nullable=False),
        sa.Column("sessions", sa.Integer(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("cost_pence", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("programme_id", "level", "status", "month_number", name="pk_session_count"),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name="fk_session_count_programme_id_programme"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "headcount_count",
        _programme(),
        sa.Column("agency", sa.String(300), nullable=False),
        sa.Column("level", sa.String(40), nullable=False),
        sa.Column("cancelled", sa.Boolean(), nullable=False),
        sa.Column("month_number", sa.Integer(), nullable=False),
        sa.Column("attended", sa.BigInteger(), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "programme_id", "agency", "level", "cancelled", "month_number", name="pk_headcount_count"
        ),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name="fk_headcount_count_programme_id_programme"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "staff_count",
        _programme(),
        sa.Column("agency", sa.String(300), nullable=False),
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("in_scope", sa.Boolean(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("staff", sa.Integer(), nullable=False),
        sa.Column("trained", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("programme_id", "agency", "team", "in_scope", "since", name="pk_staff_count"),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name="fk_staff_count_programme_id_programme"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_staff_count_programme_id_since", "staff_count", ["programme_id", "since"])
    op.create_table(
        "spending_count",
        _programme(),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("entry_kind", sa.String(20), nullable=False),
        sa.Column("month_number", sa.Integer(), nullable=False),
        sa.Column("amount_pence", sa.BigInteger(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("programme_id", "line", "entry_kind", "month_number", name="pk_spending_count"),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name="fk_spending_count_programme_id_programme"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "counted_session",
        _programme(),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("month_number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("session_id", name="pk_counted_session"),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name="fk_counted_session_programme_id_programme"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_counted_session_programme_id", "counted_session", ["programme_id"])
