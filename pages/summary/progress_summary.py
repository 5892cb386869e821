"""Progress summary: for committee members, in plain words, on a page or two that print."""

import streamlit as st

from sos_tracker.actions import programme_charts
from sos_tracker.papers.summary import overall_finding, summary_of
from sos_tracker.records.access import Permission
from sos_tracker.ui import parts, summary
from sos_tracker.ui.session import current_actor
from sos_tracker.ui.view import head, nothing_yet, the_members_view

actor = current_actor(Permission.READ_SUMMARY)
view = the_members_view(actor, "Progress summary")
figures = view.figures

if parts.is_empty(figures.values()):
    nothing_yet(view, "There is nothing to report yet", "The programme’s figures have not been brought in yet.")

words = summary_of(figures)
head(view, overall_finding(figures.values()))
st.html(summary.two_columns(words))
parts.charts(view, "Two charts", [programme_charts.trained_against_target, programme_charts.spend_against_profile])
st.html(summary.figure_table(figures) + summary.meanings(words))
