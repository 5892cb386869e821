"""What is wrong with a file, as values with a place, a sentence and a remedy."""

from dataclasses import dataclass
from enum import StrEnum


class Weight(StrEnum):
    """REJECTED stops the import; QUESTION must be answered before it; NOTE is told and nothing more."""

    REJECTED = "rejected"
    QUESTION = "question"
    NOTE = "note"


@dataclass(frozen=True)
class Issue:
    """One thing to mend or confirm. ``cell`` is as a spreadsheet names it ("C17"), "" for a whole sheet or file.

    ``group``: a short stable word; issues of one group are shown together ("unknown status").
    ``word``: the value a meaning could be given to, where giving one would mend it (``--means "word=..."``).
    """

    weight: Weight
    file: str
    sheet: str
    cell: str
    value: str
    problem: str
    remedy: str
    group: str
    word: str = ""
