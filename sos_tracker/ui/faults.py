"""Faults of ours: the reader gets a reference to quote, the log gets the rest, and neither gets anybody's records."""

import logging
import secrets
import traceback
from html import escape

import streamlit as st

_LOG = logging.getLogger("sos_tracker")
_SIGNS = "ABCDEFGHJKLMNPQRTUVWXY346789"  # none that is mistaken for another when it is read out
_CAUSES = 5


def show(fault: Exception) -> None:
    """Logs the fault and says to the reader that something went wrong, with the reference they may quote."""
    reference = logged(fault)
    st.html(
        '<div role="alert"><h1>Something went wrong</h1>'
        "<p>The page could not be shown. Nothing that was stored before is lost. Try again in a moment.</p>"
        "<p>If it happens again, tell whoever looks after this tracker, and quote the reference "
        f"<strong>{escape(reference)}</strong>.</p></div>"
    )


def of_script(fault: Exception) -> bool:
    """Streamlit's ``on_script_error``, for what fails outside a page's run: a click's own work, a part refreshed."""
    show(fault)
    return True


def logged(fault: Exception) -> str:
    """Writes down where it failed and returns the reference, such as AB36-CD34.

    A fault's own words are left out: the database's quote the values it was given.
    """
    reference = "-".join("".join(secrets.choice(_SIGNS) for _ in range(4)) for _ in range(2))
    _LOG.error("A page failed. Reference %s. %s", reference, _where(fault), extra={"reference": reference})
    return reference


def _where(fault: BaseException) -> str:
    """Each cause's kind and the lines that led to it, the first cause last."""
    told: list[str] = []
    cause: BaseException | None = fault
    while cause is not None and len(told) < _CAUSES:
        places = (f"{at.filename}:{at.lineno} {at.name}" for at in traceback.extract_tb(cause.__traceback__))
        told.append(f"{type(cause).__name__} at\n  " + "\n  ".join(places))
        cause = cause.__cause__ or cause.__context__
    return "\ncaused by ".join(told)
