# Two commands: make run, make test. Everything else is a part of them or beside them; make help lists all.
# The working parts are in sammen/local/. PORT and AREA reach them by the environment, never as words of a shell.

SHELL := /bin/sh
MAKEFLAGS += --no-print-directory
PYTHON := .venv/bin/python
FIND := . sammen/local/python.sh
export PORT AREA SHORT

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run test check format lint types layers migrations unit browser bench faults screens a11y clean forget \
	environment ready chromium

help: ## list these commands
	@sed -n 's/^\([a-z0-9]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 22

run: ## start everything: packages, database, demo data, web, worker, clock (PORT=8001 make run moves it)
	@$(FIND); "$$found" sammen/local/preflight.py run && "$$found" sammen/local/environment.py run
	@exec $(PYTHON) -m sammen.local.launch

test: ready chromium check ## the whole check: format, lint, types, layers, migrations, translations, tests, journeys
	@exec $(PYTHON) -m pytest -n 2 --dist loadgroup

check: ready format lint types layers migrations ## all of it but the tests

unit: ready ## the tests without a browser
	@exec $(PYTHON) -m pytest -n 2 --dist loadgroup -m "not journey"

browser: ready chromium ## the journeys in a real browser
	@exec $(PYTHON) -m pytest -m journey

bench: ready ## benchmarks, each beside its limit (make bench AREA=pages,outbox: some of them)
	@exec $(PYTHON) -m sammen.local.during $(PYTHON) -m bench

faults: ready ## workers killed, providers away, servers restarted: what is lost, doubled or late (SHORT=1: a taste)
	@exec $(PYTHON) -m bench.faults

screens: ready chromium ## make the screenshots in docs/screens/ from the demo data
	@exec $(PYTHON) -m sammen.local.during $(PYTHON) manage.py screenshots

a11y: ready chromium ## every page under axe: each role, language, width and colour scheme
	@A11Y=all exec $(PYTHON) -m pytest -m a11y

format: environment
	@$(PYTHON) -m ruff format --check .

lint: environment
	@$(PYTHON) -m ruff check .

types: environment
	@$(PYTHON) -m mypy .

layers: environment
	@.venv/bin/lint-imports

migrations: environment
	@$(PYTHON) manage.py makemigrations --check --dry-run

environment:
	@$(FIND); "$$found" sammen/local/preflight.py && "$$found" sammen/local/environment.py test

ready: environment
	@$(PYTHON) -m sammen.local.ready

chromium: environment
	@$(PYTHON) -m sammen.local.browser

clean: ## remove environment, packages and built files; the local database stays
	rm -rf .venv node_modules static/build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
	rm -rf .local/static .local/npm .local/stamps
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	find locale -name '*.mo' -delete

forget: ## remove the local database, broker and received messages
	@$(PYTHON) -m sammen.local.forget
