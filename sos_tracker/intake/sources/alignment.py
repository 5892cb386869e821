"""Alignment items: forms, policies and other things made to fit the practice, and the day each came to a stage."""

from datetime import date

from sos_tracker.intake.cells import optional_text, text
from sos_tracker.intake.columns import Place, TableReader
from sos_tracker.intake.gathering import Gathering
from sos_tracker.intake.vocabulary import LEAVE_OUT
from sos_tracker.records.embedding import AlignmentKind, AlignmentStage


def read_alignment(reader: TableReader, gathering: Gathering) -> None:
    references, titles = reader.texts("reference", optional_text), reader.texts("title", text)
    kinds = reader.convert("kind", gathering.vocabulary.embedding(AlignmentKind))
    stages = reader.convert("stage", gathering.vocabulary.embedding(AlignmentStage))
    stages_on = reader.dates("stage_on")
    reached = {stage: reader.dates(stage.value) for stage in AlignmentStage}
    domains, owners = reader.texts("domain", optional_text), reader.texts("owner", optional_text)
    dues = reader.dates("due")
    reader.require(["title"], [titles], "This row names no item.", "Add the item, or take the row out.", "no title")
    for row, stage in enumerate(stages):
        if row in reader.bad or LEAVE_OUT in (kinds[row], stage):
            continue
        days = {each: on[row] for each, on in reached.items()}
        if isinstance(stage, AlignmentStage):
            days[stage] = days[stage] or stages_on[row]
            if days[stage] is None and stage is not AlignmentStage.IDENTIFIED:
                reader.reject_field(
                    row, "stage", f"The item is said to be {stage.value}, but not since when.",
                    "Add the day it came to this stage.", "no date",
                )  # fmt: skip
                continue
        _ask_about_days_to_come(reader, row, days)
        draft = {
            "reference": references[row] or titles[row][:120],
            "title": titles[row],
            "item_kind": kinds[row],
            "domain": domains[row],
            "owner": owners[row],
            "due_on": dues[row],
            **{f"{each.value}_on": day for each, day in days.items()},
        }
        gathering.alignment_items.append((draft, Place(reader, row)))


def _ask_about_days_to_come(reader: TableReader, row: int, days: dict[AlignmentStage, date | None]) -> None:
    for stage, day in days.items():
        if day is not None and day > reader.today:
            reader.question(
                row, stage.value if reader.has(stage.value) else "stage_on",
                f"The item is said to be {stage.value} on a day still to come.",
                "Mend the date, or give it as the day it is due.", "implausible date",
            )  # fmt: skip
