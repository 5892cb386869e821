"""The ledger: what was paid, and what is committed."""

from collections import Counter
from collections.abc import Mapping
from functools import partial

from sos_tracker.intake.cells import Fault, Raw, optional_text, parse_money, text
from sos_tracker.intake.columns import Place, TableReader
from sos_tracker.intake.gathering import Gathering
from sos_tracker.intake.headings import per_unit
from sos_tracker.intake.plausibility import check_unlike_neighbours
from sos_tracker.intake.vocabulary import LEAVE_OUT
from sos_tracker.records.budget import EntryKind
from sos_tracker.records.issues import Weight
from sos_tracker.records.money import pounds


def read_ledger(reader: TableReader, gathering: Gathering) -> None:
    dates = reader.dates("date")
    reader.require(["date"], [dates], "This posting has no date.", "Add its posting date.", "no date")
    amounts, committed = _amounts(reader)
    kinds = _kinds(reader, gathering)
    codes, suppliers = reader.texts("code", optional_text), reader.texts("supplier")
    narratives, references = reader.texts("narrative"), reader.texts("reference")
    sequences = reader.texts("sequence")
    alike: Counter[tuple[object, ...]] = Counter()
    moved: Counter[str] = Counter()
    for row in range(len(reader)):
        if row in reader.bad or kinds[row] == LEAVE_OUT:
            continue
        reference = f"{references[row]}/{sequences[row]}" if sequences[row] and references[row] else references[row]
        for kind, pence in ((kinds[row], amounts[row]), (EntryKind.COMMITMENT, committed[row])):
            if pence is None or (pence == 0 and reader.has("committed")):
                continue
            draft = {
                "posted_on": dates[row],
                "line": codes[row],
                "supplier": suppliers[row],
                "narrative": narratives[row],
                "reference": reference,
                "entry_kind": kind,
                "amount_pence": -abs(pence) if kind is EntryKind.CREDIT else pence,
            }
            key = tuple(draft.values())
            gathering.ledger.append(({**draft, "occurrence": alike[key]}, Place(reader, row)))
            alike[key] += 1
            if kind is EntryKind.VIREMENT:
                moved[reference] += pence
    _ask_about_half_virements(reader, moved)
    check_unlike_neighbours(reader, "amount", amounts, by=codes, at_least=8, only_beside=bool(reader.has("code")))


def _ask_about_half_virements(reader: TableReader, moved: Mapping[str, int]) -> None:
    """A virement takes from one line what it gives to another."""
    for reference, left in moved.items():
        if left:
            said = f"The entries of virement {reference} come to {pounds(left)} and should come to nothing."
            reader.about_table(
                Weight.QUESTION, said,
                "Add the entry of the other budget line. Accept it if that one is in a file still to come.",
                "virement that does not balance",
            )  # fmt: skip


def _amounts(reader: TableReader) -> tuple[list[int | None], list[int | None]]:
    """(pence spent, debits above zero and credits below it; pence committed, where a column of its own says so)."""

    def column(name: str) -> list[int | None]:
        unit = max(per_unit(reader.heading(name)), per_unit(reader.table.titles))
        return reader.convert(name, partial(parse_money, per_unit=unit))

    committed = column("committed")
    if reader.has("amount"):
        amounts = column("amount")
    else:
        amounts = [
            None if debit is None and credit is None else (debit or 0) - abs(credit or 0)
            for debit, credit in zip(column("debit"), column("credit"), strict=True)
        ]
    if not any(reader.has(name) for name in ("amount", "debit", "credit")):
        reader.about_table(
            Weight.NOTE, f"The amounts are headed “{reader.heading('committed')}”: they were read as commitments.",
            "Nothing, if that is right.", "type of posting",
        )  # fmt: skip
    names = [name for name in ("amount", "debit", "credit", "committed") if reader.has(name)]
    problem, remedy = "This posting has no amount.", "Add its amount, or take the row out."
    reader.require(names, [amounts, committed], problem, remedy, "no amount")
    return amounts, committed


def _kinds(reader: TableReader, gathering: Gathering) -> list[EntryKind | str | None]:
    """Actual or commitment. A type column that never says either (Revenue, Capital) is about something else."""
    if not reader.has("type"):
        return [EntryKind.ACTUAL] * len(reader)
    read: Mapping[Raw, object] = {raw: gathering.vocabulary.entry_kind(raw) for raw in set(reader.raw("type"))}
    if not any(isinstance(value, EntryKind) for value in read.values()):
        reader.about_table(
            Weight.NOTE,
            f"The column “{reader.heading('type')}” says {_some(read)}, not actual or commitment: "
            "every posting was read as actual.",
            "Nothing, if the extract holds payments only.", "type of posting",
        )  # fmt: skip
        return [EntryKind.ACTUAL] * len(reader)
    kinds = reader.convert("type", gathering.vocabulary.entry_kind)
    if any(kind is None and row not in reader.bad for row, kind in enumerate(kinds)):
        reader.about_table(
            Weight.NOTE,
            "Some postings have no type; they were read as actual.",
            "Fill in the type if some are commitments.",
            "type of posting",
        )
    return [kind or EntryKind.ACTUAL for kind in kinds]


def _some(read: Mapping[Raw, object]) -> str:
    words = sorted({text(raw) for raw, value in read.items() if isinstance(value, Fault)})
    return ", ".join(f"“{word}”" for word in words[:3]) if words else "nothing"
