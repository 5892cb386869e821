"""plotly_figure: the same Chart for a director to explore: hover sentences, zoom, series on and off, selection."""

from datetime import date
from html import escape
from typing import Any

from plotly import graph_objects as go

from sos_tracker.charts.chart import Chart, Goal, Kind, Point, Role, Scale, Series
from sos_tracker.charts.fan import FAN, FAN_SLOT
from sos_tracker.charts.lettering import wrap
from sos_tracker.charts.placing import rings
from sos_tracker.charts.scales import bar_ends, stacked, tick_label, value_ticks, values_drawn
from sos_tracker.records.palette import INKS, Ink, Theme

CONFIG: dict[str, Any] = {"displayModeBar": False, "displaylogo": False, "responsive": True}
"""Goes with every figure: no buttons over the drawing; a double click shows the whole again."""

_SYMBOLS = ("circle", "square", "triangle-up", "diamond", "triangle-down", "cross")
_HATCHES = ("", "/", ".", "x", "-", "|")
_DATE_SYMBOLS = {Role.BASELINE: "circle-open", Role.ACHIEVED: "diamond", Role.EXPECTED: "square",
                 Role.OVERDUE: "triangle-up"}  # fmt: skip
_WITH_FAN = 460  # pixels high: a band and its names need room on a phone
_ROOM_ABOVE = 1.15  # for the name over the end of a band
_FAN_ORDER = (Role.LOW, Role.HIGH, Role.LIKELY)
_NAME_WIDTH, _LINE, _MARK, _GAP = 262, 17, 22, 14
"""Names are wrapped to what a phone is wide; one unit of the row axis is one pixel."""
_ROW = 26  # of notes' numbers


def plotly_figure(chart: Chart, theme: str = "light") -> go.Figure:
    """The chart as a plotly figure; ``customdata`` of every point is the id a page drills down by.

    Show it with ``CONFIG``, without a theme of the page's own.
    """
    ink = INKS[Theme(theme)]
    figure = go.Figure(layout=_layout(chart, ink))
    if chart.is_empty:
        words = "<br>".join(escape(line) for line in wrap(chart.nothing, _NAME_WIDTH))
        figure.add_annotation(text=words, showarrow=False, x=0.5, y=0.5, xref="paper", yref="paper")
        figure.update_layout(height=120, xaxis_visible=False, yaxis_visible=False)
    elif chart.kind is Kind.LINE:
        _lines(figure, chart, ink)
    else:
        _rows(figure, chart, ink)
    return figure


def _layout(chart: Chart, ink: Ink) -> dict[str, Any]:
    return {
        "font": {"family": "Arial, Helvetica, sans-serif", "size": 14, "color": ink.text},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "height": 380,
        "hovermode": "closest",
        "hoverlabel": {
            "bgcolor": ink.background,
            "bordercolor": ink.axis,
            "font": {"color": ink.text},
            "align": "left",
        },
        "clickmode": "event+select",
        "dragmode": False if chart.kind is Kind.BARS else "zoom",
        "barmode": "overlay",
        "showlegend": len(chart.series) > 1,
        "legend": {"orientation": "h", "x": 0, "y": 1.0, "yanchor": "bottom", "xanchor": "left"},
        "xaxis": {"automargin": True, "gridcolor": ink.grid, "linecolor": ink.axis, "zeroline": False},
        "yaxis": {"automargin": True, "gridcolor": ink.grid, "zerolinecolor": ink.axis, "fixedrange": True},
    }


def _shown(value: float | None, scale: Scale) -> float | None:
    """Pounds of pence; everything else as it is."""
    return value / 100 if value is not None and scale is Scale.PENCE else value


