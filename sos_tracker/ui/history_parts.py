"""Who changed what, when and why: the programme's history, and the story of one record for the form that shows it."""

from functools import partial
from html import escape

import pandas as pd
import streamlit as st

from sos_tracker.records.access import Permission
from sos_tracker.records.changes import Change
from sos_tracker.store.stories import Save
from sos_tracker.ui import address, cached, downloads, history_moves, history_search, history_tables, history_words
from sos_tracker.ui.dry_run import moment
from sos_tracker.ui.history_search import Asked
from sos_tracker.ui.history_tables import Ways
from sos_tracker.ui.view import View

SAVES_A_PAGE, CHANGES_A_PAGE, MOST_TOLD, MOST_DOWNLOADED = 25, 50, 100, 200_000


def show(view: View) -> None:
    """The history of the actor's programme, searched by what the address says."""
    store = cached.store()
    batches = store.batches(view.code)
    offered = history_search.choices(view.actor, store.history_offers(view.code), batches)
    asked = history_search.asked(view.actor, offered)
    ways = Ways(history_words.batches(batches), partial(_story_of, asked), partial(_open, asked))
    _head(view)
    _one_record(view)
    if asked.figure:
        history_moves.show(view, asked.figure, asked.search.since, ways)
    history_search.fields(offered)
    _found(view, asked, ways, history_search.sentence(asked.said, offered))


def story(view: View, kind: str, number: int, *, opened: bool = False) -> None:
    """What happened to one record, from when it was added until now, withdrawn or not; for below its form."""
    found = cached.store().story(view.code, kind, number, limit=MOST_TOLD + 1)
    if not found:
        st.html("<p>The history does not tell of this record.</p>")
        return
    told = tuple(reversed(found[:MOST_TOLD]))
    earlier = f"<p>Only the newest {MOST_TOLD} changes are shown.</p>" if len(found) > MOST_TOLD else ""
    caption = f"What happened to {kind} {told[-1].key}, oldest first"
    ways = Ways(history_words.batches(cached.store().batches(view.code)))
    table = history_tables.changes(told, caption, ways)
    changes = f"{len(told):,} change{'' if len(told) == 1 else 's'}"
    st.html(
        f"<details{' open' if opened else ''}><summary>The story of this {escape(kind)}: {changes}</summary>"
        f"{earlier}{table}</details>"
    )


def _head(view: View) -> None:
    """How much has been changed, by whom last and when."""
    store, everything = cached.store(), history_search.everything(view.actor)
    total = store.count_changes(view.code, everything)
    newest = store.found_changes(view.code, everything, limit=1)
    number = f"{total:,} change{'' if total == 1 else 's'} so far"
    finding = f"{number}, the newest on {moment(newest[0].recorded_at)}" if newest else "Nothing has been changed yet"
    only = "<p>Only the programme itself has been set up: no records have been added yet.</p>" if total <= 1 else ""
    standing = f"{view.programme.authority}, {view.programme.name}. Nothing is ever taken out of this history."
    apart = " Who has been given access is told to administrators." if everything.without else ""
    cut = f"<p>A file holds the newest {MOST_DOWNLOADED:,} of the changes found.</p>" if total > MOST_DOWNLOADED else ""
    st.html(f'<h1>{escape(finding)}</h1><p class="sos-standing">{escape(standing + apart)}</p>{only}{cut}')


def _one_record(view: View) -> None:
    """The story of the record the address names."""
    kind, _, number = address.read("record").rpartition(" ")
    if not (kind and number.isascii() and number.isdigit() and len(number) <= 9):
        return
    if kind in history_search.everything(view.actor).without:
        return
    try:
        story(view, kind, int(number), opened=True)
    except ValueError:
        address.write("record", "")


def _found(view: View, asked: Asked, ways: Ways, looked_for: str) -> None:
    store, before = cached.store(), history_search.before()
    which = f": {looked_for}" if looked_for else ""
    st.html(f"<h2>Changes{escape(which)}</h2>{_back(asked)}")
    if asked.search.of_one_save:
        page = store.found_changes(view.code, asked.search, before=before, limit=CHANGES_A_PAGE + 1)
        older = page[CHANGES_A_PAGE - 1].number if len(page) > CHANGES_A_PAGE else None
        table = history_tables.changes(page[:CHANGES_A_PAGE], f"Changes{which}, newest first", ways)
        there = bool(page)
    else:
        saves, older = store.saves(view.code, asked.search, before=before, limit=SAVES_A_PAGE)
        table = history_tables.saves(saves, f"Changes{which}, newest first", ways)
        there = bool(saves)
    if not there:
        st.html("<p>No change fits this. Choose less above, or look for other words.</p>")
        return
    st.html(table + _onward(asked, before, older))
    downloads.offer(
        view, "history", partial(_every_change, view, asked), history_tables.HEADINGS, permission=Permission.RECORD
    )


def _story_of(asked: Asked, change: Change) -> str:
    return asked.link(record=f"{change.kind} {change.record}") if change.record else ""


def _open(asked: Asked, save: Save) -> str:
    return asked.link(save=f"{save.first}-{save.last}")


def _back(asked: Asked) -> str:
    if "save" not in asked.said:
        return ""
    return f'<p><a class="sos-link" href="{escape(asked.link(save=""))}" target="_self">Back to every save</a></p>'


def _onward(asked: Asked, before: int | None, older: int | None) -> str:
    ways = [
        *([(asked.link(), "The newest changes")] if before is not None else []),
        *([(asked.link(before=str(older)), "Older changes")] if older is not None else []),
    ]
    listed = " ".join(f'<a class="sos-link" href="{escape(href)}" target="_self">{words}</a>' for href, words in ways)
    return f'<nav aria-label="Pages of the history"><p class="sos-ways">{listed}</p></nav>' if ways else ""


def _every_change(view: View, asked: Asked) -> pd.DataFrame:
    return history_tables.frame(cached.store().found_changes(view.code, asked.search, limit=MOST_DOWNLOADED))
