"""Something that asks for a decision, before it has its rank among the others."""

from typing import NamedTuple


class Found(NamedTuple):
    """What there is, why it matters, the figure that tells of it, and the decision it asks for."""

    sentence: str
    why: str
    code: str
    decision: str


def team_name(team: str) -> str:
    """``Legal Services`` for ``Legal Services / Legal Services``: a partner agency is its own one team."""
    agency, _, name = team.partition(" / ")
    return agency if agency == name else f"{name} ({agency})"
