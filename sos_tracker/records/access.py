"""Who may do what. Permissions stand here and nowhere else."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    MEMBER = "member"
    DIRECTOR = "director"
    PROJECT_MANAGER = "project manager"
    ADMINISTRATOR = "administrator"


class Permission(StrEnum):
    READ_SUMMARY = "read the summary"
    READ_PROGRESS = "read progress and the rows behind it"
    RECORD = "record and import"
    ADMINISTER = "administer programmes"


_MAY: dict[Role, frozenset[Permission]] = {
    Role.MEMBER: frozenset({Permission.READ_SUMMARY}),
    Role.DIRECTOR: frozenset({Permission.READ_SUMMARY, Permission.READ_PROGRESS}),
    Role.PROJECT_MANAGER: frozenset({Permission.READ_SUMMARY, Permission.READ_PROGRESS, Permission.RECORD}),
    Role.ADMINISTRATOR: frozenset(Permission),
}


class NotAllowed(Exception):
    """The actor may not do this."""


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
