"""What may not be recorded beside what is kept: a second of one key, a change of what is fixed, half a virement."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select

from sos_tracker.records.budget import EntryKind
from sos_tracker.records.milestones import ForecastMove, Milestone
from sos_tracker.records.money import pounds
from sos_tracker.records.periods import day
from sos_tracker.records.record import Record
from sos_tracker.records.recorded import DuplicateRecord, FixedRecord, RecordRefused
from sos_tracker.records.targets import StrategyTarget
from sos_tracker.store import tables
from sos_tracker.store.fields import Fields
from sos_tracker.store.writing import Writing

_ALREADY: Mapping[str, tuple[str, str]] = {
    "session": ("reference", "There is a session with the reference {reference} already."),
    "attendance": ("person", "This person is in the register of {session} already."),
    "headcount": ("agency", "There is a headcount of {agency} at {session} already."),
    "practice-lead post": ("starts_on", "{team} has a line for its post that starts on that day already."),
    "budget line": ("code", "There is a budget line with the code {code} already."),
    "ledger entry": (
        "reference",
        "An entry alike in everything is recorded already. If this is a second one, give it a reference of its own.",
    ),
    "outturn forecast": ("made_on", "There is a forecast of this line made on that day already."),
    "milestone": ("reference", "There is a milestone with the reference {reference} already."),
    "forecast move": ("forecast_to", "This move of the forecast is recorded already."),
    "strategy target": ("approved_on", "There is a target for {measure} approved on that day and due then already."),
    "scale rating": ("score", "People of this group gave this score on that day already: add to their number there."),
    "case audit": ("audited_on", "There is an audit of these files on that day already."),
    "survey answer": ("question", "The answers to “{question}” are recorded for that day already."),
    "alignment item": ("reference", "There is an item with the reference {reference} already."),
    "domain": ("name", "There is a domain called {name} already."),
    "status override": ("made_on", "{measure} was given a status on that day already."),
    "annotation": ("sentence", "This is noted to {measure} on that day already."),
}


def duplicate(record: Record, place: int) -> DuplicateRecord:
    """What to say where there is a record of this key already."""
    field, sentence = _ALREADY[record.kind]
    return DuplicateRecord(sentence.format(**vars(record)), field, place)


def refuse_change_of_fixed(was: Fields, kind: type[Record], becomes: Record | None, place: int) -> None:
    """Raises FixedRecord for a baseline, an issued target or a move of a forecast; ``becomes`` None: withdrawn."""
    if kind is ForecastMove:
        said = "A move of a forecast belongs to the milestone's story and stays in it: move the forecast again."
        raise FixedRecord(said, "", place)
    if kind is StrategyTarget and was["issued"]:
        said = "This target is issued and does not change. Add a newer version, with the date it was approved."
        raise FixedRecord(said, "", place)
    if isinstance(becomes, Milestone) and becomes.baseline_on != was["baseline_on"]:
        said = (
            f"The baseline is {day(was['baseline_on'])} and does not move, as slips are counted against it. Give the "
            "new date as the forecast. If it was wrong from the start, withdraw the milestone and add another."
        )
        raise FixedRecord(said, "baseline_on", place)


def refuse_beside_issued(work: Writing, target: StrategyTarget, place: int) -> None:
    """Raises where a target would alter an issued version, or be issued and not be newer than it."""
    of = tables.strategy_target.c
    here = [of.programme_id == work.programme_id, of.measure == target.measure, of.issued]
    issued = set(work.connection.scalars(select(of.approved_on).where(*here)))
    if target.approved_on is not None and target.approved_on in issued:
        said = (
            f"The target for {target.measure} approved on {day(target.approved_on)} is issued and does not change. "
            "A newer version has a later date of approval."
        )
        raise FixedRecord(said, "approved_on", place)
    newest = max((approved for approved in issued if approved is not None), default=None)
    if target.issued and newest is not None and target.approved_on is not None and target.approved_on < newest:
        said = f"The issued target for {target.measure} was approved on {day(newest)}: a newer one is approved later."
        raise RecordRefused(said, "approved_on", place)


def refuse_unbalanced(work: Writing, references: Mapping[str, int]) -> None:
    """Raises RecordRefused where the entries of a virement do not come to nothing; ``references`` by write's place."""
    of = tables.ledger_entry.c
    virement = [of.programme_id == work.programme_id, of.entry_kind == EntryKind.VIREMENT.value]
    for reference, place in references.items():
        query = select(func.sum(of.amount_pence)).where(*virement, of.reference == reference)
        left: Any = work.connection.scalar(query)
        if left:
            said = (
                f"The virement {reference} does not balance: its entries come to {pounds(int(left))}, and what one "
                "line gives another must receive. Record both sides together."
            )
            raise RecordRefused(said, "amount_pence", place)
