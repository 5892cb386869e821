"""The import door: reads the files, shows the dry run, stores or refuses, and says which."""

import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import typer

from sos_tracker.actions import importing
from sos_tracker.cli import output, words
from sos_tracker.intake import SourceFile
from sos_tracker.records.access import Actor
from sos_tracker.records.people import PersonKeyer
from sos_tracker.settings import settings
from sos_tracker.store import Store


@dataclass(frozen=True)
class Asked:
    """What was typed after ``import``. ``heading_fields``: what columns hold, heading -> field."""

    files: tuple[Path, ...]
    means: Mapping[str, str]
    heading_fields: Mapping[str, str]
    dry_run: bool = False
    as_json: bool = False
    accept_questions: bool = False
    reason: str = ""


def run(store: Store, actor: Actor, asked: Asked) -> None:
    """Imports, prints, and ends with exit 1 where nothing could be stored (or, in a dry run, could have been)."""
    keyer = settings().keyer()
    preview = _preview(store, actor, asked, keyer)
    batch, comparison, refusal = None, preview.comparison, ""
    try:
        if asked.dry_run:
            importing.require_storable(preview, accept_questions=asked.accept_questions)
        else:
            done = importing.commit(store, actor, preview, accept_questions=asked.accept_questions, reason=asked.reason)
            batch, comparison = done.batch, done.comparison
    except importing.ImportRefused as refused:
        refusal = f"{refused} {_way_on(preview)}"
    if asked.as_json:
        shown = output.import_json(
            preview,
            comparison,
            batch.number if batch else None,
            programme=actor.programme,
            dry_run=asked.dry_run,
            accepted=asked.accept_questions,
        )
        typer.echo(output.as_json(shown))
    else:
        typer.echo(output.as_text(output.import_lines(preview, comparison)))
    if refusal:
        typer.echo(refusal, err=True)
        raise typer.Exit(1)
    if not asked.as_json:
        typer.echo(_outcome(batch.number if batch else None, dry_run=asked.dry_run))


def _preview(store: Store, actor: Actor, asked: Asked, keyer: PersonKeyer) -> importing.Preview:
    """The dry run; a second one where something was said of the columns of tables the first could not read."""
    files = sources(asked.files)
    told = _tell if sys.stderr.isatty() else None
    first = importing.preview(store, actor, files, keyer, means=asked.means, progress=told)
    mappings = words.mappings(first.reading.unmapped, asked.heading_fields)
    if not mappings:
        return first
    return importing.preview(store, actor, files, keyer, means=asked.means, mappings=mappings, progress=told)


def _tell(doing: str, done: int, of: int) -> None:
    typer.echo(f"{doing} ({done} of {of})", err=True)


def _way_on(preview: importing.Preview) -> str:
    """What to add to the command, of what would help here."""
    ways = []
    if any(issue.word for issue in preview.rejected):
        ways.append('give words a meaning with --means "WORD=MEANING"')
    if preview.reading.unmapped:
        ways.append('say what columns hold with --map "HEADING=FIELD"')
    if preview.rejected and not ways:
        ways.append("mend the files")
    if preview.questions:
        ways.append("answer the questions with --accept-questions if the figures are right")
    said = "; ".join(ways)
    return f"{said[:1].upper()}{said[1:]}." if said else ""


def _outcome(batch: int | None, *, dry_run: bool) -> str:
    if dry_run:
        return "Dry run: nothing was stored."
    if batch is None:
        return "Nothing to do: everything in these files was stored already."
    return f"Stored as batch {batch}. To take it back: sos-tracker undo {batch}"


def sources(files: tuple[Path, ...]) -> tuple[SourceFile, ...]:
    """The files by name; by their whole path where two have one name."""
    names = Counter(file.name for file in files)
    return tuple(SourceFile(file.name if names[file.name] == 1 else str(file), file.read_bytes()) for file in files)
