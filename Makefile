# make demo   set up, read the demonstration reports, open the page on 127.0.0.1
# make test   set up, run the whole suite
# make check  format, lint, types, import layers, tests: what must be green before a commit
# make quality | quality-search | quality-identity | bench   measurements (docs/benchmark.md)
# make train  train the extraction models again from bench/gold/train (under an hour)
# make train-search   train the encoder of the field again; make search-held-out   the ranking, and what to measure with
# make models-held-out   the same without the untouched reports, for make quality
# make lock   resolve the dependencies again into requirements.lock

PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed

.PHONY: demo test check format quality quality-search quality-identity bench train train-search search-held-out models-held-out lock clean

$(STAMP): pyproject.toml requirements.lock
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $(STAMP)

demo: $(STAMP)
	$(BIN)/alliance demo

test: $(STAMP)
	$(BIN)/python -m pytest -rs

check: $(STAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -rs

format: $(STAMP)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

quality: $(STAMP)
	$(BIN)/python -m bench.quality

quality-search: $(STAMP)
	$(BIN)/python -m bench.search_quality

quality-identity: $(STAMP)
	$(BIN)/python -m bench.identity

bench: $(STAMP)
	$(BIN)/python -m bench.extract
	$(BIN)/python -m bench.search_speed
	$(BIN)/python -m bench.rerun

train: $(STAMP)
	$(BIN)/python -m ingest.training bench/gold/train --out build/models
	cp build/models/*.npz build/models/*.json ingest/models/

# the same without the untouched reports, to measure on them
models-held-out: $(STAMP)
	$(BIN)/python -m ingest.training bench/gold/train --out build/models-held-out --exclude-untouched

QUESTIONS := bench/gold/train/queries.jsonl bench/gold/train/queries_more.jsonl

build/search-library: $(STAMP)
	$(BIN)/python -m bench.train_library $@

# the encoder of the field (some 40 minutes)
train-search: build/search-library
	$(BIN)/python -m graph.search.training build/search-library $(QUESTIONS) --out graph/search/field.npz

# the encoder that learned from five ninths of the reports, and the ranking's weights, learned from another ninth with it
search-held-out: build/search-library
	$(BIN)/python -m graph.search.training build/search-library $(QUESTIONS) --out build/field-held-out.npz --held-out
	cp -r build/search-library build/ranking-library
	$(BIN)/python -m graph.search.training.ranking build/ranking-library $(QUESTIONS) --overlay build/field-held-out.npz --out graph/search/weights.toml

lock:
	rm -rf build/lock && $(PYTHON) -m venv build/lock
	build/lock/bin/python -m pip install --quiet "torch==2.13.0"
	build/lock/bin/python -m pip install --quiet "setuptools>=77" ".[dev]"
	build/lock/bin/python -m pip freeze --exclude alliance-graph --exclude pip --all | sed -e 's/ @ file.*torch-\([0-9.]*\).*/==\1/' -e 's/+cpu//' > requirements.lock
	rm -rf build/lock

clean:
	rm -rf .venv library build
