"""The budget book: lines approved, and their profile by month, side by side or one month to a row."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from functools import partial

from sos_tracker.intake.cells import Fault, Raw, optional_text, parse_money, parse_month, shown, text
from sos_tracker.intake.columns import Place, TableReader
from sos_tracker.intake.gathering import Gathering
from sos_tracker.intake.headings import PENCE, per_unit
from sos_tracker.records.issues import Weight
from sos_tracker.records.money import pounds


def read_budget(reader: TableReader, gathering: Gathering) -> None:
    codes, titles = reader.texts("code", optional_text), reader.texts("title", optional_text)
    reader.require(
        ["code", "title"],
        [codes, titles],
        "This row names no budget line.",
        "Add its code or its name.",
        "no budget line",
    )
    unit = _unit(reader)
    approved = reader.convert("approved", partial(parse_money, per_unit=unit(reader.heading("approved"))))
    monthly = _wide(reader, unit) if reader.columns.months else _long(reader, unit(reader.heading("profile")))
    lines: dict[str, dict[str, object]] = {}
    places: dict[str, int] = {}
    profiles: dict[str, dict[date, int]] = defaultdict(lambda: defaultdict(int))
    for row in range(len(reader)):
        if row in reader.bad:
            continue
        code = codes[row] or titles[row]
        line = lines.setdefault(code, {"code": code, "title": titles[row] or code, "approved_pence": approved[row]})
        places.setdefault(code, row)
        if approved[row] is not None and line["approved_pence"] is None:
            line["approved_pence"] = approved[row]
        for month, pence in monthly[row]:
            profiles[code][month] += pence
    for code, line in lines.items():
        profile = tuple(sorted(profiles[code].items()))
        _check_profile(reader, places[code], line, profile)
        gathering.budget_lines.append(({**line, "profile": profile}, Place(reader, places[code])))


def _unit(reader: TableReader) -> Callable[[str], int]:
    """Pence in one unit of a column, by its heading or the title above the table."""
    overall = per_unit(reader.table.titles)
    if overall != PENCE:
        what = "thousands" if overall == 1000 * PENCE else "millions"
        reader.about_table(
            Weight.NOTE, f"The title says that figures are in {what} of pounds; they were read so.",
            "Nothing, if that is right.", "units",
        )  # fmt: skip
    return lambda heading: max(overall, per_unit(heading))


def _wide(reader: TableReader, unit: Callable[[str], int]) -> list[list[tuple[date, int]]]:
    found: list[list[tuple[date, int]]] = [[] for _ in range(len(reader))]
    for (year, month), column in sorted(reader.columns.months.items()):
        in_pence = partial(parse_money, per_unit=unit(text(reader.table.headings[column])))
        for row, pence in enumerate(reader.convert_column(column, in_pence)):
            if pence is not None:
                found[row].append((date(year, month, 1), pence))
    return found


def _long(reader: TableReader, unit: int) -> list[list[tuple[date, int]]]:
    months = reader.convert("month", _month) if reader.has("profile") else [None] * len(reader)
    amounts = reader.convert("profile", partial(parse_money, per_unit=unit))
    return [
        [(month, pence)] if month is not None and pence is not None else []
        for month, pence in zip(months, amounts, strict=True)
    ]


def _month(raw: Raw) -> date | Fault:
    return parse_month(raw) or Fault(
        f"“{shown(raw)}” does not name a month.", "Write the month and its year, such as Nov 2017.", "unreadable month"
    )


def _check_profile(
    reader: TableReader, row: int, line: dict[str, object], profile: tuple[tuple[date, int], ...]
) -> None:
    planned = sum(pence for _, pence in profile)
    approved = line["approved_pence"]
    if approved is None:
        line["approved_pence"] = planned
    elif isinstance(approved, int) and profile and abs(planned - approved) >= 100:
        reader.question(
            row, "approved",
            f"The months of {line['code']} come to {pounds(planned)}, but {pounds(approved)} is approved.",
            "Check the months and the approved budget; accept it if the profile covers only part of the time.",
            "parts that do not add up",
        )  # fmt: skip
