"""What moved one figure since a moment, on the page of the history: then, now, and each save between that moved it."""

from datetime import UTC, datetime, time, timedelta
from html import escape

import streamlit as st

from sos_tracker.actions.figure_moves import Moved, Step
from sos_tracker.measures.catalogue import CATALOGUE
from sos_tracker.records.figures import Figure
from sos_tracker.records.labels import amount
from sos_tracker.records.periods import day
from sos_tracker.store.stories import Save
from sos_tracker.ui import cached, history_words
from sos_tracker.ui.dry_run import moment
from sos_tracker.ui.figure_cards import of_whole
from sos_tracker.ui.history_tables import Ways
from sos_tracker.ui.view import View

_USUAL_DAYS = 28


def show(view: View, code: str, since: datetime | None, ways: Ways) -> None:
    """The figure as at the view's date: as it would have stood, as it stands, and what is between."""
    begin, why = (since, "") if since else _usual(view)
    with st.spinner("The history is played again from its beginning…"):
        moved = cached.moved(view.cut, view.actor, code, begin)
    st.html(_heading(moved, code, why) + _steps(moved, code, ways))


def _usual(view: View) -> tuple[datetime, str]:
    """Since the newest edition was published, or else some weeks ago; and why that."""
    editions = cached.store().editions(view.code)
    if editions:
        return editions[0].published_at, f", when edition {editions[0].number} was published"
    begin = datetime.now(UTC).astimezone().date() - timedelta(days=_USUAL_DAYS)
    return datetime.combine(begin, time()).astimezone(UTC), ""


def _heading(moved: Moved, code: str, why: str) -> str:
    title = f"{CATALOGUE[code].title} ({code})"
    then, now = _value(moved.then), _value(moved.now)
    same = then == now
    said = f"is {now} now, as it was then" if same else f"was {then} then and is {now} now"
    back = "" if not (same and moved.moving) else " In between it was another."
    trust = (
        ""
        if moved.agrees
        else '<p class="sos-notice"><strong>The history does not add up to the figure that is shown. Whoever looks '
        "after this computer finds out why with: sos-tracker verify.</strong></p>"
    )
    return (
        f"<h2>What moved {escape(title)} since {escape(_since(moved.since))}{escape(why)}</h2>"
        f"<p>As at {day(moved.now.as_at)} it {escape(said)}.{back} Both are reckoned by today’s rules. To see another "
        f"moment, choose “From” below; for another date of the figure, “Figures as at”.</p>{trust}"
    )


def _since(at: datetime) -> str:
    """A day that begins, or the moment."""
    local = at.astimezone()
    return moment(at) if local.time() != time() else day(local.date())


def _value(figure: Figure) -> str:
    if figure.value is None:
        return "not known"
    whole = of_whole(figure)
    return f"{amount(figure.value, figure.unit)} {whole}".strip()


def _steps(moved: Moved, code: str, ways: Ways) -> str:
    without = moved.saves_without_effect
    rest = f"{_number(without)} touched the records it is counted from and left it as it was." if without else ""
    if not moved.moving:
        return f"<p>{rest or 'No save since then touched the records it is counted from.'}</p>"
    rows = "".join(_row(step, ways) for step in moved.moving)
    label = f"Saves that moved {code}, oldest first"
    heads = "".join(f'<th scope="col">{head}</th>' for head in ("When", "From", "To", "What", "Who", "Why"))
    table = (
        f'<div class="sos-table sos-moves" role="region" aria-label="{label}" tabindex="0"><table>'
        f"<caption>{label}</caption><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )
    return f"{table}<p>{rest}</p>" if rest else table


def _row(step: Step, ways: Ways) -> str:
    first, last = step.saves[0], step.saves[-1]
    when = moment(last.recorded_at)
    number = sum(save.count for save in step.saves)
    what = f"{number:,} change{'' if number == 1 else 's'}"
    if len(step.saves) > 1:
        when = f"{moment(first.recorded_at)} to {when}"
        what = f"{_number(len(step.saves))}, {what}"
    whole = Save(first.first, last.last, number, last.recorded_at, "", "", None)
    way = f'<a class="sos-link" href="{escape(ways.opened(whole))}" target="_self">{what}</a>'
    said = (history_words.why(save.batch, save.reason, ways.batches) for save in step.saves)
    who = ", ".join(dict.fromkeys(save.actor for save in step.saves))
    why = "; ".join(dict.fromkeys(filter(None, said))) or "no reason given"
    cells = (escape(_value(step.before)), escape(_value(step.after)), way, escape(who), escape(why))
    return f'<tr><th scope="row">{escape(when)}</th>{"".join(f"<td>{cell}</td>" for cell in cells)}</tr>'


def _number(saves: int) -> str:
    return f"{saves:,} save{'' if saves == 1 else 's'}"
