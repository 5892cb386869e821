"""The one home of colours: every colour the pages, the charts and the papers use, in light and in dark.

Text needs 4.5:1 against its background and shapes 3:1 (WCAG 2.2, 1.4.3 and 1.4.11); a test computes both. Colour is
never the only sign: a series also has a dash, a marker or a hatch, a rating also a word and a shape.
The light categorical colours are the Government Analysis Function's.
"""

from dataclasses import dataclass
from enum import StrEnum

from sos_tracker.records.figures import Rating


class Theme(StrEnum):
    LIGHT = "light"
    DARK = "dark"
    PRINT = "print"


@dataclass(frozen=True)
class Ink:
    """The colours of one theme. ``series`` are for shapes; ``text_series`` the same in a tone for letters."""

    background: str
    text: str
    quiet_text: str
    grid: str
    axis: str
    target: str
    track: str
    series: tuple[str, ...]
    text_series: tuple[str, ...]


_LIGHT = Ink(
    background="#ffffff",
    text="#0b0c0c",
    quiet_text="#484949",
    grid="#d8dadc",
    axis="#6f777b",
    target="#3d3d3d",
    track="#6f777b",
    series=("#12436D", "#28A197", "#801650", "#F46A25", "#3D3D3D", "#A285D1"),
    text_series=("#12436D", "#17675F", "#801650", "#A83D06", "#3D3D3D", "#5E4292"),
)
_DARK = Ink(
    background="#0b0c0c",
    text="#ffffff",
    quiet_text="#c8ccd0",
    grid="#33383b",
    axis="#8a9196",
    target="#d5d8da",
    track="#8a9196",
    series=("#6FB1EA", "#3FC7BB", "#E887BE", "#FF9560", "#C4C8CB", "#BFA6E8"),
    text_series=("#8CC8FF", "#5BD6CB", "#F0A0CE", "#FFA97D", "#D5D8DA", "#CFBCF0"),
)
INKS: dict[Theme, Ink] = {Theme.LIGHT: _LIGHT, Theme.DARK: _DARK, Theme.PRINT: _LIGHT}


@dataclass(frozen=True)
class RatingMark:
    """How a rating is shown: its word, a shape of its own (in every system font), and a colour letters may use."""

    word: str
    shape: str
    light: str
    dark: str


RATING_MARKS: dict[Rating, RatingMark] = {
    Rating.COMPLETE: RatingMark("Complete", "■", "#144e81", "#8cc8ff"),
    Rating.ON_TRACK: RatingMark("On track", "●", "#005a30", "#6fd39b"),
    Rating.SLIGHTLY_BEHIND: RatingMark("Slightly behind", "▲", "#6e3619", "#ffb684"),
    Rating.BEHIND: RatingMark("Behind", "▼", "#942514", "#ff9d8f"),
    Rating.NOT_DUE: RatingMark("Not due yet", "○", "#484949", "#c8ccd0"),
    Rating.NO_TARGET: RatingMark("No target set", "□", "#484949", "#c8ccd0"),
    Rating.NO_DATA: RatingMark("No data", "–", "#484949", "#c8ccd0"),
    Rating.STALE: RatingMark("No recent data", "◊", "#484949", "#c8ccd0"),
}


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two ``#rrggbb`` colours, 1 to 21, as WCAG 2.2 defines it."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
