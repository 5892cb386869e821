"""Who may see what, through the real menu: every role at every page, and everybody else at none."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sos_tracker.actions import sign_in
from sos_tracker.records.access import Access, Actor, NotAllowed, Permission, Role
from sos_tracker.records.programme import Programme
from sos_tracker.settings import settings
from sos_tracker.store import Store
from sos_tracker.ui import menu, session
from tests.conftest import CODE
from tests.pages.reader import faults, words
from tests.pages.signing_in import alone, asked_for, by_provider, came, claims, nobody

FILES = sorted(menu.SIGN_IN.parents[1].glob("**/*.py"))
PAGES = [file for file in FILES if file != menu.SIGN_IN]
ADMINISTRATOR = Actor("Whoever set it up", Role.ADMINISTRATOR, CODE)
JANE = "jane.smith@example.gov.uk"

pytestmark = pytest.mark.usefixtures("signed_in_by_provider")


@pytest.fixture
def signed_in_by_provider(monkeypatch: pytest.MonkeyPatch) -> None:
    by_provider(monkeypatch)


@pytest.fixture
def council(example: Store) -> Store:
    """The example programme, with an administrator who stays and another council's programme beside it."""
    example.give_access(CODE, Access(email="stays@example.gov.uk", role=Role.ADMINISTRATOR), ADMINISTRATOR)
    example.add_programme(Programme(code="SECOND", name="Signs of Safety", authority="Second Council"), ADMINISTRATOR)
    return example


def give(store: Store, role: Role, code: str = CODE) -> None:
    store.give_access(code, Access(email=JANE, role=role), ADMINISTRATOR)


def decision_on(file: Path) -> Permission:
    """What one must be allowed to open this page. A page without an entry in the menu has no decision: it fails."""
    (found,) = (page.permission for page in menu.MENU if page.file.resolve() == file.resolve())
    return found


@pytest.mark.parametrize("file", PAGES, ids=lambda file: file.stem)
@pytest.mark.parametrize("role", Role)
def test_a_role_opens_the_pages_it_may_and_no_other(council: Store, role: Role, file: Path) -> None:
    give(council, role)

    if Actor(JANE, role).may(decision_on(file)):
        page = came(claims(JANE), file.stem)
        assert faults(page) == []
        assert "Cheshire East Council" in words(page)
    else:
        with pytest.raises(ValueError, match="Could not find a navigation page"):
            came(claims(JANE), file.stem)
        theirs = words(came(claims(JANE)))
        assert words(asked_for(claims(JANE), file.stem)) == theirs  # as if its address were nothing


@pytest.mark.parametrize("file", PAGES, ids=lambda file: file.stem)
@pytest.mark.parametrize("role", [None, *Role])
def test_a_page_file_run_alone_makes_the_same_decision(council: Store, role: Role | None, file: Path) -> None:
    if role:
        give(council, role)

    page = alone(file, claims(JANE), role="administrator")

    may = role is not None and Actor(JANE, role).may(decision_on(file))
    assert [title.value for title in page.title] == ([] if may else ["You cannot open this page"])
    assert bool(page.get("html")) is may


@pytest.mark.parametrize("file", PAGES, ids=lambda file: file.stem)
@pytest.mark.usefixtures("council")
def test_a_page_file_run_alone_gives_nothing_to_whoever_is_not_signed_in(file: Path) -> None:
    """Neither the address nor anything a session remembers says who somebody is."""
    visit = session.Visit(ADMINISTRATOR, None, ())
    remembered: dict[str, object] = {"visit": visit, "here": visit, "_here": visit, "user": claims(JANE)}

    page = alone(file, nobody(), remembered, role="administrator", programme=CODE, email=JANE)

    assert [title.value for title in page.title] == ["You cannot open this page"]
    assert not page.get("html")
    assert not page.get("download_button")


@pytest.mark.parametrize("address", ["", *(page.address for page in menu.MENU)])
@pytest.mark.usefixtures("council")
def test_whoever_is_not_signed_in_finds_the_sign_in_page_at_every_address(address: str) -> None:
    page = asked_for(nobody(), address, role="administrator")

    assert faults(page) == []
    said = words(page)
    assert said.startswith("<h1>Sign in to SoS Tracker</h1>")
    assert "Cheshire East" not in said
    assert [button.label for button in page.button] == ["Sign in with Example Council"]
    assert not page.sidebar.children


