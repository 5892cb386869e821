"""The settings: where the database and the person key are, and that the key stays secret."""

import os
import stat
import sys
from pathlib import Path

import pytest

from sos_tracker.settings import PersonKeyUnusable, Settings, SettingsIncomplete, SignIn, project_root


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("SOS_TRACKER_")] + ["DATABASE_URL"]:
        monkeypatch.delenv(name, raising=False)


def test_the_database_is_a_file_in_the_data_folder_unless_set() -> None:
    assert Settings().database_file == project_root() / "data" / "sos_tracker.db"


def test_the_person_key_lies_beside_the_sqlite_database(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path.as_posix()}/council.db")

    assert Settings().person_key_file == tmp_path / "person.key"


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "postgresql://council@db.example/tracker"])
def test_without_a_database_file_the_key_lies_in_the_data_folder(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("DATABASE_URL", url)

    assert Settings().database_file is None
    assert Settings().person_key_file == project_root() / "data" / "person.key"


def test_an_empty_database_url_is_no_database_url(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "")

    assert Settings().database_file == project_root() / "data" / "sos_tracker.db"


def test_a_made_key_is_random_and_for_this_account_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SOS_TRACKER_PERSON_KEY_FILE", str(tmp_path / "secrets" / "person.key"))

    path = Settings().make_person_key()

    assert len(bytes.fromhex(path.read_text())) == 32
    assert sys.platform == "win32" or stat.S_IMODE(path.stat().st_mode) == 0o600


def test_an_existing_key_is_left_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SOS_TRACKER_PERSON_KEY_FILE", str(tmp_path / "person.key"))
    first = Settings().make_person_key().read_text()

    Settings().make_person_key()

    assert (tmp_path / "person.key").read_text() == first


def test_the_same_secret_keys_people_alike_from_a_file_and_from_the_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SOS_TRACKER_PERSON_KEY_FILE", str(tmp_path / "person.key"))
    from_file = Settings().keyer() if Settings().make_person_key() else None
    monkeypatch.setenv("SOS_TRACKER_PERSON_KEY", (tmp_path / "person.key").read_text())

    from_environment = Settings().keyer()

    assert from_file is not None
    assert from_environment.keys("CE100207", None) == from_file.keys("ce100207 ", None)


def test_the_key_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOS_TRACKER_PERSON_KEY", "a-secret-nobody-should-see-0123456789")

    assert "nobody-should-see" not in f"{Settings()!r} {Settings().model_dump()}"


def test_a_missing_key_is_told_with_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SOS_TRACKER_PERSON_KEY_FILE", str(tmp_path / "person.key"))

    assert not Settings().has_person_key()
    with pytest.raises(PersonKeyUnusable, match="sos-tracker init"):
        Settings().keyer()


def test_a_key_too_short_to_be_secret_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOS_TRACKER_PERSON_KEY", "cheshire")

    with pytest.raises(PersonKeyUnusable, match="too short"):
        Settings().keyer()


PROVIDER = {
    "SOS_TRACKER_ADDRESS": "https://tracker.council.gov.uk",
    "SOS_TRACKER_OIDC_METADATA_URL": "https://login.council.gov.uk/.well-known/openid-configuration",
    "SOS_TRACKER_OIDC_CLIENT_ID": "tracker",
    "SOS_TRACKER_OIDC_CLIENT_SECRET": "known to the provider and to us",
}
PROXY = {"SOS_TRACKER_PROXY_ADDRESSES": "10.0.0.5, ::1", "SOS_TRACKER_PROXY_HEADER": "X-Council-Email"}


def _set(monkeypatch: pytest.MonkeyPatch, values: dict[str, str]) -> Settings:
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    return Settings()


@pytest.mark.parametrize(
    ("values", "sign_in"),
    [({}, SignIn.THIS_COMPUTER), (PROVIDER, SignIn.PROVIDER), (PROXY, SignIn.PROXY),
     ({**PROVIDER, "SOS_TRACKER_PROXY_ADDRESSES": "10.0.0.5"}, SignIn.PROVIDER)],
)  # fmt: skip
def test_how_people_sign_in_follows_from_what_is_set(
    monkeypatch: pytest.MonkeyPatch, values: dict[str, str], sign_in: SignIn
) -> None:
    assert _set(monkeypatch, values).sign_in is sign_in


@pytest.mark.parametrize("whole", [PROVIDER, PROXY])
def test_each_setting_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch, whole: dict[str, str]) -> None:
    for missing in whole.keys() - {"SOS_TRACKER_ADDRESS"}:
        with monkeypatch.context() as here, pytest.raises(SettingsIncomplete, match=missing):
            _ = _set(here, {name: value for name, value in whole.items() if name != missing}).sign_in


def test_a_provider_without_the_public_address_is_incomplete(monkeypatch: pytest.MonkeyPatch) -> None:
    values = {name: value for name, value in PROVIDER.items() if name != "SOS_TRACKER_ADDRESS"}

    with pytest.raises(SettingsIncomplete, match="SOS_TRACKER_ADDRESS"):
        _ = _set(monkeypatch, values).sign_in


def test_a_provider_and_a_proxy_that_signs_people_in_are_one_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SettingsIncomplete, match="not both"):
        _ = _set(monkeypatch, {**PROVIDER, **PROXY}).sign_in


@pytest.mark.parametrize(
    "address",
    ["tracker.council.gov.uk", "http://tracker.council.gov.uk", "https://", "https://council.gov.uk/tracker",
     "ftp://council.gov.uk"],
)  # fmt: skip
def test_an_address_on_which_cookies_could_be_read_on_the_way_is_refused(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    with pytest.raises(SettingsIncomplete, match="https://"):
        _ = _set(monkeypatch, {**PROVIDER, "SOS_TRACKER_ADDRESS": address}).sign_in


def test_the_proxys_addresses_are_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _set(monkeypatch, PROXY).proxy_addresses == {"10.0.0.5", "::1"}
    with pytest.raises(SettingsIncomplete, match=r"proxy\.council"):
        _ = _set(monkeypatch, {"SOS_TRACKER_PROXY_ADDRESSES": "proxy.council"}).proxy_addresses


def test_the_clients_secret_may_lie_in_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "client.secret"
    values = {name: value for name, value in PROVIDER.items() if not name.endswith("SECRET")}
    held = _set(monkeypatch, {**values, "SOS_TRACKER_OIDC_CLIENT_SECRET_FILE": str(file)})
    with pytest.raises(SettingsIncomplete, match="cannot be read"):
        held.client_secret()

    file.write_text("known to us\n", encoding="utf-8")

    assert held.client_secret() == "known to us"


def test_the_cookie_secret_is_made_once_for_this_account_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    held = _set(monkeypatch, {"DATABASE_URL": f"sqlite:///{tmp_path.as_posix()}/council.db"})

    first = held.cookie_secret()

    assert held.cookie_secret() == first
    assert len(first) == 64
    if sys.platform != "win32":
        assert stat.S_IMODE((tmp_path / "cookie.secret").stat().st_mode) == 0o600


def test_a_cookie_secret_that_could_be_guessed_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SettingsIncomplete, match="too short"):
        _set(monkeypatch, {"SOS_TRACKER_COOKIE_SECRET": "council"}).cookie_secret()


def test_the_secrets_of_signing_in_are_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    held = _set(monkeypatch, {**PROVIDER, "SOS_TRACKER_COOKIE_SECRET": "signed with this, and nobody knows it"})

    assert "known to the provider" not in f"{held!r} {held} {held.model_dump_json()}"
    assert "nobody knows" not in f"{held!r} {held} {held.model_dump_json()}"
