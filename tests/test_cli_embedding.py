"""The four files that tell whether the practice has taken hold, as they come, through the command line."""

import json
from datetime import date
from pathlib import Path

import openpyxl

from sos_tracker.records.embedding import ScaleRating
from sos_tracker.store import Store
from tests.test_cli import Cli, cli, council, database, imported

__all__ = ["cli", "council", "database"]  # fixtures

MAY = date(2018, 5, 10)


def workbook(path: Path, *rows: list[object]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def four_files(folder: Path) -> list[Path]:
    scale = workbook(
        folder / "Scaling workshop.xlsx",
        ["Signs of Safety implementation scale"], [],
        ["Service", "Team", "Date rated", "Role", "Rated by", "Score (0-10)", "No. of people", "Facilitator"],
        ["Social Care", "Duty", MAY, "Social workers", "Self", "7/10", 4, "Jo"],
        ["Social Care", "Duty", "10th May 2018", "social worker", "staff", 7, 2, "Jo"],
        ["Social Care", "Court", MAY, "SLT", "Parents & carers", 3.5, 1, ""],
        ["Total", "", "", "", "", "", 7, ""],
    )  # fmt: skip
    audits = folder / "audits.csv"
    audits.write_text(
        "Case audit programme\n\nDate of audit;Directorate;Unit;Cases audited;With evidence of use;% ;Judgement\n"
        "11/05/2018;Social Care;Duty;20;12;60%;Good\n11/05/2018;Social Care;Court;30;;63%;RI\n;;;50;31;;\n",
        "utf-8",
    )
    surveys = workbook(
        folder / "Family survey.xlsx",
        ["Wave", "Statement", "Sent out", "Replies", "Agreed or strongly agreed", "Response rate"],
        ["Wave 1 (May 2018)", "I was listened to", 200, 80, 60, "40%"],
        ["Wave 1 (May 2018)", "I knew what had to change", 200, 80, 44, 0.4],
    )
    alignment = workbook(
        folder / "Policies and forms.xlsx",
        ["No.", "Document", "Type", "Identified", "Drafted", "Approved", "Live", "Lead officer", "Target live date"],
        [1, "Case conference minutes", "Template", "01/10/2017", "01/12/2017", MAY, "", "J Smith", "01/09/2018"],
        [2, "Supervision record", "Supervision", "01/10/2017", "", "", "", "", ""],
    )
    return [scale, audits, surveys, alignment]


def test_four_messy_files_are_read_shown_stored_once_and_taken_back(
    council: Cli,
    database: Path,
    tmp_path: Path,
) -> None:
    files = four_files(tmp_path)
    new = {"scale rating": 2, "case audit": 2, "survey answer": 2, "alignment item": 2}
    assert imported(council, *files, options=["--dry-run"])["new"] == new
    assert imported(council, *files)["new"] == new
    again = imported(council, *files)
    assert (again["batch"], again["same"]) == (None, new)
    store = Store.open(f"sqlite:///{database.as_posix()}")
    frames = store.frames("CE-SOS", date(2018, 6, 1)).embedding
    assert dict(zip(frames.scale["team"], frames.scale["people"], strict=True)) == {"Duty": 6, "Court": 1}
    assert list(frames.audits["files_showing_use"]) == [12, 19]
    assert list(frames.surveys["favourable"]) == [60, 44]

    workbook(files[0], ["Team", "Service", "Date rated", "Role", "Rated by", "Score"],
             ["Court", "Social Care", MAY, "SLT", "families", 4])  # fmt: skip
    workbook(files[3], ["No.", "Document", "Type", "Stage", "Stage date"],
             [1, "Case conference minutes", "Template", "Live", "01/06/2018"])  # fmt: skip
    changed = imported(council, files[0], files[3])
    assert (changed["new"], changed["withdrawn"]) == (
        {"scale rating": 1}, {"scale rating": 1},
    )  # fmt: skip
    item = store.frames("CE-SOS", MAY).embedding.alignment.iloc[0]
    assert (item["approved_on"].date(), item["live_on"].date()) == (MAY, date(2018, 6, 1))

    undone = json.loads(council("undo", changed["batch"], "--json").stdout)
    assert undone["kept"] == []
    scores = [one.of(ScaleRating).score for one in store.records("CE-SOS", ScaleRating.kind)[0]]
    assert sorted(scores) == [3.5, 7]
    assert store.verify() == ()
    store.close()


def test_a_score_off_the_scale_stores_nothing_and_says_where(council: Cli, tmp_path: Path) -> None:
    file = workbook(tmp_path / "scale.xlsx", ["Date", "Team", "Score"], [MAY, "Duty", 12])
    refused = imported(council, file, exit_code=1)
    (group,) = refused["issues"]
    assert "12 is outside the scale, which goes from 0 to 10." in json.dumps(group)
    assert refused["batch"] is None
