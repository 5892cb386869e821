"""Names as the programme spells them already, so that one team does not become two."""

from collections.abc import Callable

from sos_tracker.intake.gathering import Spellings
from sos_tracker.records.access import Actor
from sos_tracker.ui import cached


def spelled(actor: Actor, which: str) -> Callable[[str], str]:
    """Reads a name as the programme spells it already, else as typed; ``which``: "agencies" or "teams"."""

    def read(typed: str) -> str:
        known = cached.store().known(actor.programme)[which]
        names = tuple({name[1] for name in known if name[1]}) if which == "teams" else tuple(known)
        spellings = Spellings(names)
        spellings.see([typed.strip()])
        return spellings.chosen()[typed.strip()] if typed.strip() else ""

    return read
