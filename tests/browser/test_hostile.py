"""Hostile input: an attack in every field and file name is seen as text on every page and in every file; what is asked
at odd addresses, too much of or too often is refused, and the server stays there for everybody else."""

import csv
import http.client
import io
import re
import socket
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.sync_api import Browser, expect

from sos_tracker.records.access import Access, Role
from sos_tracker.records.people import PersonKeyer
from sos_tracker.store import Store
from sos_tracker.ui.menu import MENU, MenuPage
from sos_tracker.web import routes
from tests.browser.signed_in import cookies_of, signing_in_app
from tests.browser.visit import Visit
from tests.hostile import ACTOR, CODE, EVALUATED, FILE_NAMES, SORTS, plant, register

SOMEBODY = "administrator@example.gov.uk"
NAMED = f"Jo {SORTS['script']} {SORTS['handler']}"
ROWS = {"training": ("attendances", "staff", "sessions"), "budget": ("ledger", "lines")}

_CANARY = """() => {
  window.violations = [];
  document.addEventListener('securitypolicyviolation', e => window.violations.push(e.violatedDirective));
}"""
_PLANTED = """() => [
  ...document.querySelectorAll('img[src="x"], svg[onload], [onerror], a[href^="javascript"], [src*="evil.example"]'),
  ...[...document.scripts].filter(script => script.textContent.includes('canary')),
  ...[...document.querySelectorAll('style')].filter(style => style.textContent.includes('evil.example')),
].map(found => found.outerHTML.slice(0, 200))"""


@dataclass(frozen=True)
class Hostile:
    address: str
    token: str
    log: Path


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory, keyer: PersonKeyer) -> Iterator[Hostile]:
    folder = tmp_path_factory.mktemp("hostile")
    database = f"sqlite:///{(folder / 'tracker.db').as_posix()}"
    store = Store.open(database)
    store.migrate()
    token = plant(store, keyer)
    store.give_access(CODE, Access(email=SOMEBODY, role=Role.ADMINISTRATOR), ACTOR)
    store.close()
    with signing_in_app(database, folder) as address:
        yield Hostile(address, token, folder / "app.log")


@pytest.fixture
def seen(browser: Browser, hostile: Hostile) -> Iterator[Visit]:
    """The administrator's browser, whose own name is an attack too."""
    visit = Visit(browser, hostile.address, theme="light", width=1280)
    visit.context.add_init_script(f"({_CANARY})()")
    visit.page.on("dialog", lambda dialog: visit.console_errors.append(f"a dialog: {dialog.message}"))
    visit.context.add_cookies(
        [
            {"name": name, "value": value, "url": hostile.address}
            for name, value in cookies_of(SOMEBODY, hostile.address, name=NAMED).items()
        ]
    )
    yield visit
    visit.close()


def harm(visit: Visit) -> list[str]:
    """What an attack did: run, changed the page, or asked another site."""
    page = visit.page
    ran = page.evaluate("() => window.canary")
    return [
        *([f"ran: {ran}"] if ran else []),
        *(f"in the page: {found}" for found in page.evaluate(_PLANTED)),
        *(f"refused by the policy: {found}" for found in page.evaluate("() => window.violations")),
        *(f"asked elsewhere: {url}" for url in visit.asked_elsewhere),
        *(f"console: {words}" for words in visit.console_errors),
        *(["a template was run"] if EVALUATED in page.inner_text("body") else []),
    ]


# In every field


@pytest.mark.soak
@pytest.mark.parametrize("page", MENU, ids=lambda page: page.address)
def test_an_attack_in_every_field_is_text_on_every_page(seen: Visit, page: MenuPage) -> None:
    for rows in ROWS.get(page.address, ("",)):
        seen.open(page.address, {"programme": CODE, "rows": rows})
        seen.unfold()

        assert harm(seen) == []
        expect(seen.page.get_by_text(NAMED[:40]).first).to_be_attached()


@pytest.mark.parametrize(
    ("page", "rows"), [("training", "sessions"), ("training", "attendances"), ("budget", "ledger"), ("milestones", "")]
)
def test_each_attack_is_there_to_be_read_word_for_word(seen: Visit, page: str, rows: str) -> None:
    seen.open(page, {"programme": CODE, "rows": rows})

    shown = " ".join(seen.main.inner_text().split())
    assert [sort for sort, text in SORTS.items() if " ".join(text.split()) not in shown] == []


