"""Figures as HTML: one block for all cards of a page, each with its target, date, code, status and working.

Every word is escaped here; the block goes through ``st.html``, which knows no Markdown.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape

from sos_tracker.measures.definitions import CATALOGUE
from sos_tracker.records.figures import Figure, Rating, Unit
from sos_tracker.records.labels import CONFIDENCE, amount, target
from sos_tracker.records.money import percent
from sos_tracker.records.palette import RATING_MARKS
from sos_tracker.records.periods import day
from sos_tracker.records.statuses import FINAL, NOW, given_by, statuses, word
from sos_tracker.ui.figure_parts import made_of

GROUPS: Mapping[str, tuple[str, ...]] = {
    "How much did we do?": ("T1", "T2"),
    "How well did we do it?": ("T3", "T4"),
    "Money": ("B1", "B2", "B3", "B4"),
    "Practice leads": ("L1",),
    "Milestones": ("M1", "M2", "M3"),
    "What difference has it made?": ("E1", "E2", "E3"),
}


def of_whole(figure: Figure) -> str:
    """``of 335 staff (56%)``, or of the money approved; "" for a figure that is no part of a whole. What stands beside
    another number and may be more than it is said to be for it: ``for 115 people still to train``."""
    if figure.denominator is None or figure.value is None:
        return ""
    whole = f"of {amount(figure.denominator, figure.unit)}"
    unit = "" if figure.unit in {Unit.PENCE, Unit.DAYS, Unit.SCORE} else f" {figure.unit.value}"
    beside = CATALOGUE[figure.code].whole_as
    if beside:
        return f"for {amount(figure.denominator, figure.unit)}{unit} {beside}"
    share = f" ({percent(figure.value, figure.denominator)})" if figure.denominator else ""
    return f"{whole}{unit}{share}"


def status(rating: Rating, said: str = "") -> str:
    """The rating as word, shape and colour; ``said`` in place of its usual word."""
    mark = RATING_MARKS[rating]
    return (
        f'<span class="sos-status" style="color:{_colour(rating)}">'
        f'<span aria-hidden="true">{mark.shape}</span> {escape(said or mark.word)}</span>'
    )


def status_cell(figure: Figure) -> str:
    """The figure's status for a table; where a person gave it, what its rule comes to below."""
    shown = status(figure.status, word(figure))
    if figure.given is None:
        return shown
    by_rule = next(told for told in statuses(figure) if told.rating is figure.rating and told.name != NOW)
    return f"{shown} (given by {escape(figure.given.made_by)})<br>By its rule: {status(by_rule.rating, by_rule.word)}"


def _statuses(figure: Figure) -> str:
    """The figure's statuses on its card: one alone in a line, several each with its name."""
    shown = [told for told in statuses(figure) if told.name != FINAL]
    if len(shown) == 1:
        lines = f"<p>{status(shown[0].rating, shown[0].word)}</p>"
    else:
        rows = "".join(f"<div><dt>{told.name}</dt><dd>{status(told.rating, told.word)}</dd></div>" for told in shown)
        lines = f'<dl class="sos-statuses">{rows}</dl>'
    given = [given_by(each) for each in (figure.given, figure.given_forecast) if each]
    said = [*given, *([figure.revision.what] if figure.revision else [])]
    return lines + "".join(f'<p class="sos-said">{escape(words)}</p>' for words in said)


def _colour(rating: Rating) -> str:
    return f"light-dark({RATING_MARKS[rating].light},{RATING_MARKS[rating].dark})"


_REASON_OF = {NOW: "Rating"}

Way = Callable[[str], str]
"""For a figure's code, the markup of a way onward; "" where there is none."""


def _no_way(_: str) -> str:
    return ""


