# Two commands set everything up: `make demo` and `make test`. `make` alone lists the rest.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready
PORT ?= 0

.DEFAULT_GOAL := help
MINUTES ?= 60
.PHONY: help setup demo serve test browser check bench fuzz lock docs clean

help:  ## List what can be made
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

setup: $(READY)  ## Build .venv with the locked dependencies and the project in it

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("GROSS needs Python 3.11 or newer; this is " + sys.version.split()[0] if sys.version_info < (3, 11) else 0)'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing the locked dependencies (about half a minute)"
	@awk '/^uv==/ {on = 1} on && /^[a-z]/ && !/^uv==/ {exit} on' requirements.lock > $(VENV)/uv.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(VENV)/uv.txt
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock \
	  || $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(READY)

demo: $(READY)  ## Serve the sample hospital; PORT=8000 to choose the port
	@$(BIN)/gross demo --port $(PORT)

serve: $(READY)  ## Serve your own home folder (GROSS_HOME)
	@$(BIN)/gross serve

test: $(READY)  ## Run every test, the browser's too
	@PYTHON=$(BIN)/python sh tests/browser/install.sh
	@$(BIN)/pytest -n 2 --dist worksteal

browser: $(READY)  ## Run the browser tests alone
	@PYTHON=$(BIN)/python sh tests/browser/install.sh
	@$(BIN)/pytest tests/browser

check: $(READY)  ## Format, lint, types, layers, house rules
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/pytest tests/house

bench: $(READY)  ## Measure quality and speed
	@$(BIN)/python -m benchmarks

fuzz: $(READY)  ## Fuzz the parsers of DOCX, HTML and headers, MINUTES=60 each
	@$(BIN)/python -m benchmarks.fuzz all $(MINUTES)

docs: $(READY)  ## Take the pictures of the documents from the running demo, write generated pages
	@$(BIN)/python docs/make.py

lock: $(READY)  ## Resolve the dependencies anew into requirements.lock
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-emit-find-links --no-header pyproject.toml --group dev --output-file requirements.lock

clean:  ## Remove what was built; your data in instance/ stays
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis build dist
