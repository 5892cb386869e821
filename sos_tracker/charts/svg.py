"""svg: a Chart as markup drawn on the server, the same bytes every time, without script."""

from sos_tracker.charts import svg_bars, svg_dates, svg_lines
from sos_tracker.charts.chart import Chart, Kind
from sos_tracker.charts.drawing import LINE, SIZE, Drawing, number, plain, slug
from sos_tracker.charts.lettering import wrap
from sos_tracker.records.palette import Theme

WIDE, NARROW = 520, 340
"""The two widths pages draw at: labels keep their size, the layout changes."""
_DRAW = {Kind.LINE: svg_lines.draw, Kind.BARS: svg_bars.draw, Kind.DATES: svg_dates.draw}


def svg(chart: Chart, *, theme: str = "light", width: int = WIDE) -> str:
    """The chart as one ``<svg role="img">`` with its title and text alternative inside.

    ``theme`` is light, dark or print; ``width`` (at least 240) is the width it is meant to be shown at, in px. The
    drawing scales with its box. Ids are made of the chart's key, the theme and the width, and so are unique on a page
    that shows each of these once.
    """
    name = f"{slug(chart.key)}-{Theme(theme).value}-{width}"
    drawing = Drawing(name, Theme(theme), max(width, 240))
    height = _nothing(chart, drawing) if chart.is_empty else _DRAW[chart.kind](chart, drawing)
    size = f"{number(drawing.width)} {number(height)}"
    hatches = drawing.patterns()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="{name}-t {name}-d" '
        f'viewBox="0 0 {size}" width="100%" font-family="Arial, Helvetica, sans-serif" font-size="{SIZE}" '
        f'fill="{drawing.ink.text}">'
        f'<title id="{name}-t">{plain(chart.title)}</title><desc id="{name}-d">{plain(chart.alt)}</desc>'
        f"{f'<defs>{hatches}</defs>' if hatches else ''}{''.join(drawing.parts)}</svg>"
    )


def _nothing(chart: Chart, drawing: Drawing) -> float:
    """A sentence in place of a drawing."""
    lines = wrap(chart.nothing or "There is nothing to draw yet.", drawing.width - 32)
    height = 32 + LINE * len(lines)
    drawing.box(0.5, 0.5, drawing.width - 1, height - 1, "none", drawing.ink.axis)
    for at, line in enumerate(lines):
        drawing.words(16, 30 + LINE * at, line)
    return height
