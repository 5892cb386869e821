"""The application: ``streamlit run app.py`` or ``uvicorn app:app``."""

from pathlib import Path

import streamlit as st

from sos_tracker.ui import serving

serving.hold_settings_of(Path(__file__))
app = st.App(serving.FRAME, lifespan=serving.lifespan, routes=serving.ROUTES, middleware=serving.MIDDLEWARE)
