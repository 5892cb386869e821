"""The README says what there is: every command, page, kind of file, setting and picture, and none that is gone."""

import re
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path
from typing import Any

import pytest
import typer.main

from sos_tracker.cli.commands import app
from sos_tracker.intake.headings import KINDS
from sos_tracker.records.access import Permission
from sos_tracker.settings import Settings
from sos_tracker.ui.menu import MENU

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
READERS = {
    Permission.READ_SUMMARY: "committee members",
    Permission.READ_PROGRESS: "directors",
    Permission.RECORD: "project manager",
    Permission.PUBLISH: "project manager",
    Permission.ADMINISTER: "administrators",
}


def section(title: str) -> str:
    return re.split(r"^##+ ", README.partition(f"## {title}\n")[2], flags=re.MULTILINE)[0]


def doors(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], set[str]]]:
    """Every command with its long options, as ``--help`` lists them."""
    inside = getattr(command, "commands", None)  # a group's; typer brings a click of its own
    if inside is not None:
        for name, inner in inside.items():
            yield from doors(inner, (*path, name))
    else:
        options = {option for parameter in command.params for option in parameter.opts if option.startswith("--")}
        yield path, options - {"--help"}


def doors_in_the_readme() -> dict[tuple[str, ...], set[str]]:
    """A command's entry: its words, then arguments and options, then two spaces or more and what it is for."""
    entries = re.split(r"^sos-tracker ", section("Commands").split("```")[1], flags=re.MULTILINE)[1:]
    return {_path(entry): set(re.findall(r"--[a-z-]+", entry)) for entry in entries}


def _path(entry: str) -> tuple[str, ...]:
    usage = re.split(r" {2,}|\n", entry)[0]
    return tuple(takewhile(re.compile("[a-z][a-z-]*$").match, usage.split()))


def test_every_command_and_option_stands_in_the_readme_and_no_other() -> None:
    assert doors_in_the_readme() == dict(doors(typer.main.get_command(app)))


def test_every_page_stands_in_the_readme_with_its_address_and_reader() -> None:
    rows = re.findall(r"^\| ([^|]+) \| `/(\w+)` \| ([^|]+) \|", section("Pages"), flags=re.MULTILINE)

    assert rows == [(page.title, page.address, READERS[page.permission]) for page in MENU]


def test_every_kind_of_file_stands_in_the_readme() -> None:
    rows = re.findall(r"^\| ([a-z ]+) \|", section("Files it reads"), flags=re.MULTILINE)

    assert rows == ["file", *(kind.name for kind in KINDS)]


def test_every_setting_stands_in_the_readme() -> None:
    rows = re.findall(r"^\| `([A-Z_]+)` \|", section("Settings"), flags=re.MULTILINE)

    assert rows == [field.validation_alias for field in Settings.model_fields.values()]


def test_every_make_target_named_is_there() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), flags=re.MULTILINE))

    assert set(re.findall(r"make (run|test|setup)\b", README)) <= targets


@pytest.mark.parametrize("target", re.findall(r"\]\((?!http)([^)#]+)\)", README))
def test_what_the_readme_points_at_is_there(target: str) -> None:
    assert (ROOT / target).exists()


def test_every_picture_is_used() -> None:
    shown = {Path(target).name for target in re.findall(r"\]\((docs/pictures/[^)]+)\)", README)}

    assert {picture.name for picture in (ROOT / "docs" / "pictures").glob("*")} == shown


def test_the_versions_named_are_those_the_package_allows() -> None:
    assert 'requires-python = ">=3.11,<3.15"' in (ROOT / "pyproject.toml").read_text("utf-8")
    assert "Python 3.11, 3.12, 3.13 or 3.14" in README


def test_the_pinned_versions_name_no_place_to_fetch_them_from() -> None:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()

    assert [
        line for line in lines if not re.fullmatch(r"#.*|[\w.-]+==[\w.]+(; sys_platform [!=]= \"win32\")?", line)
    ] == []
