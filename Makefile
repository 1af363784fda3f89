# make demo   set up, read the demonstration reports, open the page on 127.0.0.1
# make test   set up, run the whole suite
# make check  format, lint, types, import layers, tests: what must be green before a commit
# make quality | quality-search | quality-identity | bench   measurements (docs/benchmark.md)
# make train  train the extraction models again from bench/gold/train
# make lock   resolve the dependencies again into requirements.lock

PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed

.PHONY: demo test check format quality quality-search quality-identity bench train lock clean

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

# one thread, and no returning of memory between steps: a third faster on small networks
TRAIN := OMP_NUM_THREADS=1 MALLOC_MMAP_THRESHOLD_=4294967296 MALLOC_TRIM_THRESHOLD_=4294967296 $(BIN)/python -m

train: $(STAMP)
	$(TRAIN) ingest.training.train_tagger bench/gold/train
	mkdir -p build
	$(TRAIN) ingest.training.relations_vectors bench/gold/train build/vectors.npy
	$(TRAIN) ingest.training.relations bench/gold/train --vectors build/vectors.npy
	$(TRAIN) ingest.training.figures bench/gold/train
	$(TRAIN) ingest.training.casetypes bench/gold/train

lock:
	rm -rf build/lock && $(PYTHON) -m venv build/lock
	build/lock/bin/python -m pip install --quiet "torch==2.13.0"
	build/lock/bin/python -m pip install --quiet "setuptools>=77" ".[dev]"
	build/lock/bin/python -m pip freeze --exclude alliance-graph --exclude pip --all | sed -e 's/ @ file.*torch-\([0-9.]*\).*/==\1/' -e 's/+cpu//' > requirements.lock
	rm -rf build/lock

clean:
	rm -rf .venv library build
