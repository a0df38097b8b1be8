import sys
from pathlib import Path

import pytest
from hypothesis import settings

sys.path.insert(0, str(Path(__file__).parent))

settings.register_profile("ranvier", deadline=None, print_blob=True)
settings.load_profile("ranvier")


@pytest.fixture(scope="session")
def cases() -> Path:
    return Path(__file__).parent.parent / "examples" / "cases"
