"""Which kind of file a table is, and which column holds what, told from its headings and nothing else."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from sos_tracker.intake.cells import Raw, parse_month, text
from sos_tracker.intake.fields import Field, Kind
from sos_tracker.intake.kinds import BUDGET, KINDS, NEVER_BESIDE
from sos_tracker.intake.loose_headings import loosely

_BRACKETS = re.compile(
    r"\((?:£|gbp|t|£ ?['’]?000s?|£k|£m|in £|pounds|inc vat|exc vat|net|dd/mm/yy(yy)?|y/?n|yes/?no|if known|"
    r"optional|required)\)",
    re.I,
)
_WORDS = {
    "number": "no", "num": "no", "nos": "no", "nr": "no", "identifier": "id", "organization": "organisation",
    "enrollment": "enrolment", "centre": "centre", "center": "centre", "percent": "%", "percentage": "%",
    "five": "5", "emailaddress": "email address", "employeeno": "employee no", "employeeid": "employee id",
    "staffno": "staff no", "staffid": "staff id", "payrollno": "payroll no", "employeenumber": "employee no",
    "jobtitle": "job title", "jobrole": "job role", "coursetitle": "course title", "coursename": "course name",
    "startdate": "start date", "enddate": "end date", "teamname": "team name", "costcode": "cost code",
    "postingdate": "posting date", "inscope": "in scope", "transactionno": "transaction no",
    "sessionref": "session ref", "sessionid": "session id", "courseid": "course id", "courseref": "course ref",
    "coursecode": "course code", "eventid": "event id", "workemail": "work email", "staffemail": "staff email",
    "suppliername": "supplier name", "paymentdate": "payment date", "baselinedate": "baseline date",
}  # fmt: skip


def normalised(heading: str) -> str:
    """A heading as aliases are written: small letters, no punctuation, "number" as "no", "e-mail" as "email"."""
    words = re.sub(r"([a-z])([A-Z][a-z])", r"\1 \2", " ".join(str(heading).split()))
    words = _BRACKETS.sub(" ", words.casefold().replace("&", " and ").replace("’", "'"))
    words = re.sub(r"\be[\s\-‑–]?mails?\b", "email", words)
    words = re.sub(r"£\s*'?0{3}s?|£k\b|£m\b", " ", words)
    bare = re.sub(r"[^\w%#]+", " ", words.replace("_", " "))
    said = " ".join(_WORDS.get(word, word) for word in bare.split())
    return said or ("amount" if "£" in str(heading) else "")


_ALIAS_RANKS: dict[str, list[tuple[Kind, Field, int]]] = {}
for _kind in KINDS:
    for _known in _kind.fields:
        for _rank, _alias in enumerate(_known.aliases):
            _ALIAS_RANKS.setdefault(normalised(_alias), []).append((_kind, _known, _rank))

_PROFILE_WORDS = re.compile(r"£\s*['’]?000s?|£[km]\b|\b(profiled?|budget|plan(ned)?|£|phased?)\b|\(£\)|[£:()]", re.I)


def month_heading(heading: Raw) -> tuple[int, int] | None:
    """(year, month) of a heading that names a month of a budget's profile; None for any other heading."""
    if isinstance(heading, str):
        heading = " ".join(_PROFILE_WORDS.sub(" ", heading).split()).strip(" -–:")
    month = parse_month(heading)
    return (month.year, month.month) if month else None


PENCE = 100


def per_unit(heading: str) -> int:
    """Pence in one unit of a money column: its heading may say £000 or £m."""
    words = heading.casefold().replace(" ", "").replace("’", "'")
    if re.search(r"£'?000|£k\b|\(000s?\)|'000s|£000s", words):
        return 100_000
    return 100_000_000 if re.search(r"£m\b|£million", words) else PENCE


@dataclass(frozen=True)
class Columns:
    """What the columns of one table hold: field -> column number; months -> column number."""

    kind: Kind
    fields: Mapping[str, int]
    months: Mapping[tuple[int, int], int] = field(default_factory=dict)
    doubtful: tuple[str, ...] = ()
    """Fields that two columns of the same heading claim."""
    loose: tuple[str, ...] = ()
    """Fields whose heading is not a listed one but says the same."""
    foreign: bool = False
    """A heading beside them never stands in a table of this kind, or none says what one of this kind does."""

    @property
    def missing(self) -> tuple[str, ...]:
        """The groups of needed fields that no column meets, in words."""
        have = set(self.fields) | ({"months"} if self.months else set())
        lacking = [
            " or ".join(dict.fromkeys(self.kind.words_for(name) for name in group))
            for group in self.kind.needs
            if not have & set(group)
        ]
        return tuple(lacking)

    @property
    def whole(self) -> bool:
        have = set(self.fields) | ({"months"} if self.months else set())
        return not self.missing and not self.foreign and (not self.kind.helps or bool(have & self.kind.helps))

    @property
    def score(self) -> int:
        return len(self.fields) - len(self.loose) + (2 if self.months else 0)


def heading_keys(headings: Sequence[Raw]) -> tuple[str, ...]:
    """Each heading told apart: a second "Class Code" is "Class Code (2)", one without words "Column J"."""
    seen: dict[str, int] = {}
    keys = []
    for number, heading in enumerate(headings):
        words = key = text(heading) or f"Column {column_letters(number)}"
        while key in seen:
            seen[words] += 1
            key = f"{words} ({seen[words]})"
        seen[key] = 1
        keys.append(key)
    return tuple(keys)


