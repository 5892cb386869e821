"""The doors of the command line. Each reads what was typed, asks an action, and prints what came of it."""

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sos_tracker.cli import keeping, people, publication
from sos_tracker.cli.opening import actor_here, name_of_the_person, open_store, refusals_in_words, set_up

if TYPE_CHECKING:
    from sos_tracker.records.programme import Programme
    from sos_tracker.store import Store

app = typer.Typer(
    name="sos-tracker",
    help="Tracks how well a council is implementing a practice programme: imports its files, reckons its figures.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain lines: no boxes in logs, and no sentence broken to a terminal's width
)
programme_app = typer.Typer(help="Add and list programmes.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(programme_app, name="programme")
app.add_typer(people.app, name="people")
app.add_typer(keeping.app)
app.add_typer(publication.app)

ProgrammeCode = Annotated[
    str, typer.Option("--programme", "-p", metavar="CODE", help="The programme's code, such as CE-SOS.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for a script to read.")]
Reason = Annotated[str, typer.Option(help="Why, for the history.")]
AS_AT_FORMAT = "%Y-%m-%d"


@app.command()
def init() -> None:
    """Create or upgrade the database.

    It is at DATABASE_URL, a SQLite file under data/ unless set. The person key is made where there is none.
    """
    with refusals_in_words():
        store = set_up()
        store.close()
    _say("The database is ready.")


@app.command()
def demo() -> None:
    """Set up the database with the example programme in it.

    Does nothing where the example is there already.
    """
    from sos_tracker.cli import example

    with refusals_in_words():
        store = set_up()
        _say(example.load(store, name_of_the_person()))
        store.close()


@app.command()
def run(
    host: Annotated[
        str, typer.Option(help="Where to listen: localhost, or an address of this computer's once sign-in is set up.")
    ] = "localhost",
    port: Annotated[int, typer.Option(min=1, max=65535)] = 8501,
) -> None:
    """Serve the app."""
    from sos_tracker.cli import serving

    _say(f"Starting SoS Tracker: http://{serving.shown(host)}:{port} (Ctrl+C stops it)")
    serving.run(host, port)


@programme_app.command("add")
def programme_add(
    code: Annotated[str, typer.Argument(help="Letters, digits, - and _, such as CE-SOS.")],
    name: Annotated[str, typer.Option(help="The programme, such as 'Signs of Safety'.")],
    authority: Annotated[str, typer.Option(help="The council, such as 'Cheshire East Council'.")],
    trained_level: Annotated[
        list[str] | None,
        typer.Option(
            help="A course level that counts as trained (repeatable; introduction and advanced unless given)."
        ),
    ] = None,
    notice: Annotated[str, typer.Option(help="A sentence shown with every figure.")] = "",
    usual_as_at: Annotated[
        datetime | None,
        typer.Option(
            formats=[AS_AT_FORMAT], metavar="YYYY-MM-DD", help="The date figures are shown for unless chosen."
        ),
    ] = None,
) -> None:
    """Add a programme: an authority and the practice it implements."""
    from pydantic import ValidationError

    from sos_tracker.actions import programmes
    from sos_tracker.cli import words
    from sos_tracker.records.programme import Programme

    try:
        levels = {"trained_levels": tuple(words.level(word) for word in trained_level)} if trained_level else {}
        programme = Programme(
            code=code, name=name, authority=authority, notice=notice,
            usual_as_at=usual_as_at.date() if usual_as_at else None, **levels,
        )  # fmt: skip
    except ValidationError as fault:
        raise typer.BadParameter(
            " ".join(
                f"{'.'.join(map(str, one['loc']))}: {one['msg'].removeprefix('Value error, ')}"
                for one in fault.errors()
            )
        ) from None
    except words.Unreadable as fault:
        raise typer.BadParameter(str(fault)) from None
    with open_store() as store:
        programmes.add(store, actor_here(programme.code), programme)
    _say(f"Programme {programme.code} is added: {programme.name}, {programme.authority}.")


@programme_app.command("list")
def programme_list(*, as_json: AsJson = False) -> None:
    """List the programmes."""
    from sos_tracker.cli import output

    with open_store() as store:
        known = store.programmes()
    if as_json:
        _say(output.as_json([programme.model_dump(mode="json") for programme in known]))
    elif known:
        rows = [(programme.code, programme.name, programme.authority) for programme in known]
        _say_all(output.table_lines(("code", "programme", "authority"), rows))
    else:
        _say("No programme has been added yet: sos-tracker programme add CODE --name NAME --authority NAME")


@app.command("import")
def import_files(
    files: Annotated[
        list[Path],
        typer.Argument(exists=True, dir_okay=False, readable=True, metavar="FILE", help="Spreadsheets, in any order."),
    ],
    programme: ProgrammeCode,
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be stored, and store nothing.")] = False,
    as_json: AsJson = False,
    means: Annotated[
        list[str] | None,
        typer.Option(
            metavar="WORD=MEANING", help='What a word means: --means "Attnd=attended" (repeatable, remembered).'
        ),
    ] = None,
    heading_map: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            metavar="HEADING=FIELD",
            help='What a column holds: --map "Ident=employee number" (repeatable, remembered).',
        ),
    ] = None,
    accept_questions: Annotated[
        bool, typer.Option("--accept-questions", help="Store although figures were questioned.")
    ] = False,
    reason: Reason = "",
) -> None:
    """Import files: all of them, or nothing and the reasons.

    What each file is, is recognised. Exit 0: done. Exit 1: refused, nothing was stored. Exit 2: typed wrongly.
    """
    from sos_tracker.cli import importing, words

    try:
        asked = importing.Asked(
            files=tuple(files),
            dry_run=dry_run,
            as_json=as_json,
            means=words.meanings(means or ()),
            heading_fields=words.heading_fields(heading_map or ()),
            accept_questions=accept_questions,
            reason=reason,
        )
        with open_store() as store:
            importing.run(store, actor_here(_known_programme(store, programme).code), asked)
    except words.Unreadable as fault:
        raise typer.BadParameter(str(fault)) from None


