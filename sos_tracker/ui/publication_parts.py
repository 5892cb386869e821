"""Publishing on a page: what would be frozen, the form that freezes it, and the editions there are."""

from collections.abc import Callable, Sequence
from html import escape

import streamlit as st

from sos_tracker.actions import publication
from sos_tracker.actions.publication import Proposal, PublicationRefused
from sos_tracker.papers.published_list import published_on, state
from sos_tracker.papers.summary import now
from sos_tracker.records.access import Actor
from sos_tracker.records.editions import Edition
from sos_tracker.records.labels import amount, listed, target
from sos_tracker.records.periods import day
from sos_tracker.records.programme import Programme
from sos_tracker.ui import cached
from sos_tracker.ui.figure_cards import status_cell
from sos_tracker.ui.meanings import plain_text
from sos_tracker.ui.sidebar import EARLIEST, LATEST
from sos_tracker.ui.view import View

_SAID = "publication said"
_ROUND = "publication round"


def publish(view: View) -> None:
    """What publishing on this day would freeze, and the form that does it."""
    _say()
    proposal = cached.proposal(view.cut, view.actor)
    st.html(f"<h2>Publish the summary</h2>{_what(proposal)}")
    if proposal.is_empty:
        return
    with st.form(key("publish"), enter_to_submit=False):
        meeting_on = st.date_input(
            "Date of the meeting (optional)", value=None, min_value=EARLIEST, max_value=LATEST, format="DD/MM/YYYY",
            key=key("meeting"),
        )  # fmt: skip
        reason = st.text_input("Reason (optional)", key=key("publish reason"))
        sure = st.checkbox("I have read these figures, and they are to be published", key=key("publish sure"))
        beside = st.empty()
        asked = st.form_submit_button(f"Publish as edition {proposal.number}", type="primary", key="publish")
    if asked and not sure:
        beside.error("Tick the box to say that the figures are to be published. Nothing was published.")
    elif asked:
        try:
            edition = publication.publish(
                cached.store(), view.actor, view.on, meeting_on=meeting_on, reason=reason, number=proposal.number
            )
        except PublicationRefused as refusal:
            beside.error(plain_text(str(refusal)))
        else:
            say(f"Edition {edition.number} is published, with the figures as at {day(edition.as_at)}.")
            start_again()


def _what(proposal: Proposal) -> str:
    if proposal.is_empty:
        return (
            f"<p>There is nothing to publish yet: no figure is known as at {day(proposal.as_at)}. Import the "
            "programme’s files, or choose another date under “Figures as at”.</p>"
        )
    return (
        f"<p>These figures, as committee members see them as at {day(proposal.as_at)}, are frozen as edition "
        f"{proposal.number}. It is never changed after that: to correct it, publish another edition for the same "
        "meeting, which takes its place. For other figures choose another date under “Figures as at”.</p>"
        f"{_warning(proposal)}{_figures(proposal)}"
    )


def _warning(proposal: Proposal) -> str:
    """Which figures the paper would have to say it does not know, or may not show."""
    unknown = listed(f"{figure.title.lower()} ({figure.code})" for figure in proposal.unknown)
    withheld = listed(f"{figure.title.lower()} ({figure.code})" for figure in proposal.withheld)
    warnings = (
        f"Not known on this date, and the edition will say so: {unknown}." if unknown else "",
        f"Not shown, because a small number of people could be recognised: {withheld}." if withheld else "",
    )
    return "".join(f'<p class="sos-notice"><strong>{escape(words)}</strong></p>' for words in warnings if words)


def _figures(proposal: Proposal) -> str:
    rows = [
        (
            escape(figure.title),
            escape(figure.code),
            escape(now(figure)),
            "–" if figure.denominator is None else escape(amount(figure.denominator, figure.unit)),
            escape(target(figure.target_to_date, figure)),
            status_cell(figure),
        )
        for figure in proposal.figures
    ]
    heads = ("Figure", "Code", "Now", "Out of", "Target by now", "Status")
    return table(f"What edition {proposal.number} will say", heads, rows)


def editions_so_far(view: View) -> None:
    """Every edition of the programme, with who published it and how to read it."""
    found = publication.editions(cached.store(), view.actor)
    rows = [(*_facts(edition), escape(edition.published_by), edition.sha256[:12]) for edition in found]
    heads = (*_HEADS, "Published by", "Fingerprint")
    none = "<p>No edition has been published yet.</p>"
    st.html(f"<h2>Editions so far</h2>{table('Editions, newest first', heads, rows) if rows else none}")


def published(actor: Actor, programme: Programme) -> None:
    """The page for members: every edition, newest first."""
    found = publication.editions(cached.store(), actor)
    st.html(
        f"<h1>{escape(_finding(found))}</h1>"
        f'<p class="sos-standing">{escape(f"{programme.authority}, {programme.name}.")}</p>'
    )
    if not found:
        st.text("When the project manager publishes one, it stands here as it was published, to read and to print.")
        return
    anybody = "<p>Anybody may read these papers, without signing in.</p>" if programme.public_papers else ""
    st.html(anybody + table("Published papers, newest first", _HEADS, [_facts(edition) for edition in found]))


def _finding(found: Sequence[Edition]) -> str:
    if not found:
        return "No paper has been published yet"
    figures = f"with figures as at {day(found[0].as_at)}"
    return (
        f"{len(found):,} published papers, the newest {figures}" if len(found) > 1 else f"1 published paper, {figures}"
    )


_HEADS = ("Edition", "For the meeting on", "Figures as at", "Published on", "State")


def _facts(edition: Edition) -> tuple[str, ...]:
    """Cells of a row, as markup; members are not told who published."""
    opens = '<span class="sos-unseen"> (opens in a new tab)</span>'
    address = f"/papers/{escape(edition.programme)}/{edition.number}"
    return (
        f'<a class="sos-link" href="{address}" target="_blank">Edition {edition.number}{opens}</a>',
        day(edition.meeting_on) if edition.meeting_on else "no meeting named",
        day(edition.as_at),
        published_on(edition),
        state(edition),
    )


def table(caption: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table whose cells are markup already."""
    head = "".join(f'<th scope="col">{each}</th>' for each in heads)
    body = "".join(
        f'<tr><th scope="row">{first}</th>{"".join(f"<td>{cell}</td>" for cell in rest)}</tr>' for first, *rest in rows
    )
    return (
        f'<div class="sos-table" role="region" aria-label="{caption}" tabindex="0"><table><caption>{caption}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def attempt(deed: Callable[[], object], done: str) -> None:
    """Does it and says so at the top of the next run; a refusal is said instead."""
    try:
        deed()
    except PublicationRefused as refusal:
        say(str(refusal), well=False)
    else:
        say(done)
    start_again()


def say(words: str, *, well: bool = True) -> None:
    st.session_state[_SAID] = (words, well)


def _say() -> None:
    words, well = st.session_state.pop(_SAID, ("", True))
    if words:
        (st.success if well else st.error)(plain_text(words))


def key(name: str) -> str:
    """A widget's key, another one after each deed, so that what was typed does not stay."""
    return f"{name} {st.session_state.setdefault(_ROUND, 0)}"


def start_again() -> None:
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
    st.rerun()
