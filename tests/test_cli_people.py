"""Who may see what, from the command line."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from sos_tracker.cli import app
from sos_tracker.settings import settings

Cli = Callable[..., Result]
AT = ("--programme", "ce-sos")
ANN, BEN = "ann@council.gov.uk", "ben@council.gov.uk"


@pytest.fixture
def cli(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Runs one command on a database with an empty programme CE-SOS."""
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{(tmp_path / 'council.db').as_posix()}")
    for name in ("SOS_TRACKER_PERSON_KEY", "SOS_TRACKER_PERSON_KEY_FILE"):
        monkeypatch.delenv(name, raising=False)

    def run(*words: object) -> Result:
        settings.cache_clear()
        result = CliRunner().invoke(app, [str(word) for word in words])
        settings.cache_clear()
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    run("init")
    run("programme", "add", "CE-SOS", "--name", "Signs of Safety", "--authority", "Cheshire East Council")
    return run


def listed(cli: Cli) -> dict[str, tuple[str, bool]]:
    people = json.loads(cli("people", "list", *AT, "--json").stdout)["people"]
    return {one["email"]: (one["role"], one["removed"]) for one in people}


def test_the_first_administrator_is_made_here(cli: Cli) -> None:
    assert "Nobody administers CE-SOS yet: sos-tracker people invite" in cli("people", "list", *AT).stdout

    invited = cli("people", "invite", "Ann@Council.gov.uk", "--role", "administrator", *AT, "--reason", "set up")

    assert invited.exit_code == 0
    assert "ann@council.gov.uk is an administrator of CE-SOS" in invited.stdout
    shown = cli("people", "list", *AT).stdout
    assert "Nobody administers" not in shown
    assert "not yet" in shown
    assert cli("verify").exit_code == 0


def test_the_only_administrator_stays(cli: Cli) -> None:
    cli("people", "invite", ANN, "--role", "administrator", *AT)

    for words in (("remove", ANN), ("invite", ANN, "--role", "member")):
        refused = cli("people", *words, *AT)
        assert refused.exit_code == 1
        assert "make somebody else an administrator first" in refused.stderr
    assert listed(cli) == {ANN: ("administrator", False)}


@pytest.mark.parametrize("typed", ["project manager", "Project-Manager", "PROJECT_MANAGER"])
def test_a_role_may_be_typed_with_a_space_or_a_hyphen(cli: Cli, typed: str) -> None:
    cli("people", "invite", BEN, "--role", typed, *AT)

    assert listed(cli) == {BEN: ("project manager", False)}


def test_whoever_is_removed_is_listed_as_removed_and_can_be_invited_again(cli: Cli) -> None:
    cli("people", "invite", BEN, "--role", "member", *AT)
    removed = cli("people", "remove", "BEN@council.gov.uk", *AT, "--reason", "left the council")

    assert removed.exit_code == 0
    assert listed(cli) == {BEN: ("member", True)}
    assert "removed" in cli("people", "list", *AT).stdout
    assert cli("people", "remove", BEN, *AT).exit_code == 1
    cli("people", "invite", BEN, "--role", "director", *AT)
    assert listed(cli) == {BEN: ("director", False)}


def test_a_group_is_given_a_role_and_loses_it(cli: Cli) -> None:
    given = cli("people", "group", "SoS directors", "--role", "director", *AT)

    assert "Everybody in SoS directors is a director of CE-SOS" in given.stdout
    assert json.loads(cli("people", "list", *AT, "--json").stdout)["groups"] == [
        {"group": "SoS directors", "role": "director"}
    ]
    assert "SoS directors" in cli("people", "list", *AT).stdout
    assert cli("people", "remove-group", "SoS directors", *AT).exit_code == 0
    assert cli("people", "remove-group", "SoS directors", *AT).exit_code == 1


def test_what_cannot_be_read_is_told(cli: Cli) -> None:
    for words, told in (
        (("invite", "ben", "--role", "member"), "looks like jane.smith@council.gov.uk"),
        (("invite", BEN, "--role", "boss"), "“boss” is no role. It can be: member, director, project manager"),
        (("group", " ", "--role", "member"), "The group is empty."),
    ):
        refused = cli("people", *words, *AT)
        assert refused.exit_code == 2
        assert told in " ".join(refused.stderr.split())
    unknown = cli("people", "list", "--programme", "NONE")
    assert (unknown.exit_code, "There is no programme with the code NONE" in unknown.stderr) == (1, True)
