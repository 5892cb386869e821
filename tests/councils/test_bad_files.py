"""Files that cannot be read, as they come to the command line: one clear sentence, nothing stored, no traceback."""

import sqlite3
from pathlib import Path

import pytest

from tests.councils import shire
from tests.councils.door import CODE, Cli, figures, imported, rejected, stored_rows
from tests.councils.writing import text, workbook, write, zipped

PASSWORD_PROTECTED = (Path(__file__).parent / "fixtures" / "password_protected.xlsx").read_bytes()
TABLE = [["Session ref", "Agency", "Number attended"], ["S1", "Police", 4], ["S2", "Police", 6]]


def _sheet_of(cells: bytes) -> bytes:
    return zipped(
        {
            "[Content_Types].xml": b"<Types/>",
            "xl/workbook.xml": b'<workbook><sheets><sheet name="S" sheetId="1"/></sheets></workbook>',
            "xl/worksheets/sheet1.xml": cells,
        }
    )


BAD = {
    "a letter.csv": b"Dear all,\nplease find the figures attached.\nKind regards\n",
    "empty.xlsx": b"",
    "only spaces.csv": b" \r\n \r\n",
    "large.csv": b"Session ref,Agency,Number attended\n" + b"S1,Police,4\n" * (50 * 1024 * 1024 // 12),
    "locked.xlsx": PASSWORD_PROTECTED,
    "macros.xlsm": zipped({"xl/workbook.xml": b"<workbook/>", "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"}),
    "macros named.xlsx": zipped({"xl/workbook.xml": b"<workbook/>", "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"}),
    "bomb.xlsx": _sheet_of(b"<worksheet>" + b" " * (80 << 20)),
    "bomb in a bomb.xlsx": zipped({"xl/workbook.xml": b"", "inner.zip": zipped({"0": b"\0" * (60 << 20)})}),
    "minutes.xlsx": zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<document/>"}),
    "slides.xlsx": zipped({"[Content_Types].xml": b"<Types/>", "ppt/presentation.xml": b"<presentation/>"}),
    "agenda.xlsx": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n",
    "photo.xlsx": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1",
    "message.csv": b"From: a@council.example\nTo: b@council.example\nSubject: figures\n\nHere they are.\n",
    "nul.csv": b"Session ref,Agency,Number attended\n" + b"\0\1\2\3S1,\0\0\0,4\n" * 40,
    "half a file.xlsx": workbook({"S": TABLE})[:1500],
    "export.csv": b"<!DOCTYPE html><html><body>Your session has expired. Please sign in.</body></html>",
    "pictures only.xlsx": workbook({"Chart": []}),
    "long headings.csv": text([["h" * 300, "k" * 300, "m" * 300], [1, 2, 3], [4, 5, 6]]),
    "holidays.csv": text([["Name", "Days taken", "Days left"], ["A", 3, 22], ["B", 9, 16]]),
    "temporary.xlsx": b"\x0bA. Officer" + b" " * 154,
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_gets_one_sentence_and_nothing_is_stored(
    name: str, cli: Cli, tmp_path: Path, database: Path
) -> None:
    before = stored_rows(database)

    files = write(tmp_path / "files", {name: BAD[name]})
    spoken = cli("import", *files, "--programme", CODE)
    (issue,) = rejected(imported(cli, files, exit_code=1))

    assert spoken.exit_code == 1
    assert "Traceback" not in spoken.output
    assert len(spoken.output) < 2000
    assert issue["file"] == name
    assert issue["problem"].endswith(".")
    assert issue["remedy"]
    assert len(issue["problem"]) < 400
    assert "None" not in issue["problem"]
    assert stored_rows(database) == before


def test_a_bad_file_among_good_ones_keeps_all_of_them_out_and_is_named(
    cli: Cli, tmp_path: Path, database: Path
) -> None:
    before = stored_rows(database)
    files = write(tmp_path / "files", {**shire.files(shire.council()), "agenda.xlsx": BAD["agenda.xlsx"]})

    (issue,) = rejected(imported(cli, files, shire.MEANS, exit_code=1))

    assert issue["file"] == "agenda.xlsx"
    assert stored_rows(database) == before


def test_a_good_file_into_a_programme_there_is_not(cli: Cli, tmp_path: Path, database: Path) -> None:
    before = stored_rows(database)
    (file,) = write(tmp_path / "files", {"partners.csv": text(TABLE)})

    refused = cli("import", file, "--programme", "NOT-HERE", "--json")

    assert refused.exit_code == 1
    assert "NOT-HERE" in refused.stderr
    assert CODE in refused.stderr
    assert "Traceback" not in refused.output
    assert stored_rows(database) == before


def test_a_file_that_is_not_there_is_told_before_anything_is_read(cli: Cli, tmp_path: Path) -> None:
    told = cli("import", tmp_path / "gone.xlsx", "--programme", CODE)

    assert told.exit_code in (1, 2)
    assert "gone.xlsx" in told.output
    assert "Traceback" not in told.output


def test_a_folder_given_for_a_file_is_told_so(cli: Cli, tmp_path: Path) -> None:
    told = cli("import", tmp_path, "--programme", CODE)

    assert told.exit_code in (1, 2)
    assert "Traceback" not in told.output


def test_after_every_bad_file_the_good_ones_still_come_in(cli: Cli, tmp_path: Path, database: Path) -> None:
    small = {name: content for name, content in BAD.items() if len(content) < 100_000}
    imported(cli, write(tmp_path / "bad", small), exit_code=1)

    imported(cli, write(tmp_path / "good", shire.files(shire.council())), shire.MEANS)

    assert figures(cli, shire.council().as_at)["T1"]["value"]
    with sqlite3.connect(database) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
