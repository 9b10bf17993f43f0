# Needs Python 3.11 to 3.13 with venv, and make; everything else comes with the targets.
VENV ?= .venv
FIT := import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info < (3, 14))
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c '$(FIT)' 2>/dev/null && echo $$p && break; done)
ATLAS ?= atlas
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt

.PHONY: demo test lint check clean help

help:
	@echo "make demo   build a graph from the sample page and look at it"
	@echo "make test   install what the tests need, then lint, types and tests"
	@echo "make lint   ruff and mypy alone"
	@echo "make clean  remove what demo and the tests left behind"

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "No Python 3.11 to 3.13 with venv found: sudo apt install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.demo: pyproject.toml constraints.txt | $(BIN)/python
	$(INSTALL) --editable .
	@touch $@

$(VENV)/.dev: pyproject.toml constraints.txt | $(BIN)/python
	$(INSTALL) --editable '.[dev]'
	@touch $@ $(VENV)/.demo

demo: $(VENV)/.demo
	$(BIN)/kg build kg/sample/daily_papers.txt -o $(ATLAS)/
	$(BIN)/kg stats $(ATLAS)/
	$(BIN)/kg leaderboard $(ATLAS)/ --dataset ImageNet-1K
	@echo
	@echo "The graph is in $(ATLAS)/. Where to look next:"
	@echo "  $(BIN)/kg show $(ATLAS)/ TernaFormer"
	@echo "  $(BIN)/kg papers $(ATLAS)/"
	@echo "  $(BIN)/kg build PAGE.txt PAPERS.jsonl.gz -o my-atlas/"

test: lint
	$(BIN)/python -m pytest

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/mypy

clean:
	rm -rf $(ATLAS) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
