"""Who may do what. Roles and permissions stand here and nowhere else."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated, ClassVar
from unicodedata import normalize

from pydantic import AfterValidator, StringConstraints

from sos_tracker.records.record import Record, Reference


class Role(StrEnum):
    """What a person is to one programme; each may do all that those before it may."""

    MEMBER = "member"
    DIRECTOR = "director"
    PROJECT_MANAGER = "project manager"
    ADMINISTRATOR = "administrator"


class Permission(StrEnum):
    """What a person may do, worded so that it follows "may": shown to administrators as it stands."""

    READ_SUMMARY = "read the summary and published papers"
    READ_PROGRESS = "read progress and the rows behind it"
    RECORD = "record and import"
    PUBLISH = "publish papers and share them"
    ADMINISTER = "give and take access"


_MAY: dict[Role, frozenset[Permission]] = {
    Role.MEMBER: frozenset({Permission.READ_SUMMARY}),
    Role.DIRECTOR: frozenset({Permission.READ_SUMMARY, Permission.READ_PROGRESS}),
    Role.PROJECT_MANAGER: frozenset(
        {Permission.READ_SUMMARY, Permission.READ_PROGRESS, Permission.RECORD, Permission.PUBLISH}
    ),
    Role.ADMINISTRATOR: frozenset(Permission),
}


class NotAllowed(Exception):
    """The actor may not do this."""


def permissions_of(role: Role) -> tuple[Permission, ...]:
    """What a role may do, least first."""
    return tuple(permission for permission in Permission if permission in _MAY[role])


def highest(roles: Iterable[Role]) -> Role | None:
    """The role that may do most, None of none."""
    return max(roles, key=list(Role).index, default=None)


@dataclass(frozen=True)
class Actor:
    """A person at one of the doors: a name for the history, a role, and the programme they stand in ("" for none)."""

    name: str
    role: Role
    programme: str = ""

    def may(self, permission: Permission) -> bool:
        return permission in _MAY[self.role]

    def require(self, permission: Permission) -> None:
        """Raises NotAllowed, in words, unless the actor may."""
        if not self.may(permission):
            raise NotAllowed(f"{self.name} is signed in as {self.role} and may not {permission}.")


def _one_address(text: str) -> str:
    name, at, place = text.partition("@")
    if not at or not name or "@" in place or "." not in place.strip(".") or any(sign.isspace() for sign in text):
        raise ValueError("An e-mail address looks like jane.smith@council.gov.uk.")
    if not text.isprintable() or text.lower() != text.casefold() or text != normalize("NFKC", text):
        raise ValueError(f"The e-mail address {text!a} has letters that could be taken for others.")
    return text.casefold()


def _one_line(text: str) -> str:
    if not text.isprintable():
        raise ValueError("A group's name is one line of letters and signs that can be seen.")
    return text


EmailAddress = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=3, max_length=254), AfterValidator(_one_address)
]
"""In lower case: the same address in other letters is the same person."""


class Access(Record):
    """The role one person has in a programme, known by the e-mail they sign in with."""

    kind: ClassVar[str] = "access"
    key_fields: ClassVar[tuple[str, ...]] = ("email",)

    email: EmailAddress
    role: Role


class GroupAccess(Record):
    """The role everybody in a group of the identity provider has in a programme; ``group`` as the provider names it."""

    kind: ClassVar[str] = "group access"
    key_fields: ClassVar[tuple[str, ...]] = ("group",)

    group: Annotated[Reference, AfterValidator(_one_line)]
    role: Role


@dataclass(frozen=True)
class AccessHeld:
    """An access as it stands. ``last_seen`` is UTC, None for somebody who has not been here since it was given.

    ``removed``: taken away; whoever it was taken from has no access through a group either. ``other_account``: somebody
    else has come with this address since and was turned away; giving the access again gives it to them.
    """

    access: Access
    given_at: datetime
    given_by: str
    last_seen: datetime | None
    removed: bool = False
    other_account: bool = False


@dataclass(frozen=True)
class Identity:
    """Who the identity provider says somebody is.

    ``subject`` is the provider's own lasting name for them (issuer and subject), which an e-mail is tied to when they
    first sign in; ``signed_in_at`` (UTC) tells one sign-in from the next, None behind a trusted proxy, which has
    sessions of its own. ``sign_in`` names this sign-in without giving anything away; until ``good_until`` it may be
    used for the first time.
    """

    email: str
    name: str
    subject: str
    groups: tuple[str, ...] = ()
    signed_in_at: datetime | None = None
    sign_in: str = ""
    good_until: datetime | None = None

    @property
    def named(self) -> str:
        """As the history names them: the address tells two people of one name apart."""
        return f"{self.name} ({self.email})" if self.name and self.name != self.email else self.email


@dataclass(frozen=True)
class SignInRules:
    """What a sign-in must be: meant for ``client_id``, seen within ``idle`` of the last time and ``longest`` in all."""

    client_id: str
    email_claim: str
    group_claim: str
    idle: timedelta
    longest: timedelta
