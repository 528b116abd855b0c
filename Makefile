# Needs make and Python 3.11 or newer, nothing else.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin

# The tests start hundreds of processes, which share compiled code.
unexport PYTHONDONTWRITEBYTECODE

SEED   ?= 1
COUNT  ?= 20

.PHONY: setup demo test long mutate audit check bench questions weights pictures lock clean

# The environment is made anew whenever what it is made from changes.
$(VENV)/.runtime: requirements.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	touch $@

$(VENV)/.dev: $(VENV)/.runtime requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	touch $@

setup: $(VENV)/.runtime      ## make .venv with the command .venv/bin/alumina

demo: $(VENV)/.runtime       ## the bot inside a local workspace, in the browser
	$(BIN)/alumina demo

test: $(VENV)/.dev           ## the tests, a few minutes
	$(BIN)/python -m pytest --collect-only -q > /dev/null  # compiles the tests once, and not in every worker
	$(BIN)/python -m pytest -q -m "not slow" --numprocesses 6 --dist worksteal  # many wait, whatever the cores

long: $(VENV)/.dev           ## every test, every sample, every example
	$(BIN)/python -m pytest -q --hypothesis-profile new -m "not quiet" --numprocesses 4 --dist worksteal
	$(BIN)/python -m pytest -q -m quiet
	$(MAKE) audit || tail -qn 2 $(VENV)/requirements-*.log | grep -Eq $(UNREACHED)

mutate: $(VENV)/.dev         ## draw mutations of the code and list those that no test notices
	$(BIN)/python -m tools.mutate --seed $(SEED) --count $(COUNT)

AUDIT := $(BIN)/pip-audit --require-hashes --disable-pip --vulnerability-service osv --timeout 15 --progress-spinner off --format json
UNREACHED := '(ConnectionError|ProxyError|Timeout):|Could not connect'

audit: $(VENV)/.dev          ## whether anything pinned has a known vulnerability; fails offline, which make long allows
	@rm -f $(VENV)/requirements-*.json $(VENV)/requirements-*.log; for pinned in requirements-dev requirements-build; do \
	  found=$(VENV)/$$pinned.json; \
	  if $(AUDIT) --requirement $$pinned.txt --output $$found 2> $(VENV)/$$pinned.log; then echo "$$pinned.txt: no known vulnerability"; \
	  elif [ -s $$found ]; then cat $$found; exit 1; \
	  else echo "$$pinned.txt NOT AUDITED, nothing is known: $$(tail -n 1 $(VENV)/$$pinned.log)"; exit 1; fi; \
	done

check: $(VENV)/.dev          ## lint, format, types, direction of imports, the container files, the data folder
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/hadolint Dockerfile
	$(BIN)/check-jsonschema --builtin-schema vendor.compose-spec compose.yaml
	$(BIN)/frictionless validate data/datapackage.json

questions: $(VENV)/.dev       ## how well every kept set of sentences is read
	$(BIN)/python -m tools.evaluation

weights: $(VENV)/.dev         ## learn anew from the kept sets which words beside a question change it
	$(BIN)/python -m tools.evaluation.learn

bench: $(VENV)/.dev          ## our bot beside a bare one, and the cost of a question
	$(BIN)/python -m benchmarks

pictures: $(VENV)/.dev       ## the pictures of README and docs, taken from the gallery anew
	$(BIN)/python -m tools.pictures

COMPILE := $(BIN)/uv pip compile --quiet --universal --no-strip-extras --generate-hashes --no-emit-index-url --no-header --python-version 3.11

lock: $(VENV)/.dev           ## choose dependency versions anew
	$(COMPILE) pyproject.toml -o requirements.txt
	$(COMPILE) --extra dev pyproject.toml -c requirements.txt -o requirements-dev.txt
	sed -n 's/^requires = \["\(.*\)"\]$$/\1/p' pyproject.toml | $(COMPILE) - -o requirements-build.txt

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .import_linter_cache build dist
