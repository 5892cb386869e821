"""Who may see what, from the command line: also how the first administrator of a programme is made."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from sos_tracker.cli.opening import actor_here, open_store

if TYPE_CHECKING:
    from sos_tracker.records.access import AccessHeld, Actor, GroupAccess, Role
    from sos_tracker.store import Store

app = typer.Typer(
    help="Give and take access to a programme, by e-mail or by the identity provider's groups.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

ProgrammeCode = Annotated[
    str, typer.Option("--programme", "-p", metavar="CODE", help="The programme's code, such as CE-SOS.")
]
Email = Annotated[str, typer.Argument(metavar="EMAIL", help="The address the person signs in with.")]
GroupName = Annotated[str, typer.Argument(metavar="NAME", help="The group as the identity provider names it.")]
RoleWord = Annotated[
    str, typer.Option("--role", metavar="ROLE", help="member, director, 'project manager' or administrator.")
]
Reason = Annotated[str, typer.Option(help="Why, for the history.")]


@app.command("list")
def people_list(
    programme: ProgrammeCode,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for a script to read.")] = False,
) -> None:
    """List who has or had access, and when they were last here."""
    from sos_tracker.actions import access
    from sos_tracker.cli import output

    with _at(programme) as (store, actor):
        people, groups = access.accesses(store, actor), access.groups(store, actor)
    if as_json:
        typer.echo(output.as_json(_json(people, groups)))
    else:
        typer.echo(output.as_text(_lines(actor.programme, people, groups)))


@app.command()
def invite(email: Email, programme: ProgrammeCode, role: RoleWord, reason: Reason = "") -> None:
    """Give somebody access, another role, or access again."""
    from sos_tracker.actions import access
    from sos_tracker.records.access import Access

    with _readable():
        given = Access(email=email, role=_role(role))
    with _at(programme) as (store, actor):
        access.give(store, actor, given, reason)
    typer.echo(f"{given.email} is {_article(given.role)} of {actor.programme} from their next page on.")


@app.command()
def remove(email: Email, programme: ProgrammeCode, reason: Reason = "") -> None:
    """Take somebody's access away, whatever group they are in."""
    from sos_tracker.actions import access

    with _at(programme) as (store, actor):
        access.remove(store, actor, email, reason)
    typer.echo(f"{email} has no access to {actor.programme} from their next page on.")


@app.command()
def group(name: GroupName, programme: ProgrammeCode, role: RoleWord, reason: Reason = "") -> None:
    """Give everybody in a group of the identity provider a role."""
    from sos_tracker.actions import access
    from sos_tracker.records.access import GroupAccess

    with _readable():
        given = GroupAccess(group=name, role=_role(role))
    with _at(programme) as (store, actor):
        access.give_group(store, actor, given, reason)
    typer.echo(f"Everybody in {given.group} is {_article(given.role)} of {actor.programme} from their next page on.")


@app.command("remove-group")
def remove_group(name: GroupName, programme: ProgrammeCode, reason: Reason = "") -> None:
    """Take a group's access away; people invited by e-mail keep theirs."""
    from sos_tracker.actions import access

    with _at(programme) as (store, actor):
        access.remove_group(store, actor, name, reason)
    typer.echo(f"The group {name} has no access to {actor.programme} from its people's next page on.")


@contextmanager
def _at(programme: str) -> Iterator[tuple["Store", "Actor"]]:
    """The store, and whoever runs the command at the door of the programme, which must be there."""
    with open_store() as store:
        yield store, actor_here(store.programme(programme.strip().upper()).code)


@contextmanager
def _readable() -> Iterator[None]:
    from pydantic import ValidationError

    from sos_tracker.records.sentences import sentence

    try:
        yield
    except ValidationError as fault:
        raise typer.BadParameter(" ".join(sentence(one) for one in fault.errors())) from None


def _role(word: str) -> "Role":
    """A role as typed: "project manager" also with a hyphen, and in any case."""
    from sos_tracker.records.access import Role

    plain = " ".join(word.replace("-", " ").replace("_", " ").split()).casefold()
    if plain not in tuple(Role):
        raise typer.BadParameter(f"“{word}” is no role. It can be: {', '.join(Role)}.")
    return Role(plain)


def _article(role: "Role") -> str:
    return f"an {role}" if role[0] in "aeiou" else f"a {role}"


def _json(people: tuple["AccessHeld", ...], groups: tuple["GroupAccess", ...]) -> dict[str, object]:
    return {
        "people": [
            one.access.model_dump(mode="json") | {name: value for name, value in vars(one).items() if name != "access"}
            for one in people
        ],
        "groups": [one.model_dump(mode="json") for one in groups],
    }


def _lines(code: str, people: tuple["AccessHeld", ...], groups: tuple["GroupAccess", ...]) -> Iterator[str]:
    from sos_tracker.cli import output
    from sos_tracker.records.access import Role

    if not any(one.access.role is Role.ADMINISTRATOR and not one.removed for one in people):
        yield f"Nobody administers {code} yet: sos-tracker people invite EMAIL --role administrator --programme {code}"
    if people:
        yield from output.table_lines(("person", "role", "given", "by", "last seen"), [_row(one) for one in people])
    if groups:
        yield from output.table_lines(("group", "role"), [(one.group, one.role.value) for one in groups])


def _row(held: "AccessHeld") -> tuple[str, ...]:
    from sos_tracker.records.periods import day

    seen = day(held.last_seen.date()) if held.last_seen else "not yet"
    note = "; another account came with this address: invite again if it is theirs now" if held.other_account else ""
    role = "removed" if held.removed else held.access.role.value
    return held.access.email, role, day(held.given_at.date()), held.given_by, seen + note
