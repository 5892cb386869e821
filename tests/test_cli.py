"""The command line, door by door, on a database of its own."""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from typer.testing import CliRunner, Result

from sos_tracker.cli import app
from sos_tracker.records.access import Actor, Role
from sos_tracker.records.bulk import MergeAgency
from sos_tracker.settings import settings
from sos_tracker.store import Store

EXAMPLE = Path(__file__).parents[1] / "data" / "example"
FILES = tuple(sorted(file for file in EXAMPLE.glob("*") if file.suffix in (".csv", ".xlsx")))
EXPECTED = json.loads((Path(__file__).parents[1] / "data" / "example" / "expected.json").read_text("utf-8"))

Cli = Callable[..., Result]


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "data" / "council.db"
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{path.as_posix()}")
    for name in ("SOS_TRACKER_PERSON_KEY", "SOS_TRACKER_PERSON_KEY_FILE"):
        monkeypatch.delenv(name, raising=False)
    settings.cache_clear()
    return path


@pytest.fixture
def cli(database: Path) -> Cli:
    """Runs one command; the settings are read anew each time, as in a new process."""

    def run(*words: object) -> Result:
        settings.cache_clear()
        result = CliRunner().invoke(app, [str(word) for word in words])
        settings.cache_clear()
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run


@pytest.fixture
def council(cli: Cli) -> Cli:
    """A database with an empty programme CE-SOS."""
    assert cli("init").exit_code == 0
    added = cli("programme", "add", "CE-SOS", "--name", "Signs of Safety", "--authority", "Cheshire East Council")
    assert added.exit_code == 0, added.output
    return cli


