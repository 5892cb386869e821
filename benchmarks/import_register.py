"""A 10,000-row register from file to stored records, beside what reading the same file alone takes.

Prints medians and ratios of one run; the goals are the issue's: the whole import at most 8 times calamine's parse,
and at most half of what openpyxl takes to read the file. Run it on a quiet computer:

    python benchmarks/import_register.py [--rows 10000] [--runs 7]
"""

import argparse
import io
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

import openpyxl
import xlsxwriter
from python_calamine import CalamineWorkbook

from sos_tracker.actions import importing, programmes
from sos_tracker.intake import SourceFile
from sos_tracker.records.access import Actor, Role
from sos_tracker.records.people import PersonKeyer
from sos_tracker.records.programme import Programme
from sos_tracker.store import Store

ACTOR = Actor("benchmark", Role.ADMINISTRATOR, "BENCH")
KEYER_SECRET = b"a benchmark has no secrets to keep"
COURSES = ("Signs of Safety - Two Day Intro ", "SoS 2-day", "Signs of Safety Briefing", "SoS Advanced (5 day)")
STATUSES = ("Attended", "Attended ", "A", "DNA", "No show", "Cancelled", "Walk-in")
WEIGHTS = (60, 10, 10, 6, 4, 6, 4)
AGENCIES = ("Children's Social Care", "Early Help and Prevention", "Legal Services", "Health Trust", "Police")
ROLES = ("Social worker", "Family support worker", "Team manager", "Business support")


