"""What a page's data cost with ten thousand, a hundred thousand and a million attendances, and what the size costs.

Prints medians and ratios of one run; the goals are the issue's: every page's data under 50 ms with 100,000 attendances,
and with 1,000,000 at most twice that. The as-at date is in the
middle of a month, where counts alone do not do; nothing is cached.

    python -m benchmarks.pages_data [--sizes 10000 100000 1000000] [--runs 9] [--cpu] [--url postgresql://...]
"""

import argparse
import gc
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from generate import AGENCIES, fill
from timing import measure

from sos_tracker.measures import catalogue
from sos_tracker.records.training import CourseLevel, Outcome
from sos_tracker.store import Store


def tasks(store: Store, code: str, on: date) -> dict[str, Callable[[], object]]:
    """What pages ask for, by name: the frames every page reckons from, the figures, and each drill-down's worst."""
    frames = store.frames(code, on)
    police = AGENCIES[3]
    return {
        "frames": lambda: store.frames(code, on),
        "figures": lambda: catalogue.figures(frames, on),
        "frames + figures": lambda: catalogue.figures(store.frames(code, on), on),
        "attendance rows": lambda: store.attendance_rows(code, on),
        "attendance rows, one level": lambda: store.attendance_rows(code, on, level=CourseLevel.ADVANCED, came=True),
        "attendance rows, one team": lambda: store.attendance_rows(code, on, agency=police, team="Team 3"),
        "attendance rows, rare": lambda: store.attendance_rows(
            code, on, agency=police, level=CourseLevel.TRAINER_COURSE, outcome=Outcome.WALK_IN
        ),
        "attendance rows, far back": lambda: store.attendance_rows(code, on, offset=9_000),
        "first trained rows": lambda: store.first_trained_rows(code, on, agency=police),
        "staff rows": lambda: store.staff_rows(code, on, trained=False),
        "session rows": lambda: store.session_rows(code, on),
        "headcount rows": lambda: store.headcount_rows(code, on),
        "ledger rows": lambda: store.ledger_rows(code, on),
    }


def run(url: str, size: int, runs: int, clock: Callable[[], float]) -> dict[str, float]:
    store = Store.open(url)
    store.migrate()
    on = fill(store.engine, f"BIG-{size}", attendances=size)
    gc.collect()
    gc.freeze()  # as the application does after its warm-up
    found = {name: measure(task, runs, clock) for name, task in tasks(store, f"BIG-{size}", on).items()}
    store.close()
    return found


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    asked.add_argument("--runs", type=int, default=9)
    asked.add_argument("--url", help="an empty database; SQLite in a temporary folder unless told")
    asked.add_argument("--cpu", action="store_true", help="time on the processor, where the computer is busy")
    options = asked.parse_args()
    clock = time.process_time if options.cpu else time.perf_counter
    with tempfile.TemporaryDirectory() as folder:
        found = {}
        for size in options.sizes:
            url = options.url or f"sqlite:///{Path(folder, f'{size}.db').as_posix()}"
            found[size] = run(url, size, options.runs, clock)
    sizes = options.sizes
    lines = ["ms".ljust(30) + "".join(f"{size:>12,}" for size in sizes) + f"{'last / one before':>20}"]
    for name in found[sizes[0]]:
        took = [found[size][name] for size in sizes]
        ratio = f"{took[-1] / took[-2]:.1f}" if len(took) > 1 else ""
        lines.append(name.ljust(30) + "".join(f"{ms:>12.1f}" for ms in took) + f"{ratio:>20}")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
