"""Case audits: of each team's files that were sampled, how many show the practice in use."""

from sos_tracker.intake.cells import parse_count, parse_date, parse_quantity
from sos_tracker.intake.columns import Place, TableReader
from sos_tracker.intake.gathering import Gathering
from sos_tracker.intake.plausibility import check_unlike_neighbours
from sos_tracker.intake.shares import check_printed_share, counted
from sos_tracker.intake.sources.teams import ask_about_days_to_come, teams_named
from sos_tracker.intake.vocabulary import LEAVE_OUT
from sos_tracker.records.embedding import AuditGrade


def read_audits(reader: TableReader, gathering: Gathering) -> None:
    days = reader.dates("date", parse_date)
    teams = teams_named(reader, gathering)
    sampled, showing = reader.convert("sampled", parse_count), reader.convert("showing", parse_count)
    shares = reader.convert("share", parse_quantity)
    grades = reader.convert("grade", gathering.vocabulary.embedding(AuditGrade))
    reader.require(["date"], [days], "This audit has no date.", "Add the day of the audit.", "no date")
    reader.require(
        ["sampled"], [sampled], "It is not said how many files were sampled.", "Add their number.", "no number given"
    )
    check_printed_share(reader, "share", showing, sampled, shares)
    showing = counted(reader, "showing", showing, sampled, shares, "files showing the practice")
    for row, (agency, team) in enumerate(teams):
        if row in reader.bad or grades[row] == LEAVE_OUT:
            continue
        draft = {
            "audited_on": days[row],
            "agency": agency,
            "team": team,
            "files_sampled": sampled[row],
            "files_showing_use": showing[row],
            "grade": grades[row],
        }
        gathering.audits.append((draft, Place(reader, row)))
    ask_about_days_to_come(reader, "date", days, "The audit")
    check_unlike_neighbours(reader, "sampled", sampled)