def _value_axis(values: list[float], scale: Scale, about: int) -> dict[str, Any]:
    """The ticks our own drawings have, in words, and room to the last of them."""
    ticks = value_ticks(values, scale, about=about)
    first, last = _shown(ticks[0], scale) or 0.0, _shown(ticks[-1], scale) or 1.0
    return {
        "tickvals": [_shown(tick, scale) for tick in ticks],
        "ticktext": [tick_label(tick, scale) for tick in ticks],
        "range": [first, last + (last - first) * 0.08],
    }


def _told(points: tuple[Point, ...]) -> dict[str, Any]:
    """What is told of points when they are pointed at, and what a selection of them means."""
    return {
        "hovertext": ["<br>".join(escape(line) for line in wrap(point.hover, _NAME_WIDTH)) for point in points],
        "hoverinfo": "text",
        "customdata": [[point.id] for point in points],
    }


def _lines(figure: go.Figure, chart: Chart, ink: Ink) -> None:
    _ahead(figure, chart, ink)
    for series in chart.series:
        if series.role not in FAN:
            figure.add_trace(_line(series, chart.scale, ink))
    labelled = {series.role: p.value for series in chart.series for p in series.points if p.label}
    is_above = (labelled.get(Role.ACTUAL) or 0.0) >= (labelled.get(Role.TARGET) or 0.0)
    crowded = sum(series.role is Role.ACTUAL for series in chart.series) > 1
    for series in chart.series:
        if series.role is Role.ORIGINAL or (crowded and series.slot):
            continue  # the key names it
        is_upper = is_above == (series.role is Role.ACTUAL)
        colour = ink.text_series[series.slot] if series.role is Role.ACTUAL else ink.target
        for point in series.points:
            # the key names the first target, and the forecast is named at its end
            if point.label and point.value is not None and series.role in (Role.ACTUAL, Role.TARGET):
                beside = crowded and series.role is Role.ACTUAL and _has_room(chart, point)
                _annotate(figure, point.at, _shown(point.value, chart.scale), point.label, colour,
                          is_upper=is_upper, has_room=_has_room(chart, point),
                          ground=ink.background if crowded else "", beside=beside)  # fmt: skip
    if chart.goal:
        _goal(figure, chart, chart.goal, ink)
    _annotations(figure, chart, ink)
    values = values_drawn(chart)
    if _is_above_goal(chart):
        values = [*values, max(values) * _ROOM_ABOVE]
    figure.update_yaxes(**_value_axis(values, chart.scale, 4))
    figure.update_xaxes(tickformat="%b\n%Y", nticks=8, tickcolor=ink.axis, ticks="outside")


def _annotations(figure: go.Figure, chart: Chart, ink: Ink) -> None:
    """Numbers of the notes above the drawing, in as many rows as a phone needs, and the key above them."""
    if not chart.annotations:
        return
    days = [point.at.toordinal() for one in chart.series for point in one.points if isinstance(point.at, date)]
    days += [chart.goal.on.toordinal()] if chart.goal else []
    share = _NAME_WIDTH / max(max(days) - min(days), 1)
    rows = rings([note.on.toordinal() * share for note in chart.annotations])
    for note, row in zip(chart.annotations, rows, strict=True):
        at = date.fromordinal(min(max(note.on.toordinal(), min(days)), max(days)))
        figure.add_shape(type="line", x0=at, x1=at, y0=0, y1=1, yref="paper", layer="below",
                         line={"color": ink.axis, "width": 1, "dash": "dot"})  # fmt: skip
        figure.add_annotation(
            x=at, y=1, yref="paper", yanchor="bottom", yshift=2 + _ROW * row, text=f"<b>{note.number}</b>",
            showarrow=False, bordercolor=ink.text, bgcolor=ink.background, borderpad=3, font={"color": ink.text},
            hovertext="<br>".join(escape(line) for line in wrap(note.sentence, _NAME_WIDTH)),
        )  # fmt: skip
    above = _ROW * (max(rows) + 1)
    key = 30 * (len(chart.series) > 1)
    figure.update_layout(
        height=380 + above + key, margin={"t": above + key + 12},
        legend={"y": 1, "yref": "container", "yanchor": "top"},
    )  # fmt: skip


