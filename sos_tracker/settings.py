"""What differs between one installation and another: the database, the secrets, and who may sign in. Read once.

``DATABASE_URL``               where the records are; SQLite in the project's ``data`` folder unless set
``SOS_TRACKER_PERSON_KEY``     the secret people are keyed with (32 or more random characters), or
``SOS_TRACKER_PERSON_KEY_FILE``  the file that holds it; ``person.key`` beside the SQLite database unless set

Signing in through an OpenID provider (all four or none):
``SOS_TRACKER_ADDRESS``            the address people open, such as https://tracker.council.gov.uk
``SOS_TRACKER_OIDC_METADATA_URL``  the provider's …/.well-known/openid-configuration
``SOS_TRACKER_OIDC_CLIENT_ID`` and ``SOS_TRACKER_OIDC_CLIENT_SECRET`` (or ``…_SECRET_FILE``)
``SOS_TRACKER_OIDC_NAME``          what the button says: sign in with …
``SOS_TRACKER_EMAIL_CLAIM``, ``SOS_TRACKER_GROUP_CLAIM``  where the token has them: email, groups unless set
``SOS_TRACKER_COOKIE_SECRET``      what sign-ins are signed with; ``cookie.secret`` beside the database unless set
``SOS_TRACKER_IDLE_MINUTES``, ``SOS_TRACKER_LONGEST_HOURS``  a sign-in ends after 60 idle minutes, and after 12 hours

or behind a proxy that has signed people in (both or none):
``SOS_TRACKER_PROXY_ADDRESSES``    the proxy's own addresses, with commas: requests from elsewhere are refused
``SOS_TRACKER_PROXY_HEADER``       the header in which it passes the person's e-mail
With a provider the addresses alone name what encrypts connections in front of the tracker: attempts to sign in are then
counted by the X-Forwarded-For it adds.

Without either the app serves this computer alone. Without the person key, people in new files cannot be matched to
people already stored: keep a copy of it apart from the database. No secret is ever logged, shown or stored in the
database.
"""

import ipaddress
import os
import secrets
from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from sos_tracker.records.access import SignInRules
from sos_tracker.records.people import PersonKeyer

_PACKAGE = Path(__file__).resolve().parent
LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
_COOKIE_SECRET_LENGTH = 32  # characters
_KEY_LENGTH = 16  # bytes; PersonKeyer refuses shorter ones


class SignIn(StrEnum):
    """How people sign in here."""

    THIS_COMPUTER = "this computer only"
    PROVIDER = "OpenID provider"
    PROXY = "trusted proxy"


