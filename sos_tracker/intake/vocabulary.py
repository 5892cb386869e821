"""The field's words for outcomes, course levels, statuses and measures. A word not listed here is asked about."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from sos_tracker.intake.cells import Fault, Raw, absent, parse_yes_no, shown, text
from sos_tracker.intake.course_levels import level_of, plain
from sos_tracker.intake.embedding_words import EMBEDDING_WORDS, EVERY
from sos_tracker.intake.measure_names import code_of
from sos_tracker.intake.words import ENTRY_KINDS, OUTCOMES, SESSION_STATUSES, VACANT
from sos_tracker.records.budget import EntryKind
from sos_tracker.records.embedding import (
    AlignmentKind,
    AlignmentStage,
    Audience,
    AuditGrade,
    Respondents,
    StaffLevel,
)
from sos_tracker.records.training import CAME, CourseLevel, Outcome, SessionStatus

LEAVE_OUT = "leave out"
_LEAVE_OUT_WORDS = frozenset(
    {"leave out", "left out", "ignore", "ignored", "skip", "not counted", "exclude", "none of these"}
)

_SPELLED = {"a": ("att",), "c": ("can",), "w": ("wit", "wai")}
"""How words begin that a column spells out beside the letter."""

BLANK = "blank"
"""The word an empty cell goes by, so that it can be given a meaning."""

Embedding = TypeVar("Embedding", AlignmentKind, AlignmentStage, Audience, AuditGrade, Respondents, StaffLevel)
Word = TypeVar(
    "Word", Outcome, CourseLevel, SessionStatus, EntryKind,
    AlignmentKind, AlignmentStage, Audience, AuditGrade, Respondents, StaffLevel,
)  # fmt: skip


@dataclass
class Vocabulary:
    """The listed words, and the meanings people gave to others; remembers which of those it used."""

    meanings: Mapping[str, str] = field(default_factory=dict)
    used: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._given = {plain(word): meaning for word, meaning in self.meanings.items()}

    def given(self, words: str) -> str | None:
        """The meaning somebody gave to these words, noted as used."""
        meaning = self._given.get(plain(words))
        if meaning is not None:
            self.used[words.casefold()] = meaning
        return meaning

    def left_out(self, words: str) -> bool:
        """Somebody said that rows with these words are not to be counted."""
        meaning = self._given.get(plain(words))
        return meaning is not None and plain(meaning) in _LEAVE_OUT_WORDS

    def outcome(self, raw: Raw) -> Outcome | str | Fault:
        """What became of a booking; LEAVE_OUT where the meaning given says so."""
        if raw is True or raw is False:
            return Outcome.ATTENDED if raw else Outcome.NO_SHOW
        return self._read(raw, Outcome, OUTCOMES, "status", "unknown status")

    def outcome_in(self, column: Iterable[Raw]) -> Callable[[Raw], Outcome | str | Fault]:
        """How to read the outcomes of one column: a letter that stands for two of its words is asked about."""
        doubtful = self._doubtful_letters({plain(text(raw)) for raw in set(column)})

        def outcome(raw: Raw) -> Outcome | str | Fault:
            words = text(raw)
            other = doubtful.get(plain(words))
            if other is None or self.given(words) is not None:
                return self.outcome(raw)
            unknown = _unknown(words, "status", "unknown status", Outcome)
            return replace(unknown, problem=f"“{words}” may mean {other} here.")

        return outcome

    def _doubtful_letters(self, words: set[str]) -> dict[str, str]:
        """A beside P is absent; C may be completed where nobody else came; W beside withdrawn may be that."""
        came = {word for word in words if self._given.get(word, OUTCOMES.get(word)) in CAME}
        spelled = {letter for letter in "acw" if any(word[:3] in _SPELLED[letter] for word in words)}
        found = {}
        if words & {"p", "present"} and "a" not in spelled:
            found["a"] = "attended or absent"
        if not came and "c" not in spelled:
            found["c"] = "cancelled or completed"
        if "w" in spelled:
            found["w"] = "walk-in or withdrawn"
        return found

    def booking(self, raw: Raw) -> Outcome | str | Fault | None:
        """What a booking column beside the attendance says; "Booked? No" is a walk-in."""
        if absent(raw):
            return None
        said = parse_yes_no(raw)
        if isinstance(said, bool):
            return Outcome.BOOKED if said else Outcome.WALK_IN
        return self.outcome(raw)

    def yes_no(self, raw: Raw) -> bool | Fault | None:
        """Yes or no, by the meanings given too."""
        meant = parse_yes_no(self.given(text(raw)) or raw)
        return parse_yes_no(raw) if isinstance(meant, Fault) else meant

    def session_status(self, raw: Raw) -> SessionStatus | str | Fault | None:
        return (
            None
            if absent(raw)
            else self._read(raw, SessionStatus, SESSION_STATUSES, "session status", "unknown session status")
        )

    def entry_kind(self, raw: Raw) -> EntryKind | str | Fault | None:
        return (
            None if absent(raw) else self._read(raw, EntryKind, ENTRY_KINDS, "type of posting", "unknown posting type")
        )

    def embedding(self, kind: type[Embedding]) -> Callable[[Raw], Embedding | str | Fault | None]:
        """How to read a column of the embedding's words; None for an empty cell, and for every level of staff."""
        listed, what = EMBEDDING_WORDS[kind]

        def read(raw: Raw) -> Embedding | str | Fault | None:
            if absent(raw) or listed.get(plain(text(raw))) == EVERY:
                return None
            return self._read(raw, kind, listed, what, f"unknown {what}")

        return read

    def level(self, raw: Raw) -> CourseLevel | str | Fault | None:
        """The course level a title or a level cell names; None for an empty cell."""
        words = text(raw)
        if not words or (absent(words) and self.given(words) is None):
            return None
        meaning = self.given(words)
        if meaning is not None and plain(meaning) in _LEAVE_OUT_WORDS:
            return LEAVE_OUT
        found = level_of(meaning) if meaning is not None else level_of(words)
        return found or _unknown(words, "course", "unknown course", CourseLevel)

    def _read(self, raw: Raw, kind: type[Word], listed: Mapping[str, str], what: str, group: str) -> Word | str | Fault:
        words = text(raw)
        meaning = self.given(words or BLANK)
        if meaning is not None:
            if plain(meaning) in _LEAVE_OUT_WORDS:
                return LEAVE_OUT
            named = listed.get(plain(meaning), meaning)
            if named in set(kind):
                return kind(named)
        found = listed.get(plain(words)) or listed.get(words)
        return kind(found) if found else _unknown(words, what, group, kind)


def _unknown(words: str, what: str, group: str, kind: type[Word]) -> Fault:
    choices = ", ".join(member.value for member in kind)
    word = words or BLANK
    problem = f"“{words}” is not a {what} the tracker knows." if words else f"There is no {what} in this row."
    return Fault(problem, f"Say what “{word}” means: {choices}, or {LEAVE_OUT}.", group, word=word)


def measure_code(name: str, vocabulary: Vocabulary) -> str | None:
    """The figure's code a measure's name means (T1, L1 ...), None where it is none the tracker knows."""
    return code_of(vocabulary.given(name) or name)


def unknown_measure(raw: Raw) -> Fault:
    return Fault(
        f"“{shown(raw)}” is not a measure the tracker knows.",
        "Say which figure it means by its code, such as T1 (people trained), T4 (attendance rate), "
        "L1 (teams with a trained practice lead) or B1 (spend to date).",
        "unknown measure",
        word=text(raw),
    )


def is_vacant(words: str) -> bool:
    """The words say that nobody holds the post."""
    return plain(words) in VACANT or plain(words).startswith("vacan")
