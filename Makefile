# SoS Tracker.  make run: the app with the example programme on http://localhost:8501.  make test: everything.
# Needs Python 3.11 to 3.14 and make; everything else goes into .venv.  PYTHON=… chooses another Python, PORT=… a port.

SHELL := /bin/sh
SUPPORTED := import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	command -v $$p >/dev/null 2>&1 && $$p -c '$(SUPPORTED)' 2>/dev/null && { echo $$p; break; }; done)
PORT ?= 8501
JOBS ?= 2
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input install --quiet -c constraints.txt

.DEFAULT_GOAL := help
.PHONY: help setup dev run test lint format audit soak bench pictures clean

help:
	@echo "make run       the app with the example programme, on http://localhost:$(PORT)"
	@echo "make test      lint, types and every test (real Chromium and PostgreSQL included)"
	@echo "make setup     .venv alone"
	@echo "make lint      ruff and mypy"
	@echo "make format    ruff's formatting, applied"
	@echo "make audit     every pinned package held against published advisories, where they can be reached"
	@echo "make soak      the slow tests: crashes, load, every attack on every page"
	@echo "make bench     the benchmarks: ratios, measured in one run"
	@echo "make pictures  the pictures of the README, taken anew"
	@echo "make clean     remove .venv and the caches; the database stays"

$(VENV)/.made:
	@test -n "$(PYTHON)" || { echo "Python 3.11, 3.12, 3.13 or 3.14 was not found. Install one, or name it: make PYTHON=/path/to/python3.11 …"; exit 1; }
	@$(PYTHON) -c '$(SUPPORTED)' || { echo "$(PYTHON) is not Python 3.11, 3.12, 3.13 or 3.14. Name one that is: make PYTHON=/path/to/python3.11 …"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.runtime: $(VENV)/.made pyproject.toml constraints.txt
	$(PIP) -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.runtime
	$(PIP) -e ".[dev]"
	@touch $@

setup: $(VENV)/.runtime

dev: $(VENV)/.dev

run: setup
	$(BIN)/sos-tracker init
	@test "$$($(BIN)/sos-tracker programme list --json)" != "[]" || $(BIN)/sos-tracker demo
	$(BIN)/sos-tracker run --port $(PORT)

lint: dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

audit: dev
	@$(BIN)/python .ci/audit.py

test: lint
	$(BIN)/pytest -n $(JOBS) --dist worksteal

soak: dev
	$(BIN)/pytest -m soak

bench: dev
	@for b in $(filter-out benchmarks/generate.py benchmarks/programmes.py benchmarks/timing.py,$(wildcard benchmarks/*.py)); do echo "== $$b"; $(BIN)/python $$b || exit 1; done

pictures: dev
	MAKE_PICTURES=1 $(BIN)/pytest tests/browser/test_pictures.py

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist *.egg-info
