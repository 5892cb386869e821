"""What every record is: frozen, strict about its words, and known by a natural key."""

from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, ConfigDict, StringConstraints

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
Reference = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=4000)]


class Record(BaseModel):
    """One thing people count; two records with the same ``key`` are two versions of one thing."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: ClassVar[str]
    key_fields: ClassVar[tuple[str, ...]]

    @property
    def key(self) -> tuple[Any, ...]:
        return tuple(getattr(self, field) for field in self.key_fields)
