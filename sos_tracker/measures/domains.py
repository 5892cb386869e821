"""The programme's domains, each with the figures that tell of it: the four of the method, or a council's own."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sos_tracker.records.embedding import ProgrammeDomain
from sos_tracker.records.figures import Figure, Rating

_ORDER = (Rating.BEHIND, Rating.SLIGHTLY_BEHIND, Rating.ON_TRACK, Rating.COMPLETE)


class DomainStanding(NamedTuple):
    """A domain, its figures in its own order, and its codes that are no figure of the tracker."""

    domain: ProgrammeDomain
    figures: tuple[Figure, ...]
    unknown: tuple[str, ...]

    @property
    def rated(self) -> tuple[Rating, ...]:
        """The ratings of its figures that are rated against a target, the worst first."""
        return tuple(sorted((one.rating for one in self.figures if one.rating in _ORDER), key=_ORDER.index))


def domain_standings(domains: Sequence[ProgrammeDomain], figures: Mapping[str, Figure]) -> tuple[DomainStanding, ...]:
    """The domains by their place, then by name."""
    return tuple(
        DomainStanding(
            domain,
            tuple(figures[code] for code in domain.measures if code in figures),
            tuple(code for code in domain.measures if code not in figures),
        )
        for domain in sorted(domains, key=lambda one: (one.place, one.name.casefold()))
    )
