"""The walls of the house, as ARCHITECTURE.md gives them. Each rule is also shown a house that breaks it."""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

FLOORS = {
    "records": 0,
    "measures": 1,
    "store": 2,
    "intake": 2,
    "charts": 2,
    "exports": 2,
    "papers": 2,
    "actions": 3,
    "settings": 3,  # read by the doors alone: actions and below are given what they need
    "ui": 4,
    "cli": 4,
    "web": 4,
    "pages": 5,
    "app": 5,
}
LIBRARY_HOMES = {
    "streamlit": {"ui", "pages", "app"},
    "starlette": {"web", "ui", "app"},
    "sqlalchemy": {"store"},
    "alembic": {"store"},
    "python_calamine": {"intake"},
    "xlsxwriter": {"exports"},
    "plotly": {"charts"},
    "typer": {"cli"},
    "pandas": {"measures", "store", "intake", "charts", "exports", "papers", "actions", "ui", "cli", "pages"},
}
NAMES_THAT_SAY_NOTHING = {"utils", "util", "helpers", "helper", "common", "core", "manager", "managers", "misc"}

House = dict[str, str]
"""Path from the root of the repository -> source."""


def this_house() -> House:
    files = [ROOT / "app.py", *(ROOT / "sos_tracker").rglob("*.py"), *(ROOT / "pages").rglob("*.py")]
    return {file.relative_to(ROOT).as_posix(): file.read_text("utf-8") for file in files if file.exists()}


def room_of(path: str) -> str:
    """The room a file stands in: sos_tracker/store/tables.py -> store, pages/progress/budget.py -> pages."""
    parts = path.removeprefix("sos_tracker/").split("/")
    return parts[0].removesuffix(".py")


def imported(path: str, source: str) -> Iterator[tuple[int, str]]:
    """Every module a file imports, wherever in it, as (line, dotted name)."""
    package = path.removesuffix(".py").split("/")[:-1]
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            origin = ".".join([*above, *([node.module] if node.module else [])])
            yield from ((node.lineno, f"{origin}.{alias.name}") for alias in node.names)


def imports_that_go_up_or_across(house: House) -> list[str]:
    faults = []
    for path, source in house.items():
        here = room_of(path)
        for line, name in imported(path, source):
            parts = name.split(".")
            there = parts[1] if parts[0] == "sos_tracker" and len(parts) > 1 else parts[0]
            ours = parts[0] in ("sos_tracker", "pages", "app")
            if not ours or there == here or here == "__init__" or there not in FLOORS:
                continue
            if FLOORS[there] >= FLOORS[here]:
                faults.append(f"{path}:{line}: {here} (floor {FLOORS[here]}) imports {there} (floor {FLOORS[there]})")
    return faults


def libraries_away_from_home(house: House) -> list[str]:
    return [
        f"{path}:{line}: {library} belongs to {', '.join(sorted(LIBRARY_HOMES[library]))}"
        for path, source in house.items()
        for line, name in imported(path, source)
        if (library := name.split(".")[0]) in LIBRARY_HOMES and room_of(path) not in LIBRARY_HOMES[library]
    ]


def caches_outside_cached(house: House) -> list[str]:
    return [
        f"{path}:{node.lineno}: st.{name} stands only in sos_tracker/ui/cached.py"
        for path, source in house.items()
        if path != "sos_tracker/ui/cached.py"
        for node in ast.walk(ast.parse(source))
        for name in _cache_names(node)
    ]


def _cache_names(node: ast.AST) -> list[str]:
    if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("streamlit"):
        return [alias.name for alias in node.names if alias.name.startswith("cache_")]
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in ("st", "streamlit"):
        return [node.attr] if node.attr.startswith("cache_") else []
    return []


def pages_outside_a_section(house: House) -> list[str]:
    """Streamlit serves .py files lying directly in pages/ without the gate of the menu."""
    return [path for path in house if path.startswith("pages/") and path.count("/") == 1]


def names_that_say_nothing(house: House) -> list[str]:
    return [
        path
        for path in house
        if NAMES_THAT_SAY_NOTHING & {part.removesuffix(".py").strip("_") for part in path.split("/")}
    ]


def rooms_without_a_floor(house: House) -> list[str]:
    return [path for path in house if room_of(path) not in {*FLOORS, "__init__"}]


Rule = Callable[[House], list[str]]
RULES_AND_A_BREACH: list[tuple[Rule, House]] = [
    (imports_that_go_up_or_across, {"sos_tracker/records/money.py": "from sos_tracker.measures import training"}),
    (imports_that_go_up_or_across, {"sos_tracker/store/counts.py": "import sos_tracker.intake.reading"}),
    (imports_that_go_up_or_across, {"sos_tracker/charts/svg.py": "from ..exports import csv_bytes"}),
    (imports_that_go_up_or_across, {"sos_tracker/charts/svg.py": "from sos_tracker import store"}),
    (
        imports_that_go_up_or_across,
        {"sos_tracker/actions/importing.py": "def f():\n import sos_tracker.settings"},
    ),
    (imports_that_go_up_or_across, {"sos_tracker/ui/frame.py": "from pages.progress import overview"}),
    (libraries_away_from_home, {"sos_tracker/measures/budget.py": "import streamlit as st"}),
    (libraries_away_from_home, {"sos_tracker/cli.py": "from streamlit.testing.v1 import AppTest"}),
    (libraries_away_from_home, {"sos_tracker/actions/programmes.py": "from sqlalchemy.orm import Session"}),
    (libraries_away_from_home, {"pages/record/import_files.py": "import alembic.command"}),
    (libraries_away_from_home, {"sos_tracker/records/periods.py": "import pandas as pd"}),
    (caches_outside_cached, {"pages/progress/budget.py": "import streamlit as st\n@st.cache_data\ndef f(): ..."}),
    (caches_outside_cached, {"sos_tracker/ui/parts.py": "from streamlit import cache_resource"}),
    (pages_outside_a_section, {"pages/overview.py": ""}),
    (names_that_say_nothing, {"sos_tracker/store/utils.py": ""}),
    (names_that_say_nothing, {"sos_tracker/core/figures.py": ""}),
    (rooms_without_a_floor, {"sos_tracker/services/training.py": ""}),
]
RULES = list(dict.fromkeys(rule for rule, _ in RULES_AND_A_BREACH))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_house_keeps_its_walls(rule: Rule) -> None:
    assert rule(this_house()) == []


@pytest.mark.parametrize(("rule", "breach"), RULES_AND_A_BREACH)
def test_a_breach_is_seen(rule: Rule, breach: House) -> None:
    assert len(rule(breach)) == 1


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("sos_tracker/store/queries.py", "from sqlalchemy import select\nfrom sos_tracker.records import money"),
        ("sos_tracker/store/store.py", "from sos_tracker.store import tables"),
        ("sos_tracker/ui/cached.py", "import streamlit as st\nst.cache_data(lambda: 1)"),
        ("pages/progress/budget.py", "import streamlit as st\nfrom sos_tracker.ui import cached"),
        ("sos_tracker/cli.py", "import typer\nfrom sos_tracker import settings\nfrom sos_tracker.store import Store"),
    ],
)
def test_what_is_allowed_is_not_called_a_breach(path: str, source: str) -> None:
    assert [rule({path: source}) for rule in RULES] == [[]] * len(RULES)


def test_the_house_is_read_whole() -> None:
    assert {"sos_tracker/records/training.py", "sos_tracker/exports/workbook.py"} <= set(this_house())
