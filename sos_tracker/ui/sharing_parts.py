"""Who may read what was published, on a page: everybody, or whoever has the address of a link that ends."""

from collections.abc import Sequence
from datetime import UTC, datetime
from html import escape
from urllib.parse import urlsplit

import streamlit as st

from sos_tracker.actions import publication
from sos_tracker.actions.publication import PublicationRefused
from sos_tracker.papers.published_list import state
from sos_tracker.records.editions import LONGEST_SHARE_DAYS, Edition, ShareLink
from sos_tracker.records.periods import day
from sos_tracker.settings import settings
from sos_tracker.ui import cached
from sos_tracker.ui.meanings import plain_text
from sos_tracker.ui.publication_parts import attempt, key, start_again, table
from sos_tracker.ui.view import View

_MADE = "link made"
_USUAL_DAYS = 14


def open_reading(view: View) -> None:
    """The switch: whether anybody may read this programme's published papers, and what that means."""
    store, programme = cached.store(), cached.store().programme(view.code)
    address = f"{_site()}/papers/{programme.code}"
    if programme.public_papers:
        means = (
            f"Anybody who can reach this site may read every published edition at {address}, without signing in, and "
            "the list of programmes names this one. The figures on the pages, and what is not published, stay closed."
        )
        label, done = "Close the papers", "The papers are closed: only people who may read the summary can open them."
    else:
        means = (
            "Only people who have access to this programme may read its published editions. If you open them, anybody "
            f"who can reach this site may read every edition, the earlier ones too, at {address}, without signing in."
        )
        label, done = "Open the papers to everybody", f"The papers are open: anybody may read them at {address}."
    st.html(f"<h2>Open reading</h2><p>{escape(means)}</p>")
    with st.form(key("open reading"), enter_to_submit=False):
        reason = st.text_input("Reason (optional)", key=key("open reason"))
        asked = st.form_submit_button(label, key="open reading")
    if asked:
        public = not programme.public_papers
        attempt(lambda: publication.set_public(store, view.actor, public=public, reason=reason), done)


def share(view: View) -> None:
    """Links to one edition each: made, listed and revoked."""
    st.html(
        "<h2>Share one edition</h2><p>A link shows one edition to whoever has its address, without signing in, until "
        "the day it ends or you revoke it. Its address is shown once, here, and is not kept.</p>"
    )
    _show_made()
    editions = publication.editions(cached.store(), view.actor)
    if not editions:
        st.text("There is no edition to share yet. Publish one first.")
        return
    _make(view, editions)
    _links(view)


def _show_made() -> None:
    """The address of the link just made: this once, and never again."""
    address = st.session_state.pop(_MADE, "")
    if address:
        st.success("The link is made. Copy its address now: it cannot be shown again.")
        st.code(address, language=None, wrap_lines=True)


def _make(view: View, editions: Sequence[Edition]) -> None:
    with st.form(key("share"), enter_to_submit=False):
        edition = st.selectbox("Edition to share", editions, format_func=_named, key=key("share which"))
        days = st.number_input(
            f"Days until the link ends (1 to {LONGEST_SHARE_DAYS})", 1, LONGEST_SHARE_DAYS, _USUAL_DAYS,
            key=key("share days"),
        )  # fmt: skip
        reason = st.text_input("Who it is for, or why (optional)", key=key("share reason"))
        beside = st.empty()
        asked = st.form_submit_button("Make a link", type="primary", key="share")
    if not asked or edition is None:
        return
    try:
        made = publication.share(cached.store(), view.actor, edition.number, int(days), reason=reason)
    except PublicationRefused as refusal:
        beside.error(plain_text(str(refusal)))
        return
    st.session_state[_MADE] = f"{_site()}/shared/{made.token}"
    start_again()


def _named(edition: Edition) -> str:
    meeting = f", meeting on {day(edition.meeting_on)}" if edition.meeting_on else ""
    return f"Edition {edition.number}, figures as at {day(edition.as_at)}{meeting} ({state(edition)})"


def _links(view: View) -> None:
    now, links = datetime.now(UTC), publication.share_links(cached.store(), view.actor)
    heads = ("Link", "Edition", "Made by", "Made on", "Ends on", "State")
    rows = [
        (
            f"Link {link.number}",
            str(link.edition),
            escape(link.made_by),
            _on(link.made_at),
            _on(link.expires_at),
            escape(_state(link, now)),
        )
        for link in links
    ]
    none = "<p>No link has been made yet.</p>"
    st.html(f"<h3>Links so far</h3>{table('Share links, newest first', heads, rows) if rows else none}")
    still_open = {link.number: link for link in links if link.is_open(now)}
    if still_open:
        _revoke(view, still_open)


def _revoke(view: View, links: dict[int, ShareLink]) -> None:
    def named(number: int) -> str:
        return f"Link {number} to edition {links[number].edition}, ends on {_on(links[number].expires_at)}"

    with st.form(key("revoke"), enter_to_submit=False):
        number = st.selectbox("Link to revoke", list(links), format_func=named, key=key("revoke which"))
        asked = st.form_submit_button("Revoke the link", key="revoke")
    if asked and number is not None:
        attempt(
            lambda: publication.revoke(cached.store(), view.actor, number),
            f"Link {number} is revoked: its address leads nowhere from now on.",
        )


def _state(link: ShareLink, now: datetime) -> str:
    if link.revoked_at is not None:
        return f"revoked on {_on(link.revoked_at)} by {link.revoked_by}"
    return "open" if link.is_open(now) else "ended"


def _on(moment: datetime) -> str:
    return day(moment.astimezone().date())


def _site() -> str:
    """The address people open, as far as it is known."""
    if settings().address:
        return settings().address.rstrip("/")
    here = urlsplit(st.context.url or "")
    return f"{here.scheme}://{here.netloc}" if here.netloc else ""
