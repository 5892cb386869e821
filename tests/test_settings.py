"""The settings: where the database and the person key are, and that the key stays secret."""

import stat
import sys
from pathlib import Path

import pytest

from sos_tracker.settings import PersonKeyUnusable, Settings, project_root


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATABASE_URL", "SOS_TRACKER_PERSON_KEY", "SOS_TRACKER_PERSON_KEY_FILE"):
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
