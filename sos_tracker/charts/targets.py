"""A figure against its target as it steps from version to version, beside the target as first approved."""

import pandas as pd

from sos_tracker.charts.chart import Chart, Scale
from sos_tracker.charts.sentences import against_target
from sos_tracker.charts.trajectory import Measured, Wording, trajectory
from sos_tracker.records.figures import Figure, Unit
from sos_tracker.records.labels import amount
from sos_tracker.records.money import percent

_SCALES = {Unit.PENCE: Scale.PENCE, Unit.SCORE: Scale.SCORE}


def against_versions(figure: Figure, target_line: pd.DataFrame, original: pd.DataFrame | None) -> Chart:
    """What the figure is on its day, against its targets. ``target_line``, ``original`` [as_of, target]: in the
    figure's unit, or shares 0-1 where its target is one."""
    is_share = figure.target_is_rate
    value = figure.rate if is_share else figure.value

    def words(shown: float) -> str:
        return percent(shown, 1) if is_share else amount(shown, figure.unit)

    wording = Wording(
        key=f"targets-of-{figure.code}",
        title=f"{figure.title}: {against_target(figure, words)}",
        subtitle=f"{figure.title}, against each version of its target",
        actual=figure.title,
        target="Target",
        unit="" if is_share or figure.unit in (Unit.PENCE, Unit.DAYS, Unit.SCORE) else figure.unit.value,
        nothing=f"{figure.title}: nothing has been counted yet, so there is nothing to draw.",
    )
    scale = Scale.SHARE if is_share else _SCALES.get(figure.unit, Scale.COUNT)
    measured = [Measured(figure.as_at, value, part=False)]
    return trajectory(figure, wording, measured, target_line, scale, words, original)