def register(rows: int) -> bytes:
    """A register as a learning system exports it: title rows, dates in five spellings, people half known, a total."""
    chance = random.Random(2018)
    file = io.BytesIO()
    workbook = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    real_date = workbook.add_format({"num_format": "dd/mm/yyyy"})
    sheet = workbook.add_worksheet("Register")
    sheet.write_row(0, 0, ["A Council Learning and Development - delegate register"])
    sheet.write_row(1, 0, ["Report run 10/05/2018 08:14"])
    headings = ["Session ref", "Course", "Start date", "Delegate e-mail", "Employee no.", "Agency", "Team", "Job role"]
    sheet.write_row(3, 0, [*headings, "Status"])
    sessions = {
        f"TS{number:04d}": (COURSES[number % 4], date(2017, 11, 6) + timedelta(days=number % 700))
        for number in range(max(rows // 25, 1))
    }
    people = {number: (number % 5, number % 60) for number in range(100_000, 100_000 + max(rows // 3, 1))}
    said: dict[tuple[str, int], str] = {}
    for row in range(4, rows + 4):
        reference, (course, held_on) = chance.choice(list(sessions.items()))
        number, (agency, team) = chance.choice(list(people.items()))
        email = f"person{number}@council.example"
        sheet.write_string(row, 0, reference)
        sheet.write_string(row, 1, course)
        _write_date(sheet, row, 2, held_on, real_date, chance)
        if chance.random() > 0.05:
            sheet.write_string(row, 3, email.upper() if chance.random() < 0.1 else email)
            if chance.random() > 0.08:
                sheet.write_string(row, 4, f"AC{number}")
        else:
            sheet.write_string(row, 4, f"ac{number} ")
        sheet.write_string(row, 5, AGENCIES[agency])
        sheet.write_string(row, 6, f"Team {team}")
        sheet.write_string(row, 7, ROLES[number % 4])
        status = said.setdefault((reference, number), chance.choices(STATUSES, WEIGHTS)[0])
        sheet.write_string(row, 8, status)
    sheet.write_row(rows + 4, 0, ["Total", rows])
    listed = workbook.add_worksheet("Sessions")
    listed.write_row(0, 0, ["Ref", "Course", "From", "To", "Venue", "Trainer", "Places", "Status", "Cost (£)"])
    for row, (reference, (course, held_on)) in enumerate(sessions.items(), start=1):
        listed.write_row(row, 0, [reference, course])
        for column, day in ((2, held_on), (3, held_on + timedelta(days=1))):
            listed.write_datetime(row, column, datetime(day.year, day.month, day.day), real_date)  # noqa: DTZ001 - a day
        listed.write_row(row, 4, ["Town Hall", "External consultant", 30, "Delivered", "£2,400.00"])
    workbook.close()
    return file.getvalue()


def _write_date(
    sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, day: date, real: object, chance: random.Random
) -> None:
    spelling = chance.choice(("%d/%m/%Y", f"{day.day} %b %Y", "%d-%b-%y", "", "", ""))
    if spelling:
        sheet.write_string(row, column, day.strftime(spelling))
    else:
        sheet.write_datetime(row, column, datetime(day.year, day.month, day.day), real)  # noqa: DTZ001 - a day


_clock = time.perf_counter


def calamine(content: bytes) -> None:
    with CalamineWorkbook.from_filelike(io.BytesIO(content)) as workbook:
        for name in workbook.sheet_names:
            workbook.get_sheet_by_name(name).to_python()


def openpyxl_alone(content: bytes, *, read_only: bool) -> None:
    workbook = openpyxl.load_workbook(io.BytesIO(content), read_only=read_only, data_only=True)
    for sheet in workbook:
        for _ in sheet.iter_rows(values_only=True):
            pass


def whole_import(content: bytes, folder: Path, stages: dict[str, list[float]]) -> float:
    """Seconds from bytes to stored records, into a new SQLite file; the parts go to ``stages``."""
    path = folder / f"{time.monotonic_ns()}.db"
    store = Store.open(f"sqlite:///{path}")
    store.migrate()
    programmes.add(store, ACTOR, Programme(code="BENCH", name="Signs of Safety", authority="A Council"))
    keyer = PersonKeyer(KEYER_SECRET)
    importing.require_person_key(store, ACTOR, keyer)
    timed = _Timed(store, stages)
    start = _clock()
    preview = importing.preview(timed, ACTOR, [SourceFile("register.xlsx", content)], keyer)
    read = _clock()
    done = importing.commit(timed, ACTOR, preview, accept_questions=True)
    end = _clock()
    store.close()
    stages["intake (read, match, check)"].append(read - start - stages["compare (dry-run diff)"][-1])
    assert done.batch is not None, "nothing was stored"
    stored = done.batch.new["attendance"]
    assert stored > 0.9 * len(preview.reading.records.attendances), "the import was not whole"
    return end - start


class _Timed:
    """The store, with a clock on the two calls that take time."""

    def __init__(self, store: Store, stages: dict[str, list[float]]) -> None:
        self._store, self._stages = store, stages

    def __getattr__(self, name: str) -> object:
        known = {"compare": "compare (dry-run diff)", "commit": "commit (plan, insert, counts, change rows)"}
        member = getattr(self._store, name)
        return self._clocked(member, known[name]) if name in known else member

    def _clocked(self, member: Callable[..., object], stage: str) -> Callable[..., object]:
        def call(*args: object, **kwargs: object) -> object:
            start = _clock()
            answer = member(*args, **kwargs)
            self._stages[stage].append(_clock() - start)
            return answer

        return call


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--cpu", action="store_true", help="processor time: for a computer that others share")
    asked = parser.parse_args()
    if asked.cpu:
        globals()["_clock"] = time.process_time
    content = register(asked.rows)
    stages: dict[str, list[float]] = {
        "intake (read, match, check)": [],
        "compare (dry-run diff)": [],
        "commit (plan, insert, counts, change rows)": [],
    }
    readers: dict[str, Callable[[bytes], None]] = {
        "calamine": calamine,
        "openpyxl": partial(openpyxl_alone, read_only=False),
        "openpyxl, read-only": partial(openpyxl_alone, read_only=True),
    }
    took: dict[str, list[float]] = {name: [] for name in (*readers, "import")}
    with tempfile.TemporaryDirectory() as folder:
        whole_import(content, Path(folder), {name: [] for name in stages})  # the first run loads the libraries
        for _ in range(asked.runs):
            for name, work in readers.items():
                start = _clock()
                work(content)
                took[name].append(_clock() - start)
            took["import"].append(whole_import(content, Path(folder), stages))
    _tell(f"{asked.rows:,} rows, {len(content) / 1e6:.1f} MB, medians of {asked.runs} runs", took, stages)


def _tell(title: str, took: dict[str, list[float]], stages: dict[str, list[float]]) -> None:
    median = {name: statistics.median(seconds) for name, seconds in took.items()}
    parse, whole = median["calamine"], median["import"]
    print(title)
    for name, seconds in median.items():
        print(f"  {name + (' of the whole' if name == 'import' else ' alone'):<26}{seconds * 1000:7.0f} ms")
    for name, parts in stages.items():
        part = statistics.median(parts)
        print(f"    {name:<44}{part * 1000:6.0f} ms  {part / parse:5.1f} x calamine")
    _judge("import / calamine", whole / parse, "at most 8", kept=whole <= 8 * parse)
    for name in ("openpyxl", "openpyxl, read-only"):
        _judge(f"{name} / import", median[name] / whole, "at least 2", kept=median[name] >= 2 * whole)


def _judge(what: str, ratio: float, goal: str, *, kept: bool) -> None:
    print(f"  {what:<30}{ratio:6.2f}   {'kept' if kept else 'MISSED'}: {goal}")


if __name__ == "__main__":
    main()
