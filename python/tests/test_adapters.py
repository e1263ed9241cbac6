"""Adapters are there where one expects them."""

import subprocess
import sys

import fullmarks
import pytest


def test_an_adapter_loads_with_its_first_use() -> None:
    code = "import fullmarks, sys; assert 'fullmarks.openrlhf' not in sys.modules; fullmarks.openrlhf.reward"
    subprocess.run([sys.executable, "-c", code], check=True)
    assert "trl" in dir(fullmarks)


def test_what_is_not_there_is_said_to_be_missing() -> None:
    with pytest.raises(AttributeError, match="module 'fullmarks' has no attribute 'trll'"):
        fullmarks.trll  # type: ignore[attr-defined]
