"""Floor 4: the command line, ``sos-tracker``. Exit 0 done, 1 refused (nothing stored), 2 used wrongly.

``commands`` are the doors, ``words`` what a person types read into what actions take, ``output`` what is printed.
Libraries are imported inside the commands that need them, so that ``--help`` is quick.
"""

import sys
from io import TextIOWrapper

from sos_tracker.cli.commands import app

__all__ = ["app", "main"]


def main() -> None:
    """The console script. Output is UTF-8 whatever the code page, and a sign it cannot carry never stops a command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    app()
