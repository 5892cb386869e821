"""What the audit of the packages comes to, from pip-audit's reports; nothing is asked of anybody here."""

import importlib.util
from typing import Any

import pytest

from tests.conftest import ROOT


def verdict(*packages: dict[str, Any]) -> tuple[str, int]:
    found = importlib.util.spec_from_file_location("audit", ROOT / ".ci" / "audit.py")
    assert found is not None
    assert found.loader is not None
    audit = importlib.util.module_from_spec(found)
    found.loader.exec_module(audit)
    words, code = audit.verdict({"dependencies": list(packages)})
    return str(words), int(code)


GOOD = {"name": "pandas", "version": "3.1.0", "vulns": []}
FAULTY = {"name": "flask", "version": "0.5", "vulns": [{"id": "PYSEC-2019-179", "fix_versions": ["1.0"]}]}
UNKNOWN = {"name": "numpy", "skip_reason": "Dependency not found on PyPI and could not be audited"}


def test_packages_without_a_known_fault_are_well() -> None:
    assert verdict(GOOD) == ("Packages looked up: 1. None has a known fault.", 0)


def test_a_known_fault_is_named_with_the_version_that_mends_it() -> None:
    words, code = verdict(GOOD, FAULTY)

    assert code == 1
    assert "flask 0.5: PYSEC-2019-179, mended in 1.0." in words


@pytest.mark.parametrize("packages", [(), (UNKNOWN,), (GOOD, UNKNOWN)])
def test_what_could_not_be_looked_up_is_not_called_well(packages: tuple[dict[str, Any], ...]) -> None:
    words, code = verdict(*packages)

    assert code == 2
    assert "They were not audited." in words
