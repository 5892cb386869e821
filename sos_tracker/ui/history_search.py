"""What the history is searched by, kept in the address: read once into a Search, and the fields that write it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import streamlit as st

from sos_tracker.actions.figure_moves import COUNTED_FROM
from sos_tracker.measures.catalogue import CATALOGUE
from sos_tracker.records.access import Actor, Permission
from sos_tracker.records.changes import Batch, Deed
from sos_tracker.records.periods import day
from sos_tracker.store.stories import Offered, Search
from sos_tracker.ui import address, dry_run, history_words
from sos_tracker.ui.sidebar import EARLIEST, LATEST

NAMES = ("who", "kind", "deed", "import", "since", "until", "text", "figure", "save")
_ADDRESS = "history"
_LABELS = {
    "who": "Who", "kind": "Kind of record", "deed": "What was done", "import": "Import or correction",
    "figure": "Counted in figure",
}  # fmt: skip
_ALL = {
    "who": "Everybody", "kind": "Every kind", "deed": "Anything", "import": "Imports and entries by hand",
    "figure": "Any figure or none",
}  # fmt: skip
_WHO_HAS_ACCESS = ("access", "group access")


@dataclass(frozen=True)
class Asked:
    """What is looked for, as the address says it, and as the store is asked for it."""

    said: Mapping[str, str]
    search: Search

    @property
    def figure(self) -> str:
        return self.said.get("figure", "")

    def link(self, **further: str) -> str:
        """The same search with something more in its address; "" takes out."""
        return address.link(_ADDRESS, **{name: value for name, value in {**self.said, **further}.items() if value})


def everything(actor: Actor) -> Search:
    """All the actor may read: who has access is for those who give it."""
    return Search(without=() if actor.may(Permission.ADMINISTER) else _WHO_HAS_ACCESS)


def choices(actor: Actor, offered: Offered, batches: tuple[Batch, ...]) -> dict[str, dict[str, str]]:
    """What each field can be set to: the value kept in the address -> the words shown."""
    without = everything(actor).without
    return {
        "who": {name: name for name in offered.actors},
        "kind": {kind: kind[:1].upper() + kind[1:] for kind in offered.kinds if kind not in without},
        "deed": {deed.value: words for deed, words in history_words.DEEDS.items()},
        "import": {str(batch.number): dry_run.batch_name(batch) for batch in batches},
        "figure": {code: f"{CATALOGUE[code].title} ({code})" for code in COUNTED_FROM},
    }


def asked(actor: Actor, offered: Mapping[str, Mapping[str, str]]) -> Asked:
    """The search in the address; what this programme does not have, or is no date, is taken out."""
    said: dict[str, str] = {}
    for name in NAMES:
        value = address.read(name)
        if value and not _good(name, value, offered):
            address.write(name, "")
        elif value:
            said[name] = value
    since, until = (_day(said.get(name, "")) for name in ("since", "until"))
    kinds = (said["kind"],) if "kind" in said else COUNTED_FROM.get(said.get("figure", ""), ())
    return Asked(
        said,
        Search(
            actor=said.get("who", ""),
            kinds=kinds,
            deed=Deed(said["deed"]) if "deed" in said else None,
            batch=int(said["import"]) if "import" in said else None,
            since=_begin(since) if since else None,
            until=_begin(until + timedelta(days=1)) if until else None,
            text=said.get("text", ""),
            numbers=_numbers(said.get("save", "")),
            without=everything(actor).without,
        ),
    )


def _good(name: str, value: str, offered: Mapping[str, Mapping[str, str]]) -> bool:
    if name in offered:
        return value in offered[name]
    if name in ("since", "until"):
        return _day(value) is not None
    return name == "text" or _numbers(value) is not None


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if EARLIEST <= found <= LATEST else None


def _numbers(text: str) -> tuple[int, int] | None:
    first, _, last = text.partition("-")
    if not all(number.isascii() and number.isdigit() and len(number) <= 9 for number in (first, last)):
        return None
    return int(first), int(last)


def _begin(on: date) -> datetime:
    """The moment a day begins by the clock of this computer."""
    return datetime.combine(on, time()).astimezone(UTC)


def before() -> int | None:
    """From which change on older ones are shown."""
    text = address.read("before")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else None


def fields(offered: Mapping[str, Mapping[str, str]]) -> None:
    """The fields of the search. What is chosen goes to the address first, and the run reads it there."""
    first, second = st.columns(3), st.columns(3)
    for column, name in zip((*first, *second[:2]), _LABELS, strict=True):
        words = {"": _ALL[name], **offered[name]}
        st.session_state[f"history {name}"] = address.read(name)
        column.selectbox(
            _LABELS[name], list(words), format_func=words.__getitem__, key=f"history {name}", on_change=_keep,
            args=(name,),
        )  # fmt: skip
    st.session_state["history text"] = address.read("text")
    second[2].text_input(
        "In the record’s name or the reason", key="history text", on_change=_keep, args=("text",), max_chars=120
    )
    for column, name, label in zip(st.columns(3)[:2], ("since", "until"), ("From", "To"), strict=True):
        st.session_state[f"history {name}"] = _day(address.read(name))
        column.date_input(
            label, key=f"history {name}", on_change=_keep, args=(name,), min_value=EARLIEST, max_value=LATEST,
            format="DD/MM/YYYY",
        )  # fmt: skip


def _keep(name: str) -> None:
    chosen = st.session_state[f"history {name}"]
    address.write(name, chosen.isoformat() if isinstance(chosen, date) else str(chosen or ""))
    for other in ("before", "save", "record"):
        address.write(other, "")


def sentence(said: Mapping[str, str], offered: Mapping[str, Mapping[str, str]]) -> str:
    """What is looked for, in words; "" for everything."""
    pieces = {
        "who": "by {}", "kind": "of the kind {}", "deed": "{}", "import": "of import or correction {}",
        "figure": "counted in {}",
    }  # fmt: skip
    found = [pieces[name].format(offered[name][said[name]]) for name in pieces if name in said]
    found += [f"{word} {day(date.fromisoformat(said[name]))}" for name, word in (("since", "from"), ("until", "to"))
              if name in said]  # fmt: skip
    if "text" in said:
        found.append(f"with “{said['text']}”")
    return ", ".join(found)
