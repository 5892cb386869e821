"""Importing on a page: files in, a dry run in the background, words and columns explained, then all or nothing."""

from typing import NoReturn

import streamlit as st

from sos_tracker.actions import importing
from sos_tracker.actions.importing import Committed, ImportRefused, Preview, WrongPersonKey
from sos_tracker.intake import SourceFile
from sos_tracker.records.access import Actor, NotAllowed, Permission
from sos_tracker.settings import PersonKeyUnusable, keyer
from sos_tracker.store import AlreadyUndone
from sos_tracker.ui import cached, downloads, dry_run, imports_under_way, meanings, session
from sos_tracker.ui.imports_under_way import UnderWay
from sos_tracker.ui.view import View

_POLL_SECONDS = 0.7
_SAID = "import said"
_ROUND = "import round"


def show(view: View) -> None:
    """Whatever the actor's import is at: choosing files, at work, checked, or stored."""
    under_way = imports_under_way.of(view.actor)
    _say()
    if under_way is None:
        _choose_files(view.actor)
    elif under_way.busy:
        _wait(view.actor)
    elif under_way.stored is not None:
        _finish(view.actor, under_way)
    else:
        _checked(view, under_way)


def say(words: str, *, well: bool = True) -> None:
    """Keeps a message for the top of the next run: after a rerun the reader still hears what happened."""
    st.session_state[_SAID] = (words, well)


def _say() -> None:
    words, well = st.session_state.pop(_SAID, ("", True))
    if words:
        with st.container(key="import-said"):
            (st.success if well else st.error)(meanings.plain_text(words))


def _choose_files(actor: Actor) -> None:
    st.html(
        "<h2>Bring files in</h2><p>Choose one file or several, in any order: .xlsx, .ods or .csv, up to 30 MB each. "
        "They are checked first, and nothing is stored until you say so.</p>"
    )
    chosen = st.file_uploader(
        "Files to check", accept_multiple_files=True, key=f"files {st.session_state.setdefault(_ROUND, 0)}"
    )
    if st.button("Check the files", type="primary", key="check"):
        if not chosen:
            say("No file has been chosen yet. Choose one or more files, then check them.", well=False)
        else:
            _check(actor, tuple(SourceFile(file.name, file.getvalue()) for file in chosen), {}, {})
        st.rerun()


def _check(
    actor: Actor, files: tuple[SourceFile, ...], means: dict[str, str], mappings: dict[str, dict[str, str]]
) -> None:
    try:
        people = keyer()
    except PersonKeyUnusable as refusal:
        say(str(refusal), well=False)
        return
    imports_under_way.check(cached.store(), actor, files, people, means=means, mappings=mappings)


@st.fragment(run_every=_POLL_SECONDS)
def _wait(actor: Actor) -> None:
    """Shows how far the work is, until it is done. The reader may leave the page and come back; the frame is not run
    meanwhile, so whether they still may is asked here."""
    try:
        session.recheck(Permission.RECORD)
    except NotAllowed:
        st.rerun()
    under_way = imports_under_way.of(actor)
    if under_way is None or not under_way.busy:
        st.rerun()
        return
    progress = under_way.progress
    st.progress(progress.share, text=meanings.plain_label(progress.doing))
    st.text("You may leave this page and come back: the work goes on.")


def _checked(view: View, under_way: UnderWay) -> None:
    """The dry run, with everything that can be answered on the spot."""
    fault = under_way.checked.exception()
    if isinstance(fault, WrongPersonKey):
        say(str(fault), well=False)
        _start_again(view.actor)
    if fault is not None:
        _give_up(view.actor, fault)
    preview = under_way.checked.result()
    st.html(dry_run.heading(preview))
    _explain(view.actor, under_way, preview)
    st.html(dry_run.issues(preview.issues) + dry_run.differences(preview.comparison) or "<p></p>")
    _decide(view.actor, under_way, preview)
    if preview.issues:
        downloads.offer(
            view,
            "list of issues",
            lambda: dry_run.issue_frame(preview.issues),
            dry_run.ISSUE_HEADINGS,
            permission=Permission.RECORD,
        )


