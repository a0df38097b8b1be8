"""The commands `ranvier plan` and `ranvier forecast`."""

import json
from dataclasses import replace

import pytest

from diary_patients import diary
from ranvier.formats.patient_json import patient_text
from ranvier.patient import Dose
from ranvier.report.outlook.words import USE
from test_cli import refused, run


def done(*arguments):
    """What is printed; a slow machine may say on stderr that it is still computing."""
    result = run(*arguments)
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "diary.json"
    path.write_text(patient_text(diary()), encoding="utf-8")
    return path


def test_a_plan_says_regimen_target_options_and_whose_decision_it_is(file):
    text = " ".join(done("plan", file, "--target", "grip_right>=15kg", "--prices", "United States").split())
    assert "Present regimen: ivig 80 g every 21 d. Target: grip right at least 15 kg." in text
    for told in ("SIMULATED DATA", "fewest grams", "cost/year", "Not helpful in MMN", USE):
        assert told in text


def test_a_plan_as_json_holds_every_regimen_with_its_bands(file):
    data = json.loads(done("plan", file, "--format", "json"))
    assert (data["schema"], data["simulated"]) == ("ranvier.plan/1", True)
    assert len(data["plan"]["outcomes"]) > 40
    for each in data["plan"]["outcomes"]:
        assert 0 <= each["above"]["low"] <= each["above"]["typical"] <= each["above"]["high"] <= 1
    assert set(data["courses"]) >= {"ivig 80 g every 21 d"}
    assert USE in data["intended_use"]


def test_pages_and_figures_are_written(file, tmp_path):
    for name in ("plan.html", "plan.svg", "plan.txt"):
        done("plan", file, "--output", tmp_path / name)
        assert "SIMULATED" in (tmp_path / name).read_text(encoding="utf-8")
    done("forecast", file, "--months", "3", "--output", tmp_path / "ahead.html")
    assert "<svg" in (tmp_path / "ahead.html").read_text(encoding="utf-8")


def test_a_forecast_without_treatment_ends_lower(file):
    with_drug = json.loads(done("forecast", file, "--months", "4", "--format", "json"))
    without = json.loads(done("forecast", file, "--months", "4", "--without-treatment", "--format", "json"))
    for name in ("grip right", "grip left", "IgG"):
        ends = [each["course"]["bands"][name]["median"][-1] for each in (without, with_drug)]
        assert ends[0] < ends[1]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--target", "grip"), "is not a target"),
        (("--target", "pinch_right>=2kg"), "was not measured in this patient"),
        (("--now", "ivig 1 g/kg"), "is given once"),
        (("--now", "prednisone 60 mg every 1 d"), "is no immunoglobulin"),
        (("--infusion-price", "30"), "needs --gram-price"),
        (("--prices", "mars"), "mars"),
    ],
)
def test_what_cannot_be_used_is_said_with_the_file(file, options, told):
    said = refused("plan", file, *options)
    assert told in said
    assert str(file) in said


def test_a_dose_that_must_be_asked_about_stops_the_plan_until_confirmed(tmp_path):
    odd = [replace(e, amount=1.0) if isinstance(e, Dose) else e for e in diary().timeline[:1]]
    path = tmp_path / "odd.json"
    path.write_text(patient_text(replace(diary(), timeline=(*odd, *diary().timeline[1:]))), encoding="utf-8")
    said = refused("plan", path)
    assert "did you mean 1 g/kg" in said
    assert "timeline[0]" in said or "entry" in said
    done("plan", path, "--sure")


def test_forecasts_refuse_two_ways_at_once(file):
    assert "exclude each other" in refused(
        "forecast", file, "--without-treatment", "--regimen", "ivig 40 g every 14 d"
    )


def test_many_slips_of_one_kind_are_named_a_few_times_and_counted(tmp_path):
    path = tmp_path / "small.json"
    small = [replace(e, amount=1.0) if isinstance(e, Dose) else e for e in diary().timeline]
    path.write_text(patient_text(replace(diary(), timeline=tuple(small))), encoding="utf-8")
    said = refused("plan", path)
    assert said.count("did you mean 1 g/kg") == 5
    assert "5 more like these" in said


def test_a_plan_from_little_says_so_first(tmp_path, file):
    few = [e for e in diary().timeline if isinstance(e, Dose)]
    grips = [e for e in diary().timeline if getattr(e, "name", "") == "grip"][:8]
    path = tmp_path / "few.json"
    path.write_text(patient_text(replace(diary(), timeline=(*few, *grips))), encoding="utf-8")
    told = "It rests on 8 readings of strength and no values of IgG"
    assert told in " ".join(done("plan", path).split("Target ──")[0].split())
    assert "It rests on" not in done("plan", file)
