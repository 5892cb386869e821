"""How the benchmarks time what they time."""

import statistics
from collections.abc import Callable


def measure(task: Callable[[], object], runs: int, clock: Callable[[], float]) -> float:
    """The median in ms."""
    task()
    took = []
    for _ in range(runs):
        start = clock()
        task()
        took.append(clock() - start)
    return statistics.median(took) * 1000
