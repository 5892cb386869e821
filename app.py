"""The application: ``sos-tracker run``, ``streamlit run app.py`` or ``uvicorn app:app``."""

import sys
from pathlib import Path

import streamlit as st

from sos_tracker.settings import SettingsIncomplete, settings
from sos_tracker.ui import faults, serving, signed_cookie
from sos_tracker.web import guards, logs, routes, shell

serving.hold_settings_of(Path(__file__))
logs.configure()
try:
    guards.require_safe(settings(), guards.Server(*serving.listening()))
    app = st.App(
        serving.FRAME,
        secrets=serving.secrets(settings()),
        lifespan=serving.lifespan(logs.configure),
        routes=routes.routes(),
        middleware=shell.middleware(settings(), signed_cookie.identify, serving.upload_bytes()),
        on_script_error=faults.of_script,
    )
except (guards.CannotServe, SettingsIncomplete) as refusal:
    sys.stderr.write(f"{refusal}\n")
    sys.exit(1)
