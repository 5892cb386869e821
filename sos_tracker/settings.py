"""What differs between one installation and another: the database and the person key. Read once, by the doors.

``DATABASE_URL``               where the records are; SQLite in the project's ``data`` folder unless set
``SOS_TRACKER_PERSON_KEY``     the secret people are keyed with (32 or more random characters), or
``SOS_TRACKER_PERSON_KEY_FILE``  the file that holds it; ``person.key`` beside the SQLite database unless set

Without the key, people in new files cannot be matched to people already stored: keep a copy of it apart from the
database. It is never logged, shown or stored in the database.
"""

import os
import secrets
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from sos_tracker.records.people import PersonKeyer

_PACKAGE = Path(__file__).resolve().parent
_KEY_LENGTH = 16  # bytes; PersonKeyer refuses shorter ones


class PersonKeyUnusable(Exception):
    """There is no person key, or it is too short to keep a secret."""


def project_root() -> Path:
    """The folder of the checkout, or where the command is run once the package is installed without one."""
    return _PACKAGE.parent if (_PACKAGE.parent / "pyproject.toml").is_file() else Path.cwd()


def _default_database_url() -> str:
    return f"sqlite:///{(project_root() / 'data' / 'sos_tracker.db').as_posix()}"


class Settings(BaseSettings):
    model_config = SettingsConfigDict(extra="ignore", frozen=True, env_ignore_empty=True)

    database_url: str = Field(default_factory=_default_database_url, validation_alias="DATABASE_URL")
    person_key: SecretStr | None = Field(default=None, validation_alias="SOS_TRACKER_PERSON_KEY")
    given_key_file: Path | None = Field(default=None, validation_alias="SOS_TRACKER_PERSON_KEY_FILE")

    @property
    def data_dir(self) -> Path:
        """Where the example programme and the database of a checkout are."""
        return project_root() / "data"

    @property
    def database_file(self) -> Path | None:
        """The SQLite file, None where the database is in memory or on a server."""
        scheme = urlsplit(self.database_url).scheme
        if scheme.partition("+")[0] != "sqlite":
            return None
        path = self.database_url.partition(":///")[2].partition("?")[0]
        return Path(path) if path and path != ":memory:" else None

    @property
    def person_key_file(self) -> Path:
        if self.given_key_file is not None:
            return self.given_key_file
        return (self.database_file.parent if self.database_file else self.data_dir) / "person.key"

    def has_person_key(self) -> bool:
        return self.person_key is not None or self.person_key_file.is_file()

    def keyer(self) -> PersonKeyer:
        """Keys people with this installation's secret. Raises PersonKeyUnusable, in words."""
        if self.person_key is not None:
            secret, place = self.person_key.get_secret_value().strip(), "SOS_TRACKER_PERSON_KEY"
        else:
            place = str(self.person_key_file)
            try:
                secret = self.person_key_file.read_text(encoding="utf-8").strip()
            except FileNotFoundError:
                raise PersonKeyUnusable(
                    f"There is no person key at {place}. Run 'sos-tracker init' to make one, or put the key this "
                    "database was set up with back there."
                ) from None
            except (OSError, UnicodeDecodeError) as fault:
                raise PersonKeyUnusable(f"The person key at {place} cannot be read ({type(fault).__name__}).") from None
        if len(secret.encode()) < _KEY_LENGTH:
            raise PersonKeyUnusable(f"The person key in {place} is too short: it needs 32 or more random characters.")
        return PersonKeyer(secret.encode())

    def make_person_key(self) -> Path:
        """Writes 32 random bytes (as hex) where only this account can read them; an existing key is left alone."""
        path = self.person_key_file
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return path
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32) + "\n")
        return path


@cache
def settings() -> Settings:
    """The settings of this process, read once; ``settings.cache_clear()`` reads them anew."""
    return Settings()


def keyer() -> PersonKeyer:
    return settings().keyer()
