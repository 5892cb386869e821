"""The committee's summary on its page: the words of ``papers.summary`` and the figures as markup."""

from collections.abc import Mapping
from html import escape

from sos_tracker.papers.summary import Summary, now
from sos_tracker.records.figures import Figure
from sos_tracker.records.labels import amount, target
from sos_tracker.records.periods import day
from sos_tracker.ui.figure_cards import status_cell


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
        now(figure),
        whole,
        target(figure.target_to_date, figure),
        target(figure.target_final, figure) + due,
    )
    return (
        f'<tr><td>{escape(figure.code)}</td><th scope="row">{escape(figure.title)}</th>'
        f"{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}"
        f"<td>{status_cell(figure)}</td><td>{day(figure.as_at)}</td></tr>"
    )


def meanings(summary: Summary) -> str:
    said = "".join(f"<li>{escape(words)}</li>" for words in summary.meanings)
    return f'<div class="sos-summary"><h2>What the figures mean</h2><ul>{said}</ul></div>'
