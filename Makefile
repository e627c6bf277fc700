# `make run` serves the tracker, `make test` tests it; both need Python 3.11 and nothing else.
# `make` alone lists the targets.

PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
BIN := $(VENV)/bin
TESTING := DJANGO_SETTINGS_MODULE=tests.settings
INSTALL := $(PY) -m pip install -qq --disable-pip-version-check --require-hashes -r
COMPILE := $(BIN)/uv pip compile -q --no-strip-extras --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links

.DEFAULT_GOAL := help
.PHONY: help run demo test test-exhaustive test-proof test-trust check audit fix schema messages fixtures boundaries bench bench-caseload bench-admin bench-files bench-parts bench-names screenshots lock upgrade clean dev

help: ## list these targets
	@sed -n 's/^\([a-z-]*\):.*## /\1	/p' $(MAKEFILE_LIST)

# --- Running ---

run: export DEMO ?= 1
run: $(VENV)/.run ## serve the tracker, with demo data on first use
	@$(PY) manage.py migrate --no-input -v0
	@$(PY) manage.py demo --if-empty
	@exec $(PY) manage.py serve

demo: export DEMO ?= 1
demo: $(VENV)/.run ## load the demo data, if there is none
	@$(PY) manage.py migrate --no-input -v0
	@$(PY) manage.py demo --if-empty

# --- Testing ---

test: dev check ## everything: checks, tests on SQLite, tests on PostgreSQL
	@PATH="$(CURDIR)/$(BIN):$$PATH" .ci/tests

test-exhaustive: dev ## the long rest of the matrices as well
	@$(PY) -m pytest -q -n auto -m exhaustive

test-proof: dev ## who sees what: all of the matrices on both databases, then with rules broken
	@for on in sqlite postgres; do echo "· on $$on"; TEST_DATABASE=$$on $(PY) -m pytest -q -n auto tests/proof || exit 1; done
	@$(PY) -m tests.proof

test-trust: dev ## writers, twins, kill -9 (server, imports, webhooks), tampering and fuzz; TRUST_SCALE=0.1 for a tenth
	@$(PY) -m tests.trust

check: dev ## what needs no test run, quickest first
	@PATH="$(CURDIR)/$(BIN):$$PATH" .ci/checks

audit: dev ## ask the advisory databases about the locked packages
	@PATH="$(CURDIR)/$(BIN):$$PATH" .ci/audit

fix: dev ## put right what a machine can: format, imports, templates
	@$(BIN)/ruff check --fix --quiet .; $(BIN)/ruff format --quiet .; $(BIN)/djlint --reformat --quiet cases || true

bench-admin: dev ## measure the lists at a million people on both databases (minutes); PEOPLE=100000 for fewer
	@$(PY) -m tests.bench_admin

bench: dev ## measure the API beside its peers, at a million people, into docs/benchmarks.md; needs wrk
	@$(PY) -m tests.bench_api

bench-caseload: dev ## measure the caseload page as the people grow; PEOPLE=10000,100000 for fewer
	@$(PY) -m tests.bench_caseload

bench-files: dev ## measure files in and out on PostgreSQL, and what readers notice of it
	@$(PY) -m tests.bench_files

bench-parts: dev ## measure what single parts cost, as ratios
	@$(PY) -m tests.bench_parts

# --- Generated files ---

schema: dev ## write docs/api/openapi.yml
	@$(TESTING) $(PY) manage.py spectacular --validate --fail-on-warn --file docs/api/openapi.yml

messages: dev ## bring new texts into the catalogues, compile them, list what is untranslated
	@$(PY) -m tests.messages

fixtures: dev ## write fixtures/ from seeds/
	@$(TESTING) $(PY) manage.py build_fixtures

boundaries: dev ## write the boundaries of the map from the package that brings them
	@$(PY) -m tests.boundaries

bench-names: dev ## measure the search for names on an invented million; PEOPLE=20000 for a first look
	@$(PY) -m tests.names

screenshots: dev ## write the pictures of the README and the guide
	@$(PY) -m tests.screenshots

lock: dev ## write the requirements files from the short lists, changing no more than needed
	@$(COMPILE) requirements.in -o requirements.txt && $(COMPILE) requirements-dev.in -o requirements-dev.txt

upgrade: dev ## the same, taking the newest of what the short lists leave open
	@$(COMPILE) --upgrade requirements.in -o requirements.txt && $(COMPILE) --upgrade requirements-dev.in -o requirements-dev.txt

# --- The environment ---

dev: $(VENV)/.dev

$(PY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: set PYTHON to one.")'
	@$(PYTHON) -m venv $(VENV) || { echo "Python's venv module is needed (Debian: apt install python3-venv)."; rm -rf $(VENV); exit 1; }

$(VENV)/.run: requirements.txt | $(PY)
	@echo "Installing requirements.txt into $(VENV) ..." && $(INSTALL) requirements.txt && touch $@

$(VENV)/.dev: requirements-dev.txt requirements.txt | $(PY)
	@echo "Installing requirements-dev.txt into $(VENV) ..." && $(INSTALL) requirements-dev.txt && touch $(VENV)/.run $@

clean: ## remove the environment and the caches, never the data
	@rm -rf $(VENV) .cache .hypothesis .coverage .ruff_cache && find cases tests tracker -name __pycache__ -prune -exec rm -rf {} +
