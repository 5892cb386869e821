"""What the command line prints: the same outcome as lines for a person and as JSON for a script."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from sos_tracker.records.changes import Batch, Comparison, UndoReport
from sos_tracker.records.figures import Figure
from sos_tracker.records.issues import Issue, Weight
from sos_tracker.records.periods import day
from sos_tracker.records.programme import Programme
from sos_tracker.records.statuses import statuses

if TYPE_CHECKING:
    from sos_tracker.actions.importing import Preview
    from sos_tracker.intake import UnmappedTable

_DIFFERENCES_SHOWN = 20
_HEADINGS = {
    Weight.REJECTED: "Rejected: to be mended before anything is stored",
    Weight.QUESTION: "Questions: to be answered before anything is stored",
    Weight.NOTE: "Notes: nothing needs doing",
}


def as_json(value: Any) -> str:
    """JSON in plain ASCII: it survives any code page between this command and the script that reads it."""
    return json.dumps(value, indent=2, ensure_ascii=True, default=str)


def as_text(lines: Iterable[str]) -> str:
    """Lines as a terminal may be given them: what a cell or a file's name holds cannot move its cursor."""
    return "\n".join("".join(sign if sign.isprintable() else " " for sign in line) for line in lines)


def import_json(
    preview: "Preview", comparison: Comparison, batch: int | None, *, programme: str, dry_run: bool, accepted: bool
) -> dict[str, Any]:
    return {
        "programme": programme,
        "dry_run": dry_run,
        "batch": batch,
        "new": comparison.new,
        "changed": comparison.changed,
        "same": comparison.same,
        "withdrawn": comparison.withdrawn,
        "leaving": comparison.leaving,
        "merged": comparison.merged,
        "recognised": comparison.recognised,
        "issues": [vars(issue) | {"weight": issue.weight.value} for issue in preview.issues],
        "counts": dict(preview.reading.counts),
        "unmapped": [unmapped_json(table) for table in preview.reading.unmapped],
        "already_imported": [file.name for file in preview.already_imported],
        "questions_accepted": accepted,
    }


def import_lines(preview: "Preview", comparison: Comparison) -> Iterator[str]:
    """The dry run in words: files, issues in groups, unread tables, and what storing them would do."""
    for file in preview.reading.files:
        known = " (imported before)" if file in preview.already_imported else ""
        yield f"{file.name}: {', '.join(file.kinds) or 'nothing recognised'}, {_many(file.rows, 'row')}{known}"
    yield from issue_lines(preview.issues)
    for table in preview.reading.unmapped:
        yield from unmapped_lines(table)
    yield ""
    yield from comparison_lines(comparison)


def issue_lines(issues: Sequence[Issue]) -> Iterator[str]:
    """Every issue, grouped: heaviest first, then by group in the order they were found."""
    for weight, heading in _HEADINGS.items():
        of_weight = [issue for issue in issues if issue.weight is weight]
        if not of_weight:
            continue
        yield ""
        yield f"{heading} ({len(of_weight):,})"
        groups = {issue.group: None for issue in of_weight}
        for group in groups:
            alike = [issue for issue in of_weight if issue.group == group]
            yield f"  {group[:1].upper()}{group[1:]} ({len(alike):,})"
            yield from (f"    {_issue(issue)}" for issue in alike)


def _issue(issue: Issue) -> str:
    place = ", ".join(
        part
        for part in (issue.file, f"sheet {issue.sheet}" if issue.sheet else "", f"cell {issue.cell}" * bool(issue.cell))
        if part
    )
    value = f" “{issue.value}”:" if issue.value else ""
    return f"{place}:{value} {issue.problem} {issue.remedy}".strip(": ").rstrip()


def comparison_lines(comparison: Comparison) -> Iterator[str]:
    kinds = [*dict.fromkeys([*comparison.new, *comparison.changed, *comparison.same, *comparison.withdrawn])]
    rows = [
        (kind, *(f"{counts.get(kind, 0):,}" for counts in (comparison.new, comparison.changed, comparison.same)))
        for kind in kinds
        if any(counts.get(kind) for counts in (comparison.new, comparison.changed, comparison.same))
    ]
    yield from table_lines(("", "new", "changed", "the same"), rows) if rows else ["No records were found."]
    for kind, count in comparison.withdrawn.items():
        if count:
            yield f"Withdrawn, because the list no longer names them: {_many(count, kind)}"
    if comparison.leaving:
        yield f"Staff no longer on the list, counted as having left: {comparison.leaving:,}"
    if comparison.merged:
        yield f"People known apart before who turn out to be one: {comparison.merged:,}"
    if comparison.recognised:
        yield f"People known by number or e-mail alone, now by both: {comparison.recognised:,}"
    for difference in comparison.differences[:_DIFFERENCES_SHOWN]:
        said = "; ".join(
            f"{name} {before or 'blank'} → {after or 'blank'}" for name, before, after in difference.fields
        )
        yield f"  {difference.kind} {difference.key}: {said}"
    if len(comparison.differences) > _DIFFERENCES_SHOWN:
        yield f"  and {len(comparison.differences) - _DIFFERENCES_SHOWN:,} more changed"


