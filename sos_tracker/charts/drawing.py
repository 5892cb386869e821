"""Drawing: the lines, shapes and words of one SVG, gathered in order. Every word is escaped here."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

from sos_tracker.records.palette import INKS, Ink, Theme

SIZE = 14
"""Letters are 14 units high: a drawing is made at about the width it is shown at, so this is near 14 px."""
LINE = 18
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

_MARKERS = ("circle", "square", "triangle", "diamond", "down", "bar")
_HATCHES = (
    "",
    '<path d="M-2 2L2 -2M0 8L8 0M6 10L10 6" stroke="{0}" stroke-width="2.4"/>',
    '<circle cx="2" cy="2" r="1.5" fill="{0}"/><circle cx="6" cy="6" r="1.5" fill="{0}"/>',
    '<path d="M0 4H8M4 0V8" stroke="{0}" stroke-width="1.6"/>',
    '<path d="M0 2H8M0 6H8" stroke="{0}" stroke-width="1.8"/>',
    '<path d="M2 0V8M6 0V8" stroke="{0}" stroke-width="1.8"/>',
)


def plain(text: str) -> str:
    """The text without the characters XML has no place for, escaped for element content and attributes."""
    return escape(_NOT_XML.sub("", text))


def number(value: float) -> str:
    """At most one decimal, and no needless zeros: the same bytes every time."""
    shown = f"{value:.1f}"
    return shown[:-2] if shown.endswith(".0") else shown


def slug(key: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", key.lower()).strip("-") or "chart"


@dataclass
class Drawing:
    """One drawing in the making. ``name`` makes the ids of its patterns unique on a page."""

    name: str
    theme: Theme
    width: float
    parts: list[str] = field(default_factory=list)
    hatched: set[int] = field(default_factory=set)

    @property
    def ink(self) -> Ink:
        return INKS[self.theme]

    def colour(self, slot: int) -> str:
        return self.ink.series[slot % len(self.ink.series)]

    def text_colour(self, slot: int) -> str:
        return self.ink.text_series[slot % len(self.ink.text_series)]

    def line(self, x1: float, y1: float, x2: float, y2: float, colour: str, width: float = 1, dash: str = "") -> None:
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        points = f'x1="{number(x1)}" y1="{number(y1)}" x2="{number(x2)}" y2="{number(y2)}"'
        self.parts.append(f'<line {points} stroke="{colour}" stroke-width="{number(width)}"{dashes}/>')

    def path(self, points: Sequence[tuple[float, float]], colour: str, width: float, dash: str = "") -> None:
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        way = "L".join(f"{number(x)} {number(y)}" for x, y in points)
        self.parts.append(
            f'<path d="M{way}" fill="none" stroke="{colour}" stroke-width="{number(width)}" '
            f'stroke-linejoin="round"{dashes}/>'
        )

    def area(self, points: Sequence[tuple[float, float]], fill: str) -> None:
        way = "L".join(f"{number(x)} {number(y)}" for x, y in points)
        self.parts.append(f'<path d="M{way}Z" fill="{fill}"/>')

    def box(self, x: float, y: float, width: float, height: float, fill: str, edge: str = "", rx: float = 0) -> None:
        edged = f' stroke="{edge}"' if edge else ""
        rounded = f' rx="{number(rx)}"' if rx else ""
        self.parts.append(
            f'<rect x="{number(x)}" y="{number(y)}" width="{number(width)}" height="{number(height)}" '
            f'fill="{fill}"{edged}{rounded}/>'
        )

    def words(
        self,
        x: float,
        y: float,
        text: str,
        *,
        anchor: str = "start",
        bold: bool = False,
        colour: str = "",
        halo: bool = False,
        size: float = SIZE,
    ) -> None:
        """One line of text whose baseline is at ``y``; ``halo`` keeps it legible where it crosses a line."""
        looks = "" if anchor == "start" else f' text-anchor="{anchor}"'
        looks += ' font-weight="700"' if bold else ""
        looks += f' fill="{colour}"' if colour else ""
        looks += f' font-size="{number(size)}"' if size != SIZE else ""
        if halo:
            looks += f' paint-order="stroke" stroke="{self.ink.background}" stroke-width="4" stroke-linejoin="round"'
        self.parts.append(f'<text x="{number(x)}" y="{number(y)}"{looks}>{plain(text)}</text>')

    def fill(self, slot: int, *, hatch: bool) -> str:
        """The fill of a series: its colour, or its hatch, which is told apart without colour."""
        number_of = slot % len(_HATCHES)
        if not hatch or not number_of:
            return self.colour(slot)
        self.hatched.add(number_of)
        return f"url(#{self.name}-h{number_of})"

    def ring(self, x: float, y: float, size: float, text: str) -> None:
        """A number in a ring, as the list under the drawing has it."""
        self.parts.append(
            f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(size)}" fill="{self.ink.background}" '
            f'stroke="{self.ink.text}" stroke-width="1.5"/>'
        )
        self.words(x, y + 4.5, text, anchor="middle", bold=True, size=12)

    def marker(self, slot: int, x: float, y: float, size: float, colour: str, *, hollow: bool = False) -> None:
        """A marker whose shape belongs to the slot; hollow where a month is not over."""
        fill = self.ink.background if hollow else colour
        edge = colour if hollow else self.ink.background
        looks = f'fill="{fill}" stroke="{edge}" stroke-width="{2.4 if hollow else 1.2}"'
        shape = _MARKERS[slot % len(_MARKERS)]
        if shape == "circle":
            self.parts.append(f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(size)}" {looks}/>')
            return
        corners = {
            "square": ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
            "triangle": ((0, -1.2), (1.15, 0.9), (-1.15, 0.9)),
            "diamond": ((0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)),
            "down": ((0, 1.2), (1.15, -0.9), (-1.15, -0.9)),
            "bar": ((-0.4, -1.3), (0.4, -1.3), (0.4, 1.3), (-0.4, 1.3)),
        }[shape]
        points = " ".join(f"{number(x + dx * size)},{number(y + dy * size)}" for dx, dy in corners)
        self.parts.append(f'<polygon points="{points}" {looks}/>')

    def patterns(self) -> str:
        """The hatches used, for the head of the drawing."""
        return "".join(
            f'<pattern id="{self.name}-h{slot}" width="8" height="8" patternUnits="userSpaceOnUse">'
            f'<rect width="8" height="8" fill="{self.ink.background}"/>{_HATCHES[slot].format(self.colour(slot))}'
            "</pattern>"
            for slot in sorted(self.hatched)
        )
