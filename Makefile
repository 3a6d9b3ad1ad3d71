# The two commands of the README are `make demo` and `make test`; both need Python and make only.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
EFFORT ?= standard
SIMULATED := examples/anode-coating
STUDY ?= examples/calendering-nmc622
PIP := $(BIN)/python -m pip --disable-pip-version-check -q install --require-hashes
LOCK := $(BIN)/uv pip compile -q --universal --generate-hashes --no-emit-index-url \
	--no-emit-find-links --no-header --python-version 3.11

BY_HAND := benchmarks/mutants.py benchmarks/machines.py benchmarks/end_to_end_seeds.py benchmarks/growth.py \
	benchmarks/table_5.py

.DEFAULT_GOAL := help
.PHONY: help demo example test setup check unit bench lock pictures clean

help: ## list the commands
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

demo: EFFORT = quick
demo: $(VENV)/run.installed ## install, go from plan and simulated raw files to the report
	$(BIN)/electrodoe run $(SIMULATED) --simulate --effort $(EFFORT)

example: $(VENV)/run.installed ## install, run the study of measured cells
	$(BIN)/electrodoe run $(STUDY) --effort $(EFFORT)

test: check unit ## install, then every check and every test

setup: $(VENV)/dev.installed ## make the environment for developers

check: $(VENV)/dev.installed ## format, lint, types, layers, spelling
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/codespell src tests docs examples benchmarks *.md

# compiled files are kept even where the shell forbids it: tests start some thirty processes
unit: $(VENV)/dev.installed ## unit, property, doc and end-to-end tests
	PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -q -n 2 --dist worksteal

bench: $(VENV)/dev.installed ## benchmarks, each against a named peer in the same run
	for script in $(filter-out $(BY_HAND),$(wildcard benchmarks/*.py)); do $(BIN)/python $$script || exit 1; done

lock: $(VENV)/dev.installed ## write the locked requirements anew
	$(LOCK) --extra dev pyproject.toml -o requirements/dev.txt
	$(LOCK) -c requirements/dev.txt pyproject.toml -o requirements/run.txt
	$(LOCK) -c requirements/dev.txt requirements/build.in -o requirements/build.txt
	$(LOCK) benchmarks/notebook/requirements.in -o benchmarks/notebook/requirements.txt

pictures: ## copy the figures that docs/figures.md shows from the results of the simulated example
	for file in $$(grep -oE 'images/figures/[^)]+' docs/figures.md); do cp $(SIMULATED)/results/figures/$${file##*/} docs/$$file; done

clean: ## delete the environment and what the examples made
	rm -rf $(VENV) $(STUDY)/results $(addprefix $(SIMULATED)/,results raw truth)

$(VENV)/made:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "ElectroDoE needs Python 3.11 or later: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv $(VENV)
	touch $@

$(VENV)/run.installed: $(VENV)/made requirements/run.txt requirements/build.txt pyproject.toml
	$(PIP) -r requirements/run.txt -r requirements/build.txt
	$(BIN)/python -m pip --disable-pip-version-check -q install --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/dev.installed: $(VENV)/run.installed requirements/dev.txt
	$(PIP) -r requirements/dev.txt
	touch $@