def _explain(actor: Actor, under_way: UnderWay, preview: Preview) -> None:
    """Words and tables nobody knows: what they mean, said here, and everything checked again."""
    if not meanings.unknown_words(preview.issues) and not preview.reading.unmapped:
        return
    st.html("<h2>Say what these mean</h2><p>What you say is remembered for later files once this import is stored.</p>")
    words = meanings.ask_words(preview.issues)
    columns = meanings.ask_columns(preview.reading.unmapped)
    if st.button("Check again with these meanings", key="check again"):
        _check(actor, under_way.files, {**under_way.means, **words}, {**_copied(under_way), **columns})
        st.rerun()


def _copied(under_way: UnderWay) -> dict[str, dict[str, str]]:
    return {fingerprint: dict(mapping) for fingerprint, mapping in under_way.mappings.items()}


def _decide(actor: Actor, under_way: UnderWay, preview: Preview) -> None:
    """Store it all, or nothing."""
    sure = True
    if preview.may_be_stored and preview.questions:
        sure = st.checkbox("I have checked these questions, and the files are right", key="checked")
    with st.container(horizontal=True):
        if preview.may_be_stored and st.button("Store this import", type="primary", key="store"):
            if sure:
                imports_under_way.commit(cached.store(), actor, under_way, accept_questions=bool(preview.questions))
            else:
                say("Tick the box to say that you have checked the questions. Nothing was stored.", well=False)
            st.rerun()
        if st.button("Leave it, and choose other files", key="discard"):
            say("Nothing was stored.")
            _start_again(actor)


def _finish(actor: Actor, under_way: UnderWay) -> None:
    """Says what was stored, or why nothing was, and begins anew."""
    if under_way.stored is None:
        return
    fault = under_way.stored.exception()
    if isinstance(fault, ImportRefused):
        say(f"{fault} The records have changed since the check: choose the files and check them again.", well=False)
    elif fault is not None:
        _give_up(actor, fault)
    else:
        say(_stored(under_way.stored.result()))
    _start_again(actor)


def _give_up(actor: Actor, fault: BaseException) -> NoReturn:
    """A fault of ours: told once, and not kept, so that the page can be used again."""
    imports_under_way.forget(actor)
    raise fault


def _stored(committed: Committed) -> str:
    if committed.batch is None:
        return "Everything in these files was stored already, so nothing was changed."
    new, changed = sum(committed.batch.new.values()), sum(committed.batch.changed.values())
    return f"Import {committed.batch.number} is stored: {new:,} new records and {changed:,} changed."


def _start_again(actor: Actor) -> None:
    imports_under_way.forget(actor)
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
    st.rerun()


def batches(view: View) -> None:
    """Every import of the programme, and a way to take one back."""
    found = importing.batches(cached.store(), view.actor)
    st.html(dry_run.batch_table(found))
    standing = {batch.number: dry_run.batch_name(batch) for batch in found if batch.undone_at is None}
    if not standing:
        return
    st.html(
        "<h2>Take an import back</h2><p>Records changed since by hand or by a later import are kept, and listed.</p>"
    )
    number = st.selectbox("Import", list(standing), format_func=standing.__getitem__, key="undo which")
    sure = st.checkbox(f"Yes, take back import {number}", key=f"undo sure {number}")
    if st.button("Take it back", key="undo"):
        if sure:
            _take_back(view.actor, number)
        else:
            say("Tick the box to say that the import is to be taken back. Nothing was changed.", well=False)
        st.rerun()


def _take_back(actor: Actor, number: int) -> None:
    try:
        report = importing.undo(cached.store(), actor, number)
    except AlreadyUndone as refusal:
        say(f"{refusal} Nothing was changed.", well=False)
    else:
        say(dry_run.undone(report))
