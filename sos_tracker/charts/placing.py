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
        best = _freest(list(_places(label, drawing.width)), taken, lines, page)
        taken.append(best.box)
        for at, line in enumerate(best.words):
            bold = label.bold and not at
            drawing.words(
                best.x, best.y + LINE * at, line, anchor=best.anchor, bold=bold, colour=label.colour, halo=True
            )


def _freest(places: Sequence[_Place], taken: Sequence[Box], lines: Sequence[Segment], page: Box) -> _Place:
    """The place with the least clash, likelier ones first; no line is tried that could not change the choice."""
    left, top = min(place.box[0] for place in places), min(place.box[1] for place in places)
    right, bottom = max(place.box[2] for place in places), max(place.box[3] for place in places)
    near = [line for line in lines if _meets((left, top, right, bottom), line)]
    best, least = places[0], float("inf")
    for at, place in enumerate(places):
        cost = at + _crowding(place.box, taken, page)
        for line in near:
            if cost >= least:
                break
            if _meets(place.box, line) and _crosses(place.box, line):
                cost += 20
        if cost < least:
            best, least = place, cost
    return best


def _meets(box: Box, segment: Segment) -> bool:
    """Whether the segment's own box overlaps this one: cheap, and needed for it to cross."""
    x1, y1, x2, y2 = segment
    if (x1 if x1 < x2 else x2) > box[2] or (x2 if x1 < x2 else x1) < box[0]:
        return False
    return (y1 if y1 < y2 else y2) <= box[3] and (y2 if y1 < y2 else y1) >= box[1]


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


def _crowding(box: Box, taken: Iterable[Box], page: Box) -> float:
    """How badly a label would stand here but for lines: off the page is worst, then over another label."""
    left, top, right, bottom = box
    outside = max(0, page[0] - left) + max(0, page[1] - top) + max(0, right - page[2]) + max(0, bottom - page[3])
    worst = outside * 1000
    for other in taken:
        across = min(right, other[2]) - max(left, other[0])
        down = min(bottom, other[3]) - max(top, other[1])
        if across > 0 and down > 0:
            worst += 50 + across * down
    return worst


def rings(places: Sequence[float], apart: float = 24.0) -> list[int]:
    """Which row above the drawing each number of a note stands in, so that no two touch; ``places`` rise."""
    taken: list[float] = []
    found = []
    for x in places:
        row = next((at for at, last in enumerate(taken) if x - last >= apart), len(taken))
        taken[row : row + 1] = [x]
        found.append(row)
    return found


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
