"""A target's values as they are typed and read again: numbers, pounds, or percentages of the whole."""

from collections.abc import Callable
from datetime import date

from sos_tracker.intake.cells import Fault, Quantity, parse_date, parse_quantity
from sos_tracker.records.figures import Unit
from sos_tracker.records.money import pounds

Points = tuple[tuple[date, float], ...]


def words(value: float, unit: Unit, *, is_rate: bool) -> str:
    """``400``, ``80%``, ``£165,000``: as it is shown, and as it may be typed."""
    if is_rate:
        return f"{value * 100:g}%"
    return pounds(round(value)) if unit is Unit.PENCE else f"{value:,g}"


def point_lines(points: Points, unit: Unit, *, is_rate: bool) -> str:
    return "\n".join(f"{on:%d/%m/%Y}: {words(value, unit, is_rate=is_rate)}" for on, value in points)


def reading(unit: Unit) -> Callable[[str], float | Fault | None]:
    """Reads one value: a share of 0-1 where it is a percentage, pence where the figure is money."""

    def read(typed: str) -> float | Fault | None:
        found = parse_quantity(typed)
        if not isinstance(found, Quantity):
            return found
        return found.value * 100 if unit is Unit.PENCE and not found.is_percent else found.value

    return read


def reading_points(unit: Unit) -> Callable[[str], Points | Fault | None]:
    """Reads points of a trajectory, one a line: a date, a colon, and the value then."""
    read_value = reading(unit)

    def read(typed: str) -> Points | Fault | None:
        points = []
        for number, line in enumerate(typed.splitlines(), start=1):
            if not line.strip():
                continue
            day_typed, colon, value_typed = line.rpartition(":")
            on, value = parse_date(day_typed.strip()), read_value(value_typed.strip())
            if not colon or not isinstance(on, date) or not isinstance(value, float):
                said = f"Line {number}, “{line.strip()[:60]}”, is not a date, a colon and a value."
                return Fault(said, "Write it as 31/12/2017: 100.", "unreadable point")
            points.append((on, value))
        return tuple(points)

    return read


def are_mixed(*typed: str) -> bool:
    """Whether some values are percentages and others are not; 0 and nothing may stand beside either."""
    values = [part.rpartition(":")[2].strip() for each in typed for part in each.splitlines()]
    kinds = {"%" in value or "cent" in value.casefold() for value in values if value.strip("0.£ ")}
    return len(kinds) > 1
