"""The doors of safe keeping: backup, restore, export, import-export, verify and forget-person."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sos_tracker.cli.opening import actor_here, open_store, refusals_in_words

if TYPE_CHECKING:
    from sos_tracker.store import Store
    from sos_tracker.store.keeping import Archive, Forgotten, KeptTable, Loaded

app = typer.Typer(rich_markup_mode=None)

AcceptProblems = Annotated[
    bool, typer.Option("--accept-problems", help="Bring it back although what is in it does not verify.")
]


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(help="Where to write it; an earlier backup there is replaced.")],
) -> None:
    """Write everything into one file, while the app is in use.

    The person key is not in it, and nobody stays signed in by it.
    """
    from sos_tracker.actions import keeping

    with open_store() as store, _refusals():
        kept = keeping.backup(store, actor_here(), file)
        problems = keeping.verify(store, actor_here())
    typer.echo(f"The backup is at {file}: {_rows(kept)}. The person key is not in it: keep a copy of that apart.")
    _warn_of(problems, "Not everything in it is whole:")


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A file that 'sos-tracker backup' wrote.")],
    *,
    replace: Annotated[bool, typer.Option("--replace", help="What is in the database now may go.")] = False,
    accept_problems: AcceptProblems = False,
    reason: Annotated[str, typer.Option(help="Why, for the history of what is replaced.")] = "",
) -> None:
    """Bring a backup back: all of it, verified, or nothing.

    Into an empty database, which is made where there is none, unless what is there may be replaced.
    """
    from sos_tracker.actions import keeping

    with _any_store() as store, _refusals():
        archive = keeping.open_backup(actor_here(), file)
        loaded = keeping.bring_back(
            store, actor_here(), archive, replace=replace, accept_problems=accept_problems, reason=reason
        )
        _say_what_came_back(store, archive, loaded)


@app.command()
def export(folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new folder, or an empty one.")]) -> None:
    """Write everything into a folder: a .csv of each table, and a data dictionary.

    Links that papers are shared by are left out: they are made anew elsewhere.
    """
    from sos_tracker.actions import keeping

    with open_store() as store, _refusals():
        kept = keeping.export(store, actor_here(), folder)
    typer.echo(f"The export is in {folder}: {_rows(kept)}. data_dictionary.csv says what every column is.")


@app.command("import-export")
def import_export(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder that 'sos-tracker export' wrote.")],
    *,
    accept_problems: AcceptProblems = False,
) -> None:
    """Bring an export back into an empty database: all of it, verified, or nothing.

    The database is made where there is none.
    """
    from sos_tracker.actions import keeping

    with _any_store() as store, _refusals():
        archive = keeping.open_export(actor_here(), folder)
        loaded = keeping.bring_back(store, actor_here(), archive, accept_problems=accept_problems)
        _say_what_came_back(store, archive, loaded)


@app.command()
def verify() -> None:
    """Check that everything is whole.

    The history, what refers to what, published papers, every count kept, and each figure reckoned a second way. Exit
    1, and the problems, where something is not whole.
    """
    from sos_tracker.actions import keeping
    from sos_tracker.cli import output

    with open_store() as store:
        problems = keeping.verify(store, actor_here())
    if problems:
        typer.echo(output.as_text(problems))
        raise typer.Exit(1)
    typer.echo("The history, the references, the counts and the figures are whole.")


@app.command("forget-person")
def forget_person(
    reference: Annotated[str, typer.Argument(help="The person's employee number, or e-mail address.")],
    programme: Annotated[
        str, typer.Option("--programme", "-p", metavar="CODE", help="The programme's code, such as CE-SOS.")
    ],
    reason: Annotated[str, typer.Option(help="Why, for the history.")],
) -> None:
    """Remove what a person could be known by, and keep what they did as counts.

    This cannot be undone. Files that name the person, and backups and exports made before, are yours to deal with.
    """
    from sos_tracker.actions import keeping
    from sos_tracker.settings import settings

    with open_store() as store, _refusals():
        actor = actor_here(store.programme(programme.strip().upper()).code)
        forgotten = keeping.forget_person(store, actor, settings().keyer(), reference, reason)
    for line in _what_was_forgotten(forgotten):
        typer.echo(line)


@contextmanager
def _refusals() -> Iterator[None]:
    """What safe keeping refuses, as a sentence and exit 1; what does not verify is listed."""
    from sos_tracker.actions.keeping import NoReason
    from sos_tracker.store.keeping import KeepingRefused, NotWhole, SharedAddress, UnknownPerson

    try:
        yield
    except (KeepingRefused, NoReason, SharedAddress, UnknownPerson) as refusal:
        typer.echo(str(refusal), err=True)
        if isinstance(refusal, NotWhole):
            _warn_of(refusal.problems, "What is not whole:")
        raise typer.Exit(1) from None


@contextmanager
def _any_store() -> Iterator["Store"]:
    """The store at DATABASE_URL, whether or not there is a database yet."""
    from sos_tracker.settings import settings
    from sos_tracker.store import Store

    with refusals_in_words():
        file = settings().database_file
        if file is not None:
            file.parent.mkdir(parents=True, exist_ok=True)
        store = Store.open(settings().database_url)
        try:
            yield store
        finally:
            store.close()


def _say_what_came_back(store: "Store", archive: "Archive", loaded: "Loaded") -> None:
    made_at = archive.label.made_at
    of = f"as it was on {made_at.day} {made_at:%B %Y at %H:%M} UTC"
    typer.echo(f"Brought back {of}: {', '.join(archive.label.programmes) or 'no programme'}, {_rows(loaded.tables)}.")
    if loaded.lost:
        typer.echo(f"No longer there, as it was not in what was brought back: {', '.join(loaded.lost)}.")
    if loaded.problems:
        _warn_of(loaded.problems, "It is as it was kept, and not everything in it is whole:")
    else:
        typer.echo("It verifies. Everybody signs in anew.")
    _check_the_person_key(store)


def _check_the_person_key(store: "Store") -> None:
    """A database brought back without its person key can be read, and takes no new files."""
    from sos_tracker.actions.importing import WrongPersonKey, is_keyed, require_person_key
    from sos_tracker.settings import PersonKeyUnusable, settings

    if not is_keyed(store):
        return
    try:
        require_person_key(store, actor_here(), settings().keyer())
    except (PersonKeyUnusable, WrongPersonKey):
        typer.echo(
            "The person key here is not the one of what was brought back: put that one back before importing files, "
            f"at {settings().person_key_file} or in SOS_TRACKER_PERSON_KEY.",
            err=True,
        )


def _warn_of(problems: Sequence[str], heading: str) -> None:
    from sos_tracker.cli import output

    if problems:
        typer.echo(output.as_text([heading, *(f"  {problem}" for problem in problems)]), err=True)


def _rows(kept: Sequence["KeptTable"]) -> str:
    filled = [one for one in kept if one.rows]
    return f"{sum(one.rows for one in filled):,} rows of {len(filled)} tables"


def _what_was_forgotten(forgotten: "Forgotten") -> Iterator[str]:
    number = "the employee number" if forgotten.employee_number else ""
    emails = _many(forgotten.emails, "e-mail address", "e-mail addresses") if forgotten.emails else ""
    yield f"Removed: {' and '.join(filter(None, (number, emails)))}."
    yield (
        f"Kept as counts: {_many(forgotten.attendances, 'attendance', 'attendances')}, "
        f"{_many(forgotten.staff_lines, 'line of the staff list', 'lines of the staff list')}, "
        f"{_many(forgotten.posts, 'practice-lead post', 'practice-lead posts')}."
    )
    yield (
        "A file that names the person again makes somebody new of them, who is counted again: take them out of the "
        "files first. Backups and exports made before today still hold what was removed."
    )


def _many(number: int, one: str, several: str) -> str:
    return f"{number:,} {one if number == 1 else several}"
