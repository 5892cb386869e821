"""Notes on a line over time: a number at their day, the sentence under the chart, in its table and its alternative."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sos_tracker.charts.chart import Annotated, Chart, Column, Kind, Table
from sos_tracker.charts.sentences import alternative
from sos_tracker.records.periods import day


@dataclass(frozen=True)
class Noted:
    """A dated sentence to the figure a chart is of."""

    on: date
    sentence: str
    by: str = ""


def annotated(chart: Chart, notes: Sequence[Noted]) -> Chart:
    """The chart with its notes, numbered by day; one before the first day drawn stands at that day's edge."""
    if chart.kind is not Kind.LINE or not notes:
        return chart
    numbered = tuple(
        Annotated(number, note.on, note.sentence)
        for number, note in enumerate(sorted(notes, key=lambda note: note.on), start=1)
    )
    last = numbered[-1]
    how_many = "1 note" if len(numbered) == 1 else f"{len(numbered)} notes"
    said = f"{how_many}, the newest of {day(last.on)}: {_short(last.sentence)}"
    return replace(chart, annotations=numbered, alt=_with(chart.alt, said), table=_table(chart.table, chart, numbered))


def _with(alt: str, said: str) -> str:
    """The alternative with the notes; where both do not fit, with how many there are."""
    both = alternative(alt, f"{said.rstrip('.')}.")
    return both if said[:20] in both else alternative(alt, f"{said.partition(',')[0]} under the chart.")


def _table(table: Table, chart: Chart, notes: Sequence[Annotated]) -> Table:
    """The table with a column that says in which month each note falls; a note outside its months is under the chart
    only."""
    said = dict[int, list[str]]()
    ends = [point.at for point in chart.series[0].points if isinstance(point.at, date)] if chart.series else []
    if len(ends) != len(table.rows):
        return table
    for note in notes:
        row = next((at for at, end in enumerate(ends) if note.on <= end), None)
        if row is not None:
            said.setdefault(row, []).append(f"{note.number}. {day(note.on)}: {note.sentence}")
    rows = tuple((*row, "; ".join(said.get(at, ()))) for at, row in enumerate(table.rows))
    return Table(table.caption, (*table.columns, Column("Notes")), rows)


def _short(sentence: str) -> str:
    return sentence if len(sentence) <= 90 else f"{sentence[:89].rstrip()}…"
