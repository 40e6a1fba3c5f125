# The two commands of the README, and the short ones a contributor uses. `make help` lists them.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

PYTHON ?= python3
SERVE ?= 1
PORT ?= 8501
BIN := .venv/bin

# None of the tools may report home.
export DO_NOT_TRACK := 1
export DAGSTER_DISABLE_TELEMETRY := 1
export GX_ANALYTICS_ENABLED := false
export STREAMLIT_BROWSER_GATHER_USAGE_STATS := false
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help demo test setup browser lint format lock clean

help: ## List the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 12

demo: setup ## Sample world through the whole pipeline, headline figures, dashboard on loopback (SERVE=0 stops after the table)
	$(BIN)/racklight demo $(if $(filter 0,$(SERVE)),--no-serve,--serve --port $(PORT))

test: setup browser lint ## Set up what tests need and run all of them
	$(BIN)/pytest -n 3 --dist loadfile --no-loadscope-reorder

setup: .venv/.ready ## Virtual environment with the locked requirements, nothing global

.venv/.ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed; $(PYTHON) is older. Try: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || { echo "Python cannot make a virtual environment here. Run: sudo apt-get install python3-venv"; exit 1; }
	@echo "Installing the locked requirements into .venv (about 1.3 GB, once)"
	$(BIN)/python -m pip install --quiet --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

browser: ## Chromium and a Chinese font for the browser tests, from the system's packages
	@bash .ci/system_packages

lint: setup ## Style of Python and SQL, and the import rules
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/sqlfluff lint --processes 2 dbt_project/models dbt_project/tests

format: setup ## Put Python and SQL into the project's style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/sqlfluff fix --processes 2 dbt_project/models dbt_project/tests

lock: setup ## Write requirements.lock anew from pyproject.toml
	$(BIN)/uv pip compile --quiet --generate-hashes --no-header --no-annotate --no-emit-index-url --group dev --output-file requirements.lock pyproject.toml

clean: ## Remove what the pipeline produced; the sample and the environment stay
	rm -rf data/landing data/pulling data/raw data/lake data/state data/warehouse data/published data/reports data/dagster data/build build
