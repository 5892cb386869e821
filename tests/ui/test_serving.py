"""What serving the pages relies on in the pinned Streamlit."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.runtime.app_session import AppSession

from sos_tracker.ui import serving

ROOT = Path(__file__).parents[2]
SETTINGS = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))


def test_every_setting_is_known_to_the_pinned_streamlit() -> None:
    from streamlit import config

    known = config.get_config_options()

    names = [f"{section}.{name}" for section, values in SETTINGS.items() for name in _flat(values)]
    assert [name for name in names if name not in known] == []
    assert SETTINGS["runner"]["postScriptGC"] is False


def _flat(values: dict[str, Any], before: str = "") -> list[str]:
    return [
        each
        for name, value in values.items()
        for each in (_flat(value, f"{before}{name}.") if isinstance(value, dict) else [f"{before}{name}"])
    ]


def test_the_address_is_this_computer() -> None:
    assert SETTINGS["server"]["address"] == "localhost"
    assert SETTINGS["server"]["port"] == 8501


def test_the_settings_hold_under_uvicorn_from_any_folder(tmp_path: Path) -> None:
    asked = (
        "import app; from streamlit import config; print(config.get_option('runner.postScriptGC'), app.app.script_path)"
    )

    said = subprocess.run(
        [sys.executable, "-c", asked], cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert said.stdout.split() == ["False", str(serving.FRAME)]


def test_nobody_empties_everybodys_caches_or_asks_for_the_repository(monkeypatch: pytest.MonkeyPatch) -> None:
    for asked in serving.UNANSWERED:
        monkeypatch.setattr(AppSession, asked, getattr(AppSession, asked))  # fails where Streamlit calls it otherwise
    monkeypatch.setattr(AppSession, "__del__", lambda _session: None)  # which would shut down what never began
    serving.close_what_anybody_may_ask()

    session = object.__new__(AppSession)  # has nothing that Streamlit's own answers need
    session.handle_backmsg(BackMsg(clear_cache=True))
    session.handle_backmsg(BackMsg(load_git_info=True))
    del session
