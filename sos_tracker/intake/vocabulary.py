"""The field's words for outcomes, course levels, statuses and measures. A word not listed here is asked about."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from sos_tracker.intake.cells import Fault, Raw, absent, shown, text
from sos_tracker.records.budget import EntryKind
from sos_tracker.records.training import CourseLevel, Outcome, SessionStatus


def plain(words: str) -> str:
    """Words without case, punctuation or doubled spaces, to compare by."""
    return " ".join(re.sub(r"[^\w%½&]+", " ", words.casefold().replace("_", " ")).split())


def _listed(words: Mapping[str, str]) -> dict[str, str]:
    return {word.strip(): meaning for meaning, listed in words.items() for word in listed.split("|")}


_OUTCOMES = _listed({
    Outcome.ATTENDED: "a|att|attended|attend|attends|present|p|y|yes|true|completed|complete|came|here|in attendance|attendance|attended in full|"
    "fully attended|full attendance|attended fully|attended completed|completed attended|passed|attended all|attended both days|✓|✔",
    Outcome.NO_SHOW: "dna|d n a|no show|noshow|no shows|ns|did not attend|didn t attend|didnt attend|did not show|not attended|absent|n|no|"
    "false|fta|failed to attend|fail to attend|did not arrive|not present|non attendance|non attender|non attended|nonattendance|"
    "unauthorised absence|authorised absence|did not turn up|no attendance|booked did not attend|✗|✘",
    Outcome.BOOKED: "b|bk|bkd|booked|confirmed|enrolled|registered|place confirmed|booking confirmed|place booked|enrolment confirmed|reserved|scheduled|"
    "accepted",
    Outcome.CANCELLED: "c|canc|cancelled|canceled|cancel|cancellation|cancelled by delegate|cancelled by learner|cancelled by manager|withdrawn|"
    "withdrew|withdraw|w d|wd|late cancellation|late cancel|cancelled late|cancelled in time|cancelled in advance|"
    "booking cancelled|cancelled booking|place cancelled|unenrolled|un enrolled|declined",
    Outcome.WALK_IN: "w|wi|w i|walk in|walkin|walked in|walk ins|attended walk in|walk in attended|attended walked in|attended not booked|not booked attended|"
    "attended unbooked|unbooked|attended without booking|turned up|on the day|walk up|drop in|attended on the day",
})  # fmt: skip

_SESSION_STATUSES = _listed({
    SessionStatus.PLANNED: "planned|scheduled|upcoming|open|confirmed|future|booked|to run|to be delivered|arranged|provisional|live|forthcoming|"
    "not started|booking open|open for booking|places available|full|fully booked",
    SessionStatus.DELIVERED: "delivered|completed|complete|ran|run|held|done|closed|finished|taken place|took place|d|has run|past",
    SessionStatus.CANCELLED: "cancelled|canceled|canc|withdrawn|c|cancelled by trainer|did not run|not run|abandoned|x|cancelled by council",
})  # fmt: skip

_ENTRY_KINDS = _listed({
    EntryKind.ACTUAL: "actual|actuals|act|invoice|inv|paid|payment|journal|jnl|jn|credit|credit note|spend|expenditure|a|posted|actual spend|"
    "accrual|recharge|salary|salaries|payroll|invoiced|spent|receipt",
    EntryKind.COMMITMENT: "commitment|commitments|committed|com|comm|po|purchase order|order|open order|po commitment|c|open po|on order|"
    "outstanding order|encumbrance|purchase order commitment|po raised|ordered",
})  # fmt: skip

LEAVE_OUT = "leave out"
_LEAVE_OUT_WORDS = frozenset(
    {"leave out", "left out", "ignore", "ignored", "skip", "not counted", "exclude", "none of these"}
)

BLANK = "blank"
"""The word an empty cell goes by, so that it can be given a meaning."""

Word = TypeVar("Word", Outcome, CourseLevel, SessionStatus, EntryKind)


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
        return self._read(raw, Outcome, _OUTCOMES, "status", "unknown status")

    def session_status(self, raw: Raw) -> SessionStatus | str | None | Fault:
        return (
            None
            if absent(raw)
            else self._read(raw, SessionStatus, _SESSION_STATUSES, "session status", "unknown session status")
        )

    def entry_kind(self, raw: Raw) -> EntryKind | str | None | Fault:
        return (
            None if absent(raw) else self._read(raw, EntryKind, _ENTRY_KINDS, "type of posting", "unknown posting type")
        )

    def level(self, raw: Raw) -> CourseLevel | str | None | Fault:
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
            found = listed.get(plain(meaning), meaning)
            if found in set(kind):
                return kind(found)
        found = listed.get(plain(words)) or listed.get(words)
        return kind(found) if found else _unknown(words, what, group, kind)


def _unknown(words: str, what: str, group: str, kind: type[Word]) -> Fault:
    choices = ", ".join(member.value for member in kind)
    word = words or BLANK
    problem = f"“{words}” is not a {what} this knows." if words else f"There is no {what} in this row."
    return Fault(problem, f"Say what “{word}” means: {choices}, or {LEAVE_OUT}.", group, word=word)


_NUMBER_WORDS = {"one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "half": "½", "0 5": "½", "1 2": "½"}
_DAYS = re.compile(r"(?<![\w.])(½|\d+)\s*-?\s*(?:days?|d)\b")
_LEVEL_WORDS: tuple[tuple[CourseLevel, re.Pattern[str]], ...] = (
    (CourseLevel.TRAINER_COURSE, re.compile(r"train(ing)? (the|for|of) trainers?|\bt ?t ?t\b|\btrainers? (course|training|programme|development)|training trainers|\bt4t\b")),
    (CourseLevel.PRACTICE_LEAD_DAY, re.compile(r"practice lead|\bpl (dev|day|development)|\bpld\b|practice champion|champions? (day|development)|practice leader")),
    (CourseLevel.E_LEARNING, re.compile(r"\be ?learn|\belearning|online module|on line module|\bel module")),
    (CourseLevel.BRIEFING, re.compile(r"\bbriefings?\b|\bawareness\b|\btaster\b|lunch and learn|\boverview\b|½ day")),
    (CourseLevel.ADVANCED, re.compile(r"\badv(anced?)?\b")),
    (CourseLevel.INTRODUCTION, re.compile(r"\bintro(duction|ductory)?s?\b|\bfoundations?\b|\bbasics?\b")),
)  # fmt: skip
_FIRST_FOUR = 4  # trainer course, practice-lead day, e-learning and briefing go before the length in days


def level_of(title: str) -> CourseLevel | None:
    """The level a course title names, None where it names none, or two that contradict each other.

    First trainer course, practice-lead day, e-learning and briefing by their words; then the length (half a day is
    a briefing, 2 days an introduction, 5 days advanced), which must agree with "introduction" or "advanced".
    """
    words = plain(title.replace("½", " ½ "))
    for word, digit in _NUMBER_WORDS.items():
        words = re.sub(rf"\b{word}\b(?= ?-?(day|d\b))", digit, words)
    if "refresher" in words or "follow up" in words:
        return None
    for level, pattern in _LEVEL_WORDS[:_FIRST_FOUR]:
        if pattern.search(words):
            return level
    lengths = set(_DAYS.findall(words))
    named = {level for level, pattern in _LEVEL_WORDS[_FIRST_FOUR:] if pattern.search(words)}
    by_length = {"2": CourseLevel.INTRODUCTION, "5": CourseLevel.ADVANCED, "½": CourseLevel.BRIEFING}
    if len(lengths) > 1 or len(named) > 1:
        return None
    if not lengths:
        return named.pop() if named else None
    said = by_length.get(lengths.pop())
    return said if said is not None and named <= {said} else None


_MEASURES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("L1", re.compile(r"practice lead|champion|lead in (each|every) team|teams? with .*lead")),
    ("B4", re.compile(r"runway")),
    ("B3", re.compile(r"outturn|forecast spend")),
    ("B2", re.compile(r"commitment|committed")),
    ("B1", re.compile(r"\bspen[dt]|expenditure|budget used|grant used|\bactual (cost|to date)|budget$")),
    ("M3", re.compile(r"slip|days late|delay")),
    ("M2", re.compile(r"milestones? (that are )?(overdue|late|missed)|overdue")),
    ("M1", re.compile(r"milestones?( .*)?(achieved|met|complete|completed|delivered|done|reached|on time)|^milestones$|deliverables (met|achieved|completed)")),
    ("T4", re.compile(r"attendance rate|booked and (came|attended)|show rate|% ?attendance|percentage attend|take up rate|rate of attendance|attended of (those )?booked|attendance %")),
    ("T2", re.compile(r"attendances|training places (taken|attended)|delegate days|places attended|places taken")),
    ("T3", re.compile(r"(staff|workforce|practitioners|social workers|people) (in scope|in post)|in scope|% (of )?(staff|workforce)|(proportion|percentage|share) of (staff|workforce|practitioners|social workers)|^(staff|workforce) (who are )?trained$")),
    ("T1", re.compile(r"people (who (have been|are) )?train|people .*trained|(number|no|total) .*trained|trained (people|staff|practitioners)|(staff|practitioners|practitioner|delegates|individuals|learners|professionals|workers|social workers) .*trained|^trained( to date)?$|persons trained|headcount trained|staff completing|staff attending")),
)  # fmt: skip
_CODE = re.compile(r"^[A-Z]\d{1,2}$")


def measure_code(name: str, vocabulary: Vocabulary) -> str | None:
    """The figure's code a measure's name means (T1, L1 ...), None where it is none this knows."""
    meaning = vocabulary.given(name)
    if meaning is not None:
        name = meaning
    if _CODE.match(name.strip().upper()):
        return name.strip().upper()
    words = plain(name)
    return next((code for code, pattern in _MEASURES if pattern.search(words)), None)


def unknown_measure(raw: Raw) -> Fault:
    return Fault(
        f"“{shown(raw)}” is not a measure this knows.",
        "Say which figure it means by its code, such as T1 (people trained), T4 (attendance rate), "
        "L1 (teams with a trained practice lead) or B1 (spend to date).",
        "unknown measure",
        word=text(raw),
    )


_VACANT = frozenset({"vacant", "vacancy", "vacant post", "none", "nil", "tbc", "tba", "to be appointed", "to be confirmed",
                     "not appointed", "not yet appointed", "no lead", "unfilled", "empty", "post vacant", "to be recruited",
                     "recruiting", "n a", "none in post", "no practice lead", "not filled", "currently vacant"})  # fmt: skip


def is_vacant(words: str) -> bool:
    """The words say that nobody holds the post."""
    return plain(words) in _VACANT or plain(words).startswith("vacan")