def test_an_attack_in_the_address_is_text_too(seen: Visit) -> None:
    names = ("agency", "level", "from", "rows", "month", "team", "as_at", "role", "line", "programme", "search")
    texts = list(SORTS.values())
    for page in MENU:
        asked = {name: texts[(place + len(page.address)) % len(texts)] for place, name in enumerate(names)}
        seen.open(page.address, asked)
        assert harm(seen) == []
        assert seen.page.get_by_text("Something went wrong").count() == 0


def test_an_attack_in_a_files_name_and_cells_is_text_when_it_is_checked(seen: Visit) -> None:
    seen.open("import_files", {"programme": CODE})
    names = [name.replace("/", "_") for name in FILE_NAMES]  # a browser's own name of a file has no folder
    with seen.page.expect_file_chooser() as chooser:
        seen.page.get_by_role("button", name="Upload", exact=True).click()
    chooser.value.set_files([{"name": name, "mimeType": "text/csv", "buffer": register()} for name in names[:5]])
    seen.settle()
    seen.page.get_by_role("button", name="Check the files").click()
    expect(
        seen.page.get_by_text(re.compile("Nothing can be stored yet|Ready to be stored|What these")).first
    ).to_be_visible()
    seen.settle()
    seen.unfold()

    assert harm(seen) == []
    assert "DROP TABLE" in seen.main.inner_text()


# In every file


@pytest.mark.soak
def test_an_attack_in_a_download_is_text(seen: Visit) -> None:
    files: dict[str, bytes] = {}
    for page, rows in (("training", "sessions"), ("budget", "ledger"), ("milestones", ""), ("overview", "")):
        seen.open(page, {"programme": CODE, "rows": rows})
        for button in seen.page.get_by_test_id("stDownloadButton").all():
            with seen.page.expect_download() as download:
                button.click()
            seen.settle()
            files[f"{page} {download.value.suggested_filename}"] = Path(download.value.path()).read_bytes()
    assert {name.rpartition(".")[2] for name in files} == {"csv", "xlsx"}
    assert len(files) == 8
    for name, content in files.items():
        faults = _faults_of_workbook(content) if name.endswith("xlsx") else _faults_of_csv(content)
        assert faults == [], name


def _faults_of_csv(content: bytes) -> list[str]:
    rows = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    return [cell for row in rows for cell in row if cell[:1] in "=+@\t\r" and cell]