def unmapped_json(table: "UnmappedTable") -> dict[str, Any]:
    return {
        "file": table.file,
        "sheet": table.sheet,
        "headings": list(table.headings),
        "likely_kind": table.likely_kind,
        "guesses": dict(table.guesses),
        "missing": list(table.missing),
    }


def unmapped_lines(table: "UnmappedTable") -> Iterator[str]:
    """The headings nobody could read, what was guessed of them, and how to say more."""
    from sos_tracker.intake import KIND_NAMED

    kind = KIND_NAMED.get(table.likely_kind or "")
    yield ""
    yield f"Columns not understood: {table.file}{f', sheet {table.sheet}' if table.sheet else ''}"
    if kind:
        yield f"  It looks like a {kind.name}; not found: {', '.join(table.missing) or 'which of two columns to take'}"
    for heading in table.headings:
        guess = table.guesses.get(heading)
        yield f"  {heading} = {kind.words_for(guess) if kind and guess else '?'}"
    yield '  Say what a column holds with --map "HEADING=FIELD"; it is remembered for these headings.'
    if kind is None:
        yield f"  A table can be a {', '.join(KIND_NAMED)}."
    else:
        yield f"  A {kind.name} has: {', '.join(field.words for field in kind.fields)}"


def figures_json(programme: Programme, figures: Iterable[Figure], as_at: str) -> dict[str, Any]:
    return {
        "programme": programme.code,
        "authority": programme.authority,
        "as_at": as_at,
        "notice": programme.notice,
        "figures": [figure.as_json() for figure in figures],
    }


def figure_lines(programme: Programme, figures: Sequence[Figure]) -> Iterator[str]:
    yield f"{programme.authority}: {programme.name}, as at {day(figures[0].as_at)}" if figures else programme.name
    if programme.notice:
        yield programme.notice
    for figure in figures:
        yield ""
        first, *others = statuses(figure)
        yield f"{figure.code}  {figure.title}: {first.word[0].lower()}{first.word[1:]}"
        yield f"    {figure.sentence}"
        if first.why and first.why != figure.sentence:
            yield f"    {first.why}"
        for told in others:
            yield f"    {told.name}: {told.word[0].lower()}{told.word[1:]}. {told.why}"
        if figure.revision:
            yield f"    {figure.revision.sentence}"


def batch_json(batch: Batch) -> dict[str, Any]:
    return {
        "number": batch.number,
        "programme": batch.programme,
        "recorded_at": batch.recorded_at.isoformat(),
        "actor": batch.actor,
        "files": [vars(file) | {"kinds": list(file.kinds)} for file in batch.files],
        "new": batch.new,
        "changed": batch.changed,
        "same": batch.same,
        "withdrawn": batch.withdrawn,
        "title": batch.title,
        "reason": batch.reason,
        "undone_at": batch.undone_at.isoformat() if batch.undone_at else None,
        "undone_by": batch.undone_by,
    }


def batch_lines(batches: Sequence[Batch]) -> Iterator[str]:
    if not batches:
        yield "Nothing has been imported yet."
        return
    rows = [
        (
            str(batch.number),
            f"{batch.recorded_at:%d/%m/%Y %H:%M} UTC",
            batch.actor,
            f"{sum(batch.new.values()):,}",
            f"{sum(batch.changed.values()) + sum(batch.withdrawn.values()):,}",
            f"undone by {batch.undone_by}" if batch.undone_at else "",
            batch.name,
        )
        for batch in batches
    ]
    yield from table_lines(("batch", "when", "who", "new", "changed", "undone", "files, or what was corrected"), rows)


def undo_lines(report: UndoReport) -> Iterator[str]:
    taken = ", ".join(_many(count, kind) for kind, count in report.taken_back.items() if count) or "nothing"
    yield f"Batch {report.batch} is undone. Taken back: {taken}."
    if report.kept:
        yield f"Kept, because they were edited since ({len(report.kept):,}):"
        yield from (f"  {kept}" for kept in report.kept)


def table_lines(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Columns under their headings, as wide as their widest word; numbers to the right."""
    widths = [max(len(row[at]) for row in (headings, *rows)) for at in range(len(headings))]
    for row in (headings, *rows):
        cells = (
            cell.rjust(width) if cell.replace(",", "").isdigit() else cell.ljust(width)
            for cell, width in zip(row, widths, strict=True)
        )
        yield "  ".join(cells).rstrip()


def _many(count: int, noun: str) -> str:
    plural = "people" if noun == "person" else noun[:-1] + "ies" if noun.endswith("y") else noun + "s"
    return f"{count:,} {noun if count == 1 else plural}"
