"""Editions: a paper as it was published, and the links by which one edition is shown to somebody who cannot sign in."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256

LONGEST_SHARE_DAYS = 90


class EditionState(StrEnum):
    """A draft may still change. A superseded edition has been replaced by a later one for the same meeting."""

    DRAFT = "draft"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"


class PaperFormat(StrEnum):
    """What a file of a paper is; the value is the ending of its name."""

    HTML = "html"


@dataclass(frozen=True)
class PaperFile:
    """One file of a paper, with its bytes; ``name`` is ASCII and fit for an address."""

    format: PaperFormat
    name: str
    content: bytes

    @property
    def sha256(self) -> str:
        return sha256(self.content).hexdigest()


@dataclass(frozen=True)
class EditionFile:
    """One file of an edition as it is listed; ``size`` in bytes."""

    format: PaperFormat
    name: str
    sha256: str
    size: int


@dataclass(frozen=True)
class NewEdition:
    """What is frozen when a paper is published; ``figures`` is the JSON of what the paper says, to the letter."""

    as_at: date
    meeting_on: date | None
    figures: str
    files: tuple[PaperFile, ...]


@dataclass(frozen=True)
class Edition:
    """A paper as published, numbered within its programme.

    ``published_at`` is UTC. ``published_by`` names a member of staff and is for those who publish. ``sha256`` is over
    all of it: numbers, dates, person, reason, figures and every file. ``replaced_by`` is the number of the edition
    that superseded it.
    """

    programme: str
    number: int
    as_at: date
    meeting_on: date | None
    published_at: datetime
    published_by: str
    reason: str
    state: EditionState
    sha256: str
    files: tuple[EditionFile, ...]
    replaced_by: int | None = None

    def file(self, wanted: PaperFormat) -> EditionFile | None:
        """The edition's file of this format, None where it has none."""
        return next((one for one in self.files if one.format is wanted), None)


@dataclass(frozen=True)
class ShareLink:
    """A way to one edition for whoever has its address, until it expires or is revoked. Times are UTC.

    The address itself holds a secret that is shown once and not kept: only its hash is.
    """

    number: int
    programme: str
    edition: int
    made_at: datetime
    made_by: str
    expires_at: datetime
    revoked_at: datetime | None = None
    revoked_by: str = ""

    def is_open(self, now: datetime) -> bool:
        return self.revoked_at is None and now < self.expires_at


def token_hash(token: str) -> str:
    """What is kept of the secret in a share link's address."""
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
