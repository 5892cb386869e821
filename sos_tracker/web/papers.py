"""Papers as plain answers, without script: published editions, shared ones, and the members' summary of today.

A paper that somebody may not have is answered as one that is not there. An edition's files leave as they were frozen.
"""

from datetime import date

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sos_tracker.actions import publication
from sos_tracker.papers.plain_style import POLICY
from sos_tracker.papers.published_list import editions_page, programmes_page, replaced_page
from sos_tracker.records.access import Actor, Permission
from sos_tracker.records.editions import Edition, EditionState, PaperFile, PaperFormat, token_hash
from sos_tracker.records.programme import Programme
from sos_tracker.store import UnknownEdition, UnknownProgramme
from sos_tracker.web.answers import refusal
from sos_tracker.web.database import store
from sos_tracker.web.identity import who
from sos_tracker.web.plain import Open, PlainRoute

_MEDIA_TYPES = {PaperFormat.HTML: "text/html; charset=utf-8"}
_HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": f"{POLICY}; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
}
_HIDDEN = {"x-robots-tag": "noindex, nofollow"}
_LONGEST_NUMBER = 6  # digits
_BY_SWITCH = "the endpoint asks whether the programme publishes openly, and else who is asking"


def papers(_request: Request) -> Response:
    """The programmes whose papers are open to everybody."""
    known = [programme for programme in store().programmes() if programme.public_papers]
    return _page(programmes_page("Published papers", known, "/papers", "No papers are published openly here."))


def programme_papers(request: Request) -> Response:
    programme = _readable(request)
    if programme is None:
        return _not_there(request)
    return _page(
        editions_page(programme, store().editions(programme.code), "/papers"), hidden=not programme.public_papers
    )


def edition(request: Request) -> Response:
    """The edition itself; one that has been replaced says so first."""
    programme, found = _edition(request)
    if programme is None or found is None:
        return _not_there(request)
    under = f"/papers/{programme.code}"
    newer = f"{under}/{found.replaced_by}"
    return _first_file(request, programme, found, f"{under}/{found.number}", newer, hidden=not programme.public_papers)


def edition_file(request: Request) -> Response:
    programme, found = _edition(request)
    if programme is None or found is None:
        return _not_there(request)
    return _file(request, found, request.path_params["name"], hidden=not programme.public_papers)


def shared(request: Request) -> Response:
    """One edition, for whoever was given its address, until that expires or is revoked."""
    token = request.path_params["token"]
    found = store().shared(token_hash(token))
    if found is None:
        return _not_there(request)
    return _first_file(request, store().programme(found.programme), found, request.url.path, "", hidden=True)


def shared_file(request: Request) -> Response:
    found = store().shared(token_hash(request.path_params["token"]))
    return _file(request, found, request.path_params["name"], hidden=True) if found else _not_there(request)


def plain(request: Request) -> Response:
    """The programmes whose summary the reader may have; straight on where it is one."""
    signed_in = who(request)
    actors = {code: signed_in.actor(code) for code in signed_in.roles} if signed_in else {}
    codes = [code for code, actor in actors.items() if actor and actor.may(Permission.READ_SUMMARY)]
    if len(codes) == 1:
        return RedirectResponse(f"/plain/{codes[0]}", 303, _HEADERS | _HIDDEN)
    theirs = [programme for programme in store().programmes() if programme.code in codes]
    return _page(programmes_page("Progress summaries", theirs, "/plain", "No programme has been set up yet."))


def plain_summary(request: Request) -> Response:
    actor = _reader(request)
    if actor is None:
        return _not_there(request)
    today = date.today()  # noqa: DTZ011 - the day where the council is
    return _page(publication.plain_summary(store(), actor, today))


PAPER_ROUTES = [
    PlainRoute("/papers", papers, Open("lists programmes that publish openly, and no other")),
    PlainRoute("/papers/{code}", programme_papers, Open(_BY_SWITCH)),
    PlainRoute("/papers/{code}/{number}", edition, Open(_BY_SWITCH)),
    PlainRoute("/papers/{code}/{number}/{name}", edition_file, Open(_BY_SWITCH)),
    PlainRoute("/shared/{token}", shared, Open("whoever has the address was given it; it expires and can be revoked")),
    PlainRoute("/shared/{token}/{name}", shared_file, Open("as the address above it")),
    PlainRoute("/plain", plain, Permission.READ_SUMMARY),
    PlainRoute("/plain/{code}", plain_summary, Permission.READ_SUMMARY),
]


def _programme(request: Request) -> Programme | None:
    try:
        return store().programme(request.path_params["code"])
    except UnknownProgramme:
        return None


def _reader(request: Request) -> Actor | None:
    """Whoever asks, if they may read the summary of the programme in the address."""
    signed_in = who(request)
    actor = signed_in.actor(request.path_params["code"]) if signed_in else None
    return actor if actor and actor.may(Permission.READ_SUMMARY) else None


def _readable(request: Request) -> Programme | None:
    """The programme in the address, if its papers are open to everybody or to whoever asks."""
    programme = _programme(request)
    if programme is None or programme.public_papers or _reader(request) is not None:
        return programme
    return None


def _edition(request: Request) -> tuple[Programme | None, Edition | None]:
    programme, number = _readable(request), request.path_params["number"]
    if programme is None or not number.isascii() or not number.isdigit() or len(number) > _LONGEST_NUMBER:
        return None, None
    try:
        return programme, store().edition(programme.code, int(number))
    except UnknownEdition:
        return programme, None


def _first_file(
    request: Request, programme: Programme, found: Edition, address: str, newer: str, *, hidden: bool
) -> Response:
    """The edition as a page: its HTML file, or where it has been replaced a page that says so."""
    file = found.file(PaperFormat.HTML)
    if file is None:
        return _not_there(request)
    if found.state is EditionState.SUPERSEDED:
        return _page(replaced_page(programme, found, f"{address}/{file.name}", newer), hidden=hidden)
    return _file(request, found, file.name, hidden=hidden)


def _file(request: Request, found: Edition, name: str, *, hidden: bool) -> Response:
    if all(file.name != name for file in found.files):
        return _not_there(request)
    return _as_frozen(store().edition_file(found.programme, found.number, name), hidden=hidden)


def _as_frozen(file: PaperFile, *, hidden: bool) -> Response:
    headers = {**_HEADERS, "content-disposition": f'inline; filename="{file.name}"', **(_HIDDEN if hidden else {})}
    return Response(file.content, 200, headers, _MEDIA_TYPES[file.format])


def _page(content: bytes, *, hidden: bool = True) -> Response:
    headers = {**_HEADERS, **(_HIDDEN if hidden else {})}
    return Response(content, 200, headers, _MEDIA_TYPES[PaperFormat.HTML])


def _not_there(request: Request) -> Response:
    headers = {**_HEADERS, **_HIDDEN}
    return refusal(request.scope, 404, "Not found", "There is nothing at this address.", headers)