def _ahead(figure: go.Figure, chart: Chart, ink: Ink) -> None:
    """The forecast below everything else: its band hatched and edged, its likely line dashed."""
    colour = ink.series[FAN_SLOT]
    for series in sorted((one for one in chart.series if one.role in FAN), key=lambda one: _FAN_ORDER.index(one.role)):
        is_likely, is_high = series.role is Role.LIKELY, series.role is Role.HIGH
        filled = {"fill": "tonexty", "fillcolor": "rgba(0,0,0,0)", "fillpattern": {
            "shape": _HATCHES[FAN_SLOT], "fgcolor": colour, "fgopacity": 0.55, "size": 7, "solidity": 0.3,
        }}  # fmt: skip
        told = _told(series.points) if is_likely else {"hoverinfo": "skip", "customdata": [[""]] * len(series.points)}
        figure.add_trace(
            go.Scatter(
                x=[point.at for point in series.points],
                y=[_shown(point.value, chart.scale) for point in series.points],
                name=escape(series.name), mode="lines+markers" if is_likely else "lines", cliponaxis=False,
                line={"color": colour, "width": 2.5 if is_likely else 1, "dash": "dashdot" if is_likely else "solid"},
                marker={"symbol": _SYMBOLS[FAN_SLOT], "size": [0] * (len(series.points) - 1) + [10], "opacity": 1},
                showlegend=series.role is not Role.LOW, **told, **(filled if is_high else {}),
            )
        )  # fmt: skip
    if any(one.role is Role.LIKELY for one in chart.series):
        _name_forecast(figure, chart, ink)
        figure.update_layout(height=_WITH_FAN)


def _name_forecast(figure: go.Figure, chart: Chart, ink: Ink) -> None:
    """The forecast named at the end of its band, on the side away from the final target."""
    ends = {one.role: one.points[-1] for one in chart.series if one.role in FAN}
    is_upper = _is_above_goal(chart)
    end = ends[Role.HIGH if is_upper else Role.LOW]
    figure.add_annotation(
        x=end.at, y=_shown(end.value, chart.scale), text=_heavy(ends[Role.LIKELY].label), showarrow=False,
        xanchor="right", yanchor="bottom" if is_upper else "top", align="right", yshift=2 if is_upper else -4,
        font={"color": ink.text_series[FAN_SLOT]}, bgcolor=ink.background,
    )  # fmt: skip


def _is_above_goal(chart: Chart) -> bool:
    """Whether a forecast ends above the final target, or there is none."""
    ends = [one.points[-1].value or 0.0 for one in chart.series if one.role is Role.LIKELY]
    return bool(ends) and (chart.goal is None or ends[0] >= chart.goal.value)


def _goal(figure: go.Figure, chart: Chart, goal: Goal, ink: Ink) -> None:
    """The final target on its due date, with a faint line to it from the last step where the steps end sooner."""
    steps = [point for series in chart.series if series.role is Role.TARGET for point in series.points]
    start = [(point.at, point.value) for point in steps if point.value is not None][-1:]
    way = [*start, (goal.on, goal.value)]
    figure.add_trace(
        go.Scatter(
            x=[on for on, _ in way], y=[_shown(value, chart.scale) for _, value in way], mode="lines+markers",
            line={"color": ink.axis, "width": 1.5, "dash": "dot"}, showlegend=False, cliponaxis=False,
            marker={"symbol": "diamond", "size": [0] * len(start) + [13], "opacity": 1, "color": ink.target},
            hoverinfo="text", customdata=[[""]] * len(way),
            hovertext=[escape(goal.label).replace("\n", "<br>")] * len(way),
        )
    )  # fmt: skip
    below = _is_above_goal(chart)  # the forecast's band lies beside it then, and what happened is near
    label = "\n".join(goal.label.split("\n")[0].rsplit(" ", 1)) if below else goal.label
    figure.add_annotation(
        x=goal.on, y=_shown(goal.value, chart.scale), text=_heavy(label), showarrow=False, xanchor="right",
        yanchor="top" if below else "middle", align="right", xshift=0 if below else -12, yshift=-12 if below else 0,
        font={"color": ink.target}, bgcolor=None if below else ink.background,
    )  # fmt: skip


