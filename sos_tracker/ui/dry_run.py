"""What an import would do, before it does it: counts by kind, changes field by field, and every issue with its cell."""

from collections.abc import Sequence
from datetime import datetime
from html import escape

import pandas as pd

from sos_tracker.actions.importing import Preview
from sos_tracker.charts.chart import Column, Table
from sos_tracker.records.changes import Batch, Comparison, UndoReport
from sos_tracker.records.issues import Issue, Weight
from sos_tracker.records.labels import listed
from sos_tracker.records.periods import day
from sos_tracker.ui.chart_parts import html_table

MOST_SHOWN = 100
ISSUE_HEADINGS = {
    "weight": "Weight", "file": "File", "sheet": "Sheet", "cell": "Cell", "value": "Value", "problem": "What is wrong",
    "remedy": "What to do",
}  # fmt: skip
_PASSED_OVER = ("totals rows", "blank rows", "repeated heading rows", "repeated rows", "left out on request")
_WEIGHTS = {
    Weight.REJECTED: ("Mend before storing", "■"),
    Weight.QUESTION: ("Questions to check", "▲"),
    Weight.NOTE: ("Notes", "●"),
}


def counts(preview: Preview) -> str:
    """Per kind of record: new, changed, same; and what stands in the way."""
    comparison = preview.comparison
    kinds = list(dict.fromkeys([*comparison.new, *comparison.changed, *comparison.same]))
    rows = [(kind, *(f"{each.get(kind, 0):,}" for each in _counted(comparison))) for kind in kinds]
    rows = [row for row in rows if any(cell != "0" for cell in row[1:])]
    return _table(
        "What these files would change", ("Record", "New", "Changed", "The same"), rows, numeric=3, shown=len(rows)
    )


def files(preview: Preview) -> str:
    """Each file: what it was recognised as, how many rows it has, and what is wrong in it."""
    wrong = (preview.rejected, preview.questions)
    rows = [
        (
            file.name,
            listed(kind.capitalize() for kind in file.kinds) or "not recognised",
            f"{file.rows:,}",
            *(f"{sum(issue.file == file.name for issue in found):,}" for found in wrong),
        )
        for file in preview.reading.files
    ]
    heads = ("File", "Recognised as", "Rows read", "Rejected", "Questions")
    left = [f"{rows:,} {what}" for what, rows in preview.reading.counts.items() if rows and what in _PASSED_OVER]
    note = f"<p>Passed over or counted once: {escape(listed(left))}.</p>" if left else ""
    return f"{_table('The files checked', heads, rows, numeric=3)}{note}"


def _counted(comparison: Comparison) -> tuple[dict[str, int], ...]:
    return comparison.new, comparison.changed, comparison.same


def heading(preview: Preview) -> str:
    """What was checked and what came of it, with the counts."""
    return (
        "<h2>What these files would do</h2>"
        f'<p class="sos-lead"><strong>{escape(sentence(preview))}</strong></p>'
        f"{already_imported(preview)}{people_notes(preview.comparison)}{counts(preview)}{files(preview)}"
    )


def sentence(preview: Preview) -> str:
    """The dry run in a sentence: whether it may be stored, and what would happen."""
    rejected, questions = len(preview.rejected), len(preview.questions)
    if not preview.may_be_stored:
        return f"Nothing can be stored yet: {_counted_words(rejected, 'thing', 'needs', 'need')} mending."
    if preview.comparison.nothing_to_do:
        return "Everything in these files is stored already. There is nothing to do."
    if questions:
        return f"Ready to be stored once {_counted_words(questions, 'question', 'is', 'are')} checked."
    return "Ready to be stored."


def _counted_words(number: int, noun: str, one: str, many: str) -> str:
    return f"{number:,} {noun} {one}" if number == 1 else f"{number:,} {noun}s {many}"


def already_imported(preview: Preview) -> str:
    names = ", ".join(file.name for file in preview.already_imported)
    return (
        f"<p><strong>Imported before:</strong> {escape(names)}. The same file twice changes nothing.</p>"
        if names
        else ""
    )


def people_notes(comparison: Comparison) -> str:
    """What happens to people beside the counts."""
    notes = []
    if comparison.leaving:
        notes.append(f"{comparison.leaving:,} staff are not on the new list and would be marked as having left.")
    if comparison.merged:
        notes.append(f"{comparison.merged:,} people known twice, by number and by e-mail, would become one each.")
    if comparison.recognised:
        notes.append(f"{comparison.recognised:,} people known by number or e-mail alone would be known by both.")
    return "".join(f"<p>{escape(note)}</p>" for note in notes)


