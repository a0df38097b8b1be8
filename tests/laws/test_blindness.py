"""Real and virtual patients are judged by the same code, which never sees the simulator."""

import subprocess
import sys

import grimp
import pytest

SIMULATOR = (
    "ranvier.nerve",
    "ranvier.muscle",
    "ranvier.body",
    "ranvier.exam",
    "ranvier.disease",
    "ranvier.treatment",
    "ranvier.forecast",
    "ranvier.cohort",
)
COMPILED = (
    "ranvier.nerve.cable",
    "ranvier.muscle.adding",
    "ranvier.treatment.kinetics",
    "ranvier.treatment.effect",
    "ranvier.treatment.wear_off",
)
JUDGES = ("ranvier.findings", "ranvier.patient", "ranvier.diagnosis")


@pytest.fixture(scope="module")
def imports():
    return grimp.build_graph("ranvier", cache_dir=None)


@pytest.mark.parametrize("judge", JUDGES)
def test_no_chain_of_imports_leads_to_the_simulator(imports, judge):
    for part in SIMULATOR:
        if part in imports.modules:
            assert not imports.chain_exists(importer=judge, imported=part, as_packages=True)


def loaded(command: str) -> set[str]:
    code = f"import sys; sys.argv = ['ranvier', *{command.split()!r}]\nfrom ranvier.cli import main\ntry:\n    main()\nexcept SystemExit:\n    pass\nprint('LOADED', *sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return {name.split(".")[0] for name in run.stdout.rsplit("LOADED", 1)[1].split()}


@pytest.mark.parametrize("command", ["--help", "examine examples/cases/cmaj-63m.json"])
def test_examining_loads_nothing_heavy(command):
    assert loaded(command).isdisjoint({"numba", "numpy", "scipy", "fastapi", "sqlalchemy"})


def test_help_loads_neither_validator_nor_templates():
    assert loaded("--help").isdisjoint({"pydantic", "jinja2"})


def test_only_rooms_that_compute_much_know_the_compiler():
    everything = grimp.build_graph("ranvier", cache_dir=None, include_external_packages=True)
    for package in ("numba", "llvmlite"):
        users = everything.find_modules_that_directly_import(package)
        assert users
        assert all(user.startswith(COMPILED) for user in users)
