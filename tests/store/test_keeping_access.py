"""Published papers, share links, access and sign-ins: what a copy of the database takes along of them."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from sos_tracker.records.access import Access, Actor, Role
from sos_tracker.records.editions import NewEdition, PaperFile, PaperFormat, token_hash
from sos_tracker.records.programme import Programme
from sos_tracker.store import Store
from sos_tracker.store.access_tables import sign_in
from sos_tracker.store.database import reading, writing
from sos_tracker.store.keeping import BackupFile, ExportFolder

CODE = "CE"
PAT = Actor("Pat", Role.ADMINISTRATOR, CODE)
NOW = datetime(2018, 5, 1, 9, 30, tzinfo=UTC)
CONTENT = bytes(range(256)) * 700  # longer than what csv takes for a cell unless told


@pytest.fixture
def council(store: Store) -> Store:
    """A programme with a published paper, a link that shares it, an administrator, and somebody signed in."""
    store.add_programme(Programme(code=CODE, name="Signs of Safety", authority="A council"), PAT)
    store.give_access(CODE, Access(email="jo@council.example", role=Role.ADMINISTRATOR), PAT)
    paper = NewEdition(date(2018, 4, 30), None, '{"figures": []}', (PaperFile(PaperFormat.HTML, "ce.html", CONTENT),))
    store.publish_edition(CODE, 1, paper, PAT, now=NOW)
    store.add_share_link(CODE, 1, token_hash("a secret"), datetime(2030, 1, 1, tzinfo=UTC), PAT, now=NOW)
    with writing(store.engine) as connection:
        at = NOW.replace(tzinfo=None)
        connection.execute(sign_in.insert().values(fingerprint="f" * 64, signed_in_at=at, first_seen=at, last_seen=at))
    return store


def signed_in(store: Store) -> int:
    with reading(store.engine) as connection:
        return connection.scalar(select(func.count()).select_from(sign_in)) or 0


def test_a_backup_brings_papers_access_and_links_back_and_nobody_is_signed_in(
    council: Store, any_store: Store, tmp_path: Path
) -> None:
    council.backup(tmp_path / "b")

    any_store.bring_back(BackupFile(tmp_path / "b"))

    assert any_store.editions(CODE) == council.editions(CODE)
    assert any_store.edition_file(CODE, 1, "ce.html").content == CONTENT
    assert any_store.accesses(CODE) == council.accesses(CODE)
    assert any_store.shared(token_hash("a secret")) == council.editions(CODE)[0]
    assert (signed_in(council), signed_in(any_store)) == (1, 0)


def test_an_export_leaves_share_links_out(council: Store, any_store: Store, tmp_path: Path) -> None:
    council.export(tmp_path / "e")

    any_store.bring_back(ExportFolder(tmp_path / "e"))

    assert any_store.edition_file(CODE, 1, "ce.html").content == CONTENT
    assert any_store.shared(token_hash("a secret")) is None
    assert signed_in(any_store) == 0
    assert any_store.verify() == ()


def test_a_published_paper_brought_back_is_kept_as_it_was_published(
    council: Store, any_store: Store, tmp_path: Path
) -> None:
    council.backup(tmp_path / "b")
    any_store.bring_back(BackupFile(tmp_path / "b"))

    for statement in ("UPDATE edition SET reason = 'another'", "DELETE FROM edition_file", "DELETE FROM change"):
        with pytest.raises(DBAPIError), writing(any_store.engine) as connection:
            connection.execute(text(statement))
    assert any_store.next_edition(CODE) == 2
