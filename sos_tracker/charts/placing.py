"""Where labels stand: beside their points, clear of each other and of the lines."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sos_tracker.charts.drawing import LINE, SIZE, Drawing
from sos_tracker.charts.lettering import width_of, wrap

Box = tuple[float, float, float, float]
Segment = tuple[float, float, float, float]


@dataclass(frozen=True)
class Label:
    """The lines of one label and the point they belong to; ``bold`` sets the first line in bold and places it first."""

    lines: tuple[str, ...]
    x: float
    y: float
    colour: str
    bold: bool
    above_first: bool


@dataclass(frozen=True)
class _Place:
    words: tuple[str, ...]
    x: float
    y: float
    anchor: str
    box: Box


def draw_labels(drawing: Drawing, labels: Sequence[Label], lines: Sequence[Segment], page: Box) -> None:
    """Each label where it stands freest: above, beside or below its point, over one line or several."""
    taken: list[Box] = [(label.x - 6, label.y - 6, label.x + 6, label.y + 6) for label in labels]
    for label in sorted(labels, key=lambda one: not one.bold):
        places = list(_places(label, drawing.width))
        costs = [_clash(place.box, taken, lines, page) + at for at, place in enumerate(places)]
        best = places[costs.index(min(costs))]
        taken.append(best.box)
        for at, line in enumerate(best.words):
            bold = label.bold and not at
            drawing.words(
                best.x, best.y + LINE * at, line, anchor=best.anchor, bold=bold, colour=label.colour, halo=True
            )


def _places(label: Label, width: float) -> Iterator[_Place]:
    """Every place a label may have, the likeliest first."""
    stacked = tuple(line for part in label.lines for line in wrap(part, width * 0.5, bold=label.bold))
    joined = " ".join(label.lines)
    for words in (stacked, (joined,)):
        if words == (joined,) and width_of(joined, SIZE, bold=True) > width * 0.78:
            continue
        tall = LINE * (len(words) - 1)
        above, beside, below = label.y - 14 - tall, label.y - tall / 2 + 5, label.y + 14 + SIZE
        places = [(label.x, above, "end"), (label.x, above, "middle"), (label.x - 12, beside, "end"),
                  (label.x, above, "start"), (label.x + 12, beside, "start"), (label.x, below, "start"),
                  (label.x, below, "middle"), (label.x, below, "end"), (label.x + 8, below + 8, "start"),
                  (label.x - 8, above - 8, "end")]  # fmt: skip
        if not label.above_first:
            places = places[4:] + places[:4]
        places += [(label.x, label.y + down, "end") for down in (60, 85, 110, 135)]
        for x, y, anchor in places:
            yield _Place(words, x, y, anchor, _box(words, x, y, anchor, bold=label.bold))


def _box(words: Sequence[str], x: float, y: float, anchor: str, *, bold: bool) -> Box:
    """The box (left, top, right, bottom) that lines of text fill, the baseline of the first at ``y``."""
    width = max(width_of(line, SIZE, bold=bold and not at) for at, line in enumerate(words))
    left = {"start": x, "middle": x - width / 2, "end": x - width}[anchor]
    return left, y - SIZE, left + width, y + LINE * (len(words) - 1) + 4


def _clash(box: Box, taken: Iterable[Box], lines: Iterable[Segment], page: Box) -> float:
    """How badly a label would stand here: off the page is worst, then over another label, then over a line."""
    left, top, right, bottom = box
    outside = max(0, page[0] - left) + max(0, page[1] - top) + max(0, right - page[2]) + max(0, bottom - page[3])
    worst = outside * 1000
    for other in taken:
        across = min(right, other[2]) - max(left, other[0])
        down = min(bottom, other[3]) - max(top, other[1])
        if across > 0 and down > 0:
            worst += 50 + across * down
    return worst + sum(20 for segment in lines if _crosses(box, segment))


def _crosses(box: Box, segment: Segment) -> bool:
    """Whether the segment passes through the box (Liang and Barsky's clipping)."""
    x1, y1, x2, y2 = segment
    start, end = 0.0, 1.0
    for run, room in ((x1 - x2, x1 - box[0]), (x2 - x1, box[2] - x1), (y1 - y2, y1 - box[1]), (y2 - y1, box[3] - y1)):
        if run == 0:
            if room < 0:
                return False
        elif run < 0:
            start = max(start, room / run)
        else:
            end = min(end, room / run)
    return start <= end
