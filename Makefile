# Crossings. `make run` and `make test` are the two to know; each sets up all that it needs. `make help` lists all.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
HOST ?= $(or $(CROSSINGS_HOST),127.0.0.1)
PORT ?= $(or $(CROSSINGS_PORT),8050)
STORE ?= $(or $(CROSSINGS_STORE),var/store)
JOBS ?= 2
PYTEST = $(BIN)/python -m pytest -n $(JOBS) --dist loadfile

.PHONY: help run serve test test-fast test-long engines coverage mutation rules map lint bench setup setup-test setup-engines demonstration lock clean

help: ## list the commands
	@awk -F ":.*## " '/^[a-z-]+:.*## / {printf "make %-14s %s\n", $$1, $$2}' Makefile

run: setup demonstration $(VENV)/.packed ## serve the page on the store, or on demonstration data
	$(BIN)/python app.py --store "$(STORE)" --host "$(HOST)" --port "$(PORT)"

serve: setup $(VENV)/.packed ## serve the page to everybody, behind a proxy: weak settings are refused (docs/how-to/operate.md)
	CROSSINGS_MODE=public $(BIN)/python -m data doctor --store "$(STORE)"
	CROSSINGS_MODE=public $(BIN)/python app.py --store "$(STORE)" --host "$(HOST)" --port "$(PORT)"

test: setup-test ## run all tests but the long ones
	$(PYTEST) -m "not long"

test-fast: setup-test ## run the tests that need no browser: unit, property, wiring
	$(PYTEST) -m "not long and not browser" tests/unit tests/property tests/wiring

test-long: setup-test setup-engines ## run the exhaustive tests: every path of the description, every file, every engine
	ALL_ENGINES=1 $(PYTEST) -m long

engines: setup-test setup-engines ## run the main paths in Firefox and WebKit; ENGINE_PICTURES=FOLDER keeps what they show
	ALL_ENGINES=1 $(BIN)/python -m pytest tests/browser/engines

rules: setup ## write docs/rules-and-tests.md from the marks of the tests
	$(BIN)/python -m tests.harness.rules

map: setup-test ## draw docs/packages.svg from the imports, and list the pillars' activities in docs/pillars.md
	$(BIN)/python -m docs.draw_packages
	$(BIN)/python -m docs.list_pillars

lint: setup-test ## check style, types and the order of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/oxlint -c .ci/oxlint.json --deny-warnings layouts/assets tests/js
	$(BIN)/oxfmt -c .ci/oxfmt.json --check 'layouts/assets/**/*.mjs' 'tests/js/**/*.mjs'
	$(BIN)/mypy
	$(BIN)/lint-imports

coverage: setup-test ## run the tests and tell which branches they take (var/coverage); half an hour
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest -n $(JOBS) --dist loadfile -m "not long"
	$(BIN)/coverage combine -q
	$(BIN)/coverage report --skip-covered --sort=cover

mutation: setup-test ## change the guards of the store and of requests, one piece at a time: the tests must notice; half an hour
	$(BIN)/mutmut run
	$(BIN)/mutmut results

bench: setup-test ## measure against the named peers; takes minutes
	$(BIN)/python -m tests.bench

setup: $(VENV)/.ready ## make .venv with what the app needs

setup-engines: $(VENV)/.ready-engines

setup-test: $(VENV)/.ready-test ## the same with what the tests need

$(VENV)/.ready: requirements.lock
	@PYTHON="$(PYTHON)" sh .ci/setup venv
	@touch $@

$(VENV)/.ready-test: $(VENV)/.ready requirements-dev.lock
	@PYTHON="$(PYTHON)" sh .ci/setup dev
	@touch $@

$(VENV)/.ready-engines: $(VENV)/.ready-test
	@sh .ci/setup engines
	@touch $@

# What every page loads, compressed as far as it goes; once, as it takes half a minute.
$(VENV)/.packed: $(VENV)/.ready $(wildcard geo/files/*.json layouts/assets/* layouts/assets/*/*)
	@$(BIN)/python -m callbacks.set_up
	@touch $@

# The embedded default: made once, by seeded code; a store that already holds data is left alone.
demonstration: setup ## fill the store with demonstration data
	@test -e "$(STORE)/CURRENT" || $(BIN)/python -m data demonstration --store "$(STORE)"

lock: ## write the lock files anew
	$(BIN)/uv pip compile pyproject.toml -q --universal --generate-hashes --no-emit-index-url --no-header -o requirements.lock
	$(BIN)/uv pip compile pyproject.toml -q --universal --group dev --generate-hashes --no-emit-index-url --no-header -o requirements-dev.lock

clean: ## remove .venv and var
	rm -rf $(VENV) var
