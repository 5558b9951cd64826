# Crossings. Two commands: `make run` and `make test`; each sets up all that it needs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
HOST ?= $(or $(CROSSINGS_HOST),127.0.0.1)
PORT ?= $(or $(CROSSINGS_PORT),8050)
STORE ?= $(or $(CROSSINGS_STORE),var/store)
JOBS ?= 2

.PHONY: run test lint bench setup setup-test demonstration lock clean

run: setup demonstration $(VENV)/.packed
	$(BIN)/python app.py --store "$(STORE)" --host "$(HOST)" --port "$(PORT)"

test: setup-test
	$(BIN)/python -m pytest -n $(JOBS) --dist loadfile

lint: setup-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: setup-test
	$(BIN)/python -m bench

setup: $(VENV)/.ready

setup-test: $(VENV)/.ready-test

$(VENV)/.ready: requirements.lock
	@PYTHON="$(PYTHON)" sh .ci/setup venv
	@touch $@

$(VENV)/.ready-test: $(VENV)/.ready requirements-dev.lock
	@PYTHON="$(PYTHON)" sh .ci/setup dev
	@touch $@

# What every page loads, compressed as far as it goes; once, as it takes half a minute.
$(VENV)/.packed: $(VENV)/.ready $(wildcard geo/files/*.json layouts/assets/*)
	@$(BIN)/python -m callbacks.pack
	@touch $@

# The embedded default: made once, by seeded code; a store that already holds data is left alone.
demonstration: setup
	@test -e "$(STORE)/CURRENT" || $(BIN)/python -m data demonstration --store "$(STORE)"

lock:
	$(BIN)/uv pip compile pyproject.toml -q --universal --generate-hashes --no-emit-index-url --no-header -o requirements.lock
	$(BIN)/uv pip compile pyproject.toml -q --universal --group dev --generate-hashes --no-emit-index-url --no-header -o requirements-dev.lock

clean:
	rm -rf $(VENV) var
