"""A figure's statuses in words, the same on every page and paper: now and where it is likely to end stand apart, and
beside what a person says always what the rule comes to."""

from typing import NamedTuple

from sos_tracker.records.figures import Figure, GivenStatus, Rating
from sos_tracker.records.palette import RATING_MARKS
from sos_tracker.records.periods import day


class Told(NamedTuple):
    """One status: ``name`` which it is ("Now"), ``word`` what is said, ``why`` the sentence behind it."""

    name: str
    rating: Rating
    word: str
    why: str


NOW, BY_RULE = "Now", "Now, by its rule"
FORECAST, BY_RECKONING = "Forecast", "Forecast, as reckoned"
ORIGINAL, FINAL = "Against the first target", "Against the final target"


def word(figure: Figure) -> str:
    """What the figure is shown as; without recent data since when."""
    return RATING_MARKS[figure.status].word if figure.given else by_rule(figure)


def by_rule(figure: Figure) -> str:
    """What its rule comes to."""
    if figure.rating is Rating.STALE and figure.data_to:
        return f"No data since {figure.data_to:%B %Y}"
    return RATING_MARKS[figure.rating].word


def statuses(figure: Figure) -> tuple[Told, ...]:
    """Each status of the figure, that of now first."""
    found = []
    if figure.given:
        found.append(_given(NOW, figure.given))
    found.append(Told(BY_RULE if figure.given else NOW, figure.rating, by_rule(figure), figure.rating_reason))
    if figure.given_forecast:
        found.append(_given(FORECAST, figure.given_forecast))
    for name, status in (
        (BY_RECKONING if figure.given_forecast else FORECAST, figure.forecast),
        (ORIGINAL, figure.revision.status if figure.revision else None),
        (FINAL, figure.against_final),
    ):
        if status:
            found.append(Told(name, status.rating, RATING_MARKS[status.rating].word, status.reason))
    return tuple(found)


def given_by(given: GivenStatus) -> str:
    """``Jane Smith says on track, until 30 June 2018: the two courses are booked.``"""
    said = RATING_MARKS[given.rating].word.lower()
    why = f": {given.reason.rstrip('.')}" if given.reason else ""
    return f"{given.made_by} says {said}, until {day(given.expires_on)}{why}."


def given_in_words(figure: Figure) -> str:
    """What a person says of the figure and what its rule comes to, in one sentence; "" where nobody says anything."""
    if figure.given is None:
        return ""
    return f"{given_by(figure.given)} By its rule it is: {by_rule(figure)[0].lower()}{by_rule(figure)[1:]}."


def _given(name: str, given: GivenStatus) -> Told:
    return Told(name, given.rating, RATING_MARKS[given.rating].word, given_by(given))
