"""The domains the programme is grouped in, by hand: their names, their order, and the figures that tell of each."""

import re
from html import escape

import streamlit as st

from sos_tracker.intake.cells import Fault
from sos_tracker.measures.catalogue import CATALOGUE
from sos_tracker.records.access import Actor
from sos_tracker.records.embedding import FOUR_DOMAINS, ProgrammeDomain
from sos_tracker.records.labels import listed
from sos_tracker.records.recorded import Add
from sos_tracker.ui.forms import saving
from sos_tracker.ui.forms.fields import Form
from sos_tracker.ui.forms.opening import Opening
from sos_tracker.ui.forms.subject import Subject
from sos_tracker.ui.view import View

_DOMAIN = Opening(ProgrammeDomain, "domain")


def read_codes(typed: str) -> tuple[str, ...] | Fault:
    """Figures by their codes, each once, in the order typed."""
    codes = tuple(dict.fromkeys(code.upper() for code in re.split(r"[\s,;]+", typed.strip()) if code))
    known = {*CATALOGUE, *(code for domain in FOUR_DOMAINS for code in domain.measures)}
    unknown = [code for code in codes if code not in known]
    if unknown:
        what = "is no figure" if len(unknown) == 1 else "are no figures"
        said = f"{listed(unknown)} {what} of the tracker."
        return Fault(said, f"The figures are {listed(CATALOGUE)}.", "unknown figure")
    return codes


def _named(domain: ProgrammeDomain) -> str:
    return domain.name


def _fields(form: Form, _actor: Actor, domain: ProgrammeDomain | None) -> None:
    form.text("name", "Name", domain.name if domain else "")
    form.text("about", "What it is about (optional)", domain.about if domain else "", lines=2)
    form.whole("place", "Place in the list, counted from 1", domain.place if domain else None)
    codes = ", ".join(domain.measures) if domain else ""
    form.text("measures", "Figures that tell of it, by code, such as E1, E2", codes, read=read_codes)


def _add(view: View, opened: bool) -> None:  # noqa: FBT001 - called by the subject
    if opened:
        _start_from_the_four(view.actor)
    with st.expander("Add a domain of the council's own", expanded=opened):
        st.text("Once one domain is recorded, those recorded stand in place of the four of Signs of Safety.")
        figures = "".join(f"<li>{escape(code)}: {escape(entry.title)}</li>" for code, entry in CATALOGUE.items())
        st.html(f"<details><summary>The figures and their codes</summary><ul>{figures}</ul></details>")
        form = Form("add domain")
        with st.form(form.key("form"), enter_to_submit=False, border=False):
            _fields(form, view.actor, None)
            form.foot()
            asked = st.form_submit_button("Add the domain", type="primary", key="add domain")
        domain = form.record(ProgrammeDomain) if asked else None
        if domain is None:
            return
        if saving.save(form, view.actor, [Add(domain)], f"The domain {domain.name} is added.") is not None:
            st.rerun()


def _start_from_the_four(actor: Actor) -> None:
    """Records the four domains as they are, so that they can be renamed, ordered and given other figures."""
    names = listed(domain.name.lower() for domain in FOUR_DOMAINS)
    st.text(f"The programme is grouped in the four domains of Signs of Safety: {names}.")
    form = Form("four domains")
    with st.form(form.key("form"), enter_to_submit=False, border=False):
        form.foot()
        asked = st.form_submit_button("Record the four, to change them", key="add four")
    if asked and saving.save(form, actor, [Add(each) for each in FOUR_DOMAINS], "The four are recorded."):
        st.rerun()


SUBJECT = Subject(
    opening=_DOMAIN,
    title="Domains of the programme",
    one="domain",
    many="domains",
    shown={"place": "Place", "name": "Domain", "about": "What it is about", "measures": "Figures"},
    order="by name",
    named=_named,
    fields=_fields,
    add=_add,
    look_for="name",
    numbers=frozenset({"place"}),
)
