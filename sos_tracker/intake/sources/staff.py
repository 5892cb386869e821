"""The staff list: who is in post, and who of them the strategy wants trained."""

from datetime import date

from sos_tracker.intake.cells import Fault, Raw, optional_text, parse_date, parse_fte
from sos_tracker.intake.columns import Place, TableReader
from sos_tracker.intake.gathering import Gathering
from sos_tracker.intake.sources.register import people
from sos_tracker.intake.vocabulary import Vocabulary
from sos_tracker.records.issues import Weight

_FIRST_STARTED = 1950
_NEVER = 2090


def _leaving_day(raw: Raw) -> date | Fault | None:
    """The leaving date; staff systems write 31/12/4712 or 31/12/9999 for somebody who is not leaving."""
    found = parse_date(raw)
    return None if isinstance(found, date) and found.year >= _NEVER else found


def read_staff(reader: TableReader, gathering: Gathering) -> None:
    keys = people(reader, gathering)
    agencies, teams = reader.texts("agency", optional_text), reader.texts("team", optional_text)
    roles = reader.texts("role", optional_text)
    ftes = reader.convert("fte", parse_fte)
    scopes = _in_scope(reader, gathering.vocabulary)
    started = reader.dates("started", earliest=_FIRST_STARTED)
    left = reader.dates("left", _leaving_day)
    for row, key in enumerate(keys):
        if row in reader.bad:
            continue
        if key is None:
            reader.reject_field(
                row,
                "number" if reader.has("number") else "email",
                "This row has neither an employee number nor an e-mail address.",
                "Add one of them, or take the row out.",
                "nobody named",
            )
            continue
        if not agencies[row] and not teams[row]:
            reader.reject_field(
                row,
                "agency" if reader.has("agency") else "team",
                "This row names no service and no team.",
                "Add the service.",
                "no agency",
            )
            continue
        draft = {
            "person": key,
            "agency": agencies[row],
            "team": teams[row],
            "job_role": roles[row],
            "fte": ftes[row],
            "in_scope": scopes[row],
            "started_on": started[row],
            "left_on": left[row],
        }
        gathering.staff.append((draft, Place(reader, row)))


def _in_scope(reader: TableReader, vocabulary: Vocabulary) -> list[bool]:
    """Whether each person is in scope. A column that only ever says yes means no where it is empty."""
    if not reader.has("in_scope"):
        reader.about_table(
            Weight.NOTE,
            "No column says who is in scope, so everybody on the list is counted as in scope.",
            "Add a column “In scope” with Y or N if that is not so.",
            "scope not given",
        )
        return [True] * len(reader)
    scopes = reader.convert("in_scope", vocabulary.yes_no)
    said = {scope for row, scope in enumerate(scopes) if scope is not None}
    for row, scope in enumerate(scopes):
        if scope is None and row not in reader.bad and said != {True}:
            reader.reject_field(
                row, "in_scope", "It is not said whether this person is in scope.", "Write Y or N.", "scope not given"
            )
    if None in scopes and said == {True}:
        reader.about_table(
            Weight.NOTE,
            "The column for scope says yes or nothing: nothing was read as no.",
            "Write N where somebody is not in scope, to be sure.",
            "scope not given",
        )
    return [bool(scope) for scope in scopes]