def _line(series: Series, scale: Scale, ink: Ink) -> go.Scatter:
    is_target = series.role is not Role.ACTUAL
    dash = "dot" if series.role is Role.ORIGINAL else "dash" if is_target else "solid"
    colour = ink.target if is_target else ink.series[series.slot]
    symbol = _SYMBOLS[series.slot]
    return go.Scatter(
        x=[point.at for point in series.points],
        y=[_shown(point.value, scale) for point in series.points],
        name=escape(series.name),
        mode="lines" if is_target and len(series.points) > 1 else "lines+markers",
        line={"color": colour, "width": 2 if is_target else 3, "dash": dash,
              "shape": "hv" if is_target else "linear"},
        marker={"size": 10, "symbol": [f"{symbol}-open" if point.part else symbol for point in series.points],
                "line": {"width": [2.5 if point.part else 0 for point in series.points], "color": colour}},
        connectgaps=False,
        cliponaxis=False,
        **_told(series.points),
    )  # fmt: skip


def _heavy(label: str) -> str:
    first, *rest = escape(label).split("\n")
    return "<br>".join([f"<b>{first}</b>", *rest])


def _has_room(chart: Chart, point: Point) -> bool:
    """Whether a label fits to the right of a point at 320 px: in the first half of the days shown."""
    days = [one.at for series in chart.series for one in series.points if isinstance(one.at, date)]
    days += [chart.goal.on] if chart.goal else []
    if not isinstance(point.at, date) or len(days) < 2:
        return True
    return (point.at - min(days)) * 2 < max(days) - min(days)


def _annotate(
    figure: go.Figure, x: date | str, y: float | None, label: str, colour: str, *, is_upper: bool, has_room: bool,
    ground: str = "", beside: bool = False,
) -> None:  # fmt: skip
    """A label by its point: the upper line's above and to the left, the lower line's below, to the right where
    there is room. Where several lines are measured it stands ``beside`` the point, on a ``ground`` of its own."""
    if beside:
        figure.add_annotation(
            x=x, y=y, text=_heavy(label), showarrow=False, font={"color": colour}, xanchor="left", yanchor="middle",
            align="left", xshift=10, bgcolor=ground,
        )  # fmt: skip
        return
    leftwards = is_upper or not has_room
    figure.add_annotation(
        x=x, y=y, text=_heavy(label), showarrow=False, font={"color": colour},
        xanchor="right" if leftwards else "left", yanchor="bottom" if is_upper else "top",
        align="right" if leftwards else "left", yshift=8 if is_upper else -6, bgcolor=ground or None,
    )  # fmt: skip


