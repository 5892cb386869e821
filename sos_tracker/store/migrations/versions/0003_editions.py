"""Published editions, which triggers keep as they were published; share links; and whether a programme's are public."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_SAID = "A published edition is never altered or removed: publish another one."


def upgrade() -> None:
    op.add_column("programme", sa.Column("public_papers", sa.Boolean(), nullable=False, server_default=sa.false()))
    _editions()
    _share_links()
    if op.get_bind().dialect.name == "sqlite":
        _keep_editions_in_sqlite()
    else:
        _keep_editions_in_postgresql()


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.Integer(), autoincrement=True, nullable=False)


def _programme() -> sa.Column[int]:
    return sa.Column("programme_id", sa.Integer(), nullable=False)


def _editions() -> None:
    op.create_table(
        "edition",
        _id(),
        _programme(),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("as_at", sa.Date(), nullable=False),
        sa.Column("meeting_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("published_at", sa.DateTime(), nullable=False),
        sa.Column("published_by", sa.String(300), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_edition"),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name="fk_edition_programme_id_programme"),
        sa.UniqueConstraint("programme_id", "number", name="uq_edition_programme_id_number"),
        sa.CheckConstraint("state IN ('draft', 'published', 'superseded')", name="ck_edition_known_state"),
    )
    op.create_table(
        "edition_file",
        _id(),
        _programme(),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("format", sa.String(20), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_edition_file"),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name="fk_edition_file_programme_id_programme"),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name="fk_edition_file_edition_id_edition"),
        sa.UniqueConstraint("edition_id", "name", name="uq_edition_file_edition_id_name"),
    )


def _share_links() -> None:
    op.create_table(
        "share_link",
        _id(),
        _programme(),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("made_by", sa.String(300), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(), nullable=True),
        sa.Column("revoked_by", sa.String(300), nullable=False, server_default=""),
        sa.PrimaryKeyConstraint("id", name="pk_share_link"),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name="fk_share_link_programme_id_programme"),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name="fk_share_link_edition_id_edition"),
        sa.UniqueConstraint("token_hash", name="uq_share_link_token_hash"),
    )
    op.create_index("ix_share_link_programme_id", "share_link", ["programme_id"])


_KEPT = ("id", "programme_id", "number", "as_at", "meeting_on", "published_at", "published_by", "reason", "figures",
         "sha256")  # fmt: skip


def _keep_editions_in_sqlite() -> None:
    same = " AND ".join(f"NEW.{name} IS OLD.{name}" for name in _KEPT)
    superseding = f"(OLD.state = 'published' AND NEW.state = 'superseded' AND {same})"
    refusals = {
        "UPDATE ON edition": f"OLD.state <> 'draft' AND NOT {superseding}",
        "DELETE ON edition": "OLD.state <> 'draft'",
        "INSERT ON edition_file": _is_out("NEW"),
        "UPDATE ON edition_file": f"{_is_out('OLD')} OR {_is_out('NEW')}",
        "DELETE ON edition_file": _is_out("OLD"),
    }
    for deed, when in refusals.items():
        what, _, table = deed.lower().partition(" on ")
        op.execute(
            f"CREATE TRIGGER {table}_refuses_{what} BEFORE {deed} WHEN {when} BEGIN SELECT RAISE(ABORT, '{_SAID}'); END"
        )


def _is_out(row: str) -> str:
    """The file's edition is no draft any more."""
    return f"(SELECT state FROM edition WHERE edition.id = {row}.edition_id) <> 'draft'"


def _keep_editions_in_postgresql() -> None:
    op.execute(
        f"""CREATE FUNCTION keep_edition() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE expected edition%ROWTYPE;
        BEGIN
            IF OLD.state = 'draft' THEN
                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                RETURN NEW;
            END IF;
            IF TG_OP = 'UPDATE' AND OLD.state = 'published' THEN
                expected := OLD;
                expected.state := 'superseded';
                IF NEW IS NOT DISTINCT FROM expected THEN RETURN NEW; END IF;
            END IF;
            RAISE EXCEPTION '{_SAID}';
        END $$"""
    )
    op.execute(
        f"""CREATE FUNCTION keep_edition_file() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP <> 'INSERT' AND {_is_out("OLD")} THEN RAISE EXCEPTION '{_SAID}'; END IF;
            IF TG_OP <> 'DELETE' AND {_is_out("NEW")} THEN RAISE EXCEPTION '{_SAID}'; END IF;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
        END $$"""
    )
    op.execute(
        f"CREATE FUNCTION keep_every_edition() RETURNS trigger LANGUAGE plpgsql AS $$"
        f" BEGIN RAISE EXCEPTION '{_SAID}'; END $$"
    )
    op.execute(
        "CREATE TRIGGER edition_is_kept BEFORE UPDATE OR DELETE ON edition FOR EACH ROW EXECUTE FUNCTION keep_edition()"
    )
    op.execute(
        "CREATE TRIGGER edition_file_is_kept BEFORE INSERT OR UPDATE OR DELETE ON edition_file"
        " FOR EACH ROW EXECUTE FUNCTION keep_edition_file()"
    )
    for table in ("edition", "edition_file"):
        op.execute(
            f"CREATE TRIGGER {table}_is_not_emptied BEFORE TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION keep_every_edition()"
        )
