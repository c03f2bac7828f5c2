# Everything a person or a server needs to run, test and measure standards-graph.
# Needs Python 3.11 or newer and make; all else goes into .venv, from the locked versions in .lock.

.DEFAULT_GOAL := help
.SUFFIXES:
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules

PORT ?= 8000
PYTHON ?=
BENCH ?=
UPGRADE ?=

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input --quiet
RUNTIME := .venv/.runtime-installed
DEVELOPMENT := .venv/.development-installed
COMPILE := $(BIN)/uv pip compile pyproject.toml --universal --generate-hashes --no-emit-index-url --no-header \
	--annotation-style=line --quiet $(if $(UPGRADE),--upgrade)

# A virtual environment keeps its own path inside: in a folder that was moved, or whose Python has gone, it is made anew.
MOVED := $(shell if [ -e $(RUNTIME) ] && ! { $(BIN)/python -c '' 2>/dev/null && grep -qF "$(CURDIR)/.venv/" $(BIN)/standards-graph 2>/dev/null; }; \
	then rm -f $(RUNTIME) $(DEVELOPMENT) $(BIN)/python; fi)

.PHONY: help install serve test check browser bench bench-full lock format clean

help:
	@echo "make serve [PORT=8000]  install, load the shipped data on the first run, serve on this machine alone"
	@echo "make install            install into .venv"
	@echo "make test               check, then run every test with coverage"
	@echo "make check              style, types and the direction of imports"
	@echo "make format             lay out the code as 'make check' wants it"
	@echo "make bench [BENCH=name] measure; see benchmarks/"
	@echo "make bench-full         measure the whole published system; takes long"
	@echo "make lock [UPGRADE=1]   write .lock again from pyproject.toml"
	@echo "make clean              remove what was installed and built here; loaded data stays"

install: $(RUNTIME)

serve: $(RUNTIME)
	@exec $(BIN)/standards-graph serve --port $(PORT)

test: check browser
	@if $(BIN)/python -m tests.chromium >/dev/null 2>&1; then \
		$(BIN)/python -m pytest --cov --cov-report=term; \
	else \
		$(BIN)/python -m pytest --cov --cov-report=term -m "not browser"; \
	fi

check: $(DEVELOPMENT)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(DEVELOPMENT)
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

# Tests that open pages need a Chromium. Where none is found and none can be fetched, they are left out with one
# line that says so; a build server must have it.
browser: $(DEVELOPMENT)
	@if $(BIN)/python -m tests.chromium >/dev/null 2>&1; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then \
		echo "Installing chromium and fonts-noto-cjk, which the page tests need"; \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends \
			chromium fonts-noto-cjk >/dev/null; \
	else \
		$(BIN)/python -m playwright install chromium >/dev/null 2>&1; \
	fi; \
	if $(BIN)/python -m tests.chromium >/dev/null 2>&1; then exit 0; fi; \
	echo "Not run: the tests that open pages, because no Chromium was found and none could be installed;" \
		"install it, or set CHROMIUM to its path." >&2; \
	if [ -n "$$CI" ]; then exit 1; fi

bench: $(DEVELOPMENT)
	@$(BIN)/python -m benchmarks $(BENCH)

bench-full: $(DEVELOPMENT)
	@$(BIN)/python -m benchmarks full --write

lock: $(DEVELOPMENT)
	$(COMPILE) --group build --output-file .lock/runtime.txt
	$(COMPILE) --group build --group dev --constraint .lock/runtime.txt --output-file .lock/dev.txt

clean:
	rm -rf .venv build dist .coverage .coverage.* htmlcov
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@python="$(PYTHON)"; \
	if [ -z "$$python" ]; then \
		for name in python3 python3.14 python3.13 python3.12 python3.11; do \
			if $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
				python=$$name; break; \
			fi; \
		done; \
	fi; \
	if [ -z "$$python" ]; then \
		found="$$(python3 --version 2>/dev/null || echo no python3)"; \
		echo "standards-graph needs Python 3.11 or newer; found: $$found." \
			"Install one, or name it: make PYTHON=/path/to/python3.11" >&2; exit 1; \
	fi; \
	if ! "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
		echo "standards-graph needs Python 3.11 or newer; PYTHON=$$python is older or cannot be run." >&2; exit 1; \
	fi; \
	if ! "$$python" -c 'import ensurepip, venv' 2>/dev/null; then \
		echo "$$python comes without its venv module. Install it (Debian, Ubuntu: apt-get install python3-venv)" \
			"and run make again." >&2; exit 1; \
	fi; \
	echo "Creating .venv with $$("$$python" --version)"; \
	rm -rf .venv && "$$python" -m venv .venv

$(RUNTIME): .lock/runtime.txt pyproject.toml | $(BIN)/python
	@echo "Installing standards-graph and the locked versions of what it needs"
	@$(PIP) install --require-hashes -r .lock/runtime.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@# As an installed package would be: commands begin sooner.
	@$(BIN)/python -m compileall -q graph loaders queries api
	@touch $@

$(DEVELOPMENT): .lock/dev.txt $(RUNTIME)
	@echo "Installing what the checks and tests need"
	@$(PIP) install --require-hashes -r .lock/dev.txt
	@touch $@
