"""Bars of 60 teams: every name and value is there once, none over another, and nothing is cut off."""

from itertools import combinations

import pandas as pd
import pytest

from sos_tracker.charts import training
from sos_tracker.charts.chart import Chart
from sos_tracker.charts.lettering import width_of
from sos_tracker.charts.plotly_figure import plotly_figure
from sos_tracker.charts.svg import NARROW, WIDE, svg
from sos_tracker.records.figures import Unit
from tests.charts import examples
from tests.charts.test_svg import outside, read

TEAMS = 60


def sixty_teams() -> Chart:
    rows = [
        (f"Agency {number % 7}", f"Family safeguarding and support team {number}", 20, number % 21, (number % 21) / 20)
        for number in range(TEAMS)
    ]
    teams = pd.DataFrame(rows, columns=["agency", "team", "staff", "trained", "rate"])
    of = examples.figure(600, code="T3", unit=Unit.STAFF, denominator=1200.0, rate=0.5, parts={})
    return training.coverage_by_team(teams, of)


def boxes(markup: str) -> list[tuple[float, float, float, float, str]]:
    """Each line of letters as left, top, right, bottom and words."""
    found = []
    for element in read(markup).iter():
        if element.tag.endswith("}text"):
            said = element.text or ""
            wide = width_of(said, bold="font-weight" in element.attrib)
            x, y = float(element.attrib["x"]), float(element.attrib["y"])
            left = x - {"middle": wide / 2, "end": wide}.get(element.attrib.get("text-anchor", "start"), 0)
            found.append((left, y - 11, left + wide, y + 3, said))
    return found


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_sixty_bars_of_our_own_have_no_label_over_another_and_none_cut_off(width: int) -> None:
    drawn = svg(sixty_teams(), width=width)

    found = boxes(drawn)
    over = [
        (one[4], other[4])
        for one, other in combinations(found, 2)
        if one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
    ]
    height = float(read(drawn).attrib["viewBox"].split()[3])
    assert over == []
    assert outside(drawn) == []
    assert max(bottom for *_, bottom, _ in found) <= height
    assert sum("of 20 (" in said for *_, said in found) == TEAMS


def test_sixty_bars_to_explore_have_a_place_each_and_the_drawing_is_tall_enough() -> None:
    figure = plotly_figure(sixty_teams())

    names = [each for each in figure.layout.annotations if each.yref == "y"]
    (bars,) = [trace for trace in figure.data if trace.type == "bar"]
    foot, top = figure.layout.yaxis.range
    tops = [each.y for each in names]
    ends = [each.y + 17 * (each.text.count("<br>") + 1) for each in names]
    assert (len(names), len(bars.y)) == (TEAMS, TEAMS)
    assert all(end < bar for end, bar in zip(ends, bars.y, strict=True))  # a name stands above its own bar
    assert all(bar < following for bar, following in zip(bars.y, tops[1:], strict=False))  # and below the one before
    assert top == 0
    assert foot > max(bars.y)
    assert figure.layout.height >= foot  # one unit is one pixel
