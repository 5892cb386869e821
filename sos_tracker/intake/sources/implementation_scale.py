"""Ratings on the implementation scale: a row for each rating given, or for each score with how many gave it."""

from collections.abc import Sequence

from sos_tracker.intake.cells import parse_count, parse_date
from sos_tracker.intake.columns import Place, TableReader
from sos_tracker.intake.gathering import Gathering
from sos_tracker.intake.plausibility import check_unlike_neighbours
from sos_tracker.intake.ratings import parse_score
from sos_tracker.intake.sources.teams import ask_about_days_to_come, teams_named
from sos_tracker.intake.vocabulary import LEAVE_OUT
from sos_tracker.records.embedding import Respondents, StaffLevel


def read_scale(reader: TableReader, gathering: Gathering) -> None:
    days = reader.dates("date", parse_date)
    teams = teams_named(reader, gathering)
    scores = reader.convert("score", parse_score)
    levels = reader.convert("level", gathering.vocabulary.embedding(StaffLevel))
    respondents = reader.convert("respondents", gathering.vocabulary.embedding(Respondents))
    given = reader.convert("people", parse_count)
    people: Sequence[int | None] = given if reader.has("people") else [1] * len(reader)
    reader.require(["date"], [days], "This rating has no date.", "Add the day it was given.", "no date")
    for row, (agency, team) in enumerate(teams):
        if row in reader.bad or LEAVE_OUT in (levels[row], respondents[row]):
            continue
        if scores[row] is None or people[row] == 0:
            what = "score" if scores[row] is None else "people"
            said = "No score is given" if scores[row] is None else "Nobody gave this score"
            reader.note(
                row, what, f"{said}, so nothing is recorded for this row.", "Nothing, or add the number.",
                "no number given",
            )  # fmt: skip
            continue
        if people[row] is None:
            reader.reject_field(
                row, "people", "It is not said how many people gave this score.", "Add their number.", "no number given"
            )
            continue
        draft = {
            "rated_on": days[row],
            "agency": agency,
            "team": team,
            "staff_level": levels[row],
            "respondents": respondents[row] or Respondents.STAFF,
            "score": scores[row],
            "people": people[row],
        }
        gathering.ratings.append((draft, Place(reader, row)))
    ask_about_days_to_come(reader, "date", days, "The rating")
    check_unlike_neighbours(reader, "people", people)
