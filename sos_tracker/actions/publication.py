"""Publishing the members' summary as an edition, and who may read what was published. The figures are the members'."""

import secrets
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from orjson import OPT_INDENT_2, dumps

from sos_tracker.actions.members_summary import newest_summary, summary_of_edition
from sos_tracker.papers.plain_html import PlainSummary, Stamp, plain_html
from sos_tracker.records.access import Actor, Permission
from sos_tracker.records.editions import (
    LONGEST_SHARE_DAYS,
    Edition,
    NewEdition,
    PaperFile,
    PaperFormat,
    ShareLink,
    token_hash,
)
from sos_tracker.records.figures import Figure
from sos_tracker.records.periods import day
from sos_tracker.store import EditionTaken, Store, UnknownEdition, UnknownShareLink

_TOKEN_BYTES = 32


class PublicationRefused(Exception):
    """Nothing was published or shared; the sentence says why and what to do."""


@dataclass(frozen=True)
class Proposal:
    """What would be frozen if it were published now."""

    as_at: date
    number: int
    figures: tuple[Figure, ...]

    @property
    def unknown(self) -> tuple[Figure, ...]:
        """The figures that would say "not known"; those withheld are known."""
        return tuple(figure for figure in self.figures if figure.value is None and not figure.withheld)

    @property
    def withheld(self) -> tuple[Figure, ...]:
        """The figures whose number is too small to be shown."""
        return tuple(figure for figure in self.figures if figure.withheld)

    @property
    def is_empty(self) -> bool:
        return not any(figure.value is not None or figure.withheld for figure in self.figures)


@dataclass(frozen=True)
class Shared:
    """A new share link, and the secret of its address: the only time it can be seen."""

    link: ShareLink
    token: str


def propose(store: Store, actor: Actor, as_at: date, today: date) -> Proposal:
    """What publishing for this date would freeze; stores nothing. Raises NotAllowed."""
    actor.require(Permission.PUBLISH)
    summary = summary_of_edition(store, store.programme(actor.programme), as_at, today)
    return Proposal(as_at, store.next_edition(actor.programme), summary.figures)


def publish(
    store: Store,
    actor: Actor,
    as_at: date,
    *,
    meeting_on: date | None = None,
    reason: str = "",
    number: int | None = None,
    now: datetime | None = None,
) -> Edition:
    """Freezes the members' figures and their summary as the programme's next edition.

    ``number`` is the proposal's: publishing it twice by mistake is refused. Raises NotAllowed, PublicationRefused.
    """
    actor.require(Permission.PUBLISH)
    now = now or datetime.now(UTC)
    today = now.astimezone().date()  # the day where the council is
    _require_sensible(as_at, meeting_on, today)
    programme, number = store.programme(actor.programme), number or store.next_edition(actor.programme)
    summary = summary_of_edition(store, programme, as_at, today, Stamp(number, today, meeting_on))
    if Proposal(as_at, number, summary.figures).is_empty:
        raise PublicationRefused(
            f"Nothing was published: no figure is known as at {day(as_at)}. Import the programme's files, or choose a "
            "later date."
        )
    name = f"{programme.code.lower()}-{as_at.isoformat()}-edition-{number}.html"
    files = (PaperFile(PaperFormat.HTML, name, plain_html(summary)),)
    try:
        return store.publish_edition(
            programme.code,
            number,
            NewEdition(as_at, meeting_on, _frozen(summary), files),
            actor,
            reason=reason,
            now=now,
        )
    except EditionTaken as refusal:
        raise PublicationRefused(f"Nothing was published. {refusal}") from None


def editions(store: Store, actor: Actor) -> tuple[Edition, ...]:
    """What the actor's programme has published, newest first. Raises NotAllowed."""
    actor.require(Permission.READ_SUMMARY)
    return store.editions(actor.programme)


def set_public(store: Store, actor: Actor, *, public: bool, reason: str = "") -> None:
    """Opens the programme's published papers to everybody, or closes them. Raises NotAllowed."""
    actor.require(Permission.PUBLISH)
    store.set_public_papers(actor.programme, actor, public=public, reason=reason)


def share(
    store: Store, actor: Actor, edition: int, days: int, *, reason: str = "", now: datetime | None = None
) -> Shared:
    """Makes an address under which one edition can be read without sign-in, for 1 to 90 days.

    Raises NotAllowed, PublicationRefused.
    """
    actor.require(Permission.PUBLISH)
    if not 1 <= days <= LONGEST_SHARE_DAYS:
        raise PublicationRefused(f"No link was made: a link may last from 1 to {LONGEST_SHARE_DAYS} days.")
    now = now or datetime.now(UTC)
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    try:
        link = store.add_share_link(
            actor.programme, edition, token_hash(token), now + timedelta(days=days), actor, reason=reason, now=now
        )
    except UnknownEdition as refusal:
        raise PublicationRefused(f"No link was made. {refusal}") from None
    return Shared(link, token)


def share_links(store: Store, actor: Actor) -> tuple[ShareLink, ...]:
    """Every link to an edition of the actor's programme, newest first. Raises NotAllowed."""
    actor.require(Permission.PUBLISH)
    return store.share_links(actor.programme)


def revoke(store: Store, actor: Actor, link: int, *, reason: str = "", now: datetime | None = None) -> None:
    """Ends a link: its address leads nowhere from now on. Raises NotAllowed, PublicationRefused."""
    actor.require(Permission.PUBLISH)
    try:
        store.revoke_share_link(actor.programme, link, actor, reason=reason, now=now)
    except UnknownShareLink as refusal:
        raise PublicationRefused(f"Nothing was revoked. {refusal}") from None


def plain_summary(store: Store, actor: Actor, today: date) -> bytes:
    """The members' summary of today as one HTML file, which is no edition. Raises NotAllowed."""
    actor.require(Permission.READ_SUMMARY)
    return plain_html(newest_summary(store, store.programme(actor.programme), today))


def _frozen(summary: PlainSummary) -> str:
    """All that the summary says, as JSON: every figure and sentence, and the table of each chart."""
    words = summary.words
    said: dict[str, Any] = {
        "finding": summary.finding,
        "figures": [
            {**figure.as_json(), "as_at": figure.as_at.isoformat(), "withheld": figure.withheld}
            for figure in summary.figures
        ],
        "going_well": words.going_well,
        "not_going_well": words.not_going_well,
        "unrated": words.unrated,
        "meanings": words.meanings,
        "charts": [
            {"title": chart.title, "subtitle": chart.subtitle, "table": chart.table, "notes": chart.notes}
            for chart in summary.charts
        ],
    }
    return dumps(said, option=OPT_INDENT_2).decode()


def _require_sensible(as_at: date, meeting_on: date | None, today: date) -> None:
    if as_at > today:
        raise PublicationRefused(f"Nothing was published: {day(as_at)} is still to come. Choose a date up to today.")
    if meeting_on is not None and meeting_on < as_at:
        raise PublicationRefused(
            f"Nothing was published: the meeting on {day(meeting_on)} is before {day(as_at)}, the date of the figures. "
            "Choose figures up to the day of the meeting."
        )
