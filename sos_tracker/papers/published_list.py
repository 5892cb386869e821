"""Plain pages that lead to published papers: the programmes that have some, a programme's editions, one replaced."""

from collections.abc import Sequence

from sos_tracker.papers.plain_html import document, text
from sos_tracker.records.editions import Edition, EditionState
from sos_tracker.records.periods import day
from sos_tracker.records.programme import Programme


def programmes_page(title: str, programmes: Sequence[Programme], under: str, none: str) -> bytes:
    """Programmes, each with a link to its page ``under`` this address; ``none`` says that there are none."""
    listed = "".join(
        f'<li><a href="{under}/{text(one.code)}">{text(one.authority)}: {text(one.name)}</a></li>' for one in programmes
    )
    return document(title, f"<h1>{text(title)}</h1>{f'<ul>{listed}</ul>' if listed else f'<p>{text(none)}</p>'}")


def editions_page(programme: Programme, editions: Sequence[Edition], under: str) -> bytes:
    """Every edition of a programme, newest first, with a link to each."""
    title = f"{programme.authority}, {programme.name}: published papers"
    rows = "".join(_row(edition, f"{under}/{text(programme.code)}") for edition in editions)
    heads = "".join(f'<th scope="col">{head}</th>' for head in ("Edition", "For the meeting on", "Figures as at",
                                                               "Published on", "State"))  # fmt: skip
    table = (
        '<div class="table" role="region" aria-label="Published papers" tabindex="0"><table>'
        f"<caption>Published papers, newest first</caption><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
        "</div>"
    )
    none = "<p>No paper has been published yet.</p>"
    notice = f'<p class="notice">{text(programme.notice)}</p>' if programme.notice else ""
    return document(title, f"<h1>{text(title)}</h1>{notice}{table if rows else none}")


def replaced_page(programme: Programme, edition: Edition, file_address: str, newer_address: str = "") -> bytes:
    """What stands in front of an edition that a later one has replaced; the edition itself stays as it was."""
    title = f"Edition {edition.number} has been replaced"
    newer = f"edition {edition.replaced_by}"
    where = f'<a href="{newer_address}">Read {newer}</a> instead.' if newer_address else f"Ask for {newer}."
    return document(
        title,
        f'<p class="of">{text(programme.authority)}: {text(programme.name)}</p><h1>{title}</h1>'
        f"<p>This edition was published on {published_on(edition)}{for_meeting(edition)}. Since then {newer} has taken "
        f'its place. {where}</p><p><a href="{file_address}">Read edition {edition.number} as it was published</a></p>',
    )


def published_on(edition: Edition) -> str:
    """The day of publication, where the council is."""
    return day(edition.published_at.astimezone().date())


def for_meeting(edition: Edition) -> str:
    return f", for the meeting on {day(edition.meeting_on)}" if edition.meeting_on else ""


def state(edition: Edition) -> str:
    """``published``, or by which edition it has been replaced."""
    if edition.state is EditionState.SUPERSEDED:
        return f"replaced by edition {edition.replaced_by}"
    return "published"


def _row(edition: Edition, under: str) -> str:
    meeting = day(edition.meeting_on) if edition.meeting_on else "no meeting named"
    return (
        f'<tr><th scope="row"><a href="{under}/{edition.number}">Edition {edition.number}</a></th><td>{meeting}</td>'
        f"<td>{day(edition.as_at)}</td><td>{published_on(edition)}</td><td>{state(edition)}</td></tr>"
    )
