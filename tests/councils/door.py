"""The doors of the command line, as a stranger's script knocks at them."""

import json
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from typer.testing import Result

CODE = "SOS-2"
Cli = Callable[..., Result]


def imported(cli: Cli, files: Sequence[Path], means: Sequence[str] = (), exit_code: int = 0) -> dict[str, Any]:
    """The answer to an import, which must end with that exit code."""
    options = [word for meaning in means for word in ("--means", meaning)]
    result = cli("import", *files, "--programme", CODE, "--json", *options)
    assert result.exit_code == exit_code, result.output
    answer: dict[str, Any] = json.loads(result.stdout)
    return answer


def figures(cli: Cli, as_at: object) -> dict[str, dict[str, Any]]:
    shown = cli("figures", "--programme", CODE, "--as-at", as_at, "--json")
    assert shown.exit_code == 0, shown.output
    return {figure["code"]: figure for figure in json.loads(shown.stdout)["figures"]}


def rejected(answer: dict[str, Any]) -> list[dict[str, Any]]:
    return [issue for issue in answer["issues"] if issue["weight"] == "rejected"]


def asked(answer: dict[str, Any]) -> list[str]:
    return [issue["group"] for issue in answer["issues"] if issue["weight"] == "question"]


def stored_rows(database: Path) -> dict[str, int]:
    with sqlite3.connect(database) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in names}
