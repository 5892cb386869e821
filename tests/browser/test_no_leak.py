"""No leak: a member's session is driven everywhere it can be, and all that the server sends is searched.

What is planted (``tests/planted.py``) is looked for three ways: the name and the e-mail address in every byte; the
numbers that would tell of 3 by subtraction as numbers, wherever they stand; and 3 itself where it is a count: alone in
a table's cell or a drawing's label, beside a word for people, or as a number of JSON or of a table of Arrow. Where a
figure stands in a drawing is read off to three signs at most, so attributes that place things are left out. And every
two numbers of people that the member is told, on any two days, are 0 or at least 5 apart.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from html import unescape
from itertools import combinations, islice
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser
from streamlit.proto.BackMsg_pb2 import BackMsg

from sos_tracker.measures.disclosure import FEWEST
from sos_tracker.records.access import Access, Role
from sos_tracker.records.people import PersonKeyer
from sos_tracker.store import Store
from sos_tracker.ui.menu import MENU, SIGN_IN
from sos_tracker.web import routes
from tests.browser.signed_in import CLIENT_SECRET, cookies_of, signing_in_app
from tests.browser.test_sign_in import COOKIE, COOKIE_SECRET
from tests.browser.visit import Visit
from tests.browser.wire import Heard, asked, file_asked, listen, page_asked, said
from tests.conftest import PERSON_KEY
from tests.planted import ADDRESS, AS_AT, BESIDE, CODE, HIDDEN, MANAGER, NAME, SMALL_AGENCY, Planted, plant

MEMBER, DIRECTOR = "member@members.example.org", "director@members.example.org"
ADDRESSES = ("", SIGN_IN.stem, *(page.address for page in MENU))
_AGO = (-30, 0, 1, 16, 31, 43, 44, 45, 107, 108, 109, 120, 121, 135, 136, 137, 151, 169, 170, 171, 197, 198, 199, 4000)
DAYS = tuple(AS_AT - timedelta(days=days) for days in _AGO)
"""The day members see first, days about each on which somebody was trained, ends of months, and days long past."""

ASKED: tuple[Mapping[str, str], ...] = (
    {"role": "administrator"}, {"role": "director"}, {"role": "project manager"}, {"programme": BESIDE},
    {"programme": "NONE"}, {"agency": SMALL_AGENCY}, {"agency": "Care", "level": "introduction"},
    {"level": "introduction"}, {"from": "2018-04"}, {"month": "2017-12"}, {"rows": "walk-ins"}, {"rows": "no-shows"},
    {"rows": "staff", "team": "Care"}, {"line": "L1"}, {"email": DIRECTOR}, {"actor": "administrator"},
    {"embed": "true", "embed_options": "show_toolbar"}, {"as_at": "not a day"}, {"as_at": "2018-05-31' OR '1'='1"},
)  # fmt: skip
"""Whatever a page takes, and what somebody might try, in the address."""


@dataclass(frozen=True)
class Council:
    address: str
    planted: Planted
    log: Path


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory, keyer: PersonKeyer) -> Iterator[Council]:
    folder = tmp_path_factory.mktemp("planted")
    database = f"sqlite:///{(folder / 'tracker.db').as_posix()}"
    store = Store.open(database)
    store.migrate()
    planted = plant(store, keyer)
    for email, role in ((MEMBER, Role.MEMBER), (DIRECTOR, Role.PROJECT_MANAGER)):
        store.give_access(CODE, Access(email=email, role=role), MANAGER)
    store.close()
    with signing_in_app(database, folder) as address:
        yield Council(address, planted, folder / "app.log")


@dataclass(frozen=True)
class Offered:
    """What a project manager's page, still open, offers to take away: the names of files to be made, and the addresses
    of those made already."""

    names: tuple[str, ...]
    files: tuple[str, ...]


@pytest.fixture
def offered(council: Council) -> Iterator[Offered]:
    sent: list[bytes] = []

    def clicks() -> Iterator[BackMsg]:
        yield page_asked("overview", as_at="2018-05-31")
        for name in said(sent, "deferred_file_id"):
            yield file_asked(name, said(sent, "session_id")[0])

    page = asked(council.address, cookies_of(DIRECTOR, council.address), clicks())
    sent += next(page)[1]
    names = said(sent, "deferred_file_id")
    for _, frames in islice(page, len(names)):
        sent += frames
    yield Offered(tuple(names), tuple(url for url in said(sent, "url") if url.startswith("/media/")))
    page.close()


# What the search is worth


def test_the_search_finds_each_planted_thing_where_a_project_manager_is_told_it(council: Council) -> None:
    heard = Heard()
    for page in ("training", "budget", "milestones", "import_files", "publication"):
        for rows in ("walk-ins", "trained"):
            _ask(council, DIRECTOR, heard, page_asked(page, as_at="2018-05-31", rows=rows))

    found = " ".join(leaks(heard))
    assert [word for word in ("owner", "comment", "supplier", "narrative", "file", "actor")
            if f"{NAME} {word}".lower() not in found] == []  # fmt: skip
    assert [number for number in (2397, 2744) if f"the number {number}" not in found] == []
    assert "a count of 3" in found
    assert any(FEWEST > abs(one - other) > 0 for one, other in combinations(people_told(heard), 2))


# The member


def test_a_member_is_told_nothing_planted_in_the_browser(browser: Browser, council: Council) -> None:
    heard = Heard()
    seen = Visit(browser, council.address, theme="light", width=1280)
    bodies: dict[str, bytes] = {}
    listen(seen.page, heard)
    _sign_in(seen, council)
    buttons: list[str] = []
    try:
        for page in ADDRESSES:
            seen.open(page, {"programme": CODE})
            buttons += seen.page.get_by_test_id("stDownloadButton").all_inner_texts()
            bodies[f"page {page}"] = seen.page.content().encode()
        for day in ("2018-01-31", "2018-02-28", "2017-11-30"):
            seen.open("progress_summary", {"as_at": day})
            bodies[f"summary of {day}"] = seen.page.content().encode()
        linked = _linked(seen)
    finally:
        seen.close()
    for path in linked:
        bodies[path] = _got(council, MEMBER, path).content
    for where, content in bodies.items():
        heard.add_file(where, content)

    assert buttons == []  # a download added to a member's page is to be pressed here, and its file searched
    assert any(path.startswith("/papers/") for path in linked)
    assert leaks(heard) == []
    assert close_to_each_other(heard) == []


def test_a_member_is_told_nothing_planted_whatever_the_address_asks(council: Council) -> None:
    heard = Heard()
    queries = [*({"as_at": day.isoformat()} for day in DAYS), *ASKED]
    pages = [page_asked("progress_summary", **query) for query in queries]
    pages += [page_asked(page, **query) for page in ADDRESSES for query in ASKED[:4]]
    pages += [page_asked(page, by_hash=True, as_at="2018-05-31") for page in ADDRESSES]
    _ask(council, MEMBER, heard, *pages)

    seen = {
        day: any("2,700" in text for text in heard.texts[str(page)]) for day, page in zip(DAYS, pages, strict=False)
    }
    assert [day for day, newest in seen.items() if not newest] == [date(2018, 1, 31), date(2017, 12, 31)]
    assert leaks(heard) == []
    assert close_to_each_other(heard) == []


def test_a_member_is_told_nothing_planted_by_a_message_no_page_sends(council: Council, offered: Offered) -> None:
    heard = Heard()
    odd = [BackMsg(load_git_info=True), BackMsg(clear_cache=True), BackMsg(set_run_on_save=True)]
    odd += [file_asked(name, "another session's") for name in (*offered.names, "0" * 32)]
    widgets = page_asked("progress_summary")
    for name in ("role", "as_at", "programme", "rows", "check", "publish", "csv figures"):
        state = widgets.rerun_script.widget_states.widgets.add()
        state.id = f"$$ID-{'0' * 32}-{name}"
        state.string_value = "administrator"
    _ask(council, MEMBER, heard, *odd, widgets, page_asked("progress_summary"))

    assert offered.names
    assert leaks(heard) == []


def test_a_member_is_told_nothing_planted_by_any_plain_route(council: Council, offered: Offered) -> None:
    """A file that was made for a director is there for a moment, under an address that somebody might pass on."""
    heard = Heard()
    statuses = {email: [_got(council, email, path).status_code for path in offered.files] for email in ("", MEMBER)}
    shared = f"/shared/{council.planted.token}"
    for path in [*_plain_paths(council), *offered.files, shared, "/_stcore/host-config", "/_stcore/health", "/docs",
                 "/openapi.json", "/_stcore/metrics", "/media/", "/component/", "/app/static/tracker.db"]:  # fmt: skip
        for query in ("", "?role=administrator", "?as_at=2017-11-30", f"?programme={BESIDE}"):
            heard.add_file(f"{path}{query}", _got(council, MEMBER, path + query).content)

    assert statuses == {"": [403, 403], MEMBER: [403, 403]}
    assert _got(council, MEMBER, shared).status_code == 200
    assert leaks(heard) == []
    assert close_to_each_other(heard) == []


def test_whoever_is_not_signed_in_is_told_what_was_shared_and_nothing_else(council: Council, offered: Offered) -> None:
    heard = Heard()
    _ask(council, "", heard, *(page_asked(page, programme=CODE, role="administrator") for page in ADDRESSES))
    for path in [*_plain_paths(council), *offered.files]:
        heard.add_file(path, _got(council, "", path).content)

    assert leaks(heard) == []
    assert [where for where, text in heard if "Harbour Council" in text] == []
    assert b"Harbour Council" in _got(council, "", f"/shared/{council.planted.token}").content


def test_no_secret_and_nobody_is_in_the_log(council: Council, offered: Offered) -> None:
    heard = Heard()
    pages = [page_asked(page, as_at="2018-05-31", who=ADDRESS) for page in ADDRESSES]
    plain = [*offered.files, f"/shared/{council.planted.token}", f"/plain/{CODE}", f"/{ADDRESS}", "/auth/login"]
    for email in (MEMBER, DIRECTOR, "stranger@members.example.org", ""):
        _ask(council, email, heard, *pages, file_asked(offered.names[0], "another session's"))
        for path in plain:
            _got(council, email, f"{path}?who={ADDRESS}")

    written = council.log.read_text("utf-8").lower()

    secrets = {
        "client secret": CLIENT_SECRET, "cookie secret": COOKIE_SECRET, "person key": PERSON_KEY, "name": NAME,
        "e-mail": "example.", "token": council.planted.token, "cookie": COOKIE, "signature": "2|1:0",
        "file": offered.files[0],
    }  # fmt: skip
    assert '"path":"/shared/…"' in written
    assert [name for name, secret in secrets.items() if secret.lower() in written] == []


# Looking


def leaks(heard: Heard) -> list[str]:
    """Each planted thing that was sent, and where."""
    found = [f"{where}: {sort}" for where, text in heard for sort in _in_text(text)]
    for where, numbers in heard.numbers.items():
        found += [f"{where}: the number {int(one)} in {path}" for path, one in numbers if one in HIDDEN]
        found += [f"{where}: a count of 3 in {path}" for path, one in numbers if one == 3 and not _FORM.search(path)]
    return list(dict.fromkeys(found))


_FORM = re.compile(r"\.(heading|level|position|width|gap|decimals|step|hash|delta_path|index|column|weight)$")
"""Fields of a message and of JSON that say how something is shown, and never how much there is of it."""

_PLACING = re.compile(
    r"\s(?:d|points|x|y|x1|x2|y1|y2|cx|cy|r|dx|dy|width|height|viewBox|transform|style|class|stroke-width|id|"
    r"stroke-dasharray|font-size|font-weight|tabindex|colspan|data-[a-z-]+)=(\"[^\"]*\"|'[^']*'|\\\"[^\"]*\\\")"
)
_STYLES = re.compile(r"<style.*?</style>", re.DOTALL)
_HIDDEN = re.compile(rf"(?<![\w.,£#%-])({'|'.join(f'{n // 1000},?{n % 1000:03d}' for n in HIDDEN)})(?![\w%-]|[.,]\d)")
_ALONE = re.compile(r">\s*(?:3|three)\s*<", re.IGNORECASE)
_BESIDE_PEOPLE = re.compile(
    r"(?<![\d.,£:/–-])\b(?:3|three) (?:more |other )?(?:of (?:them|these|whom)|people|persons?|staff|attendances?|"
    r"places|walk-ins?|no-shows?|leads?|leavers?|did not|cancelled|came|were|was|have|are|who|untrained)",
    re.IGNORECASE,
)


@cache
def _in_text(text: str) -> tuple[str, ...]:
    """What of the planted is in one text."""
    low = text.lower()
    found = [low[max(at.start() - 20, 0) : at.end() + 20] for at in re.finditer(NAME.lower(), low)]
    plain = _PLACING.sub("", _STYLES.sub("", unescape(text)))
    found += [f"the number {one.replace(',', '')}" for one in _HIDDEN.findall(plain)]
    counts = (at for pattern in (_ALONE, _BESIDE_PEOPLE) for at in pattern.finditer(plain))
    found += [f"a count of 3: {plain[max(at.start() - 60, 0) : at.end() + 30]}" for at in counts]
    return tuple(found)


_ROW = re.compile(r"<tr>.*?</tr>", re.DOTALL)
_CELL = re.compile(r"<t[dh][^>]*>(.*?)</t[dh]>", re.DOTALL)
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+|\d+")
_OF_PEOPLE = re.compile(r"^T\d")
_A_MONTH = re.compile(r"^[A-Z][a-z]+ 20\d\d")


def people_told(heard: Heard) -> set[int]:
    """Every number of people in the tables: of figures how many and of how many, of a chart how many each month."""
    found: set[int] = set()
    for _, text in heard:
        for row in _ROW.findall(unescape(text)):
            cells = [re.sub(r"<[^>]*>", "", cell).strip() for cell in _CELL.findall(row)]
            if any(_OF_PEOPLE.match(cell) for cell in cells[:2]):
                found |= _counts(cells[2:4])
            elif cells and _A_MONTH.match(cells[0]) and "£" not in row:
                found |= _counts(cells[1:2])
    return found


def _counts(cells: list[str]) -> set[int]:
    return {int(one.replace(",", "")) for cell in cells if _NUMBER.fullmatch(cell) for one in [cell]}


def close_to_each_other(heard: Heard) -> list[tuple[int, int]]:
    """Numbers of people that lie 1 to 4 apart."""
    told = sorted(people_told(heard))
    assert len(told) > 3, "no numbers were found to compare"
    return [(one, other) for one, other in combinations(told, 2) if 0 < other - one < FEWEST]


# Driving


def _ask(council: Council, email: str, heard: Heard, *messages: BackMsg) -> None:
    cookies = cookies_of(email, council.address) if email else {}
    for message, frames in asked(council.address, cookies, messages):
        for frame in frames:
            heard.add_message(str(message), frame)


def _got(council: Council, email: str, path: str) -> httpx.Response:
    return _client(council.address, email).get(path, headers={"accept": "text/html"})


@cache
def _client(address: str, email: str) -> httpx.Client:
    cookies = cookies_of(email, address) if email else {}
    return httpx.Client(base_url=address, cookies=cookies, follow_redirects=True)


def _sign_in(seen: Visit, council: Council) -> None:
    cookies = [
        {"name": name, "value": value, "url": council.address}
        for name, value in cookies_of(MEMBER, council.address).items()
    ]
    seen.context.add_cookies(cookies)  # type: ignore[arg-type]  # playwright has a type of its own for a cookie


def _linked(seen: Visit) -> list[str]:
    """The plain addresses the member's pages lead to."""
    found = []
    for page in ("progress_summary", "published_papers"):
        seen.open(page, {"programme": CODE})
        found += seen.page.eval_on_selector_all("a[href]", "links => links.map(link => link.getAttribute('href'))")
    return sorted({href for href in found if href.startswith("/")})


def _plain_paths(council: Council) -> list[str]:
    """Every plain route, with whatever its address may name: this programme and the next, editions there and not."""
    found = [route.path for route in routes.ROUTES]
    edition_file = _edition_file(council)
    fills = {"{code}": (CODE, CODE.lower(), BESIDE, "NONE"), "{number}": ("1", "2", "01"), "{token}": ("none",),
             "{name}": (edition_file, "tracker.db")}  # fmt: skip
    for place, values in fills.items():
        found = [path.replace(place, value) for path in found for value in (values if place in path else ("",))]
    assert not [path for path in found if "{" in path], "a route names something this test does not know"
    return found


def _edition_file(council: Council) -> str:
    store = Store.open(f"sqlite:///{(council.log.parent / 'tracker.db').as_posix()}")
    try:
        return store.edition(CODE, council.planted.edition).files[0].name
    finally:
        store.close()
