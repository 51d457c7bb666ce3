# `make` alone lists the targets: the comment above a target is its help line.
.DEFAULT_GOAL := help
.PHONY: help demo run test test-fast test-full lint bench bench-check docs messages lock
PYTEST = .venv/bin/python -m pytest

# this list
help:
	@awk '/^# /{said=substr($$0,3);next} /^[a-z-]+:/{if(said){sub(/:.*/,"");printf "make %-12s %s\n",$$0,said}} {said=""}' Makefile

# the demo company in the browser: builds it, decomposes its next year, prints the address and logins
demo:
	@tools/prepare build
	.venv/bin/quotaloom demo $(ARGS)

# serve your own data folder (quotaloom-data); or any command: make run ARGS='doctor'
run: ARGS ?= run
run:
	@tools/prepare build
	.venv/bin/quotaloom $(ARGS)

# all tests, a tenth of the heavy random counts
test:
	@tools/prepare build fast test lint
	@tools/prepare-debian
	$(PYTEST) -n 2 $(ARGS)

# the core and the house rules without heavy counts: under a minute
test-fast:
	@tools/prepare build fast test lint
	$(PYTEST) -n 2 -m "not heavy and not docs" tests/core tests/house $(ARGS)

# all tests with the whole counts: what closes an issue
test-full:
	@tools/prepare build fast test lint
	@tools/prepare-debian
	QUOTALOOM_FULL=1 $(PYTEST) -n 2 $(ARGS)

# style, types, floors, budgets, names, sentences, locks
lint:
	@tools/prepare build fast test lint
	.venv/bin/python -m ruff check .
	.venv/bin/python -m ruff format --check .
	QUOTALOOM_HOME=.venv/home .venv/bin/python -m mypy
	.venv/bin/python tools/messages.py --check
	.venv/bin/python tools/vendor.py --check
	.venv/bin/lint-imports
	$(PYTEST) -q -m "not docs" tests/house

# speed against its limits and peers, each as a ratio
bench:
	@tools/prepare build fast bench
	.venv/bin/python -m benchmarks $(ARGS)

# fail where a ratio is worse than 70 % of its line
bench-check:
	@tools/prepare build fast bench
	.venv/bin/python -m benchmarks --check $(ARGS)

# run the commands that README and docs show
docs:
	@tools/prepare build fast test lint
	$(PYTEST) -m docs tests/house $(ARGS)

# collect what pages say, compile the Chinese; every finding has its sentence in both languages
messages:
	@tools/prepare build fast test lint
	.venv/bin/python tools/messages.py
	$(PYTEST) -q tests/house/test_sentences.py tests/report/test_wording.py

# renew the hashed locks from pyproject.toml
lock:
	@tools/prepare build lint
	tools/lock
