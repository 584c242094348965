# Everything a newcomer needs: `make demo` shows the product at work, `make test` proves it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
SOURCES := bot handlers storage messages mentoring playground tests bench

# Compiled code is kept, whatever the shell says: the tests start many bots, and each would compile it all anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: audit help setup demo rehearsal test test-code test-browser lint types contracts check format lock pictures bench soak fuzz clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

# uv needs seconds where pip needs two minutes. It knows nothing of pip's settings (a mirror, say): where it can't
# fetch, pip does, and says what is wrong if that fails too.
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
UV := $(BIN)/uv pip install --quiet --python $(BIN)/python

$(READY): requirements/dev.txt requirements/uv.txt pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(PIP) --require-hashes -r requirements/uv.txt
	@$(UV) --require-hashes -r requirements/dev.txt 2>/dev/null || $(PIP) --require-hashes -r requirements/dev.txt
	@$(UV) --no-deps --no-build-isolation -e . 2>/dev/null || $(PIP) --no-deps --no-build-isolation -e .
	@touch $(READY)

setup: $(READY) ## make the virtual environment (.venv) with pinned packages

demo: $(READY) ## see the bot at work in your browser, in a workspace of its own
	@$(BIN)/mentoring playground

rehearsal: $(READY) ## play a whole program with the sample roster, and say where to read on
	@$(BIN)/mentoring rehearse --out rehearsals/rehearsal.jsonl

test: test-code test-browser ## run the tests, on two cores

test-code: $(READY) ## those that need no browser
	@$(BIN)/python -m pytest -n 2 --dist loadscope --no-loadscope-reorder --ignore tests/browser --ignore tests/endurance

test-browser: $(READY) ## those with a browser, skipped without Chromium
	@$(BIN)/python -m pytest -n 2 --dist loadscope tests/browser

lint: $(READY) ## ruff: rules and format
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: $(READY) ## mypy --strict on code and tests
	@$(BIN)/mypy $(SOURCES)

contracts: $(READY) ## who may import whom (import-linter)
	@$(BIN)/lint-imports

audit: $(READY) ## known vulnerabilities, bandit, and the list of what is shipped (SBOM)
	@$(BIN)/python .ci/audit.py

check: lint types contracts test ## all of the above

format: $(READY) ## put the code in shape
	@$(BIN)/ruff check --fix . ; $(BIN)/ruff format .

lock: $(READY) ## pin the newest allowed packages, with hashes
	@$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header --all-extras pyproject.toml -o requirements/dev.txt
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header --extra fleet --extra otel -c requirements/dev.txt pyproject.toml -o requirements/run.txt
	@echo uv | $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header -c requirements/dev.txt - -o requirements/uv.txt

pictures: $(READY) ## take the pictures in docs/pictures anew (needs Chromium)
	@$(BIN)/python -m bot.rehearsal.pictures

bench: $(READY) ## measure: one table, ratios against named baselines in the same run
	@$(BIN)/python -m bench

soak: $(READY) ## kill bots and fleets in many more rehearsals than the tests do; more examples; the whole sample
	@EXAMPLES_TIMES=10 $(BIN)/python -m pytest -n 2 tests/mentoring
	@KILL_SEEDS=40 CRASH_SEEDS=20 $(BIN)/python -m pytest -n 2 tests/faults
	@WHOLE_ROSTER=1 $(BIN)/python -m pytest -n 2 tests/bot/test_all_kinds.py
	@$(BIN)/python -m pytest tests/endurance
	@$(BIN)/python -m tests.endurance

fuzz: $(READY) ## send a hundred thousand payloads of every shape; let curious people press whatever is there
	@$(BIN)/python -m tests.fuzz
	@$(BIN)/python -m tests.curious

clean: ## remove what make made
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis rehearsals
