# `make` lists the targets. Needs Python 3.11 or newer, git and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
OUT := out

.DEFAULT_GOAL := help
.PHONY: fuzz help scan test test-all lint format check wheel-check offline docs pages pictures evaluate scores corpus-check rules spark-check train train-check clean bench bench-long

help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  \1\t/' | expand -t 16

$(VENV)/.installed: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("vbl-detect needs Python 3.11 or newer; say make PYTHON=/path/to/python3.11" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

scan: $(VENV)/.installed ## Set everything up and scan the examples into out/
	@mkdir -p $(OUT)
	$(BIN)/vbl-detect scan examples
	$(BIN)/vbl-detect scan examples -q -o $(OUT)/findings.xlsx
	$(BIN)/vbl-detect scan examples -q -o $(OUT)/findings.jsonl
	@echo "The findings are in $(OUT)/findings.xlsx and $(OUT)/findings.jsonl."

test: $(VENV)/.installed ## Run the quick tests (under two minutes)
	$(BIN)/pytest -m 'not slow'

test-all: $(VENV)/.installed ## Run every test, the slow ones too
	$(BIN)/pytest

lint: $(VENV)/.installed ## Check style, types, the lexicon and its pages
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/vbl-detect lexicon check
	$(BIN)/python scripts/measure_precision.py --check
	$(BIN)/python scripts/measure_evaluation.py --check
	$(BIN)/python scripts/write_rules.py --check
	$(BIN)/python scripts/write_pages.py --check

format: $(VENV)/.installed ## Put the code into the project's style
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

docs: $(VENV)/.installed ## Build the site of the documentation into out/site/; a broken link fails
	$(BIN)/sphinx-build -q -W --keep-going -c docs -b html . $(OUT)/site
	@echo "Open $(OUT)/site/docs/index.html."

pages: $(VENV)/.installed ## Write the pages that are made from the program, and the output that pages show
	$(BIN)/python scripts/write_pages.py
	$(BIN)/python scripts/run_pages.py

pictures: $(VENV)/.installed ## Make the pictures of the documentation again (needs Debian's chromium)
	$(BIN)/python scripts/make_pictures.py
	VBL_PICTURES=docs/pictures VBL_BROWSER=required $(BIN)/pytest -n0 tests/browser/test_serve.py

wheel-check: $(VENV)/.installed ## Build the wheel twice, install it without an index, and use it
	PYTHON=$(BIN)/python scripts/check_wheel.sh

offline: $(VENV)/.installed ## Gather all wheels in out/wheelhouse/, to install without internet
	$(BIN)/python scripts/make_wheelhouse.py $(OUT)/wheelhouse $(FOR)
	$(if $(FOR),,PYTHON=$(BIN)/python scripts/check_wheel.sh $(OUT)/wheelhouse)

check: lint docs test-all wheel-check ## Everything that CI runs

evaluate: $(VENV)/.installed ## Print how well the tool agrees with the development notes
	$(BIN)/vbl-detect evaluate data/corpus/dev.jsonl

scores: $(VENV)/.installed ## Fit the lexicon's scores again (models/lexicon-scores/)
	$(BIN)/python scripts/fit_lexicon_scores.py

rules: $(VENV)/.installed ## Measure rows and model again, and write docs/rules/ and the evaluation
	$(BIN)/python scripts/measure_precision.py
	$(BIN)/python scripts/measure_evaluation.py
	$(BIN)/python scripts/write_rules.py
	$(BIN)/python scripts/write_pages.py

bench: $(VENV)/.installed ## Measure what detection costs beside spaCy's tokenizer (minutes)
	$(BIN)/python benchmarks/bench.py

bench-long: $(VENV)/.installed ## Measure the same up to a million notes (hours)
	$(BIN)/python benchmarks/bench.py --long

corpus-check: $(VENV)/.installed ## Check the labelled notes: form, offsets, duplicates, agreement
	$(BIN)/python scripts/check_corpus.py

$(VENV)/.train-installed: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev,train]'
	@touch $@

train: $(VENV)/.train-installed ## Fit the classifier again into out/model (hours on two cores, minutes with a graphics card)
	$(BIN)/vbl-detect train $(shell ls data/corpus/train-*.jsonl | sort -V) --hold-out train-7 \
	  --hold-out train-19 --hold-out train-32 --hold-out train-37 \
	  --hold-out train-46 --hold-out train-61 --hold-out train-84 --dev data/corpus/dev.jsonl -o $(OUT)/model

train-check: $(VENV)/.train-installed ## Fit a small classifier on a few notes, twice
	$(BIN)/pytest tests/cli/test_train.py tests/unit/training/test_weights.py

$(VENV)/.spark-installed: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev,spark]'
	@touch $@

spark-check: $(VENV)/.spark-installed ## Run a real Spark of several processes (needs Java 17)
	VBL_SPARK=required $(BIN)/pytest -n 0 tests/spark

fuzz: $(VENV)/.installed ## Feed every reader with damaged files for ten minutes
	$(BIN)/python scripts/fuzz.py 600

clean: ## Remove what the other targets made
	rm -rf $(VENV) $(OUT) dist build
