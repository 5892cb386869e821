"""Spellings of agencies and teams that were merged: a file that still has the old one is read as the new."""

from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from sos_tracker.intake.spelling import spelling_key


class MergedNames:
    """``spellings``: (agency, or "" of an agency itself; spelling) -> the name it was merged into."""

    def __init__(self, spellings: Mapping[tuple[str, str], str]) -> None:
        self._agencies = {spelling_key(name): means for (agency, name), means in spellings.items() if not agency}
        self._teams = {
            (spelling_key(agency), spelling_key(name)): means for (agency, name), means in spellings.items() if agency
        }
        self._agencies_of = defaultdict[str, set[str]](set)
        for agency, name in spellings:
            if agency:
                self._agencies_of[spelling_key(name)].add(agency)
        self.of = cache(self._of)

    def __bool__(self) -> bool:
        return bool(self._agencies or self._teams)

    def agency_of(self, team: str) -> str:
        """The agency of a team's merged spelling; "" where none or several have one."""
        agencies = self._agencies_of.get(spelling_key(team), set())
        return next(iter(agencies)) if len(agencies) == 1 else ""

    def _of(self, agency: str, team: str) -> tuple[str, str]:
        """Agency and team as they are called now; a team that goes by its agency's name follows it."""
        named = self._agencies.get(spelling_key(agency), agency)
        if named != agency and spelling_key(team) == spelling_key(agency):
            team = named
        of_agency = named or self.agency_of(team)
        return named, self._teams.get((spelling_key(of_agency), spelling_key(team)), team)
