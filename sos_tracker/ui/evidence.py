"""Parts of the page Has it taken hold: what the scale means, the charts by the page grammar, and the domains."""

from html import escape

import streamlit as st

from sos_tracker.actions import programme_charts
from sos_tracker.measures.domains import DomainStanding, domain_standings
from sos_tracker.measures.embedding import TRAINING_ALONE
from sos_tracker.records.embedding import SCALE_ANCHORS, SCALE_SOURCE
from sos_tracker.records.figures import Figure
from sos_tracker.records.labels import amount
from sos_tracker.ui import cached, parts
from sos_tracker.ui.figure_cards import of_whole, status
from sos_tracker.ui.view import View

CODES = ("E1", "E2", "E3")
RECORD_FIRST = (
    "The project manager records it on the page Practice evidence, or imports it: scores on the implementation scale "
    "of 0 to 10, case audits, surveys of staff and of families, and the forms, policies and formats to align. "
    f"{TRAINING_ALONE} So the number of people trained does not tell whether the practice has taken hold."
)
_SECTIONS: dict[str, tuple[cached.Draw, ...]] = {
    "How much did we do?": (programme_charts.alignment_stages, programme_charts.audits_over_time),
    "How well did we do it?": (programme_charts.audits_by_team, programme_charts.staff_survey),
    "What difference has it made?": (
        programme_charts.trained_and_practising, programme_charts.scale_by_unit, programme_charts.families_survey,
        programme_charts.scale_by_respondents, programme_charts.scale_by_level,
    ),
}  # fmt: skip
_SPLITS = (programme_charts.scale_by_respondents, programme_charts.scale_by_level)


def is_empty(view: View) -> bool:
    return parts.is_empty(view.figures[code] for code in CODES) and view.frames.embedding.surveys.empty


def anchors() -> None:
    """What the ends of the scale mean, as published."""
    listed = "".join(f"<div><dt>Score {at}</dt><dd>{escape(words)}</dd></div>" for at, words in SCALE_ANCHORS.items())
    st.html(
        f'<h2>What the scores mean</h2><dl class="sos-spread">{listed}</dl>'
        f"<p>Source: {escape(SCALE_SOURCE)}. Scores are what those asked say of the practice; they are not counted.</p>"
    )


def charts(view: View) -> None:
    """The charts by the page grammar; one that splits the scores is left out where there is nothing to split."""
    for heading, draws in _SECTIONS.items():
        parts.charts(view, heading, [draw for draw in draws if draw not in _SPLITS or len(view.chart(draw).rows) > 1])


def domains(view: View) -> None:
    """Each domain of the programme with the figures that tell of it, and where each stands."""
    found = domain_standings(view.frames.domains, view.figures)
    st.html(f'<h2>The domains of the programme</h2><div class="sos-two">{"".join(map(_domain, found))}</div>')


def _domain(standing: DomainStanding) -> str:
    about = f"<p>{escape(standing.domain.about)}</p>" if standing.domain.about else ""
    listed = "".join(f"<li>{_measure(figure)}</li>" for figure in standing.figures)
    listed += "".join(f"<li>{escape(code)}: no figure of this code is reckoned yet.</li>" for code in standing.unknown)
    none = "<p>No figure has been named for this domain yet.</p>"
    return (
        f"<section><h3>{escape(standing.domain.name)}</h3>{about}{f'<ul>{listed}</ul>' if listed else none}</section>"
    )


def _measure(figure: Figure) -> str:
    value = (
        "not known yet" if figure.value is None else f"{amount(figure.value, figure.unit)} {of_whole(figure)}".strip()
    )
    return f"{escape(figure.title)} ({escape(figure.code)}): <strong>{escape(value)}</strong> {status(figure.rating)}"