def differences(comparison: Comparison) -> str:
    """Changed records, field by field, folded away."""
    rows = [
        (each.kind, each.key, field, before or "(empty)", after or "(empty)")
        for each in comparison.differences
        for field, before, after in each.fields
    ]
    if not rows:
        return ""
    heads = ("Record", "Which", "Field", "Stored now", "In the file")
    table = _table("Changed records, field by field", heads, rows)
    return f"<details><summary>See the changed records</summary>{table}</details>"


def issues(found: Sequence[Issue]) -> str:
    """Every issue by weight and group; a group with something to mend stands open."""
    blocks = []
    for weight, (title, shape) in _WEIGHTS.items():
        of_weight = [issue for issue in found if issue.weight is weight]
        if not of_weight:
            continue
        groups: dict[str, list[Issue]] = {}
        for issue in of_weight:
            groups.setdefault(issue.group, []).append(issue)
        details = "".join(_group(name, group, opened=weight is not Weight.NOTE) for name, group in groups.items())
        blocks.append(f'<h2><span aria-hidden="true">{shape}</span> {title}: {len(of_weight):,}</h2>{details}')
    return "".join(blocks)


def _group(name: str, group: Sequence[Issue], *, opened: bool) -> str:
    rows = [(one.file, one.sheet, one.cell, one.value, one.problem, one.remedy) for one in group]
    heads = ("File", "Sheet", "Cell", "Value", "What is wrong", "What to do")
    table = _table(f"{name.capitalize()}: {len(group):,}", heads, rows)
    said = f"{escape(name.capitalize())}: {len(group):,}"
    return f"<details{' open' if opened else ''}><summary>{said}</summary>{table}</details>"


def issue_frame(found: Sequence[Issue]) -> pd.DataFrame:
    """One row an issue, with the columns of ISSUE_HEADINGS."""
    rows = [[_WEIGHTS[one.weight][0], *(getattr(one, name) for name in list(ISSUE_HEADINGS)[1:])] for one in found]
    return pd.DataFrame(rows, columns=list(ISSUE_HEADINGS), dtype=object)


def batch_table(batches: Sequence[Batch]) -> str:
    """Every import, newest first, in words."""
    if not batches:
        return "<h2>Imports so far</h2><p>Nothing has been imported yet.</p>"
    heads = ("Import", "Files, or what was corrected", "When", "Who", "State", "New", "Changed", "The same")
    rows = [
        (str(batch.number), batch.name, moment(batch.recorded_at), batch.actor, state(batch),
         *(f"{sum(each.values()):,}" for each in (batch.new, _changed(batch), batch.same)))
        for batch in batches
    ]  # fmt: skip
    return f"<h2>Imports so far</h2>{_table('Imports, newest first', heads, rows, numeric=3)}"


def _changed(batch: Batch) -> dict[str, int]:
    """Of a correction, which has no other column for them, what it withdrew is changed too."""
    return {**batch.changed, **{f"{kind} withdrawn": number for kind, number in batch.withdrawn.items()}}


def state(batch: Batch) -> str:
    return f"taken back {moment(batch.undone_at)} by {batch.undone_by}" if batch.undone_at else "stored"


def batch_name(batch: Batch) -> str:
    return f"{batch.number}: {batch.name[:80]} ({moment(batch.recorded_at)})"


def moment(at: datetime) -> str:
    """``10 May 2018, 14:05`` by the clock of this computer."""
    local = at.astimezone()
    return f"{day(local.date())}, {local:%H:%M}"


def undone(report: UndoReport, what: str = "Import") -> str:
    """What an undo took back and what it kept, in a sentence."""
    taken = sum(report.taken_back.values())
    said = f"{what} {report.batch} is taken back: {taken:,} {'record' if taken == 1 else 'records'}."
    if not report.kept:
        return said
    shown = "; ".join(report.kept[:10])
    more = f" and {len(report.kept) - 10:,} more" if len(report.kept) > 10 else ""
    return f"{said} Kept, because they were changed since: {shown}{more}."


def _table(
    caption: str, heads: Sequence[str], rows: Sequence[Sequence[str]], *, numeric: int = 0, shown: int = MOST_SHOWN
) -> str:
    """A table whose last ``numeric`` columns are numbers; beyond ``shown`` rows it says how many there are."""
    columns = tuple(Column(head, numeric=at >= len(heads) - numeric) for at, head in enumerate(heads))
    table = html_table(Table(caption, columns, tuple(tuple(row) for row in rows[:shown])))
    return f"{table}<p>The first {shown:,} of {len(rows):,} are shown.</p>" if len(rows) > shown else table
