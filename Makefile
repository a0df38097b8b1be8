# make demo   set up, examine one published and one synthetic patient, plan for a simulated one
# make test   set up and run every check and test
# make help   the other targets

SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
OUT := out
UV := $(shell command -v uv 2>/dev/null)
# A pyenv shim can exist without the interpreter behind it, so ask it to run.
PY313 := $(shell python3.13 -c 'import sys; print(sys.executable)' 2>/dev/null)

.PHONY: help demo test check tests test-313 mutation attack bench bench-fibre bench-exam healthy-check \
  physiology-check markers-check fit-healthy response-surface response-check cohort-check first-visits cases differential \
  differential-check differential-attack cancellation cancellation-check \
  virtual-hands trials-fit trials-check oracle-pk wear-off-check plan-check individual-check treated-check bench-treatment bench-nuts lock clean

help:
	@sed -n '1,4p' Makefile | sed 's/^# //'
	@echo "make check    lint, types, layers"
	@echo "make tests    the tests with coverage (PYTEST='-k block' narrows them)"
	@echo "make test-313 the tests on Python 3.13"
	@echo "make mutation mutation score of diagnosis/"
	@echo "make attack   100,000 random tables through reader and rules"
	@echo "make bench    timings, for docs/benchmarks.md"
	@echo "make bench-fibre  the fibre against NEURON, side by side"
	@echo "make bench-exam  time and memory of a virtual standard study"
	@echo "make healthy-check physiology-check markers-check  the simulator beside published figures"
	@echo "make fit-healthy  one round of fitting the healthy virtual person"
	@echo "make response-surface response-check  what injuries do to an axon, computed anew; beside the cable"
	@echo "make cohort-check  virtual cohorts of each disease beside published figures"
	@echo "make first-visits  1000 virtual patients of each disease at their first visit"
	@echo "make differential differential-check  the differential's likelihoods from first visits; how good it is"
	@echo "make cases    where the authors' diagnosis of each published case ranks"
	@echo "make differential-attack  1,000,000 random partial observations"
	@echo "make cancellation cancellation-check  when phase cancellation alone explains a fall; does it come true"
	@echo "make oracle-pk  kinetics and individual fit against NONMEM, Monolix, tables and identities"
	@echo "make trials-fit trials-check  the effect of immunoglobulin fitted on three trials; all trials beside it"
	@echo "make virtual-hands  grip of virtual patients against the attack, from the mechanism"
	@echo "make wear-off-check plan-check individual-check  how good detector, plan and fit are on virtual patients"
	@echo "make treated-check  virtual patients treated early, late and never; grip beside a published model"
	@echo "make bench-treatment bench-nuts  timings of treatment; the fit against NUTS"
	@echo "make lock     renew requirements/*.txt (needs uv)"
	@echo "make clean    remove everything that was made"

# One rule makes an environment: $(call environment,FOLDER,PYTHON,LOCK)
define environment
	@$(2) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "ranvier needs Python 3.11 or newer; name one with make PYTHON=..."; exit 1; }
	@test -x $(1)/bin/python || $(if $(UV),uv venv --quiet --python $(2) $(1),$(2) -m venv $(1))
	$(if $(UV),VIRTUAL_ENV=$(1) uv pip install --quiet --require-hashes -r $(3),$(1)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(3))
	$(if $(UV),VIRTUAL_ENV=$(1) uv pip install --quiet --no-deps --no-build-isolation -e .,$(1)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .)
endef

$(VENV)/run.stamp: requirements/run.txt pyproject.toml
	$(call environment,$(VENV),$(PYTHON),requirements/run.txt)
	@touch $@

$(VENV)/dev.stamp: requirements/dev.txt pyproject.toml
	$(call environment,$(VENV),$(PYTHON),requirements/dev.txt)
	@touch $@ $(VENV)/run.stamp

.venv-313/dev.stamp: requirements/dev.txt pyproject.toml
	$(call environment,.venv-313,$(PY313),requirements/dev.txt)
	@touch $@

demo: $(VENV)/run.stamp
	@mkdir -p $(OUT)
	@echo "A published patient, called definite by its authors; its conduction numbers are not in what could be read."
	@$(BIN)/ranvier examine examples/cases/echaniz-laguna-2011.json
	@$(BIN)/ranvier examine examples/cases/echaniz-laguna-2011.json --output $(OUT)/echaniz-laguna-2011.html
	@echo
	@echo "A synthetic patient with a full numeric study:"
	@$(BIN)/ranvier examine examples/cases/synthetic-definite-block.json
	@$(BIN)/ranvier examine examples/cases/synthetic-definite-block.json --output $(OUT)/synthetic-definite-block.html
	@echo
	@echo "A simulated patient under immunoglobulin, with a diary:"
	@$(BIN)/ranvier plan examples/diaries/simulated-every-three-weeks.json
	@$(BIN)/ranvier plan examples/diaries/simulated-every-three-weeks.json --output $(OUT)/simulated-every-three-weeks.html

check: $(VENV)/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/basedpyright
	$(BIN)/lint-imports

tests: $(VENV)/dev.stamp
	$(BIN)/coverage run -m pytest $(PYTEST)
	$(BIN)/coverage report

