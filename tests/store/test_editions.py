"""Published editions in the store: frozen with their files, replaced but never changed; links that share and end."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from alembic.command import upgrade
from sqlalchemy import Engine, delete, insert, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from sos_tracker.records.access import Actor, Role
from sos_tracker.records.changes import Deed
from sos_tracker.records.editions import EditionState, NewEdition, PaperFile, PaperFormat, token_hash
from sos_tracker.records.programme import Programme
from sos_tracker.store import EditionTaken, Store, UnknownEdition, UnknownShareLink
from sos_tracker.store.database import _config, open_engine, writing
from sos_tracker.store.edition_tables import edition, edition_file, share_link

CODE = "CE"
PAT = Actor("Pat", Role.PROJECT_MANAGER, CODE)
NOW = datetime(2018, 5, 1, 9, 30, tzinfo=UTC)
MEETING = date(2018, 5, 10)


@pytest.fixture
def council(any_store: Store) -> Store:
    any_store.add_programme(Programme(code=CODE, name="Signs of Safety", authority="A council"), PAT)
    return any_store


def publish(store: Store, number: int = 1, *, meeting_on: date | None = MEETING, as_at: date = date(2018, 4, 30),
            content: bytes = b"<p>285 people</p>"):  # fmt: skip
    files = (
        PaperFile(PaperFormat.HTML, f"ce-{number}.html", content),
        PaperFile(PaperFormat.HTML, f"ce-{number}-large.html", content * 2),
    )
    new = NewEdition(as_at, meeting_on, '{"figures": [{"code": "T1", "value": 285}]}', files)
    return store.publish_edition(CODE, number, new, PAT, reason="For the committee", now=NOW)


def test_an_edition_is_kept_with_its_files_and_figures(council: Store) -> None:
    published = publish(council)

    assert council.editions(CODE) == (published,)
    assert (published.number, published.state) == (1, EditionState.PUBLISHED)
    assert (published.meeting_on, published.as_at) == (MEETING, date(2018, 4, 30))
    assert (published.published_at, published.published_by, published.reason) == (NOW, "Pat", "For the committee")
    assert [(file.name, file.size) for file in published.files] == [("ce-1.html", 17), ("ce-1-large.html", 34)]
    assert council.edition_file(CODE, 1, "ce-1.html").content == b"<p>285 people</p>"
    assert council.edition_figures(CODE, 1) == {"figures": [{"code": "T1", "value": 285}]}


def test_publishing_stands_in_the_history_with_the_hash_of_the_edition(council: Store) -> None:
    published = publish(council)

    change = council.changes(CODE)[0]
    assert (change.kind, change.key, change.deed, change.actor) == ("edition", "edition 1", Deed.ADDED, "Pat")
    assert change.after is not None
    assert change.after["sha256"] == published.sha256
    assert change.reason == "For the committee"


def test_another_edition_for_the_same_meeting_takes_its_place(council: Store) -> None:
    publish(council, 1)
    publish(council, 2, as_at=date(2018, 5, 2))
    publish(council, 3, as_at=date(2018, 5, 3))

    third, second, first = council.editions(CODE)
    assert (third.state, third.replaced_by) == (EditionState.PUBLISHED, None)
    assert [(one.state, one.replaced_by) for one in (second, first)] == [(EditionState.SUPERSEDED, 3)] * 2
    assert council.edition_file(CODE, 1, "ce-1.html").content == b"<p>285 people</p>"
    assert council.verify() == ()


def test_the_paper_of_the_next_meeting_leaves_the_last_ones_standing(council: Store) -> None:
    publish(council, 1)
    publish(council, 2, meeting_on=date(2018, 7, 12))
    publish(council, 3, meeting_on=None)
    publish(council, 4, meeting_on=None, as_at=date(2018, 5, 31))

    assert {one.state for one in council.editions(CODE)} == {EditionState.PUBLISHED}


def test_of_two_who_publish_at_once_the_second_is_told(council: Store) -> None:
    publish(council, 1)

    with pytest.raises(EditionTaken, match="published by somebody else in the meantime"):
        publish(council, 1)
    assert len(council.editions(CODE)) == 1


def test_an_edition_or_file_that_is_not_there_is_said_to_be_so(council: Store) -> None:
    publish(council)

    with pytest.raises(UnknownEdition):
        council.edition(CODE, 2)
    with pytest.raises(UnknownEdition):
        council.edition_file(CODE, 1, "ce-2.html")
    with pytest.raises(UnknownEdition):
        council.edition_figures(CODE, 7)


REWRITING = {
    "its figures": update(edition).values(figures="{}"),
    "its date": update(edition).values(as_at=date(2018, 5, 9)),
    "its meeting": update(edition).values(meeting_on=None),
    "its date while it is superseded": update(edition).values(state="superseded", as_at=date(2018, 5, 9)),
    "back to a draft": update(edition).values(state="draft"),
    "the edition itself": delete(edition),
    "a file's content": update(edition_file).values(content=b"other"),
    "a file's name": update(edition_file).values(name="other.html"),
    "its files": delete(edition_file),
    "a file added": insert(edition_file).values(programme_id=1, edition_id=1, format="html", name="b.html", content=b"",
                                                sha256="0" * 64),
}  # fmt: skip


@pytest.mark.parametrize("what", REWRITING)
def test_nothing_of_a_published_edition_can_be_rewritten(council: Store, what: str) -> None:
    before = publish(council)

    with pytest.raises(DBAPIError, match="published edition is never altered"), writing(council.engine) as connection:
        connection.execute(REWRITING[what])

    assert council.edition(CODE, 1) == before
    assert council.verify() == ()


def test_a_superseded_edition_stays_superseded(council: Store) -> None:
    publish(council, 1)
    publish(council, 2)

    with pytest.raises(DBAPIError, match="published edition is never altered"), writing(council.engine) as connection:
        connection.execute(update(edition).where(edition.c.number == 1).values(state="published"))


def test_the_tables_of_editions_cannot_be_emptied(postgresql_url: str) -> None:
    store = Store.open(postgresql_url)
    store.add_programme(Programme(code=CODE, name="Signs of Safety", authority="A council"), PAT)
    publish(store)

    for table in ("edition_file", "edition CASCADE"):
        with pytest.raises(DBAPIError, match="never altered"), writing(store.engine) as connection:
            connection.execute(text(f"TRUNCATE {table}"))
    store.close()


def test_a_draft_may_still_be_changed_and_is_not_read(council: Store) -> None:
    with writing(council.engine) as connection:
        values = {"programme_id": 1, "number": 1, "as_at": MEETING, "state": "draft", "published_by": "Pat",
                  "published_at": datetime(2018, 5, 1), "reason": "", "figures": "{}", "sha256": ""}  # fmt: skip
        connection.execute(insert(edition).values(id=1, **values))
        connection.execute(REWRITING["a file added"])
        connection.execute(REWRITING["a file's content"])
        connection.execute(REWRITING["its figures"])

    assert council.editions(CODE) == ()
    with pytest.raises(UnknownEdition):
        council.edition_file(CODE, 1, "b.html")
    with writing(council.engine) as connection:
        connection.execute(delete(edition_file))
        connection.execute(delete(edition))


def without_triggers(store: Store, statement: object) -> None:
    """As somebody with the database's own password could."""
    with writing(store.engine) as connection:
        if store.engine.dialect.name == "postgresql":
            connection.execute(text("SET session_replication_role = replica"))
        else:
            named = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'edition%'"
            for name in connection.scalars(text(named)).all():
                connection.execute(text(f"DROP TRIGGER {name}"))
        connection.execute(statement)  # type: ignore[call-overload]  # any statement
        if store.engine.dialect.name == "postgresql":
            connection.execute(text("SET session_replication_role = origin"))


