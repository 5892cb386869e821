"""Chart: what a chart says, frozen; how it is drawn stands in ``svg`` and ``plotly_figure``."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

ALT_SHORTEST, ALT_LONGEST = 40, 450


class Kind(StrEnum):
    LINE = "line over time"
    BARS = "bars"
    DATES = "timeline"


class Scale(StrEnum):
    """What the value axis counts: whole things, pence (shown in pounds), a share 0-1, a score 0-10, or days (ordinals
    of dates)."""

    COUNT = "count"
    PENCE = "pence"
    SHARE = "share"
    SCORE = "score"
    DATE = "date"


class Role(StrEnum):
    """What a series is in its chart; the drawing of each role differs in more than colour.

    LINE: ACTUAL is a solid line with markers, TARGET a dashed step line, ORIGINAL (the target as first approved,
    where it was revised) a thin dotted one; LOW and HIGH are the edges of a dotted band that a forecast lies in,
    LIKELY a dash-dotted line in it. BARS: ACTUAL and PART are stacked in order
    (PART hatched), TARGET is a tick across the bar, WHOLE an outline the bar fills. DATES: BASELINE is a ring,
    ACHIEVED a filled diamond, EXPECTED a filled square, OVERDUE a filled triangle.
    """

    ACTUAL = "actual"
    PART = "part"
    TARGET = "target"
    ORIGINAL = "original target"
    LOW = "low end of the forecast"
    LIKELY = "forecast"
    HIGH = "high end of the forecast"
    WHOLE = "whole"
    BASELINE = "baseline"
    ACHIEVED = "achieved"
    EXPECTED = "expected"
    OVERDUE = "overdue"


@dataclass(frozen=True)
class Point:
    """One value. ``at`` is a date in LINE charts, else the key of a row; ``value`` None is missing, not zero.

    ``label`` is printed beside the point, ``hover`` is the sentence told when it is pointed at, ``id`` is what a
    selection of it means to a page. ``part`` marks a month that is not over.
    """

    at: date | str
    value: float | None
    label: str = ""
    hover: str = ""
    id: str = ""
    part: bool = False


@dataclass(frozen=True)
class Series:
    """Points of one kind; ``slot`` picks the colour, marker and hatch together."""

    name: str
    role: Role
    points: tuple[Point, ...]
    slot: int = 0


@dataclass(frozen=True)
class Row:
    """One row of a BARS or DATES chart: its name, and what is printed for it, such as ``12 of 18 (67%)``."""

    key: str
    name: str
    value_label: str = ""


@dataclass(frozen=True)
class Goal:
    """The final target of a LINE chart, drawn on its due date."""

    on: date
    value: float
    label: str


@dataclass(frozen=True)
class Annotated:
    """A note on a LINE chart: ``number`` is drawn at its day, the sentence stands under the drawing."""

    number: int
    on: date
    sentence: str


@dataclass(frozen=True)
class Reference:
    """A line across all rows, as the average of all teams or (DATES) the as-at date."""

    value: float
    label: str


@dataclass(frozen=True)
class Column:
    heading: str
    numeric: bool = False


def numeric(heading: str) -> Column:
    """A column of numbers, set to the right."""
    return Column(heading, numeric=True)


@dataclass(frozen=True)
class Table:
    """The same figures as text; the first column names the row."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(f"The table {self.caption!r} has {len(self.columns)} columns and a row of {len(row)}.")


@dataclass(frozen=True)
class Chart:
    """One chart as a reader meets it.

    ``key`` is unique on a page. ``title`` is the finding, ``subtitle`` what is counted, in which unit and period.
    ``alt`` (40 to 450 characters) holds the latest value. ``nothing`` is the sentence shown where there is nothing to
    draw; such a chart has no series. ``note`` and ``notice`` are printed under the drawing.
    """

    key: str
    title: str
    subtitle: str
    kind: Kind
    scale: Scale
    alt: str
    table: Table
    as_at: date
    series: tuple[Series, ...] = ()
    rows: tuple[Row, ...] = ()
    goal: Goal | None = None
    reference: Reference | None = None
    note: str = ""
    notice: str = ""
    nothing: str = ""
    annotations: tuple[Annotated, ...] = ()
    row_names: dict[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not ALT_SHORTEST <= len(self.alt) <= ALT_LONGEST:
            raise ValueError(
                f"The text alternative of {self.key!r} has {len(self.alt)} characters; it needs 40 to 450."
            )
        object.__setattr__(self, "row_names", {row.key: row.name for row in self.rows})

    @property
    def is_empty(self) -> bool:
        return not any(point.value is not None for series in self.series for point in series.points)
