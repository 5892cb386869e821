"""What a correction would do, as tables: figures before and after, records by kind, and some of them field by field."""

from collections.abc import Sequence
from datetime import date
from html import escape

from sos_tracker.actions.bulk import BulkPreview
from sos_tracker.charts.chart import Column, Table
from sos_tracker.papers.summary import now
from sos_tracker.records.bulk import BulkOutcome
from sos_tracker.records.changes import Batch
from sos_tracker.records.figures import Figure
from sos_tracker.records.periods import day
from sos_tracker.records.statuses import by_rule
from sos_tracker.ui.chart_parts import html_table
from sos_tracker.ui.dry_run import moment, state
from sos_tracker.ui.figure_cards import of_whole
from sos_tracker.ui.forms.words import field_words, value_words


def would_do(shown: BulkPreview) -> str:
    """The correction in words, then what it changes: figures first, as they are what is published."""
    outcome = shown.outcome
    number = f"{outcome.records:,} {'record' if outcome.records == 1 else 'records'}"
    notes = "".join(f"<li>{escape(note)}</li>" for note in outcome.notes)
    return (
        "<h2>What this would change</h2>"
        f'<p class="sos-lead"><strong>{escape(outcome.change.words)}: {number}.</strong> Nothing is stored yet.</p>'
        f"{_figures(shown)}{_kinds(outcome)}"
        f"{f'<h3>What to know</h3><ul>{notes}</ul>' if notes else ''}{_examples(outcome)}"
    )


def _figures(shown: BulkPreview) -> str:
    on, moved = day(shown.on), shown.moved
    if not moved:
        return f"<p>No figure as at {escape(on)} changes.</p>"
    rows = []
    for before, after in moved:
        said = [_said(figure) for figure in (before, after)]
        if said[0] == said[1]:
            said = [before.sentence, after.sentence]
        rows.append((before.title, before.code, *said))
    others = len(shown.figures) - len(moved)
    rest = f"<p>The other {others:,} figures stay as they are.</p>" if others > 1 else ""
    return _table(f"Figures as at {on}, before and after", ("Figure", "Code", "Now", "Afterwards"), rows) + rest


def _said(figure: Figure) -> str:
    value = " ".join(part for part in (now(figure), of_whole(figure)) if part)
    return f"{value}: {by_rule(figure)[0].lower()}{by_rule(figure)[1:]}"


def _kinds(outcome: BulkOutcome) -> str:
    kinds = dict.fromkeys([*outcome.changed, *outcome.withdrawn])
    rows = [
        (kind.capitalize(), *(f"{counted.get(kind, 0):,}" for counted in (outcome.changed, outcome.withdrawn)))
        for kind in kinds
    ]
    return _table("Records, by kind", ("Record", "Changed", "Withdrawn"), rows, numeric=2)


def _examples(outcome: BulkOutcome) -> str:
    rows = [
        (each.kind.capitalize(), each.key, field_words(field), _value(field, before), _value(field, after))
        for each in outcome.examples
        for field, before, after in each.fields
    ]
    rows += [
        (each.kind.capitalize(), each.key, "The whole record", "recorded", "withdrawn")
        for each in outcome.examples
        if not each.fields
    ]
    heads = ("Record", "Which", "Field", "Now", "Afterwards")
    table = _table("Some of the records", heads, rows)
    return f"<details><summary>See some of the records, field by field</summary>{table}</details>"


def _value(field: str, said: str) -> str:
    if field.endswith("_on") and said:
        return day(date.fromisoformat(said))
    return value_words(field, said)


def so_far(batches: Sequence[Batch]) -> str:
    """Every correction, newest first, with its reason."""
    if not batches:
        return "<h2>Corrections so far</h2><p>Nothing has been corrected in this way yet.</p>"
    rows = [
        (str(batch.number), batch.title, batch.reason, moment(batch.recorded_at), batch.actor, state(batch),
         *(f"{sum(each.values()):,}" for each in (batch.changed, batch.withdrawn)))
        for batch in batches
    ]  # fmt: skip
    heads = ("Number", "What", "Why", "When", "Who", "State", "Changed", "Withdrawn")
    return f"<h2>Corrections so far</h2>{_table('Corrections, newest first', heads, rows, numeric=2)}"


def _table(caption: str, heads: Sequence[str], rows: Sequence[Sequence[str]], *, numeric: int = 0) -> str:
    """A table whose last ``numeric`` columns are numbers."""
    columns = tuple(Column(head, numeric=at >= len(heads) - numeric) for at, head in enumerate(heads))
    return html_table(Table(caption, columns, tuple(tuple(row) for row in rows)))
