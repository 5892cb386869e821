"""What is typed on the command line, read into what actions take; an option that cannot be read is told why."""

import re
from collections.abc import Iterable, Mapping, Sequence

from sos_tracker.intake import KINDS, Kind, UnmappedTable
from sos_tracker.intake.headings import columns_as
from sos_tracker.intake.vocabulary import LEAVE_OUT
from sos_tracker.measures.definitions import CATALOGUE
from sos_tracker.records.budget import EntryKind
from sos_tracker.records.training import CourseLevel, Outcome, SessionStatus

_MEANINGS = (
    *dict.fromkeys(member.value for words in (Outcome, SessionStatus, CourseLevel, EntryKind) for member in words),
    "yes",
    "no",
    LEAVE_OUT,
    *CATALOGUE,
)


class Unreadable(ValueError):
    """An option is not what it should be."""


def meanings(given: Iterable[str]) -> dict[str, str]:
    """``WORD=outcome`` pairs as word -> meaning. The last "=" parts them: a word may have one of its own."""
    found = {}
    for pair in given:
        word, sign, meaning = pair.rpartition("=")
        if not sign or not word.strip():
            raise Unreadable(f'--means “{pair}” is not WORD=MEANING, such as --means "Attnd=attended".')
        found[word.strip()] = _one_of(meaning, _MEANINGS, f"--means “{pair}”: “{meaning.strip()}” is no meaning")
    return found


def level(given: str) -> CourseLevel:
    return CourseLevel(_one_of(given, [level.value for level in CourseLevel], f"“{given}” is no course level"))


def heading_fields(given: Iterable[str]) -> dict[str, str]:
    """``HEADING=field`` pairs as heading -> field, both without case, spaces and punctuation."""
    possible = list(dict.fromkeys(field.words for kind in KINDS for field in kind.fields))
    names = [field.name for kind in KINDS for field in kind.fields]
    found = {}
    for pair in given:
        heading, sign, name = pair.rpartition("=")
        if not sign or not heading.strip():
            raise Unreadable(f'--map “{pair}” is not HEADING=FIELD, such as --map "Ident=employee number".')
        if _bare(name) not in {_bare(known) for known in (*possible, *names)}:
            raise Unreadable(f"--map “{pair}”: “{name.strip()}” is no field. It can be: {', '.join(possible)}.")
        found[_bare(heading)] = _bare(name)
    return found


def mappings(tables: Sequence[UnmappedTable], said: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """How the columns of those tables are to be read that have a heading something was said of, by heading row."""
    found = {}
    for table in tables:
        of_table = {heading: said[_bare(heading)] for heading in table.headings if _bare(heading) in said}
        readings = [reading for kind in KINDS if (reading := _as_kind(kind, table, of_table))]
        if of_table and readings:
            found[table.fingerprint] = max(readings, key=lambda reading: _likeliness(reading, table))
    return found


def _as_kind(kind: Kind, table: UnmappedTable, said: Mapping[str, str]) -> dict[str, str] | None:
    """The table read as one kind: its recognised headings and what was said; None where the kind has no such field."""
    names = {_bare(word): field.name for field in kind.fields for word in (field.words, field.name)}
    if any(field not in names for field in said.values()):
        return None
    given = {heading: names[field] for heading, field in said.items()}
    recognised = {table.headings[column]: name for name, column in columns_as(kind, table.headings).fields.items()}
    kept = {
        heading: name for heading, name in recognised.items() if heading not in given and name not in given.values()
    }
    return {"kind": kind.name, **kept, **given}


def _likeliness(reading: Mapping[str, str], table: UnmappedTable) -> tuple[bool, bool, int]:
    kind = next(kind for kind in KINDS if kind.name == reading["kind"])
    fields = set(reading.values())
    return all(fields & set(group) for group in kind.needs), kind.name == table.likely_kind, len(fields)


def _one_of(given: str, possible: Sequence[str], problem: str) -> str:
    known = {_bare(word): word for word in possible}
    found = known.get(_bare(given))
    if found is None:
        raise Unreadable(f"{problem}. It can be: {', '.join(possible)}.")
    return found


def _bare(word: str) -> str:
    """A word without its case, spaces and hyphens: "No show", "no-show" and "NOSHOW" are one."""
    return re.sub(r"[\W_]+", "", word).casefold() or word.strip()
