"""The example of docs/kinetics.md prints what the page says."""

import subprocess
import sys
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "kinetics.md"


def test_the_example_prints_what_the_page_says():
    text = PAGE.read_text()
    code, said = (text.split(f"```{kind}\n")[1].split("```")[0] for kind in ("python", "text"))
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == said
