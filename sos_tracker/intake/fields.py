"""What a kind of source is made of: fields, the headings that mean them, and what tells one kind from another."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Field:
    """One thing a column may hold. ``aliases`` are headings that mean it, best first."""

    name: str
    words: str
    aliases: tuple[str, ...]


@dataclass(frozen=True)
class Kind:
    """One kind of source. Each group of ``needs`` is met by any one of its fields."""

    name: str
    fields: tuple[Field, ...]
    needs: tuple[tuple[str, ...], ...]
    helps: frozenset[str] = frozenset()
    """At least one of these must stand beside the needed ones (none: not asked)."""
    says: tuple[frozenset[str], ...] = ()
    """The words of at least one of these groups stand in the headings (none: not asked)."""
    gives_way: bool = False
    """Where another kind fits equally well, a table is of that one."""

    def words_for(self, name: str) -> str:
        """The field's name in words, for sentences and the mapping page."""
        return next((known.words for known in self.fields if known.name == name), name)


def field_of(name: str, words: str, aliases: str) -> Field:
    return Field(name, words, tuple(aliases.split("|")))


# fmt: off

AGENCY = field_of("agency", "agency, service or directorate",
    "agency|partner agency|service|service area|directorate|organisation|organization|department|"
    "organisation name|agency name|service name|partner|partner organisation|employing agency|employer|"
    "directorate name|dept|agency service|agency organisation|organisation agency|service agency|"
    "business area|division|area of service|sector|group agency|delegate organisation|delegate agency|"
    "company|agency partner|partner name|agency or service|service or agency|service directorate|"
    "directorate service|department name|home organisation|area|function|cluster|portfolio|business group|org unit"
)
TEAM = field_of("team", "team",
    "team|team name|unit|team unit|unit name|section|cost centre name|team service|service team|office|"
    "locality team|team area|work team|team description|current team|business unit|sub team|locality|"
    "place of work|school|team school|base"
)
# fmt: on
