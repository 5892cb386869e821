"""The strategy's targets."""

from sos_tracker.intake.cells import Quantity, optional_text, parse_quantity, text
from sos_tracker.intake.columns import Place, TableReader
from sos_tracker.intake.gathering import Gathering
from sos_tracker.intake.headings import PENCE, per_unit
from sos_tracker.intake.plausibility import check_target
from sos_tracker.intake.vocabulary import measure_code, unknown_measure

_ALWAYS_RATES = frozenset({"T4"})
_MONEY = frozenset({"B1", "B2", "B3"})
_PARTS_OF_A_WHOLE = frozenset({"T3", "T4", "L1", "M1"})


def read_targets(reader: TableReader, gathering: Gathering) -> None:
    names = reader.texts("measure", text)
    targets = reader.convert("target", parse_quantity)
    baselines = reader.convert("baseline", parse_quantity)
    results = reader.convert("result", parse_quantity) if reader.has("result") else [None] * len(reader)
    dues, baselines_on = reader.dates("due"), reader.dates("baseline_on")
    approved_on = reader.dates("approved_on")
    approved_by, reasons = reader.texts("approved_by", optional_text), reader.texts("reason", optional_text)
    units = reader.texts("unit")
    reader.require(["measure"], [names], "This row names no measure.", "Add the measure.", "no measure")
    reader.require(
        ["target"], [targets], "This measure has no target.", "Add the target, or take the row out.", "no target"
    )
    reader.require(["due"], [dues], "This target has no date by which it is due.", "Add the date.", "no date")
    codes = {name: measure_code(name, gathering.vocabulary) for name in set(names)}
    for row, target in enumerate(targets):
        if row in reader.bad or target is None:
            continue
        code = codes[names[row]]
        if code is None:
            fault = unknown_measure(names[row])
            reader.reject_field(row, "measure", fault.problem, fault.remedy, fault.group, fault.word)
            continue
        is_rate = _is_rate(code, target, units[row])
        times = per_unit(units[row]) // PENCE if code in _MONEY and not is_rate else 1
        starting = baselines[row] or Quantity(0.0)
        since = baselines_on[row] or approved_on[row]
        due = dues[row]
        if since is None:
            reader.reject_field(
                row,
                "baseline_on",
                "This target has no date for its baseline.",
                "Add the date the baseline was taken.",
                "no date",
            )
            continue
        if due is not None and due <= since:
            reader.reject_field(
                row,
                "due",
                "The target is due on or before the date of its baseline.",
                "Mend one of the dates.",
                "dates out of order",
            )
            continue
        draft = {
            "measure": code,
            "name": names[row],
            "is_rate": is_rate,
            "baseline": in_unit(code, starting, is_rate=is_rate) * times,
            "baseline_on": since,
            "target": in_unit(code, target, is_rate=is_rate) * times,
            "due_on": due,
            "approved_by": approved_by[row],
            "approved_on": approved_on[row],
            "reason": reasons[row],
        }
        check_target(reader, row, draft, results[row])
        gathering.targets.append((draft, Place(reader, row)))


def _is_rate(code: str, target: Quantity, unit: str) -> bool:
    if target.is_percent or code in _ALWAYS_RATES or "%" in unit or "percent" in unit.casefold():
        return True
    return code in _PARTS_OF_A_WHOLE and 0 < target.value <= 1


def in_unit(code: str, quantity: Quantity, *, is_rate: bool) -> float:
    """The value as a target keeps it: a share 0-1, pence for money, else the number itself."""
    if is_rate:
        return quantity.value if quantity.is_percent or abs(quantity.value) <= 1 else quantity.value / 100
    return round(quantity.value * 100) if code in _MONEY else quantity.value