@pytest.mark.usefixtures("council")
def test_streamlits_own_idea_of_a_user_is_no_sign_in() -> None:
    assert "Sign in to SoS Tracker" in words(came({"email": "stays@example.gov.uk"}))


def test_a_role_in_the_address_is_nobodys(council: Store) -> None:
    give(council, Role.MEMBER)

    page = came(claims(JANE), role="administrator")

    assert "What is going well" in words(page)
    assert not [box for box in page.selectbox if box.key == "role"]


def test_the_sidebar_says_who_is_signed_in_and_as_what(council: Store) -> None:
    give(council, Role.DIRECTOR)

    said = words(came(claims(JANE, name="Jane <b>Smith</b>")))

    assert f"Signed in as Jane &lt;b&gt;Smith&lt;/b&gt; ({JANE})" in said
    assert "Role: Director" in said


def test_only_programmes_one_has_a_role_in_are_offered(council: Store) -> None:
    give(council, Role.DIRECTOR)

    page = came(claims(JANE), "overview", programme="SECOND")

    assert "Second Council" not in words(page)
    assert not [box for box in page.selectbox if box.key == "programme"]


def test_a_role_is_of_one_programme_and_not_of_the_next(council: Store) -> None:
    give(council, Role.DIRECTOR)
    give(council, Role.MEMBER, "SECOND")

    with pytest.raises(ValueError, match="Could not find a navigation page"):
        came(claims(JANE), "overview", programme="SECOND")


def test_whoever_has_no_role_is_told_whom_to_ask(council: Store) -> None:
    (warning,) = came(claims("stranger@example.gov.uk")).warning

    assert "nobody has given this address access yet" in warning.value
    assert "Ask whoever looks after SoS Tracker" in warning.value


def test_access_taken_away_is_gone_at_the_next_run(council: Store) -> None:
    give(council, Role.DIRECTOR)
    page = came(claims(JANE), "training")

    council.remove_access(CODE, JANE, ADMINISTRATOR)
    page.run()

    assert "Sign in to SoS Tracker" in words(page)
    assert "Cheshire East" not in words(page)


def test_a_lesser_role_holds_at_the_next_click(council: Store) -> None:
    give(council, Role.PROJECT_MANAGER)
    page = came(claims(JANE), "import_files")

    give(council, Role.MEMBER)
    page.button(key="check").click().run()

    assert not page.file_uploader
    assert "No file has been chosen" not in words(page)


def test_a_file_offered_before_is_refused_once_access_is_taken_away(council: Store) -> None:
    give(council, Role.DIRECTOR)
    identity = sign_in.identity_of(claims(JANE), settings().sign_in_rules, datetime.now(UTC))
    visit = session._visit_of(identity)
    assert isinstance(visit, session.Visit)
    assert session.recheck(Permission.READ_PROGRESS, visit).role is Role.DIRECTOR

    give(council, Role.MEMBER)
    with pytest.raises(NotAllowed, match="may not read progress"):
        session.recheck(Permission.READ_PROGRESS, visit)

    council.remove_access(CODE, JANE, ADMINISTRATOR)
    with pytest.raises(NotAllowed, match="has no access"):
        session.recheck(Permission.READ_SUMMARY, visit)


def test_whoever_was_away_too_long_is_told_and_must_sign_in_again(council: Store) -> None:
    give(council, Role.DIRECTOR)
    hours = timedelta(hours=2)
    before = claims(JANE, ago=hours)
    then = datetime.now(UTC) - hours
    sign_in.arrive(council, sign_in.identity_of(before, settings().sign_in_rules, then), settings().sign_in_rules, then)

    page = asked_for(before, "training")

    assert "signed out because some time has passed" in page.warning[0].value
    assert "Cheshire East" not in words(page)


def test_a_sign_in_made_for_another_service_is_refused(council: Store) -> None:
    give(council, Role.DIRECTOR)

    page = came(claims(JANE, aud="another-service"))

    assert "made for another service" in page.warning[0].value


def test_signing_out_ends_the_sign_in_for_every_copy_of_its_cookie(council: Store) -> None:
    give(council, Role.DIRECTOR)
    cookie = claims(JANE)
    page = came(cookie)

    page.button(key="sign out").click().run()
    assert "Sign in to SoS Tracker" in words(page)
    assert not page.user.get("is_logged_in")

    again = came(cookie)
    assert "Sign in to SoS Tracker" in words(again)
    assert "You are signed out" in again.warning[0].value
