"""Papers as plain answers: each role at each route in each state of the papers, and nothing said of what is closed."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest

from sos_tracker.records.access import Actor, Role
from sos_tracker.records.editions import NewEdition, PaperFile, PaperFormat, token_hash
from sos_tracker.records.programme import Programme
from sos_tracker.store import Store
from tests.web.conftest import ADDRESS, CODE, OTHER, PEOPLE, PROVIDER, Shell, cookie_of

MANAGER = Actor("Pat Planted (pat.planted@council.gov.uk)", Role.PROJECT_MANAGER, CODE)
MEETING = date(2018, 5, 10)
TOKEN = "a token that only who was told it knows"
SOMEBODY = [None, "stranger", *PEOPLE]
OF_THE_EDITION = [f"/papers/{CODE}", f"/papers/{CODE}/1", f"/papers/{CODE}/1/paper-1.html"]

As = Callable[[str | None], "Reader"]


class Reader:
    """Somebody, signed in or not, at the plain routes."""

    def __init__(self, client: object) -> None:
        self.client = client

    def get(self, path: str, **headers: str):  # type: ignore[no-untyped-def]  # the test client's own answer
        return self.client.get(path, headers=headers)  # type: ignore[attr-defined]  # as above


def content(number: int) -> bytes:
    return f"<!DOCTYPE html><html><title>Edition {number}</title><p>285 people, edition {number}</p></html>".encode()


def publish(store: Store, number: int = 1, code: str = CODE) -> None:
    file = PaperFile(PaperFormat.HTML, f"paper-{number}.html", content(number))
    new = NewEdition(date(2018, 4, 30), MEETING, "{}", (file,))
    store.publish_edition(code, number, new, MANAGER, now=datetime(2018, 5, 1, 12, tzinfo=UTC))


@pytest.fixture
def as_(around: Shell, database: Store) -> As:
    """The plain routes as somebody asks them: ``as_("member")``; None is nobody."""
    publish(database)
    publish(database, code=OTHER)

    def reader(person: str | None) -> Reader:
        client = around(at=ADDRESS, **PROVIDER)
        client.cookies.update(cookie_of(person) if person else {})
        return Reader(client)

    return reader


@pytest.mark.parametrize("person", SOMEBODY)
@pytest.mark.parametrize("path", OF_THE_EDITION)
def test_closed_papers_are_for_people_of_the_programme_alone(as_: As, person: str | None, path: str) -> None:
    assert as_(person).get(path).status_code == (200 if person in PEOPLE else 404)


@pytest.mark.parametrize("person", SOMEBODY)
@pytest.mark.parametrize("path", OF_THE_EDITION)
def test_open_papers_are_for_everybody(as_: As, database: Store, person: str | None, path: str) -> None:
    database.set_public_papers(CODE, MANAGER, public=True)

    answer = as_(person).get(path)

    assert answer.status_code == 200
    assert "x-robots-tag" not in answer.headers


@pytest.mark.parametrize("person", SOMEBODY)
def test_papers_closed_again_are_closed_at_the_next_request(as_: As, database: Store, person: str | None) -> None:
    database.set_public_papers(CODE, MANAGER, public=True)
    reader = as_(person)
    assert reader.get(f"/papers/{CODE}/1").status_code == 200

    database.set_public_papers(CODE, MANAGER, public=False)

    assert reader.get(f"/papers/{CODE}/1").status_code == (200 if person in PEOPLE else 404)


def test_opening_one_programme_opens_no_other(as_: As, database: Store) -> None:
    database.set_public_papers(CODE, MANAGER, public=True)

    assert as_(None).get(f"/papers/{OTHER}").status_code == 404
    assert as_("member").get(f"/papers/{OTHER}/1").status_code == 404
    assert as_(None).get("/papers").text.count("/papers/") == 1


def test_what_is_closed_is_answered_as_what_is_not_there(as_: As) -> None:
    nothing = as_(None).get("/papers/NONE/1")

    for path in (*OF_THE_EDITION, f"/papers/{CODE}/7", "/shared/none"):
        closed = as_(None).get(path)
        assert (closed.status_code, closed.content) == (nothing.status_code, nothing.content) == (404, nothing.content)
        assert set(closed.headers) == set(nothing.headers)


def test_the_list_of_programmes_names_those_that_publish_openly(as_: As, database: Store) -> None:
    assert "No papers are published openly here." in as_("manager").get("/papers").text

    database.set_public_papers(CODE, MANAGER, public=True)

    assert f'href="/papers/{CODE}"' in as_(None).get("/papers").text


def test_an_edition_leaves_as_it_was_frozen(as_: As) -> None:
    for path in OF_THE_EDITION[1:]:
        answer = as_("member").get(path)
        assert answer.content == content(1)
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert answer.headers["x-robots-tag"] == "noindex, nofollow"


def test_a_code_in_small_letters_leads_to_the_same_papers(as_: As) -> None:
    assert as_("member").get(f"/papers/{CODE.lower()}/1").content == content(1)


@pytest.mark.parametrize(
    "number", ["2", "0", "-1", "1.0", "one", "9" * 30, "%F0%9F%98%80", "\u00b9", "1%00", "%2e%2e", "'--"]
)
def test_a_number_that_is_no_edition_is_not_there(as_: As, number: str) -> None:
    assert as_("member").get(f"/papers/{CODE}/{number}").status_code in (400, 404)


@pytest.mark.parametrize(
    "name", ["paper-2.html", "..%2f..%2fetc%2fpasswd", "%2e%2e", "paper-1.html%00", "PAPER-1.HTML"]
)
def test_a_file_the_edition_has_not_is_not_there(as_: As, name: str) -> None:
    assert as_("member").get(f"/papers/{CODE}/1/{name}").status_code in (400, 404)


def test_a_replaced_edition_says_so_and_stays_as_it_was(as_: As, database: Store) -> None:
    publish(database, 2)
    reader = as_("member")

    notice = reader.get(f"/papers/{CODE}/1")

    assert "Edition 1 has been replaced" in notice.text
    assert f'href="/papers/{CODE}/2"' in notice.text
    assert reader.get(f"/papers/{CODE}/1/paper-1.html").content == content(1)
    assert reader.get(f"/papers/{CODE}/2").content == content(2)
    assert "replaced by edition 2" in reader.get(f"/papers/{CODE}").text
    assert as_(None).get(f"/papers/{CODE}/1").status_code == 404


@pytest.fixture
def link(as_: As, database: Store) -> int:
    until = datetime.now(UTC) + timedelta(days=7)
    return database.add_share_link(CODE, 1, token_hash(TOKEN), until, MANAGER).number


@pytest.mark.usefixtures("link")
@pytest.mark.parametrize("person", SOMEBODY)
def test_a_shared_edition_is_for_whoever_has_its_address(as_: As, person: str | None) -> None:
    answer = as_(person).get(f"/shared/{TOKEN}")

    assert answer.content == content(1)
    assert as_(person).get(f"/shared/{TOKEN}/paper-1.html").content == content(1)
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-robots-tag"] == "noindex, nofollow"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "script" not in answer.headers["content-security-policy"]


@pytest.mark.usefixtures("link")
def test_a_link_shows_its_edition_and_no_other_door(as_: As, database: Store) -> None:
    publish(database, 2)
    reader = as_(None)

    assert reader.get(f"/shared/{TOKEN}/paper-2.html").status_code == 404
    assert reader.get(f"/papers/{CODE}/1").status_code == 404
    notice = reader.get(f"/shared/{TOKEN}")
    assert "Edition 1 has been replaced" in notice.text
    assert "Ask for edition 2." in notice.text
    assert reader.get(f"/shared/{TOKEN}/paper-1.html").content == content(1)


@pytest.mark.parametrize("person", SOMEBODY)
def test_a_revoked_link_leads_nowhere_whoever_asks(as_: As, database: Store, link: int, person: str | None) -> None:
    reader = as_(person)
    assert reader.get(f"/shared/{TOKEN}").status_code == 200

    database.revoke_share_link(CODE, link, MANAGER)

    assert reader.get(f"/shared/{TOKEN}").status_code == 404
    assert reader.get(f"/shared/{TOKEN}/paper-1.html").status_code == 404


def test_an_expired_link_leads_nowhere(as_: As, database: Store) -> None:
    before = datetime.now(UTC) - timedelta(days=8)
    database.add_share_link(CODE, 1, token_hash("old"), before + timedelta(days=7), MANAGER, now=before)

    assert as_(None).get("/shared/old").status_code == 404
    assert as_("manager").get("/shared/old/paper-1.html").status_code == 404


@pytest.mark.usefixtures("link")
@pytest.mark.parametrize("token", [token_hash(TOKEN), TOKEN.upper(), f"{TOKEN}x", "x" * 5000, "%ff", "%00", "'--"])
def test_what_is_not_the_secret_leads_nowhere(as_: As, token: str) -> None:
    assert as_("manager").get(f"/shared/{token}").status_code in (400, 404)


@pytest.mark.parametrize(
    ("person", "everywhere", "here", "there"),
    [(None, 403, 403, 403), ("stranger", 403, 404, 404), *((each, 303, 200, 404) for each in PEOPLE)],
)
def test_the_plain_summary_is_for_people_of_the_programme(
    as_: As, person: str | None, everywhere: int, here: int, there: int
) -> None:
    reader = as_(person)

    statuses = [reader.get(path).status_code for path in ("/plain", f"/plain/{CODE}", f"/plain/{OTHER}")]

    assert statuses == [everywhere, here, there]


def test_no_answer_names_who_published(as_: As, database: Store) -> None:
    publish(database, 2)
    database.set_public_papers(CODE, MANAGER, public=True)

    paths = ("/papers", *OF_THE_EDITION, f"/papers/{CODE}/2", f"/plain/{CODE}")
    assert not [path for path in paths if "lanted" in as_("member").get(path).text]


def test_hostile_names_stand_as_text_on_every_page(as_: As, database: Store) -> None:
    hostile = "<script>alert('x')</script>\"&"
    programme = Programme(code="BAD", name=hostile, authority=hostile, notice=hostile)
    database.add_programme(programme, MANAGER)
    publish(database, 1, "BAD")
    publish(database, 2, "BAD")
    database.set_public_papers("BAD", MANAGER, public=True)

    for path in ("/papers", "/papers/BAD", "/papers/BAD/1"):
        text = as_(None).get(path).text
        assert "<script" not in text
        assert hostile in unescape(text)


def test_on_this_computer_a_member_reads_the_papers(around: Shell, database: Store) -> None:
    publish(database)

    assert around().get(f"/papers/{CODE}/1?role=member").content == content(1)


def test_only_reading_is_answered(as_: As) -> None:
    client = as_("manager").client

    for path in ("/papers", *OF_THE_EDITION, "/shared/x", f"/plain/{CODE}"):
        assert client.post(path).status_code in (403, 404, 405)  # type: ignore[attr-defined]  # the test client
