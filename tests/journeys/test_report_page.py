"""The HTML report in a real browser, at the width of a desk and of a phone."""

import re
import shutil
import subprocess
from html import unescape
from pathlib import Path

import pytest

from ranvier.diagnosis import examine
from ranvier.formats.patient_json import read_patient
from ranvier.report.doctor import BROWSERS
from ranvier.report.html import assessment_html
from ranvier.report.readers import html_for

CASES = Path(__file__).parent.parent.parent / "examples" / "cases"
QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--hide-scrollbars",
)  # fmt: skip
PROBE = """<script>
const wide = [...document.querySelectorAll('svg text')].filter(t => {
  const box = t.getBoundingClientRect();
  return box.left < -1 || box.right > innerWidth + 1;
}).length;
document.title = ['PROBE', document.documentElement.scrollWidth, innerWidth, wide,
  performance.getEntriesByType('resource').length].join(' ');
</script>"""


@pytest.fixture(scope="module")
def browser():
    found = next((path for name in BROWSERS[:3] if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip("no Chromium on this machine")
    return found


def rendered(browser, page: Path, folder: Path, width: int) -> str:
    size = (f"--window-size={width},1400", f"--user-data-dir={folder / str(width)}", "--dump-dom")
    command = [browser, *QUIET, *size, page.as_uri()]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=True).stdout


@pytest.mark.parametrize("stem", ["synthetic-definite-block", "katirji-case-25", "cmaj-63m"])
@pytest.mark.parametrize("width", [1200, 500])
def test_the_page_fits_and_loads_nothing(browser, tmp_path, stem, width):
    html = assessment_html(examine(read_patient(CASES / f"{stem}.json")[0]))
    page = tmp_path / "report.html"
    page.write_text(html.replace("</body>", PROBE + "</body>"), encoding="utf-8")
    dom = rendered(browser, page, tmp_path, width)
    found = re.search(r"<title>PROBE (\d+) (\d+) (\d+) (\d+)</title>", unescape(dom))
    assert found, dom[:300]
    content, window, wide, requests = map(int, found.groups())
    assert content <= window
    assert wide == 0
    assert requests == 0


@pytest.mark.parametrize("stem", ["synthetic-definite-block", "cmaj-63m"])
@pytest.mark.parametrize("reader", ["doctor", "patient"])
def test_a_page_for_one_reader_is_one_sheet_of_paper(browser, tmp_path, stem, reader):
    page, paper = tmp_path / "page.html", tmp_path / "page.pdf"
    page.write_text(html_for(reader, examine(read_patient(CASES / f"{stem}.json")[0])), encoding="utf-8")
    folder = (f"--user-data-dir={tmp_path / 'paper'}", "--no-pdf-header-footer", f"--print-to-pdf={paper}")
    subprocess.run([browser, *QUIET, *folder, page.as_uri()], capture_output=True, timeout=120, check=True)
    assert len(re.findall(rb"/Type /Page\b", paper.read_bytes())) == 1
