"""The tables. Programme stands on every row; every record has a version; nothing here leaves ``store/``.

``attendance`` repeats facts of its session (held_on, level, session_status) so that counting needs no join. The counts
at the end, from ``attendance_count`` on, are kept in the write's own transaction (``counts.py``) and can be rebuilt
from the records at any time; they refer to records without a foreign key, so that they never hold one back.
"""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)  # fmt: skip

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _identity() -> Column[int]:
    return Column("id", Integer, primary_key=True, autoincrement=True)


def _programme() -> Column[int]:
    return Column("programme_id", ForeignKey("programme.id"), nullable=False)


def record_table(name: str, *columns: Column[object] | UniqueConstraint | Index | CheckConstraint) -> Table:
    """A table of records: ``version`` counts its revisions, ``batch_id`` is the import that last touched it."""
    return Table(
        name, metadata, _identity(), _programme(), *columns,
        Column("version", Integer, nullable=False, default=1, server_default="1"),
        Column("batch_id", ForeignKey("batch.id"), nullable=True),
    )  # fmt: skip


programme = Table(
    "programme",
    metadata,
    _identity(),
    Column("code", String(120), nullable=False, unique=True),
    Column("name", String(300), nullable=False),
    Column("authority", String(300), nullable=False),
    Column("trained_levels", JSON, nullable=False),
    Column("notice", Text, nullable=False, default=""),
    Column("usual_as_at", Date),
    Column("public_papers", Boolean, nullable=False, default=False, server_default=false()),
    Column("revision", Integer, nullable=False, default=0),  # every write adds one: what caches are keyed by
    Column("change_number", Integer, nullable=False, default=0),  # the newest link of the programme's change chain
    Column("change_hash", String(64), nullable=False, default=""),
)

setting = Table(
    "setting",
    metadata,
    Column("name", String(60), primary_key=True),
    Column("value", Text, nullable=False),
)

batch = Table(
    "batch",
    metadata,
    _identity(),
    _programme(),
    Column("recorded_at", DateTime, nullable=False),  # UTC
    Column("actor", String(300), nullable=False),
    Column("reason", Text, nullable=False, default=""),
    Column("new", JSON, nullable=False),
    Column("changed", JSON, nullable=False),
    Column("same", JSON, nullable=False),
    Column("undone_at", DateTime),
    Column("undone_by", String(300), nullable=False, default=""),
    Column("first_change", Integer),  # its changes are those numbered from the first to the last
    Column("last_change", Integer),
    Column("title", Text, nullable=False, default="", server_default=""),  # of a correction, which has no files
    Column("withdrawn", JSON, nullable=False, default=dict, server_default="{}"),
    Index("ix_batch_programme_id", "programme_id"),
)

