"""The key above a drawing, where the parts cannot be named beside themselves."""

from collections.abc import Sequence
from dataclasses import dataclass

from sos_tracker.charts.chart import Role
from sos_tracker.charts.drawing import LINE, Drawing
from sos_tracker.charts.lettering import width_of

DATE_MARKS = {Role.BASELINE: 0, Role.ACHIEVED: 3, Role.EXPECTED: 1, Role.OVERDUE: 2}
"""The marker of each date: ring, diamond, square, triangle."""


@dataclass(frozen=True)
class Key:
    name: str
    role: Role
    slot: int


def draw_legend(drawing: Drawing, keys: Sequence[Key]) -> float:
    """Draws the keys in as many lines as they need; returns where the drawing below may start."""
    x, y = 0.0, 0.0
    for key in keys:
        width = 22 + width_of(key.name) + 22
        if x and x + width - 22 > drawing.width:
            x, y = 0.0, y + LINE + 6
        _swatch(drawing, key, x, y + 2)
        drawing.words(x + 22, y + 14, key.name)
        x += width
    return y + LINE + 14 if keys else 2.0


def _swatch(drawing: Drawing, key: Key, x: float, y: float) -> None:
    if key.role in DATE_MARKS:
        is_ring = key.role is Role.BASELINE
        colour = drawing.ink.target if is_ring else drawing.colour(key.slot)
        drawing.marker(DATE_MARKS[key.role], x + 8, y + 7, 5.5, colour, hollow=is_ring)
    elif key.role is Role.WHOLE:
        drawing.box(x + 0.5, y + 0.5, 15, 13, "none", drawing.ink.track)
    elif key.role is Role.TARGET:
        drawing.line(x + 8, y - 1, x + 8, y + 15, drawing.ink.text, 3)
    else:
        fill = drawing.fill(key.slot, hatch=key.role is Role.PART)
        drawing.box(x + 0.5, y + 0.5, 15, 13, fill, drawing.colour(key.slot))
