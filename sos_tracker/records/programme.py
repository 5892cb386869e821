"""The programme a council implements; every record belongs to exactly one."""

from datetime import date
from typing import ClassVar

from pydantic import field_validator

from sos_tracker.records.record import Name, Record, Reference, Text
from sos_tracker.records.training import CourseLevel


class Programme(Record):
    """One authority's programme and the settings its figures depend on.

    ``trained_levels``: the course levels that make a person "trained" (the programme's own rule).
    ``notice``: a sentence shown with every figure, such as that the data are illustrative.
    ``usual_as_at``: the date figures are shown for until another is chosen; None is today.
    ``public_papers``: whether anybody may read its published papers without signing in.
    """

    kind: ClassVar[str] = "programme"
    key_fields: ClassVar[tuple[str, ...]] = ("code",)

    code: Reference
    name: Name
    authority: Name
    trained_levels: tuple[CourseLevel, ...] = (CourseLevel.INTRODUCTION, CourseLevel.ADVANCED)
    notice: Text = ""
    usual_as_at: date | None = None
    public_papers: bool = False

    @field_validator("code")
    @classmethod
    def _code_is_a_word(cls, code: str) -> str:
        if not code.replace("-", "").replace("_", "").isalnum() or not code.isascii():
            raise ValueError("A programme's code is letters, digits, - and _ only, such as CE-SOS.")
        return code.upper()
