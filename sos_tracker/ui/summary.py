"""The committee's summary in words: what is going well, what is not with equal room, and what the figures mean.

At most 350 words, short sentences and no names of staff. Numbers come from Figures and are not reckoned here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape

from sos_tracker.records.figures import Figure, Rating
from sos_tracker.records.labels import listed
from sos_tracker.records.money import percent
from sos_tracker.records.palette import RATING_MARKS
from sos_tracker.records.periods import day
from sos_tracker.ui.figure_cards import amount, status, target

_WELL = frozenset({Rating.COMPLETE, Rating.ON_TRACK})
_NOT_WELL = frozenset({Rating.BEHIND, Rating.SLIGHTLY_BEHIND})


def _of(figure: Figure) -> str:
    return f"{amount(figure.value or 0, figure.unit)} of {amount(figure.denominator or 0, figure.unit)}"


def _share(figure: Figure) -> str:
    return f" That is {percent(figure.value or 0, figure.denominator)}." if figure.denominator else ""


_SAYS: Mapping[str, Callable[[Figure], str]] = {
    "T1": lambda one: f"{amount(one.value or 0, one.unit)} people have been trained (T1).",
    "T3": lambda one: f"{_of(one)} staff who need the training have had it (T3).{_share(one)}",
    "T4": lambda one: f"People came to {_of(one)} places they had booked (T4).{_share(one)}",
    "L1": lambda one: f"{_of(one)} teams have a trained practice lead in post (L1).{_share(one)}",
    "B1": lambda one: f"{amount(one.value or 0, one.unit)} has been spent (B1).",
    "M1": lambda one: f"{_of(one)} milestones due have been met (M1).{_share(one)}",
}
_MEANINGS = (
    "A person is trained once they have been on a course that counts, and each person is counted once.",
    "Partner agencies often send us a number and no names. We add that number and say so.",
    "A practice lead helps a team use what it has learned. Training alone does not change how families are helped.",
    "A milestone is late if it misses the first date we agreed, even when a new date is set.",
    "Targets rise in step with the plan, so each figure is held against where it should be by now.",
)


@dataclass(frozen=True)
class Summary:
    """Each a list of short paragraphs; ``unrated`` are figures that cannot be called good or bad."""

    going_well: tuple[str, ...]
    not_going_well: tuple[str, ...]
    unrated: tuple[str, ...]
    meanings: tuple[str, ...] = _MEANINGS

    @property
    def prose(self) -> str:
        return " ".join((*self.going_well, *self.not_going_well, *self.unrated, *self.meanings))


def summary_of(figures: Mapping[str, Figure]) -> Summary:
    known = [figures[code] for code in _SAYS if code in figures and figures[code].value is not None]
    return Summary(
        tuple(_sentences(one) for one in known if one.rating in _WELL),
        tuple(_sentences(one) for one in known if one.rating in _NOT_WELL),
        _unrated([one for one in known if one.rating not in _WELL | _NOT_WELL], figures),
    )


def _sentences(figure: Figure) -> str:
    return f"{_SAYS[figure.code](figure)}{_against(figure)}"


def _against(figure: Figure) -> str:
    if figure.target_to_date is None:
        return ""
    by_now = target(figure.target_to_date, figure)
    if figure.target_final is None or figure.due_on is None or figure.as_at >= figure.due_on:
        return f" The target is {by_now}."
    if figure.target_final == figure.target_to_date:
        return f" The target is {by_now} by {day(figure.due_on)}."
    return f" The target is {by_now} by now, and {target(figure.target_final, figure)} by {day(figure.due_on)}."


def _unrated(known: list[Figure], figures: Mapping[str, Figure]) -> tuple[str, ...]:
    said = [f"{_SAYS[one.code](one)} {RATING_MARKS[one.rating].word}." for one in known]
    missing = [f"{figures[code].title.lower()} ({code})" for code in _SAYS if figures[code].value is None]
    return (*said, f"We have no data yet on {listed(missing)}.") if missing else tuple(said)


def two_columns(summary: Summary) -> str:
    """Good news and bad news side by side, the same size and look."""
    return (
        '<div class="sos-two">'
        f"{_column('What is going well', summary.going_well, 'Nothing is on track against its target yet.')}"
        f"{_column('What is not going well', summary.not_going_well, 'Nothing is behind its target.')}"
        f"</div>{_column('No rating', summary.unrated, '') if summary.unrated else ''}"
    )


def _column(heading: str, paragraphs: tuple[str, ...], none: str) -> str:
    listed_ = "".join(f"<li>{escape(words)}</li>" for words in paragraphs)
    return f"<section><h2>{heading}</h2>{f'<ul>{listed_}</ul>' if paragraphs else f'<p>{none}</p>'}</section>"


def figure_table(figures: Mapping[str, Figure]) -> str:
    """Every figure with its target, its whole, its date, its status and its code."""
    heads = ("Code", "Figure", "Now", "Out of", "Target by now", "Final target", "Status", "As at")
    rows = "".join(_row(figure) for figure in figures.values())
    return (
        '<h2 id="all-figures">All figures</h2>'
        '<div class="sos-table" role="region" aria-labelledby="all-figures" tabindex="0"><table>'
        "<caption>Each figure, what it is out of, its target and its status</caption>"
        f"<thead><tr>{''.join(f'<th scope=col>{head}</th>' for head in heads)}</tr></thead>"
        f"<tbody>{rows}</tbody></table></div>"
    )


def _row(figure: Figure) -> str:
    whole = amount(figure.denominator, figure.unit) if figure.denominator is not None else "–"
    due = f" by {day(figure.due_on)}" if figure.due_on and figure.target_final is not None else ""
    cells = (
        "not known" if figure.value is None else amount(figure.value, figure.unit),
        whole,
        target(figure.target_to_date, figure),
        target(figure.target_final, figure) + due,
    )
    return (
        f'<tr><td>{escape(figure.code)}</td><th scope="row">{escape(figure.title)}</th>'
        f"{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}"
        f"<td>{status(figure.rating)}</td><td>{day(figure.as_at)}</td></tr>"
    )


def meanings(summary: Summary) -> str:
    said = "".join(f"<li>{escape(words)}</li>" for words in summary.meanings)
    return f'<div class="sos-summary"><h2>What the figures mean</h2><ul>{said}</ul></div>'
