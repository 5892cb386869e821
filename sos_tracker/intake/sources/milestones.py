"""The milestone plan."""

from sos_tracker.intake.cells import optional_text, text
from sos_tracker.intake.columns import Place, TableReader
from sos_tracker.intake.course_levels import plain
from sos_tracker.intake.gathering import Gathering

_SAYS_DONE = frozenset({"complete", "completed", "done", "achieved", "closed", "blue", "finished", "delivered"})


def read_milestones(reader: TableReader, gathering: Gathering) -> None:
    references = reader.texts("reference", optional_text)
    titles = reader.texts("title", text)
    baselines, forecasts = reader.dates("baseline"), reader.dates("forecast")
    achieved = reader.dates("achieved")
    domains, owners = reader.texts("domain", optional_text), reader.texts("owner", optional_text)
    comments = reader.texts("comment", text)
    reader.require(
        ["title"], [titles], "This row names no milestone.", "Add the milestone, or take the row out.", "no title"
    )
    reader.require(
        ["baseline"], [baselines], "This milestone has no baseline date.", "Add the date first agreed.", "no date"
    )
    for row in range(len(reader)):
        if row in reader.bad:
            continue
        draft = {
            "reference": references[row] or titles[row][:120],
            "title": titles[row],
            "domain": domains[row],
            "owner": owners[row],
            "baseline_on": baselines[row],
            "forecast_on": forecasts[row],
            "achieved_on": achieved[row],
            "comment": comments[row],
        }
        day = achieved[row]
        if day is not None and day > gathering.today:
            reader.question(
                row,
                "achieved",
                "The milestone is said to be achieved on a day still to come.",
                "Mend the date, or move it to the forecast.",
                "implausible date",
            )
        if day is None and plain(comments[row]) in _SAYS_DONE:
            reader.note(
                row, "comment", "The milestone is said to be complete, but has no date on which it was achieved.",
                "Add the date: without one it counts as not achieved.", "complete without a date",
            )  # fmt: skip
        gathering.milestones.append((draft, Place(reader, row)))