@app.command()
def undo(
    batch: Annotated[int, typer.Argument(help="The number of the import, as 'batches' lists it.")],
    *,
    reason: Reason = "",
    as_json: AsJson = False,
) -> None:
    """Take an import back.

    Records edited since are kept and listed.
    """
    from sos_tracker.actions import importing
    from sos_tracker.cli import output

    with open_store() as store:
        report = importing.undo(store, actor_here(store.batch_programme(batch)), batch, reason)
    if as_json:
        _say(output.as_json(vars(report) | {"kept": list(report.kept)}))
    else:
        _say_all(output.undo_lines(report))


@app.command()
def batches(programme: ProgrammeCode, *, as_json: AsJson = False) -> None:
    """List the imports of a programme, newest first."""
    from sos_tracker.actions import importing
    from sos_tracker.cli import output

    with open_store() as store:
        found = importing.batches(store, actor_here(_known_programme(store, programme).code))
    if as_json:
        _say(output.as_json([output.batch_json(batch) for batch in found]))
    else:
        _say_all(output.batch_lines(found))


@app.command()
def figures(
    programme: ProgrammeCode,
    as_at: Annotated[
        datetime | None,
        typer.Option(
            formats=[AS_AT_FORMAT],
            metavar="YYYY-MM-DD",
            help="The date they are shown for; the programme's usual one, or today.",
        ),
    ] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Reckon every figure of a programme as at a date.

    In JSON, money is in pence and dates are YYYY-MM-DD.
    """
    from sos_tracker.cli import output
    from sos_tracker.measures import catalogue

    with open_store() as store:
        known = _known_programme(store, programme)
        on = as_at.date() if as_at else known.usual_as_at or date.today()  # noqa: DTZ011 - the day where the council is
        reckoned = catalogue.figures(store.frames(known.code, on), on)
    if as_json:
        _say(output.as_json(output.figures_json(known, reckoned, on.isoformat())))
    else:
        _say_all(output.figure_lines(known, reckoned))


def _known_programme(store: "Store", code: str) -> "Programme":
    return store.programme(code.strip().upper())


def _say(text: str) -> None:
    typer.echo(text)


def _say_all(lines: Iterable[str]) -> None:
    from sos_tracker.cli import output

    _say(output.as_text(lines))