@pytest.fixture(scope="session")
def loaded_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the eight files imported together; copied by tests that need it."""
    folder = tmp_path_factory.mktemp("loaded")
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{(folder / 'council.db').as_posix()}"}
    for words in (
        ["init"],
        ["programme", "add", "CE-SOS", "--name", "Signs of Safety", "--authority", "Cheshire East Council"],
        ["import", *map(str, FILES), "--programme", "CE-SOS"],
    ):
        subprocess.run([sys.executable, "-m", "sos_tracker.cli", *words], env=environment, check=True)
    return folder


@pytest.fixture
def loaded(cli: Cli, loaded_once: Path, database: Path) -> Cli:
    shutil.copytree(loaded_once, database.parent, dirs_exist_ok=True)
    return cli


def figures(cli: Cli, as_at: str = "2018-05-10") -> dict[str, dict[str, Any]]:
    shown = cli("figures", "--programme", "CE-SOS", "--as-at", as_at, "--json")
    assert shown.exit_code == 0, shown.output
    return {figure["code"]: figure for figure in json.loads(shown.stdout)["figures"]}


def imported(cli: Cli, *files: Path, options: Sequence[str] = (), exit_code: int = 0) -> dict[str, Any]:
    result = cli("import", *files, "--programme", "CE-SOS", "--json", *options)
    assert result.exit_code == exit_code, result.output
    answer: dict[str, Any] = json.loads(result.stdout)
    return answer


def stored_rows(database: Path) -> dict[str, int]:
    with sqlite3.connect(database) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in names}


def register(path: Path, *rows: Sequence[object]) -> Path:
    headings = ["Session ref", "Course", "Start date", "Delegate e-mail", "Employee no.", "Agency", "Team", "Job role"]
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row in ([*headings, "Status"], *rows):
        sheet.append(list(row))
    workbook.save(path)
    return path


def attendance(number: int, status: str = "Attended", session: str = "S1") -> list[object]:
    return [session, "Two Day Intro", "06/11/2017", f"p{number}@council.example", f"A{number}", "Care", "North",
            "Social worker", status]  # fmt: skip


# The figures of the example


def test_every_training_number_of_the_example(loaded: Cli) -> None:
    training, expected = figures(loaded), EXPECTED["training"]
    t1, t2, t3, t4 = (training[code] for code in ("T1", "T2", "T3", "T4"))

    assert t1["value"] == expected["people_trained_total"]
    assert t1["parts"]["named"] == expected["people_trained_named"]
    assert t1["parts"]["headcount"] == expected["people_trained_headcount"]
    assert t1["parts"]["by_month"] == expected["first_trained_by_month"]
    assert t1["parts"]["by_agency"] == expected["people_by_agency"]
    assert t1["target_final"] == EXPECTED["targets"]["people_trained"]
    assert t2["value"] == expected["attendances_total"]
    assert t2["parts"]["named"] == expected["attendances_named"]
    assert t2["parts"]["headcount"] == expected["attendances_headcount"]
    assert (t3["value"], t3["denominator"]) == (expected["trained_and_in_scope_in_post"], expected["in_scope_in_post"])
    assert t3["parts"]["leavers"] == expected["trained_leavers"]
    assert (t4["value"], t4["denominator"]) == (expected["booked_and_came"], expected["booked_on_delivered"])
    assert {name: t4["parts"][name] for name in ("no_shows", "cancellations", "walk_ins")} == {
        name: expected[name] for name in ("no_shows", "cancellations", "walk_ins")
    }


def test_every_practice_lead_number_of_the_example(loaded: Cli) -> None:
    lead, expected = figures(loaded)["L1"], EXPECTED["practice_leads"]

    assert (lead["value"], lead["denominator"]) == (
        expected["with_active_trained_lead"],
        expected["teams_and_agencies"],
    )
    assert lead["parts"]["untrained"] == expected["active_but_untrained"]
    assert lead["parts"]["vacant"] == expected["vacant"]
    assert sorted(lead["parts"]["vacant_list"]) == expected["vacant_list"]


def test_every_budget_number_of_the_example(loaded: Cli) -> None:
    reckoned, expected = figures(loaded), EXPECTED["budget"]
    spend = reckoned["B1"]

    assert spend["value"] == expected["actual_to_date_pence"]
    assert spend["denominator"] == expected["approved_pence"]
    assert spend["target_to_date"] == expected["profile_to_date_pence"]
    assert spend["parts"]["by_financial_year"] == expected["actual_by_financial_year"]
    assert spend["parts"]["by_line"] == expected["actual_by_line"]
    assert reckoned["B2"]["value"] == expected["commitments_pence"]


def test_every_milestone_number_of_the_example(loaded: Cli) -> None:
    reckoned, expected = figures(loaded), EXPECTED["milestones"]

    assert (reckoned["M1"]["value"], reckoned["M1"]["denominator"]) == (
        expected["achieved_of_due"],
        expected["due_by_as_at"],
    )
    assert reckoned["M2"]["value"] == expected["overdue"]
    assert reckoned["M3"]["parts"]["slipped_over_30_days"] == expected["slipped_over_30_days"]


def test_the_register_is_read_whole_its_repeats_once_and_its_total_not_at_all(council: Cli) -> None:
    answer = imported(council, *FILES, options=["--dry-run"])

    assert answer["new"]["attendance"] == EXPECTED["register"]["distinct_named_bookings"]
    assert answer["new"]["session"] == EXPECTED["training"]["sessions"]
    assert answer["new"]["ledger entry"] == EXPECTED["budget"]["ledger_rows"]
    assert answer["new"]["budget line"] == EXPECTED["budget"]["lines"]
    assert answer["new"]["milestone"] == EXPECTED["milestones"]["total"]


def test_figures_in_words_say_what_is_counted_against_what(loaded: Cli) -> None:
    shown = loaded("figures", "--programme", "ce-sos", "--as-at", "2018-05-10")

    assert shown.exit_code == 0
    assert "285 people" in shown.stdout
    assert "400" in shown.stdout


def test_figures_of_an_empty_programme_say_nothing_yet(council: Cli) -> None:
    assert {figure["value"] for figure in figures(council).values()} <= {None, 0}
    assert all(figure["sentence"] for figure in figures(council).values())


def test_the_doors_are_alike_on_postgresql(
    cli: Cli, loaded_once: Path, postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", postgresql_url)
    monkeypatch.setenv("SOS_TRACKER_PERSON_KEY", "a secret for tests and nothing else")
    cli("init")
    cli("programme", "add", "CE-SOS", "--name", "Signs of Safety", "--authority", "Cheshire East Council")
    before = figures(cli)

    batch = imported(cli, *FILES)["batch"]

    assert figures(cli) == figures_of(loaded_once)
    assert cli("verify").exit_code == 0
    assert cli("undo", batch).exit_code == 0
    assert figures(cli) == before


# Files in any order, together or one by one


@pytest.mark.parametrize("order", ["as named", "backwards", "headcounts and staff first"])
def test_one_by_one_in_any_order_gives_the_same_figures_as_together(
    council: Cli, loaded_once: Path, order: str
) -> None:
    orders = {
        "as named": FILES,
        "backwards": FILES[::-1],
        "headcounts and staff first": sorted(FILES, key=lambda file: hashlib.sha256(file.name.encode()).digest()),
    }
    for file in orders[order]:
        imported(council, file)

    one_by_one = figures(council)
    assert one_by_one["T1"]["value"] == EXPECTED["training"]["people_trained_total"]
    assert one_by_one == figures_of(loaded_once)


def figures_of(folder: Path) -> dict[str, dict[str, Any]]:
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{(folder / 'council.db').as_posix()}"}
    environment.pop("SOS_TRACKER_PERSON_KEY", None)
    words = ["figures", "--programme", "CE-SOS", "--as-at", "2018-05-10", "--json"]
    shown = subprocess.run(
        [sys.executable, "-m", "sos_tracker.cli", *words], env=environment, check=True, capture_output=True
    )
    return {figure["code"]: figure for figure in json.loads(shown.stdout)["figures"]}


def test_the_same_files_again_change_nothing_and_make_no_batch(loaded: Cli, database: Path) -> None:
    before = stored_rows(database)

    again = imported(loaded, *FILES)

    assert again["batch"] is None
    assert not any(again["new"].values())
    assert not any(again["changed"].values())
    assert sorted(again["already_imported"]) == [file.name for file in FILES]
    assert stored_rows(database) == before


def test_undoing_the_last_batch_brings_the_figures_back(loaded: Cli, tmp_path: Path) -> None:
    before = figures(loaded)
    late = register(tmp_path / "late.xlsx", *(attendance(number) for number in range(7)))
    batch = imported(loaded, late)["batch"]
    assert figures(loaded)["T1"]["value"] == before["T1"]["value"] + 7

    undone = loaded("undo", batch, "--reason", "The wrong file")

    assert undone.exit_code == 0, undone.output
    assert f"Batch {batch} is undone" in undone.stdout
    assert figures(loaded) == before
    assert loaded("verify").exit_code == 0


def test_an_undone_file_may_come_again(loaded: Cli) -> None:
    before = figures(loaded)
    assert loaded("undo", 1).exit_code == 0
    assert figures(loaded)["T1"]["value"] is None

    imported(loaded, *FILES)

    assert figures(loaded) == before


def test_a_batch_is_undone_once(loaded: Cli) -> None:
    loaded("undo", 1)

    again = loaded("undo", 1)

    assert again.exit_code == 1
    assert "1" in again.stderr


def test_a_correction_is_listed_among_the_batches_in_its_own_words_and_undone(loaded: Cli) -> None:
    store = Store.open(settings().database_url)
    try:
        manager = Actor("Pat Manager", Role.PROJECT_MANAGER, "CE-SOS")
        change = MergeAgency("Cheshire Constabulary", "The constabulary")
        number = store.bulk("CE-SOS", change, manager, reason="Its name").number
    finally:
        store.close()

    (batch, _) = json.loads(loaded("batches", "--programme", "CE-SOS", "--json").stdout)
    assert (batch["title"], batch["reason"], batch["files"]) == (change.words, "Its name", [])
    assert change.words in loaded("batches", "--programme", "CE-SOS").stdout
    assert f"Batch {number} is undone." in loaded("undo", number).stdout


def test_batches_are_listed_newest_first_with_their_files(loaded: Cli) -> None:
    listed = loaded("batches", "--programme", "CE-SOS", "--json")
    words = loaded("batches", "--programme", "CE-SOS")

    (batch,) = json.loads(listed.stdout)
    assert [file["name"] for file in batch["files"]] == [file.name for file in FILES]
    assert all(len(file["sha256"]) == 64 for file in batch["files"])
    assert batch["actor"]
    assert "training_register.xlsx" in words.stdout


# Refusing


def test_a_dry_run_stores_nothing(council: Cli, database: Path) -> None:
    before = stored_rows(database)

    answer = imported(council, *FILES, options=["--dry-run"])

    assert answer["dry_run"] is True
    assert answer["batch"] is None
    assert stored_rows(database) == before


def test_an_unknown_status_is_refused_until_it_is_given_a_meaning(council: Cli, database: Path, tmp_path: Path) -> None:
    before = stored_rows(database)
    file = register(tmp_path / "register.xlsx", attendance(1), attendance(2, "Turned up = late"))

    refused = imported(council, file, exit_code=1)
    after_refusal = stored_rows(database)
    accepted = imported(council, file, options=["--means", "Turned up = late=Attended"])

    (issue,) = [issue for issue in refused["issues"] if issue["weight"] == "rejected"]
    assert (issue["file"], issue["cell"], issue["value"]) == ("register.xlsx", "I3", "Turned up = late")
    assert issue["problem"]
    assert issue["remedy"]
    assert after_refusal == before
    assert accepted["new"]["attendance"] == 2


def test_a_meaning_once_given_is_remembered(council: Cli, tmp_path: Path) -> None:
    first = register(tmp_path / "first.xlsx", attendance(1, "Bailed"))
    second = register(tmp_path / "second.xlsx", attendance(2, "bailed"))
    imported(council, first, options=["--means", "Bailed=no show"])

    assert imported(council, second)["new"]["attendance"] == 1


def test_a_refusal_prints_where_what_and_what_to_do(council: Cli, tmp_path: Path) -> None:
    file = register(tmp_path / "register.xlsx", attendance(1, "Turned up late"))

    refused = council("import", file, "--programme", "CE-SOS")

    assert refused.exit_code == 1
    assert "register.xlsx" in refused.stdout
    assert "I2" in refused.stdout
    assert "Turned up late" in refused.stdout
    assert "Nothing was stored" in refused.stderr
    assert "--means" in refused.stderr


def test_a_cell_cannot_play_with_the_terminal(council: Cli, tmp_path: Path) -> None:
    file = tmp_path / "register.csv"
    headings = "Session ref,Course,Start date,Employee no.,Agency,Status"
    file.write_text(f"{headings}\nS1,Two Day Intro,06/11/2017,A1,Care,\x1b[2JCame?\n", "utf-8")

    refused = council("import", file, "--programme", "CE-SOS")

    assert refused.exit_code == 1
    assert "Came?" in refused.stdout
    assert "\x1b" not in refused.output


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02 no table at all", b"just a sentence\n"])
def test_a_file_that_is_no_table_is_refused_in_a_sentence(council: Cli, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "holiday.xlsx"
    file.write_bytes(content)

    refused = imported(council, file, exit_code=1)

    assert [issue["file"] for issue in refused["issues"]] == ["holiday.xlsx"]


def test_one_bad_file_keeps_the_good_ones_out_too(council: Cli, tmp_path: Path) -> None:
    bad = tmp_path / "empty.csv"
    bad.write_bytes(b"")

    imported(council, *FILES, bad, exit_code=1)

    assert figures(council)["T1"]["value"] is None


def odd_register(path: Path, person: str) -> Path:
    path.write_text(f"Wot,Wen,Hoo,Wer,Didthey\nTwo Day Intro,06/11/2017,{person},Care,Attended\n", "utf-8")
    return path


ODD_COLUMNS = [word for pair in ("Wot=course title", "Wen=Start Date", "hoo=employee number",
                                 "Wer=agency", "Didthey=outcome") for word in ("--map", pair)]  # fmt: skip


def test_columns_nobody_could_read_are_shown_with_how_to_say_what_they_hold(council: Cli, tmp_path: Path) -> None:
    file = odd_register(tmp_path / "odd.csv", "A1")

    refused = council("import", file, "--programme", "CE-SOS")
    listed = imported(council, file, exit_code=1)["unmapped"]

    assert refused.exit_code == 1
    assert "Didthey = ?" in refused.stdout
    assert '--map "HEADING=FIELD"' in refused.stderr
    assert [table["headings"] for table in listed] == [["Wot", "Wen", "Hoo", "Wer", "Didthey"]]


def test_columns_said_once_are_read_and_remembered(council: Cli, tmp_path: Path) -> None:
    first = imported(council, odd_register(tmp_path / "odd.csv", "A1"), options=ODD_COLUMNS)
    later = imported(council, odd_register(tmp_path / "later.csv", "A2"))

    assert first["new"]["attendance"] == later["new"]["attendance"] == 1
    assert figures(council)["T2"]["parts"]["named"] == 2


def test_a_field_there_is_not_is_answered_with_those_there_are(council: Cli, tmp_path: Path) -> None:
    file = odd_register(tmp_path / "odd.csv", "A1")

    result = council("import", file, "--programme", "CE-SOS", "--map", "Hoo=shoe size")

    assert result.exit_code == 2
    assert "employee number" in result.stderr


def staff_list(path: Path, numbers: range) -> Path:
    rows = [f"S{number},s{number}@council.example,Care,North,Social worker,1,Y" for number in numbers]
    path.write_text("\n".join(["EmployeeNo,Work e-mail,Service,Team,Role,FTE,In scope", *rows]), "utf-8")
    return path


def test_a_part_list_of_staff_is_questioned_until_it_is_confirmed(council: Cli, tmp_path: Path) -> None:
    imported(council, staff_list(tmp_path / "staff.csv", range(40)))
    part = staff_list(tmp_path / "part.csv", range(10))

    asked = imported(council, part, exit_code=1)
    still = figures(council)["T3"]["denominator"]
    accepted = imported(council, part, options=["--accept-questions", "--reason", "The service was closed"])

    assert [issue["group"] for issue in asked["issues"] if issue["weight"] == "question"] == ["staff leaving"]
    assert still == 40
    assert accepted["questions_accepted"] is True
    assert figures(council)["T3"]["denominator"] == 10


def test_a_few_leavers_are_no_question(council: Cli, tmp_path: Path) -> None:
    imported(council, staff_list(tmp_path / "staff.csv", range(40)))

    imported(council, staff_list(tmp_path / "next.csv", range(4, 44)))

    assert figures(council)["T3"]["denominator"] == 40


def milestone_plan(path: Path, baseline: str, forecast: str) -> Path:
    path.write_text(
        f"Ref,Workstream,Milestone,Owner,Baseline date,Forecast date,Date achieved\n"
        f"M1,Learning,Leads trained,Project manager,{baseline},{forecast},\n",
        "utf-8",
    )
    return path


def test_a_forecast_moves_and_a_baseline_does_not(council: Cli, tmp_path: Path) -> None:
    imported(council, milestone_plan(tmp_path / "plan.csv", "01/03/2018", "01/03/2018"))

    moved = imported(council, milestone_plan(tmp_path / "next.csv", "01/03/2018", "09/05/2018"))
    kept = imported(council, milestone_plan(tmp_path / "wrong.csv", "01/05/2018", "09/05/2018"))

    assert moved["changed"]["milestone"] == 1
    assert kept["changed"].get("milestone", 0) == 0
    assert [issue["weight"] for issue in kept["issues"] if issue["group"] == "baseline moved"] == ["note"]


def test_text_that_looks_like_a_formula_stays_text(loaded: Cli, database: Path) -> None:
    with sqlite3.connect(database) as connection:
        narratives = {row[0] for row in connection.execute("SELECT narrative FROM ledger_entry")}

    assert "=Licence renewal" in narratives


def test_nobody_can_be_named_from_the_database(loaded: Cli, database: Path) -> None:
    content = database.read_bytes()

    assert b"CE100207" not in content
    assert b"cheshireeast.example" not in content.lower()


def test_another_person_key_is_refused(loaded: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOS_TRACKER_PERSON_KEY", "another secret altogether, 0123456789")

    refused = loaded("import", FILES[0], "--programme", "CE-SOS")

    assert refused.exit_code == 1
    assert "person key" in refused.stderr


def test_a_lost_person_key_is_not_quietly_made_anew(loaded: Cli, database: Path) -> None:
    (database.parent / "person.key").unlink()

    refused = loaded("init")

    assert refused.exit_code == 1
    assert "Put it back" in refused.stderr
    assert not (database.parent / "person.key").exists()


# Used wrongly


def test_an_unknown_programme_is_named_with_those_there_are(council: Cli) -> None:
    refused = council("figures", "--programme", "NOWHERE", "--as-at", "2018-05-10", "--json")

    assert refused.exit_code == 1
    assert "NOWHERE" in refused.stderr
    assert "CE-SOS" in refused.stderr


@pytest.mark.parametrize(
    "words",
    [
        ["import", "missing.xlsx", "--programme", "CE-SOS"],
        ["import", "--programme", "CE-SOS"],
        ["import", FILES[0]],
        ["import", FILES[0], "--programme", "CE-SOS", "--means", "Attnd"],
        ["import", FILES[0], "--programme", "CE-SOS", "--means", "Attnd=sort of"],
        ["figures", "--programme", "CE-SOS", "--as-at", "10/05/2018"],
        ["undo", "last"],
        ["programme", "add", "two words", "--name", "Signs of Safety", "--authority", "A Council"],
        ["programme", "add", "X", "--name", "", "--authority", "A Council"],
        ["dance"],
    ],
)
def test_a_command_typed_wrongly_ends_with_2(council: Cli, words: list[object]) -> None:
    result = council(*words)

    assert result.exit_code == 2
    assert result.stderr


def test_a_meaning_that_is_none_is_answered_with_those_there_are(council: Cli) -> None:
    result = council("import", FILES[0], "--programme", "CE-SOS", "--means", "Attnd=sort of")

    assert "attended" in result.stderr
    assert "walk-in" in result.stderr


def test_without_a_database_every_door_says_to_make_one(cli: Cli) -> None:
    for words in (
        ["figures", "--programme", "CE-SOS"],
        ["batches", "--programme", "CE-SOS"],
        ["import", FILES[0], "--programme", "CE-SOS"],
        ["programme", "list"],
        ["verify"],
    ):
        result = cli(*words)
        assert result.exit_code == 1
        assert "sos-tracker init" in result.stderr


@pytest.mark.parametrize("words", [["init"], ["programme", "list"]])
def test_a_file_that_is_no_database_is_said_to_be_none(cli: Cli, database: Path, words: list[str]) -> None:
    database.parent.mkdir()
    database.write_text("Minutes of the programme board, 10 May 2018", "utf-8")

    refused = cli(*words)

    assert refused.exit_code == 1
    assert "cannot be used" in refused.stderr
    assert "Minutes" in database.read_text("utf-8")


def test_an_address_that_is_no_database_is_refused(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "mysql://council/tracker")

    refused = cli("programme", "list")

    assert refused.exit_code == 1
    assert "SQLite or PostgreSQL" in refused.stderr


def test_an_unknown_batch_is_refused(council: Cli) -> None:
    refused = council("undo", 77)

    assert refused.exit_code == 1
    assert "77" in refused.stderr


def test_a_programme_is_added_once(council: Cli) -> None:
    again = council("programme", "add", "ce-sos", "--name", "Signs of Safety", "--authority", "Cheshire East Council")
    listed = council("programme", "list")

    assert again.exit_code == 1
    assert "CE-SOS" in again.stderr
    assert listed.stdout.count("CE-SOS") == 1


def test_a_programme_says_which_levels_count_as_trained(council: Cli) -> None:
    council("programme", "add", "B", "--name", "Signs", "--authority", "B", "--trained-level", "Advanced")

    listed = json.loads(council("programme", "list", "--json").stdout)

    assert [programme["trained_levels"] for programme in listed if programme["code"] == "B"] == [["advanced"]]


# The example, the history, the pipe


def test_the_example_is_loaded_once(cli: Cli) -> None:
    first, second = cli("demo"), cli("demo")

    assert (first.exit_code, second.exit_code) == (0, 0), first.output + second.output
    assert figures(cli)["T1"]["value"] == 285
    assert "there already" in second.stdout
    shown = json.loads(cli("figures", "--programme", "CE-SOS", "--json").stdout)
    assert shown["as_at"] == "2018-05-10"
    assert "illustrative" in shown["notice"]


def test_init_twice_keeps_everything(loaded: Cli, database: Path) -> None:
    before = stored_rows(database)

    assert loaded("init").exit_code == 0
    assert stored_rows(database) == before


def test_a_history_that_was_tampered_with_is_noticed(loaded: Cli, database: Path) -> None:
    with sqlite3.connect(database) as connection:
        triggers = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")]
        for trigger in triggers:
            connection.execute(f"DROP TRIGGER {trigger}")
        connection.execute("UPDATE change SET actor = 'somebody else' WHERE number = 2")

    told = loaded("verify")

    assert told.exit_code == 1
    assert told.stdout


def test_help_is_quick_to_say_what_there_is(cli: Cli) -> None:
    slow = "import sys; import sos_tracker.cli; sys.exit(any(n in sys.modules for n in ('pandas', 'sqlalchemy')))"

    assert subprocess.run([sys.executable, "-c", slow], check=False).returncode == 0
    for command in ("init", "demo", "programme", "import", "undo", "batches", "figures", "verify"):
        assert command in cli("--help").stdout


def test_json_through_a_pipe_is_plain_ascii_on_any_code_page(loaded_once: Path) -> None:
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{(loaded_once / 'council.db').as_posix()}",
        "PYTHONIOENCODING": "ascii",
    }
    for words in (["figures", "--programme", "CE-SOS", "--json"], ["figures", "--programme", "CE-SOS"]):
        shown = subprocess.run(
            [sys.executable, "-m", "sos_tracker.cli", *words], env=environment, check=True, capture_output=True
        )
        assert shown.stdout.decode("ascii") if "--json" in words else "£" in shown.stdout.decode("utf-8")