def _faults_of_workbook(content: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        sheets = {name: packed.read(name).decode() for name in packed.namelist()}
    faults = [name for name in sheets if "externalLink" in name or ".." in name]
    return faults + [name for name, xml in sheets.items() if "<f>" in xml or "<hyperlink" in xml or "<script>" in xml]


def test_an_attack_in_a_paper_is_text_and_nothing_runs_in_it(seen: Visit, hostile: Hostile) -> None:
    for path in (f"papers/{CODE}", f"papers/{CODE}/1", f"shared/{hostile.token}", f"plain/{CODE}", "papers"):
        answer = seen.page.goto(f"{hostile.address}/{path}", wait_until="load")
        assert answer is not None
        assert answer.status == 200

        assert harm(seen) == []
        assert "<script>window.canary" in seen.page.inner_text("body")
        assert "script-src" not in answer.headers["content-security-policy"]
        assert "default-src 'none'" in answer.headers["content-security-policy"]


# At odd addresses


CLIMBS = (
    "../", "..%2f", "%2e%2e/", "%2e%2e%2f", "..%5c", "..\\", "%252e%252e%252f", "....//", ".%2e/", "..;/",
    "%c0%ae%c0%ae/", "/", "//", "%00", "./",
)  # fmt: skip
PREY = (
    "etc/passwd",
    "app.py",
    "sos_tracker/settings.py",
    "data/sos_tracker.db",
    ".streamlit/config.toml",
    "proc/self/environ",
)
UNDER = (
    "/assets/", "/static/", "/media/", "/component/", "/component/sos-tracker.charts/", "/_stcore/bidi-components/",
    "/_stcore/bidi-components/sos-tracker.charts/", "/_stcore/upload_file/a/", "/app/static/", "/", "/vendor/",
)  # fmt: skip
_TELLING = re.compile(
    rb"root:.:0:0|SQLite format 3|import streamlit|\[server\]\s|PATH=|Traceback \(most|def project_root"
)


def test_no_address_leads_to_a_file_that_is_not_given_out(hostile: Hostile) -> None:
    """Every mount and every route with a name in it, read by a program that sends the path as it is written."""
    places = [*UNDER, *(_filled(route.path) for route in routes.ROUTES if "{" in route.path)]
    cookies = "; ".join(f"{name}={value}" for name, value in cookies_of(SOMEBODY, hostile.address).items())
    parts = urlsplit(hostile.address)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=20)
    told, answers = [], Counter[int]()
    for path in (f"{place}{climb * depth}{prey}" for place in places for climb in CLIMBS for depth in (1, 6)
                 for prey in PREY[:: 1 if depth == 6 else 3]):  # fmt: skip
        connection.putrequest("GET", path.replace("\\", "%5C"), skip_host=True, skip_accept_encoding=True)
        connection.putheader("Host", parts.netloc)
        connection.putheader("Cookie", cookies)
        connection.endheaders()
        answer = connection.getresponse()
        content = answer.read()
        answers[answer.status] += 1
        if _TELLING.search(content) or answer.status >= 500:
            told.append((path, answer.status, content[:80]))

    assert told == []
    assert answers[400] + answers[403] + answers[404] > 200
    assert httpx.get(f"{hostile.address}/healthz").status_code == 200


def _filled(path: str) -> str:
    return path.partition("{")[0] if path.count("{") == 1 else f"{path.partition('{')[0]}{CODE}/1/"


# Too large, too slow, too often


def quick(hostile: Hostile) -> tuple[float, float]:
    """How long the health answer and another person's page take at this moment, in seconds."""
    began = time.monotonic()
    assert httpx.get(f"{hostile.address}/healthz").text == "ready\n"
    healthy = time.monotonic()
    cookies = cookies_of(SOMEBODY, hostile.address)
    assert httpx.get(f"{hostile.address}/plain/{CODE}", cookies=cookies).status_code == 200
    return healthy - began, time.monotonic() - healthy


def test_two_hundred_attempts_to_sign_in_are_refused_and_logged_and_others_are_answered(hostile: Hostile) -> None:
    quick(hostile)
    with httpx.Client(base_url=hostile.address, timeout=60) as client, ThreadPoolExecutor(20) as pool:
        attempts = [pool.submit(lambda: client.get("/auth/login?provider=council").status_code) for _ in range(200)]
        waited = [quick(hostile) for _ in range(3)]
        statuses = Counter(attempt.result() for attempt in attempts)

    assert statuses[429] >= 140
    assert max(max(both) for both in waited) < 5
    assert hostile.log.read_text("utf-8").count("too many attempts to sign in") == 1


def test_slow_and_oversize_uploads_do_not_keep_others_waiting(hostile: Hostile) -> None:
    parts = urlsplit(hostile.address)
    cookies = "; ".join(f"{name}={value}" for name, value in cookies_of(SOMEBODY, hostile.address).items())
    head = (
        f"PUT /_stcore/upload_file/{'a' * 36}/b HTTP/1.1\r\nHost: {parts.netloc}\r\nOrigin: {hostile.address}\r\n"
        f"Cookie: {cookies}\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: {{}}\r\n\r\n--x\r\n"
    )
    slow = [socket.create_connection((parts.hostname or "", parts.port or 0)) for _ in range(60)]
    for one in slow:
        one.sendall(head.format(20 * 1024 * 1024).encode())
    large = socket.create_connection((parts.hostname or "", parts.port or 0))
    large.sendall(head.format(10 * 1024**3).encode())

    waited = quick(hostile)
    assert large.recv(64).startswith(b"HTTP/1.1 413")
    assert max(waited) < 5
    for one in (*slow, large):
        one.close()
    assert max(quick(hostile)) < 5