def _rows(figure: go.Figure, chart: Chart, ink: Ink) -> None:
    """A row a name, the name above its marks: names of any length stay readable at 320 px."""
    places: dict[str, float] = {}
    names, foot = [], 0.0
    for row in chart.rows:
        name, value = wrap(row.name, _NAME_WIDTH), wrap(row.value_label, _NAME_WIDTH, bold=True)
        words = [*(escape(line) for line in name), *(f"<b>{escape(line)}</b>" for line in value)]
        names.append(
            {"x": 0, "xref": "paper", "y": foot, "yref": "y", "text": "<br>".join(words), "showarrow": False,
             "xanchor": "left", "yanchor": "top", "align": "left", "borderpad": 0, "bgcolor": ink.background}
        )  # fmt: skip
        places[row.key] = foot + _LINE * len(words) + 6 + _MARK / 2
        foot = places[row.key] + _MARK / 2 + _GAP
    figure.update_layout(annotations=names)
    draw = _bars if chart.kind is Kind.BARS else _dates
    draw(figure, chart, ink, places)
    if chart.reference:
        at = chart.reference.value
        x = date.fromordinal(int(at)) if chart.scale is Scale.DATE else _shown(at, chart.scale)
        figure.add_shape(type="line", x0=x, x1=x, y0=0, y1=1, yref="paper", line={"color": ink.text, "dash": "dot"})
        figure.add_annotation(
            x=x, y=1, yref="paper", text=escape(chart.reference.label), showarrow=False, yanchor="bottom",
            bgcolor=ink.background,
        )  # fmt: skip
    above = 26 + 24 * (len(chart.series) + 1) // 2 if len(chart.series) > 1 else 26
    height = foot + above + 40
    figure.update_layout(
        height=height, margin={"t": above, "b": 40}, legend={"y": 1, "yref": "container", "yanchor": "top"}
    )
    figure.update_yaxes(range=[foot, 0], visible=False, automargin=False)
    figure.update_xaxes(automargin=False)


def _bars(figure: go.Figure, chart: Chart, ink: Ink, places: dict[str, float]) -> None:
    starts = stacked(chart)
    for series in sorted(chart.series, key=lambda one: one.role is Role.TARGET):
        points = tuple(point for point in series.points if point.value is not None and point.at in places)
        x = [_shown(point.value, chart.scale) for point in points]
        y = [places[str(point.at)] for point in points]
        colour = ink.series[series.slot]
        if series.role is Role.TARGET:
            figure.add_trace(
                go.Scatter(x=x, y=y, mode="markers", name=escape(series.name), **_told(points),
                           marker={"symbol": "line-ns-open", "size": 22, "color": ink.text, "line": {"width": 3}})
            )  # fmt: skip
            continue
        is_whole = series.role is Role.WHOLE
        pattern = _HATCHES[series.slot] if series.role is Role.PART else ""
        figure.add_trace(
            go.Bar(
                x=x, y=y, orientation="h", width=_MARK - 4, name=escape(series.name), **_told(points),
                base=[_shown(starts.get((series.name, point.at), 0.0), chart.scale) for point in points],
                marker={"color": "rgba(0,0,0,0)" if is_whole else colour,
                        "line": {"color": ink.track if is_whole else colour, "width": 1},
                        "pattern": {"shape": pattern, "fillmode": "replace", "size": 7, "solidity": 0.45}},
            )
        )  # fmt: skip
    figure.update_xaxes(**_value_axis(bar_ends(chart), chart.scale, 3))


def _dates(figure: go.Figure, chart: Chart, ink: Ink, places: dict[str, float]) -> None:
    ends: dict[str, list[date]] = {}
    for series in chart.series:
        for point in series.points:
            if point.value is not None:
                ends.setdefault(str(point.at), []).append(date.fromordinal(int(point.value)))
    xs: list[date | None] = []
    ys: list[float | None] = []
    for key, days in ends.items():
        xs += [min(days), max(days), None]
        ys += [places[key], places[key], None]
    figure.add_trace(
        go.Scatter(x=xs, y=ys, mode="lines", line={"color": ink.axis, "width": 3}, hoverinfo="skip", showlegend=False)
    )
    for series in chart.series:
        points = tuple(point for point in series.points if point.value is not None)
        is_ring = series.role is Role.BASELINE
        figure.add_trace(
            go.Scatter(
                x=[date.fromordinal(int(point.value or 0)) for point in points],
                y=[places[str(point.at)] for point in points],
                mode="markers", name=escape(series.name), **_told(points),
                marker={"symbol": _DATE_SYMBOLS[series.role], "size": 17 if is_ring else 9,
                        "color": ink.target if is_ring else ink.series[series.slot],
                        "line": {"width": 2.5 if is_ring else 0, "color": ink.target}},
            )
        )  # fmt: skip
    figure.update_xaxes(tickformat="%b\n%Y", nticks=8)
