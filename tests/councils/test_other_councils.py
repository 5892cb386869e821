"""Other councils' files, through the command line, against figures reckoned without the app.

The files come together, and one by one in shuffled orders; every number must be the same.
"""

from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.councils import borough, city, shire, trust
from tests.councils.council import Council, dice_of
from tests.councils.door import Cli, asked, figures, imported, rejected, stored_rows
from tests.councils.reckoning import expected
from tests.councils.writing import write

STYLES = [pytest.param(style, id=style.__name__.rpartition(".")[2]) for style in (shire, city, borough, trust)]


def as_expected(found: dict[str, dict[str, Any]], council: Council) -> dict[str, Any]:
    """The figures in the shape of what is expected of them."""
    shape = expected(council)
    answer: dict[str, Any] = {"targets": {code: found[code]["target_final"] for code in shape.pop("targets")}}
    for code, names in shape.items():
        figure, parts = found[code], found[code]["parts"]
        answer[code] = {name: parts[name] if name in parts else figure[name] for name in names}
    answer["L1"]["vacant_list"] = sorted(answer["L1"]["vacant_list"])
    return answer


@pytest.mark.parametrize("style", STYLES)
def test_another_councils_files_together_give_its_own_figures(style: ModuleType, cli: Cli, tmp_path: Path) -> None:
    council = style.council()
    files = write(tmp_path / "files", style.files(council))

    answer = imported(cli, files, style.MEANS)

    assert as_expected(figures(cli, council.as_at), council) == expected(council)
    assert not asked(answer)


@pytest.mark.parametrize("order", [1, 2])
@pytest.mark.parametrize("style", STYLES)
def test_one_by_one_in_any_order_gives_the_same_figures(
    style: ModuleType, order: int, cli: Cli, tmp_path: Path
) -> None:
    council = style.council()
    files = list(write(tmp_path / "files", style.files(council)))
    dice_of(order).shuffle(files)

    for file in files:
        imported(cli, [file], style.MEANS)

    assert as_expected(figures(cli, council.as_at), council) == expected(council), [file.name for file in files]


@pytest.mark.parametrize("style", STYLES)
def test_the_same_files_again_change_nothing_and_an_undo_leaves_nothing(
    style: ModuleType, cli: Cli, tmp_path: Path, database: Path
) -> None:
    council = style.council()
    files = write(tmp_path / "files", style.files(council))
    batch = imported(cli, files, style.MEANS)["batch"]
    before = stored_rows(database)

    again = imported(cli, files[::-1], style.MEANS)
    after_again = stored_rows(database)
    undone = cli("undo", batch)

    assert again["batch"] is None
    assert after_again == before
    assert undone.exit_code == 0, undone.output
    assert {figure["value"] for figure in figures(cli, council.as_at).values()} <= {None, 0}


def test_a_status_nobody_gave_a_meaning_stops_the_import_and_says_which(
    cli: Cli, tmp_path: Path, database: Path
) -> None:
    before = stored_rows(database)
    files = write(tmp_path / "files", shire.files(shire.council()))

    refused = rejected(imported(cli, files, exit_code=1))

    assert {(issue["file"], issue["value"], issue["group"]) for issue in refused} == {
        ("Delegate report.xlsx", "Apologies", "unknown status")
    }
    assert stored_rows(database) == before