def column_letters(number: int) -> str:
    """A for 0, Z for 25, AA for 26."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def fingerprint(headings: Sequence[Raw]) -> str:
    """The mark of a heading row, by which its column mapping is remembered."""
    words = "|".join(normalised(text(heading)) for heading in headings).rstrip("|")
    return hashlib.sha256(words.encode()).hexdigest()[:16]


_QUALIFIERS = re.compile(
    r"^(?:(?:delegate|learner|attendee|participant|candidate|trainee|sos|signs of safety|current|home|their|the)s? )+"
)
_PARTS = re.compile(r"\s*(?:/|\bor\b|:|;|\s[-–]\s|\()\s*")


@lru_cache(maxsize=4096)
def _meanings(heading: str) -> tuple[tuple[Kind, Field, int], ...]:
    """The fields a heading may name, and how well: in its own words, else without "delegate", else by a part of it."""
    words = normalised(heading)
    if words in _ALIAS_RANKS:
        return tuple(_ALIAS_RANKS[words])
    parts = [normalised(part) for part in _PARTS.split(heading) if part.strip()]
    others = [_QUALIFIERS.sub("", words), *(parts if len(parts) > 1 else [])]
    found = [
        (kind, known, rank + penalty * _LESS)
        for penalty, other in enumerate(dict.fromkeys(others), start=1)
        for kind, known, rank in _ALIAS_RANKS.get(other, ())
    ]
    of_kind = {kind.name: {known.name for other, known, _ in found if other is kind} for kind, _, _ in found}
    return tuple((kind, known, rank + _LEAST * (len(of_kind[kind.name]) > 1)) for kind, known, rank in found)


_LESS = 100
_LEAST = 500
"""How much less a heading is worth whose parts name two fields: it takes what no heading of its own names."""
_ONLY_BESIDE = frozenset({"booking"})
"""Fields that take a column only when a better one has the field it would otherwise hold."""
_LAST = 1000


def columns_as(kind: Kind, headings: Sequence[Raw]) -> Columns:
    """The best reading of a heading row as one kind: each column holds one field at most, better aliases first."""
    months = _months(headings) if kind is BUDGET else {}
    claims: list[tuple[int, int, Field]] = []
    for column, heading in enumerate(headings):
        if column in months.values():
            continue
        for of_kind, known, rank in _meanings(text(heading)):
            if of_kind is kind:
                claims.append((rank + _LAST * (known.name in _ONLY_BESIDE), column, known))
    order = {known.name: place for place, known in enumerate(kind.fields)}
    claims.sort(key=lambda claim: (claim[0], order[claim[2].name], claim[1]))
    fields: dict[str, int] = {}
    ranks: dict[str, int] = {}
    doubtful = []
    for rank, column, known in claims:
        if column in fields.values():
            continue
        if known.name not in fields:
            fields[known.name], ranks[known.name] = column, rank
        elif rank == ranks[known.name]:
            doubtful.append(known.name)
    if kind is BUDGET and not months and "month" in fields and "profile" not in fields and "approved" in fields:
        fields["profile"] = fields.pop("approved")  # one month to a row: the amount is the month's
    words = [normalised(text(heading)) for heading in headings]
    taken = {*fields.values(), *months.values()}
    loose = loosely(kind, words, taken, fields)
    never = NEVER_BESIDE.get(kind.name, frozenset())
    foreign = any(said in never for column, said in enumerate(words) if column not in taken) or not _says(kind, words)
    return Columns(kind, fields | loose, months, tuple(dict.fromkeys(doubtful)), tuple(loose), foreign)


def _says(kind: Kind, headings: Sequence[str]) -> bool:
    said = {word for heading in headings for word in heading.split()}
    return not kind.says or any(group <= said for group in kind.says)


def _months(headings: Sequence[Raw]) -> dict[tuple[int, int], int]:
    found: dict[tuple[int, int], int] = {}
    for column, heading in enumerate(headings):
        month = month_heading(heading)
        if month is not None and month not in found:
            found[month] = column
    return found


def recognised_cells(headings: Sequence[Raw]) -> int:
    """How many cells of a row read as headings of some kind."""
    return sum(1 for cell in headings if isinstance(cell, str) and cell and len(cell) < 60 and _meanings(text(cell)))


def recognise(headings: Sequence[Raw]) -> tuple[Columns | None, list[Columns]]:
    """(the one kind a heading row fits best, or None where it fits none or two equally; all readings, best first)."""
    return _recognised(tuple((type(heading), heading) for heading in headings))


@lru_cache(maxsize=256)  # a heading row is looked at as such, as the top of a table, and once more for its columns
def _recognised(typed: tuple[tuple[type, Raw], ...]) -> tuple[Columns | None, list[Columns]]:
    """By type and value, since 1, 1.0 and True are alike to a cache and are not to a reader."""
    headings = [heading for _, heading in typed]
    readings = sorted((columns_as(kind, headings) for kind in KINDS), key=lambda reading: -reading.score)
    whole = [reading for reading in readings if reading.whole]
    whole = [reading for reading in whole if _exactly(reading)] or whole
    best = [reading for reading in whole if reading.score == whole[0].score]
    best = [reading for reading in best if not reading.kind.gives_way] or best
    return best[0] if len(best) == 1 else None, readings


def _exactly(reading: Columns) -> bool:
    """The kind's needs are met without the columns read loosely."""
    kept = {name: column for name, column in reading.fields.items() if name not in reading.loose}
    return replace(reading, fields=kept, loose=()).whole