def cards(figures: Iterable[Figure], *, level: int = 3, history: Way = _no_way) -> str:
    """A grid of cards; ``level`` is the heading level of each card's title, ``history`` the way to what moved it."""
    drawn = [_card(figure, level, history(figure.code)) for figure in figures]
    grid = f'<div class="sos-cards" data-number="{len(drawn)}">{"".join(drawn)}</div>'
    return f'<div class="sos-wide-or-narrow">{grid}</div>'


def grouped_cards(
    figures: Mapping[str, Figure], link: Way, groups: Mapping[str, Sequence[str]] = GROUPS, *, history: Way = _no_way
) -> str:
    """All figures under the headings of the page grammar; figures in no group stand at the end.

    ``link`` is the way to the page with a figure's rows, ``history`` to what moved it.
    """
    grouped = {code for codes in groups.values() for code in codes}
    rest = tuple(code for code in figures if code not in grouped)
    drawn = {code: _card(figure, 3, history(code), link(code)) for code, figure in figures.items()}
    sections = "".join(
        f'<section class="sos-group" data-number="{len(codes)}" style="--cards:{len(codes)}"><h2>{escape(title)}</h2>'
        f'<div class="sos-cards">{"".join(drawn[code] for code in codes if code in drawn)}</div></section>'
        for title, codes in {**groups, **({"Other figures": rest} if rest else {})}.items()
    )
    return f'<div class="sos-wide-or-narrow"><div class="sos-groups">{sections}</div></div>'


def _card(figure: Figure, level: int, history: str, link: str = "") -> str:
    shown = (figure.withheld or "not known").capitalize() if figure.value is None else amount(figure.value, figure.unit)
    whole = of_whole(figure)
    facts = [
        ("Target to date", target(figure.target_to_date, figure)),
        ("Final target", target(figure.target_final, figure)),
        *([("Due by", day(figure.due_on))] if figure.due_on and figure.target_final is not None else []),
    ]
    if figure.target_to_date is None and figure.target_final is None:
        facts = [("Target", "none set")]
    facts.append(("As at", day(figure.as_at)))
    listed = "".join(f"<div><dt>{name}</dt><dd>{escape(words)}</dd></div>" for name, words in facts)
    return (
        f'<section class="sos-card" style="border-top-color:{_colour(figure.status)}">'
        f'<h{level}>{escape(figure.title)} <span class="sos-code">{escape(figure.code)}</span></h{level}>'
        f'<p class="sos-value">{escape(shown)}{f"""<span class="sos-of">{escape(whole)}</span>""" if whole else ""}</p>'
        f"{_statuses(figure)}<dl>{listed}</dl>{why(figure, history)}{link}</section>"
    )


def why(figure: Figure, history: str = "") -> str:
    """The figure behind the figure, folded away: its statuses, definition, rows counted and left out, its parts, and
    the way to what moved it."""
    reasons = "".join(f"<p><strong>{_REASON_OF.get(told.name, told.name)}.</strong> {escape(told.why)}</p>"
                      for told in statuses(figure) if told.why)  # fmt: skip
    if figure.revision and figure.revision.then:
        reasons += f"<p><strong>The target revised.</strong> {escape(figure.revision.sentence)}</p>"
    return (
        f'<details><summary>Why?<span class="sos-unseen"> {escape(figure.title)}</span></summary>'
        f"<p>{escape(figure.sentence)}</p>"
        f"{reasons}"
        f"<p><strong>What it counts.</strong> {escape(figure.definition)}</p>"
        f"{_worked(figure)}{made_of(figure)}{history}</details>"
    )


def _worked(figure: Figure) -> str:
    working = figure.working
    if working is None:
        return ""
    left_out = "".join(f"<li>{escape(left.why)}: {left.rows:,}</li>" for left in working.left_out)
    return (
        f"<p><strong>Rows counted.</strong> {working.counted:,}. A row is {escape(working.row)}."
        f" {escape(CONFIDENCE[figure.confidence])}.</p>"
        f"{f'<p><strong>Rows left out.</strong></p><ul>{left_out}</ul>' if left_out else ''}"
    )
