"""The list of training sessions."""

from sos_tracker.intake.cells import (
    optional_text,
    parse_count,
    parse_first_day,
    parse_money,
    parse_quantity,
    parse_span,
    text,
)
from sos_tracker.intake.columns import Place, TableReader
from sos_tracker.intake.gathering import Gathering
from sos_tracker.intake.headings import per_unit
from sos_tracker.intake.plausibility import check_printed_rate, check_unlike_neighbours
from sos_tracker.intake.sources.register import levels
from sos_tracker.intake.vocabulary import LEAVE_OUT
from sos_tracker.records.training import CourseLevel, SessionStatus


def read_sessions(reader: TableReader, gathering: Gathering) -> None:
    references = reader.texts("session", optional_text)
    found_levels, titles = levels(reader, gathering)
    starts, ends = reader.dates("start", parse_first_day), reader.dates("end")
    spans = [parse_span(raw) for raw in reader.raw("start")]
    statuses = reader.convert("status", gathering.vocabulary.session_status)
    unit = per_unit(reader.heading("cost"))
    costs = reader.convert("cost", lambda raw: parse_money(raw, unit))
    places = reader.convert("places", parse_count)
    venues, trainers = reader.texts("venue", optional_text), reader.texts("trainer", optional_text)
    for row in range(len(reader)):
        level, status = found_levels[row], statuses[row]
        if row in reader.bad or LEAVE_OUT in (level, status):
            continue
        if level is None:
            fault = gathering.vocabulary.level(titles[row])
            problem = getattr(fault, "problem", "This session has no course title or level.")
            remedy = getattr(fault, "remedy", "Add the course title.")
            reader.reject_field(
                row, "course" if reader.has("course") else "level", problem, remedy, "unknown course", text(titles[row])
            )
            continue
        start, end = starts[row], ends[row]
        span = spans[row]
        end = end or (span[1] if span else None)
        if start and end and end < start:
            reader.reject_field(
                row,
                "end",
                "The session ends before it starts.",
                "Mend the start or the end date.",
                "dates out of order",
            )
            continue
        if not references[row] and start is None:
            reader.reject_field(
                row, "session", "This session has neither a reference nor a date.", "Add one of them.", "no session"
            )
            continue
        draft = {
            "reference": references[row],
            "level": level if isinstance(level, CourseLevel) else None,
            "course": titles[row],
            "starts_on": start,
            "ends_on": end,
            "status": status if isinstance(status, SessionStatus) else None,
            "venue": venues[row],
            "trainer": trainers[row],
            "places": places[row],
            "cost_pence": costs[row],
        }
        gathering.sessions.append((draft, Place(reader, row)))
    check_unlike_neighbours(reader, "cost", costs, by=[str(level) for level in found_levels])
    if reader.has("rate"):
        check_printed_rate(
            reader,
            reader.convert("booked", parse_count),
            reader.convert("attended", parse_count),
            reader.convert("walk_ins", parse_count),
            reader.convert("rate", parse_quantity),
        )