TAMPERED = {
    "the file ce-1.html is not as it was published": update(edition_file)
    .where(edition_file.c.name == "ce-1.html")
    .values(content=b"<p>300 people</p>"),
    "edition 1 is not as it was published": update(edition).values(figures='{"figures": []}'),
    "a published edition is missing": delete(edition),
}


@pytest.mark.parametrize("said", TAMPERED)
def test_verify_names_an_edition_that_was_tampered_with(council: Store, said: str) -> None:
    publish(council)
    assert council.verify() == ()

    if "missing" in said:
        without_triggers(council, delete(edition_file))
    without_triggers(council, TAMPERED[said])

    assert any(said in problem for problem in council.verify())


def test_verify_sees_a_file_and_its_hash_changed_together(council: Store) -> None:
    publish(council)
    other = PaperFile(PaperFormat.HTML, "ce-1.html", b"<p>300 people</p>")

    without_triggers(
        council,
        update(edition_file)
        .where(edition_file.c.name == other.name)
        .values(content=other.content, sha256=other.sha256),
    )

    assert council.verify() == ("CE: edition 1 is not as it was published.",)


def test_a_share_link_leads_to_its_edition_until_it_expires(council: Store) -> None:
    publish(council)
    link = council.add_share_link(CODE, 1, token_hash("secret"), NOW + timedelta(days=7), PAT, now=NOW)

    found = council.shared(token_hash("secret"), now=NOW + timedelta(days=6))

    assert found == council.edition(CODE, 1)
    assert (link.edition, link.made_by, link.expires_at) == (1, "Pat", NOW + timedelta(days=7))
    assert council.shared(token_hash("secret"), now=NOW + timedelta(days=7)) is None
    assert council.shared(token_hash("another"), now=NOW) is None


