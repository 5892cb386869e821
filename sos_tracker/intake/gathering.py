"""What the tables of one import say, gathered before it is put together: drafts of records and where each stands."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from sos_tracker.intake.columns import Draft, Findings, Place, TableReader
from sos_tracker.intake.names_merged import MergedNames
from sos_tracker.intake.spelling import spelling_key as spelling_key  # also imported from here
from sos_tracker.intake.vocabulary import Vocabulary
from sos_tracker.records.people import PersonKeyer, PersonKeys
from sos_tracker.records.training import CourseLevel, Outcome


@dataclass(frozen=True)
class Known:
    """What the programme already knows. ``meanings``: word -> meaning; ``mappings``: fingerprint of a heading row ->
    {"kind": kind, heading: field}; ``sessions``: reference -> date, None where only the reference is known;
    ``spellings``: (agency, or "" of an agency itself; spelling) -> the name it was merged into."""

    agencies: tuple[str, ...] = ()
    teams: tuple[tuple[str, str], ...] = ()
    meanings: Mapping[str, str] = field(default_factory=dict)
    mappings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    sessions: Mapping[str, date | None] = field(default_factory=dict)
    budget_lines: tuple[str, ...] = ()
    spellings: Mapping[tuple[str, str], str] = field(default_factory=dict)


@dataclass(slots=True)
class RegisterRow:
    """One readable row of a register."""

    session: str
    keys: PersonKeys
    agency: str
    team: str
    role: str
    outcome: Outcome
    level: CourseLevel | None
    course: str
    start: date | None
    end: date | None
    venue: str
    reader: TableReader
    number: int

    @property
    def place(self) -> Place:
        return Place(self.reader, self.number)


@dataclass
class Gathering:
    """Drafts of every kind, the register's rows, and what is needed to read them."""

    known: Known
    keyer: PersonKeyer
    vocabulary: Vocabulary
    today: date
    findings: Findings = field(default_factory=Findings)
    register: list[RegisterRow] = field(default_factory=list)
    sessions: list[Draft] = field(default_factory=list)
    headcounts: list[Draft] = field(default_factory=list)
    staff: list[Draft] = field(default_factory=list)
    posts: list[Draft] = field(default_factory=list)
    budget_lines: list[Draft] = field(default_factory=list)
    ledger: list[Draft] = field(default_factory=list)
    milestones: list[Draft] = field(default_factory=list)
    targets: list[Draft] = field(default_factory=list)
    ratings: list[Draft] = field(default_factory=list)
    audits: list[Draft] = field(default_factory=list)
    survey_answers: list[Draft] = field(default_factory=list)
    alignment_items: list[Draft] = field(default_factory=list)

    @cached_property
    def merged_names(self) -> MergedNames:
        return MergedNames(self.known.spellings)


@dataclass
class Spellings:
    """One spelling for each name: the one known first, else the one written most often."""

    known: tuple[str, ...] = ()
    seen: Counter[str] = field(default_factory=Counter)

    def see(self, written: Iterable[str]) -> None:
        self.seen.update(written)

    def chosen(self) -> dict[str, str]:
        """Each spelling seen -> the spelling to use."""
        best: dict[str, str] = {}
        for words, _ in sorted(
            self.seen.items(), key=lambda item: (-item[1], item[0].isupper(), item[0].islower(), item[0])
        ):
            best.setdefault(spelling_key(words), words)
        for words in self.known:
            best[spelling_key(words)] = words
        return {words: best[spelling_key(words)] for words in self.seen}
