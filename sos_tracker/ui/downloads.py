"""A table as a file to take away, csv or xlsx; the file is made when it is asked for."""

from collections.abc import Callable, Iterable, Mapping

import pandas as pd
import streamlit as st

from sos_tracker.exports import Sheet, csv_bytes, xlsx_bytes
from sos_tracker.records.access import NotAllowed, Permission
from sos_tracker.records.figures import Figure, Unit
from sos_tracker.records.labels import CONFIDENCE
from sos_tracker.records.palette import RATING_MARKS
from sos_tracker.records.periods import day
from sos_tracker.records.statuses import by_rule, given_by
from sos_tracker.ui import filters, session
from sos_tracker.ui.view import View

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FIGURE_HEADINGS = {
    "code": "Code", "title": "Figure", "value": "Value", "value_pence": "Value (£)", "denominator": "Of",
    "denominator_pence": "Of (£)", "rate": "Share", "unit": "Unit", "target_to_date": "Target to date",
    "target_to_date_pence": "Target to date (£)", "target_final": "Final target",
    "target_final_pence": "Final target (£)", "due_on": "Due", "as_at": "As at", "rating": "Status",
    "given_status": "Status given by a person", "given_by": "Given by, until and why", "forecast": "Forecast status",
    "original": "Status against the first target", "revision": "Target revised", "confidence": "How it is known",
    "sentence": "In words", "definition": "What it counts",
}  # fmt: skip


def offer(
    view: View, what: str, make: Callable[[], pd.DataFrame], headings: Mapping[str, str], *, permission: Permission
) -> None:
    """Two buttons: ``what`` names the table on them, in the file's name and on its sheet.

    A file is made when its button is pressed, maybe long after the page was shown: whether the person still may is
    asked then.
    """
    visit = session.current_visit()
    name = f"{view.code} {what} {view.on.isoformat()}".replace(" ", "_").lower()

    def as_csv() -> bytes:
        _still_may(permission, visit)
        return csv_bytes(make(), headings)

    def as_xlsx() -> bytes:
        _still_may(permission, visit)
        return xlsx_bytes([Sheet(what, make(), headings)], about=_about(view, what))

    with st.container(horizontal=True):
        st.download_button(f"Download {what} (csv)", as_csv, f"{name}.csv", "text/csv", key=f"csv {what}")
        st.download_button(f"Download {what} (xlsx)", as_xlsx, f"{name}.xlsx", _XLSX, key=f"xlsx {what}")


def _still_may(permission: Permission, visit: session.Visit) -> None:
    """Raises NotAllowed without a name: Streamlit puts what it raises into the log."""
    try:
        session.recheck(permission, visit)
    except NotAllowed:
        raise NotAllowed("A file was asked for by somebody who may not have it any more.") from None


def _about(view: View, what: str) -> list[str]:
    lines = [
        f"{what.capitalize()}. {view.programme.authority}, {view.programme.name} ({view.code}).",
        f"As at {day(view.on)}.",
        view.programme.notice,
        filters.sentence(view.part),
    ]
    return [line for line in lines if line]


def figure_frame(figures: Iterable[Figure]) -> pd.DataFrame:
    """One row a figure, with the columns of FIGURE_HEADINGS; money stands in the columns ending ``_pence``."""
    return pd.DataFrame([_row(figure) for figure in figures], columns=list(FIGURE_HEADINGS), dtype=object)


def _row(figure: Figure) -> dict[str, object]:
    money = figure.unit is Unit.PENCE
    row: dict[str, object] = {
        "code": figure.code,
        "title": figure.title,
        "rate": figure.rate,
        "unit": "pounds" if money else figure.unit.value,
        "due_on": figure.due_on,
        "as_at": figure.as_at,
        "rating": by_rule(figure),
        "given_status": RATING_MARKS[figure.given.rating].word if figure.given else None,
        "given_by": given_by(figure.given) if figure.given else None,
        "forecast": RATING_MARKS[figure.forecast.rating].word if figure.forecast else None,
        "original": RATING_MARKS[figure.revision.status.rating].word if figure.revision else None,
        "revision": figure.revision.sentence if figure.revision else None,
        "confidence": CONFIDENCE[figure.confidence],
        "sentence": figure.sentence,
        "definition": figure.definition,
    }
    for name in ("value", "denominator", "target_to_date", "target_final"):
        is_money = money and not (name.startswith("target") and figure.target_is_rate)
        row[f"{name}_pence" if is_money else name] = getattr(figure, name)
    return row
