"""Publishing from the command line: the members' summary of a date, frozen as the programme's next edition."""

from datetime import datetime
from typing import Annotated

import typer

from sos_tracker.cli.opening import actor_here, open_store

app = typer.Typer(rich_markup_mode=None)
_DAY = "%Y-%m-%d"


@app.command()
def publish(
    programme: Annotated[
        str, typer.Option("--programme", "-p", metavar="CODE", help="The programme's code, such as CE-SOS.")
    ],
    as_at: Annotated[
        datetime, typer.Option(formats=[_DAY], metavar="YYYY-MM-DD", help="The date the figures are frozen for.")
    ],
    meeting_on: Annotated[
        datetime | None,
        typer.Option(formats=[_DAY], metavar="YYYY-MM-DD", help="The meeting it is for; an earlier edition for it is "
                     "replaced."),
    ] = None,
    reason: Annotated[str, typer.Option(help="Why, for the history.")] = "",
) -> None:  # fmt: skip
    """Freeze the members' summary of a date as an edition.

    An edition is never changed afterwards: another for the same meeting takes its place.
    """
    from sos_tracker.actions import publication

    with open_store() as store:
        actor = actor_here(store.programme(programme).code)
        edition = publication.publish(
            store, actor, as_at.date(), meeting_on=meeting_on.date() if meeting_on else None, reason=reason
        )
    typer.echo(f"Edition {edition.number} of {edition.programme} is published.")
    for file in edition.files:
        typer.echo(f"{file.name}  sha256 {file.sha256}")
