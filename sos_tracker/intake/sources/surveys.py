"""Survey waves: for each question how many were asked, how many answered, and how many of those agreed."""

import re
from calendar import monthrange
from datetime import date

from sos_tracker.intake.cells import (
    Fault,
    Raw,
    absent,
    parse_count,
    parse_date,
    parse_month,
    parse_quantity,
    shown,
    text,
)
from sos_tracker.intake.columns import Place, TableReader
from sos_tracker.intake.gathering import Gathering
from sos_tracker.intake.shares import check_printed_share, counted
from sos_tracker.intake.sources.teams import ask_about_days_to_come
from sos_tracker.intake.tables import is_total
from sos_tracker.intake.vocabulary import LEAVE_OUT
from sos_tracker.records.embedding import Audience
from sos_tracker.records.issues import Weight

_NUMBERED = re.compile(r"^(?:survey|wave|round)?\s*\d{0,2}\s*[-–:,(]*\s*(?=[A-Za-z0-9])", re.I)
_TOLD_BY = {
    Audience.STAFF: re.compile(r"\b(staff|practitioners?|workforce|employees?|social workers?)\b", re.I),
    Audience.FAMILIES: re.compile(r"\b(famil(?:y|ies)|parents?|carers?|children)\b", re.I),
}


def read_surveys(reader: TableReader, gathering: Gathering) -> None:
    closed = reader.dates("closed", _last_day)
    waves = reader.convert("wave", _wave)
    days = [day or wave for day, wave in zip(closed, waves, strict=True)]
    audiences = _audiences(reader, gathering)
    agencies, questions = reader.texts("agency", text), reader.texts("question", text)
    invited, answered = reader.convert("invited", parse_count), reader.convert("answered", parse_count)
    shares, rates = reader.convert("share", parse_quantity), reader.convert("rate", parse_quantity)
    reader.require(["question"], [questions], "This row has no question.", "Add the question.", "no question")
    reader.require(
        ["closed", "wave"], [days], "It is not said when this wave closed.",
        "Add the last day of the wave, or its month.", "no date",
    )  # fmt: skip
    for name, values, said in (("invited", invited, "were asked"), ("answered", answered, "answered")):
        problem = f"It is not said how many {said}."
        reader.require([name], [values], problem, "Add their number.", "no number given")
    agreed = reader.convert("agreed", parse_count)
    check_printed_share(reader, "rate", answered, invited, rates)
    check_printed_share(reader, "share", agreed, answered, shares)
    agreed = counted(reader, "agreed", agreed, answered, shares, "people who agreed")
    for row, question in enumerate(questions):
        if row in reader.bad or audiences[row] == LEAVE_OUT:
            continue
        draft = {
            "closed_on": days[row],
            "audience": audiences[row],
            "agency": "" if absent(agencies[row]) or _everybody(agencies[row]) else agencies[row],
            "question": question,
            "invited": invited[row],
            "answered": answered[row],
            "favourable": agreed[row],
        }
        gathering.survey_answers.append((draft, Place(reader, row)))
    ask_about_days_to_come(reader, "closed", days, "The wave")


def _last_day(raw: Raw) -> date | Fault | None:
    """The day a cell names; the last of a month where it names no day."""
    found = parse_date(raw)
    month = parse_month(raw) if isinstance(found, Fault) else None
    return found if month is None else month.replace(day=monthrange(month.year, month.month)[1])


def _wave(raw: Raw) -> date | None:
    """The last day of a wave that is named by its date or month ("Wave 2, May 2018"); None of any other name."""
    found = _last_day(raw)
    if isinstance(found, Fault):
        found = _last_day(_NUMBERED.sub("", shown(raw)).rstrip(") "))
    return None if isinstance(found, Fault) else found


def _everybody(agency: str) -> bool:
    return is_total(agency) or agency.casefold() in {"all", "whole programme", "programme", "everybody", "everyone"}


def _audiences(reader: TableReader, gathering: Gathering) -> list[Audience | str | None]:
    """Who was asked, by the column; where there is none, by the title, the sheet or the file's name."""
    if reader.has("audience"):
        found = reader.convert("audience", gathering.vocabulary.embedding(Audience))
        reader.require(
            ["audience"], [found], "It is not said who was asked.", "Write staff or families.", "no audience"
        )
        return list(found)
    table = reader.table
    named = " ".join((table.titles, table.sheet, re.sub(r"[_\-.]", " ", table.file)))
    told = [audience for audience, pattern in _TOLD_BY.items() if pattern.search(named)]
    if len(told) == 1:
        reader.about_table(
            Weight.NOTE, f"No column says who was asked: by its title it is a survey of {told[0].value}.",
            "Nothing, if that is right; else add a column Audience.", "audience by title",
        )  # fmt: skip
        return [told[0]] * len(reader)
    if len(reader):
        reader.about_table(
            Weight.REJECTED, "It is not said who was asked, staff or families.",
            "Add a column Audience, or say it in the title.", "no audience",
        )  # fmt: skip
    reader.bad.update(range(len(reader)))
    return [None] * len(reader)
