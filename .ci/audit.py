"""Holds every pinned package against the published advisories, and says so where it could not: make audit.

Ends with 0 where all were looked up and none is known to be faulty, 1 where one is, and 2 where any could not be looked
up: not being able to ask is no good news.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

PINNED = Path(__file__).parents[1] / "constraints.txt"
_ASKED = ("--no-deps", "--disable-pip", "--format", "json", "--progress-spinner", "off", "--timeout", "20")


def verdict(report: dict[str, Any]) -> tuple[str, int]:
    """What pip-audit's report comes to, in words, and how the command ends."""
    known = report.get("dependencies", [])
    asked = [one for one in known if "skip_reason" not in one]
    faulty = [one for one in asked if one.get("vulns")]
    lines = [
        f"{one['name']} {one['version']}: {fault['id']}, mended in {', '.join(fault['fix_versions']) or 'none yet'}."
        for one in faulty
        for fault in one["vulns"]
    ]
    if len(asked) < len(known) or not known:
        lines.append(
            f"{len(known) - len(asked)} of {len(known)} packages could not be looked up: no advisory source that knows "
            "them could be reached from here. They were not audited. Run this where pypi.org can be reached."
        )
    if faulty:
        return "\n".join(lines), 1
    return ("\n".join(lines), 2) if lines else (f"Packages looked up: {len(known)}. None has a known fault.", 0)


def main() -> int:
    command = [sys.executable, "-m", "pip_audit", "--requirement", str(PINNED), *_ASKED]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        words, code = verdict(json.loads(done.stdout))
    except ValueError:  # it ended before it had a report to give
        words, code = verdict({})
    print(words)
    return code


if __name__ == "__main__":
    sys.exit(main())