def test_a_revoked_link_leads_nowhere_and_stays_on_the_list(council: Store) -> None:
    publish(council)
    link = council.add_share_link(CODE, 1, token_hash("secret"), NOW + timedelta(days=7), PAT, now=NOW)

    council.revoke_share_link(CODE, link.number, Actor("Sam", Role.PROJECT_MANAGER), now=NOW)
    council.revoke_share_link(CODE, link.number, PAT, now=NOW)

    assert council.shared(token_hash("secret"), now=NOW) is None
    (kept,) = council.share_links(CODE)
    assert (kept.revoked_at, kept.revoked_by) == (NOW, "Sam")
    assert [(change.kind, change.deed) for change in council.changes(CODE, limit=2)] == [
        ("share link", Deed.WITHDRAWN),
        ("share link", Deed.ADDED),
    ]


def test_the_secret_of_a_link_is_kept_nowhere(council: Store) -> None:
    publish(council)
    council.add_share_link(CODE, 1, token_hash("a secret token"), NOW + timedelta(days=7), PAT, now=NOW)

    assert "a secret token" not in repr(council.share_links(CODE)) + repr(council.changes(CODE))
    assert token_hash("a secret token") not in repr(council.changes(CODE))


def test_a_link_of_another_programme_cannot_be_revoked(council: Store) -> None:
    council.add_programme(Programme(code="OTHER", name="Signs of Safety", authority="Another"), PAT)
    publish(council)
    link = council.add_share_link(CODE, 1, token_hash("secret"), NOW + timedelta(days=7), PAT, now=NOW)

    with pytest.raises(UnknownShareLink):
        council.revoke_share_link("OTHER", link.number, PAT)
    assert council.shared(token_hash("secret"), now=NOW) is not None


def test_papers_are_closed_until_they_are_opened_and_each_switch_is_in_the_history(council: Store) -> None:
    assert council.programme(CODE).public_papers is False

    council.set_public_papers(CODE, PAT, public=True, reason="The committee asked")
    council.set_public_papers(CODE, PAT, public=True)

    assert council.programme(CODE).public_papers is True
    newest, *rest = council.changes(CODE)
    assert (newest.kind, newest.after, newest.reason) == ("programme", {"public_papers": True}, "The committee asked")
    assert len(rest) == 1
    council.set_public_papers(CODE, PAT, public=False)
    assert council.programme(CODE).public_papers is False


@pytest.fixture
def old_engine(tmp_path: Path) -> Iterator[Engine]:
    """A database of the first version with a programme in it."""
    engine = open_engine(f"sqlite:///{(tmp_path / 'old.db').as_posix()}")
    with writing(engine) as connection:
        upgrade(_config(connection), "0001")
        connection.execute(
            text(
                "INSERT INTO programme (code, name, authority, trained_levels, notice, revision, change_number,"
                " change_hash) VALUES ('OLD', 'Signs of Safety', 'A council', '[\"advanced\"]', '', 0, 0, '')"
            )
        )
    yield engine
    engine.dispose()


def test_a_programme_of_an_older_database_is_closed_after_the_upgrade(old_engine: Engine) -> None:
    store = Store(old_engine)

    store.migrate()

    assert store.programme("OLD").public_papers is False
    assert store.editions("OLD") == ()


def test_two_links_never_share_a_secret(council: Store) -> None:
    publish(council)
    council.add_share_link(CODE, 1, token_hash("secret"), NOW + timedelta(days=7), PAT, now=NOW)

    with pytest.raises(IntegrityError):
        council.add_share_link(CODE, 1, token_hash("secret"), NOW + timedelta(days=7), PAT, now=NOW)
    with writing(council.engine) as connection:
        assert len(connection.execute(share_link.select()).all()) == 1
