"""Headings one word off a listed one: "Name of the team", "Service area / Team", "5 day course completed (Y/N)".

A column is read so only where nothing better has its field, where every word of its heading is a word of that
field's own listed headings, and where no second column or field could be meant. What is read so is told.
"""

import re
from collections.abc import Collection, Sequence
from functools import cache

from sos_tracker.intake.fields import Field, Kind
from sos_tracker.intake.kinds import LEADS, MILESTONES, STAFF

_SAYS_LITTLE = frozenset({
    "a", "an", "and", "any", "are", "authority",
    "been", "by", "council", "for", "full", "gbp", "has", "have", "if", "in", "is", "n", "of",
    "on", "or", "our", "per", "please", "s", "safety", "signs", "sos", "state", "the", "their", "there", "this", "was",
    "which", "who", "whose", "with", "y",
})  # fmt: skip
_SAYS_OTHERWISE = frozenset({"birth", "former", "manager", "not", "previous", "supervisor", "tax", "time", "un", "vat"})
_SUBJECT = {
    LEADS.name: frozenset({"practice", "lead", "champion", "post", "role"}),
    STAFF.name: frozenset({"employee", "staff", "person", "employment", "contract", "post"}),
    MILESTONES.name: frozenset({"milestone", "task", "action"}),
}
"""What all of a table is about, and its headings may repeat: "Champion until" among practice leads."""
_ENDING = re.compile(r"(?:ings?|ed|ees?|es|[es])$")


@cache
def _stem(word: str) -> str:
    shorter = _ENDING.sub("", word)
    return shorter if len(shorter) > 2 else word


@cache
def _stems(words: str) -> frozenset[str]:
    return frozenset(_stem(word) for word in words.split() if word not in _SAYS_LITTLE)


@cache
def _listed(field: Field) -> tuple[frozenset[frozenset[str]], frozenset[str]]:
    """(the words of each listed heading of a field, all of those words)."""
    aliases = frozenset(_stems(alias) for alias in field.aliases) - {frozenset()}
    return aliases, frozenset(word for alias in aliases for word in alias)


def _means(heading: str, kind: Kind, field: Field) -> int:
    """How many words of a heading, normalised, one listed heading of the field covers; 0 where it is not meant."""
    if _SAYS_OTHERWISE & set(heading.split()):
        return 0
    words = _stems(heading)
    aliases, known = _listed(field)
    subject = {_stem(word) for word in _SUBJECT.get(kind.name, ())}
    return max((len(alias) for alias in aliases if alias <= words), default=0) if words <= known | subject else 0


def loosely(kind: Kind, headings: Sequence[str], taken: Collection[int], held: Collection[str]) -> dict[str, int]:
    """Field -> column for columns not taken and fields not held, where exactly one reading is the best."""
    claims = [
        (covered, column, field.name)
        for column, heading in enumerate(headings)
        if heading and column not in taken
        for field in kind.fields
        if field.name not in held and (covered := _means(heading, kind, field))
    ]
    found: dict[str, int] = {}
    for covered, column, name in claims:
        rivals = [claim for claim in claims if claim[1] == column or claim[2] == name]
        if [claim for claim in rivals if claim[0] >= covered] == [(covered, column, name)]:
            found[name] = column
    return found
