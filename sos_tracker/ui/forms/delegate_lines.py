"""Delegates pasted from a list or a spreadsheet: each line read as a register's row is, or refused in a sentence."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pydantic import ValidationError

from sos_tracker.intake import Known
from sos_tracker.intake.cells import Fault, email_address, employee_number, optional_text, text
from sos_tracker.intake.gathering import Spellings
from sos_tracker.intake.headings import recognise
from sos_tracker.intake.kinds import REGISTER
from sos_tracker.intake.vocabulary import Vocabulary
from sos_tracker.records.people import PersonKeyer, PersonKeys
from sos_tracker.records.sentences import sentence
from sos_tracker.records.training import Attendance, Outcome

_LONGEST = 2_000
_IN_ORDER = ("person", "agency", "team", "role", "outcome")


@dataclass(frozen=True)
class LineRefused:
    """``number``: of the line among all that were pasted, from 1."""

    number: int
    sentence: str


@dataclass(frozen=True)
class Delegate:
    number: int
    attendance: Attendance


@dataclass(frozen=True)
class Usual:
    """What holds for lines that do not say it, and whether agencies and teams nobody has heard of are right."""

    session: str
    agency: str = ""
    outcome: str | None = None
    new_names: bool = False


class Lines:
    """What was pasted, read once. ``delegates`` in the order of their lines; ``heading`` is the line of headings."""

    def __init__(self, pasted: str, usual: Usual, keyer: PersonKeyer, known: Known) -> None:
        self.delegates: list[Delegate] = []
        self.refused: list[LineRefused] = []
        self.heading: int | None = None
        self._lines = pasted.splitlines()
        self._usual, self._keyer, self._known = usual, keyer, known
        self._vocabulary = Vocabulary(known.meanings)
        self._agencies = known.agencies
        self._teams = tuple({team for _, team in known.teams if team})
        order: Mapping[str, int] = {name: place for place, name in enumerate(_IN_ORDER)}
        for number, line in enumerate(self._lines, start=1):
            if len(line) > _LONGEST:
                self.refused.append(LineRefused(number, f"The line is longer than {_LONGEST:,} characters."))
                continue
            cells = _cells(line)
            if not any(cells):
                continue
            named = _as_headings(cells) if not self.delegates and not self.refused and self.heading is None else None
            if named is not None:
                self.heading, order = number, named
                continue
            made = self._attendance(cells, order)
            if isinstance(made, str):
                self.refused.append(LineRefused(number, made))
            else:
                self.delegates.append(Delegate(number, made))
        self._refuse_the_same_twice()

    def refuse(self, delegate: Delegate, why: str) -> None:
        self.delegates.remove(delegate)
        self.refused.append(LineRefused(delegate.number, why))
        self.refused.sort(key=lambda one: one.number)

    def left(self) -> tuple[str, list[LineRefused]]:
        """The lines refused, under their headings, as they stay in the box; the refusals numbered as they are there."""
        above = [self._lines[self.heading - 1]] if self.heading is not None else []
        lines = [*above, *(self._lines[one.number - 1] for one in self.refused)]
        numbered = [LineRefused(place, one.sentence) for place, one in enumerate(self.refused, start=1 + len(above))]
        return "\n".join(lines), numbered

    def _attendance(self, cells: Sequence[str], order: Mapping[str, int]) -> Attendance | str:
        """The delegate of one line, or what is wrong with it."""
        said = {name: cells[place] if place < len(cells) else "" for name, place in order.items()}
        if order.get("person") == 0 and 1 < len(cells) < len(_IN_ORDER) and self._is_outcome(cells[-1]):
            said[_IN_ORDER[len(cells) - 1]], said["outcome"] = "", cells[-1]
        person = self._person(said)
        if isinstance(person, str):
            return person
        agency = _as_known(optional_text(said.get("agency", "")) or self._usual.agency, self._agencies)
        if not agency:
            return "No agency is given. Add it after the number, or say which agency they are of."
        team = _as_known(optional_text(said.get("team", "")), self._teams)
        if not self._usual.new_names:
            for what, name, names in (("agency", agency, self._agencies), ("team", team, self._teams)):
                if name and names and name not in names:
                    return f"“{name}” is no {what} of this programme yet. Mend it, or tick that new ones are right."
        outcome = self._outcome(said.get("outcome", ""))
        if isinstance(outcome, Fault):
            return f"{outcome.problem} {outcome.remedy}"
        try:
            return Attendance(
                session=self._usual.session, person=person, agency=agency, team=team, outcome=outcome,
                job_role=optional_text(said.get("role", "")),
            )  # fmt: skip
        except ValidationError as faults:
            return " ".join(sentence(fault) for fault in faults.errors())

    def _person(self, said: Mapping[str, str]) -> PersonKeys | str:
        """The keys of whoever the line names; what was typed goes no further."""
        named = said.get("person", "")
        number = employee_number(said.get("number", "") or ("" if "@" in named else named))
        address = email_address(said.get("email", "") or (named if "@" in named else ""))
        if isinstance(address, Fault):
            return "The e-mail address is not one. Mend it, or give the employee number."
        if number is None and address is None:
            return "The line names nobody. Begin it with the employee number or the e-mail address."
        if number is not None and " " in text(said.get("number", "") or named):
            return "An employee number has no spaces. Put a tab, a comma or a semicolon after it."
        return self._keyer.keys(number, address)

    def _is_outcome(self, cell: str) -> bool:
        return bool(cell) and not isinstance(Vocabulary(self._known.meanings).outcome(cell), Fault)

    def _outcome(self, cell: str) -> Outcome | Fault:
        if not cell.strip():
            if self._usual.outcome is None:
                return Fault("What became of the place is not said.", "Add it to the line, or choose it for all.", "")
            return Outcome(self._usual.outcome)
        found = self._vocabulary.outcome(cell)
        if isinstance(found, Outcome):
            return found
        words = ", ".join(outcome.value for outcome in Outcome)
        return Fault(f"“{text(cell)}” is not an outcome the tracker knows.", f"Write one of: {words}.", "")

    def _refuse_the_same_twice(self) -> None:
        first: dict[str, int] = {}
        for delegate in list(self.delegates):
            keys = [key for key in delegate.attendance.person if key]
            same = next((first[key] for key in keys if key in first), None)
            if same is not None:
                self.refuse(delegate, f"This is the same person as line {same}.")
            else:
                first |= dict.fromkeys(keys, delegate.number)


def _as_known(name: str, known: Sequence[str]) -> str:
    """The spelling the programme has for a name, else as it was typed."""
    spellings = Spellings(tuple(known))
    spellings.see([name])
    return spellings.chosen()[name] if name else ""


def _cells(line: str) -> list[str]:
    """Columns of a spreadsheet are parted by tabs; of a typed line by semicolons, else commas."""
    between = next((sign for sign in "\t;" if sign in line), ",")
    return [cell.strip() for cell in next(csv.reader([line], delimiter=between, skipinitialspace=True), [])]


def _as_headings(cells: Sequence[str]) -> dict[str, int] | None:
    """Which column holds what, where the line is one of headings."""
    readings = recognise(tuple(cells))[1]
    fields = next((dict(reading.fields) for reading in readings if reading.kind is REGISTER), {})
    if not fields.keys() & {"number", "email"} or any("@" in cell or cell.isdigit() for cell in cells):
        return None
    return {"outcome": fields.get("booking", len(cells)), **fields}
