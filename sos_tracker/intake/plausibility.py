"""What reads well and still cannot be right: asked about before anything is stored, never mended by guess."""

from collections import defaultdict
from collections.abc import Sequence
from statistics import median
from typing import Any

from sos_tracker.intake.cells import Quantity
from sos_tracker.intake.columns import TableReader
from sos_tracker.records.money import percent, pounds

TIMES_ITS_NEIGHBOURS = 20
_ACCEPT = "Check it against its source; accept it if it is right."


def check_unlike_neighbours(
    reader: TableReader,
    name: str,
    values: Sequence[int | None],
    *,
    by: Sequence[str] | None = None,
    at_least: int = 4,
    only_beside: bool = True,
) -> None:
    """Asks about a value 20 times the middle one of its column, or of its group (``by``) where that has enough rows.

    ``only_beside`` False: nothing is asked (a whole council's ledger has no neighbours to speak of).
    """
    if not reader.has(name) or not only_beside:
        return
    groups: dict[str, list[int]] = defaultdict(list)
    for row, value in enumerate(values):
        if value:
            groups[by[row] if by else ""].append(abs(value))
    everything = [value for group in groups.values() for value in group]
    if len(everything) < at_least:
        return
    overall = median(everything)
    usual = {group: median(found) if len(found) >= at_least else overall for group, found in groups.items()}
    say = pounds if name in {"amount", "cost"} else "{:,}".format
    for row, value in enumerate(values):
        if value and abs(value) >= TIMES_ITS_NEIGHBOURS * usual[by[row] if by else ""]:
            middle = usual[by[row] if by else ""]
            reader.question(
                row, name,
                f"{say(value)} is {abs(value) / middle:,.0f} times the usual {say(int(middle))} of this column.",
                _ACCEPT, "unlike its neighbours",
            )  # fmt: skip


def check_printed_rate(
    reader: TableReader,
    booked: Sequence[int | None],
    attended: Sequence[int | None],
    walk_ins: Sequence[int | None],
    rates: Sequence[Quantity | None],
) -> None:
    """Asks where a printed attendance rate does not follow from the counts beside it, or has walk-ins inside it."""
    for row, (places, came, unbooked, rate) in enumerate(zip(booked, attended, walk_ins, rates, strict=True)):
        if row in reader.bad or rate is None or places is None or came is None:
            continue
        share = rate.value if rate.is_percent or rate.value <= 1 else rate.value / 100
        if places == 0:
            if share > 0:
                reader.question(
                    row, "rate", "A rate is printed although nobody was booked.", _ACCEPT, "printed percentages"
                )
            continue
        follows = [came / places] + ([max(came - unbooked, 0) / places] if unbooked else [])
        if abs(follows[-1] - share) <= 0.006:
            continue
        if unbooked and abs(follows[0] - share) <= 0.006:
            reader.question(
                row, "rate",
                f"The rate counts {unbooked} walk-ins, who were never booked: without them it is "
                f"{percent(came - unbooked, places)}.", _ACCEPT, "walk-ins in a rate",
            )  # fmt: skip
        elif share > 1 and came > places:
            reader.question(
                row, "rate", f"More came ({came}) than were booked ({places}): walk-ins are inside this rate.", _ACCEPT,
                "walk-ins in a rate",
            )  # fmt: skip
        else:
            reader.question(
                row, "rate",
                f"The rate does not follow from its counts: {came} of {places} is {percent(came, places)}.",
                _ACCEPT, "printed percentages",
            )  # fmt: skip


def check_target(reader: TableReader, row: int, draft: dict[str, Any], result: Quantity | None) -> None:
    """Asks about a target of nothing, of more than the whole, or one that what is measured has left far behind."""
    target, is_rate = draft["target"], draft["is_rate"]
    group = "implausible target"
    if target == 0 and draft["measure"] not in {"M2", "M3"}:
        reader.question(row, "target", "The target is 0: anything would meet it.", _ACCEPT, group)
    elif target < 0:
        reader.question(row, "target", "The target is below 0.", _ACCEPT, group)
    elif is_rate and target > 1:
        reader.question(row, "target", f"The target is {target:.0%}, which is more than the whole.", _ACCEPT, group)
    others = [("result", result.value if result else 0.0), ("baseline", 0.0)]
    raw_baseline = draft["baseline"]
    others[1] = ("baseline", raw_baseline / 100 if draft["measure"].startswith("B") and not is_rate else raw_baseline)
    plain_target = target / 100 if draft["measure"].startswith("B") and not is_rate else target
    for name, value in others:
        if plain_target > 0 and value >= TIMES_ITS_NEIGHBOURS * plain_target:
            reader.question(
                row, name,
                f"The {name} of {value:,.0f} is {value / plain_target:,.0f} times the target of {plain_target:,.0f}.",
                _ACCEPT, group,
            )  # fmt: skip
