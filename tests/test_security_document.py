"""SECURITY.md leaves nothing out: every table that is kept, every role, every secret, and settings that there are."""

import re

import pytest

from sos_tracker.records.access import Role
from sos_tracker.settings import Settings
from sos_tracker.store import access_tables, edition_tables, tables
from tests.conftest import ROOT

SECURITY = (ROOT / "SECURITY.md").read_text("utf-8")
KEPT = SECURITY.partition("## What is kept\n")[2].partition("\n## ")[0]


def test_every_table_is_told_of_and_none_that_is_gone() -> None:
    first_cells = re.findall(r"^\| (`[^|]+) \|", KEPT, flags=re.MULTILINE)
    told = [name for cell in first_cells for name in re.findall(r"`(\w+)`", cell)]

    known = {table.name for room in (tables, access_tables, edition_tables) for table in room.metadata.tables.values()}
    assert sorted(told) == sorted(known)


def test_every_role_is_told_of() -> None:
    assert [role for role in Role if f"| {role} |" not in SECURITY] == []


def test_the_settings_it_names_are_settings() -> None:
    known = {str(field.validation_alias) for field in Settings.model_fields.values()}
    named = set(re.findall(r"\b(SOS_TRACKER_[A-Z_]+|DATABASE_URL)\b", SECURITY))

    assert named <= known


_POINTED_AT = re.findall(r"\]\((?!http)([^)#]+)\)|`(tests/[\w/]+\.py|measures/[\w/]+\.py)`", SECURITY)


@pytest.mark.parametrize("target", [link or path for link, path in _POINTED_AT])
def test_what_it_points_at_is_there(target: str) -> None:
    assert (ROOT / target).exists() or (ROOT / "sos_tracker" / target).exists()
