"""Percentages printed beside counts, or instead of one: asked about where they do not follow, never mended by guess."""

from collections.abc import Sequence

from sos_tracker.intake.cells import Quantity
from sos_tracker.intake.columns import TableReader
from sos_tracker.records.money import percent

_NEARLY = 0.0051
"""A printed percentage is rounded to whole per cent at worst."""
_ACCEPT = "Check it against its source; accept it if it is right."


def share_of(said: Quantity) -> float:
    """A printed percentage as a share, 0 to 1, whether written 60 %, 60 or 0.6."""
    return said.value if said.is_percent or said.value <= 1 else said.value / 100


def check_printed_share(
    reader: TableReader,
    name: str,
    parts: Sequence[int | None],
    wholes: Sequence[int | None],
    shares: Sequence[Quantity | None],
) -> None:
    """Asks where a printed percentage does not follow from the two counts beside it."""
    for row, (part, whole, said) in enumerate(zip(parts, wholes, shares, strict=True)):
        if row in reader.bad or part is None or whole is None or said is None:
            continue
        if whole == 0:
            if said.value:
                reader.question(row, name, "A percentage of nothing is printed.", _ACCEPT, "printed percentages")
        elif abs(part / whole - share_of(said)) > _NEARLY:
            reader.question(
                row, name,
                f"The percentage does not follow from its counts: {part:,} of {whole:,} is {percent(part, whole)}.",
                _ACCEPT, "printed percentages",
            )  # fmt: skip


def counted(
    reader: TableReader,
    name: str,
    parts: Sequence[int | None],
    wholes: Sequence[int | None],
    shares: Sequence[Quantity | None],
    what: str,
) -> list[int | None]:
    """The counts, those not given worked out from the percentage; a row is rejected where that leaves two or none."""
    found = list(parts)
    for row, (part, whole, said) in enumerate(zip(parts, wholes, shares, strict=True)):
        if row in reader.bad or part is not None or whole is None:
            continue
        field = name if reader.has(name) else "share"
        if said is None:
            problem = f"The number of {what} is not given."
        else:
            fitting = _fitting(whole, share_of(said))
            if len(fitting) == 1:
                found[row] = fitting[0]
                continue
            several = f"may be {fitting[0]:,} to {fitting[-1]:,}" if fitting else "is no whole number"
            problem = f"{share_of(said):.1%} of {whole:,} {several}."
        reader.reject_field(row, field, problem, f"Add the number of {what}.", "no number given")
    return found


def _fitting(whole: int, share: float) -> list[int]:
    """The whole numbers of which this is the percentage, rounded to a whole per cent or finer."""
    if whole == 0:
        return [0]
    near, reach = round(share * whole), int(whole * _NEARLY) + 1
    is_exact, is_rounded = abs(near / whole - share) <= 1e-9, round(share * 100, 7).is_integer()
    if is_exact and (whole <= 100 or not is_rounded):
        return [near]
    nearby = range(max(near - reach, 0), min(near + reach, whole) + 1)
    return [part for part in nearby if abs(part / whole - share) <= _NEARLY]