test-313: .venv-313/dev.stamp
	.venv-313/bin/python -m pytest $(PYTEST)

test: check tests $(if $(PY313),test-313)
	@$(if $(PY313),,echo "Python 3.13 is not installed here: tested on one version only.")

mutation: $(VENV)/dev.stamp
	rm -rf mutants
	$(BIN)/mutmut run
	$(BIN)/python benchmarks/mutation_score.py

attack: $(VENV)/dev.stamp
	RANVIER_TABLES=100000 $(BIN)/python -m pytest -s tests/attack/test_random_tables.py

bench: $(VENV)/dev.stamp
	$(BIN)/python -m pytest benchmarks --benchmark-only --override-ini addopts= --benchmark-columns=min,median,max,ops
	$(BIN)/python benchmarks/processes.py

# The peers live in an environment of their own: nothing in the project needs them.
.venv-peers/peers.stamp: requirements/peers.txt
	@test -x .venv-peers/bin/python || $(if $(UV),uv venv --quiet --python $(PYTHON) .venv-peers,$(PYTHON) -m venv .venv-peers)
	$(if $(UV),VIRTUAL_ENV=.venv-peers uv pip install --quiet --require-hashes -r requirements/peers.txt,.venv-peers/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/peers.txt)
	@touch $@

bench-fibre: $(VENV)/run.stamp .venv-peers/peers.stamp
	$(BIN)/python benchmarks/fibre.py --peer-python .venv-peers/bin/python $(BENCH)

bench-exam: $(VENV)/run.stamp
	$(BIN)/python benchmarks/examination.py $(BENCH)

healthy-check: $(VENV)/run.stamp
	$(BIN)/python benchmarks/healthy_adults.py $(BENCH)

physiology-check: $(VENV)/run.stamp
	$(BIN)/python benchmarks/physiology.py

markers-check: $(VENV)/run.stamp
	$(BIN)/python benchmarks/markers.py

fit-healthy: $(VENV)/run.stamp
	$(BIN)/python benchmarks/fit_healthy.py $(BENCH)

response-surface: $(VENV)/run.stamp
	$(BIN)/python benchmarks/response_surface.py

response-check: $(VENV)/run.stamp
	$(BIN)/python benchmarks/response_check.py

cohort-check: $(VENV)/run.stamp
	$(BIN)/python benchmarks/cohort_check.py $(BENCH)

cancellation: $(VENV)/run.stamp
	$(BIN)/python benchmarks/cancellation_check.py --make $(BENCH)

cancellation-check: $(VENV)/run.stamp
	$(BIN)/python benchmarks/cancellation_check.py $(BENCH)

first-visits: $(VENV)/run.stamp
	$(BIN)/python benchmarks/first_visits.py $(BENCH)

cases: $(VENV)/run.stamp
	@$(BIN)/python benchmarks/cases.py

differential: $(VENV)/run.stamp
	$(BIN)/python benchmarks/differential_fit.py $(BENCH)

differential-check: $(VENV)/run.stamp
	$(BIN)/python benchmarks/differential_check.py $(BENCH)

differential-attack: $(VENV)/dev.stamp
	RANVIER_FINDINGS=1000000 $(BIN)/python -m pytest tests/attack/test_random_findings.py

virtual-hands: $(VENV)/run.stamp
	$(BIN)/python benchmarks/virtual_hands.py $(BENCH)

trials-fit: $(VENV)/run.stamp
	$(BIN)/python benchmarks/trials_fit.py $(BENCH)

trials-check: $(VENV)/run.stamp
	$(BIN)/python benchmarks/trials_check.py $(BENCH)

oracle-pk: $(VENV)/run.stamp
	$(BIN)/python benchmarks/oracle_pk.py
	$(BIN)/python benchmarks/oracle_map.py

wear-off-check: $(VENV)/run.stamp
	$(BIN)/python benchmarks/wear_off.py $(BENCH)

plan-check: $(VENV)/run.stamp
	OPENBLAS_NUM_THREADS=1 $(BIN)/python benchmarks/plans.py $(BENCH)

individual-check: $(VENV)/run.stamp
	$(BIN)/python benchmarks/individual.py $(BENCH)
	$(BIN)/python benchmarks/individual_simulated.py

treated-check: $(VENV)/run.stamp
	$(BIN)/python benchmarks/li_grip.py
	$(BIN)/python benchmarks/treated_patients.py

bench-treatment: $(VENV)/run.stamp
	$(BIN)/python benchmarks/treatment.py

bench-nuts: $(VENV)/run.stamp .venv-peers/peers.stamp
	$(BIN)/python benchmarks/nuts.py --peer-python .venv-peers/bin/python

lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
	  --custom-compile-command "make lock" --upgrade --group build pyproject.toml -o requirements/run.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
	  --custom-compile-command "make lock" --upgrade --group build --group dev pyproject.toml -o requirements/dev.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
	  --custom-compile-command "make lock" --upgrade --group peers -o requirements/peers.txt

clean:
	rm -rf .venv .venv-313 .venv-peers $(OUT) mutants .coverage .hypothesis .pytest_cache .ruff_cache .import_linter_cache
