"""Processes of the slow tests: one is begun with everything imported, so that another costs milliseconds."""

from multiprocessing import get_context

PROCESSES = get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.soak.deeds", "tests.soak.writers"])
