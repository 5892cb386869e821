"""The history as tables people read: a row a change, or a row a save where many records were changed at once."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

import pandas as pd

from sos_tracker.records.changes import Change, Deed
from sos_tracker.store.stories import Save
from sos_tracker.ui import history_words
from sos_tracker.ui.dry_run import moment

HEADINGS = {
    "number": "Change", "recorded_at": "When (UTC)", "actor": "Who", "deed": "What was done", "kind": "Kind of record",
    "key": "Record", "before": "Before", "after": "After", "reason": "Why", "batch": "Import",
}  # fmt: skip
_SHOWN = 3
_LONG = 280


def _no_link(_: object) -> str:
    return ""


@dataclass(frozen=True)
class Ways:
    """Where a row leads: ``story`` gives the address of a record's own story, ``opened`` of all the changes of a save.

    ``batches``: what each is called, by number.
    """

    batches: Mapping[int, str]
    story: Callable[[Change], str] = _no_link
    opened: Callable[[Save], str] = _no_link


def saves(found: Iterable[Save], caption: str, ways: Ways) -> str:
    """Saves in their order: each change of a small one, a line of a large one."""
    rows = []
    for save in found:
        rows += [_change(change, ways) for change in save.changes] or [_save(save, ways)]
    return _table(caption, rows)


def changes(found: Iterable[Change], caption: str, ways: Ways) -> str:
    """One change a row."""
    return _table(caption, [_change(change, ways) for change in found])


def _table(caption: str, rows: Sequence[Sequence[str]]) -> str:
    label = escape(caption)
    heads = "".join(f'<th scope="col">{head}</th>' for head in ("When", "What", "Before and after", "Who", "Why"))
    body = "".join(
        f'<tr><th scope="row">{first}</th>{"".join(f"<td>{cell}</td>" for cell in rest)}</tr>' for first, *rest in rows
    )
    return (
        f'<div class="sos-table sos-history" role="region" aria-label="{label}" tabindex="0"><table>'
        f"<caption>{label}</caption><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _change(change: Change, ways: Ways) -> tuple[str, ...]:
    words, address = escape(history_words.record(change)), ways.story(change)
    named = f'<a class="sos-link" href="{escape(address)}" target="_self">{words}</a>' if address else words
    what = f"{history_words.DEEDS[change.deed]}: {named}"
    return _when(change), what, differences(change), escape(change.actor), _why(change, ways)


def _save(save: Save, ways: Ways) -> tuple[str, ...]:
    way = (
        f'<a class="sos-link" href="{escape(ways.opened(save))}" target="_self">See these {save.count:,} changes'
        f'<span class="sos-unseen"> of {escape(moment(save.recorded_at))}</span></a>'
    )
    what = f"{save.count:,} changes at once: {escape(history_words.kinds(save.kinds))}."
    return _when(save), what, way, escape(save.actor), _why(save, ways)


def _when(of: Change | Save) -> str:
    on, _, at = moment(of.recorded_at).partition(", ")
    return f"{on.replace(' ', '&nbsp;')}, {at}"


def _why(of: Change | Save, ways: Ways) -> str:
    said = history_words.why(of.batch, of.reason, ways.batches)
    return escape(said) or '<span class="sos-quiet">no reason given</span>'


def differences(change: Change) -> str:
    """Each field from what it was to what it is; the many values of a whole record are folded away."""
    fields = history_words.fields(change)
    if not fields:
        return "No value changed." if change.deed is Deed.REVISED else ""
    if change.before is not None and change.after is not None:
        listed = [f"{escape(name)}: {_long(was)} → {_long(becomes)}" for name, was, becomes in fields]
        return _list(listed)
    listed = [f"{escape(name)}: {_long(was or becomes)}" for name, was, becomes in fields]
    if len(listed) <= _SHOWN:
        return _list(listed)
    what = f"{_whole(change)}: {len(listed)} values"
    unseen = f'<span class="sos-unseen"> of {escape(history_words.record(change))}</span>'
    return f"<details><summary>{what}{unseen}</summary>{_list(listed)}</details>"


def _whole(change: Change) -> str:
    if change.after is None:
        return "As it was"
    return "As added" if change.deed is Deed.ADDED else "As put back"


def _list(listed: Sequence[str]) -> str:
    return listed[0] if len(listed) == 1 else f"<ul>{''.join(f'<li>{each}</li>' for each in listed)}</ul>"


def _long(words: str) -> str:
    """A value that would fill a page is folded after its beginning."""
    if len(words) <= _LONG:
        return escape(words)
    return f"<details><summary>{escape(words[:80])}… ({len(words):,} characters)</summary>{escape(words)}</details>"


def frame(found: Sequence[Change]) -> pd.DataFrame:
    """One row a change, with the columns of HEADINGS."""
    rows = []
    for change in found:
        fields = history_words.fields(change)
        before = "; ".join(f"{name}: {was}" for name, was, _ in fields if was)
        after = "; ".join(f"{name}: {becomes}" for name, _, becomes in fields if becomes)
        rows.append((change.number, change.recorded_at, change.actor, history_words.DEEDS[change.deed], change.kind,
                     change.key if change.kind != "column mapping" else "", before, after, change.reason,
                     change.batch))  # fmt: skip
    return pd.DataFrame(rows, columns=list(HEADINGS), dtype=object)
