"""A programme as a few dictionaries: what the store must agree with, whatever is done and in whichever order."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sos_tracker.records.budget import SPENT, EntryKind, LedgerEntry
from sos_tracker.records.milestones import Milestone
from sos_tracker.records.people import PersonKeys
from sos_tracker.records.record import Record
from sos_tracker.records.record_set import RecordSet
from sos_tracker.records.training import (
    CAME,
    Attendance,
    CourseLevel,
    Outcome,
    PartnerHeadcount,
    SessionStatus,
    TrainingSession,
)

ON = date(2018, 5, 10)
KINDS = ("session", "attendance", "headcount", "ledger entry", "milestone")
TRAINED = (CourseLevel.INTRODUCTION, CourseLevel.ADVANCED)
STRENGTH = [Outcome.BOOKED, Outcome.CANCELLED, Outcome.NO_SHOW, Outcome.WALK_IN, Outcome.ATTENDED]
HELD_SINCE_LISTED = {SessionStatus.PLANNED, SessionStatus.DELIVERED}

Key = tuple[Any, ...]


class Refused(Exception):
    """The model does not take it."""

    def __init__(self, *, duplicate: bool) -> None:
        super().__init__()
        self.duplicate = duplicate


@dataclass(frozen=True)
class Entry:
    """A record. ``number`` is its own for good; ``version`` goes back with an undo, ``stamp`` never does."""

    number: int
    record: Any
    version: int
    stamp: int


@dataclass
class _Batch:
    """What an import did: each record before it, None where it was new, and the version it left."""

    stories: dict[int, tuple[Entry | None, int]] = field(default_factory=dict)
    before: tuple[Any, ...] = ()
    only_as_newest: bool = False
    """Much hangs on it, such as who is who where people are known by two keys: the model undoes it only at once."""


def identity(keys: PersonKeys) -> tuple[str, str]:
    return ("number", keys.reference) if keys.reference else ("mail", str(keys.email))


def key_of(record: Record) -> Key:
    """The key as the store gives it back: people by number where one is known."""
    if isinstance(record, Attendance):
        return (record.kind, record.session, *identity(record.person))
    if isinstance(record, PartnerHeadcount):
        return (record.kind, record.session, record.agency)
    return (record.kind, *record.key)


class CouncilModel:
    def __init__(self) -> None:
        self.entries: dict[Key, Entry] = {}
        self.people: set[tuple[str, str]] = set()
        self.met: set[str] = set()
        self.newest = 0
        self.batches: dict[int, _Batch] = {}
        self._ticks = 0

    # one by one

    def add(self, record: Record) -> None:
        with_people = self._with_people([record])
        key = with_people.key(record)
        self._refuse_without_session(record)
        if key in with_people.entries:
            raise Refused(duplicate=True)
        self._take(with_people)
        self._put(key, self._tick(), record)
        self.newest = 0

    def revise(self, key: Key, record: Record) -> None:
        was = self.entries[key]
        becomes = key if isinstance(record, Attendance) else key_of(record)
        if becomes != key and becomes in self.entries:
            raise Refused(duplicate=True)
        if record == was.record:
            return
        if isinstance(record, TrainingSession) and becomes != key:
            for other in [other for other in self._of(was) if other != key]:
                entry = self.entries.pop(other)
                renamed = entry.record.model_copy(update={"session": record.reference})
                self.entries[(other[0], record.reference, *other[2:])] = replace(entry, record=renamed)
        del self.entries[key]
        self._put(becomes, was.number, record)
        self.newest = 0

    def withdraw(self, key: Key) -> None:
        for gone in self._of(self.entries[key]):
            del self.entries[gone]
        self.newest = 0

    def _of(self, entry: Entry) -> list[Key]:
        """The record and what belongs to it."""
        if not isinstance(entry.record, TrainingSession):
            return [key_of(entry.record) if not isinstance(entry.record, Attendance) else self._key_of(entry)]
        reference = entry.record.reference
        return [
            key for key in self.entries
            if key == ("session", reference) or (key[0] in ("attendance", "headcount") and key[1] == reference)
        ]  # fmt: skip

    def _key_of(self, entry: Entry) -> Key:
        return next(key for key, one in self.entries.items() if one.number == entry.number)

    def _refuse_without_session(self, record: Record) -> None:
        wanted = getattr(record, "session", None)  # of those that belong to one
        if wanted is not None and ("session", wanted) not in self.entries:
            raise Refused(duplicate=False)

    # imports

    def bring_in(self, records: RecordSet, batch: int) -> bool:
        """Whether there was anything to do."""
        before = (deepcopy(self.entries), set(self.people), set(self.met))
        with_people = self._with_people(list(records.attendances))
        learnt = with_people.people != self.people or with_people.met != self.met
        self._take(with_people)
        said = {session.reference: session for session in records.sessions}
        named = [row.session for row in records.attendances] + [row.session for row in records.headcounts]
        for reference in named:
            said.setdefault(reference, TrainingSession(reference=reference, inferred=True))
        for session in said.values():
            was = self.entries.get(key_of(session))
            self._say(key_of(session), _merged(was.record, session) if was else session)
        for attendance in records.attendances:
            self._say(self.key(attendance), attendance)
        for other in (*records.headcounts, *records.ledger_entries):
            self._say(key_of(other), other)
        for milestone in records.milestones:
            kept = self.entries.get(key_of(milestone))
            stays = {"baseline_on": kept.record.baseline_on} if kept else {}
            self._say(key_of(milestone), milestone.model_copy(update=stays))
        if not self._stories(before[0]) and not learnt:
            return False
        self._batch(batch, before, only_as_newest=any(row.person.email for row in records.attendances))
        return True

    def merge_agencies(self, name: str, into: str, batch: int) -> None:
        """One spelling becomes another; of two headcounts of one session the larger stands."""
        before = (deepcopy(self.entries), set(self.people), set(self.met))
        named = [key for key, entry in self.entries.items() if getattr(entry.record, "agency", "") == name]
        if not named:
            raise Refused(duplicate=False)
        for key in named:
            entry = self.entries.pop(key)
            renamed = entry.record.model_copy(update={"agency": into})
            other = self.entries.get((*key[:2], into)) if key[0] == "headcount" else None
            if other is None:
                self._put(key_of(renamed) if key[0] == "headcount" else key, entry.number, renamed)
            elif other.record.attended < renamed.attended:
                self._put((*key[:2], into), other.number, renamed)
        self._batch(batch, before, only_as_newest=True)

    def _batch(self, number: int, before: tuple[Any, ...], *, only_as_newest: bool) -> None:
        self.batches[number] = _Batch(self._stories(before[0]), before, only_as_newest)
        self.newest = number

    def _stories(self, before: dict[Key, Entry]) -> dict[int, tuple[Entry | None, int]]:
        then, now = _by_number(before), _by_number(self.entries)
        return {
            number: (then.get(number), now[number].version if number in now else 0)
            for number in {**then, **now}
            if number not in then or number not in now or then[number].version != now[number].version
        }

    @property
    def newest_can_be_undone(self) -> bool:
        return self.newest in self.batches

    @property
    def undoable(self) -> list[int]:
        return [number for number, batch in self.batches.items() if not batch.only_as_newest]

    def undo_the_last(self) -> None:
        batch, now = self.batches.pop(self.newest), _by_number(self.entries)
        entries, self.people, self.met = batch.before
        self.entries = {
            key: entry if now.get(entry.number) == entry else self._restamped(entry) for key, entry in entries.items()
        }
        self.newest = 0

    def undo(self, number: int) -> int:
        """Takes a batch back, but for what was changed or is relied on since: how many records that is."""
        if number == self.newest:
            self.undo_the_last()
            return 0
        batch, kept = self.batches.pop(number), 0
        now = _by_number(self.entries)
        keys = {entry.number: key for key, entry in self.entries.items()}
        order = sorted(batch.stories, key=lambda one: one in keys and keys[one][0] == "session")
        for one in order:  # sessions after who came to them
            was, left = batch.stories[one]
            if one not in now or now[one].version != left:
                kept += 1
            elif was is not None:
                self.entries[keys[one]] = self._restamped(was)
            elif keys[one][0] == "session" and len(self._of(now[one])) > 1:
                kept += 1
            else:
                del self.entries[keys[one]]
        self.newest = 0
        return kept

    # people

    def _with_people(self, records: list[Any]) -> "CouncilModel":
        """What the model becomes by learning who these rows are of."""
        other = CouncilModel()
        other.entries, other.people, other.met = dict(self.entries), set(self.people), set(self.met)
        other._ticks = self._ticks
        rows = [record.person for record in records if isinstance(record, Attendance)]
        for keys in rows:
            if keys.reference and keys.email and keys.email not in other.met:
                other._meet(keys)
        other.people |= {other._person(keys) for keys in rows}
        return other

    def _take(self, other: "CouncilModel") -> None:
        self.entries, self.people, self.met, self._ticks = other.entries, other.people, other.met, other._ticks

    def _meet(self, keys: PersonKeys) -> None:
        """Somebody known by e-mail turns out to be somebody known by number."""
        self.met.add(str(keys.email))
        alone, kept = ("mail", str(keys.email)), ("number", str(keys.reference))
        both_known = kept in self.people
        if alone not in self.people:
            return
        self.people = self.people - {alone} | {kept}
        for key in [key for key in self.entries if key[0] == "attendance" and key[2:] == alone]:
            entry, becomes = self.entries.pop(key), (*key[:2], *kept)
            there = self.entries.get(becomes)
            if there is None:
                self.entries[becomes] = entry
                if both_known:
                    self._put(becomes, entry.number, entry.record)
            elif STRENGTH.index(entry.record.outcome) > STRENGTH.index(there.record.outcome):
                stronger = there.record.model_copy(update={"outcome": entry.record.outcome})
                self._put(becomes, there.number, stronger)

    def _person(self, keys: PersonKeys) -> tuple[str, str]:
        if keys.reference is None and keys.email in self.met:
            return ("number", str(keys.email).replace("mail", "number"))
        return identity(keys)

    def key(self, record: Record) -> Key:
        if isinstance(record, Attendance):
            return (record.kind, record.session, *self._person(record.person))
        return key_of(record)

    # writing

    def _say(self, key: Key, record: Record) -> None:
        was = self.entries.get(key)
        if was is None or self._plain(was.record) != self._plain(record):
            self._put(key, was.number if was else self._tick(), record)

    def _put(self, key: Key, number: int, record: Record) -> None:
        self.entries[key] = Entry(number, record, self._tick(), self._tick())

    def _restamped(self, entry: Entry) -> Entry:
        return replace(entry, stamp=self._tick())

    def _tick(self) -> int:
        self._ticks += 1
        return self._ticks

    # what it says

    def as_kept(self, record: Record) -> dict[str, Any]:
        return self._plain(record)

    def _plain(self, record: Record) -> dict[str, Any]:
        """The fields, without the keys a person happens to be named by."""
        return {name: value for name, value in record if name != "person"}

    def records(self, kind: str) -> dict[Key, dict[str, Any]]:
        return {key: self._plain(entry.record) for key, entry in self.entries.items() if key[0] == kind}

    def figures(self) -> dict[str, int]:
        came = [(key, session) for key, row, session in self._places() if _took_place(session) and row.outcome in CAME]
        sent = [
            (row.attended, row.level or self._session(row.session).level)
            for row in self._all(PartnerHeadcount)
            if _took_place(self._session(row.session))
        ]
        spent = [one for one in self._all(LedgerEntry) if one.posted_on <= ON]
        delivered = self._delivered()
        return {
            "T1": len({key[2:] for key, session in came if session.level in TRAINED})
            + sum(number for number, level in sent if level in TRAINED),
            "T2": len(came) + sum(number for number, _ in sent),
            "T4": sum(row.outcome is Outcome.ATTENDED for row in delivered),
            "B1": sum(one.amount_pence for one in spent if one.entry_kind in SPENT),
            "B2": sum(one.amount_pence for one in spent if one.entry_kind is EntryKind.COMMITMENT),
            "M1": sum(bool(one.achieved_on and one.achieved_on <= ON) for one in self._due()),
        }

    def wholes(self) -> dict[str, int]:
        asked = (Outcome.ATTENDED, Outcome.NO_SHOW, Outcome.CANCELLED)
        return {"T4": sum(row.outcome in asked for row in self._delivered()), "M1": len(self._due())}

    def _due(self) -> list[Milestone]:
        return [one for one in self._all(Milestone) if one.baseline_on <= ON]

    def _delivered(self) -> list[Attendance]:
        return [
            row for _, row, session in self._places()
            if session.status is SessionStatus.DELIVERED and _took_place(session)
        ]  # fmt: skip

    def _places(self) -> Iterator[tuple[Key, Attendance, TrainingSession]]:
        for key, entry in self.entries.items():
            if isinstance(entry.record, Attendance):
                yield key, entry.record, self._session(entry.record.session)

    def _session(self, reference: str) -> TrainingSession:
        found: TrainingSession = self.entries["session", reference].record
        return found

    def _all(self, of_type: type[Any]) -> list[Any]:
        return [entry.record for entry in self.entries.values() if isinstance(entry.record, of_type)]


def _by_number(entries: dict[Key, Entry]) -> dict[int, Entry]:
    return {entry.number: entry for entry in entries.values()}


def _took_place(session: TrainingSession) -> bool:
    held = session.starts_on is not None and session.starts_on <= ON
    return held and session.status is not SessionStatus.CANCELLED


def _merged(was: TrainingSession, said: TrainingSession) -> TrainingSession:
    """A blank overrules nothing, and rows of a register fill gaps alone."""
    gaps_only = said.inferred and not was.inferred
    merged = {
        name: before if after in (None, "") or (gaps_only and before not in (None, "")) else after
        for (name, before), after in zip(was, dict(said).values(), strict=True)
    }
    if (was.inferred or said.inferred) and {was.status, said.status} == HELD_SINCE_LISTED:
        merged["status"] = SessionStatus.DELIVERED
    return was.model_copy(update={**merged, "inferred": was.inferred and said.inferred})
