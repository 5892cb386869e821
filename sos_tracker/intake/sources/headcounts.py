"""Partner headcounts: how many of an agency came to a session, without names."""

from sos_tracker.intake.cells import optional_text, parse_count, parse_first_day, parse_quantity
from sos_tracker.intake.columns import Place, TableReader
from sos_tracker.intake.gathering import Gathering
from sos_tracker.intake.plausibility import check_printed_rate, check_unlike_neighbours
from sos_tracker.intake.sources.register import levels
from sos_tracker.intake.vocabulary import LEAVE_OUT
from sos_tracker.records.training import CourseLevel


def read_headcounts(reader: TableReader, gathering: Gathering) -> None:
    sessions = reader.texts("session", optional_text)
    agencies = reader.texts("agency", optional_text)
    counts = reader.convert("attended", parse_count)
    found_levels, titles = levels(reader, gathering)
    starts = reader.dates("start", parse_first_day)
    venues = reader.texts("venue", optional_text)
    reader.require(
        ["session", "start"],
        [sessions, starts],
        "This line names no session.",
        "Add the session reference.",
        "no session",
    )
    reader.require(["agency"], [agencies], "This line names no agency.", "Add the partner agency.", "no agency")
    for row, attended in enumerate(counts):
        if row in reader.bad or found_levels[row] == LEAVE_OUT:
            continue
        if attended is None:
            reader.note(
                row,
                "attended",
                "No number is given, so nothing is recorded for this line.",
                "Add the number, or 0 if nobody came.",
                "no number given",
            )
            continue
        level = found_levels[row]
        draft = {
            "session": sessions[row],
            "agency": agencies[row],
            "attended": attended,
            "level": level if isinstance(level, CourseLevel) else None,
            "starts_on": starts[row],
            "course": titles[row],
            "venue": venues[row],
        }
        gathering.headcounts.append((draft, Place(reader, row)))
    check_unlike_neighbours(reader, "attended", counts)
    if reader.has("rate"):
        check_printed_rate(
            reader, reader.convert("booked", parse_count), counts, [None] * len(counts),
            reader.convert("rate", parse_quantity),
        )  # fmt: skip
