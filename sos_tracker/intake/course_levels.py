"""Which level a course is, told from its title."""

import re

from sos_tracker.records.training import CourseLevel


def plain(words: str) -> str:
    """Words without case, punctuation or doubled spaces, to compare by."""
    return " ".join(re.sub(r"[^\w%½&]+", " ", words.casefold().replace("_", " ")).split())


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns))


_NUMBER_WORDS = {"one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "half": "½", "0 5": "½", "1 2": "½"}
_DAYS = re.compile(r"(?<![\w.])(½|\d+)\s*-?\s*(?:days?|d)\b")
_NAMED_FIRST: tuple[tuple[CourseLevel, re.Pattern[str]], ...] = (
    (
        CourseLevel.TRAINER_COURSE,
        _any(
            r"train(ing)? (the|for|of) trainers?",
            r"\bt ?t ?t\b",
            r"\bt4t\b",
            r"\btrainers? (course|training|programme|development)",
        ),
    ),
    (
        CourseLevel.PRACTICE_LEAD_DAY,
        _any(
            r"practice (lead|leader|champion)",
            r"\bpl (dev|day|development)",
            r"\bpld\b",
            r"champions? (day|development)",
        ),
    ),
    (CourseLevel.E_LEARNING, _any(r"\be ?learn", r"\bon ?line module")),
    (
        CourseLevel.BRIEFING,
        _any(r"\bbriefings?\b", r"\bawareness\b", r"\btaster\b", r"lunch and learn", r"\boverview\b", "½ day"),
    ),
)
_NAMED_BY_DEPTH: tuple[tuple[CourseLevel, re.Pattern[str]], ...] = (
    (CourseLevel.ADVANCED, _any(r"\badv(anced?)?\b")),
    (CourseLevel.INTRODUCTION, _any(r"\bintro(duction|ductory)?s?\b", r"\bfoundations?\b", r"\bbasics?\b")),
)
_BY_LENGTH = {"2": CourseLevel.INTRODUCTION, "5": CourseLevel.ADVANCED, "½": CourseLevel.BRIEFING}


def level_of(title: str) -> CourseLevel | None:
    """The level a course title names, None where it names none, or two that contradict each other.

    First trainer course, practice-lead day, e-learning and briefing by their words, unless the title also gives the
    length of another level; then the length (half a day is a briefing, 2 days an introduction, 5 days advanced),
    which must agree with "introduction" or "advanced" where the title says either.
    """
    words = plain(title.replace("½", " ½ "))
    for word, digit in _NUMBER_WORDS.items():
        words = re.sub(rf"\b{word}\b(?= ?-?(day|d\b))", digit, words)
    if "refresher" in words or "follow up" in words:
        return None
    lengths = set(_DAYS.findall(words))
    depths = {level for level, pattern in _NAMED_BY_DEPTH if pattern.search(words)}
    by_length = {_BY_LENGTH.get(length) for length in lengths}
    first = next((level for level, pattern in _NAMED_FIRST if pattern.search(words)), None)
    if first is CourseLevel.TRAINER_COURSE:
        return first
    if first is not None and not by_length & {CourseLevel.INTRODUCTION, CourseLevel.ADVANCED}:
        return first
    if first is not None and by_length != depths:
        return None
    if len(lengths) > 1 or len(depths) > 1:
        return None
    if not lengths:
        return next(iter(depths), None)
    said = next(iter(by_length))
    return said if said is not None and depths <= {said} else None
