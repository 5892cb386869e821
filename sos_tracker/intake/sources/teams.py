"""Whose a row is: its agency and team, and the day it is about."""

from collections.abc import Sequence
from datetime import date

from sos_tracker.intake.cells import optional_text
from sos_tracker.intake.columns import TableReader
from sos_tracker.intake.gathering import Gathering

_WHOLE_AGENCY = frozenset({"all", "all teams", "whole agency", "whole service", "whole directorate", "service wide"})


def teams_named(reader: TableReader, gathering: Gathering) -> list[tuple[str, str]]:
    """(agency, team) of each row; a team whose agency is not said and not known goes by its own name."""
    agencies, teams = reader.texts("agency", optional_text), reader.texts("team", optional_text)
    reader.require(
        ["agency", "team"], [agencies, teams], "This row names no agency and no team.",
        "Add the team and its agency.", "no agency",
    )  # fmt: skip
    agency_of = {team: agency for agency, team in gathering.known.teams}
    found = []
    for written, named in zip(agencies, teams, strict=True):
        team = "" if written and named.casefold() in _WHOLE_AGENCY else named
        agency = written or agency_of.get(team, "") or gathering.merged_names.agency_of(team) or team
        found.append(gathering.merged_names.of(agency, team))
    return found


def ask_about_days_to_come(reader: TableReader, name: str, days: Sequence[date | None], what: str) -> None:
    """Asks about a row that tells of what is still to come."""
    for row, day in enumerate(days):
        if day is not None and day > reader.today and row not in reader.bad:
            reader.question(
                row, name, f"{what} is dated on a day still to come.", "Mend the date, or accept it.",
                "implausible date",
            )  # fmt: skip