class SettingsIncomplete(Exception):
    """Settings that belong together are set in part, or say what cannot be."""


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
    address: str = Field(default="", validation_alias="SOS_TRACKER_ADDRESS")
    oidc_metadata_url: str = Field(default="", validation_alias="SOS_TRACKER_OIDC_METADATA_URL")
    oidc_client_id: str = Field(default="", validation_alias="SOS_TRACKER_OIDC_CLIENT_ID")
    oidc_client_secret: SecretStr | None = Field(default=None, validation_alias="SOS_TRACKER_OIDC_CLIENT_SECRET")
    oidc_client_secret_file: Path | None = Field(default=None, validation_alias="SOS_TRACKER_OIDC_CLIENT_SECRET_FILE")
    oidc_name: str = Field(default="your council account", validation_alias="SOS_TRACKER_OIDC_NAME")
    email_claim: str = Field(default="email", validation_alias="SOS_TRACKER_EMAIL_CLAIM")
    group_claim: str = Field(default="groups", validation_alias="SOS_TRACKER_GROUP_CLAIM")
    given_cookie_secret: SecretStr | None = Field(default=None, validation_alias="SOS_TRACKER_COOKIE_SECRET")
    idle_minutes: int = Field(default=60, ge=1, le=24 * 60, validation_alias="SOS_TRACKER_IDLE_MINUTES")
    longest_hours: int = Field(default=12, ge=1, le=24 * 30, validation_alias="SOS_TRACKER_LONGEST_HOURS")
    given_proxy_addresses: str = Field(default="", validation_alias="SOS_TRACKER_PROXY_ADDRESSES")
    proxy_header: str = Field(default="", validation_alias="SOS_TRACKER_PROXY_HEADER")

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

    @property
    def sign_in(self) -> SignIn:
        """How people sign in. Raises SettingsIncomplete, naming what is missing."""
        provider = {
            "SOS_TRACKER_OIDC_METADATA_URL": self.oidc_metadata_url,
            "SOS_TRACKER_OIDC_CLIENT_ID": self.oidc_client_id,
            "SOS_TRACKER_OIDC_CLIENT_SECRET": self.oidc_client_secret or self.oidc_client_secret_file,
        }
        proxy = {
            "SOS_TRACKER_PROXY_ADDRESSES": self.given_proxy_addresses,
            "SOS_TRACKER_PROXY_HEADER": self.proxy_header,
        }
        if any(provider.values()):
            if self.proxy_header:
                raise SettingsIncomplete(
                    "Set up an OpenID provider or a proxy that signs people in, and not both: take "
                    "SOS_TRACKER_PROXY_HEADER away."
                )
            _all_set("sign-in through an OpenID provider", {**provider, "SOS_TRACKER_ADDRESS": self.address})
            _check_address(self.address)
            return SignIn.PROVIDER
        if any(proxy.values()):
            _all_set("sign-in through a trusted proxy", proxy)
            return SignIn.PROXY
        return SignIn.THIS_COMPUTER

    @property
    def sign_in_rules(self) -> SignInRules:
        """What a sign-in must be."""
        return SignInRules(
            client_id=self.oidc_client_id,
            email_claim=self.email_claim,
            group_claim=self.group_claim,
            idle=timedelta(minutes=self.idle_minutes),
            longest=timedelta(hours=self.longest_hours),
        )

    @property
    def proxy_addresses(self) -> frozenset[str]:
        """Raises SettingsIncomplete for what is no address."""
        named = {part.strip() for part in self.given_proxy_addresses.split(",")} - {""}
        for one in named:
            try:
                ipaddress.ip_address(one)
            except ValueError:
                raise SettingsIncomplete(
                    f"SOS_TRACKER_PROXY_ADDRESSES has “{one}”, which is no IP address: write 10.0.0.5 or ::1."
                ) from None
        return frozenset(named)

    def client_secret(self) -> str:
        """The secret the provider knows this application by. Raises SettingsIncomplete without one."""
        if self.oidc_client_secret is not None:
            return self.oidc_client_secret.get_secret_value().strip()
        if self.oidc_client_secret_file is None:
            raise SettingsIncomplete("SOS_TRACKER_OIDC_CLIENT_SECRET is not set.")
        try:
            return self.oidc_client_secret_file.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as fault:
            raise SettingsIncomplete(
                f"SOS_TRACKER_OIDC_CLIENT_SECRET_FILE cannot be read ({type(fault).__name__})."
            ) from None

    def cookie_secret(self) -> str:
        """What sign-ins are signed with: as set, or kept in ``cookie.secret`` beside the person key, made once.

        Raises SettingsIncomplete for one that could be guessed.
        """
        path = self.person_key_file.parent / "cookie.secret"
        if self.given_cookie_secret is not None:
            place, secret = "SOS_TRACKER_COOKIE_SECRET", self.given_cookie_secret.get_secret_value().strip()
        else:
            _make_secret(path)
            place, secret = str(path), path.read_text(encoding="utf-8").strip()
        if len(secret) < _COOKIE_SECRET_LENGTH:
            raise SettingsIncomplete(f"The secret in {place} is too short: it needs 32 or more random characters.")
        return secret

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
        _make_secret(self.person_key_file)
        return self.person_key_file


def _make_secret(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(32) + "\n")


def _all_set(what: str, values: Mapping[str, object]) -> None:
    missing = [name for name, value in values.items() if not value]
    if missing:
        raise SettingsIncomplete(f"For {what}, set {' and '.join(missing)} too.")


def _check_address(address: str) -> None:
    """Cookies of a sign-in may only travel encrypted, except to this computer itself."""
    parts = urlsplit(address)
    if parts.scheme == "https" and parts.hostname and not parts.path.strip("/"):
        return
    if parts.scheme == "http" and parts.hostname in LOOPBACK_NAMES:
        return
    raise SettingsIncomplete(
        f"SOS_TRACKER_ADDRESS is “{address}”: write the address people open, such as https://tracker.council.gov.uk "
        "(http only for localhost)."
    )


@cache
def settings() -> Settings:
    """The settings of this process, read once; ``settings.cache_clear()`` reads them anew."""
    return Settings()


def keyer() -> PersonKeyer:
    return settings().keyer()
