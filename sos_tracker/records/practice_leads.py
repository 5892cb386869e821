"""Practice leads: the champion's post in each team and partner agency."""

from datetime import date
from typing import ClassVar

from pydantic import model_validator

from sos_tracker.records.people import PersonKeys
from sos_tracker.records.record import Name, Record


class PracticeLeadPost(Record):
    """One holding of a team's practice-lead post, or its vacancy.

    ``filled`` False is a line that says the post is vacant. ``trained`` is None where the list does not say.
    ``holding`` numbers the holdings of one team that start on one day (0 unless there are several).
    """

    kind: ClassVar[str] = "practice-lead post"
    key_fields: ClassVar[tuple[str, ...]] = ("agency", "team", "starts_on", "holding")

    agency: Name
    team: Name
    filled: bool
    starts_on: date | None = None
    ends_on: date | None = None
    trained: bool | None = None
    person: PersonKeys | None = None
    holding: int = 0

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> "PracticeLeadPost":
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValueError("The post ends before it starts.")
        return self