batch_file = Table(
    "batch_file",
    metadata,
    _identity(),
    _programme(),
    Column("batch_id", ForeignKey("batch.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("kinds", JSON, nullable=False),
    Column("row_count", Integer, nullable=False),
    Index("ix_batch_file_batch_id", "batch_id"),
    Index("ix_batch_file_programme_id_sha256", "programme_id", "sha256"),
)

change = Table(
    # Append-only: triggers refuse UPDATE and DELETE. ``hash`` is over the previous link and every other column.
    "change",
    metadata,
    Column("programme_id", ForeignKey("programme.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("recorded_at", DateTime, nullable=False),  # UTC
    Column("actor", String(300), nullable=False),
    Column("deed", String(20), nullable=False),
    Column("table_name", String(60), nullable=False),
    Column("record_id", Integer, nullable=False),
    Column("record_version", Integer, nullable=False),
    Column("key", Text, nullable=False),
    Column("before", Text),  # JSON as hashed, to the letter
    Column("after", Text),
    Column("reason", Text, nullable=False),
    Column("batch_id", Integer),
    Column("hash", String(64), nullable=False),
    Index("ix_change_programme_id_table_name_record_id", "programme_id", "table_name", "record_id"),
    sqlite_with_rowid=False,
)

word_meaning = Table(
    "word_meaning",
    metadata,
    _identity(),
    _programme(),
    Column("word", String(300), nullable=False),
    Column("meaning", String(120), nullable=False),
    UniqueConstraint("programme_id", "word"),
)

column_mapping = Table(
    "column_mapping",
    metadata,
    _identity(),
    _programme(),
    Column("fingerprint", String(64), nullable=False),
    Column("mapping", JSON, nullable=False),
    UniqueConstraint("programme_id", "fingerprint"),
)

rating_rule = record_table(
    "rating_rule",
    Column("measure", String(20), nullable=False),
    Column("direction", String(40), nullable=False),
    Column("on_track_within", Float, nullable=False),
    Column("slightly_behind_within", Float, nullable=False),
    Column("data_months", Integer, nullable=False, default=3, server_default="3"),
    Column("data_owner", String(300), nullable=False, default="", server_default=""),
    UniqueConstraint("programme_id", "measure"),
)

person = record_table(
    # A keyed hash of the employee number where one is known; e-mails stand in person_email.
    "person",
    Column("reference_key", String(64)),
    UniqueConstraint("programme_id", "reference_key"),
)

person_email = record_table(
    "person_email",
    Column("email_key", String(64), nullable=False),
    Column("person_id", ForeignKey("person.id"), nullable=False),
    UniqueConstraint("programme_id", "email_key", "person_id"),
    Index("ix_person_email_person_id", "person_id"),
)

training_session = record_table(
    "training_session",
    Column("reference", String(120), nullable=False),
    Column("level", String(40)),
    Column("course", Text, nullable=False),
    Column("starts_on", Date),
    Column("ends_on", Date),
    Column("status", String(20)),
    Column("venue", Text, nullable=False),
    Column("trainer", Text, nullable=False),
    Column("places", Integer),
    Column("cost_pence", BigInteger),
    Column("inferred", Boolean, nullable=False),
    UniqueConstraint("programme_id", "reference"),
    Index("ix_training_session_programme_id_starts_on", "programme_id", "starts_on"),
)

_COUNTED = ("agency", "level", "outcome", "session_status", "register_rows")

attendance = record_table(
    "attendance",
    Column("session_id", ForeignKey("training_session.id"), nullable=False),
    Column("person_id", ForeignKey("person.id"), nullable=False),
    Column("agency", String(300), nullable=False),
    Column("team", Text, nullable=False),
    Column("job_role", Text, nullable=False),
    Column("outcome", String(20), nullable=False),
    Column("register_rows", Integer, nullable=False),
    # facts of the session, kept alike in the same transaction
    Column("held_on", Date),
    Column("level", String(40)),
    Column("session_status", String(20)),
    UniqueConstraint("session_id", "person_id"),
    Index("ix_attendance_person_id", "person_id"),
    # whatever is asked of a day or month without looking at the rows themselves
    Index("ix_attendance_by_day", "programme_id", "held_on", *_COUNTED),
    Index("ix_attendance_programme_id_agency_team", "programme_id", "agency", "team"),
)

headcount = record_table(
    "headcount",
    Column("session_id", ForeignKey("training_session.id"), nullable=False),
    Column("agency", String(300), nullable=False),
    Column("attended", Integer, nullable=False),
    Column("level", String(40)),
    UniqueConstraint("session_id", "agency"),
    Index("ix_headcount_programme_id", "programme_id"),
)

_IN_POST = ("in_scope", "listed", "started_on", "left_on", "trained_on")

staff_member = record_table(
    "staff_member",
    Column("person_id", ForeignKey("person.id"), nullable=False),
    Column("agency", String(300), nullable=False),
    Column("team", Text, nullable=False),
    Column("job_role", Text, nullable=False),
    Column("fte", Float),
    Column("in_scope", Boolean, nullable=False),
    Column("started_on", Date),
    Column("left_on", Date),
    Column("listed", Boolean, nullable=False),  # on the newest staff list
    # a fact of the person, kept alike in the same transaction: the first day at a course that counts as trained
    Column("trained_on", Date),
    UniqueConstraint("programme_id", "person_id"),
    # whatever is asked of a team without looking at the rows themselves
    Index("ix_staff_member_by_team", "programme_id", "agency", "team", "job_role", *_IN_POST),
    Index("ix_staff_member_person_id", "person_id"),
)

practice_lead_post = record_table(
    "practice_lead_post",
    Column("agency", String(300), nullable=False),
    Column("team", String(300), nullable=False),
    Column("filled", Boolean, nullable=False),
    Column("starts_on", Date),
    Column("ends_on", Date),
    Column("trained", Boolean),
    Column("person_id", ForeignKey("person.id")),
    Column("holding", Integer, nullable=False),
    Index("ix_practice_lead_post_programme_id", "programme_id"),
    Index("ix_practice_lead_post_person_id", "person_id"),
)

budget_line = record_table(
    "budget_line",
    Column("code", String(120), nullable=False),
    Column("title", String(300), nullable=False),
    Column("approved_pence", BigInteger, nullable=False),
    Column("profile", JSON, nullable=False),  # [["2017-11-01", 446400], ...] in month order
    UniqueConstraint("programme_id", "code"),
)

ledger_entry = record_table(
    "ledger_entry",
    Column("posted_on", Date, nullable=False),
    Column("line", Text, nullable=False),
    Column("supplier", Text, nullable=False),
    Column("narrative", Text, nullable=False),
    Column("reference", Text, nullable=False),
    Column("entry_kind", String(20), nullable=False),
    Column("amount_pence", BigInteger, nullable=False),
    Column("occurrence", Integer, nullable=False),
    Index("ix_ledger_entry_programme_id_posted_on", "programme_id", "posted_on"),
)

milestone = record_table(
    "milestone",
    Column("reference", String(120), nullable=False),
    Column("title", String(300), nullable=False),
    Column("domain", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("baseline_on", Date, nullable=False),
    Column("forecast_on", Date),
    Column("achieved_on", Date),
    Column("comment", Text, nullable=False),
    UniqueConstraint("programme_id", "reference"),
)

strategy_target = record_table(
    "strategy_target",
    Column("measure", String(120), nullable=False),
    Column("name", String(300), nullable=False),
    Column("is_rate", Boolean, nullable=False),
    Column("baseline", Float, nullable=False),
    Column("baseline_on", Date, nullable=False),
    Column("target", Float, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("approved_by", Text, nullable=False),
    Column("approved_on", Date),
    Column("reason", Text, nullable=False),
    Column("points", JSON, nullable=False, default=list, server_default="[]"),  # [["2018-03-31", 200.0], ...] by day
    Column("issued", Boolean, nullable=False, default=False, server_default=false()),  # triggers refuse to change it
    Index("ix_strategy_target_programme_id", "programme_id"),
)

# Counts: ``month_number`` is year x 12 + month - 1, and 0 where there is no date; a level or status not known is "".
# Their order on disk is that of the keys, so that a frame is read in one sweep.

attendance_count = Table(
    # attendances alike in these
    "attendance_count",
    metadata,
    _programme(),
    Column("agency", String(300), nullable=False),
    Column("level", String(40), nullable=False),
    Column("session_status", String(20), nullable=False),
    Column("outcome", String(20), nullable=False),
    Column("month_number", Integer, nullable=False),
    Column("attendances", Integer, nullable=False),
    Column("register_rows", Integer, nullable=False),
    PrimaryKeyConstraint("programme_id", "agency", "level", "session_status", "outcome", "month_number"),
    CheckConstraint("register_rows < 4000000", "packable"),  # columns.swept packs them
    sqlite_with_rowid=False,
)

first_attended = Table(
    # the first day one person came to a course at a level ("trained": any level that counts as trained), by the
    # agency they came from; attendance_id is where team, role and session are looked up
    "first_attended",
    metadata,
    _programme(),
    Column("person_id", Integer, nullable=False),
    Column("level", String(40), nullable=False),
    Column("held_on", Date, nullable=False),
    Column("attendance_id", Integer, nullable=False),
    Column("agency", String(300), nullable=False),
    PrimaryKeyConstraint("person_id", "level"),
    Index("ix_first_attended_programme_id_level_held_on_agency", "programme_id", "level", "held_on", "agency"),
    sqlite_with_rowid=False,
)

people_count = Table(
    # people whose first attendance at that level fell in that month
    "people_count",
    metadata,
    _programme(),
    Column("level", String(40), nullable=False),
    Column("agency", String(300), nullable=False),
    Column("month_number", Integer, nullable=False),
    Column("people", Integer, nullable=False),
    PrimaryKeyConstraint("programme_id", "level", "agency", "month_number"),
    sqlite_with_rowid=False,
)

session_count = Table(
    # sessions alike in these
    "session_count",
    metadata,
    _programme(),
    Column("level", String(40), nullable=False),
    Column("status", String(20), nullable=False),
    Column("month_number", Integer, nullable=False),
    Column("sessions", Integer, nullable=False),
    Column("places", Integer, nullable=False),
    Column("cost_pence", BigInteger, nullable=False),
    PrimaryKeyConstraint("programme_id", "level", "status", "month_number"),
    sqlite_with_rowid=False,
)

headcount_count = Table(
    # lines of partner agencies' counts alike in these, and the people they came to; "cancelled": their session was
    "headcount_count",
    metadata,
    _programme(),
    Column("agency", String(300), nullable=False),
    Column("level", String(40), nullable=False),
    Column("cancelled", Boolean, nullable=False),
    Column("month_number", Integer, nullable=False),
    Column("attended", BigInteger, nullable=False),
    Column("lines", Integer, nullable=False),
    PrimaryKeyConstraint("programme_id", "agency", "level", "cancelled", "month_number"),
    sqlite_with_rowid=False,
)

staff_count = Table(
    # staff of one team, listed and in post, from that day until its next row; every team has a row of 1 January 1
    "staff_count",
    metadata,
    _programme(),
    Column("agency", String(300), nullable=False),
    Column("team", Text, nullable=False),
    Column("in_scope", Boolean, nullable=False),
    Column("since", Date, nullable=False),
    Column("staff", Integer, nullable=False),
    Column("trained", Integer, nullable=False),
    PrimaryKeyConstraint("programme_id", "agency", "team", "in_scope", "since"),
    Index("ix_staff_count_programme_id_since", "programme_id", "since"),
    sqlite_with_rowid=False,
)

spending_count = Table(
    # entries of the ledger alike in these
    "spending_count",
    metadata,
    _programme(),
    Column("line", Text, nullable=False),
    Column("entry_kind", String(20), nullable=False),
    Column("month_number", Integer, nullable=False),
    Column("amount_pence", BigInteger, nullable=False),
    Column("entries", Integer, nullable=False),
    PrimaryKeyConstraint("programme_id", "line", "entry_kind", "month_number"),
    sqlite_with_rowid=False,
)

counted_session = Table(
    # the month each session stands in, in the counts above: where it is to be taken out when it moves or goes
    "counted_session",
    metadata,
    _programme(),
    Column("session_id", Integer, nullable=False),
    Column("month_number", Integer, nullable=False),
    PrimaryKeyConstraint("session_id"),
    Index("ix_counted_session_programme_id", "programme_id"),
    sqlite_with_rowid=False,
)
