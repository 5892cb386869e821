"""How many figures are rated, of how many, and how they stand: counted from the statuses they are shown with."""

from collections.abc import Iterable
from dataclasses import dataclass

from sos_tracker.records.figures import Rating
from sos_tracker.records.labels import listed
from sos_tracker.records.money import percent

GOOD = frozenset({Rating.COMPLETE, Rating.ON_TRACK})
RATED = (*GOOD, Rating.SLIGHTLY_BEHIND, Rating.BEHIND)


@dataclass(frozen=True)
class Tally:
    """``good``: complete or on track; the others of ``of`` have no rating, and are in no percentage."""

    good: int
    slightly_behind: int
    behind: int
    of: int

    @property
    def rated(self) -> int:
        return self.good + self.slightly_behind + self.behind

    @property
    def sentence(self) -> str:
        """``46 of 50 figures are rated: 38 complete or on track (83%), 2 slightly behind (4%) and 6 behind (13%).``"""
        if not self.rated:
            return f"None of {self.of:,} figures is rated." if self.of else "There are no figures to rate."
        parts = (
            (self.good, "complete or on track"),
            (self.slightly_behind, "slightly behind"),
            (self.behind, "behind"),
        )
        said = listed(f"{number:,} {words} ({percent(number, self.rated)})" for number, words in parts if number)
        return f"{self.rated:,} of {self.of:,} figures {'is' if self.rated == 1 else 'are'} rated: {said}."


def tally(ratings: Iterable[Rating]) -> Tally:
    """The statuses counted; one a figure."""
    found = list(ratings)
    good = sum(rating in GOOD for rating in found)
    return Tally(good, found.count(Rating.SLIGHTLY_BEHIND), found.count(Rating.BEHIND), len(found))
